"""The invitation to a talk of two: a REQUEST for it as it stands now, or the CANCEL of it.

Theory of operation.  The one who sends is the organizer, the other the only one asked.  An event that was
told keeps its UID; what is told later has the greater SEQUENCE, which the caller counts.  The times carry
the zone they were agreed in.  A confidential event is marked PRIVATE; what its title tells is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.formats.itip.lines import Component, Line, escape
from askwell.formats.itip.scheduling import Message
from askwell.formats.itip.values import later
from askwell.formats.itip.writing import calendar_file, moment_line, stamped

if TYPE_CHECKING:
    from datetime import datetime

Person = tuple[str, str]  # name and address


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A talk as the other side is told of it.  ``starts`` is aware, in the zone to write."""

    uid: str
    sequence: int
    starts: datetime
    minutes: int
    summary: str
    organizer: Person
    attendee: Person
    location: str = ""
    url: str = ""
    cancelled: bool = False
    confidential: bool = False


def message_of(told: Invitation, *, now: datetime) -> Message:
    """What is sent for it.  ``now`` is aware."""
    method = "CANCEL" if told.cancelled else "REQUEST"
    event = stamped(Component("VEVENT", tuple(_lines(told))), sequence=told.sequence, now=now)
    return Message(
        method=method,
        to=(told.attendee[1],),
        uid=told.uid,
        sequence=told.sequence,
        calendar=calendar_file([event], method=method),
    )


def _lines(told: Invitation) -> list[Line]:
    texts = {"LOCATION": told.location, "CLASS": "PRIVATE" if told.confidential else ""}
    asked = (("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "TRUE"))
    return [
        Line("UID", escape(told.uid)),
        moment_line("DTSTART", told.starts),
        moment_line("DTEND", later(told.starts, timedelta(minutes=told.minutes))),
        Line("SUMMARY", escape(told.summary)),
        Line("STATUS", "CANCELLED" if told.cancelled else "CONFIRMED"),
        _person("ORGANIZER", told.organizer),
        _person("ATTENDEE", told.attendee, *(() if told.cancelled else asked)),
        *(Line(name, escape(text)) for name, text in texts.items() if text),
        *([Line("URL", told.url)] if told.url else []),
    ]


def _person(name: str, person: Person, *params: tuple[str, str]) -> Line:
    called, address = person
    said = (("CN", called), *params) if called else params
    return Line(name, f"mailto:{address}", tuple((key, (value,)) for key, value in said))
