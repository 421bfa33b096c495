"""What the user says to a question about a talk and its entry in the calendar.

Nothing is asked of a server here: what follows there is done at the next look, which is made soon.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from askwell.mailroom import calendars
from askwell.mailroom.models import CalendarEntry, EntryState
from askwell.outreach.actions.talks import cancel_talk
from askwell.outreach.errors import BadValue
from askwell.outreach.facts import seeker_of
from askwell.outreach.models import Talk
from askwell.outreach.talks_in_calendar.merging import (
    FIELDS,
    Agreed,
    is_new,
    loaded,
    settled_here,
    settled_there,
)
from askwell.outreach.talks_in_calendar.taking import take_over, told
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from datetime import datetime


class Answer(StrEnum):
    """What can be said."""

    SEEN = "seen"  # of what was taken over
    HERE = "here"  # the talk is right: the calendar follows
    THERE = "there"  # the calendar is right: the talk follows
    AGAIN = "again"  # put it into the calendar again
    OFF = "off"  # the talk is off
    LEAVE = "leave"  # leave what is in the calendar alone


ANSWERS: dict[EntryState, tuple[Answer, ...]] = {
    EntryState.IN_STEP: (),
    EntryState.GONE: (Answer.AGAIN, Answer.OFF, Answer.LEAVE),
    EntryState.BOTH: (Answer.HERE, Answer.THERE, Answer.LEAVE),
    EntryState.UNREADABLE: (Answer.LEAVE,),
    EntryState.REFUSED: (Answer.AGAIN, Answer.LEAVE),
    EntryState.LEFT: (Answer.AGAIN,),
}


def talk_of(entry: CalendarEntry) -> Talk | None:
    """Give the talk of an entry; None where it was taken back."""
    rows = Talk.objects.for_owner(entry.owner).filter(uid__in=[entry.uid, f"{entry.uid}@askwell"])
    found: Talk | None = rows.select_related("contact", "outreach", "owner").first()
    return found


def answers_to(entry: CalendarEntry, talk: Talk | None) -> tuple[Answer, ...]:
    """Give what can be said to an entry as it stands."""
    given = ANSWERS[EntryState(entry.state)]
    if talk is None or talk.state == TalkState.CANCELLED:  # what is called off cannot follow the calendar
        given = tuple(one for one in given if one in {Answer.HERE, Answer.LEAVE})
    return (Answer.SEEN, *given) if entry.moved else given


def settle(entry: CalendarEntry, answer: str, *, now: datetime) -> Answer:
    """Do what was said.  Raises BadValue for what was not asked, or is not asked any more."""
    with transaction.atomic():
        fresh = CalendarEntry.objects.select_for_update().filter(pk=entry.pk).first()
        talk = talk_of(entry)
        if fresh is None or answer not in answers_to(fresh, talk):
            raise BadValue("answer", "not-asked")
        given = Answer(answer)
        if given is Answer.THERE and talk is not None:
            _follow(fresh, talk, now=now)
        elif given is Answer.OFF and talk is not None:
            cancel_talk(talk, by_them=False, now=now)
        _note(fresh, given)
    calendars.hurry(entry.owner)
    return given


def _follow(entry: CalendarEntry, talk: Talk, *, now: datetime) -> None:
    """Move the talk to where the calendar has it."""
    theirs = loaded(entry.there)
    agreed = settled_there(Agreed.of_json(entry.agreed), told(talk, seeker_of(talk.owner)))
    fields = tuple(name for name in FIELDS if is_new(name, theirs, agreed.there))
    entry.agreed = agreed.to_json()
    entry.save(update_fields=["agreed"])
    take_over(talk, entry, theirs, fields=fields, now=now)
    entry.moved = {}  # the user did it


def _note(entry: CalendarEntry, given: Answer) -> None:
    if given is Answer.SEEN:
        entry.moved = {}
    elif given is Answer.LEAVE:
        entry.state = EntryState.LEFT
    else:
        if given is Answer.HERE and entry.there:
            entry.agreed = settled_here(Agreed.of_json(entry.agreed), loaded(entry.there)).to_json()
        elif given is Answer.AGAIN:
            entry.agreed_at = None
        entry.state, entry.there = EntryState.IN_STEP, {}
    entry.save(update_fields=["agreed", "agreed_at", "state", "there", "moved"])
