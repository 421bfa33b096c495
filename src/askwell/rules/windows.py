"""Times to offer for a talk: two or three windows in the other's working hours (M09).

Theory of operation.  Days are counted as the other counts them, 3 to 10 business days ahead.  Every window of
theirs that begins on the half hour, lies in one half of their day (no window goes over noon) and touches
nothing one has already is looked at; it is as good as the hours it lies in:

- both work then, and it is neither their first nor their last hour;
- both work then;
- they work then, and one is awake.

Better hours go before longer windows, and days wide apart before near ones; mornings and afternoons take
turns.  Two windows on one day are offered only where there are not enough days.  A window is never offered in
which the clocks change, or which a clock shows twice, in either zone: nobody should have to ask which is
meant.  ``Proposal.why`` says what stood in the way, if anything did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.timing import day_start, is_business_day, local, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time: to offer for a talk, or one that is taken."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, on one day."""

    first: time
    last: time

    def hold(self, start: datetime, end: datetime) -> bool:
        """Whether these two local times lie in the hours of one day."""
        return start.date() == end.date() and self.first <= start.time() and end.time() <= self.last


class Why(StrEnum):
    """What stood in the way of three windows in which both work."""

    NOTHING = "nothing"
    OWN_HOURS = "own_hours"  # some are outside one's own working hours: there were no better
    FEW = "few"  # fewer than wanted: one has too much else
    BUSY = "busy"  # none: one has something else in every one of them
    APART = "apart"  # none: whenever they work, one sleeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The windows in order, and what stood in the way of more or better ones."""

    windows: tuple[Window, ...]
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A window as the other's clock shows it: ``weekday`` from Monday as 0, the city of their zone."""

    weekday: int
    day: date
    first: time
    last: time
    city: str

    def __str__(self) -> str:
        name = _WEEKDAYS[self.weekday]
        return f"{name} {self.day.day} {_MONTHS[self.day.month - 1]}, {self._clocks} ({self.city} time)"

    @property
    def _clocks(self) -> str:
        return f"{self.first:%H:%M} to {self.last:%H:%M}"


WORKING = Hours(time(9), time(17))
_PREFERRED = Hours(time(10), time(16))
_AWAKE = Hours(time(7), time(21, 30))
_HALVES = (
    (Hours(time(0), time(12)), time(10)),
    (Hours(time(13), time(23, 59)), time(14)),
)  # with their best hour
_LENGTHS = tuple(timedelta(minutes=minutes) for minutes in (90, 60, 30))
_STEP = timedelta(minutes=30)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Whose clocks are looked at: theirs, and one's own where it is known; when each works."""

    theirs: Calendar
    own: Calendar | None = None
    their_hours: Hours = WORKING
    own_hours: Hours = WORKING


@dataclass(frozen=True, slots=True)
class _Found:
    """A window that would do: how good its hours are (0 the best), its day, its half of the day."""

    tier: int
    day: int
    half: int
    off: timedelta  # from the best hour of that half
    window: Window

    @property
    def rank(self) -> tuple[timedelta, timedelta]:
        """Longer first, then nearer to the best hour."""
        return self.window.start - self.window.end, self.off


def propose(now: datetime, clocks: Clocks, *, preset: Preset, busy: Iterable[Window] = ()) -> Proposal:
    """Windows to offer, at most ``preset.windows_count``.  Raises ``BadCalendar`` for an unknown zone."""
    taken = sorted(busy, key=lambda window: window.start)
    days = range(preset.windows_from_business_days, preset.windows_to_business_days + 1)
    possible = [one for day in days for one in _possible(now, day, clocks)]
    free = [one for one in possible if not any(_overlap(one.window, other) for other in taken)]
    chosen = _chosen(free, _spread(list(days), preset.windows_count), preset.windows_count)
    windows = sorted((one.window for one in chosen), key=lambda window: window.start)
    return Proposal(windows=tuple(windows), why=_why(possible, chosen, preset.windows_count))


