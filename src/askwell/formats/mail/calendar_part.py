"""The calendar in a message (iMIP, RFC 6047): what it asks or answers, for which event, and who.

Theory of operation.  Only five things are read, line by line, with the library's reader of content lines: a
line it cannot read is passed over and told.  They are those of the first event (or to-do); what stands in an
alarm or a time zone is not.  Of a COUNTER the time proposed is read as well.  Of several attendees the one is
given whom the message is from, where it answers; else the one it is for; else the only one there is.  The
rest is for ``formats.itip``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.mail.message import Message, Part

MOST_SIGNS = 1_000_000
MOST_LINES = 20_000
MOST_ATTENDEES = 2_000
_COMPONENTS = frozenset(("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"))
_ANSWERS = frozenset(("REPLY", "COUNTER", "REFRESH"))
_LONGEST_METHOD = 20


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """What a calendar in a message says of one event."""

    method: str
    uid: str = ""
    sequence: int = 0
    attendee: str = ""  # the address
    partstat: str = ""
    whole: bool = True  # every line could be read
    starts: str = ""  # of a COUNTER: the time proposed, ISO 8601 in UTC; nothing where it says no instant


@dataclass(slots=True)
class _Seen:
    """What has been read so far."""

    method: str = ""
    uid: str = ""
    sequence: int = 0
    attendees: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    events: int = 0
    bad: int = 0


def calendar_in(message: Message) -> CalendarPart | None:
    """Give the first calendar with a method, or None."""
    for part in message.parts:
        if _may_be_calendar(part):
            found = _read(part.content[:MOST_SIGNS], part.parameters.get("method", ""))
            if found.method:
                told = _told(found, message)
                return replace(told, starts=_starts(part)) if told.method == "COUNTER" else told
    return None


def _starts(part: Part) -> str:
    """Give the time that is proposed: that needs zones, and with them the whole of the calendar's reader."""
    from askwell.formats.itip.reading import read_calendar
    from askwell.formats.itip.values import instant

    moments = [instant(event.starts) for event in read_calendar(part.data).events]
    return next((moment.isoformat() for moment in moments if moment), "")


def _may_be_calendar(part: Part) -> bool:
    return part.kind in {"text/calendar", "application/ics", "text/x-vcalendar"} or (
        part.kind == "application/octet-stream" and part.name.endswith(".ics")
    )


def _lines(text: str) -> Iterator[str]:
    """Give the unfolded lines."""
    held = ""
    for line in text.split("\n")[:MOST_LINES]:
        if line[:1] in {" ", "\t"}:
            held += line[1:]
            continue
        if held.strip():
            yield held
        held = line
    if held.strip():
        yield held


def _read(text: str, method: str) -> _Seen:
    seen = _Seen(method=method.strip().upper()[:_LONGEST_METHOD])
    for line in _lines(text):
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        value = line.partition(":")[2].strip()
        if name == "BEGIN":
            seen.open.append(value.upper())
            seen.events += value.upper() in _COMPONENTS
        elif name == "END" and seen.open:
            seen.open.pop()
        elif name == "METHOD":
            seen.method = seen.method or value.upper()[:_LONGEST_METHOD]
        elif seen.events == 1 and seen.open and seen.open[-1] in _COMPONENTS:
            _take(seen, name, line)
    return seen


def _take(seen: _Seen, name: str, line: str) -> None:
    """Take one line of the event."""
    if name not in {"UID", "SEQUENCE", "ATTENDEE"}:
        return
    try:
        given, value = _parts(line)
        if name == "UID":
            seen.uid = seen.uid or value.strip()
        elif name == "SEQUENCE":
            seen.sequence = max(0, int(value))
        elif len(seen.attendees) < MOST_ATTENDEES:
            seen.attendees.append((_address(value), given))
    except (ValueError, KeyError):
        seen.bad += 1


def _parts(line: str) -> tuple[str, str]:
    """Give the PARTSTAT of a line, and its value."""
    from icalendar.parser import Contentline

    _name, given, value = Contentline(line, strict=False).parts()  # type: ignore[no-untyped-call]
    return str(given.get("PARTSTAT", "")).upper(), value


def _address(value: str) -> str:
    value = value.strip()
    return value[7:].strip() if value[:7].lower() == "mailto:" else value


def _told(seen: _Seen, message: Message) -> CalendarPart:
    attendee, partstat = _who(seen, message)
    return CalendarPart(seen.method, seen.uid, seen.sequence, attendee, partstat, seen.bad == 0)


def _who(seen: _Seen, message: Message) -> tuple[str, str]:
    answers = seen.method in _ANSWERS
    asked = {one.address.lower() for one in message.headers.people("from" if answers else "to")}
    for address, partstat in seen.attendees:
        if address.lower() in asked:
            return address, partstat
    return seen.attendees[0] if len(seen.attendees) == 1 or (answers and seen.attendees) else ("", "")
