"""Informational interviews: booked, moved, held, reflected on."""

from __future__ import annotations


from askwell.rules.facts import Channel
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Outreach, Talk
    from datetime import datetime
    from collections.abc import Mapping


def schedule_talk(
    outreach: Outreach,
    *,
    starts_at: datetime,
    now: datetime,
    minutes: int = 20,
    zone: str = "",
    channel: Channel | str = Channel.PHONE,
    where: str = "",
    overrides: Mapping[str, str] | None = None,
) -> Talk:
    """Book the talk.  ``zone`` is theirs (kept with the contact where that has none).  Raises Refused."""
    raise NotImplementedError


def move_talk(
    talk: Talk,
    *,
    starts_at: datetime,
    now: datetime,
    by_them: bool,
    minutes: int | None = None,
    channel: Channel | str | None = None,
    where: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Talk:
    """Another time, length or place; the calendar entry's sequence goes up."""
    raise NotImplementedError


def cancel_talk(
    talk: Talk, *, by_them: bool, now: datetime, overrides: Mapping[str, str] | None = None
) -> Talk:
    """Called off: back to finding a time."""
    raise NotImplementedError


def confirm_talk(talk: Talk, *, now: datetime, at: datetime | None = None) -> Talk:
    """The day-before confirmation went out."""
    raise NotImplementedError


def record_held(
    talk: Talk,
    *,
    now: datetime,
    ended_at: datetime | None = None,
    minutes: int | None = None,
    share_theirs: int | None = None,
    cool: bool = False,
    notes: str | None = None,
) -> Talk:
    """It took place.  ``ended_at`` defaults to start + ``minutes``; the thank-you clock starts there."""
    raise NotImplementedError


def record_talk(
    contact: Contact,
    *,
    ended_at: datetime,
    now: datetime,
    minutes: int = 20,
    channel: Channel | str = Channel.PHONE,
    outreach: Outreach | None = None,
    share_theirs: int | None = None,
    cool: bool = False,
    notes: str = "",
) -> Talk:
    """A talk that took place without having been booked here."""
    raise NotImplementedError


def record_missed(talk: Talk, *, now: datetime) -> Talk:
    """The time passed and it did not take place."""
    raise NotImplementedError


def reflect(talk: Talk, *, answers: Mapping[str, str], now: datetime) -> Talk:
    """Keep the six reflections (keys of ``rules.reflection``)."""
    raise NotImplementedError


def save_notes(talk: Talk, *, notes: str, now: datetime, share_theirs: int | None = None) -> Talk:
    """Keep the notes as typed.  Saves of one talk in a row are one step back for undo."""
    raise NotImplementedError


def talk_ics(talk: Talk, *, now: datetime) -> bytes:
    """Give the calendar entry (RFC 5545), CRLF lines; a cancelled talk gives its cancellation."""
    raise NotImplementedError
