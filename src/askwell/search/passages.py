"""Words of what was written: which ones a text is found by, and the passage that shows them.

Theory of operation.  A letter or a note is found by its words as a name is (``text.terms``), with one
difference: of a name three letters tell much, of a letter the beginning of a word tells little, so that a
whole word finds it, or the beginning of one from ``_BEGINNING`` letters on (in scripts without spaces any).
Texts are taken word by word, as ``fold`` remembers what it is given, and should not remember letters.

A passage is the stretch that holds most of the words looked for, the first of equals, cut at words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from askwell.search.text import LONGEST_TERM, UNSPACED, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 20_000  # characters of a text that are read
_BEGINNING = 4
_STRETCH = 120  # characters from the first word of a passage to its last
_BEFORE, _AFTER = 40, 60
# A run to be cut by ``terms``: letters, and what stands on them or joins them, which is no letter to ``re``.
# All beyond ASCII counts but spaces and the usual punctuation: what is left in too much is cut off later.
_PIECE = (
    r"[\w\xad\xc0-\u167f\u1681-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u2fff"
    r"\u3040-\ufeff\uff10-\uff19\uff21-\U0010ffff]+"
)
_WORD = re.compile(rf"{_PIECE}(?:['’ʼ‘.·＇．․﹒]{_PIECE})*")


class Passage(NamedTuple):
    """A stretch of a text in pieces (text, whether it was looked for), and the typed words in it."""

    pieces: tuple[tuple[str, bool], ...]
    words: frozenset[str]

    def __str__(self) -> str:
        return "".join(text for text, _hit in self.pieces)


class _Mark(NamedTuple):
    start: int
    end: int
    words: frozenset[str]


def may_be_begun(typed: str) -> bool:
    """Say whether a typed word may be the beginning of one that was written."""
    return len(typed) >= _BEGINNING or UNSPACED.search(typed) is not None


def words_written(text: str) -> set[str]:
    """Give what an index stores for a text, however long."""
    found: set[str] = set()
    for word in set(_WORD.findall(text[:LONGEST])):
        for part in parts(word):
            found |= _terms(part)
    return found


def passage(text: str, typed: Sequence[str]) -> Passage | None:
    """Give the stretch of a text that holds most of the typed words; None where it holds none."""
    text = " ".join(text[:LONGEST].split())
    marks = list(_marks(text, typed))
    if not marks:
        return None
    stretches = [_stretch(marks, first) for first in range(len(marks))]
    best = max(stretches, key=lambda held: len(_words(held)))
    return Passage(tuple(_pieces(text, best)), _words(best))


def _stretch(marks: list[_Mark], first: int) -> list[_Mark]:
    held: list[_Mark] = []
    for mark in marks[first:]:
        if mark.end > marks[first].start + _STRETCH and held:
            break
        held.append(mark)
    return held


def _words(marks: list[_Mark]) -> frozenset[str]:
    return frozenset().union(*(mark.words for mark in marks))


def _marks(text: str, typed: Sequence[str]) -> Iterator[_Mark]:
    for found in _WORD.finditer(text):
        hit = frozenset(word for word in typed if _holds(found[0], word))
        if hit:
            yield _within(found, hit)


def _within(found: re.Match[str], hit: frozenset[str]) -> _Mark:
    """Mark the word; of a run without spaces only what was typed, where it stands there as typed."""
    at = min((found[0].find(word) for word in hit), default=-1) if UNSPACED.search(found[0]) else -1
    if at < 0:
        return _Mark(found.start(), found.end(), hit)
    start = found.start() + at
    return _Mark(start, start + max(map(len, hit)), hit)


def _holds(written: str, typed: str) -> bool:
    begun = may_be_begun(typed)
    return any(
        term == typed or (begun and term.startswith(typed))
        for part in parts(written)
        for term in _terms(part)
    )


def parts(word: str) -> Iterator[str]:
    """Cut a run without end into pieces that overlap by half."""
    if len(word) <= LONGEST_TERM:
        yield word
        return
    for start in range(0, len(word), LONGEST_TERM // 2):
        yield word[start : start + LONGEST_TERM]


@lru_cache(maxsize=16384)
def _terms(word: str) -> frozenset[str]:
    return frozenset(terms(word))


def _pieces(text: str, marks: list[_Mark]) -> Iterator[tuple[str, bool]]:
    start = _at_a_word(text, max(0, marks[0].start - _BEFORE), marks[0].start)
    end = min(len(text), marks[-1].end + _AFTER)
    end = text.rfind(" ", marks[-1].end, end) if end < len(text) else end
    end = max(end, marks[-1].end)
    at = start
    for mark in marks:
        before = text[at : mark.start]
        yield (f"… {before}" if at == start and start else before), False
        yield text[mark.start : mark.end], True
        at = mark.end
    yield (text[at:end] + " …" if end < len(text) else text[at:end]), False


def _at_a_word(text: str, start: int, last: int) -> int:
    """Give where the first whole word from ``start`` on begins, at ``last`` at the latest."""
    if not start:
        return 0
    space = text.find(" ", start, last)
    return space + 1 if space >= 0 else last
