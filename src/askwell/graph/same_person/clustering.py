"""Pairs become people, so that no chain of weak links joins two who are well told apart.

Theory of operation.  Links are taken strongest first.  Two groups become one only if, over all pairs of one
and the other (a bounded number of them), the evidence speaks for one person on average, and no pair speaks
strongly against.  A bare ``J. Doe`` may thus join Jane or John, but never both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.same_person.scoring import score, workspace

if TYPE_CHECKING:
    from askwell.graph.same_person.rosters import Roster
    from askwell.graph.same_person.scoring import Model

MOST_COMPARED = 6  # of each group
AGAINST = -14.0


@compiled
def _root(parents: Any, record: Any) -> Any:
    while parents[record] != record:
        parents[record] = parents[parents[record]]
        record = parents[record]
    return record


@compiled
def _agree(roster: Any, first: Any, second: Any, following: Any, model: Any, work: Any) -> Any:
    """Say whether the records of two groups are one person's, on average and without a strong no."""
    total, count, a = 0.0, 0, first
    for _one in range(MOST_COMPARED):
        b = second
        for _other in range(MOST_COMPARED):
            value = score((roster, roster), (a, b), model, work)
            if value < AGAINST:
                return False
            total, count = total + value, count + 1
            b = following[b]
            if b < 0:
                break
        a = following[a]
        if a < 0:
            break
    return total > 0


@compiled
def _groups(roster: Any, pairs: Any, order: Any, apart: Any, model: Any, work: Any) -> Any:
    """Join groups along the links, strongest first; give each record's root."""
    count = len(roster.rows)
    parents, following = np.arange(count), np.full(count, -1, np.int64)
    lasts, sizes = np.arange(count), np.ones(count, np.int64)
    for link in order:
        first, second = _root(parents, np.int64(pairs[link, 0])), _root(parents, np.int64(pairs[link, 1]))
        if first == second or _kept_apart(apart, parents, first, second):
            continue
        alone = sizes[first] == 1 and sizes[second] == 1
        if alone or _agree(roster, first, second, following, model, work):
            first, second = min(first, second), max(first, second)
            parents[second] = first
            following[lasts[first]] = second
            lasts[first] = lasts[second]
            sizes[first] += sizes[second]
    for record in range(count):
        parents[record] = _root(parents, record)
    return parents


@compiled
def _kept_apart(apart: Any, parents: Any, first: Any, second: Any) -> Any:
    for pair in range(len(apart)):
        a, b = _root(parents, np.int64(apart[pair, 0])), _root(parents, np.int64(apart[pair, 1]))
        if (a == first and b == second) or (a == second and b == first):
            return True
    return False


def clustered(roster: Roster, pairs: Any, found: Any, model: Model, *, apart: Any = None) -> Any:
    """Give each record the number of the first record of its group.

    ``pairs`` and their scores ``found``; ``apart`` are pairs somebody decided are two people.
    """
    linked = np.flatnonzero(found > 0)
    order = linked[np.lexsort((pairs[linked, 1], pairs[linked, 0], -found[linked]))]
    decided = np.zeros((0, 2), np.int32) if apart is None else np.asarray(apart, np.int32).reshape(-1, 2)
    return _groups(roster, pairs, order, decided, model, workspace())
