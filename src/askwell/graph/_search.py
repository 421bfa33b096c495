"""The loops of the search for ways; ``paths`` says what they do and why it is right.

What is read together lies together in a record.  All loops stand in one module, since a loop kept compiled is
not made anew when another module that it calls has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled, soon

if TYPE_CHECKING:
    from askwell.graph.web import Arcs

FAR = 2**61  # of cost; a way that costs more counts as none
UNLIMITED = -1
NO_ROOM = -2
NOBODY = -1
KINDS = 1 << 14
AVOIDED = 128  # the bit of people on ways before
_AHEAD, _LINE = 3, 4  # how many labels ahead their arcs are fetched; arcs in a line of the cache
_WIDENED = 8  # how often a bound is doubled before there is none
_NARROWEST = 2**36  # of cost: a 64th of one in -ln strength

LABEL = np.dtype(
    [
        ("person", np.int32),
        ("parent", np.int32),  # label one came from; NOBODY at the end itself
        ("via", np.int64),  # arc one came by
        ("cost", np.int64),
        ("cursor", np.int64),  # next arc to take
        ("last", np.int64),  # behind the last arc
    ],
    align=True,
)
ENTRY = np.dtype([("cost", np.int64), ("label", np.int64)], align=True)


class Room(NamedTuple):
    """Whom a search has reached, kept from one to the next.  Side 0 comes from the source, 1 from the target.

    A label is a person reached: ``labels`` holds a row of them a side.  ``where[2 * person + side]`` is the
    latest label of a person if that label exists and is theirs, and means nothing otherwise, so that nothing
    need be wiped between two searches.  ``where`` is as large as the web, so that looking there is a wait for
    memory; ``maybe[side, person % KINDS]`` is small, and 0 where nobody of that kind has a label.
    """

    where: Any  # int32, two a person
    labels: Any  # LABEL, two rows
    counts: Any  # int64, labels a side
    best: Any  # int64, of the best way: the label on each side, and the arc between them
    maybe: Any  # uint8, two rows of KINDS


class Heaps(NamedTuple):
    """The next arc of each label that has one, cheapest first: a heap a side."""

    entries: Any  # ENTRY, two rows
    sizes: Any  # int64


class Closed(NamedTuple):
    """What may not be passed: people by bits of a reason, and arcs."""

    people: Any  # uint8
    reasons: Any  # uint8, the bits that count now, an array of one
    arcs: Any  # uint8, one an arc, or empty


class Found(NamedTuple):
    """Ways one behind the other: way i is ``people[ends[i]:ends[i + 1]]``, its ties lie at the same places.

    The place of the last person of each way holds no tie.
    """

    people: Any  # int32
    ties: Any  # int32, rows the ties came from
    ends: Any  # int64, one more than ways
    strengths: Any  # float64, one a way


def room_for(people: int, labels: int) -> Room:
    """Make room for so many people and so many labels a side."""
    where = np.zeros(2 * people, np.int32)
    counts, best, maybe = np.zeros(2, np.int64), np.zeros(3, np.int64), np.zeros((2, KINDS), np.uint8)
    return Room(where, np.zeros((2, labels), LABEL), counts, best, maybe)


def heaps_for(labels: int) -> Heaps:
    """Make room for an entry of each label, and one behind them."""
    return Heaps(np.zeros((2, labels + 1), ENTRY), np.zeros(2, np.int64))


def found_for(people: int, ways: int) -> Found:
    """Make room for so many ways through so many people in all."""
    return Found(
        np.zeros(people, np.int32), np.zeros(people, np.int32), np.zeros(ways + 1, np.int64), np.zeros(ways)
    )


@compiled
def search(arcs: Arcs, room: Room, heaps: Heaps, closed: Closed, ends: tuple[int, int], direct: bool) -> int:  # noqa: C901, PLR0912, PLR0915, FBT001
    """Look for the best way between two; gives its cost, ``FAR`` for none, ``NO_ROOM`` to be asked again.

    Without ``direct`` a tie of the two ends themselves is not taken.  One loop and no helpers: passing the
    arrays on would cost ten times what the search itself does.
    """
    starts, rows = arcs.starts, arcs.rows
    where, labels, counts, best = room.where, room.labels, room.counts, room.best
    heap, sizes = heaps.entries, heaps.sizes
    barred, reasons, closed_arcs = closed.people, closed.reasons[0], closed.arcs
    any_closed = len(closed_arcs) > 0
    capacity = labels.shape[1]
    least = FAR  # cost of the best way so far
    for side in range(2):
        label = labels[side, 0]
        label["person"], label["parent"], label["cost"] = ends[side], NOBODY, 0
        label["cursor"], label["last"] = starts[ends[side]], starts[ends[side] + 1]
        where[2 * ends[side] + side], counts[side], sizes[side] = 0, 1, 0
        if label["cursor"] < label["last"]:
            heap[side, 0]["cost"], heap[side, 0]["label"] = rows[label["cursor"]]["cost"], 0
            sizes[side] = 1
    while sizes[0] > 0 and sizes[1] > 0 and heap[0, 0]["cost"] + heap[1, 0]["cost"] < least:
        side = 0 if sizes[0] <= sizes[1] else 1
        cost, number = heap[side, 0]["cost"], heap[side, 0]["label"]
        label = labels[side, number]
        arc = label["cursor"]
        label["cursor"] = arc + 1
        reached = rows[arc]["target"]
        # The next arc of the label goes on top of the heap, or the last of the heap where none counts.
        moved, key, size = number, least, sizes[side]
        if arc + 1 < label["last"]:
            key = label["cost"] + rows[arc + 1]["cost"]
            ahead = rows[arc + 1]["target"]
            soon(where, 2 * ahead)
            soon(starts, ahead)
        if key >= least:
            size -= 1
            sizes[side] = size
            key, moved = heap[side, size]["cost"], heap[side, size]["label"]
        heap[side, size]["cost"] = FAR
        place, below = 0, 1
        while below < size:
            below += int(heap[side, below + 1]["cost"] < heap[side, below]["cost"])  # no jump to guess
            if key <= heap[side, below]["cost"]:
                break
            heap[side, place] = heap[side, below]
            place, below = below, 2 * below + 1
        heap[side, place]["cost"], heap[side, place]["label"] = key, moved
        if size > 0:  # whoever comes next on this side: where their arcs begin is there by now
            ahead = rows[labels[side, heap[side, 0]["label"]]["cursor"]]["target"]
            soon(rows, starts[ahead])
        # Is the arc open, and did the other side reach whom it leads to?
        if any_closed and closed_arcs[arc] != 0:
            continue
        if number == 0 and not direct and reached == ends[1 - side]:
            continue
        other = where[2 * reached + 1 - side]
        if 0 <= other < counts[1 - side] and labels[1 - side, other]["person"] == reached:
            total = cost + labels[1 - side, other]["cost"]
            if total < least:
                least = total
                best[side], best[1 - side], best[2] = number, other, arc
            continue
        known = where[2 * reached + side]
        if 0 <= known < counts[side] and labels[side, known]["person"] == reached:
            continue
        if barred[reached] & reasons != 0:
            continue
        # Whoever is reached for the first time has a label.
        new = counts[side]
        if new >= capacity:
            return NO_ROOM
        counts[side] = new + 1
        where[2 * reached + side] = new
        first, last = starts[reached], starts[reached + 1]
        label = labels[side, new]
        label["person"], label["parent"], label["via"], label["cost"] = reached, number, arc, cost
        label["cursor"], label["last"] = first, last
        if first == last:
            continue
        key, place = cost + rows[first]["cost"], sizes[side]
        if key >= least:
            continue
        ahead = rows[first]["target"]
        soon(where, 2 * ahead)
        soon(starts, ahead)
        sizes[side] = place + 1
        while place > 0:
            above = (place - 1) >> 1
            if heap[side, above]["cost"] <= key:
                break
            heap[side, place] = heap[side, above]
            place = above
        heap[side, place]["cost"], heap[side, place]["label"] = key, new
    # Crossing arcs, which neither side has taken.
    maybe = room.maybe
    maybe[:] = 0
    for side in range(2):
        for number in range(counts[side]):
            maybe[side, labels[side, number]["person"] % KINDS] = 1
    for side in range(2):
        for number in range(counts[side]):
            cost = labels[side, number]["cost"]
            ahead = labels[side, min(number + _AHEAD, counts[side] - 1)]["cursor"]
            soon(rows, ahead)
            soon(rows, ahead + _LINE)
            for arc in range(labels[side, number]["cursor"], labels[side, number]["last"]):
                length = rows[arc]["cost"]
                if 2 * cost + length >= least:
                    break
                reached = rows[arc]["target"]
                if maybe[1 - side, reached % KINDS] == 0:
                    continue
                other = where[2 * reached + 1 - side]
                if not 0 <= other < counts[1 - side] or labels[1 - side, other]["person"] != reached:
                    continue
                if (any_closed and closed_arcs[arc] != 0) or (
                    number == 0 and not direct and reached == ends[1 - side]
                ):
                    continue
                total = cost + length + labels[1 - side, other]["cost"]
                if total < least:
                    least = total
                    best[side], best[1 - side], best[2] = number, other, arc
    return least


@compiled
def _ahead(starts: Any, labels: Any, side: int, first: int, last: int) -> int:
    """Count the arcs of some labels."""
    arcs = 0
    for number in range(first, last):
        person = labels[side, number]["person"]
        arcs += starts[person + 1] - starts[person]
    return arcs


@compiled
def layers(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917
    arcs: Arcs,
    bounds: Room,
    beyond: Any,
    room: Room,
    closed: Closed,
    ends: tuple[int, int],
    direct: bool,  # noqa: FBT001
    hops: int,
    least: int,
) -> int:
    """Look for the best way of at most ``hops`` that costs less than ``least``; gives its cost, or ``least``.

    ``bounds`` holds what a search without a limit reached.  ``NO_ROOM``: to be asked again.
    """
    starts, rows = arcs.starts, arcs.rows
    where, labels, counts, best = room.where, room.labels, room.counts, room.best
    barred, reasons, closed_arcs = closed.people, closed.reasons[0], closed.arcs
    any_closed = len(closed_arcs) > 0
    capacity = labels.shape[1]
    maybe = room.maybe
    maybe[:] = 0
    for side in range(2):
        label = labels[side, 0]
        label["person"], label["parent"], label["cost"] = ends[side], NOBODY, 0
        where[2 * ends[side] + side], counts[side], maybe[side, ends[side] % KINDS] = 0, 1, 1
    latest = np.zeros(2, np.int64)  # where the latest layer of each side begins
    for hop in range(hops):
        if counts[0] == latest[0] or counts[1] == latest[1]:
            break
        near = _ahead(starts, labels, 0, latest[0], counts[0])
        far = _ahead(starts, labels, 1, latest[1], counts[1])
        side = 0 if near <= far else 1
        first, last = latest[side], counts[side]
        latest[side] = last
        for number in range(first, last):
            so_far, person = labels[side, number]["cost"], labels[side, number]["person"]
            for arc in range(starts[person], starts[person + 1]):
                cost = so_far + rows[arc]["cost"]
                if cost >= least:
                    break
                reached = rows[arc]["target"]
                if hop + 1 == hops and maybe[1 - side, reached % KINDS] == 0:
                    continue
                if any_closed and closed_arcs[arc] != 0:
                    continue
                if number == 0 and not direct and reached == ends[1 - side]:
                    continue
                other = where[2 * reached + 1 - side]
                if 0 <= other < counts[1 - side] and labels[1 - side, other]["person"] == reached:
                    total = cost + labels[1 - side, other]["cost"]
                    if total < least:
                        least = total
                        best[side], best[1 - side], best[2] = number, other, arc
                if hop + 1 == hops or barred[reached] & reasons != 0:
                    continue
                new = where[2 * reached + side]
                if not 0 <= new < counts[side] or labels[side, new]["person"] != reached:
                    new = counts[side]
                elif labels[side, new]["cost"] <= cost:
                    continue
                elif new < last:
                    new = counts[side]
                if cost + beyond[1 - side] >= least:
                    # Too far, unless the search without a limit found them nearer to the other end.
                    bound = bounds.where[2 * reached + 1 - side]
                    if not 0 <= bound < bounds.counts[1 - side]:
                        continue
                    known = bounds.labels[1 - side, bound]
                    if known["person"] != reached or cost + known["cost"] >= least:
                        continue
                if new >= capacity:
                    return NO_ROOM
                counts[side] = max(counts[side], new + 1)
                where[2 * reached + side] = new
                maybe[side, reached % KINDS] = 1
                label = labels[side, new]
                label["person"], label["parent"], label["via"], label["cost"] = reached, number, arc, cost
    return least


@compiled
def ways(  # noqa: PLR0913, PLR0917
    arcs: Arcs,
    strengths: Any,
    room: Room,
    heaps: Heaps,
    steps: Room,
    closed: Closed,
    ends: tuple[int, int],
    hops: int,
    found: Found,
) -> int:
    """Write as many ways as there is place for in ``found``; gives how many, ``NO_ROOM`` to be asked again.

    ``steps`` is a room for the search by layers, used only with a limit on hops.
    """
    count, direct, cost, used, beyond = 0, True, 0, room, np.zeros(2, np.int64)
    while count < len(found.strengths):
        if count == 0 or hops == UNLIMITED:
            cost = search(arcs, room, heaps, closed, ends, direct)
        if count == 0:
            _measure(room, heaps, cost, beyond)
        if hops != UNLIMITED and 0 <= cost < FAR and (count > 0 or _hops(room) > hops):
            used = steps
            cost = _few(arcs, room, beyond, steps, closed, ends, direct, hops, cost)
        if cost == NO_ROOM or cost >= FAR:
            break
        if not _written(arcs, strengths, used, found, count):
            cost = NO_ROOM
            break
        first, last = found.ends[count], found.ends[count + 1]
        for place in range(first + 1, last - 1):
            closed.people[found.people[place]] |= AVOIDED
        direct = direct and last - first > 2  # noqa: PLR2004 - the two ends
        count += 1
    for way in range(count):
        for place in range(found.ends[way] + 1, found.ends[way + 1] - 1):
            closed.people[found.people[place]] &= 255 - AVOIDED
    return NO_ROOM if cost == NO_ROOM else count


@compiled
def _measure(room: Room, heaps: Heaps, cost: int, beyond: Any) -> None:
    """Say how far everybody without a label on a side is at least from its end, after a search."""
    for side in range(2):
        reach = heaps.entries[side, 0]["cost"] if heaps.sizes[side] > 0 else cost
        farthest = room.labels[1 - side, room.counts[1 - side] - 1]["cost"]
        beyond[side] = max(0, min(reach, cost - farthest))


@compiled
def _few(  # noqa: PLR0913, PLR0917
    arcs: Arcs,
    bounds: Room,
    beyond: Any,
    steps: Room,
    closed: Closed,
    ends: tuple[int, int],
    direct: bool,  # noqa: FBT001
    hops: int,
    least: int,
) -> Any:
    """Look for the best way of few hops, which costs ``least`` or more: a little more at first."""
    more = max(least // 8, _NARROWEST)
    for turn in range(_WIDENED + 1):
        bound = min(FAR, least + more) if turn < _WIDENED else FAR
        cost = layers(arcs, bounds, beyond, steps, closed, ends, direct, hops, bound)
        if cost < bound:
            return cost
        more *= 2
    return FAR


@compiled
def _hops(room: Room) -> int:
    hops = 1
    for side in range(2):
        label = room.labels[side, room.best[side]]
        while label["parent"] >= 0:
            hops += 1
            label = room.labels[side, label["parent"]]
    return hops


@compiled
def _written(arcs: Arcs, strengths: Any, room: Room, found: Found, way: int) -> bool:
    """Write the best way behind those before; False if there is no place for it."""
    labels, rows, people, ties = room.labels, arcs.rows, found.people, found.ties
    first = found.ends[way]
    middle = first
    label = labels[0, room.best[0]]
    while label["parent"] >= 0:
        middle += 1
        label = labels[0, label["parent"]]
    last = first + _hops(room) + 1
    if last > len(people):
        return False
    at, label = middle, labels[0, room.best[0]]
    people[at], ties[at] = label["person"], rows[room.best[2]]["tie"]
    while label["parent"] >= 0:
        at -= 1
        ties[at] = rows[label["via"]]["tie"]
        label = labels[0, label["parent"]]
        people[at] = label["person"]
    at, label = middle + 1, labels[1, room.best[1]]
    people[at] = label["person"]
    while label["parent"] >= 0:
        ties[at] = rows[label["via"]]["tie"]
        at += 1
        label = labels[1, label["parent"]]
        people[at] = label["person"]
    strength = 1.0
    for place in range(first, last - 1):
        strength *= strengths[ties[place]]
    found.ends[way + 1], found.strengths[way] = last, strength
    return True
