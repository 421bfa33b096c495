"""The loops of the search for the best way; ``paths`` says what they do and why it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled

if TYPE_CHECKING:
    from askwell.graph.web import Arcs

FAR = 2**61  # of cost; a way that costs more counts as none
UNLIMITED = -1
NO_ROOM = -2
_NOBODY = -1


class Room(NamedTuple):
    """What a search writes on, kept from one to the next.  Side 0 comes from the source, 1 from the target.

    A label is a person reached: ``label`` rows are one a side.  ``where[2 * person + side]`` is the latest
    label of a person if that label exists and is theirs, and means nothing otherwise, so that nothing
    need be wiped between two searches.
    """

    where: Any  # int32, two a person
    person: Any  # int32, of each label
    cost: Any  # int64
    hops: Any  # int32
    parent: Any  # int32, label one came from
    via: Any  # int64, arc one came by
    earlier: Any  # int32, the label before of the same person
    cursor: Any  # int64, next arc to take
    heap_cost: Any  # int64, cost by that arc
    heap_label: Any  # int32
    labels: Any  # int64, how many a side
    heaped: Any  # int64, how many a side
    best: Any  # int64, of the best way: the label on each side, and the arc between them


class Closed(NamedTuple):
    """What may not be passed: people by bits of a reason, and arcs."""

    people: Any  # uint8
    reasons: Any  # uint8, the bits that count now, an array of one
    arcs: Any  # uint8, one an arc, or empty
    direct: Any  # int64, two arcs not taken now, or -1


def room_for(people: int, labels: int) -> Room:
    """Make room for so many people and so many labels a side."""

    def rows(kind: Any) -> Any:
        return np.zeros((2, labels), kind)

    return Room(
        where=np.zeros(2 * people, np.int32),
        person=rows(np.int32),
        cost=rows(np.int64),
        hops=rows(np.int32),
        parent=rows(np.int32),
        via=rows(np.int64),
        earlier=rows(np.int32),
        cursor=rows(np.int64),
        heap_cost=rows(np.int64),
        heap_label=rows(np.int32),
        labels=np.zeros(2, np.int64),
        heaped=np.zeros(2, np.int64),
        best=np.zeros(3, np.int64),
    )


@compiled
def search(arcs: Arcs, room: Room, closed: Closed, ends: Any, most: int) -> int:  # noqa: C901, PLR0912, PLR0915
    """Look for the best way between two; gives its cost, ``FAR`` for none, ``NO_ROOM`` to be asked again.

    One loop and no helpers: passing the arrays on would cost ten times what the search itself does.
    """
    starts, targets, costs = arcs.starts, arcs.targets, arcs.costs
    where, person, cost_of, hops_of = room.where, room.person, room.cost, room.hops
    parent_of, via, earlier, cursor = room.parent, room.via, room.earlier, room.cursor
    heap_cost, heap_label, heaped, labels, best = (
        room.heap_cost,
        room.heap_label,
        room.heaped,
        room.labels,
        room.best,
    )
    barred, closed_arcs = closed.people, closed.arcs
    reasons, direct, other_direct = closed.reasons[0], closed.direct[0], closed.direct[1]
    any_closed = len(closed_arcs) > 0
    capacity = person.shape[1]
    heaped[:] = 0
    labels[:] = 0
    least = FAR  # cost of the best way so far
    begun = 0  # ends that have their label
    crossing = 0  # sides whose crossing arcs were looked at
    label, arc, last = _NOBODY, 0, 0
    while True:
        # The next arc to take: label, arc, cost by it, person reached, hops.
        if begun < 2:  # noqa: PLR2004 - the two ends
            side, begun, label = begun, begun + 1, _NOBODY
            reached, cost, hops = ends[side], 0, 0
        elif crossing == 0 and heaped[0] > 0 and heaped[1] > 0 and heap_cost[0, 0] + heap_cost[1, 0] < least:
            side = 0 if heaped[0] <= heaped[1] else 1
            if labels[side] >= capacity:
                return NO_ROOM
            label, cost = heap_label[side, 0], heap_cost[side, 0]
            arc = cursor[side, label]
            reached, hops = targets[arc], hops_of[side, label] + 1
            cursor[side, label] = arc + 1
            # The next arc of the label goes on top of the heap, or the last of the heap where none counts.
            moved, key, size = label, least, heaped[side]
            if arc + 1 < starts[person[side, label] + 1]:
                key = cost_of[side, label] + costs[arc + 1]
            if key >= least:
                size -= 1
                heaped[side] = size
                key, moved = heap_cost[side, size], heap_label[side, size]
            place = 0
            while True:
                below = 2 * place + 1
                if below >= size:
                    break
                if below + 1 < size and heap_cost[side, below + 1] < heap_cost[side, below]:
                    below += 1
                if key <= heap_cost[side, below]:
                    break
                heap_cost[side, place], heap_label[side, place] = (
                    heap_cost[side, below],
                    heap_label[side, below],
                )
                place = below
            heap_cost[side, place], heap_label[side, place] = key, moved
        else:
            # Crossing arcs, which neither side has taken: those of one label after the other.
            if crossing == 0:
                crossing, side, label, arc, last = 1, 0, _NOBODY, 0, 0
            while arc >= last or 2 * cost_of[side, label] + costs[arc] >= least:
                label += 1
                if label >= labels[side]:
                    if side == 1:
                        return least
                    side, label, arc, last = 1, _NOBODY, 0, 0
                    continue
                arc, last = cursor[side, label], starts[person[side, label] + 1]
                if hops_of[side, label] == most:
                    last = arc
            reached, hops = targets[arc], hops_of[side, label] + 1
            cost = cost_of[side, label] + costs[arc]
            arc += 1
        # The arc in hand is ``taken``; is it open, and did the other side reach whom it leads to?
        if label >= 0:
            taken = arc - crossing
            if taken in (direct, other_direct) or (any_closed and closed_arcs[taken] != 0):
                continue
            other = where[2 * reached + 1 - side]
            if 0 <= other < labels[1 - side] and person[1 - side, other] == reached:
                while other >= 0:
                    fits = most == UNLIMITED or hops + hops_of[1 - side, other] <= most
                    if fits and cost + cost_of[1 - side, other] < least:
                        least = cost + cost_of[1 - side, other]
                        best[side], best[1 - side], best[2] = label, other, taken
                    other = earlier[1 - side, other]
                if most == UNLIMITED:
                    continue
            if crossing != 0 or barred[reached] & reasons != 0:
                continue
        # Whoever is reached for the first time, or with fewer hops than before, has a label.
        known = where[2 * reached + side]
        if not (0 <= known < labels[side] and person[side, known] == reached):
            known = _NOBODY
        elif most == UNLIMITED or hops_of[side, known] <= hops:
            continue
        new = labels[side]
        labels[side] = new + 1
        where[2 * reached + side] = new
        person[side, new], cost_of[side, new], hops_of[side, new] = reached, cost, hops
        parent_of[side, new], via[side, new], earlier[side, new] = label, arc, known
        first = starts[reached]
        cursor[side, new] = first
        if hops == most or first == starts[reached + 1] or cost + costs[first] >= least:
            continue
        key, place = cost + costs[first], heaped[side]
        heaped[side] = place + 1
        while place > 0:
            above = (place - 1) >> 1
            if heap_cost[side, above] <= key:
                break
            heap_cost[side, place], heap_label[side, place] = heap_cost[side, above], heap_label[side, above]
            place = above
        heap_cost[side, place], heap_label[side, place] = key, new
