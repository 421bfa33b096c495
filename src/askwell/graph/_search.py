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
    earlier: Any  # int32, the label before of the same person
    cursor: Any  # int64, next arc to take
    heap_cost: Any  # int64, cost by that arc
    heap_label: Any  # int32
    labels: Any  # int64, how many a side
    heaped: Any  # int64, how many a side
    best: Any  # int64: cost of the best way, and its two labels


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
        earlier=rows(np.int32),
        cursor=rows(np.int64),
        heap_cost=rows(np.int64),
        heap_label=rows(np.int32),
        labels=np.zeros(2, np.int64),
        heaped=np.zeros(2, np.int64),
        best=np.zeros(3, np.int64),
    )


@compiled
def search(arcs: Arcs, room: Room, closed: Closed, ends: Any, most: int) -> int:
    """Look for the best way between two; gives its cost, ``FAR`` for none, ``NO_ROOM`` to be asked again."""
    room.labels[:] = 0
    room.heaped[:] = 0
    room.best[0] = FAR
    capacity = room.person.shape[1]
    for side in range(2):
        add_label(arcs, room, side, ends[side], 0, 0, _NOBODY, most)
    while room.heaped[0] > 0 and room.heaped[1] > 0:
        if room.heap_cost[0, 0] + room.heap_cost[1, 0] >= room.best[0]:
            break
        side = 0 if room.heaped[0] <= room.heaped[1] else 1
        if room.labels[side] >= capacity:
            return NO_ROOM
        take_arc(arcs, room, closed, side, most)
    scan_crossing(arcs, room, closed, most)
    return int(room.best[0])


@compiled
def take_arc(arcs: Arcs, room: Room, closed: Closed, side: int, most: int) -> None:
    """Take the cheapest arc of one side."""
    label = room.heap_label[side, 0]
    arc = room.cursor[side, label]
    cost = room.heap_cost[side, 0]
    room.cursor[side, label] = arc + 1
    move_on(arcs, room, side, label)
    if is_closed(closed, arc):
        return
    reached = arcs.targets[arc]
    hops = room.hops[side, label] + 1
    if meet(room, side, label, reached, cost, hops, most) and most == UNLIMITED:
        return
    if closed.people[reached] & closed.reasons[0]:
        return
    known = latest(room, side, reached)
    if known >= 0 and (most == UNLIMITED or room.hops[side, known] <= hops):
        return
    add_label(arcs, room, side, reached, cost, hops, label, most)


@compiled
def is_closed(closed: Closed, arc: int) -> bool:
    if arc == closed.direct[0] or arc == closed.direct[1]:
        return True
    return len(closed.arcs) > 0 and closed.arcs[arc] != 0


@compiled
def latest(room: Room, side: int, person: int) -> int:
    """Give the latest label of a person on a side; -1 where there is none."""
    label: int = room.where[2 * person + side]
    if 0 <= label < room.labels[side] and room.person[side, label] == person:
        return label
    return _NOBODY


@compiled
def meet(room: Room, side: int, label: int, reached: int, cost: int, hops: int, most: int) -> bool:
    """Keep the way through an arc to somebody the other side reached, if it is the best; say if they did."""
    other = latest(room, 1 - side, reached)
    if other < 0:
        return False
    while other >= 0:
        if most == UNLIMITED or hops + room.hops[1 - side, other] <= most:
            whole = cost + room.cost[1 - side, other]
            if whole < room.best[0]:
                room.best[0] = whole
                room.best[1 + side] = label
                room.best[2 - side] = other
        other = room.earlier[1 - side, other]
    return True


@compiled
def add_label(
    arcs: Arcs, room: Room, side: int, person: int, cost: int, hops: int, parent: int, most: int
) -> None:
    """Note that somebody is reached, and put their first arc on the heap."""
    label = room.labels[side]
    room.earlier[side, label] = latest(room, side, person)
    room.labels[side] = label + 1
    room.where[2 * person + side] = label
    room.person[side, label] = person
    room.cost[side, label] = cost
    room.hops[side, label] = hops
    room.parent[side, label] = parent
    arc = arcs.starts[person]
    room.cursor[side, label] = arc
    if hops == most or arc == arcs.starts[person + 1]:
        return
    cost += arcs.costs[arc]
    if cost >= room.best[0]:
        return
    costs, labels = room.heap_cost[side], room.heap_label[side]
    place = room.heaped[side]
    room.heaped[side] = place + 1
    while place > 0:
        above = (place - 1) >> 1
        if costs[above] <= cost:
            break
        costs[place], labels[place] = costs[above], labels[above]
        place = above
    costs[place], labels[place] = cost, label


@compiled
def move_on(arcs: Arcs, room: Room, side: int, label: int) -> None:
    """Put the next arc of the label on top of the heap in the place of the one taken, if it may count."""
    costs, labels = room.heap_cost[side], room.heap_label[side]
    arc = room.cursor[side, label]
    size = room.heaped[side]
    cost = room.best[0]
    if arc < arcs.starts[room.person[side, label] + 1]:
        cost = room.cost[side, label] + arcs.costs[arc]
    if cost >= room.best[0]:  # no arc left, or none that could be on a better way
        size -= 1
        room.heaped[side] = size
        cost, label = costs[size], labels[size]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and costs[below + 1] < costs[below]:
            below += 1
        if cost <= costs[below]:
            break
        costs[place], labels[place] = costs[below], labels[below]
        place = below
    costs[place], labels[place] = cost, label


@compiled
def scan_crossing(arcs: Arcs, room: Room, closed: Closed, most: int) -> None:
    """Look at the arcs between the two sides that neither has taken."""
    for side in range(2):
        for label in range(room.labels[side]):
            hops = room.hops[side, label] + 1
            cost = room.cost[side, label]
            if hops - 1 == most or 2 * cost >= room.best[0]:
                continue
            end = arcs.starts[room.person[side, label] + 1]
            for arc in range(room.cursor[side, label], end):
                if 2 * cost + arcs.costs[arc] >= room.best[0]:
                    break
                if not is_closed(closed, arc):
                    reached = arcs.targets[arc]
                    meet(room, side, label, reached, cost + arcs.costs[arc], hops, most)
