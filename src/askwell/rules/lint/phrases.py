"""Small helpers to write patterns of English wording legibly.

Theory of operation.  A pattern is written with plain spaces; a space matches any run of white
space, since letters are often wrapped.  Matching ignores case.  All patterns run over *flattened*
text: curly quotes straight, links and addresses blotted out, same length as the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER_WORDS = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25, "twenty five": 25, "thirty": 30,
    "thirty-five": 35, "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50, "sixty": 60,
    "ninety": 90,
}  # fmt: skip


def _spaced(alternatives: tuple[str, ...]) -> str:
    joined = "|".join(f"(?:{each})" for each in alternatives)
    return re.sub(r" +", r"\\s+", joined.replace(" ?", r"\s*"))


def phrase(*alternatives: str) -> re.Pattern[str]:
    """One pattern out of several; a plain space matches any white space."""
    return re.compile(_spaced(alternatives), re.IGNORECASE)


def cased(*alternatives: str) -> re.Pattern[str]:
    """As ``phrase``, minding capitals."""
    return re.compile(_spaced(alternatives))


@dataclass(frozen=True, slots=True)
class Gated:
    """A pattern tried only where one of its words occurs."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As of a compiled pattern."""
        low = text.lower()
        if any(word in low for word in self.words):
            yield from self.pattern.finditer(text)


def gated(words: str, *alternatives: str) -> Gated:
    """``words`` is separated by spaces; each may be the beginning of a word."""
    return Gated(tuple(words.split()), phrase(*alternatives))
