"""A talk as its entry tells it, and moved as its entry was moved.

Theory of operation.  What moved in the calendar is taken over in one transaction with the note that both
agree, on the row as it was read: of two that look at once, one takes it, and a worker killed before it has
done nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from askwell.formats.calendar_entries import Appointment
from askwell.mailroom.models import CalendarEntry
from askwell.outreach.actions._doing import held
from askwell.outreach.actions.talks import take_over_from_calendar, talk_event
from askwell.outreach.facts import seeker_of
from askwell.outreach.talks_in_calendar.merging import Agreed, is_new, stored

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Seeker, Talk


def uid_of(talk: Talk) -> str:
    """Give the UID of a talk's entry: it names no program, and never changes."""
    return str(talk.uid).partition("@")[0]


def told(talk: Talk, seeker: Seeker) -> Appointment:
    """Give a talk as its entry tells it: neutral under a confidential search."""
    event = talk_event(talk, seeker=seeker)
    starts: Any = event.starts
    if event.confidential:
        return Appointment(starts=starts, minutes=event.minutes, title=event.neutral_summary, private=True)
    return Appointment(
        starts=starts,
        minutes=event.minutes,
        title=event.summary,
        location=" ".join(event.location.split()),
        url=event.url,
    )


def take_over(
    talk: Talk, entry: CalendarEntry, theirs: Appointment, *, fields: tuple[str, ...], now: datetime
) -> bool:
    """Move a talk as its entry was moved, and note that both agree; False where another did.

    Raises OutreachError where the talk cannot be moved any more.
    """
    seeker = seeker_of(talk.owner)
    with transaction.atomic():
        rows = CalendarEntry.objects.select_for_update().filter(pk=entry.pk)
        fresh = rows.first()
        if fresh is None or fresh.agreed != entry.agreed:
            return False
        held(talk.contact)
        talk.refresh_from_db()
        agreed, mine = Agreed.of_json(entry.agreed), told(talk, seeker)
        if any(is_new(name, mine, agreed.here) for name in fields):
            return False  # moved here as well, since it was read
        before = _noted(talk)
        values: dict[str, Any] = {}
        if "time" in fields:
            values |= {"starts_at": theirs.starts, "minutes": theirs.minutes}
        if "place" in fields:
            values["where"] = _where(theirs, agreed.there)
        take_over_from_calendar(talk, now=now, **values)
        entry.agreed = _after(agreed, told(talk, seeker), theirs, fields)
        unseen = entry.moved.get("after") == before
        entry.moved = {"before": entry.moved["before"] if unseen else before, "after": _noted(talk)}
        rows.update(agreed=entry.agreed, moved=entry.moved)
    return True


def _noted(talk: Talk) -> dict[str, Any]:
    return {"starts": talk.starts_at.isoformat(), "minutes": talk.minutes, "where": talk.where}


def was_moved(entry: CalendarEntry, talk: Talk) -> dict[str, Any] | None:
    """Give how a talk was before it was moved in the calendar; None where it is otherwise by now."""
    moved: dict[str, Any] = entry.moved
    return moved["before"] if moved and moved["after"] == _noted(talk) else None


def _where(theirs: Appointment, was: Appointment) -> str:
    """Give the place in one line: what was changed of it, else what there is."""
    if theirs.url and theirs.url != was.url and theirs.location == was.location:
        return theirs.url
    return theirs.location or theirs.url


def _after(agreed: Agreed, mine: Appointment, theirs: Appointment, fields: tuple[str, ...]) -> dict[str, Any]:
    """Give what is agreed once these fields were taken over; of the others, what was."""
    kept = agreed.to_json()
    here, there = stored(mine), stored(theirs)
    names = {"time": ("starts", "minutes"), "place": ("location", "url")}
    for name in (one for each in fields for one in names[each]):
        kept["here"][name], kept["there"][name] = here[name], there[name]
    return kept
