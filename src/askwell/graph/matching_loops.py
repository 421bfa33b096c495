"""The loops of matching: prices for places, and the shortest way to seat one seeker or to fill one place.

Theory of operation. Every volunteer has a price for a place, every seeker the most an arc leaves after its
price. A state is right when everyone sits at what leaves them most, no price is asked where a place is free
(``crowding`` apart), and nobody would rather stay alone. Then the sum of prices and of what is left to the
seekers is a bound no matching can pass, and the matching reaches it: all in whole numbers, so exactly.

``seat`` puts one seeker who waits into a right state, ``fill`` one place that has a price and nobody in it;
each by the shortest way through the others (Dijkstra, stopped at the best end so far), after which prices
are moved by what the way cost. ``bid`` is an auction: coarse, quick, and a good state to begin from.

The n-th seeker of a volunteer costs ``crowding`` x (n - 1): nothing in a plain matching, more with each
where the load is to be spread.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

ALONE = -1  # seated nowhere, rightly
WAITING = -2  # still to be seated
NOBODY = -1
FAR = 1 << 62
GONE = -(1 << 61)  # the worth of an arc that is no more
MUST = -(1 << 59)  # the worth of staying alone for whoever must not
_PATIENCE = 40  # bids for each seeker after which the auction is left: many want the same few places
_RAISE = 1 << 37  # the most by which a bid goes over the one before


class Net(NamedTuple):
    """Arcs as linked lists, so that one more costs no copy; who sits where; prices; room to work in."""

    first: Whole  # of a seeker: the first arc, or -1
    after: Whole  # of an arc: the seeker's next
    head: Whole  # of a volunteer: the first arc
    beside: Whole  # of an arc: the volunteer's next
    who: Whole  # of an arc: the seeker
    to: Whole  # of an arc: the volunteer
    worth: Whole  # of an arc
    outside: Whole  # of a seeker: what staying alone is worth
    places: Whole  # of a volunteer
    crowding: Whole  # one number
    chosen: Whole  # of a seeker: the arc, ALONE or WAITING
    price: Whole  # of a volunteer
    load: Whole  # of a volunteer
    lead: Whole  # of a volunteer: one who sits there
    following: Whole  # of a seeker: the next who sits there
    leading: Whole  # of a seeker: the one before
    far: Whole  # of a volunteer: how far the search has it; FAR between searches
    via: Whole  # of a volunteer: the arc by which the search came


# What stands for nothing in each row, by whose row it is.
ARCS = {"after": -1, "beside": -1, "who": 0, "to": 0, "worth": GONE}
SEEKERS = {"first": -1, "outside": 0, "chosen": ALONE, "following": NOBODY, "leading": NOBODY}
VOLUNTEERS = {"head": -1, "places": 0, "price": 0, "load": 0, "lead": NOBODY, "far": FAR, "via": -1}


@compiled
def join(net: Net, seeker: int, arc: int) -> None:
    """Sit down."""
    place = net.to[arc]
    behind = net.lead[place]
    net.chosen[seeker] = arc
    net.following[seeker], net.leading[seeker] = behind, NOBODY
    if behind != NOBODY:
        net.leading[behind] = seeker
    net.lead[place] = seeker
    net.load[place] += 1


@compiled
def leave(net: Net, seeker: int) -> None:
    """Get up, and wait; whoever sits nowhere only waits."""
    arc = net.chosen[seeker]
    net.chosen[seeker] = WAITING
    if arc < 0:
        return
    place, before, behind = net.to[arc], net.leading[seeker], net.following[seeker]
    if before != NOBODY:
        net.following[before] = behind
    else:
        net.lead[place] = behind
    if behind != NOBODY:
        net.leading[behind] = before
    net.load[place] -= 1


@compiled
def left_to(net: Net, seeker: int) -> int:
    """The most that is left to a seeker after a price, or alone."""
    most: int = net.outside[seeker]
    arc = net.first[seeker]
    while arc >= 0:
        most = max(most, net.worth[arc] - net.price[net.to[arc]])
        arc = net.after[arc]
    return most


@compiled
def _reach(net: Net, place: int, far: int, arc: int, heap: list[tuple[int, int]], seen: list[int]) -> None:
    """Note a nearer way to a volunteer: how far, and by which arc."""
    net.far[place], net.via[place] = far, arc
    heappush(heap, (far, place))
    seen.append(place)


@compiled
def look_on(
    net: Net, seeker: int, base: int, least: int, heap: list[tuple[int, int]], seen: list[int]
) -> tuple[int, int]:
    """Note what a seeker reaches, if it is nearer than before; give the nearest free place: how far, which.

    ``base`` is how far the seeker is and what is left to them.
    """
    free = -1
    arc = net.first[seeker]
    while arc >= 0:
        place = net.to[arc]
        far = base - net.worth[arc] + net.price[place]
        if far < least and far < net.far[place]:
            _reach(net, place, far, arc, heap, seen)
            if net.load[place] < net.places[place]:
                end = far + max(0, net.crowding[0] * net.load[place] - net.price[place])
                if end < least:
                    least, free = end, place
        arc = net.after[arc]
    return least, free


@compiled
def _seat_one(net: Net, seeker: int) -> int:
    """Seat one seeker by the shortest way; give how many places were looked into."""
    heap, seen, settled = [(0, 0)], [0], [0]
    heap.clear()
    seen.clear()
    settled.clear()
    own = left_to(net, seeker)
    least, end_place, end_seeker = own - net.outside[seeker], -1, seeker
    least, end_place = look_on(net, seeker, own, least, heap, seen)
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
            if base - net.outside[other] < least:
                least, end_place, end_seeker = base - net.outside[other], -1, other
            least, free = look_on(net, other, base, least, heap, seen)
            if free >= 0:
                end_place = free
            other = net.following[other]
    for place in settled:
        net.price[place] += max(0, least - net.far[place])
    _move_up(net, seeker, end_place, end_seeker)
    for place in seen:
        net.far[place] = FAR
    return len(settled)


@compiled
def _move_up(net: Net, seeker: int, place: int, alone: int) -> None:
    """Everyone on the way moves one place on; the last takes a free one (``place``), or is ``alone``."""
    if place < 0:
        place = -1 if alone == seeker else net.to[net.chosen[alone]]
        leave(net, alone)
        net.chosen[alone] = ALONE
    while place >= 0:
        arc = net.via[place]
        mover = net.who[arc]
        place = -1 if mover == seeker else net.to[net.chosen[mover]]
        leave(net, mover)
        join(net, mover, arc)


@compiled
def seat(net: Net, queue: Whole, patience: int) -> int:
    """Seat these seekers, who wait, one after the other; give how many.

    Once ``patience`` places were looked into, the rest go on waiting.
    """
    for count, seeker in enumerate(queue):
        if patience < 0:
            return count
        patience -= _seat_one(net, seeker)
    return len(queue)


@compiled
def _look_back(
    net: Net, place: int, far: int, least: int, heap: list[tuple[int, int]], seen: list[int]
) -> tuple[int, int]:
    """Note from where one could come to ``place``; give the nearest end: how far, and by which arc.

    An end is a seeker who is alone, or a place that costs nothing to give up.
    """
    nearest = -1
    arc = net.head[place]
    while arc >= 0:
        held = net.chosen[net.who[arc]]
        base = far - net.worth[arc] + net.price[place]
        if held == ALONE:
            if base + net.outside[net.who[arc]] < least:
                least, nearest = base + net.outside[net.who[arc]], arc
        elif held >= 0 and held != arc:
            source = net.to[held]
            base += net.worth[held] - net.price[source]
            if base < least and base < net.far[source]:
                _reach(net, source, base, arc, heap, seen)
                end = base + max(0, net.price[source] - net.crowding[0] * (net.load[source] - 1))
                if end < least:
                    least, nearest = end, arc
        arc = net.beside[arc]
    return least, nearest


@compiled
def _fill_one(net: Net, target: int) -> None:
    heap, seen, settled = [(0, target)], [target], [target]
    settled.clear()
    net.far[target] = 0
    least, end_arc = net.price[target] - net.crowding[0] * net.load[target], -1
    while heap:
        far, place = heappop(heap)
        if far >= least:
            break
        if far > net.far[place]:
            continue
        settled.append(place)
        least, arc = _look_back(net, place, far, least, heap, seen)
        if arc >= 0:
            end_arc = arc
    for place in settled:
        net.price[place] -= max(0, least - net.far[place])
    arc = end_arc
    while arc >= 0:
        leave(net, net.who[arc])
        join(net, net.who[arc], arc)
        arc = -1 if net.to[arc] == target else net.via[net.to[arc]]
    for place in seen:
        net.far[place] = FAR


@compiled
def fill(net: Net, queue: Whole) -> None:
    """Fill these volunteers' free places, or let their price down to nothing."""
    for target in queue:
        while (
            net.load[target] < net.places[target] and net.price[target] > net.crowding[0] * net.load[target]
        ):
            _fill_one(net, target)


