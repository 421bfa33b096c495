"""Calendars of invented people, written as calendar programs write them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from askwell.formats.itip.events import Calendar
from askwell.formats.itip.reading import read_calendar

CORPUS = Path(__file__).resolve().parents[2] / "corpus/calendars"
LINA, JANE, BOB, EVE = (f"{name}@{name}.example" for name in ("lina", "jane", "bob", "eve"))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def corpus(name: str) -> bytes:
    return (CORPUS / f"{name}.ics").read_bytes()


def ics(*events: str, method: str = "", before: str = "") -> bytes:
    """A calendar with these events, each the lines of a VEVENT."""
    head = f"METHOD:{method}\n" if method else ""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{before}{body}END:VCALENDAR\n".encode()


def calendar(*events: str, method: str = "", before: str = "") -> Calendar:
    return read_calendar(ics(*events, method=method, before=before), file="talk.ics")


def talk(*more: str, people=(JANE, BOB), **change: object) -> str:
    """Lina's talk: the lines of its VEVENT; a value changes a line, None takes it out."""
    lines = {
        "uid": "talk-7",
        "sequence": "0",
        "dtstamp": "20261120T100000Z",
        "duration": "PT20M",
        "summary": "Talk",
        "location": "Harbour Café",
        "organizer": f"mailto:{LINA}",
    }
    starts = f"DTSTART;TZID={change.pop('zone', 'Europe/Berlin')}:{change.pop('start', '20261124T090000')}"
    said = [f"{key.upper()}:{value}" for key, value in (lines | change).items() if value is not None]
    return "\n".join([*said, starts, *(asked(one) for one in people), *more])


def asked(person: str, partstat: str = "NEEDS-ACTION") -> str:
    return person if person.startswith("ATTENDEE") else f"ATTENDEE;PARTSTAT={partstat}:mailto:{person}"


def weekly(*more: str, **change: object) -> str:
    """The talk on five Tuesdays."""
    return talk("RRULE:FREQ=WEEKLY;COUNT=5", *more, **change)


def instance(day: str, *more: str, **change: object) -> str:
    """One of the Tuesdays, as 20261201, as an event of its own."""
    values = {"start": f"{day}T090000"} | change
    return talk(f"RECURRENCE-ID;TZID=Europe/Berlin:{day}T090000", *more, **values)


def codes(found: Calendar) -> list[str]:
    return [problem.code for problem in found.problems]


def observance(kind: str, begins: str, before: str, after: str, *more: str) -> str:
    """One part of the definition of a zone."""
    lines = [f"DTSTART:{begins}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more]
    return f"BEGIN:{kind}\n" + "\n".join(lines) + f"\nEND:{kind}\n"


def definition(name: str, *parts: str, more: str = "") -> str:
    """The definition of a zone."""
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{more}" + "".join(parts) + "END:VTIMEZONE\n"


SUMMER = observance(
    "DAYLIGHT", "20000326T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZNAME:Sommer"
)
WINTER = observance(
    "STANDARD",
    "20001029T030000",
    "+0200",
    "+0100",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:Winter",
)
HOME = definition("Daheim", SUMMER, WINTER)
