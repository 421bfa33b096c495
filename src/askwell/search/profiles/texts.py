"""Columns of texts as one run of letters with bounds, and words as the index spells them.

Theory of operation. The loop that cuts words (``loops.cut``) knows the alphabet of ASCII alone and takes
every other byte for a letter. So a text beyond ASCII is given to it as its folded words (``search.text``)
with spaces between; ASCII goes as it is, and both come to the words that ``text.words`` gives.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.search.passages import parts
from askwell.search.profiles.loops import LONGEST
from askwell.search.text import fold, terms, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Letters = NDArray[np.uint8]
    Ints = NDArray[np.int64]

_READ = 100_000  # characters of one text


class Spelled(NamedTuple):
    """Texts one after the other, the end of each; reads as a sequence."""

    letters: Letters
    ends: Ints

    def raw(self, place: int) -> bytes:
        """Give the bytes of one."""
        begin = int(self.ends[place - 1]) if place else 0
        return self.letters[begin : int(self.ends[place])].tobytes()

    def text(self, place: int) -> str:
        """Give one as text."""
        return self.raw(place).decode("utf-8", "replace")

    def first_from(self, word: bytes) -> int:
        """Give the place of the first one, of sorted ones, that is not before ``word``."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low


def spelled(texts: Sequence[str]) -> Spelled:
    """Lay texts one after the other as they are."""
    return _laid([text.encode("utf-8", "surrogatepass") for text in texts])


def _laid(written: Sequence[bytes]) -> Spelled:
    ends = np.cumsum(np.fromiter(map(len, written), np.int64, len(written)))
    return Spelled(np.frombuffer(b"".join(written), np.uint8), ends)


def readable(columns: Sequence[Sequence[str]], *, spellings: bool = True) -> tuple[Letters, Ints]:
    """Give the letters of all columns, and for each the bounds of its texts.

    ``spellings``: a word that has several (Müller, Mueller) stands there in each.
    """
    parts: list[Letters] = []
    bounds = np.zeros((len(columns), len(columns[0]) + 1 if columns else 1), np.int64)
    begin = 0
    for row, column in enumerate(columns):
        laid = _column(column, spellings)
        bounds[row, 0] = begin
        bounds[row, 1:] = begin + laid.ends
        begin += len(laid.letters)
        parts.append(laid.letters)
    return np.concatenate([np.zeros(0, np.uint8), *parts]), bounds


def _column(column: Sequence[str], spellings: bool) -> Spelled:  # noqa: FBT001
    if all(map(str.isascii, column)) and max(map(len, column), default=0) <= _READ:
        ends = np.cumsum(np.fromiter(map(len, column), np.int64, len(column)))
        return Spelled(np.frombuffer("".join(column).encode(), np.uint8), ends)
    return _laid([_readable(text, spellings) for text in column])


def _readable(text: str, spellings: bool) -> bytes:  # noqa: FBT001
    text = text[:_READ]
    if text.isascii():
        return text.encode()
    return b" ".join([_folded(part, spellings) for run in text.split() for part in parts(run)])


@lru_cache(maxsize=1 << 18)
def _folded(part: str, spellings: bool) -> bytes:  # noqa: FBT001
    if part.isascii():
        return part.encode()
    found = words(part)
    more = sorted(terms(part).difference(found)) if spellings else []
    return " ".join([*found, *more]).encode("utf-8", "surrogatepass")


def key_of(word: str) -> bytes:
    """Give a folded word as the index spells it."""
    return word.encode("utf-8", "surrogatepass")[:LONGEST]


def asked_words(text: str) -> Iterator[bytes]:
    """Give the words of a question, each once."""
    yield from dict.fromkeys(map(key_of, words(text)))


def coded(column: Sequence[str]) -> tuple[list[str], Any]:
    """Number the folded values of a filter column in order of appearance; also the code of each profile."""
    values: dict[str, int] = {}
    folded: dict[str, int] = {}
    codes = np.empty(len(column), np.int32)
    for row, value in enumerate(column):
        code = folded.get(value)
        if code is None:
            code = folded[value] = values.setdefault(fold(value), len(values))
        codes[row] = code
    return list(values), codes
