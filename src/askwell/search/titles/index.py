"""Labels made ready to be asked, and the asking.

Theory of operation.  All texts of an id are one document: its words, and the runs of three to five
characters in them, are weighed by how rare they are among these labels (``postings``), and its words are
summed to what they mean (``vectors``).  A query is compared with every document in these three ways, and
the weighted sum says which ids to look at text by text: there the text closest in meaning counts, and one
that is the query itself. ``WEIGHTS`` were learnt from titles whose occupation is known.  Ids that share
nothing with the query are not given.  Scores are rounded before they are compared, so that equal labels
keep the order of the file however the arithmetic is cut into blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from askwell.search.text import fold
from askwell.search.titles.cuts import bag, grams_of, known, post_grams, post_words, together
from askwell.search.titles.vectors import shipped

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from askwell.search.titles.postings import Postings

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

LOOKED_AT = 50  # ids looked at text by text, at least
TOGETHER = 128  # queries compared with all documents in one multiplication
DECIMALS = 5


class Weights(NamedTuple):
    """How much each likeness counts: of a whole id, then of its texts."""

    meaning: float
    words: float
    characters: float
    closest: float
    same: float


WEIGHTS = Weights(meaning=1.0, words=0.3, characters=0.5, closest=1.0, same=0.25)


class Label(NamedTuple):
    """An id, the one of its texts that fits best, and how well; 1 is best."""

    id: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class TitleIndex:
    """Labels made ready; the texts of id ``n`` are those from ``begins[n]`` to ``begins[n + 1]``."""

    ids: list[str]
    texts: list[str]
    begins: NDArray[np.int64]
    word_rows: dict[str, int]
    by_word: Postings
    gram_rows: dict[str, int]
    by_gram: Postings
    meanings: Floats  # of ids
    text_meanings: Floats
    owners: Ints  # the row of the id of each text
    folded: dict[str, list[int]]  # texts by what they are without case and marks

    def rank(self, query: str, top: int = 10) -> list[Label]:
        """Give the ``top`` ids that fit the query, best first."""
        return next(self.rank_all([query], top))

    def rank_all(self, queries: Iterable[str], top: int = 10) -> Iterator[list[Label]]:
        """Do so for each query, in order."""
        waiting = iter(queries)
        while some := list(islice(waiting, TOGETHER)):
            bags = [bag(query) for query in some]
            meant = shipped().of(bags)
            alike = meant @ self.meanings.T
            for query, held, meaning, near in zip(some, bags, meant, alike, strict=True):
                yield self._best(fold(query), self._likeness(held, near), meaning, top=top)

    def _likeness(self, held: Counter[str], near: Floats) -> Floats:
        by_word = self.by_word.similarities(*known(self.word_rows, held))
        by_gram = self.by_gram.similarities(*known(self.gram_rows, grams_of(held)))
        likeness: Floats = WEIGHTS.meaning * near + WEIGHTS.words * by_word + WEIGHTS.characters * by_gram
        return likeness

    def _best(self, query: str, likeness: Floats, meaning: Floats, *, top: int) -> list[Label]:
        first = _first(np.round(likeness, DECIMALS), max(LOOKED_AT, top))
        near, cuts = self._closeness(first, meaning)
        same = {int(self.owners[text]): text for text in reversed(self.folded.get(query, ()))}
        scores = likeness[first] + WEIGHTS.closest * np.maximum.reduceat(near, cuts[:-1])
        scores += WEIGHTS.same * np.isin(first, list(same))
        scores = np.round(scores / sum(WEIGHTS), DECIMALS)
        best = [at for at in np.lexsort((first, -scores))[:top].tolist() if scores[at] > 0]
        found = []
        for at in best:
            row = int(first[at])
            text = same.get(row, int(self.begins[row] + near[cuts[at] : cuts[at + 1]].argmax()))
            found.append(Label(self.ids[row], self.texts[text], round(float(scores[at]), DECIMALS)))
        return found

    def _closeness(self, rows: Ints, meaning: Floats) -> tuple[Floats, Ints]:
        """Say how close each text of these ids is; the texts of ``rows[n]`` from ``cuts[n]`` on."""
        sizes = self.begins[rows + 1] - self.begins[rows]
        cuts = np.concatenate(([0], np.cumsum(sizes)))
        texts = np.arange(cuts[-1]) + np.repeat(self.begins[rows] - cuts[:-1], sizes)
        return self.text_meanings[texts] @ meaning, cuts


def build(pairs: Iterable[tuple[str, str]]) -> TitleIndex:
    """Make an index of pairs of id and text; ids keep the order in which they first come."""
    by_id: dict[str, dict[str, None]] = {}
    for one, text in pairs:
        by_id.setdefault(one, {})[text] = None
    texts = list(chain.from_iterable(by_id.values()))
    begins = np.cumsum([0, *map(len, by_id.values())])
    text_bags = [bag(text) for text in texts]
    bags = [together(text_bags[begin:end]) for begin, end in pairwise(begins.tolist())]
    word_rows, by_word = post_words(bags)
    gram_rows, by_gram = post_grams(bags)
    return TitleIndex(
        ids=list(by_id),
        texts=texts,
        begins=begins.astype(np.int64),
        word_rows=word_rows,
        by_word=by_word,
        gram_rows=gram_rows,
        by_gram=by_gram,
        meanings=shipped().of(bags),
        text_meanings=shipped().of(text_bags),
        owners=np.repeat(np.arange(len(by_id)), np.diff(begins)),
        folded=by_folding(texts),
    )


def by_folding(texts: list[str]) -> dict[str, list[int]]:
    """Give the rows of texts by what they are without case and marks."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        rows.setdefault(fold(text), []).append(row)
    return rows


def _first(likeness: Floats, few: int) -> Ints:
    """Give the rows of the ``few`` highest; of equal ones those that stand first."""
    if few >= len(likeness):
        return np.arange(len(likeness))
    least = np.partition(likeness, len(likeness) - few)[len(likeness) - few]
    above = np.flatnonzero(likeness > least)
    return np.concatenate((above, np.flatnonzero(likeness == least)[: few - len(above)]))
