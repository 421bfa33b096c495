"""Dates as people and programs write them, read without a clock and without guessing in silence.

Theory of operation.  A date is three numbers in some order, or two numbers and the name of
a month.  ISO and written-out months are certain; ``2/8/26`` is not, so its order is an
argument, decided for a whole column by ``column_order`` where one row settles it.  What
cannot be a date gives ``None`` and the caller tells it with its line.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PIVOT = 69  # two-digit years from here on are of the last century, as POSIX has it
LAST_CENTURY, THIS_CENTURY = 1900, 2000
TWO_DIGITS = 100
LONGEST = 80  # no date is longer; a cell of a megabyte is not searched, nor remembered
MONTHS_IN_YEAR = 12
FOUR = 4
MONTH_DAY = 2
NOON = 12

MDY, DMY, YMD = "mdy", "dmy", "ymd"

MONTH_NAMES = (
    "jan january januar janvier janv enero ene janeiro gennaio gen januari jaenner janner stycznia",
    "feb february februar fevrier fevr fev febrero fevereiro febbraio februari lutego",
    "mar march marz maerz mars marzo marco maart mrt mrz marca",
    "apr april avril avr abril abr aprile kwietnia",
    "may mai mayo maio maggio mag mei maj maja",
    "jun june juni juin junio junho giugno giu czerwca",
    "jul july juli juillet juil julio julho luglio lug lipca",
    "aug august aout agosto ago agustus augustus sierpnia",
    "sep sept september septembre septiembre setembro set settembre wrzesnia",
    "oct october oktober octobre octubre outubro out ottobre ott okt pazdziernika",
    "nov november novembre noviembre novembro listopada",
    "dec december dezember dez decembre diciembre dic dezembro dicembre grudnia",
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, start=1) for name in names.split()}

CJK = re.compile(r"^(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?$")
NUMBERS = re.compile(r"^(\d{1,4})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
NO_YEAR = re.compile(r"^(?:--?|0000-)(\d{1,2})-?(\d{2})$")
WORDS = re.compile(r"\d+|[^\W\d_]+")
DAY_MARKS = {"de", "of", "del", "den", "the", "le", "st", "nd", "rd", "th", "er", "di", "o"}
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$")
EMPTY = re.compile(r"^[\s0/.\-:]*$")
CLOCK = re.compile(
    r"[\sT,]+(?:at |um |à )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*(?:\([^)]*\))?$",
    re.IGNORECASE,
)
YEAR_ONLY = re.compile(r"^\d{4}$")
YEAR_MONTH = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
MONTH_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{4})$")


def is_empty(text: str) -> bool:
    """Whether a cell says that there is no date: blank, ``0/0/00``, ``00:00``, dashes."""
    return bool(EMPTY.match(text[:LONGEST]))


def parse_date(text: str, *, order: str = MDY) -> date | None:
    """A whole date, or ``None``.  ``order`` settles ``2/8/26``; an impossible order is turned round."""
    return _parse_date(text[:LONGEST], order)


@lru_cache(maxsize=8192)
def _parse_date(text: str, order: str) -> date | None:
    text = text.strip().strip("'\"")
    if match := COMPACT.match(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMBERS.match(text):
        return _numbers(match[1], match[3], match[4], DMY if match[2] == "." else order)
    if match := CJK.match(text):
        return _date(int(match[1] or 0), int(match[2]), int(match[3] or 0))
    return _of_words(text) or _without_clock(text, order)


def parse_datetime(text: str, *, order: str = MDY) -> datetime | None:
    """A moment: aware when the text names a zone, else naive; midnight when it names no time."""
    text = text[:LONGEST].strip()
    if text.endswith(" UTC"):  # by far the most frequent form
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text[:-4] + "+00:00")
    clock = CLOCK.search(text)
    day = parse_date(text[: clock.start()] if clock else text, order=order)
    if day is None:
        return None
    moment = _time(clock) if clock else time()
    return None if moment is None else datetime.combine(day, moment)


def parse_partial(text: str) -> str:
    """An ISO date of the precision given: ``2019``, ``2019-03`` or ``2019-03-01``; ``""`` if none."""
    text = text[:LONGEST].strip()
    if YEAR_ONLY.match(text):
        return text
    if match := YEAR_MONTH.match(text):
        return _month(int(match[1]), int(match[2]))
    if match := MONTH_YEAR.match(text):
        return _month(int(match[2]), int(match[1]))
    if whole := parse_date(text):
        return whole.isoformat()
    month, numbers = _month_and_numbers(text)
    return _month(numbers[0], month) if month and len(numbers) == 1 else ""


def parse_birthday(text: str, *, order: str = MDY) -> str:
    """An ISO date, or ``--MM-DD`` when the year is not told; ``""`` if it is no date."""
    text = text[:LONGEST].strip()
    if match := NO_YEAR.match(text):
        return _month_day(int(match[1]), int(match[2]))
    if whole := parse_date(text, order=order):
        return whole.isoformat()
    if (match := CJK.match(text)) and match[3]:
        return _month_day(int(match[2]), int(match[3]))
    month, numbers = _month_and_numbers(text)
    if month and len(numbers) == 1:
        return _month_day(month, numbers[0])
    pair = [int(part) for part in re.findall(r"\d+", text)] if re.match(r"^\d+\D\d+\.?$", text) else []
    if len(pair) != MONTH_DAY:
        return ""
    first, second = pair
    return (
        _month_day(first, second) if order == MDY and first <= MONTHS_IN_YEAR else _month_day(second, first)
    )


def column_order(values: Iterable[str], *, default: str = MDY) -> str:
    """Day first or month first, for a column: the order that makes more of its dates possible."""
    day_first = month_first = 0
    for value in values:
        day = value[:LONGEST].strip().split(",")[0].split(" ")[0]
        if (match := NUMBERS.match(day)) and len(match[1]) <= MONTH_DAY:
            first, second = int(match[1]), int(match[3])
            day_first += first > MONTHS_IN_YEAR >= second
            month_first += second > MONTHS_IN_YEAR >= first
    if day_first == month_first:
        return default
    return DMY if day_first > month_first else MDY


def _without_clock(text: str, order: str) -> date | None:
    clock = CLOCK.search(text)
    return parse_date(text[: clock.start()], order=order) if clock and clock.start() else None


def _numbers(first: str, second: str, third: str, order: str) -> date | None:
    a, b, c = int(first), int(second), int(third)
    if len(first) > MONTH_DAY:
        return _date(a, b, c) or _date(a, c, b)
    month, day = (a, b) if order != DMY else (b, a)
    year = _century(c, len(third))
    return _date(year, month, day) or _date(year, day, month)


def _century(year: int, digits: int) -> int:
    if digits > MONTH_DAY:
        return year
    return year + (LAST_CENTURY if year >= PIVOT else THIS_CENTURY)


def _of_words(text: str) -> date | None:
    month, numbers = _month_and_numbers(text)
    if not month or len(numbers) != MONTH_DAY:
        return None
    first, second = numbers
    year_first = first >= TWO_DIGITS
    day, year = (second, first) if year_first else (first, second)
    return _date(_century(year, FOUR if year >= TWO_DIGITS else MONTH_DAY), month, day)


def _month_and_numbers(text: str) -> tuple[int, list[int]]:
    """The one named month of ``text`` and its numbers, or 0 when other words are among them."""
    month, numbers = 0, []
    for word in WORDS.findall(text):
        plain = _plain(word)
        if word.isdecimal():
            numbers.append(int(word[:6]))
        elif not month and plain in MONTHS:
            month = MONTHS[plain]
        elif plain not in DAY_MARKS and not WEEKDAY.match(plain):
            return 0, []
    return month, numbers


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))


def _time(clock: re.Match[str]) -> time | None:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % NOON + (NOON if clock[4].lower() == "p" else 0)
    try:
        return time(hour, minute, second, tzinfo=_zone(clock[5] or ""))
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(FOUR, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if text[0] == "+" else -offset)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _month(year: int, month: int) -> str:
    return f"{year:04}-{month:02}" if _date(year, month, 1) else ""


def _month_day(month: int, day: int) -> str:
    leap_year = 2000
    return f"--{month:02}-{day:02}" if _date(leap_year, month, day) else ""
