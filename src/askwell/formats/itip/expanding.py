"""When an event that repeats takes place, within bounds.

Theory of operation.  The rules of repetition are recurring-ical-events' business (RRULE, RDATE, EXDATE,
changed instances, THISANDFUTURE).  It is given components made from events as they were read: with the
zones found here, UNTIL as an instant, and COUNT and the end of the span turned into an UNTIL, so that a
rule that never matches ends too.  A cancelled event or instance does not take place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

import icalendar
import recurring_ical_events

from askwell.formats.itip.rules import fields_of, parsed, text_of, until
from askwell.formats.itip.values import Moment, later

if TYPE_CHECKING:
    from askwell.formats.itip.events import Event, Series

MOST = 1000
_INDEX = "X-INDEX"
_LONGEST_SPAN = timedelta(days=5 * 366)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=400)  # of what comes every day or week and is looked for before the span
_STEPS, _MARGIN = {"DAILY": 1, "WEEKLY": 7}, 7  # in days


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time an event takes place; ``event`` is the one that says how."""

    event: Event
    starts: Moment
    ends: Moment


@dataclass(frozen=True, slots=True)
class Span:
    """From ``first`` until before ``last``, both aware; days and floating times are read in ``zone``."""

    first: datetime
    last: datetime
    zone: tzinfo = UTC

    def __post_init__(self) -> None:
        if self.last - self.first > _LONGEST_SPAN:
            raise ValueError("a span is at most five years long")

    def placed(self, moment: Moment) -> datetime:
        """The instant of any moment."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)

    def holds(self, starts: Moment, ends: Moment) -> bool:
        """Whether something so placed overlaps the span."""
        begin, end = self.placed(starts), self.placed(ends)
        return begin < self.last and (end > self.first or begin >= self.first)


def occurrences(series: Series, span: Span, *, most: int = MOST) -> tuple[Occurrence, ...]:
    """Each time the series takes place in the span, in order; ``most`` of them."""
    events = [event for event in series.events if event.starts is not None]
    if series.whole and series.whole.cancelled:
        return ()
    calendar = icalendar.Calendar()
    for index, event in enumerate(events):
        calendar.add_component(_component(event, index, span))
    wide = (span.first.astimezone(UTC) - 2 * _DAY, span.last.astimezone(UTC) + 2 * _DAY)
    found = [
        _occurrence(events[int(one[_INDEX])], one["DTSTART"].dt)
        for one in recurring_ical_events.of(calendar).between(*wide)
    ]
    held = [one for one in found if not one.event.cancelled and span.holds(one.starts, one.ends)]
    return tuple(sorted(held, key=lambda one: span.placed(one.starts))[:most])


def _occurrence(event: Event, starts: Moment) -> Occurrence:
    """The occurrence, in the zone of the event however its moment is written."""
    zone = event.starts.tzinfo if isinstance(event.starts, datetime) else None
    if zone and isinstance(starts, datetime) and starts.tzinfo:
        starts = starts.astimezone(zone)
    return Occurrence(event=event, starts=starts, ends=_end(event, starts))


def _end(event: Event, starts: Moment) -> Moment:
    """As long after ``starts`` as the event lasts."""
    begins, ends = event.starts or starts, event.ends or starts
    if isinstance(starts, datetime) and isinstance(begins, datetime) and isinstance(ends, datetime):
        return later(starts, _length(begins, ends))
    return starts + (ends - begins)


def _length(starts: datetime, ends: datetime) -> timedelta:
    """The exact time between; of a floating time the clock's."""
    if starts.tzinfo is None or ends.tzinfo is None:
        return ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
    return ends.astimezone(UTC) - starts.astimezone(UTC)


def _component(event: Event, index: int, span: Span) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid or "-")
    made.add("sequence", event.sequence)
    made.add(_INDEX, str(index))
    starts = event.starts or span.first
    begins = _advanced(event, starts, span)
    made.add("dtstart", begins)
    made.add("dtend", _end(event, begins))
    if event.recurrence_id is not None:
        wide = {"RANGE": "THISANDFUTURE"} if event.this_and_future else {}
        made.add("recurrence-id", event.recurrence_id, parameters=wide)
        return made
    if event.rrule:
        made.add("rrule", icalendar.vRecur.from_ical(_closed(event.rrule, starts, span)))
    for name, moments in (("rdate", event.rdates), ("exdate", event.exdates)):
        for moment in moments:
            made.add(name, moment)
    return made


def _advanced(event: Event, starts: Moment, span: Span) -> Moment:
    """The start of the series, or one nearer to the span that is as good: a rule may begin long ago."""
    fields = fields_of(event.rrule) if event.rrule else {}
    step = _STEPS.get(fields.get("FREQ", ""), 0) * int(fields.get("INTERVAL", "1"))
    lasts = min(span.placed(event.ends or starts) - span.placed(starts), _LONGEST)
    ahead = (span.first - span.placed(starts) - lasts).days - _MARGIN
    return starts + timedelta(days=ahead // step * step) if step and ahead > 0 else starts


def _closed(rule: str, starts: Moment, span: Span) -> str:
    """The rule with an end: its own, that of its COUNT, or that of the span."""
    fields = fields_of(rule)
    zone = starts.tzinfo if isinstance(starts, datetime) else None
    begins = starts.replace(tzinfo=None) if isinstance(starts, datetime) else datetime.combine(starts, time())
    last = (span.last.astimezone(zone or span.zone) + 2 * _DAY).replace(tzinfo=None)
    if ends := fields.pop("UNTIL", ""):
        last = min(last, _until(ends, zone))
    count = fields.pop("COUNT", "")
    last = max(last, begins)
    fields["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
    if count:
        last = max(islice(parsed(fields, begins), int(count)), default=begins)
    return text_of({**fields, "UNTIL": _written(last, starts)})


def _until(value: str, zone: tzinfo | None) -> datetime:
    """The last local time a rule may come at."""
    local = until(value)
    if zone is None or not value.endswith("Z"):
        return local
    return local.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _written(last: datetime, starts: Moment) -> str:
    """An UNTIL of the kind that the start asks for."""
    if not isinstance(starts, datetime):
        return f"{last:%Y%m%d}"
    if starts.tzinfo is None:
        return f"{last:%Y%m%dT%H%M%S}"
    return f"{last.replace(tzinfo=starts.tzinfo, fold=1).astimezone(UTC):%Y%m%dT%H%M%SZ}"
