"""Seating many at once, where places are short and scores alike: thousands of ways are equally long.

Theory of operation.  One after the other (``matching_loops``), each of the last seekers would look into
nearly all places before one is free.  Here all who wait go out together.  ``approach`` measures how far the
nearest end is from any of them and moves the prices by it, so that there is a way all of whose arcs are
*tight*: each leaves its seeker as much as any other does.  ``spread`` then numbers places by how many seekers
would have to move, over tight arcs alone, and ``take`` seats along these numbers whoever finds a way, nobody
looking twice at the same arc.  That is repeated until no way is left, then prices move again (Hopcroft and
Karp 1973, within the primal-dual method of Ford and Fulkerson).  Every step leaves a right state, so the
proof is the same.

Ties are broken by number, as there.
"""

from __future__ import annotations

from heapq import heappop
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.matching_loops import ALONE, FAR, NOBODY, Net, join, leave, left_to, look_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


class Layers(NamedTuple):
    """What one round writes on."""

    level: Whole  # of a place: how many must move before it, or -1
    turn: Whole  # of a place: who of those who sit there is to be asked next
    cursor: Whole  # of a seeker: the arc to look at next
    stack: Whole  # the seekers on the way


@compiled
def approach(net: Net, waiting: Whole) -> None:
    """Move prices by how far the nearest end is from any who wait."""
    heap, seen, settled = [(0, 0)], [0], [0]
    heap.clear()
    seen.clear()
    settled.clear()
    least = FAR
    for seeker in waiting:
        own = left_to(net, seeker)
        least = min(least, own - net.outside[seeker])
        least, _ = look_on(net, seeker, own, least, heap, seen)
    while heap:
        far, place = heappop(heap)
        if far >= least:
            break
        if far > net.far[place]:
            continue
        settled.append(place)
        other = net.lead[place]
        while other != NOBODY and far < least:
            base = far + net.worth[net.chosen[other]] - net.price[place]
            least = min(least, base - net.outside[other])
            least, _ = look_on(net, other, base, least, heap, seen)
            other = net.following[other]
    for place in settled:
        net.price[place] += max(0, least - net.far[place])
    for place in seen:
        net.far[place] = FAR


@compiled
def _has(net: Net, seeker: int) -> int:
    """What is left to a seeker where they sit, or could be."""
    arc = net.chosen[seeker]
    own: int = net.worth[arc] - net.price[net.to[arc]] if arc >= 0 else left_to(net, seeker)
    return own


@compiled
def _takes(net: Net, place: int) -> bool:
    """Whether one more may sit there at its price."""
    one: bool = net.load[place] < net.places[place] and net.price[place] >= net.crowding[0] * net.load[place]
    return one


@compiled
def _number(net: Net, layers: Layers, seeker: int, level: int, queue: Whole, count: int) -> int:
    """Give the places that a seeker could move to their number; gives how many have one."""
    own, arc = _has(net, seeker), net.first[seeker]
    layers.cursor[seeker] = arc
    while arc >= 0:
        place = net.to[arc]
        if layers.level[place] < 0 and net.worth[arc] - net.price[place] == own:
            layers.level[place], layers.turn[place] = level, net.lead[place]
            queue[count] = place
            count += 1
        arc = net.after[arc]
    return count


@compiled
def spread(net: Net, layers: Layers, waiting: Whole, queue: Whole) -> bool:
    """Number the places by who must move first; whether an end is among them."""
    count, looked, ends = 0, 0, FAR
    layers.level[:] = -1
    for seeker in waiting:
        count = _number(net, layers, seeker, 0, queue, count)
        if net.outside[seeker] == _has(net, seeker):
            ends = 0
    while looked < count and layers.level[queue[looked]] <= ends:
        place = queue[looked]
        looked += 1
        if _takes(net, place):
            ends, layers.turn[place] = layers.level[place], NOBODY
            continue
        other = net.lead[place]
        while other != NOBODY:
            if net.outside[other] == _has(net, other):
                ends = layers.level[place]
            count = _number(net, layers, other, layers.level[place] + 1, queue, count)
            other = net.following[other]
    for place in queue[looked:count]:
        layers.level[place] = -1
    return ends < FAR


@compiled
def take(net: Net, layers: Layers, seeker: int) -> bool:
    """Seat a seeker by a way along the numbers, if there is one left."""
    level, turn, cursor, stack = layers.level, layers.turn, layers.cursor, layers.stack
    if net.outside[seeker] == _has(net, seeker):
        net.chosen[seeker] = ALONE
        return True
    depth, own, stack[0] = 0, _has(net, seeker), seeker
    while depth >= 0:
        one = stack[depth]
        arc = cursor[one]
        if arc < 0:  # whoever sits there before is asked no more, the next is
            depth -= 1
            if depth >= 0:
                place = net.to[cursor[stack[depth]]]
                turn[place] = net.following[turn[place]]
                own = _has(net, stack[depth])
            continue
        place = net.to[arc]
        tight = level[place] == depth and net.worth[arc] - net.price[place] == own
        if tight and _takes(net, place):
            _move(net, layers, depth)
            return True
        if not tight or turn[place] == NOBODY:
            cursor[one] = net.after[arc]
            continue
        other = turn[place]
        if net.outside[other] == _has(net, other):
            turn[place] = net.following[other]
            leave(net, other)
            net.chosen[other] = ALONE
            _move(net, layers, depth)
            return True
        depth += 1
        stack[depth], own = other, _has(net, other)
    return False


@compiled
def _move(net: Net, layers: Layers, depth: int) -> None:
    """Everyone on the way moves one place on, the last first."""
    for step in range(depth, -1, -1):
        mover = layers.stack[step]
        if step > 0:
            layers.turn[net.to[net.chosen[mover]]] = net.following[mover]
        leave(net, mover)
        join(net, mover, layers.cursor[mover])


@compiled
def seat_together(net: Net, queue: Whole) -> None:
    """Seat these seekers, who wait, together."""
    places, seekers = len(net.head), len(net.first)
    layers = Layers(
        np.empty(places, dtype=np.int64),
        np.empty(places, dtype=np.int64),
        np.empty(seekers, dtype=np.int64),
        np.empty(places + 1, dtype=np.int64),
    )
    room, waiting, count = np.empty(places, dtype=np.int64), queue.copy(), len(queue)
    while count > 0:
        if not spread(net, layers, waiting[:count], room):
            approach(net, waiting[:count])
            continue
        still = 0
        for seeker in waiting[:count]:
            if not take(net, layers, seeker):
                waiting[still] = seeker
                still += 1
        count = still
