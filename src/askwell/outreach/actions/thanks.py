"""Thank-you notes."""

from __future__ import annotations


from askwell.rules.facts import Channel
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Draft, Talk, Touch
    from datetime import datetime


def record_thanks(
    contact: Contact,
    *,
    now: datetime,
    at: datetime | None = None,
    talk: Talk | None = None,
    by_hand: bool = False,
    channel: Channel | str = Channel.EMAIL,
    draft: Draft | None = None,
    body: str = "",
) -> Touch:
    """A thank-you went out.  ``talk`` None: the latest held talk not yet thanked for, if any.

    ``by_hand`` is a written card (channel ``letter``).
    """
    raise NotImplementedError
