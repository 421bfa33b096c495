"""Calendar files: the invitation to a talk, and an export of talks and steps.

Theory of operation.  A talk is an instant both sides must agree on, so its local time is
written together with the definition of its zone (VTIMEZONE), for the years the events fall in.
The definitions are made here from ``zoneinfo``: icalendar 7.3 writes the local time *after* a
change where RFC 5545 asks for the time before it, which moves the change by an hour.
A local time that comes twice (autumn) or never (spring) has no unambiguous spelling with a
zone; such an event is written in UTC.  The reader's clock is never asked: ``now`` is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar

if TYPE_CHECKING:
    from collections.abc import Iterable

PRODID, NEUTRAL_PRODID = "-//Askwell//Calendar//EN", "-//Calendar//EN"
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """A talk, or a step with its day.

    ``starts`` is aware for a talk of ``minutes`` length and a plain date for a whole day.
    ``sequence`` goes up by one each time a talk is moved; ``uid`` never changes.
    With ``confidential`` only ``neutral_summary`` is told: no names, agenda, place or link; the file then
    names this program nowhere, and of the ``uid`` only what stands before its ``@`` is written.
    """

    uid: str
    starts: datetime | date
    summary: str
    minutes: int = 20
    sequence: int = 0
    location: str = ""
    url: str = ""
    description: str = ""
    alarm_minutes: int | None = None
    cancelled: bool = False
    confidential: bool = False
    neutral_summary: str = ""


def talk_invite(event: CalendarEvent, *, now: datetime) -> bytes:
    """One talk as an .ics file to open in any calendar. ``now`` is aware."""
    return calendar([event], now=now)


def calendar(
    events: Iterable[CalendarEvent], *, now: datetime, name: str = "", refresh: timedelta | None = None
) -> bytes:
    """Talks and steps as one .ics file: CRLF, folded at 75 octets. ``now`` is aware.

    ``refresh`` is how often whoever reads it again and again is asked to (RFC 7986, 5.7).
    """
    made = icalendar.Calendar()
    listed = list(events)
    neutral = any(event.confidential for event in listed)
    made.add("prodid", NEUTRAL_PRODID if neutral else PRODID)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name and not neutral:
        made.add("x-wr-calname", name)
    if refresh:
        made.add("refresh-interval", icalendar.vDuration(refresh), parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", icalendar.vDuration(refresh))  # what Outlook reads
    for zone, first, last in _zones(listed):
        made.add_component(timezone(zone, first, last))
    for event in listed:
        made.add_component(_event(event, now))
    return bytes(made.to_ical())


def _event(event: CalendarEvent, now: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid.partition("@")[0] if event.confidential else event.uid)
    made.add("dtstamp", _utc(now))
    made.add("sequence", event.sequence)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    starts, ends = _span(event)
    made.add("dtstart", starts)
    made.add("dtend", ends)
    if not isinstance(event.starts, datetime):
        made.add("transp", "TRANSPARENT")
    _describe(made, event)
    if event.alarm_minutes is not None:
        made.add_component(_alarm(event))
    return made


def _describe(made: icalendar.Event, event: CalendarEvent) -> None:
    if event.confidential:
        made.add("class", "PRIVATE")
    made.add("summary", _summary(event))
    told = {"location": event.location, "url": event.url, "description": event.description}
    for key, value in told.items():
        if value and not event.confidential:
            made.add(key, value)


def _summary(event: CalendarEvent) -> str:
    if not event.confidential:
        return event.summary
    if not event.neutral_summary:
        raise ValueError("a confidential event needs a neutral summary")
    return event.neutral_summary


def _alarm(event: CalendarEvent) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-(event.alarm_minutes or 0)))
    alarm.add("description", _summary(event))
    return alarm


def _span(event: CalendarEvent) -> tuple[datetime | date, datetime | date]:
    """Start and end as written: with the zone where that is unambiguous, else in UTC."""
    if not isinstance(event.starts, datetime):
        return event.starts, event.starts + _DAY
    starts = event.starts
    ends = _utc(starts) + timedelta(minutes=event.minutes)
    zone = _named_zone(event)
    if zone is None:
        return _utc(starts), ends
    local = ends.astimezone(zone)
    return starts, local


def _named_zone(event: CalendarEvent) -> ZoneInfo | None:
    """The zone to write, if start and end can be said in it without doubt."""
    starts = event.starts
    if not isinstance(starts, datetime):
        return None
    zone = starts.tzinfo
    if not isinstance(zone, ZoneInfo) or not zone.key or zone.key == "UTC":
        return None
    ends = (_utc(starts) + timedelta(minutes=event.minutes)).astimezone(zone)
    return zone if _plain(starts) and _plain(ends) else None


def _plain(local: datetime) -> bool:
    """Whether this local time comes exactly once."""
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is no instant")
    return moment.astimezone(UTC)


def _zones(events: Iterable[CalendarEvent]) -> list[tuple[ZoneInfo, int, int]]:
    """Each zone in use, with the first and last year of its events."""
    years: dict[str, set[int]] = {}
    for event in events:
        if (zone := _named_zone(event)) and isinstance(event.starts, datetime):
            ends = event.starts + timedelta(minutes=event.minutes)
            years.setdefault(zone.key, set()).update({event.starts.year, ends.year})
    return [(ZoneInfo(key), min(found), max(found)) for key, found in sorted(years.items())]


def timezone(zone: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """The zone's definition from the start of year ``first`` to the end of year ``last``."""
    made = icalendar.Timezone()
    made.add("tzid", zone.key)
    begin = datetime(first, 1, 1, tzinfo=UTC) - _DAY
    made.add_component(_observance(zone, begin, begin))
    for change in changes(zone, begin, datetime(last, 12, 31, tzinfo=UTC) + 2 * _DAY):
        made.add_component(_observance(zone, change - _SECOND, change))
    return made


def changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """Every instant in which the zone's offset or name changes, in UTC to the second."""
    days = [begin + n * _DAY for n in range((end - begin).days + 1)]
    return [_change(zone, a, b) for a, b in pairwise(days) if _rule(zone, a) != _rule(zone, b)]


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if _rule(zone, middle) == _rule(zone, before):
            before = middle
        else:
            after = middle
    return after


def _rule(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def _observance(zone: ZoneInfo, before: datetime, at: datetime) -> icalendar.Component:
    local = at.astimezone(zone)
    made: icalendar.Component = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
    offset_from = before.astimezone(zone).utcoffset() or timedelta()
    # RFC 5545, 3.6.5: the onset is told in the local time that held before it.
    made.add("dtstart", (at + offset_from).replace(tzinfo=None))
    made.add("tzoffsetfrom", offset_from)
    made.add("tzoffsetto", local.utcoffset())
    made.add("tzname", local.tzname())
    return made
