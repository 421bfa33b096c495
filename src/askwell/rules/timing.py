"""Time: business days and decent hours, in the recipient's calendar.

Theory of operation.  All moments come and go as aware datetimes in UTC; a ``Calendar`` says
how to read them locally.  A business day is a local date that is neither weekend nor holiday.
Moving by business days keeps the local time of day, whatever the clocks do in between; a
local time that a change of clocks skips is read with the offset before the change.  Day
arithmetic runs on date ordinals and is cached: thousands of relationships share few dates.

An unknown zone (``zone_known`` False) counts days in the seeker's zone, which stands in, and
makes no claim about the hour: then ``is_quiet_hour`` is False, ``good_to_send`` is None and
``next_good_hour`` gives the moment back.

Rules: T01 (sending window), T02 (telephone), T03 (quiet hours, holidays, year's end), T04
(business days), T05 is kept by the doors: nothing leaves that a person did not approve.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from askwell.rules.errors import BadCalendar

if TYPE_CHECKING:
    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset

_WEEK = 7
_MIDNIGHT = time(0, 0)
_LUNCH_FROM, _LUNCH_UNTIL = time(12, 0), time(13, 0)
_YEAR_END_FROM, _YEAR_END_UNTIL = (12, 20), (1, 2)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Give the zone of that name.  Raises ``BadCalendar`` if there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadCalendar(name, "no such time zone") from None


def local(at: datetime, calendar: Calendar) -> datetime:
    """Read the moment as the calendar's people do."""
    return at.astimezone(zone_of(calendar.zone))


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Neither weekend nor holiday."""
    return _is_business(day.toordinal(), calendar.weekend, calendar.holidays)


def add_business_days(at: datetime, days: int, calendar: Calendar) -> datetime:
    """Move by business days, forth or back, at the same local time of day.

    Zero moves to the next business day only if the moment is not on one.
    """
    here = local(at, calendar)
    ordinal = _shifted(here.toordinal(), days, calendar.weekend, calendar.holidays)
    moved = datetime.combine(date.fromordinal(ordinal), here.time(), here.tzinfo)
    return moved.replace(fold=here.fold).astimezone(UTC)


def day_start(at: datetime, days: int, calendar: Calendar) -> datetime:
    """Local midnight that begins the day ``days`` business days after ``at``."""
    return _on_business_day(at, days, calendar, _MIDNIGHT)


def day_close(at: datetime, days: int, calendar: Calendar, *, preset: Preset) -> datetime:
    """Close of business on the day ``days`` business days after ``at``: where quiet hours begin."""
    return _on_business_day(at, days, calendar, preset.quiet_from)


def day_end(at: datetime, calendar: Calendar) -> datetime:
    """Local midnight that ends the day of ``at``, business day or not."""
    return _moment(local(at, calendar).toordinal() + 1, _MIDNIGHT, calendar.zone)


def week_start(at: datetime, calendar: Calendar) -> datetime:
    """Local midnight of the Monday of this week."""
    here = local(at, calendar)
    return _moment(here.toordinal() - here.weekday(), _MIDNIGHT, calendar.zone)


def next_week_start(at: datetime, calendar: Calendar) -> datetime:
    """Local midnight of next Monday."""
    here = local(at, calendar)
    return _moment(here.toordinal() - here.weekday() + _WEEK, _MIDNIGHT, calendar.zone)


def is_quiet_hour(at: datetime, calendar: Calendar, *, preset: Preset) -> bool:
    """In the recipient's evening or night (T03).  Always False where the zone is not known."""
    if not calendar.zone_known:
        return False
    clock = local(at, calendar).time()
    return clock >= preset.quiet_from or clock < preset.quiet_until


def is_year_end(at: datetime, calendar: Calendar) -> bool:
    """From 20 December to 2 January, local (T03, default)."""
    here = local(at, calendar)
    today = (here.month, here.day)
    return today >= _YEAR_END_FROM or today <= _YEAR_END_UNTIL


def sending_window(day: date, calendar: Calendar, *, preset: Preset) -> tuple[datetime, datetime] | None:
    """When to send on that local day (T01): None on days off; until noon on the eve of a weekend."""
    if not is_business_day(day, calendar):
        return None
    eve = (day.weekday() + 1) % _WEEK in calendar.weekend
    until = preset.eve_until if eve else preset.send_until
    ordinal = day.toordinal()
    return _moment(ordinal, preset.send_from, calendar.zone), _moment(ordinal, until, calendar.zone)


def good_to_send(at: datetime, calendar: Calendar, *, preset: Preset) -> bool | None:
    """Inside the sending window; None where the zone is not known: no claim (T04)."""
    if not calendar.zone_known:
        return None
    window = sending_window(local(at, calendar).date(), calendar, preset=preset)
    return window is not None and window[0] <= at < window[1]


def good_to_call(at: datetime, calendar: Calendar, *, preset: Preset) -> bool | None:
    """Between nine and five, not over lunch, on a business day (T02); None where the zone is not known."""
    if not calendar.zone_known:
        return None
    here = local(at, calendar)
    clock = here.time()
    open_hours = preset.phone_from <= clock < preset.phone_until
    return open_hours and not _LUNCH_FROM <= clock < _LUNCH_UNTIL and is_business_day(here.date(), calendar)


def next_good_hour(at: datetime, calendar: Calendar, *, preset: Preset) -> datetime:
    """The first moment from ``at`` on inside a sending window; ``at`` itself where the zone is not known."""
    if not calendar.zone_known:
        return at
    ordinal = local(at, calendar).toordinal()
    while True:
        window = sending_window(date.fromordinal(ordinal), calendar, preset=preset)
        if window is not None and at < window[1]:
            return max(at, window[0])
        ordinal = _shifted(ordinal, 1, calendar.weekend, calendar.holidays)


def _on_business_day(at: datetime, days: int, calendar: Calendar, clock: time) -> datetime:
    ordinal = local(at, calendar).toordinal()
    return _moment(_shifted(ordinal, days, calendar.weekend, calendar.holidays), clock, calendar.zone)


@lru_cache(maxsize=1 << 16)
def _moment(ordinal: int, clock: time, zone: str) -> datetime:
    return datetime.combine(date.fromordinal(ordinal), clock, zone_of(zone)).astimezone(UTC)


@lru_cache(maxsize=1 << 16)
def _shifted(ordinal: int, days: int, weekend: frozenset[int], holidays: frozenset[date]) -> int:
    if weekend.issuperset(range(_WEEK)):
        raise BadCalendar("", "every day is a weekend day")
    step = 1 if days >= 0 else -1
    if days == 0:
        while not _is_business(ordinal, weekend, holidays):
            ordinal += 1
    for _ in range(abs(days)):
        ordinal += step
        while not _is_business(ordinal, weekend, holidays):
            ordinal += step
    return ordinal


def _is_business(ordinal: int, weekend: frozenset[int], holidays: frozenset[date]) -> bool:
    if (ordinal + 6) % _WEEK in weekend:  # the ordinal 1 is a Monday
        return False
    return not holidays or date.fromordinal(ordinal) not in holidays
