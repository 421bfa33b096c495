"""Groups of people who know each other better than they know the rest.

Theory of operation.  The method of Louvain: each person goes, in turn, to the group of a neighbour where
modularity gains most, until nobody gains by moving; each group then becomes one person of a smaller web, and
so on until nothing moves.  Modularity is the weight of ties within groups less what people so well tied
would have there by chance.  Whoever moves does so for a gain above rounding, people are asked in the order of
their numbers and the first of equals wins, so that equal webs give equal groups.  A group that falls into
parts which no tie holds together is given back as its parts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from askwell.graph.compiled import compiled

COMPILED_FROM = 10_000  # ties; below, compiling would take longer than it saves
_GAIN = 1e-12


def communities(sources: Any, targets: Any, weights: Any, *, people: int, resolution: float = 1.0) -> Any:
    """Give the group of each person, an int64 array; groups are numbered by size, the largest 0.

    Ties are columns: numbers below ``people``, and weights; loops and weights not above 0 say nothing.
    A higher ``resolution`` gives smaller groups.
    """
    one, other, weight = _columns(sources, targets, weights)
    labels = np.arange(people)
    ends, held = (one, other, weight), np.zeros(people)
    while len(ends[0]):
        found = _moved(*ends, held, resolution)
        kept, found = np.unique(found, return_inverse=True)
        if len(kept) == len(held):
            break
        labels = found[labels]
        ends, held = _gathered(*ends, held, found, len(kept))
    inside = labels[one] == labels[other]
    return _by_size(_connected(one[inside], other[inside], people))


def modularity(labels: Any, sources: Any, targets: Any, weights: Any, *, resolution: float = 1.0) -> float:
    """Say how much better tied people are within these groups than by chance: at most 1, 0 without ties."""
    one, other, weight = _columns(sources, targets, weights)
    total = weight.sum()
    if not total:
        return 0.0
    size = int(labels.max()) + 1
    inside = weight[labels[one] == labels[other]].sum() / total
    ends = np.bincount(labels[one], weight, size) + np.bincount(labels[other], weight, size)
    return float(inside - resolution * ((ends / (2 * total)) ** 2).sum())


def _columns(sources: Any, targets: Any, weights: Any) -> tuple[Any, Any, Any]:
    one, other = np.asarray(sources, np.int64), np.asarray(targets, np.int64)
    weight = np.asarray(weights, np.float64)
    good = (one != other) & (weight > 0) & np.isfinite(weight)
    return one[good], other[good], weight[good]


def _moved(one: Any, other: Any, weight: Any, held: Any, resolution: float) -> Any:
    """Let each member of a web move until nobody gains; ``held`` is the weight each holds within itself."""
    people = len(held)
    starts, targets, weights = laid(one, other, weight, people)
    degrees = 2 * held + np.bincount(one, weight, people) + np.bincount(other, weight, people)
    labels = np.arange(people)
    loop = _move if len(one) >= COMPILED_FROM else _move.py_func
    loop(starts, targets, weights, degrees, labels, resolution / degrees.sum())
    return labels


def laid(one: Any, other: Any, weight: Any, people: int) -> tuple[Any, Any, Any]:
    """Lay ties out by person: those of ``u`` are ``starts[u]`` to ``starts[u + 1] - 1``."""
    sources, targets = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(sources, kind="stable")
    starts = np.zeros(people + 1, np.int64)
    np.cumsum(np.bincount(sources, minlength=people), out=starts[1:])
    return starts, targets[order], np.concatenate([weight, weight])[order]


@compiled
def _move(starts: Any, targets: Any, weights: Any, degrees: Any, labels: Any, share: Any) -> None:
    people = len(degrees)
    totals, toward = degrees.copy(), np.zeros(people)
    near = np.zeros(people, np.int64)
    moved = True
    while moved:
        moved = False
        for person in range(people):
            own, count = labels[person], 0
            for arc in range(starts[person], starts[person + 1]):
                group = labels[targets[arc]]
                if toward[group] == 0:
                    near[count] = group
                    count += 1
                toward[group] += weights[arc]
            totals[own] -= degrees[person]
            best, most = own, toward[own] - share * degrees[person] * totals[own] + _GAIN
            for at in range(count):
                group = near[at]
                gain = toward[group] - share * degrees[person] * totals[group]
                if gain > most:
                    best, most = group, gain
                toward[group] = 0.0
            totals[best] += degrees[person]
            if best != own:
                labels[person] = best
                moved = True


def _gathered(one: Any, other: Any, weight: Any, held: Any, labels: Any, groups: int) -> tuple[Any, Any]:
    """Make one member of each group; what was tied within it is held."""
    left, right = labels[one], labels[other]
    inside = left == right
    kept = np.bincount(labels, held, groups) + np.bincount(left[inside], weight[inside], groups)
    pair = np.minimum(left, right) * groups + np.maximum(left, right)
    pairs, at = np.unique(pair[~inside], return_inverse=True)
    return (pairs // groups, pairs % groups, np.bincount(at, weight[~inside], len(pairs))), kept


def _connected(one: Any, other: Any, people: int) -> Any:
    """Give those who are tied, over others or not, one number: the least among them."""
    labels = np.arange(people)
    while True:
        least = np.minimum(labels[one], labels[other])
        below = labels.copy()
        np.minimum.at(below, one, least)
        np.minimum.at(below, other, least)
        np.minimum.at(below, labels[one], least)
        np.minimum.at(below, labels[other], least)
        below = below[below]
        if (below == labels).all():
            return labels
        labels = below


def _by_size(labels: Any) -> Any:
    """Number groups anew, the largest first, of equals the one with the least person."""
    _kept, first, at, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[at]
