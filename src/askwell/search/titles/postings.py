"""Which documents hold a feature, weighed: cosine similarity by adding up short lists.

Theory of operation.  A document is its features with their counts.  The weight of a feature in a document
is ``1 + ln count`` times how rare the feature is among the documents, and the weights of a document have
length one, so that the sum over the features it shares with a query is the cosine of the two.  Features
are the rows of one long array of documents and weights, cut by ``starts``.  What most documents hold
("and", "ing") tells them apart by next to nothing and would be most of the work: it is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]


COMMON = 0.2  # what more than this share of the documents holds says too little to be looked up
MANY = 200  # ... where there are this many


@dataclass(frozen=True, slots=True)
class Postings:
    """``documents[starts[f]:starts[f + 1]]`` hold feature ``f``, with ``weights`` beside them."""

    size: int
    starts: Ints
    documents: NDArray[np.int32]
    weights: Floats
    rarity: Floats

    def similarities(self, features: list[int], counts: list[int]) -> Floats:
        """Give for each document its cosine with a query of these features, each named once."""
        if not features:
            return np.zeros(self.size, np.float32)
        weighs = (1 + np.log(np.asarray(counts, np.float32))) * self.rarity[features]
        length = float(np.sqrt(weighs @ weighs)) or 1.0
        begins, ends = self.starts[features], self.starts[np.asarray(features) + 1]
        runs = [slice(begin, end) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        found = np.concatenate([self.documents[run] for run in runs])
        shares = np.concatenate([self.weights[run] for run in runs]) * np.repeat(
            weighs / length, ends - begins
        )
        return np.bincount(found, shares, minlength=self.size).astype(np.float32)


def post(documents: Ints, features: Ints, counts: NDArray[np.float64], *, size: int, kinds: int) -> Postings:
    """Build from triples, by document, each pair of document and feature once.

    There are ``size`` documents and ``kinds`` features.
    """
    held = np.bincount(features, minlength=kinds)
    rarity = (np.log((1 + size) / (1 + held)) + 1).astype(np.float32)
    if size >= MANY:
        rarity[held > size * COMMON] = 0
    telling = np.flatnonzero(rarity[features])
    order = telling[np.argsort(features[telling], kind="stable")]
    documents, features, counts = documents[order], features[order], counts[order]
    weights: NDArray[np.float64] = (1 + np.log(counts)) * rarity[features]
    lengths = np.sqrt(np.bincount(documents, weights * weights, minlength=size))
    weights = weights / lengths[documents]
    starts = np.concatenate(([0], np.cumsum(np.bincount(features, minlength=kinds))))
    return Postings(
        size=size,
        starts=starts.astype(np.int64),
        documents=documents.astype(np.int32),
        weights=weights.astype(np.float32),
        rarity=rarity,
    )
