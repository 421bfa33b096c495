"""Days named in a sentence, in the words of one language, counted from the day it was sent.

Theory of operation.  ``days_in`` goes through a folded sentence once for each way a day is written:
2026-01-12, 12.01.2026, 12 January (and January 12), a weekday, today and tomorrow.  What overlaps an earlier
find is dropped, and a weekday right beside a date is part of it.  A day without a year is the next one from
the day of sending; where that is not known, none.  Digits that could be day and month or month and day are
read by the order of the language, or by the only order that lies ahead; else the day is left out: no date is
better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from askwell.formats.mail import words
from askwell.formats.mail.phrases import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

DMY, MDY = "dmy", "mdy"
MONTHS_IN_YEAR, DAYS_IN_WEEK = 12, 7
CENTURY = 2000
YEARS = range(1970, 2200)  # that mail is of
FURTHEST = timedelta(days=400)  # ahead, for digits of which only one order makes sense
STARTED = timedelta(days=45)  # a time away may have begun so long before it is told of

LONGEST_TOUCH = 12
_FILLERS = frozenset(
    map(
        folded,
        [
            "the",
            "den",
            "der",
            "dem",
            "d",
            "le",
            "el",
            "il",
            "dia",
            "dnia",
            "de",
            "al",
            "op",
            "am",
            "الموافق",
            "في",
            "o",
            "a",
            "the",
        ],
    )
)

_AMERICAN_CLOCKS = range(-10, -3)  # hours from UTC
_EUROPEAN_CLOCKS = range(1, 13)

_ISO = re.compile(r"(?<![\d-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DIGITS = re.compile(r"(?<![\d.:/-])(\d{1,2}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4}|(?<=[./-])\d{2})(?![\d:])")
_DIGITS_NO_YEAR = re.compile(r"(?<![\d.:/-])(\d{1,2})(?:(\.) ?(\d{1,2})\.(?! ?\d{4})|(/)(\d{1,2})(?![\d/]))")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")


def order_of_digits(language: str, sent: datetime | None) -> str:
    """Day first or month first, or "" where it cannot be told."""
    order = str(words.words(language).get("order", ""))
    if order or sent is None or sent.tzinfo is None:
        return order
    hours = int((sent.utcoffset() or timedelta()).total_seconds() // 3600)
    return MDY if hours in _AMERICAN_CLOCKS else DMY if hours in _EUROPEAN_CLOCKS else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it is named; ``weekday`` where nothing but the name of one was said."""

    start: int
    end: int
    date: date
    weekday: bool = False
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """What days are read by: language, the order of digits ("" where unknown), the day of sending."""

    language: str
    today: date | None
    order: str = ""

    def days_in(self, sentence: str) -> list[Day]:
        """Every day named in a folded sentence, in order."""
        found: list[Day] = []
        for way in (self._iso, self._digits, self._east_asian, self._named, self._spoken, self._weekdays):
            for day in way(sentence):
                if not any(day.start < other.end and other.start < day.end for other in found):
                    found.append(day)
        return joined(sorted(found, key=lambda day: day.start), sentence)

    def _iso(self, sentence: str) -> Iterator[Day]:
        for match in _ISO.finditer(sentence):
            yield from self._given(match, match[1], match[2], match[3])

    def _east_asian(self, sentence: str) -> Iterator[Day]:
        for match in _EAST_ASIAN.finditer(sentence):
            yield from self._given(match, match[1], match[2], match[3])

    def _digits(self, sentence: str) -> Iterator[Day]:
        for match in _DIGITS.finditer(sentence):
            yield from self._ordered(match, match[2], (match[1], match[3]), match[4])
        for match in _DIGITS_NO_YEAR.finditer(sentence):
            yield from self._ordered(match, match[2] or "/", (match[1], match[3] or match[5]), None)

    def _ordered(
        self, match: re.Match[str], mark: str, pair: tuple[str, str], year: str | None
    ) -> Iterator[Day]:
        orders = [DMY] if mark == "." else [self.order] if self.order else [DMY, MDY]
        weekday = self._weekday_beside(match)
        if mark != "." and weekday is not None:
            orders = [DMY, MDY]
        read = (self._date(year, *(reversed(pair) if order == DMY else pair)) for order in orders)
        days = {day for day in read if day}
        day = self._only({day for day in days if day.weekday() == weekday} or days)
        if day:
            yield Day(match.start(), match.end(), day, yearless=year is None)

    def _weekday_beside(self, match: re.Match[str]) -> int | None:
        """The weekday named right before a date: of two orders it tells the right one."""
        before = match.string[max(0, match.start() - LONGEST_TOUCH) : match.start()]
        found = re.search(rf"(?<!\w)({one_of(_weekday_names(self.language))})[., ]{{0,3}}$", before)
        return _weekday_names(self.language)[found[1]] if found else None

    def _only(self, days: set[date]) -> date | None:
        """The only day of these that there can be, from the day of sending on."""
        ahead = {day for day in days if self.today and self.today <= day <= self.today + FURTHEST}
        left = days if len(days) == 1 else ahead
        return left.pop() if len(left) == 1 else None

    def _named(self, sentence: str) -> Iterator[Day]:
        named = months(self.language)
        for pattern, day_first in _with_month(self.language):
            for match in pattern.finditer(sentence):
                number, name = (match[1], match[2]) if day_first else (match[2], match[1])
                yield from self._given(match, match[3], str(named[name]), number)

    def _spoken(self, sentence: str) -> Iterator[Day]:
        for key, days in (("overmorrow", 2), ("tomorrow", 1), ("today", 0)):
            for match in _spoken(self.language, key).finditer(sentence):
                if self.today:
                    yield Day(match.start(), match.end(), self.today + timedelta(days=days))

    def _weekdays(self, sentence: str) -> Iterator[Day]:
        names = _weekday_names(self.language)
        for match in _weekday(self.language).finditer(sentence):
            if self.today:
                ahead = (names[match[1] or match[2]] - self.today.weekday() - 1) % DAYS_IN_WEEK + 1
                yield Day(match.start(), match.end(), self.today + timedelta(days=ahead), weekday=True)

    def _given(self, match: re.Match[str], year: str | None, month: str, number: str) -> Iterator[Day]:
        day = self._date(year, month, number)
        if day:
            yield Day(match.start(), match.end(), day, yearless=not year)

    def _date(self, year: str | None, month: str, number: str) -> date | None:
        """A whole date; without a year the next such day."""
        if year:
            whole = int(year) + (CENTURY if len(year) < len("2026") else 0)
            return _made(whole, int(month), int(number))
        if not self.today:
            return None
        days = (_made(self.today.year + more, int(month), int(number)) for more in (-1, 0, 1, 2, 3, 4))
        return next((day for day in days if day and day >= self.today - STARTED), None)


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in YEARS else None
    except ValueError:
        return None


