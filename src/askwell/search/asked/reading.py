"""A line such as "logistics in Chicago, not talked to this year, someone Ana knows", as filters.

Theory of operation.  Phrases that say when, by whom, where and at which place are looked for one kind after
the other; what is understood is cut out of the line, and what is left over are the words to look for.  A
phrase after "in" or "at" is taken only where the notebook knows that place or organization (``known``), so
that "in health care" stays a pair of words.  A line is read in each language; the reading that understands
most of it counts, of equals the one in the language its writer uses Askwell in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from askwell.search.asked.arabic import ARABIC
from askwell.search.asked.english import ENGLISH
from askwell.search.asked.german import GERMAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from askwell.search.asked.phrases import Phrases

    Known = Callable[[str, str], bool]

LONGEST = 400  # characters of a line that are read
_MOST_WORDS = 5  # of the name of a place

_LANGUAGES = {"en": ENGLISH, "de": GERMAN, "ar": ARABIC}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_VOWELS = re.compile("[\u0640\u064b-\u0652]")  # of Arabic, and the stroke that stretches a word


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
        return self.understood > 0

    @property
    def understood(self) -> int:
        """Count what was understood."""
        return sum(getattr(self, one.name) != one.default for one in fields(self) if one.name != "words")


def read(line: str, *, today: date, known: Known, language: str = "en") -> Asked:
    """Take a line apart.  ``known("place" | "organization", name)`` says whether the notebook has it.

    ``language``: its writer's, a code of two letters.
    """
    tried = sorted(_LANGUAGES, key=lambda code: code != language)
    readings = [_read(line, _LANGUAGES[code], today, known) for code in tried]
    best = max(readings, key=lambda asked: asked.understood)
    return best if best.is_more_than_words else Asked(words=" ".join(line.split()))


def _read(line: str, say: Phrases, today: date, known: Known) -> Asked:
    left = " ".join(_VOWELS.sub("", line[:LONGEST]).split())
    quiet, left = _since(say.quiet, left, today, say)
    if found := say.never.search(left):
        quiet, left = date.min, _without(left, found)
    touched, left = _since(say.touched, left, today, say)
    knows = ""
    for pattern in say.known:
        if not knows and (found := pattern.search(left)):
            knows, left = found["who"].strip(" .'’-"), _without(left, found)
    hires, left = _said(say.hires, left)
    connector, left = _said(say.connects, left)
    no_email, left = _said(say.no_mail, left)
    at, left = _named(say.works, left, lambda name: known("organization", name))
    place, left = _named(say.place, left, lambda name: known("place", name))
    words = " ".join(say.noise.sub(" ", re.sub(r"[,;،؛]", " ", left)).split())
    return Asked(
        words=words.strip(" ."),
        place=place,
        at=at,
        knows=knows,
        quiet_since=quiet,
        touched_since=touched,
        hires=hires,
        connector=connector,
        no_email=no_email,
    )


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]},{line[found.end() :]}"


def _said(pattern: re.Pattern[str], line: str) -> tuple[bool, str]:
    found = pattern.search(line)
    return (True, _without(line, found)) if found else (False, line)


def _since(
    patterns: Iterable[re.Pattern[str]], line: str, today: date, say: Phrases
) -> tuple[date | None, str]:
    for pattern in patterns:
        found = pattern.search(line)
        if found and (day := _day(found.groupdict(), today, say)):
            return day, _without(line, found)
    return None, line


def _day(found: dict[str, str | None], today: date, say: Phrases) -> date | None:
    """Give the first day of the time a phrase names; None where that is no day, or still to come."""
    said = {name: text.lower() for name, text in found.items() if text}
    if "this" in said:
        return {
            "week": today - timedelta(days=today.weekday()),
            "month": today.replace(day=1),
            "year": today.replace(month=1, day=1),
        }[say.spans[said["this"]]]
    if "last" in said:
        before = today.replace(day=1) - timedelta(days=1)
        is_month = say.spans[said["last"]] == "month"
        return before.replace(day=1) if is_month else date(today.year - 1, 1, 1)
    if unit := said.get("unit") or said.get("one"):
        count = said.get("count", "1")
        number = int(count) if count.isdecimal() else say.counts[count]
        return today - timedelta(days=number * _DAYS[say.spans[unit]])
    if couple := said.get("couple"):
        return today - timedelta(days=say.couples[couple])
    month = say.months[said["month"]] if "month" in said else 1
    usual = today.year if month <= today.month else today.year - 1
    year = int(said.get("year") or said.get("of") or usual)
    return date(year, month, 1) if year > 0 and (year, month) <= (today.year, today.month) else None


def _named(pattern: re.Pattern[str], line: str, known: Callable[[str], bool]) -> tuple[str, str]:
    """Give the longest name after the word that the notebook knows."""
    for found in pattern.finditer(line):
        after = line[found.end() :].lstrip()
        words = re.split(r"[ ]", re.split(r"[,;،؛]", after)[0])
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            name = " ".join(words[:count]).strip(" .")
            if name and known(name):
                rest = after[len(" ".join(words[:count])) :]
                return name, f"{line[: found.start()]},{rest}"
    return "", line
