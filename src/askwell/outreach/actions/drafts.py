"""Letters being written."""

from __future__ import annotations


from askwell.rules.facts import Channel, Mode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Draft, Outreach, Talk
    from datetime import datetime


def new_draft(
    contact: Contact,
    *,
    mode: Mode | str,
    now: datetime,
    channel: Channel | str = Channel.EMAIL,
    outreach: Outreach | None = None,
    talk: Talk | None = None,
    variant: int = 0,
) -> Draft:
    """Write a draft from what is known (who, why them, how connected, twenty minutes)."""
    raise NotImplementedError


def save_draft(
    draft: Draft, *, subject: str, body: str, now: datetime, channel: Channel | str | None = None
) -> Draft:
    """Keep the text as typed.  Saves of one draft in a row are one step back for undo."""
    raise NotImplementedError


def next_variant(draft: Draft, *, now: datetime) -> Draft:
    """Write it again in other words; the text before comes back with undo."""
    raise NotImplementedError


def discard_draft(draft: Draft, *, now: datetime) -> None:
    """Throw an unsent draft away."""
    raise NotImplementedError
