"""Moments as people type them: ISO, tomorrow, friday 15:00, 1 december, 24.12.2026, in 2 weeks, +3d.

Words are read in the seeker's zone.  A day without an hour means ``hour`` o'clock there.  A weekday, or a
day of a month without its year, is the next one to come, or with ``past=True`` the last one gone.  A day
that may be read in two ways (3/4/2027) is not guessed at.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from askwell.cli.failures import BadUse

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"h": 0, "hour": 0, "d": 1, "day": 1, "w": 7, "week": 7, "m": 30, "month": 30}
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})\s*(h|d|w|m)")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_COUNTED, 1)}
_COUNT = "|".join([*_NUMBERS, r"\d{1,4}"])
_IN = re.compile(rf"in ({_COUNT}) (hour|day|week|month)s?")
_AGO = re.compile(rf"({_COUNT}) (hour|day|week|month)s? ago")
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR_AND_CLOCK = r"(?: (?P<year>\d{4}))?(?: (?P<rest>.*))?"
_DAY_FIRST = re.compile(f"{_DAY} {_MONTH}{_YEAR_AND_CLOCK}")
_MONTH_FIRST = re.compile(f"{_MONTH} {_DAY}{_YEAR_AND_CLOCK}")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?: (.*))?")
_CLOCK = re.compile(r"(?:at )?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?")


class BadMoment(BadUse):
    """This is no date or time we can read."""

    code = "bad-date"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” is no date I can read. Try 2026-12-01, tomorrow, friday 15:00, in 2 weeks."
        )


class TwoDays(BadMoment):
    """This may be read as two days."""

    def __init__(self, text: str) -> None:
        BadUse.__init__(self, f"“{text}” may be two days. Write it as 2026-12-01, or 1 december.")


def read_moment(text: str, zone: str = "UTC") -> datetime:
    """Read an ISO 8601 moment, in ``zone`` where it names none.  Raises BadMoment."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadMoment(text) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def read_when(text: str, *, now: datetime, zone: str, hour: int = 9, past: bool = False) -> datetime:
    """Read a moment as typed; gives it in UTC.  Raises BadMoment."""
    words = " ".join(text.lower().replace(",", " ").split()).replace("next week", "next monday")
    local = now.astimezone(ZoneInfo(zone))
    moment = (
        _iso(words, local, hour)
        or _relative(words, local)
        or _numeric(words, local, hour)
        or _month_and_day(words, local, hour, past=past)
        or _day_and_clock(words, local, hour, past=past)
    )
    if moment is None:
        raise BadMoment(text)
    return moment.astimezone(UTC)


def _iso(words: str, local: datetime, hour: int) -> datetime | None:
    try:
        if len(words) <= len("2026-12-01"):
            return _at(date.fromisoformat(words), time(hour), local)
        moment = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=local.tzinfo)


def _relative(words: str, local: datetime) -> datetime | None:
    """Read a distance from now; it keeps the hour of now."""
    if words == "now":
        return local
    if found := _OFFSET.fullmatch(words):
        return _move(local, int(found[2]) * (1 if found[1] == "+" else -1), found[3])
    if found := _IN.fullmatch(words):
        return _move(local, _count(found[1]), found[2])
    if found := _AGO.fullmatch(words):
        return _move(local, -_count(found[1]), found[2])
    return None


def _count(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _move(local: datetime, count: int, unit: str) -> datetime:
    try:
        if unit in {"h", "hour"}:
            return (local.astimezone(UTC) + timedelta(hours=count)).astimezone(local.tzinfo)
        return local + timedelta(days=count * _UNITS[unit])
    except OverflowError:
        raise BadMoment(f"{count} {unit}") from None


def _numeric(words: str, local: datetime, hour: int) -> datetime | None:
    """Read 24.12.2026, day first; with strokes only where no other day could be meant."""
    found = _NUMERIC.fullmatch(words)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "/" and first <= len(MONTHS) and second <= len(MONTHS) and first != second:
        raise TwoDays(words)
    day, month = (second, first) if found[2] == "/" and second > len(MONTHS) else (first, second)
    return _on(_date(year, month, day), found[5], local, hour)


def _month_and_day(words: str, local: datetime, hour: int, *, past: bool) -> datetime | None:
    """Read 1 december, dec 24 2027 10:00; without a year the nearest on that side of today."""
    found = _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words)
    month = found and next((n for n, name in enumerate(MONTHS, 1) if name.startswith(found["month"])), 0)
    if not found or not month:
        return None
    day, today = int(found["day"]), local.date()
    if found["year"]:
        return _on(_date(int(found["year"]), month, day), found["rest"], local, hour)
    # Eight years hold a 29 February; those of the wrong side are passed over.
    years = (today.year + (-step if past else step) for step in range(9))
    days = (_date(year, month, day) for year in years)
    near = next((one for one in days if one and (one <= today if past else one >= today)), None)
    return _on(near, found["rest"], local, hour)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _on(day: date | None, rest: str | None, local: datetime, hour: int) -> datetime | None:
    clock = _clock(rest) if rest else time(hour)
    return _at(day, clock, local) if day and clock is not None else None


def _day_and_clock(words: str, local: datetime, hour: int, *, past: bool) -> datetime | None:
    """Read a day, a clock time, or a day and then a clock time."""
    head, _space, tail = words.partition(" ")
    if head in {"next", "last", "on", "this"}:
        past = head == "last" or (past and head != "next")
        head, _space, tail = tail.partition(" ")
    day = _day(head, local, past=past)
    if day is None:
        day, tail = local.date(), words or "?"
    clock = _clock(tail) if tail else time(hour)
    return _at(day, clock, local) if clock is not None else None


def _day(word: str, local: datetime, *, past: bool) -> date | None:
    near = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
    if word in near:
        return local.date() + timedelta(days=near[word])
    weekday = next((i for i, name in enumerate(WEEKDAYS) if len(word) > 2 and name.startswith(word)), None)  # noqa: PLR2004
    if weekday is not None:
        ahead = (weekday - local.weekday()) % 7
        return local.date() + timedelta(days=ahead - 7 if past else ahead or 7)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _clock(words: str) -> time | None:
    """Read 15:00, 3pm, at 9."""
    named = {"noon": time(12), "morning": time(9), "afternoon": time(14), "evening": time(18)}
    if words in named:
        return named[words]
    found = _CLOCK.fullmatch(words)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


def _at(day: date, clock: time, local: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=local.tzinfo)
