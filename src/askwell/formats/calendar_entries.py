"""One appointment in somebody's own calendar: written, read back, and changed without losing what they added.

Theory of operation.  An entry is put there once under a UID that never changes, without people and without an
alarm: a server that invites by itself would write to them, and how one is woken is the calendar's business.
Later the lines that changed are set in the component as it stands, so that a colour, an alarm or a note its
owner added stays.  Their own words in the title stay as well, unless the title told here is another now: a
search that became confidential leaves no name behind.

What is read back is an instant, a length and a place.  A whole day, a time without a zone, a series and what
cannot be read are none of it; ``Unfit`` says which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.formats.itip.lines import Component, Line, escape
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.values import instant, later
from askwell.formats.itip.writing import OF_SERIES, calendar_file, moment_line, stamped

if TYPE_CHECKING:
    from askwell.formats.itip.events import Event

_MOST_MINUTES = 24 * 60
_MINUTE = timedelta(minutes=1)


class Unfit(StrEnum):
    """Why an event is not read as an appointment."""

    UNREADABLE = "unreadable"
    SERIES = "series"
    WHOLE_DAY = "whole_day"
    NO_ZONE = "no_zone"
    LENGTH = "length"  # none, or longer than a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What is told of it.  ``starts`` is aware, in the zone to write; read, it is in UTC."""

    starts: datetime
    minutes: int
    title: str = ""
    location: str = ""
    url: str = ""
    private: bool = False
    cancelled: bool = False

    @property
    def time(self) -> tuple[datetime, int]:
        """When it is, and how long."""
        return self.starts.astimezone(UTC), self.minutes

    @property
    def place(self) -> tuple[str, str]:
        """Where it is."""
        return self.location, self.url


def new_entry(told: Appointment, *, uid: str, now: datetime) -> bytes:
    """Give the file of a new entry."""
    event = Component("VEVENT", (Line("UID", escape(uid)), *_time(told), *_title(told), *_place(told)))
    return calendar_file([stamped(event, sequence=0, now=now)])


def changed_entry(data: bytes, was: Appointment, told: Appointment, *, now: datetime) -> bytes:
    """Give the file with what is told otherwise than it was; the rest stays as it is there.

    ``data`` is one that ``read_entry`` reads; an entry called off there takes place again.
    """
    calendar = read_calendar(data)
    (event,) = calendar.events
    source = event.source
    if told.time != was.time:
        source = source.without("DTSTART", "DTEND", "DURATION").having(*_time(told))
    if told.place != was.place:
        source = source.without("LOCATION", "URL").having(*_place(told))
    if told.title != was.title:
        source = _renamed(source.without("CLASS").having(*_title(told)), was.title, told.title)
    if event.cancelled:
        source = source.without("STATUS")
    changed = stamped(source.without("LAST-MODIFIED"), sequence=event.sequence + 1, now=now)
    return calendar_file([changed], zones=calendar.zones)


def read_entry(data: bytes, uid: str) -> Appointment | Unfit:
    """Read an entry back, or say why it is none."""
    events = read_calendar(data).events
    if not events or events[0].uid != uid:
        return Unfit.UNREADABLE
    event = events[0]
    if len(events) > 1 or any(event.source.first(name) for name in (*OF_SERIES, "RECURRENCE-ID")):
        return Unfit.SERIES
    if event.all_day:
        return Unfit.WHOLE_DAY
    starts, ends = instant(event.starts), instant(event.ends)
    if starts is None or ends is None:
        return Unfit.UNREADABLE if event.starts is None else Unfit.NO_ZONE
    minutes = (ends - starts) // _MINUTE
    if not 0 < minutes <= _MOST_MINUTES:
        return Unfit.LENGTH
    return _read(event, starts, minutes)


def _read(event: Event, starts: datetime, minutes: int) -> Appointment:
    return Appointment(
        starts=starts,
        minutes=minutes,
        title=_plain(event.summary),
        location=_plain(event.location),
        url=event.url,
        private=event.private,
        cancelled=event.cancelled,
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _time(told: Appointment) -> list[Line]:
    ends = later(told.starts, timedelta(minutes=told.minutes))
    return [moment_line("DTSTART", told.starts), moment_line("DTEND", ends)]


def _title(told: Appointment) -> list[Line]:
    lines = [Line("SUMMARY", escape(told.title))]
    return [*lines, Line("CLASS", "PRIVATE")] if told.private else lines


def _place(told: Appointment) -> list[Line]:
    lines = [Line("LOCATION", escape(told.location))] if told.location else []
    return [*lines, Line("URL", told.url)] if told.url else lines


def _renamed(source: Component, was: str, title: str) -> Component:
    """The component with what its alarms say of the old title."""
    alarms = tuple(
        part.having(Line("DESCRIPTION", escape(title))) if part.value("DESCRIPTION") == escape(was) else part
        for part in source.parts
    )
    return replace(source, parts=alarms)
