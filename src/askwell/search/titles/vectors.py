"""What words of work mean, as short vectors: ``words.npz`` beside this module.

Theory of operation.  Each word has a vector of small whole numbers and one scale.  A text is the sum of
the vectors of its words, a repeated word counting ``1 + ln count`` times, brought to length one; two
texts are as alike as their cosine says.  The vectors began as those a language model gives to single
words and were then moved so that the titles of one occupation lie together; how rare a word is stands in
its length. ``benchmarks/learn_titles.py`` makes them; ``words-licence.txt`` says what of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NAME = "words.npz"
_TEXTS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Vectors:
    """``rows[word]`` is the row of ``steps``; the vector is that row times ``scales`` of it."""

    version: str
    rows: dict[str, int]
    steps: NDArray[np.int8]
    scales: Floats

    def of(self, bags: Sequence[Mapping[str, int]]) -> Floats:
        """Give a vector of length one for each bag of words with counts; zeros where no word is known."""
        parts = [self._few(bags[at : at + _TEXTS_AT_ONCE]) for at in range(0, len(bags), _TEXTS_AT_ONCE)]
        return np.concatenate([np.zeros((0, self.steps.shape[1]), np.float32), *parts])

    def _few(self, bags: Sequence[Mapping[str, int]]) -> Floats:
        known = [
            [(self.rows[word], count) for word, count in bag.items() if word in self.rows] for bag in bags
        ]
        sums = np.zeros((len(bags), self.steps.shape[1]), np.float32)
        if filled := [at for at, pairs in enumerate(known) if pairs]:
            flat = [pair for pairs in known for pair in pairs]
            rows = np.array([row for row, _ in flat])
            weighs = (1 + np.log(np.array([count for _, count in flat], np.float32))) * self.scales[rows]
            begins = np.cumsum([0, *(len(known[at]) for at in filled[:-1])])
            sums[filled] = np.add.reduceat(self.steps[rows] * weighs[:, None], begins)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        lengths[lengths == 0] = 1
        unit: Floats = sums / lengths
        return unit


@lru_cache(maxsize=1)
def shipped() -> Vectors:
    """Load the vectors that come with Askwell."""
    with (files("askwell.search.titles") / NAME).open("rb") as file:
        return read(file)


def read(file: IO[bytes]) -> Vectors:
    """Read vectors as ``benchmarks/learn_titles.py`` writes them."""
    with np.load(file, allow_pickle=False) as held:
        words = bytes(held["words"]).decode().split("\n")
        return Vectors(
            version=str(held["version"]),
            rows={word: row for row, word in enumerate(words)},
            steps=held["steps"],
            scales=held["scales"].astype(np.float32),
        )
