"""A calendar as it is published whole, under an address: what it says of itself, and the part that matters.

Such a file holds every event since the calendar was begun, thousands of them; to read them all takes longer
than their owner waits.  Left out unread is what surely takes place outside a span: an event that comes once,
and names its days on lines of a plain shape.  Whatever is not plain stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from askwell.formats.busy import zone_called

if TYPE_CHECKING:
    from datetime import tzinfo

_MARGIN = timedelta(days=2)  # days of any zone, and the hours of another
_HEAD = 4000  # bytes in which a calendar speaks of itself
_LONGEST_NAME = 200
_FLAGS = re.IGNORECASE | re.MULTILINE
_FOLD = re.compile(rb"\r?\n[ \t]")
_BOUND = re.compile(rb"^(BEGIN|END):VEVENT[ \t]*\r?(?:\n|\Z)", _FLAGS)
_REPEATS = re.compile(rb"^(?:RRULE|RDATE|RECURRENCE-ID)[;:]", _FLAGS)
_LASTS = re.compile(rb"^DURATION[;:]", _FLAGS)
_FIRST_DAY = re.compile(rb"^DTSTART(?:;[^:\r\n]*)?:(\d{8})", _FLAGS)
_LAST_DAY = re.compile(rb"^DTEND(?:;[^:\r\n]*)?:(\d{8})", _FLAGS)
_NAME = re.compile(rb"^(?:X-WR-CALNAME|NAME)(?:;[^:\r\n]*)?:([^\r\n]*)", _FLAGS)
_ZONE = re.compile(rb"^X-WR-TIMEZONE(?:;[^:\r\n]*)?:([A-Za-z0-9_+/-]+)[ \t]*\r?$", _FLAGS)
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a calendar says of itself: its name, empty where it has none, and the zone of its whole days."""

    name: str = ""
    zone: tzinfo | None = None


def is_calendar(data: bytes) -> bool:
    """Whether this begins as a calendar (RFC 5545) does."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def told_of(data: bytes) -> Published:
    """Read what a calendar says of itself before its first event."""
    head = _FOLD.sub(b"", data[:_HEAD].partition(b"BEGIN:VEVENT")[0])
    name, zone = _NAME.search(head), _ZONE.search(head)
    its_zone = zone_called(zone[1].decode()) if zone else None
    return Published(name=_text(name[1]) if name else "", zone=its_zone)


def _text(raw: bytes) -> str:
    plain = _ESCAPED.sub(
        lambda found: found[1] if found[1] in "\\;," else " ", raw.decode("utf-8", "replace")
    )
    return " ".join("".join(char if char.isprintable() else " " for char in plain).split())[:_LONGEST_NAME]


def nearby(data: bytes, start: datetime, end: datetime) -> bytes:
    """Leave out the events that surely take place outside a span (both moments aware)."""
    low, high = (
        moment.astimezone(UTC).strftime("%Y%m%d").encode() for moment in (start - _MARGIN, end + _MARGIN)
    )
    kept, done, begun = [], 0, -1
    for bound in _BOUND.finditer(data):
        if bound[1].upper() == b"BEGIN":
            begun = bound.start()
        elif begun >= 0 and _is_far(data[begun : bound.end()], low, high):
            kept.append(data[done:begun])
            done, begun = bound.end(), -1
    return b"".join([*kept, data[done:]])


def _is_far(event: bytes, low: bytes, high: bytes) -> bool:
    first, last = _FIRST_DAY.findall(event), _LAST_DAY.findall(event)
    if len(first) != 1 or _REPEATS.search(event):
        return False
    return bool(first[0] > high or (max([*first, *last]) < low and not _LASTS.search(event)))