def spoken(window: Window, calendar: Calendar) -> Spoken:
    """The window on that calendar's clock."""
    first, last = local(window.start, calendar), local(window.end, calendar)
    return Spoken(
        weekday=first.weekday(),
        day=first.date(),
        first=first.time(),
        last=last.time(),
        city=calendar.zone.rpartition("/")[2].replace("_", " "),
    )


def _why(possible: Sequence[_Found], chosen: Sequence[_Found], wanted: int) -> Why:
    if not chosen:
        return Why.BUSY if possible else Why.APART
    if len(chosen) < wanted:
        return Why.FEW
    return Why.OWN_HOURS if any(one.tier == _AWAKE_ONLY for one in chosen) else Why.NOTHING


def _spread(days: list[int], count: int) -> list[int]:
    """Days wide apart first, the rest after them."""
    stride = max(1, len(days) // count)
    first = days[::stride]
    return first + [day for day in days if day not in first]


_AWAKE_ONLY = 2
_TIERS = range(_AWAKE_ONLY + 1)


def _chosen(free: Sequence[_Found], days: Sequence[int], wanted: int) -> list[_Found]:
    """The best hours first, each on a day of its own; only then a second one on a day."""
    chosen: list[_Found] = []
    for worst, twice in [*((tier, False) for tier in _TIERS), (_AWAKE_ONLY, True)]:
        for day in days:
            if len(chosen) < wanted:
                chosen += _one_of(free, chosen, day=day, worst=worst, twice=twice)
    return chosen


def _one_of(
    free: Sequence[_Found], chosen: Sequence[_Found], *, day: int, worst: int, twice: bool
) -> list[_Found]:
    """The best window of that day, if there is one that may be taken."""
    used = {one.half for one in chosen if one.day == day}
    if used and not twice:
        return []
    here = [one for one in free if one.day == day and one.tier <= worst and one.half not in used]
    turns = [sum(one.half == half for one in chosen) for half in range(len(_HALVES))]
    return sorted(here, key=lambda one: (one.tier, turns[one.half], one.rank))[:1]


def _possible(now: datetime, days: int, clocks: Clocks) -> Iterator[_Found]:
    """Every window on that day of theirs in which they work and one is awake."""
    zone = zone_of(clocks.theirs.zone)
    day = local(day_start(now, days, clocks.theirs), clocks.theirs).date()
    for half, (hours, best) in enumerate(_HALVES):
        middle = datetime.combine(day, best)
        for start, end in _slots(day, clocks.their_hours, hours):
            window = Window(
                start=start.replace(tzinfo=zone).astimezone(UTC), end=end.replace(tzinfo=zone).astimezone(UTC)
            )
            tier = _tier(window, clocks)
            if tier is not None:
                yield _Found(tier, days, half, abs(start - middle), window)


def _slots(day: date, working: Hours, half: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch of that day that begins on a half hour, in their hours and in one half."""
    start = datetime.combine(day, time())
    while start.date() == day:
        for length in _LENGTHS:
            end = start + length
            if working.hold(start, end) and half.hold(start, end):
                yield start, end
        start += _STEP


def _tier(window: Window, clocks: Clocks) -> int | None:
    """How good the hours are; None where one cannot be asked to be there, or a clock may be misread."""
    theirs = _read(window, clocks.theirs)
    own = _read(window, clocks.own) if clocks.own else theirs
    if theirs is None or own is None:
        return None
    if clocks.own and not (clocks.own_hours.hold(*own) and is_business_day(own[0].date(), clocks.own)):
        return _AWAKE_ONLY if _AWAKE.hold(*own) else None
    return 0 if _PREFERRED.hold(*theirs) else 1


def _read(window: Window, calendar: Calendar) -> tuple[datetime, datetime] | None:
    """Both ends on that clock; None where it changes in between, or shows one of them twice."""
    start, end = local(window.start, calendar), local(window.end, calendar)
    sure = all(one.utcoffset() == one.replace(fold=1 - one.fold).utcoffset() for one in (start, end))
    return (start, end) if sure and start.utcoffset() == end.utcoffset() else None


def _overlap(one: Window, other: Window) -> bool:
    return one.start < other.end and other.start < one.end
