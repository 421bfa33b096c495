"""Any .ics file to events, with every doubt told.

Theory of operation.  The file's grammar is ``lines``' business, its zones ``zones``'; here each VEVENT
becomes an ``Event``, and what is missing or cannot be read becomes a problem with the number of its
line.  A bad property costs that property, never the event.  Nothing raises.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from math import prod
from typing import TYPE_CHECKING

import icalendar

from askwell.formats.itip.events import Alarm, Attendee, Calendar, Event, Organizer, bare
from askwell.formats.itip.faults import Faults
from askwell.formats.itip.lines import MOST_BYTES, Component, Line, parse, unescape
from askwell.formats.itip.rules import comes, fields_of, parsed, text_of
from askwell.formats.itip.values import LATEST, Moment, Times, duration, instant
from askwell.formats.itip.zones import Zones
from askwell.formats.limits import human_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ONE_DAY = timedelta(days=1)
_ANY_DAY = date(2000, 1, 1)  # to try a rule on where there is no start
_MOST_A_DAY = 24
_LARGEST_SEQUENCE = 2**31 - 1


def read_calendar(data: bytes, *, file: str = "") -> Calendar:
    """Everything an .ics file says of events."""
    faults = Faults(file)
    if len(data) > MOST_BYTES:
        faults.add("too-large", limit=human_size(MOST_BYTES))
        return Calendar(problems=faults.since(0))
    if not data.strip():
        faults.add("empty")
        return Calendar(problems=faults.since(0))
    calendars = [one for one in parse(data, faults) if one.name == "VCALENDAR"]
    if not calendars:
        faults.add("no-calendar")
    read = [_calendar(one, faults) for one in calendars]
    if calendars and not any(one.events for one in read):
        faults.add("no-events")
    return _together(read, faults)


def _together(read: Sequence[Calendar], faults: Faults) -> Calendar:
    """One file may hold several calendars; the first names it."""
    first = read[0] if read else Calendar()
    return Calendar(
        events=tuple(event for one in read for event in one.events),
        method=first.method,
        product=first.product,
        name=first.name,
        zones=tuple(zone for one in read for zone in one.zones),
        problems=faults.since(0),
    )


def _calendar(component: Component, faults: Faults) -> Calendar:
    definitions = tuple(component.walk("VTIMEZONE"))
    zones = Zones({one.value("TZID"): one for one in definitions}, component.value("X-WR-TIMEZONE"), faults)
    reader = _Reader(Times(zones, faults), faults, component.value("METHOD").strip().upper())
    return Calendar(
        events=tuple(reader.event(one) for one in component.walk("VEVENT")),
        method=reader.method,
        product=unescape(component.value("PRODID")),
        name=unescape(component.value("X-WR-CALNAME")),
        zones=definitions,
    )


class _Reader:
    """Reads the events of one calendar."""

    def __init__(self, times: Times, faults: Faults, method: str) -> None:
        self._times = times
        self._faults = faults
        self.method = method

    def event(self, source: Component) -> Event:
        before = len(self._faults)
        if not source.value("UID").strip():
            self._faults.add("no-uid", source.number)
        identity = source.first("RECURRENCE-ID")
        starts = self._starts(source)
        ends = self._ends(source, starts)
        return Event(
            uid=unescape(source.value("UID")).strip(),
            sequence=self._sequence(source.first("SEQUENCE")),
            dtstamp=self._stamp(source),
            method=self.method,
            recurrence_id=self._times.one(identity),
            this_and_future=_said(identity, "RANGE") == "THISANDFUTURE",
            starts=starts,
            ends=ends,
            zone=zone_written(source),
            zone_from=self._zone_from(source.first("DTSTART"), starts),
            organizer=_organizer(source.first("ORGANIZER")),
            attendees=tuple(_attendee(line) for line in source.all("ATTENDEE")),
            status=source.value("STATUS").strip().upper(),
            transparent=source.value("TRANSP").strip().upper() == "TRANSPARENT",
            private=source.value("CLASS").strip().upper() in {"PRIVATE", "CONFIDENTIAL"},
            **{name: unescape(source.value(name.upper())) for name in ("summary", "location", "description")},
            comment=unescape(source.value("COMMENT")),
            url=source.value("URL").strip(),
            rrule=self._rule(source.first("RRULE"), starts or _ANY_DAY),
            rdates=self._times.many(source.all("RDATE")),
            exdates=self._times.many(source.all("EXDATE")),
            alarms=tuple(self._alarm(part) for part in source.walk("VALARM")),
            source=source,
            problems=self._faults.since(before),
        )

    def _starts(self, source: Component) -> Moment | None:
        starts = self._times.one(source.first("DTSTART"))
        if starts is None:
            self._faults.add("no-start", source.number)
        return starts

    def _ends(self, source: Component, starts: Moment | None) -> Moment | None:
        if starts is None:
            return None
        line, length = source.first("DTEND"), source.first("DURATION")
        ends = self._times.one(line)
        if line and ends and isinstance(ends, datetime) != isinstance(starts, datetime):
            self._faults.add("kinds-differ", line.number)
            ends = None
        if ends is None and length:
            ends = self._after(starts, length)
        if ends is None:
            return starts if isinstance(starts, datetime) else starts + _ONE_DAY
        if _before(ends, starts):
            self._faults.add("ends-before-start", (line or length or source).number)
            return starts if isinstance(starts, datetime) else starts + _ONE_DAY
        return ends

    def _after(self, starts: Moment, line: Line) -> Moment | None:
        length = duration(line, self._faults)
        try:
            ends = length.after(starts) if length else None
        except OverflowError:
            ends = date.max
        if ends and ends.year > LATEST:
            self._faults.add("bad-duration", line.number, name=line.name, value=line.value)
            return None
        return ends

    def _sequence(self, line: Line | None) -> int:
        text = line.value.strip() if line else "0"
        if text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_SEQUENCE)):
            return min(int(text), _LARGEST_SEQUENCE)
        self._faults.add("bad-number", line.number if line else 0, name="SEQUENCE", value=text)
        return 0

    def _stamp(self, source: Component) -> datetime | None:
        stamp = self._times.one(source.first("DTSTAMP") or source.first("LAST-MODIFIED"))
        if not isinstance(stamp, datetime):
            return None
        return instant(stamp) or stamp.replace(tzinfo=UTC)

    def _zone_from(self, line: Line | None, starts: Moment | None) -> str:
        if not line or not isinstance(starts, datetime):
            return "date" if starts else ""
        if starts.tzinfo is None:
            return "unknown" if line.param("TZID") else "floating"
        if not line.param("TZID") or line.value.strip()[-1:] in "zZ":
            return "utc"
        return self._times.zones.find(line.param("TZID"), line.number).how

    def _rule(self, line: Line | None, starts: Moment) -> str:
        if line is None:
            return ""
        if code := _fault_of_rule(line.value, starts):
            self._faults.add(code, line.number, value=line.value)
            return ""
        return line.value.strip()

    def _alarm(self, source: Component) -> Alarm:
        line = source.first("TRIGGER")
        at = before = None
        if line and line.param("VALUE").upper() == "DATE-TIME":
            at = instant(self._times.one(line))
        elif line:
            length = duration(line, self._faults)
            before = -length.length if length else None
        return Alarm(
            action=source.value("ACTION").strip().upper(),
            before=before,
            from_end=_said(line, "RELATED") == "END",
            at=at,
            description=unescape(source.value("DESCRIPTION")),
        )


def _before(ends: Moment, starts: Moment) -> bool:
    """Whether the end lies before the start; of floating and placed times the clock decides."""
    one, other = instant(ends), instant(starts)
    if one and other:
        return one < other
    if isinstance(ends, datetime) and isinstance(starts, datetime):
        return ends.replace(tzinfo=None) < starts.replace(tzinfo=None)
    return ends < starts


def _fault_of_rule(rule: str, starts: Moment) -> str:
    """What is wrong with a rule, or nothing."""
    begins = starts.replace(tzinfo=None) if isinstance(starts, datetime) else datetime.combine(starts, time())
    try:
        fields = fields_of(rule)
        parsed(fields, begins)
        icalendar.vRecur.from_ical(text_of(fields))  # which the other library reads it by
        if _within_a_day(fields):
            return "too-frequent"
        return "" if comes(fields, begins) else "never"
    except ValueError:
        return "bad-rule"


def _within_a_day(fields: Mapping[str, str]) -> bool:
    times = prod(len(fields.get(part, "").split(",")) for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    return fields["FREQ"] in {"SECONDLY", "MINUTELY", "HOURLY"} or times > _MOST_A_DAY


def _said(line: Line | None, param: str) -> str:
    return line.param(param).upper() if line else ""


def zone_written(source: Component) -> str:
    """The name the file gives to the zone of the start."""
    line = source.first("DTSTART")
    return line.param("TZID") if line else ""


def _organizer(line: Line | None) -> Organizer | None:
    if line is None or not bare(line.value):
        return None
    return Organizer(address=address_in(line), name=line.param("CN"), sent_by=bare(line.param("SENT-BY")))


def address_in(line: Line) -> str:
    """The mail address of an ORGANIZER or ATTENDEE; Apple gives it beside where the value is a number."""
    value = bare(line.value)
    return bare(line.param("EMAIL")) if "@" not in value and line.param("EMAIL") else value


def _attendee(line: Line) -> Attendee:
    return Attendee(
        address=address_in(line),
        name=line.param("CN"),
        sent_by=bare(line.param("SENT-BY")),
        partstat=line.param("PARTSTAT").upper() or "NEEDS-ACTION",
        role=line.param("ROLE").upper() or "REQ-PARTICIPANT",
        rsvp=line.param("RSVP").upper() == "TRUE",
        kind=line.param("CUTYPE").upper() or "INDIVIDUAL",
        delegated_to=bare(line.param("DELEGATED-TO")),
        delegated_from=bare(line.param("DELEGATED-FROM")),
    )
