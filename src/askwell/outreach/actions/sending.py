"""What the seeker sent.  Every sending asks the rules, whatever door it came through."""

from __future__ import annotations


from askwell.rules.facts import Channel, Mode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Draft, Outreach, Touch
    from datetime import datetime
    from collections.abc import Mapping


def record_sent(
    contact: Contact,
    *,
    mode: Mode | str,
    channel: Channel | str,
    at: datetime,
    now: datetime,
    draft: Draft | None = None,
    outreach: Outreach | None = None,
    subject: str = "",
    body: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Touch:
    """Record that a message went out (or a call was made): "I sent it".

    ``mode`` ``informational`` or ``lead`` needs the outreach (found where only one is open);
    ``follow_up`` counts against its touches.  Text is taken from ``draft`` where given.
    Raises Refused with every reason; soft ones pass with ``overrides={rule code: reason}``, which
    are kept with the transition.  Raises NeedsMore where no outreach is open and one is needed.
    """
    raise NotImplementedError


def record_answer(
    contact: Contact, *, at: datetime, now: datetime, channel: Channel | str = Channel.EMAIL, body: str = ""
) -> Touch:
    """The seeker answered what they wrote."""
    raise NotImplementedError
