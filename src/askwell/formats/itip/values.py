"""Times and durations as calendar files write them.

Theory of operation.  A moment is a ``date`` for a whole day, an aware ``datetime`` where the zone is
known, and a ``datetime`` without a zone where the time floats: nine o'clock wherever one is.  Weeks
and days of a duration are days of the calendar, hours and less are exact (RFC 5545, 3.3.6): a talk of
two hours in the night of the change is two hours long.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from askwell.formats.itip.zones import Zones, offset, zone_name

if TYPE_CHECKING:
    from askwell.formats.itip.faults import Faults
    from askwell.formats.itip.lines import Line

Moment = date | datetime
_TIME = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)
_LEAP = 60
_EARLIEST, LATEST = 1600, 2400  # Apple writes 1604 for a birthday without its year


@dataclass(frozen=True, slots=True)
class Duration:
    """Days of the calendar, and an exact rest."""

    days: int
    rest: timedelta

    def after(self, start: Moment) -> Moment:
        """The end of something that begins at ``start``.  Raises OverflowError."""
        if not isinstance(start, datetime):
            return start + timedelta(days=self.days) + self.rest
        return later(start + timedelta(days=self.days), self.rest)

    @property
    def length(self) -> timedelta:
        """All of it, a day as 24 hours."""
        return timedelta(days=self.days) + self.rest


def later(start: datetime, by: timedelta) -> datetime:
    """The moment exactly so much later, in the same zone."""
    if start.tzinfo is None:
        return start + by
    return (start.astimezone(UTC) + by).astimezone(start.tzinfo)


def instant(moment: Moment | None) -> datetime | None:
    """The moment in UTC; None for a day or where there is no zone."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC)


def order(moment: Moment) -> datetime:
    """To put any moments in order: days begin, and times float, as if in UTC."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


class Times:
    """Reads the times of one file."""

    def __init__(self, zones: Zones, faults: Faults) -> None:
        self.zones = zones
        self._faults = faults

    def one(self, line: Line | None) -> Moment | None:
        """The time a line says, or None; what is wrong with it is told."""
        return self._read(line.value, line) if line else None

    def many(self, lines: list[Line]) -> tuple[Moment, ...]:
        """The times of lists such as RDATE; of a period its beginning."""
        read = [
            self._read(value.partition("/")[0], line) for line in lines for value in line.value.split(",")
        ]
        return tuple(moment for moment in read if moment is not None)

    def _read(self, value: str, line: Line) -> Moment | None:
        found = _TIME.fullmatch(value.strip())
        read = None
        if found:
            with suppress(ValueError, OverflowError):
                read = self._moment(found, line)
        if read is None:
            self._faults.add("bad-time", line.number, name=line.name, value=value)
        return read

    def _moment(self, found: re.Match[str], line: Line) -> Moment:
        """Raises ValueError or OverflowError for a time there is none of."""
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if not _EARLIEST <= day.year <= LATEST:
            raise ValueError("no year of anybody's calendar")
        if found[4] is None:
            return day
        clock = time(int(found[4]), int(found[5]), min(int(found[6] or 0), _LEAP - 1))
        read = self._placed(datetime.combine(day, clock), found[7], line)
        instant(read)
        return read

    def _placed(self, local: datetime, suffix: str | None, line: Line) -> datetime:
        if suffix:
            amount = timedelta() if suffix in "zZ" else offset(suffix)
            return local.replace(tzinfo=timezone(amount) if amount else UTC)
        name = line.param("TZID")
        if not name:
            return local
        placed = local.replace(tzinfo=self.zones.find(name, line.number).zone)
        self.zones.compare(name, placed, line.number)
        if placed.tzinfo:
            self._change_of_clocks(placed, line)
        return placed

    def _change_of_clocks(self, local: datetime, line: Line) -> None:
        """Tell of a time that never comes, or comes twice."""
        if local.utcoffset() == local.replace(fold=1).utcoffset():
            return
        back = local.astimezone(UTC).astimezone(local.tzinfo)
        told = {"value": f"{local:%Y-%m-%d %H:%M}", "zone": zone_name(local.tzinfo)}
        if back.replace(tzinfo=None) == local.replace(tzinfo=None):
            self._faults.add("fold", line.number, **told)
        else:
            self._faults.add("gap", line.number, **told, read=f"{back:%H:%M}")


def duration(line: Line, faults: Faults) -> Duration | None:
    """The duration a line says, or None; what is wrong with it is told."""
    found = _DURATION.fullmatch(line.value.strip())
    if not found or not any(found.groups()[1:]):
        faults.add("bad-duration", line.number, name=line.name, value=line.value)
        return None
    sign = -1 if found[1] == "-" else 1
    weeks, days, hours, minutes, seconds = (int(part or 0) * sign for part in found.groups()[1:])
    return Duration(weeks * 7 + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def written(moment: Moment) -> tuple[str, str]:
    """The value and the TZID of a moment, as a file says them; the second of two like times in UTC."""
    if not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}", ""
    if isinstance(moment.tzinfo, timezone) or (moment.tzinfo and moment.fold):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}", ""
    return f"{moment:%Y%m%dT%H%M%S}", zone_name(moment.tzinfo)
