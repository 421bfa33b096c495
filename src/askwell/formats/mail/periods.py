"""When to try again: "in March", "after the 15th", "next quarter", "in ein paar Wochen", "بعد أسبوعين".

Theory of operation.  A sentence that puts somebody off names a day (``days``), a month, or a stretch counted
from the day it was sent.  What is said becomes the first day on which one may try: the day after what it is
to be "after", the first of a month or quarter, the fifteenth of the middle of a month, the Monday of a week.
Seasons begin with their month of the weather's year in the north, holidays at the end of a year are over on
2 January; these three are defaults of ours.  What cannot be reckoned is no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from askwell.formats.mail import words
from askwell.formats.mail.days import DAYS_IN_WEEK, MONTHS_IN_YEAR, Day, one_of
from askwell.formats.mail.days import months as months_of
from askwell.formats.mail.phrases import compiled, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from askwell.formats.mail.days import Reader

MIDDLE, LATE = 15, 25
QUARTER = 3
HOLIDAYS_FROM, HOLIDAYS_OVER = 10, 2  # told of from October on; over on the second of January
MOST = 366  # of a unit
_DAYS = {"day": 1, "week": DAYS_IN_WEEK}


@dataclass(frozen=True, slots=True)
class _Target:
    """A day to try again and where it is named; one that is reckoned ranks behind, and "this week" last."""

    start: int
    day: date
    beyond: bool
    rank: int = 0


def later_day(sentence: str, reader: Reader) -> tuple[date | None, bool]:
    """The first day to try again that a folded sentence names, and whether it was put off beyond a day.

    The second is true where the day is "after", "until" or "not before" what was said.
    """
    today = reader.today
    if today is None:
        return None, False
    found = [
        *_named(sentence, reader),
        *_of_month(sentence, reader, today),
        *_counted(sentence, reader, today),
    ]
    if not found:
        return None, False
    best = min(found, key=lambda one: (one.rank, one.start))
    return best.day, best.beyond


def _named(sentence: str, reader: Reader) -> Iterator[_Target]:
    """Days written out, and "the 15th"."""
    days = reader.days_in(sentence)
    for day in [*days, *days_by_number(sentence, reader, after=days)]:
        before = sentence[: day.start]
        after = _ends_with(reader.language, "later_after").search(before)
        until = _ends_with(reader.language, "later_until").search(before)
        yield _Target(day.start, day.date + timedelta(days=1) if after else day.date, bool(after or until))


def days_by_number(sentence: str, reader: Reader, *, after: Sequence[Day] = ()) -> Iterator[Day]:
    """Days named by their number ("the 15th"): the next such after the day named before, or after today."""
    for match in _the_number(reader.language).finditer(sentence):
        if any(day.start < match.end() and match.start() < day.end for day in after):
            continue
        before = [day.date for day in after if day.end <= match.start()]
        today = before[-1] if before else reader.today
        day = _next_such(int(match[1]), today) if today else None
        if day:
            yield Day(match.start(1), match.end(), day)


def _next_such(number: int, today: date) -> date | None:
    for month in (today.replace(day=1), _first_of_month(today, 1)):
        try:
            day = month.replace(day=number)
        except ValueError:
            continue
        if day > today:
            return day
    return None


def _of_month(sentence: str, reader: Reader, today: date) -> Iterator[_Target]:
    """A month without a day: its first, its middle or its end; after it, the next one's first."""
    taken = [(day.start, day.end) for day in reader.days_in(sentence)]
    for match in _month_alone(reader.language).finditer(sentence):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        month = months_of(reader.language)[match["month"] or match["subject"]]
        year = int(match["year"] or 0) or today.year + (month < today.month)
        first = date(year, month, 1)
        said = (match.start(key) for key in ("nth", "early", "mid", "late", "month", "subject") if match[key])
        before = sentence[: min(said)]
        after = bool(_ends_with(reader.language, "later_after").search(before))
        until = bool(_ends_with(reader.language, "later_until").search(before))
        if match["nth"]:
            day = _monday(first, _nth_weeks(reader.language).index(match["nth"].rstrip(" ")))
        else:
            day = _within(first, match, beyond=after or (until and bool(match["late"])))
        if day > today:
            yield _Target(match.start(), day, after or until)


def _monday(first: date, weeks: int) -> date:
    """The first Monday from a day on, so many weeks later."""
    return first + timedelta(days=-first.weekday() % DAYS_IN_WEEK + weeks * DAYS_IN_WEEK)


