"""A line such as "logistics in Chicago, not talked to this year, someone Ana knows", as filters.

Theory of operation.  Phrases that say when, by whom, where and at which place are looked for one kind after
the other; what is understood is cut out of the line, and what is left over are the words to look for.  A
phrase after "in" or "at" is taken only where the notebook knows that place or organization (``known``), so
that "in health care" stays a pair of words.  English alone: in other languages a line is its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 400  # characters of a line that are read
_MOST_WORDS = 5  # of the name of a place

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMBERS, 1)}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WHEN = (
    r"(?:this[ ](?P<this>week|month|year)"
    r"|since[ ](?:(?P<month>"
    + _MONTH
    + r")\b(?:[ ](?P<of>\d{4}))?|(?P<year>\d{4})|last[ ](?P<last>month|year))"
    r"|(?:for|in|within)(?:[ ]the)?(?:[ ](?:last|past|over|more[ ]than|at[ ]least)){0,2}[ ](?P<count>\d{1,3}|"
    + "|".join(_COUNTS)
    + r")[ ](?P<unit>day|week|month|year)s?"
    r"|in[ ](?:the[ ])?(?:last|past)[ ](?P<one>week|month|year))"
)
_WAYS = (
    r"(?:been[ ])?(?:in[ ](?:touch|contact)|talk(?:ed)?|spoken|spoke|met|written|wrote|heard|contacted)"
    r"(?:[ ](?:to|with|from))?"
)
_NOT = r"(?:(?:have|has|did|had)?(?:[ ]?not|n['’]t)|have[ ]not)"
_WHO = r"(?:(?:that|who|whom)[ ])?(?:I[ ])?"


def _phrase(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", flags)


_NEVER = _phrase(rf"{_WHO}(?:have[ ])?never[ ]{_WAYS}")
_QUIET = _phrase(rf"{_WHO}(?:{_NOT}|no)[ ](?:{_WAYS}|contact(?:[ ]with)?)[ ]{_WHEN}")
_TOUCHED = _phrase(rf"{_WHO}(?:have[ ]|was[ ]|were[ ])?{_WAYS}[ ]{_WHEN}")
_PERSON = r"[^\W\d_][\w.'’-]*(?:[ ](?!(?:who|whom|in|at|not|and|knows?)\b)[^\W\d_][\w.'’-]*){0,3}?"
_ANYBODY = r"(?:someone|somebody|anyone|anybody|people|everybody|everyone)"
_KNOWN = (
    _phrase(rf"{_ANYBODY}(?:[ ](?:that|who|whom))?[ ](?P<who>{_PERSON})[ ]knows"),
    _phrase(
        r"(?:known[ ](?:to|by)|(?:who|that)[ ]knows?|introduced[ ]by|friends?[ ]of)[ ]"
        rf"(?P<who>{_PERSON})(?=[,;.]|$|[ ](?:who|in|at|not|and)\b)"
    ),
)
_HIRES = _phrase(r"(?:(?:who|that)[ ])?(?:hires?|(?:is|are)[ ]hiring|hiring)(?:[ ]people)?")
_CONNECTS = _phrase(r"(?:(?:who|that)[ ])?(?:connects?[ ]people|connectors?)")
_NO_MAIL = _phrase(r"(?:without|with[ ]no|no)(?:[ ]an)?[ ]e-?mail(?:[ ]address)?")
_PLACE = _phrase(r"(?:(?:who[ ])?(?:lives?|based|living)[ ])?in(?=[ ])")
_WORKS = _phrase(r"(?:(?:who[ ])?(?:works?|working)[ ])?at(?=[ ])")
_NOISE = _phrase(rf"(?:{_ANYBODY}|contacts?|who|whom|that|and|but|with|the|I|have)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a line asks for; an empty field asks nothing.

    ``words`` are what is left to look for.  ``quiet_since``: nothing was written or said since that day
    (``date.min``: never at all); ``touched_since``: something was.  ``knows``: somebody they are known to.
    """

    words: str = ""
    place: str = ""
    at: str = ""
    knows: str = ""
    quiet_since: date | None = None
    touched_since: date | None = None
    hires: bool = False
    connector: bool = False
    no_email: bool = False

    @property
    def is_more_than_words(self) -> bool:
        """Say whether anything was understood."""
        return self != Asked(words=self.words)


def read(line: str, *, today: date, known: Callable[[str, str], bool]) -> Asked:
    """Take a line apart.  ``known("place" | "organization", name)`` says whether the notebook has it."""
    left = " ".join(line[:LONGEST].split())
    quiet, left = _since(_QUIET, left, today)
    if found := _NEVER.search(left):
        quiet, left = date.min, _without(left, found)
    touched, left = _since(_TOUCHED, left, today)
    knows = ""
    for pattern in _KNOWN:
        if not knows and (found := pattern.search(left)):
            knows, left = found["who"].strip(" .'’-"), _without(left, found)
    hires, left = _said(_HIRES, left)
    connector, left = _said(_CONNECTS, left)
    no_email, left = _said(_NO_MAIL, left)
    at, left = _named(_WORKS, left, lambda name: known("organization", name))
    place, left = _named(_PLACE, left, lambda name: known("place", name))
    asked = Asked(
        place=place,
        at=at,
        knows=knows,
        quiet_since=quiet,
        touched_since=touched,
        hires=hires,
        connector=connector,
        no_email=no_email,
    )
    if not asked.is_more_than_words:
        return Asked(words=" ".join(line.split()))
    words = " ".join(_NOISE.sub(" ", re.sub(r"[,;]", " ", left)).split())
    return replace(asked, words=words.strip(" ."))


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]},{line[found.end() :]}"


def _said(pattern: re.Pattern[str], line: str) -> tuple[bool, str]:
    found = pattern.search(line)
    return (True, _without(line, found)) if found else (False, line)


def _since(pattern: re.Pattern[str], line: str, today: date) -> tuple[date | None, str]:
    found = pattern.search(line)
    day = _day(found, today) if found else None
    return (day, _without(line, found)) if found and day else (None, line)


def _day(found: re.Match[str], today: date) -> date | None:
    """Give the first day of the time a phrase names; None where that is no day, or still to come."""
    if span := found["this"]:
        return {
            "week": today - timedelta(days=today.weekday()),
            "month": today.replace(day=1),
            "year": today.replace(month=1, day=1),
        }[span]
    if found["last"]:
        before = today.replace(day=1) - timedelta(days=1)
        return before.replace(day=1) if found["last"] == "month" else date(today.year - 1, 1, 1)
    if unit := found["unit"] or found["one"]:
        count = found["count"] or "1"
        number = int(count) if count.isdecimal() else _COUNTS[count.lower()]
        return today - timedelta(days=number * _DAYS[unit.lower()])
    month = _MONTHS[found["month"].lower()] if found["month"] else 1
    year = int(found["year"] or found["of"] or (today.year if month <= today.month else today.year - 1))
    return date(year, month, 1) if year > 0 and (year, month) <= (today.year, today.month) else None


def _named(pattern: re.Pattern[str], line: str, known: Callable[[str], bool]) -> tuple[str, str]:
    """Give the longest name after the word that the notebook knows."""
    for found in pattern.finditer(line):
        after = line[found.end() :].lstrip()
        words = re.split(r"[ ]", re.split(r"[,;]", after)[0])
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            name = " ".join(words[:count]).strip(" .")
            if name and known(name):
                rest = after[len(" ".join(words[:count])) :]
                return name, f"{line[: found.start()]},{rest}"
    return "", line
