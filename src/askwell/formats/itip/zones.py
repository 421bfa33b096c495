"""Which time zone a name in a calendar file means, and the zones only the file itself knows.

Theory of operation.  A name is looked for, in this order: as UTC; as a zone of the IANA database; as
a name Windows gives to zones; with the maker's prefix taken off (``/mozilla.org/2005/Europe/Berlin``);
in the file's own definitions (VTIMEZONE); and last by what it says itself, as Outlook's
``(UTC+01:00) Amsterdam, Berlin`` does.  The database goes before the file because definitions in files
are often cut short, and hold for one year; where the two disagree about a time, that is told.  A name
nobody knows gives the calendar's own zone if it states one, and else none: a time without a zone is
better than a wrong instant.  Definitions are kept to the file they stand in, so that no file can say
what a name means in another.

A local time in the hour that a zone skips is read with the offset before the change, and one that
comes twice means the first (RFC 5545, 3.3.5); that is what ``fold=0`` means to Python.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from askwell.formats.itip.rules import fields_of, parsed, until

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from askwell.formats.itip.faults import Faults
    from askwell.formats.itip.lines import Component

_UTC_NAMES = {"utc", "gmt", "z", "etc/utc", "etc/gmt", "tzone://microsoft/utc", "coordinated universal time"}
_NO_ZONES = {"localtime", "posixrules", "factory"}  # names in the database that are no place
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2}):?(\d{2})?")
_STATED_OFFSET = re.compile(r"\(?(?:UTC|GMT)\s*([+-])(\d{1,2})[:.]?(\d{2})?\)?", re.IGNORECASE)
_OF_AMERICA = re.compile(
    r"\b(Eastern|Central|Mountain|Pacific) (?:Standard |Daylight )?Time\b", re.IGNORECASE
)
_LOCAL = re.compile(r"(\d{8})T(\d{6})")
_LAST_YEAR, _MOST_ONSETS = 2100, 1200
_ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Onset:
    """From ``at`` (UTC, without a zone) on, ``after`` holds where ``before`` did."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


class DefinedZone(tzinfo):
    """A zone that only a file knows, as its onsets from the first to the last."""

    def __init__(self, key: str, onsets: Iterable[Onset]) -> None:
        self.key = key
        self.onsets = tuple(sorted(onsets, key=lambda onset: onset.at))
        self._instants = [onset.at for onset in self.onsets]
        self._first = [onset.at + max(onset.before, onset.after) for onset in self.onsets]
        self._second = [onset.at + min(onset.before, onset.after) for onset in self.onsets]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DefinedZone) and (self.key, self.onsets) == (other.key, other.onsets)

    def __hash__(self) -> int:
        return hash((self.key, self.onsets))

    def _last(self, local: datetime | None) -> Onset | None:
        if local is None:
            return None
        begins = self._second if local.fold else self._first
        at = bisect_right(begins, local.replace(tzinfo=None, fold=0))
        return self.onsets[at - 1] if at else None

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """As ``tzinfo`` asks; before the first onset, what held until it."""
        onset = self._last(dt)
        return onset.after if onset else self.onsets[0].before

    def dst(self, dt: datetime | None) -> timedelta:
        """As ``tzinfo`` asks."""
        onset = self._last(dt)
        return onset.after - onset.before if onset and onset.daylight else _ZERO

    def tzname(self, dt: datetime | None) -> str:
        """As ``tzinfo`` asks."""
        onset = self._last(dt)
        return onset.name if onset else self.onsets[0].name

    def fromutc(self, dt: datetime) -> datetime:
        """As ``tzinfo`` asks: of two like times the second has ``fold=1``."""
        bare = dt.replace(tzinfo=None)
        at = bisect_right(self._instants, bare)
        if not at:
            return dt + self.onsets[0].before
        onset = self.onsets[at - 1]
        again = bare - onset.at < onset.before - onset.after
        return (dt + onset.after).replace(fold=int(again))


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means: ``how`` is utc, named, windows, prefixed, defined, guessed, default or unknown."""

    zone: tzinfo | None
    how: str


class Zones:
    """The zones of one file."""

    def __init__(self, definitions: Mapping[str, Component], default: str, faults: Faults) -> None:
        self._definitions = definitions
        self._default = known_zone(default)
        self._faults = faults
        self._found: dict[str, Found] = {}
        self._defined: dict[str, DefinedZone | None] = {}

    def find(self, name: str, line: int) -> Found:
        """What this name means here; what is doubtful about it is told once."""
        if name not in self._found:
            self._found[name] = self._find(name, line)
        return self._found[name]

    def _find(self, name: str, line: int) -> Found:
        if found := _by_name(name):
            return found
        if defined := self.defined(name):
            return Found(defined, "defined")
        if guessed := _guess(name):
            self._faults.add("guessed-zone", line, zone=name, read=zone_name(guessed))
            return Found(guessed, "guessed")
        instead = "the time is kept without a zone"
        if self._default:
            instead = f"that of the calendar is taken, {zone_name(self._default)}"
        self._faults.add("unknown-zone", line, zone=name, instead=instead)
        return Found(self._default, "default" if self._default else "unknown")

    def defined(self, name: str) -> tzinfo | None:
        """The zone as this file defines it."""
        definition = self._definitions.get(name)
        if definition is None:
            return None
        if location := known_zone(definition.value("X-LIC-LOCATION")):
            return location
        if name not in self._defined:
            self._defined[name] = _zone_of(definition)
            if self._defined[name] is None:
                self._faults.add("bad-zone", definition.number, zone=name)
        return self._defined[name]

    def compare(self, name: str, local: datetime, line: int) -> None:
        """Tell if the file's own definition makes another instant of this time."""
        if local.tzinfo is None or isinstance(local.tzinfo, DefinedZone):
            return
        defined = self.defined(name)
        if defined and local.replace(tzinfo=defined).utcoffset() != local.utcoffset():
            self._faults.add("zone-differs", line, zone=name, read=zone_name(local.tzinfo))


