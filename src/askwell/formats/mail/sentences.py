"""The sentences of a letter, each with its place: what a reading rests on and shows.

Theory of operation.  A sentence ends at its mark (. ! ? and theirs in Arabic and Chinese) before a space,
at a blank line, before a line of a list, and at the end of a short line where the next begins anew; a line
that merely runs on is part of it, for mail breaks lines at 72 characters.  A point after a number, a single
letter or an abbreviation ends nothing.  ``text[start:end]`` is the sentence, without space around it.
What is longer than ``LONGEST`` is no sentence: it is cut at a space, so that whoever searches one searches
little; after ``MOST`` of them nobody reads on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from askwell.formats.mail import words
from askwell.formats.mail.phrases import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 600
MOST = 300
MOST_CHARACTERS = 20_000
SHORT_LINE = 50
SHORTEST_SENTENCE_IN_SMALL_LETTERS = 12  # "sounds good. let's talk" are two; "approx. two" is one
_END = re.compile(r"[.!?…؟。！？][.!?…؟)\"'”’»*]{0,5}(?=\s|$)|(?<=[。！？])")
_LIST = re.compile(r"[ \t]{0,6}(?:[-*•–·]|\d{1,2}[.)])[ \t]")
_LAST_WORD = re.compile(r"([^\s(]{1,20})[.]$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in the text, and where."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, each ``text[start:end]``.  Never raises."""
    found: list[Sentence] = []
    for start, end in _pieces(text[:MOST_CHARACTERS]):
        for first, last in _cut(text, start, end):
            if len(found) == MOST:
                return found
            found.append(Sentence(text[first:last], first, last))
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for start_of_paragraph, end_of_paragraph in _paragraphs(text):
        start = start_of_paragraph
        for match in _END.finditer(text, start_of_paragraph, end_of_paragraph):
            if match.end() > start and _is_end(text, start, match.end(), end_of_paragraph):
                yield start, match.end()
                start = match.end()
        yield start, end_of_paragraph


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines that run on, as places."""
    start = at = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        at += len(line) + 1
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _breaks(line, following):
            yield start, at - 1
            start = at
    yield start, len(text)


def _breaks(line: str, following: str) -> bool:
    """Whether a sentence cannot run on from this line to the next."""
    begins = following.lstrip()[:1]
    if not line.strip() or not begins or _LIST.match(following):
        return True
    anew = not begins.islower()
    return anew and (len(line.strip()) < SHORT_LINE or line.rstrip().endswith((":", "。")))


def _is_end(text: str, start: int, end: int, limit: int) -> bool:
    """Whether a point here ends a sentence."""
    following = text[end : min(end + 20, limit)].lstrip()
    match = _LAST_WORD.search(text, max(start, end - 22), end)
    if not following or not match:
        return True
    word, small = folded(match[1]), following[0].islower()
    if word[0].isdigit():
        return not small and not _is_date_word(following)
    if len(word) == 1:
        return False
    if word in words.listed("abbreviations"):
        return word in words.listed("may_end") and not small and not following[0].isdigit()
    return not small or end - start >= SHORTEST_SENTENCE_IN_SMALL_LETTERS


def _is_date_word(following: str) -> bool:
    word = folded(re.split(r"[\s.,]", following, maxsplit=1)[0])
    return word[:1].isdigit() or word in _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(word for names in words.known("months") for word in names.replace("|", " ").split())


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One piece without space around it, in parts of at most ``LONGEST``."""
    while start < end:
        stop = end if end - start <= LONGEST else _last_space(text, start, start + LONGEST)
        piece = text[start:stop]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(piece.strip())
        start = stop


def _last_space(text: str, start: int, limit: int) -> int:
    found = max(text.rfind(" ", start + 1, limit), text.rfind("\n", start + 1, limit))
    return found if found > start else limit
