"""Calendars in mail (iMIP, RFC 6047): found in a message that came, made ready for one that goes.

Theory of operation.  A message carries its calendar as a part ``text/calendar``, sometimes again as a
file, sometimes only as one.  The first that has a calendar in it is read.  Who sent the mail is told
beside it, for what an answer is worth hangs on that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from askwell.formats.eml import CalendarPart
from askwell.formats.itip.events import Calendar
from askwell.formats.itip.faults import Faults
from askwell.formats.itip.reading import read_calendar
from askwell.formats.mail.message import read_message

if TYPE_CHECKING:
    from askwell.formats.itip.scheduling import Message
    from askwell.formats.mail.message import Part

_KINDS = ("text/calendar", "application/ics", "text/x-vcalendar")


class Arrived(NamedTuple):
    """A calendar, and the address of the mail it came in (nothing: it came as a file)."""

    calendar: Calendar
    sender: str


def read_arrived(data: bytes, *, file: str = "") -> Arrived:
    """The calendar of an .ics or .eml file."""
    if _is_calendar(data):
        return Arrived(read_calendar(data, file=file), "")
    message = read_message(data)
    part = next((part for part in message.parts if _holds_calendar(part)), None)
    senders = message.headers.people("from")
    sender = senders[0].address.lower() if len(senders) == 1 else ""
    if part is None:
        faults = Faults(file)
        faults.add("no-part" if senders else "no-calendar")
        return Arrived(Calendar(problems=faults.since(0)), sender)
    return Arrived(_checked(read_calendar(part.data, file=file), part, file), sender)


def _is_calendar(data: bytes) -> bool:
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:6].upper() == b"BEGIN:" or not head


def _holds_calendar(part: Part) -> bool:
    named = part.kind == "application/octet-stream" and part.name.endswith(".ics")
    return (named or part.kind in _KINDS) and b"BEGIN:VCALENDAR" in part.data.upper()


def _checked(calendar: Calendar, part: Part, file: str) -> Calendar:
    """The calendar, with the method of its part where it names none itself (RFC 6047, 2.4)."""
    outer = part.parameters.get("method", "").strip().upper()
    if not outer or outer == calendar.method:
        return calendar
    if not calendar.method:
        return replace(calendar, method=outer)
    faults = Faults(file)
    faults.add("method-differs", outer=outer, inner=calendar.method)
    return replace(calendar, problems=(*calendar.problems, *faults.since(0)))


def part_of(message: Message) -> CalendarPart:
    """The part that carries a message in a letter; invitations go along as a file too, for old Outlooks."""
    return CalendarPart(
        method=message.method, data=message.calendar, as_file=message.method in {"REQUEST", "CANCEL"}
    )
