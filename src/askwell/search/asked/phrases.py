"""What a language says a line's wishes with: the form that each language fills in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases of one language; of several patterns of a kind the first that is found counts.

    ``quiet``, ``touched``: of a time, in the groups ``this`` or ``last`` (a span that runs, or ran before),
    ``month`` with or without ``of`` (its year), ``year``, or ``count`` and ``unit``, or ``one`` (a unit).
    ``known``: somebody's name, in the group ``who``.  ``works``, ``place``: the words before a name, which
    follows a space.  ``noise`` says nothing once anything else is understood.  ``spans`` gives the English
    name of a day, week, month or year, ``couples`` words that are a number and a unit in one.
    """

    quiet: Patterns
    touched: Patterns
    never: re.Pattern[str]
    known: Patterns
    hires: re.Pattern[str]
    connects: re.Pattern[str]
    no_mail: re.Pattern[str]
    works: re.Pattern[str]
    place: re.Pattern[str]
    noise: re.Pattern[str]
    months: Mapping[str, int]
    counts: Mapping[str, int]
    spans: Mapping[str, str]
    couples: Mapping[str, int]


def phrase(pattern: str) -> re.Pattern[str]:
    """Give the pattern of whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def numbered(names: str) -> dict[str, int]:
    """Number what is named by lines, each with its names: from one."""
    lines = enumerate(names.strip().splitlines(), 1)
    return {name: number for number, line in lines for name in line.split()}


def one_of(words: Mapping[str, object]) -> str:
    """Give the pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


NAME = r"[^\W\d_][\w.'’-]*"
END = r"(?=[ ]?[,;.،؛]|$"  # where a name ends, with what else may follow in a language
