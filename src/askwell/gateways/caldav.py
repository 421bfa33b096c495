"""Calendars of a server: which there are, and when their owner is busy.

Theory of operation.  Events are asked for by their time (``calendar-query``) and expanded here, because only
so a declined invitation, a whole day in the calendar's own zone and an exception of a series count as they
should: servers' own accounts differ in all three.  Where events may not be read, or some cannot be, the
server's account (``free-busy-query``) is taken, for it is better to be busy once too often.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from askwell.formats.busy import Busy, busy_times, joined, read_free_busy, zone_told
from askwell.gateways.dav_collections import CALENDARS, Members
from askwell.gateways.dav_discovery import discover
from askwell.gateways.davxml import document
from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.webdav import server_of

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from collections.abc import Iterable
    from datetime import tzinfo

    from askwell.formats.busy import Interval
    from askwell.gateways.dav_collections import Collection
    from askwell.gateways.webdav import WebDav

_DAY = timedelta(days=1)
_NOT_SO = {Trouble.FORBIDDEN, Trouble.NOT_THIS_PROTOCOL, Trouble.REFUSED, Trouble.MESSAGE, Trouble.TOO_LARGE}


def calendars(dav: WebDav, where: str) -> tuple[Collection, ...]:
    """Give the calendars that hold events.  Raises as ``discover``."""
    found = discover(dav, where, CALENDARS)
    return tuple(one for one in found if not one.components or "VEVENT" in one.components)


class Diary(Members):
    """The events of one calendar."""

    def __init__(self, dav: WebDav, url: str) -> None:
        super().__init__(dav, url, CALENDARS)


def busy(
    dav: WebDav,
    chosen: Iterable[Collection],
    start: datetime,
    end: datetime,
    *,
    zone: tzinfo,
    own_addresses: AnyOf[str] = (),
) -> tuple[Interval, ...]:
    """Give when somebody is busy in any of these calendars: (from, to) in UTC, in order and apart.

    ``zone`` holds for whole days of a calendar that names none.  ``own_addresses``: under which they are
    invited, so that what they declined is free.  Raises Transient, Permanent: no times are given where one
    calendar did not answer, because a gap that is none would be offered.
    """
    found: list[Interval] = []
    for calendar in chosen:
        found += _busy_in(dav, calendar, start, end, zone=zone, own_addresses=own_addresses)
    return joined(found, start, end)


def _busy_in(
    dav: WebDav,
    calendar: Collection,
    start: datetime,
    end: datetime,
    *,
    zone: tzinfo,
    own_addresses: AnyOf[str],
) -> tuple[Interval, ...]:
    if calendar.free_busy_only:
        return _said(dav, calendar, start, end).times
    try:
        events = _events(dav, calendar, start, end)
    except Permanent as error:
        if error.code not in _NOT_SO:
            raise
        return _said(dav, calendar, start, end).times
    its_zone = zone_told(calendar.timezone) or zone
    read = busy_times(events, start, end, zone=its_zone, own_addresses=own_addresses)
    if not read.unread:
        return read.times
    return (*read.times, *_said(dav, calendar, start, end).times)


def _events(dav: WebDav, calendar: Collection, start: datetime, end: datetime) -> list[bytes]:
    """Fetch what may take place in a span; a day more on either side, for days without a zone."""
    span = _span(start - _DAY, end + _DAY)
    asked = document(
        "c:calendar-query",
        '<d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR">'
        f'<c:comp-filter name="VEVENT">{span}</c:comp-filter></c:comp-filter></c:filter>',
    )
    answer = dav.report(calendar.url, asked)
    texts = (response.text("c:calendar-data") for response in answer.responses)
    return [text.encode("utf-8", "replace") for text in texts if text]


def _said(dav: WebDav, calendar: Collection, start: datetime, end: datetime) -> Busy:
    answer = dav.report_raw(calendar.url, document("c:free-busy-query", _span(start, end)))
    found = read_free_busy(answer.body, start, end)
    if found.unread:
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(calendar.url), said="no free-busy times")
    return found


def _span(start: datetime, end: datetime) -> str:
    begin, close = (moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (start, end))
    return f'<c:time-range start="{begin}" end="{close}"/>'