def zone_name(zone: tzinfo | None) -> str:
    """The name of a zone as a person may know it; nothing for none."""
    if zone is None:
        return ""
    return "UTC" if zone is UTC else str(getattr(zone, "key", zone))


def known_zone(name: str) -> tzinfo | None:
    """The zone of that name in the IANA database, of Windows, or with a maker's prefix."""
    found = _by_name(name)
    return found.zone if found else None


@lru_cache(maxsize=1024)
def _by_name(name: str) -> Found | None:
    clean = name.strip().strip('"').strip()
    if clean.lower() in _UTC_NAMES:
        return Found(UTC, "utc")
    if zone := _iana(clean.strip("/")):
        return Found(zone, "named")
    if zone := _iana(_windows().get(clean.lower(), "")):
        return Found(zone, "windows")
    parts = clean.strip("/").split("/")[-3:]
    for start in range(len(parts) - 1):
        if zone := _iana("/".join(parts[start:])):
            return Found(zone, "prefixed")
    return None


def _iana(name: str) -> ZoneInfo | None:
    spelled = _spelled().get(name.lower())
    return ZoneInfo(spelled) if spelled else None


@cache
def _spelled() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name.lower() not in _NO_ZONES}


@cache
def _windows() -> dict[str, str]:
    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@cache
def _cities() -> dict[str, str]:
    """Zones by their last word: Berlin, New York."""
    cities: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/")):
            cities.setdefault(name.rpartition("/")[2].replace("_", " ").lower(), name)
    return cities


def _guess(name: str) -> tzinfo | None:
    """What a name says of itself: a city with the offset beside it, Eastern Time, or an offset alone."""
    stated = _STATED_OFFSET.search(name)
    if found := _OF_AMERICA.search(name):
        return known_zone(f"{found[1]} Standard Time")
    words = _STATED_OFFSET.sub("", name)
    for city in re.split(r"[,/()]", words):
        key = _cities().get(city.strip().lower())
        if key and (not stated or _standard(ZoneInfo(key)) == _stated(stated)):
            return ZoneInfo(key)
    return timezone(_stated(stated)) if stated and not words.strip() else None


def _stated(found: re.Match[str]) -> timedelta:
    amount = timedelta(hours=int(found[2]) % 24, minutes=int(found[3] or 0) % 60)
    return -amount if found[1] == "-" else amount


def _standard(zone: ZoneInfo) -> timedelta:
    """The offset of the zone outside its summer time."""
    days = (datetime(2025, month, 1, tzinfo=zone) for month in (1, 7))
    return min(day.utcoffset() or _ZERO for day in days)


@lru_cache(maxsize=256)
def _zone_of(definition: Component) -> DefinedZone | None:
    try:
        onsets = [onset for part in definition.parts for onset in _onsets(part)]
        return DefinedZone(definition.value("TZID"), onsets) if onsets else None
    except (ValueError, OverflowError):
        return None


def _onsets(part: Component) -> list[Onset]:
    """Every onset of one observance until 2100.  Raises ValueError for what cannot be read."""
    before, after = offset(part.value("TZOFFSETFROM")), offset(part.value("TZOFFSETTO"))
    begins = _local(part.value("DTSTART"))
    locals_ = {begins, *_repeated(part.value("RRULE"), begins, before)}
    for line in part.all("RDATE"):
        locals_ |= {_local(one.partition("/")[0]) for one in line.value.split(",")}
    name = part.value("TZNAME")
    return [Onset(at - before, before, after, name, part.name == "DAYLIGHT") for at in sorted(locals_)]


def _repeated(rule: str, begins: datetime, before: timedelta) -> list[datetime]:
    """When a yearly rule comes, until 2100."""
    if not rule:
        return []
    fields = fields_of(rule)
    if fields["FREQ"] != "YEARLY":
        raise ValueError("a zone changes by the year")
    last = datetime(_LAST_YEAR, 12, 31)  # noqa: DTZ001  local time
    if said := fields.pop("UNTIL", ""):
        last = min(last, until(said) + before if said.endswith("Z") else until(said))
    count = int(fields.pop("COUNT", _MOST_ONSETS))
    fields["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
    return list(islice(parsed(fields, begins), min(count, _MOST_ONSETS)))


def _local(value: str) -> datetime:
    found = _LOCAL.match(value.strip())
    if not found:
        raise ValueError("no local time")
    return datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007  local time is meant


def offset(value: str) -> timedelta:
    """An offset such as +0100 or -023000.  Raises ValueError."""
    found = _OFFSET.fullmatch(value.strip())
    if not found:
        raise ValueError("no offset")
    amount = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if amount >= timedelta(days=1):
        raise ValueError("an offset is less than a day")
    return -amount if found[1] == "-" else amount
