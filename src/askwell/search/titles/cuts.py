"""Texts cut into words and runs of characters, and posted by them.

Theory of operation.  A bag is the words of a text with their counts.  A word is cut into runs of three to
five characters, its ends marked by spaces, so that a slip of the pen or another ending leaves most runs
as they were; words beyond ASCII into two to four, as a character may be a whole word there.  Each word is
cut once, however many texts hold it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from askwell.search.text import words
from askwell.search.titles.postings import Postings, post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bag = Counter[str]

LONGEST_WORD = 60
_BAGS_AT_ONCE = 4096


def bag(text: str) -> Bag:
    """Count the words of a text."""
    return Counter(word[:LONGEST_WORD] for word in words(text))


def together(bags: Sequence[Bag]) -> Bag:
    """Count the words of several texts as those of one."""
    whole: Bag = Counter()
    for one in bags:
        whole.update(one)
    return whole


def grams(word: str) -> list[str]:
    """Cut a word, its ends marked, into runs of characters.

    >>> grams("cook")
    [' co', 'coo', 'ook', 'ok ', ' coo', 'cook', 'ook ', ' cook', 'cook ']
    """
    marked = f" {word} "
    lengths = (3, 4, 5) if word.isascii() else (2, 3, 4)
    return [marked[at : at + n] for n in lengths for at in range(len(marked) - n + 1)]


def grams_of(held: Bag) -> Bag:
    """Count the runs of characters of the words of a bag."""
    counts: Bag = Counter()
    for word, count in held.items():
        for gram in grams(word):
            counts[gram] += count
    return counts


def known(rows: dict[str, int], held: Bag) -> tuple[list[int], list[int]]:
    """Give the rows of those of a bag that have one, and their counts."""
    pairs = [(row, count) for name, count in held.items() if (row := rows.get(name)) is not None]
    return [row for row, _ in pairs], [count for _, count in pairs]


def post_words(bags: Sequence[Bag]) -> tuple[dict[str, int], Postings]:
    """Post texts by their words; also gives the row of each word."""
    rows = _rows(chain.from_iterable(bags))
    documents, features, counts = _triples(bags, rows)
    return rows, post(documents, features, counts, size=len(bags), kinds=len(rows))


def post_grams(bags: Sequence[Bag]) -> tuple[dict[str, int], Postings]:
    """Post texts by the runs of characters of their words; also gives the row of each run."""
    word_rows = _rows(chain.from_iterable(bags))
    cut = [grams(word) for word in word_rows]
    rows = _rows(chain.from_iterable(cut))
    runs = np.fromiter((rows[gram] for gram in chain.from_iterable(cut)), np.int64)
    ends = np.cumsum(np.fromiter(map(len, cut), np.int64, len(cut)))
    documents, features, counts = _triples(bags, word_rows)
    parts = [
        _spread(documents[some], features[some], counts[some], runs=runs, ends=ends, kinds=len(rows))
        for some in _portions(documents, len(bags))
    ]
    whole = [np.concatenate(column) for column in zip(*parts, strict=True)] or [np.empty(0, np.int64)] * 3
    return rows, post(whole[0], whole[1], whole[2], size=len(bags), kinds=len(rows))


def _rows(names: Iterable[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(dict.fromkeys(names))}


def _triples(bags: Sequence[Bag], rows: dict[str, int]) -> tuple[Ints, Ints, Floats]:
    """Give document, feature and count of all that the bags hold, by document."""
    features = np.fromiter((rows[name] for one in bags for name in one), np.int64)
    counts = np.fromiter(chain.from_iterable(one.values() for one in bags), np.float64)
    sizes = np.fromiter(map(len, bags), np.int64, len(bags))
    return np.repeat(np.arange(len(bags)), sizes), features, counts


def _portions(documents: Ints, size: int) -> list[slice]:
    cuts = np.searchsorted(documents, np.arange(0, size + _BAGS_AT_ONCE, _BAGS_AT_ONCE))
    return [slice(begin, end) for begin, end in pairwise(cuts.tolist())]


def _spread(
    documents: Ints, features: Ints, counts: Floats, *, runs: Ints, ends: Ints, kinds: int
) -> tuple[Ints, Ints, Floats]:
    """Put in place of each word its runs of characters, and add up those that a document holds twice."""
    sizes = np.diff(ends, prepend=0)[features]
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    held = runs[np.repeat(ends[features] - sizes, sizes) + offsets]
    keys, places = np.unique(np.repeat(documents, sizes) * kinds + held, return_inverse=True)
    sums = np.bincount(places, np.repeat(counts, sizes), minlength=len(keys)).astype(np.float64)
    return keys // max(kinds, 1), keys % max(kinds, 1), sums