def day_of(sent: datetime | None, zone: tzinfo | None = None) -> date | None:
    """The day something was sent, where ``zone`` is; None where that cannot be, as a clock may be wrong."""
    if sent is None or sent.year not in YEARS:
        return None
    return sent.astimezone(zone).date() if zone and sent.tzinfo else sent.date()


def joined(days: list[Day], sentence: str) -> list[Day]:
    """A weekday right before or after the date it belongs to is part of it."""
    out: list[Day] = []
    for day in days:
        before = out[-1] if out else None
        if before and before.weekday != day.weekday and _touch(sentence[before.end : day.start]):
            whole = day if before.weekday else before
            out[-1] = replace(whole, start=before.start, end=day.end)
        else:
            out.append(day)
    return out


def _touch(between: str) -> bool:
    left = set(between.replace(",", " ").replace(".", " ").replace("(", " ").replace(")", " ").split())
    return len(between) <= LONGEST_TOUCH and left <= _FILLERS


@cache
def months(language: str) -> dict[str, int]:
    """The names of the months, folded."""
    return {
        name: number
        for number, names in enumerate(words.words(language).get("months", ()), start=1)
        for name in _names(names)
    }


def _names(names: str) -> list[str]:
    said = folded(names)
    return said.split("|") if "|" in said else said.split()


@cache
def _with_month(language: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Patterns of a day with its month's name: day first, month first."""
    name = one_of(months(language))
    of = "|".join(re.escape(folded(one)) for one in words.words(language).get("of", ()))
    of = rf"(?:(?:{of}) )?" if of else ""
    year = rf"(?:[.,]{{0,2}} ?(?:(?:{_OF_YEAR}) )?(\d{{4}})(?!\d))?"
    number = r"(?<![\d:.])(\d{1,2})(?!\d)"
    return (
        (re.compile(rf"{number}(?:st|nd|rd|th|er|\.|o|a)? ?{of}{of}({name})(?!\w)\.?{year}"), True),
        (
            re.compile(
                rf"(?<!\w)({name})\.? (?:the )?{number}(?:st|nd|rd|th)?(?!:\d|\w| ?uhr| ?am(?!\w)| ?pm){year}"
            ),
            False,
        ),
    )


_OF_YEAR = "de|del|of"


@cache
def _weekday_names(language: str) -> dict[str, int]:
    """The names of the weekdays, folded: Monday is 0."""
    found = words.words(language)
    return {
        name: number
        for key in ("weekdays", "weekdays_short")
        for number, names in enumerate(found.get(key, ()))
        for name in _names(names)
    }


@cache
def _weekday(language: str) -> re.Pattern[str]:
    """A weekday's name; a short one only before a number, for it may be another word."""
    short = {name for names in words.words(language).get("weekdays_short", ()) for name in _names(names)}
    long = {name for name in _weekday_names(language) if name not in short}
    before_number = r"(?=[.,]{0,2} ?(?:um |den |der |the |at |d\. )?\d)"
    ends = rf"(?:(?!\w)|(?={one_of(words.words(language).get('weekday_suffix', ()))}))"
    return re.compile(rf"(?<!\w)[ولب]?(?:({one_of(long)}){ends}|({one_of(short)})(?!\w){before_number})")


@cache
def _spoken(language: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(words.words(language).get(key, ()))})(?!\w)")


def one_of(names: Iterable[str]) -> str:
    """A pattern for one of several words, folded, the longest first."""
    found = sorted(map(folded, names), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, found)) + ")" if found else r"(?!)"
