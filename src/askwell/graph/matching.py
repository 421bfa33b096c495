"""Whom to match with whom: the greatest total score, proven; nearly as quick again after a change.

What is sought. Each seeker sits with one volunteer at most, each volunteer has a number of places, a pair
is worth its score. **The total comes first**: a seeker may be left without anybody where that makes the
total greater, and a matching with more pairs and a smaller total is not preferred. As scores are above 0,
nobody is left alone beside a free place that would suit.

Exactness. Scores are held as whole numbers, in steps of 2**-36 of the greatest score (rounded up to a power
of two, at least 1): about 1.5e-11; scores of three decimals in steps a little longer, of which they are whole
numbers. Of these the matching is an optimum, not nearly one: ``Matching.proof``
gives its total and a bound that no matching can pass (the sum of the prices and of what is left to the
seekers), and the two are the same number. Real scores are off by half a step at most, so the true optimum
is within a step for each seeker. ``nearly`` stops after the auction: quicker, and ``gap`` says how far from
the optimum it can be.

Order. Seekers, volunteers and arcs are numbered in one order (by name, where there are names), and every
tie is broken by number: the same arcs give the same pairs in whatever order they come.

Changes. ``set_score``, ``set_places``, ``add_seeker`` and ``remove_seeker`` keep the matching an optimum,
by the shortest way for the one seeker or place concerned.

Fairness. ``fair`` spreads the load: the n-th seeker of a volunteer costs ``crowding`` x (n - 1), so that a
second one must be worth that much more there than with somebody who has none. Nobody pays for it beyond a
floor: each seeker who has somebody in the plain optimum has somebody, with at least ``floor`` x the score
of it. Among all matchings that keep to this, the total less the cost of crowding is greatest, proven in the
same way.
"""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph import matching_loops as loops
from askwell.graph.compiled import uncompiled
from askwell.graph.matching_together import seat_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

BITS = 36
FLOOR = 0.8  # default, ours
CROWDING = 0.1  # default, ours
_COARSE = 1 << (BITS - 15)  # what the auction raises by before the rest is settled exactly
_FEW = 3_000  # arcs: up to here compiling would take longer than the work
_ROOM = 1_024
_GRADES = 1_000  # different scores, up to which they are coarse: ways are equally long by the thousand
_LONG = 4  # times that all places were looked into, after which the rest are seated together
_DECIMALS = 1_000.0
_CLOSE = 1e-9
_MANY = 1 << 31  # places enough for everybody


class Question(NamedTuple):
    """Arcs by number, one a pair, and the places of every volunteer.  Scores are finite and above 0."""

    who: NDArray[Any]
    to: NDArray[Any]
    score: NDArray[Any]
    places: NDArray[Any]
    seekers: int


class Proof(NamedTuple):
    """What a matching comes to, and what none can pass."""

    total: float
    bound: float
    gap: float  # of the bound less the total, in parts of the bound; 0.0 is an optimum


def match(question: Question) -> Matching:
    """Find an optimum."""
    return Matching(question).settle()


def nearly(question: Question, *, within: float = 1e-6) -> Matching:
    """Find a matching whose total is within ``within`` x the greatest score, for each seeker, of the optimum.

    Where bidding takes too long, as many want the same few places, or is no quicker, the optimum is given.
    """
    found = Matching(question)
    if not found.coarse:
        found.auction(max(1, int(within * (1 << BITS))))
    return found if found.nobody_waits else found.settle()


def fair(
    question: Question, *, floor: float = FLOOR, crowding: float = CROWDING, plain: Matching | None = None
) -> Matching:
    """Spread the load, with nobody below ``floor`` x what the ``plain`` optimum gives them."""
    if not (0 <= floor <= 1) or not crowding >= 0:
        raise ValueError("a floor is from 0 to 1, crowding from 0 up")
    plain = plain or match(question)
    had = np.where(plain.arcs >= 0, plain.net.worth[plain.arcs], 0)
    found = Matching(question, step=round(crowding * plain.scale))
    found.hold(np.where(had > 0, np.maximum(1, np.ceil(had * floor)), 0).astype(np.int64))
    return found.settle()