def _within(first: date, match: re.Match[str], *, beyond: bool) -> date:
    if beyond and not (match["early"] or match["mid"]):
        return _first_of_month(first, 1)
    return first.replace(day=MIDDLE if match["mid"] else LATE if match["late"] else 1)


def _counted(sentence: str, reader: Reader, today: date) -> Iterator[_Target]:
    """Stretches from today on: "in two weeks", "next quarter", "in spring"."""
    for pattern, code in _periods(reader.language):
        for match in pattern.finditer(sentence):
            before = sentence[: match.start()]
            put_off = bool(
                _ends_with(reader.language, "later_after").search(before)
                or _ends_with(reader.language, "later_until").search(before)
            )
            day = _reckoned(code, match, today, reader.language)
            if day:
                put_off = put_off or code.endswith(("*", "holidays"))
                yield _Target(match.start(), day, put_off, rank=1 + code.startswith("this:"))


def _reckoned(code: str, match: re.Match[str], today: date, language: str) -> date | None:
    unit, _, number = code.partition(":")
    if code.endswith("*"):
        many = _number(match[1], language)
        return _ahead(code.removesuffix("*"), many, today) if many <= MOST else None
    if code == "holidays":
        return date(today.year + 1, 1, HOLIDAYS_OVER) if today.month >= HOLIDAYS_FROM else None
    if unit in {"days", "weeks", "months"}:
        return _ahead(unit.removesuffix("s"), int(number), today)
    if unit in {"season", "quarter"}:
        month = int(number) if unit == "season" else (int(number) - 1) * QUARTER + 1
        return date(today.year + (month <= today.month), month, 1)
    return _next_unit(code.removeprefix("this:").removesuffix("+1"), today)


def _ahead(unit: str, many: int, today: date) -> date:
    if unit == "month":
        month = _first_of_month(today, many)
        return min(month + timedelta(days=today.day - 1), _first_of_month(month, 1) - timedelta(days=1))
    return today + timedelta(days=many * _DAYS[unit])


def _next_unit(unit: str, today: date) -> date:
    """The first day of the next week, month, quarter or year."""
    if unit == "week":
        return today + timedelta(days=DAYS_IN_WEEK - today.weekday())
    if unit == "year":
        return date(today.year + 1, 1, 1)
    return _first_of_month(today, 1 if unit == "month" else QUARTER - (today.month - 1) % QUARTER)


def _first_of_month(day: date, more: int) -> date:
    months = day.year * MONTHS_IN_YEAR + day.month - 1 + more
    return date(months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1, 1)


def _number(said: str, language: str) -> int:
    return int(said) if said.isdigit() else _numbers(language)[said]


@cache
def _numbers(language: str) -> Mapping[str, int]:
    found: Mapping[str, int] = words.words(language).get("numbers", {})
    return {folded(name): number for name, number in found.items()}


@cache
def _periods(language: str) -> list[tuple[re.Pattern[str], str]]:
    found: list[Any] = words.words(language).get("periods", [])
    return [(compiled([phrase], _numbers(language)), str(code)) for phrase, code in found]


@cache
def _ends_with(language: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[وف]?{one_of(words.words(language).get(key, ()))}[^\w]{{1,3}}(?:the |yom )?$")


@cache
def _the_number(language: str) -> re.Pattern[str]:
    """A day's number without its month: "the 15th", "dem 15."."""
    lead = one_of(words.words(language).get("the_number", ()))
    return re.compile(rf"(?<!\w){lead} (\d{{1,2}})(?:st|nd|rd|th|\.|)(?![\w:]|\.\d)")


@cache
def _nth_weeks(language: str) -> tuple[str, ...]:
    """The first to fourth week of a month, folded."""
    return tuple(folded(name) for name in words.words(language).get("nth_week", ()))


@cache
def _month_alone(language: str) -> re.Pattern[str]:
    """A month's name after a word of time, as "may" and "march" are other words too."""
    found = words.words(language)
    leads = ("nth", _nth_weeks(language)), *((key, found.get(key, ())) for key in ("early", "mid", "late"))
    lead = "|".join(f"(?P<{key}>{one_of(names)}(?:[ -]))" for key, names in leads)
    month = f"(?P<month>{one_of(months_of(language))})"
    after = rf"(?= {one_of(found.get('month_is', ()))}(?!\w))"
    before = rf"(?:(?<=\W)|^)(?:{lead})|(?:(?<!\w)[وف]?{one_of(found.get('in', ()))} (?:the )?)"
    year = r"(?:,? (?P<year>20\d\d))?"
    return re.compile(
        rf"(?:(?:{before}){month}(?!\w){year}|(?<!\w)(?P<subject>{one_of(months_of(language))}){after})"
    )
