"""What titles mean, laid out so that the nearest are found without looking at all.

Theory of operation. A title is the sum of what its words mean (``titles/vectors``), kept as 128 small
whole numbers. Where there are many, they are gathered around centres, found by a few rounds of k-means
over a sample with a fixed seed; a question looks at those of the ``LOOKED_AT`` nearest centres, so that
now and then one is missed (``benchmarks/search_profiles.py`` says how often). Up to ``FEW`` are all looked
at.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.search.profiles import loops
from askwell.search.profiles.texts import Spelled, readable
from askwell.search.titles.cuts import bag
from askwell.search.titles.vectors import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEW = 20_000
LOOKED_AT = 8
ONE_BY_ONE = 4096  # of so few that pass a filter each is looked at
LONG = 127  # of a vector of length one
LEAST = 0.45  # likeness below which nobody is named, as in ``search.meaning``
_CENTRES = 512
_SAMPLE = 32_768
_ROUNDS = 4
_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class Meanings:
    """``owners[starts[c]:starts[c + 1]]`` are the profiles around centre ``c``, ``vectors`` beside them.

    ``places[profile]`` is where a profile's vector is, -1 where its title says nothing.
    """

    vectors: NDArray[np.int8]
    owners: NDArray[np.int32]
    starts: NDArray[np.int64]
    centres: NDArray[np.float32]
    places: NDArray[np.int32]

    @property
    def version(self) -> str:
        """Name the vectors of words that these were made with."""
        return shipped().version

    def arrays(self) -> dict[str, Any]:
        """Give the arrays, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, arrays: dict[str, Any]) -> Meanings:
        """Take what ``arrays`` gave."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})

    def spans(self, asked: NDArray[np.float32]) -> NDArray[np.int64]:
        """Give the stretches of ``vectors`` to look at."""
        if len(self.centres) <= LOOKED_AT:
            return np.array([[0, len(self.owners)]], np.int64)
        near = np.argsort(-(self.centres @ asked), kind="stable")[:LOOKED_AT]
        return np.stack([self.starts[near], self.starts[near + 1]], axis=1)

    def spans_of(self, profiles: NDArray[np.int32]) -> NDArray[np.int64]:
        """Give the places of these profiles alone."""
        places = self.places[profiles]
        places = np.sort(places[places >= 0]).astype(np.int64)
        return np.stack([places, places + 1], axis=1)


def asked_meaning(text: str) -> NDArray[np.float32] | None:
    """Give what a question means; None where no word of it means anything."""
    vector = shipped().of([bag(text)])[0]
    return vector if vector.any() else None


def in_steps(vector: NDArray[np.float32]) -> NDArray[np.int8]:
    """Give a vector of length one as whole numbers."""
    return np.rint(LONG * vector).astype(np.int8)


def read_meanings(titles: Sequence[str]) -> Meanings:
    """Say what the titles of profiles mean."""
    count = len(titles)
    letters, bounds = readable([titles], spellings=False)
    words, weighs, starts, _lengths, spelled, ends = loops.cut(letters, bounds, np.ones(1, np.int64))
    vectors_of = shipped()
    met = Spelled(spelled, ends)
    rows = np.array([vectors_of.rows.get(met.text(at), -1) for at in range(len(ends))], np.int32)
    vectors, means = loops.fitting(loops.mean, count)(
        words, weighs, starts, vectors_of.steps, vectors_of.scales, rows
    )
    return _gathered(vectors[means], np.flatnonzero(means).astype(np.int32), count)


def _gathered(vectors: Any, owners: Any, count: int) -> Meanings:
    if len(vectors) > FEW:
        first, which = _alike(vectors)
        centres = _centres(vectors[first])
        nearest = _nearest(vectors[first], centres)[which]
    else:
        centres, nearest = np.zeros((1, vectors.shape[1]), np.float32), np.zeros(len(vectors), np.int64)
    order = np.argsort(nearest, kind="stable")
    starts = np.concatenate([[0], np.bincount(nearest, minlength=len(centres)).cumsum()]).astype(np.int64)
    places = np.full(count, -1, np.int32)
    places[owners[order]] = np.arange(len(order), dtype=np.int32)
    return Meanings(np.ascontiguousarray(vectors[order]), owners[order], starts, centres, places)


def _alike(vectors: Any) -> tuple[Any, Any]:
    """Give the first of each kind of vector, and of which kind each is: many have one title.

    By a sum that two kinds hardly ever share; where they do, they only come to the same centre.
    """
    parts = np.ascontiguousarray(vectors).view(np.int64)
    odd = np.random.default_rng(7).integers(1, 1 << 62, parts.shape[1]) | 1
    _sums, first, which = np.unique(parts @ odd, return_index=True, return_inverse=True)
    return first, which


def _centres(vectors: Any) -> Any:
    chance = np.random.default_rng(7)
    some = vectors[np.sort(chance.choice(len(vectors), min(len(vectors), _SAMPLE), replace=False))]
    some = some.astype(np.float32) / LONG
    centres = some[chance.choice(len(some), min(len(some), _CENTRES), replace=False)]
    for _round in range(_ROUNDS):
        near = np.argmax(some @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, near, some)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return centres.astype(np.float32)


def _nearest(vectors: Any, centres: Any) -> Any:
    """Give for each vector the centre it is nearest to."""
    parts = [
        np.argmax(vectors[at : at + _AT_ONCE].astype(np.float32) @ centres.T, axis=1)
        for at in range(0, len(vectors), _AT_ONCE)
    ]
    return np.concatenate([np.zeros(0, np.int64), *parts])
