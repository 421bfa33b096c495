"""Events to .ics files, and the small changes to a component that scheduling makes.

Theory of operation.  A change edits the lines of the component that was read, so that what Askwell has
no word for stays.  A file that is written defines every zone its times name: with the definition that
came with the event, or, for a zone of the database, with one made for the years in question.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from askwell.formats import ics
from askwell.formats.itip.faults import Faults
from askwell.formats.itip.lines import Component, Line, parse, to_bytes
from askwell.formats.itip.reading import address_in
from askwell.formats.itip.values import Moment, written
from askwell.formats.itip.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from askwell.formats.itip.events import Event

REPLIED_SEQUENCE, REPLIED_STAMP = "X-REPLY-SEQUENCE", "X-REPLY-DTSTAMP"
ASKED_SEQUENCE = "X-ASKED-SEQUENCE"
OF_SERIES = ("RRULE", "RDATE", "EXDATE", "EXRULE")
_YEARS_AHEAD = 3  # of a definition made for an event that goes on
_EARLIEST, _LATEST = 1971, 2100


def calendar_file(events: Iterable[Component], *, zones: Iterable[Component] = (), method: str = "") -> bytes:
    """One calendar with these VEVENTs, and the zones they name."""
    listed = tuple(events)
    lines = [Line("PRODID", ics.NEUTRAL_PRODID), Line("VERSION", "2.0"), Line("CALSCALE", "GREGORIAN")]
    if method:
        lines.append(Line("METHOD", method))
    return to_bytes(Component("VCALENDAR", tuple(lines), (*_zones(listed, zones), *listed)))


def _zones(events: tuple[Component, ...], given: Iterable[Component]) -> list[Component]:
    """The definition of each zone named, the given one where there is one."""
    known = {zone.value("TZID"): zone for zone in given}
    years: dict[str, set[int]] = {}
    ahead = _YEARS_AHEAD if any(event.first("RRULE") for event in events) else 0
    for line in (line for event in events for line in event.lines):
        if (name := line.param("TZID")) and line.value[:4].isdecimal():
            years.setdefault(name, set()).update({int(line.value[:4]), int(line.value[:4]) + ahead})
    found = (
        (name, known.get(name) or _made(name, min(years[name]), max(years[name]))) for name in sorted(years)
    )
    return [zone for _name, zone in found if zone is not None]


@lru_cache(maxsize=256)
def _made(name: str, first: int, last: int) -> Component | None:
    """The definition of a zone of the database for these years."""
    zone = known_zone(name)
    if not isinstance(zone, ZoneInfo):
        return None
    begins, ends = (min(max(year, _EARLIEST), _LATEST) for year in (first, last))
    made = ics.timezone(zone, begins, ends)
    made["TZID"] = name
    (parsed,) = parse(bytes(made.to_ical()), Faults(""))
    return parsed


def moment_line(name: str, moment: Moment, *params: tuple[str, str]) -> Line:
    """A line that says a moment; of a zone known to no database, by the name the file gave it."""
    value, zone = written(moment)
    kinds = [("TZID", (zone,))] if zone else []
    if not isinstance(moment, datetime):
        kinds = [("VALUE", ("DATE",))]
    return Line(name, value, (*kinds, *((key, (said,)) for key, said in params)))


def stamped(source: Component, *, sequence: int, now: datetime) -> Component:
    """The component as it is sent at ``now``."""
    at = Line("DTSTAMP", f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return source.having(at, Line("SEQUENCE", str(sequence)))


def with_attendees(source: Component, change: Callable[[Line], Line | None]) -> Component:
    """The component with each ATTENDEE changed, or left out for None."""
    lines = (change(line) if line.name == "ATTENDEE" else line for line in source.lines)
    return replace(source, lines=tuple(line for line in lines if line is not None))


def answers_reset(source: Component, organizer: str) -> Component:
    """The component with everybody asked anew, but the organizer."""

    def ask(line: Line) -> Line:
        if address_in(line) == organizer:
            return line
        return line.with_param("PARTSTAT", "NEEDS-ACTION").with_param("RSVP", "TRUE")

    return with_attendees(source, ask)


def asked_last(source: Component, told: Iterable[str], sequence: str) -> Component:
    """The component, which ``told`` are sent now; the others know the one of that sequence still."""
    people = set(told)

    def note(line: Line) -> Line:
        known = "" if address_in(line) in people else line.param(ASKED_SEQUENCE) or sequence
        return line.with_param(ASKED_SEQUENCE, known)

    return with_attendees(source, note)


def outgoing(source: Component) -> Component:
    """The component without what is nobody else's business: alarms, and what each was asked and answered."""

    def bare(line: Line) -> Line:
        for name in (REPLIED_SEQUENCE, REPLIED_STAMP, ASKED_SEQUENCE):
            line = line.with_param(name, "")
        return line

    return replace(with_attendees(source, bare), parts=())


def instance_of(whole: Event, at: Moment) -> Component:
    """The instance of a series at that moment, as a component of its own."""
    starts, ends = whole.starts or at, whole.ends or at
    length = _as_date(ends) - _as_date(starts)
    if isinstance(at, datetime) and isinstance(starts, datetime) and isinstance(ends, datetime):
        at = at.astimezone(starts.tzinfo) if at.tzinfo and starts.tzinfo else at
        length = ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
    kept = whole.source.without(*OF_SERIES, "DURATION")
    return kept.having(
        moment_line("RECURRENCE-ID", at), moment_line("DTSTART", at), moment_line("DTEND", at + length)
    )


def _as_date(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
