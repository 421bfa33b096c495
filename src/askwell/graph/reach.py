"""From one person, the best way to everybody: strengths multiply along a way, the largest product wins."""

from __future__ import annotations

from heapq import heappop, heappush
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def ways_from(source: int, arcs: Iterable[tuple[int, int, float]]) -> dict[int, int]:
    """Give whom each comes by: the person before them on the best way; only those who can be reached.

    ``arcs`` are (from, to, strength above 0 and at most 1), each for that direction alone.  Of equally strong
    ways one with fewer people wins, then the one by the person with the lower number.
    """
    onward: dict[int, list[tuple[int, float]]] = {}
    for one, other, strength in arcs:
        onward.setdefault(one, []).append((other, -log(strength)))
    by: dict[int, int] = {}
    waiting = [(0.0, 0, source, source)]
    while waiting:
        cost, hops, before, person = heappop(waiting)
        if person in by:
            continue
        by[person] = before
        for other, more in onward.get(person, ()):
            if other not in by:
                heappush(waiting, (cost + more, hops + 1, person, other))
    del by[source]
    return by
