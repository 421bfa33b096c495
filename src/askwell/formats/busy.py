"""When somebody is busy, from the events of a calendar or from what a server says of its times alone.

Theory of operation.  Events are expanded with their rules and exceptions, and each occurrence is an interval
of instants.  Not busy are: events shown as free (TRANSP, Outlook's FREE), cancelled ones, and invitations the
owner of the calendar declined.  A whole day lasts from midnight to midnight where the calendar is, as does a
time without a zone.  Overlapping times become one.  A rule that repeats within the day is no meeting; its
event is taken to come once, so that a hostile one costs nothing.  A calendar that cannot be read is counted,
so that the caller can ask in another way; so is one whose zones would cost too much (``zone_rules``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp

from askwell.formats.cycles import no_cycles
from askwell.formats.zone_rules import Restless, ZoneRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

Interval = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_MOST_A_DAY = 24
_READ_PERIOD: Any = icalendar.vPeriod.from_ical
_FOLD = re.compile(rb"\r?\n[ \t]")
_FREE_BUSY = re.compile(rb"^FREEBUSY((?:;[^:\r\n]*)?):([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """The busy times within a span, in UTC, in order and apart; and how many calendars could not be read."""

    times: tuple[Interval, ...]
    unread: int = 0


def busy_times(
    calendars: Iterable[bytes],
    start: datetime,
    end: datetime,
    *,
    zone: tzinfo,
    own_addresses: Iterable[str] = (),
) -> Busy:
    """Give when the owner of these events is busy between two moments (both aware).

    ``zone`` is the calendar's: of whole days and of times without one.  ``own_addresses`` are the e-mail
    addresses under which its owner is invited.
    """
    own = {address.strip().lower() for address in own_addresses}
    found: list[Interval] = []
    unread = 0
    zones = ZoneRules()
    for data in calendars:
        try:
            with no_cycles():
                found += _of_calendar(_read(data, zones), start, end, zone, own)
        except Exception:  # noqa: BLE001 - somebody else's file, through two libraries
            unread += 1
    return Busy(times=joined(found, start, end), unread=unread)


def _read(data: bytes, zones: ZoneRules) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(data)
    try:
        zones.look(calendar)
    except Restless:
        tzp.use_default()  # it forgets zones: else another file would get what this one means by a name
        raise
    return calendar


def _of_calendar(
    calendar: icalendar.Calendar, start: datetime, end: datetime, zone: tzinfo, own: set[str]
) -> list[Interval]:
    for event in calendar.walk("VEVENT"):
        _calm(event)
    query = recurring_ical_events.of(calendar, components=["VEVENT"])
    # A day more on either side: whole days and times without a zone are placed by us.
    occurrences = query.between(start.astimezone(UTC) - _DAY, end.astimezone(UTC) + _DAY)
    return [
        (_moment(one.start, zone), _moment(one.end, zone)) for one in occurrences if not _is_free(one, own)
    ]


def _calm(event: Any) -> None:
    """Take a rule that repeats within the day away."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        a_day = 1
        for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            a_day *= max(1, len(rule.get(part, [])))
        if a_day > _MOST_A_DAY or any(str(how).upper() in _TOO_OFTEN for how in rule.get("FREQ", [])):
            event.pop("RRULE")
            return


def _is_free(event: Any, own: set[str]) -> bool:
    said = {str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")}
    if said & {"TRANSPARENT", "CANCELLED", "FREE"}:
        return True
    invited = event.get("ATTENDEE", [])
    for attendee in invited if isinstance(invited, list) else [invited]:
        address = str(attendee).strip().lower().removeprefix("mailto:")
        if address in own and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED":
            return True
    return False


def _moment(at: date | datetime, zone: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def joined(intervals: Iterable[Interval], start: datetime, end: datetime) -> tuple[Interval, ...]:
    """Cut to a span, put in order, and make one of those that meet."""
    begin, close = start.astimezone(UTC), end.astimezone(UTC)
    found: list[Interval] = []
    for one, other in sorted((max(one, begin), min(other, close)) for one, other in intervals):
        if one >= other:
            continue
        if found and one <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], other))
        else:
            found.append((one, other))
    return tuple(found)


def read_free_busy(data: bytes, start: datetime, end: datetime) -> Busy:
    """Read a server's own account of its times (VFREEBUSY)."""
    if b"VFREEBUSY" not in data.upper():
        return Busy(times=(), unread=1)
    return Busy(times=joined(_periods(_FOLD.sub(b"", data)), start, end))


def _periods(data: bytes) -> Iterator[Interval]:
    for params, values in _FREE_BUSY.findall(data):
        if b"FBTYPE=FREE" in params.upper():
            continue
        for text in values.decode("ascii", "replace").split(","):
            try:
                begin, until = _READ_PERIOD(text.strip())
                begin = _moment(begin, UTC)
                until = begin + until if isinstance(until, timedelta) else _moment(until, UTC)
            except (ValueError, OverflowError):
                continue
            yield begin, until


def zone_told(data: str) -> ZoneInfo | None:
    """Give the zone a server keeps for a calendar's whole days; None where it names none we know."""
    name = re.search(r"^TZID:([A-Za-z0-9_+/-]+)\s*$", data, re.MULTILINE)
    return zone_called(name[1]) if name else None


def zone_called(name: str) -> ZoneInfo | None:
    """Give the zone of this name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None