@compiled
def tally(net: Net) -> tuple[int, int]:
    """What the matching comes to, and the bound that none can pass: two whole numbers."""
    total = bound = 0
    for seeker in range(len(net.first)):
        arc = net.chosen[seeker]
        total += net.worth[arc] if arc >= 0 else net.outside[seeker]
        bound += left_to(net, seeker)
    crowding = net.crowding[0]
    for place in range(len(net.head)):
        load = net.load[place]
        total -= crowding * (load * (load - 1) // 2)
        # The bound has every place sold that costs less than the price.
        price, sold = net.price[place], net.places[place]
        if crowding > 0:
            sold = min(sold, price // crowding + 1)
        bound += price * sold - crowding * (sold * (sold - 1) // 2)
    return total, bound


@compiled
def link(keys: Whole, following: Whole, heads: Whole) -> None:
    """Chain the arcs by their key, each chain in the order of the arcs."""
    for arc in range(len(keys) - 1, -1, -1):
        following[arc] = heads[keys[arc]]
        heads[keys[arc]] = arc


@compiled
def unsettle(net: Net) -> Whole:
    """Let everyone get up who could do better elsewhere at these prices; give all who wait now."""
    waiting = np.empty(len(net.first), dtype=np.int64)
    count = 0
    for seeker in range(len(net.first)):
        arc = net.chosen[seeker]
        has = net.worth[arc] - net.price[net.to[arc]] if arc >= 0 else net.outside[seeker]
        if arc == WAITING or has < left_to(net, seeker):
            leave(net, seeker)
            waiting[count] = seeker
            count += 1
    return waiting[:count]


# --- the auction to begin with


@compiled
def _sink(bids: Whole, held: Whole, low: int, size: int) -> None:
    """Put the first of a heap of bids where it belongs."""
    place = 0
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and bids[low + child + 1] < bids[low + child]:
            child += 1
        if bids[low + place] <= bids[low + child]:
            break
        one, two = low + place, low + child
        bids[one], bids[two] = bids[two], bids[one]
        held[one], held[two] = held[two], held[one]
        place = child


@compiled
def _rise(bids: Whole, held: Whole, low: int, place: int) -> None:
    """Put the last of a heap of bids where it belongs."""
    while place > 0 and bids[low + (place - 1) // 2] > bids[low + place]:
        one, two = low + place, low + (place - 1) // 2
        bids[one], bids[two] = bids[two], bids[one]
        held[one], held[two] = held[two], held[one]
        place = (place - 1) // 2


@compiled
def _best_two(net: Net, seeker: int, asked: Whole) -> tuple[int, int, int]:
    """The arc that leaves most after what is asked, what it leaves, and what the next best leaves."""
    best, most, second = -1, net.outside[seeker], net.outside[seeker]
    arc = net.first[seeker]
    while arc >= 0:
        value = net.worth[arc] - asked[net.to[arc]]
        if value > most:
            best, most, second = arc, value, most
        elif value > second:
            second = value
        arc = net.after[arc]
    return best, most, second


@compiled
def bid(net: Net, low: Whole, room: int, queue: Whole, epsilon: int) -> None:
    """Auction the places among the seekers who wait, from no price on, raising it by ``epsilon`` at least.

    ``low`` is where a volunteer's bids begin in ``room`` places.  Leaves each at most ``epsilon`` from right.
    """
    bids, held = np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int64)
    asked = np.where(net.places > 0, 0, FAR >> 2)
    bidding = _PATIENCE * len(queue)
    for one in queue:
        seeker = one
        while seeker >= 0 and bidding > 0:
            bidding -= 1
            arc, most, second = _best_two(net, seeker, asked)
            if arc < 0:
                net.chosen[seeker] = ALONE
                break
            place = net.to[arc]
            start, size = low[place], net.load[place]
            offer = asked[place] + min(most - second, _RAISE) + epsilon
            extra = net.crowding[0] * size
            if size < net.places[place] and (size == 0 or extra <= bids[start]):
                bids[start + size], held[start + size] = offer, seeker
                _rise(bids, held, start, size)
                beaten = -1
            else:
                beaten = held[start]
                bids[start], held[start] = offer, seeker
                _sink(bids, held, start, size)
                leave(net, beaten)
            join(net, seeker, arc)
            size = net.load[place]
            asked[place] = bids[start]
            if size < net.places[place]:
                asked[place] = min(asked[place], net.crowding[0] * size)
            seeker = beaten
    for place in range(len(asked)):
        net.price[place] = asked[place] if net.places[place] > 0 else _RAISE
