"""Who in a roster is the same person: columns of texts to groups of rows, with probability and reasons.

Theory of operation.  Columns become a roster, blocking names the pairs worth comparing, a model is learnt
from them and scores them all, clustering makes groups of the links.  A row's probability is that it is
rightly where it is: with its likeliest companion, or, alone, apart from its likeliest one.  The evidence of
fields is not quite independent, so that odds are drawn towards even (``CALM``) before they are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import uncompiled
from askwell.graph.same_person import scoring
from askwell.graph.same_person.blocking import pairs_of
from askwell.graph.same_person.clustering import clustered
from askwell.graph.same_person.reasons import reasons_of
from askwell.graph.same_person.rosters import Roster, roster_of
from askwell.graph.same_person.threads import FEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CALM = 0.7
SURE = 0.9999  # nothing is told as surer than this


class Resolved(NamedTuple):
    """For each row: its cluster (from 1, in order of appearance), how likely it is right, and why.

    ``reasons`` are few and shared: ``reason_of`` says which of them is a row's, 0 being none.
    ``doubts`` are the pairs a decision would settle most by, the most doubtful first, with their probability.
    """

    clusters: Any
    probabilities: Any
    reason_of: Any
    reasons: list[list[str]]
    doubts: list[tuple[int, int, float]]


def resolve(columns: Mapping[str, Sequence[str]], *, apart: Sequence[tuple[int, int]] = ()) -> Resolved:
    """Find the rows that are one person.

    ``columns`` by field (``fields.KNOWN``), all as long as each other; ``apart``: rows that are known to be
    two people.  Few rows are not worth waiting till the loops are compiled.
    """
    few = max(map(len, columns.values()), default=0) <= FEW
    return (_resolved_as_written if few else _resolved)(columns, apart)


def _resolved_as_written(columns: Mapping[str, Sequence[str]], apart: Sequence[tuple[int, int]]) -> Resolved:
    with np.errstate(over="ignore"):  # digests go round, in compiled loops without a word
        return uncompiled(_resolved)(columns, apart)  # type: ignore[no-any-return]


def _resolved(columns: Mapping[str, Sequence[str]], apart: Sequence[tuple[int, int]]) -> Resolved:
    roster = roster_of(columns)
    if not len(roster.rows):
        return Resolved(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64), [[]], [])
    pairs = pairs_of(roster)
    model = scoring.learnt(roster, pairs)
    found = scoring.scored(roster, pairs, model)
    decided = np.array(apart, np.int32).reshape(-1, 2) if apart else None
    roots = clustered(roster, pairs, found, model, apart=decided)
    likeliest, odds = _likeliest(roots, pairs, found)
    reason_of, reasons = _reasons(roster, likeliest, model)
    return Resolved(
        _in_order(roots), _probabilities(likeliest, odds), reason_of, reasons, _doubts(pairs, found, apart)
    )


def _in_order(roots: Any) -> Any:
    return np.cumsum(roots == np.arange(len(roots)))[roots]


def _likeliest(roots: Any, pairs: Any, found: Any) -> tuple[Any, Any]:
    """Give each row's likeliest companion in its group (-1: alone), and the odds; alone, of the nearest."""
    companion, odds = np.full(len(roots), -1, np.int64), np.full(len(roots), -scoring.MOST)
    within = roots[pairs[:, 0]] == roots[pairs[:, 1]]
    for chosen in (~within, within):  # companions are written last, and stand
        picked = np.flatnonzero(chosen)
        picked = picked[np.argsort(found[picked], kind="stable")]
        for one, other in ((0, 1), (1, 0)):
            _write(companion, odds, pairs[picked][:, [one, other]], (found[picked], chosen is within))
    return companion, odds


def _write(companion: Any, odds: Any, pairs: Any, found: tuple[Any, bool]) -> None:
    """Note for each first of ``pairs`` the last, likeliest second, where it betters what is noted."""
    scores, together = found
    best = np.full(len(odds), -np.inf)
    partner = np.full(len(odds), -1, np.int64)
    best[pairs[:, 0]], partner[pairs[:, 0]] = scores, pairs[:, 1]
    better = np.isfinite(best) & ((best > odds) | ((companion < 0) & together))
    odds[better] = best[better]
    if together:
        companion[better] = partner[better]


def likely(odds: Any) -> Any:
    """Give the probability that stands for these odds (natural logarithm)."""
    plain = 1.0 / (1.0 + np.exp(-np.clip(odds, -scoring.MOST, scoring.MOST) * CALM))
    return np.clip(plain, 1.0 - SURE, SURE)


def _probabilities(companion: Any, odds: Any) -> Any:
    together = likely(odds)
    return np.where(companion >= 0, together, 1.0 - together)


def _reasons(roster: Roster, companion: Any, model: scoring.Model) -> tuple[Any, list[list[str]]]:
    """Give each row the number of its reasons, and the reasons by number."""
    rows = np.flatnonzero(companion >= 0)
    pairs = np.column_stack((rows, companion[rows])).astype(np.int32)
    table, swapped = scoring.levels_of_pairs(roster, pairs, scoring.workspace())
    whole = np.ascontiguousarray(np.column_stack((table, swapped.astype(np.int8))))
    kinds, numbers = np.unique(whole.view(f"V{whole.shape[1]}").ravel(), return_inverse=True)
    weights = model.weights.tolist()
    levels = kinds.view(np.int8).reshape(-1, whole.shape[1]).tolist() if len(kinds) else []
    reasons = [reasons_of(one[:-1], weights, swapped=bool(one[-1])) for one in levels]
    reason_of = np.zeros(len(companion), np.int64)
    reason_of[rows] = numbers + 1
    return reason_of, [[], *reasons]


def _doubts(
    pairs: Any, found: Any, apart: Sequence[tuple[int, int]], most: int = 1000
) -> list[tuple[int, int, float]]:
    """Give the pairs that could be either, the most even first, without those already decided."""
    calm = found * CALM
    near = np.flatnonzero(np.abs(calm) < 3.0)
    near = near[np.argsort(np.abs(calm[near]), kind="stable")][: most + len(apart)]
    decided = {(min(pair), max(pair)) for pair in apart}
    told = dict.fromkeys(
        (int(a), int(b), round(float(1 / (1 + np.exp(-s))), 4))
        for (a, b), s in zip(pairs[near], calm[near], strict=True)
    )
    return [one for one in told if one[:2] not in decided][:most]