class Matching:
    """Who sits with whom.  Seekers and volunteers are numbers; -1 is nobody."""

    def __init__(self, question: Question, *, step: int = 0) -> None:
        who, to, score = _in_order(question)
        self.scale = _scale(score)
        worth = np.maximum(1, np.rint(score * self.scale)).astype(np.int64)
        grade = int(np.gcd.reduce(worth, initial=step)) if len(worth) > _FEW else 0
        self.coarse = grade > 0 and int(worth.max()) <= _GRADES * grade
        self._loop: Any = uncompiled if len(worth) <= _FEW else _as_it_is
        self.seekers, self._used, self._held = question.seekers, len(worth), step > 0
        self.net = self._laid(who, to, worth, step=step, places=question.places)

    # --- what came of it

    @property
    def arcs(self) -> Whole:
        """Of each seeker the arc taken, or a negative number."""
        return self.net.chosen[: self.seekers]

    @property
    def volunteers(self) -> Whole:
        """Of each seeker the volunteer, or -1."""
        return np.where(self.arcs >= 0, self.net.to[self.arcs], -1)

    @property
    def scores(self) -> NDArray[np.float64]:
        """Of each seeker the score, 0 for whoever is alone."""
        return np.where(self.arcs >= 0, self.net.worth[self.arcs] / self.scale, 0.0)

    @property
    def nobody_waits(self) -> bool:
        """Whether everybody was seated, or is rightly alone."""
        return not bool((self.arcs == loops.WAITING).any())

    def whole_proof(self) -> tuple[int, int]:
        """Total and bound in whole steps: equal, where it is an optimum."""
        total, bound = self._run(loops.tally)
        return int(total), int(bound)

    def proof(self) -> Proof:
        """Total and bound as scores."""
        total, bound = self.whole_proof()
        gap = (bound - total) / bound if bound > 0 else 0.0
        return Proof(total / self.scale, bound / self.scale, gap)

    # --- finding it

    def auction(self, epsilon: int = _COARSE) -> None:
        """Begin: everybody bids, each bid raising a price by ``epsilon`` at least."""
        wanted = np.bincount(self.net.to[: self._used], minlength=len(self.net.places))
        room = np.concatenate(([0], np.cumsum(np.minimum(self.net.places, wanted))))
        self._run(loops.bid, room, int(room[-1]) + 1, np.arange(self.seekers), epsilon)

    def hold(self, least: Whole) -> None:
        """Hold every seeker with a ``least`` above 0 to arcs worth that much, and let them not stay alone."""
        self._held = True
        self.net.outside[: self.seekers][least > 0] = loops.MUST
        used = slice(0, self._used)
        self.net.worth[used][self.net.worth[used] < least[self.net.who[used]]] = loops.GONE

    def settle(self) -> Matching:
        """Make it an optimum, from wherever it stands."""
        if not self.coarse and not (self.net.chosen >= 0).any():
            self.auction()
        queue = self._run(loops.unsettle)
        patience = _LONG * len(self.net.places) if self.coarse else loops.FAR
        done = self._run(loops.seat, queue, patience)
        if done < len(queue):
            seat_together(self.net, queue[done:])
        self._run(loops.fill, np.flatnonzero(self._overpriced()))
        return self

    def _seat(self, seeker: int) -> None:
        self._run(loops.seat, np.array([seeker]), loops.FAR)

    def _overpriced(self) -> NDArray[np.bool_]:
        net = self.net
        spread: NDArray[np.bool_] = net.price > net.crowding[0] * net.load
        return (net.load < net.places) & spread

    def _run(self, loop: Any, *words: Any) -> Any:
        return self._loop(loop)(self.net, *words)

    # --- changes

    def set_score(self, seeker: int, volunteer: int, score: float) -> None:
        """Give this pair another score, or one for the first time; 0 takes the pair away."""
        self._may_change()
        arc = self._arc(seeker, volunteer)
        if arc < 0:
            if score <= 0:
                return
            arc = self._add_arcs(seeker, [volunteer], [score])
        self._run(loops.leave, seeker)
        self.net.worth[arc] = self._worth(score) if score > 0 else loops.GONE
        self._seat(seeker)
        self._fill_all()

    def set_places(self, volunteer: int, places: int) -> None:
        """Give a volunteer another number of places; whoever loses theirs is seated where that is best."""
        self._may_change()
        net = self.net
        net.places[volunteer] = min(places, _MANY)
        while net.load[volunteer] > places:
            one = int(net.lead[volunteer])
            self._run(loops.leave, one)
            self._seat(one)
        self._fill_all()

    def add_seeker(self, volunteers: Sequence[int], scores: Sequence[float]) -> int:
        """Take one more seeker in, with their arcs; give their number."""
        self._may_change()
        seeker = self.seekers
        if seeker == len(self.net.first):
            self._make_room(loops.SEEKERS)
        self.seekers += 1
        self._add_arcs(seeker, volunteers, scores)
        self.net.chosen[seeker] = loops.WAITING
        self._seat(seeker)
        return seeker

    def remove_seeker(self, seeker: int) -> None:
        """Let a seeker go; the place is for another.  The number stays, alone."""
        self._may_change()
        net = self.net
        self._run(loops.leave, seeker)
        net.chosen[seeker] = loops.ALONE
        arc = int(net.first[seeker])
        while arc >= 0:
            net.worth[arc] = loops.GONE
            arc = int(net.after[arc])
        self._fill_all()

    def _may_change(self) -> None:
        if self._held:
            raise ValueError("a fair matching is found anew: its floors are of the plain one before")

    def _fill_all(self) -> None:
        self._run(loops.fill, np.flatnonzero(self._overpriced()))

    def _worth(self, score: float) -> int:
        return max(1, round(score * self.scale))

    def _arc(self, seeker: int, volunteer: int) -> int:
        arc = int(self.net.first[seeker])
        while arc >= 0 and self.net.to[arc] != volunteer:
            arc = int(self.net.after[arc])
        return arc

    def _add_arcs(self, seeker: int, volunteers: Sequence[int], scores: Sequence[float]) -> int:
        """Chain arcs in, before the others; give the last one."""
        arc = -1
        for volunteer, score in zip(volunteers, scores, strict=True):
            arc, self._used = self._used, self._used + 1
            if arc == len(self.net.who):
                self._make_room(loops.ARCS)
            net = self.net
            net.who[arc], net.to[arc], net.worth[arc] = seeker, volunteer, self._worth(score)
            net.after[arc], net.first[seeker] = net.first[seeker], arc
            net.beside[arc], net.head[volunteer] = net.head[volunteer], arc
        return arc

    # --- room

    def _make_room(self, rows: Mapping[str, int]) -> None:
        """Make these rows half as long again, filled with what stands for nothing."""
        longer = {
            name: np.concatenate((row, _row(_ROOM + len(row) // 2, nothing)))
            for name, nothing in rows.items()
            for row in [getattr(self.net, name)]
        }
        self.net = self.net._replace(**longer)  # noqa: SLF001 - a named tuple's own

    def _laid(self, who: Whole, to: Whole, worth: Whole, *, step: int, places: NDArray[Any]) -> loops.Net:
        used, volunteers = len(worth), len(places)
        rows = {name: _row(used + used // 8 + _ROOM, nothing) for name, nothing in loops.ARCS.items()}
        rows |= {name: _row(self.seekers + _ROOM, nothing) for name, nothing in loops.SEEKERS.items()}
        rows |= {name: _row(volunteers, nothing) for name, nothing in loops.VOLUNTEERS.items()}
        net = loops.Net(**rows, crowding=_row(1, step))
        net.who[:used], net.to[:used], net.worth[:used] = who, to, worth
        net.places[:] = np.minimum(places, _MANY)
        net.chosen[: self.seekers] = loops.WAITING
        self._loop(loops.link)(net.who[:used], net.after, net.first)
        self._loop(loops.link)(net.to[:used], net.beside, net.head)
        return net


def _as_it_is(loop: Any) -> Any:
    return loop


def _row(size: int, value: int) -> Whole:
    return np.full(size, value, dtype=np.int64)


def _scale(score: NDArray[Any]) -> float:
    """Whole steps in a score of 1: fewer, where the greatest score is more than that."""
    greatest = float(np.max(score, initial=1.0))
    scale = float(2.0 ** (BITS - ceil(log2(greatest))))
    parts = score * _DECIMALS
    whole = scale >= _DECIMALS**2 and bool((np.abs(parts - np.rint(parts)) < _CLOSE).all())
    return scale // _DECIMALS * _DECIMALS if whole else scale


def _in_order(question: Question) -> tuple[Whole, Whole, NDArray[np.float64]]:
    """Check the arcs and put them in the order of their numbers."""
    who = np.asarray(question.who, dtype=np.int64)
    to = np.asarray(question.to, dtype=np.int64)
    score = np.asarray(question.score, dtype=np.float64)
    _check(who, question.seekers, "seeker")
    _check(to, len(question.places), "volunteer")
    if not (np.isfinite(score) & (score > 0)).all():
        raise ValueError("a score is a number above 0")
    key = who * len(question.places) + to
    if not (key[1:] > key[:-1]).all():
        order = np.argsort(key, kind="stable")
        who, to, score, key = who[order], to[order], score[order], key[order]
        if (key[1:] == key[:-1]).any():
            raise ValueError("a pair has more than one arc")
    return who, to, score


def _check(numbers: Whole, count: int, kind: str) -> None:
    if len(numbers) and (numbers.min() < 0 or numbers.max() >= count):
        raise ValueError(f"an arc names a {kind} that is not there")
