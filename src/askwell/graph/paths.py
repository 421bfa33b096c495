"""The best way from one person to another through people who know each other, exactly.

Theory of operation.  A tie of strength s costs -ln s (see ``web``), so the cheapest way is the one whose
strengths have the largest product; among equally strong ones that with fewer people, and then always
the same one for the same web.

The search goes out from both ends (``_search``).  Since the arcs of a person are sorted by cost, a person
reached needs one place on the heap, for their cheapest arc not yet taken; one arc is taken at a time,
on the side with the smaller heap, and whoever is taken first is reached by the cheapest way.  Whenever
an arc leads to somebody the other side has reached, there is a way; the best so far is kept.

*Stop.*  Let f and b be the costs on top of the heaps and m the cost of the best way so far.  Once
f + b >= m, a better way could only have an arc (u, v) with u reached from the source, v reached from the
target, and the arc itself taken by neither: were v not reached though nearer than b to the target, or u
though nearer than f to the source, the way would cost f + b or more.  So these crossing arcs are looked at
last.  A search that leaves them out is wrong on some pairs.  For a crossing arc of cost c to be better,
d(u) + c + d(v) < m; then 2 d(u) + c < m or 2 d(v) + c < m.  Each side therefore looks at the arcs of a
person it reached at cost d only as far as 2 d + c < m, which is little near the rim, where most people are.

*Hops.*  With at most h hops a state is a person together with the hops it took: a later and dearer label
of a person is kept if it has fewer hops than all before.  Two labels meet if their hops fit together.

*Filters* are part of the search: nobody is passed through whose marks bar it now, no closed tie is
taken.  The two ends are exempt: one may always ask for a way to somebody who would not introduce others.

*Diverse.*  The first way is the best.  Each next way is the best one that shares with none of the ways
before it anybody in between, nor the whole of a direct tie.  So if one person does not answer, no other way
hangs on them.

Nothing as large as the web is allocated for a query; a ``Finder`` holds what searches write on, so each
thread needs its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph._search import FAR, NO_ROOM, UNLIMITED, Closed, room_for, search
from askwell.graph.web import fitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.graph.web import Web

_FIRST_LABELS, _GROWTH = 1 << 14, 4


class Bar(IntFlag):
    """Why somebody may not be passed through."""

    NO_CONSENT = 1  # has not agreed to introduce people
    DO_NOT_CONTACT = 2
    GUARDED = 4  # a confidential search must not come to their ears
    AT_CAPACITY = 8  # a volunteer who has enough on their hands
    AVOIDED = 128  # for this question


EVERY_BAR = Bar(255)
_AVOIDED = np.uint8(Bar.AVOIDED)


@dataclass(frozen=True, slots=True)
class Path:
    """People from source to target, and the product of the strengths of their ties.

    ``ties`` are the rows the ties came from, one for each hop.
    """

    people: tuple[int, ...]
    strength: float
    ties: tuple[int, ...] = ()


class Finder:
    """Finds ways in a web.  For one thread at a time.

    ``bars`` are the marks of each person, as many as people; ``closed_ties`` are pairs whose tie is not used.
    """

    def __init__(self, web: Web, *, bars: Any = None, closed_ties: Iterable[tuple[int, int]] = ()) -> None:
        self.web = web
        self._search = fitting(search, web.ties)
        self._room = room_for(web.people, min(_FIRST_LABELS, web.people + 1))
        marks = np.zeros(web.people, np.uint8) if bars is None else np.array(bars, np.uint8)
        if len(marks) != web.people:
            raise ValueError("there must be as many marks as people")
        closed = np.zeros(0, np.uint8)
        for pair in closed_ties:
            closed = closed if len(closed) else np.zeros(2 * web.ties, np.uint8)
            closed[[arc for arc in self._arcs_of(*pair) if arc >= 0]] = 1
        self._closed = Closed(marks, np.zeros(1, np.uint8), closed, np.full(2, -1))

    def best(
        self,
        source: int,
        target: int,
        *,
        most_hops: int | None = None,
        heeding: Bar = EVERY_BAR,
        avoiding: Iterable[int] = (),
    ) -> Path | None:
        """Give the best way, or None.  ``heeding``: which marks bar; ``avoiding``: who is barred just now."""
        ways = self.diverse(source, target, most_hops=most_hops, heeding=heeding, avoiding=avoiding)
        return next(ways, None)

    def diverse(
        self,
        source: int,
        target: int,
        *,
        most_hops: int | None = None,
        heeding: Bar = EVERY_BAR,
        avoiding: Iterable[int] = (),
    ) -> Iterator[Path]:
        """Give ways one after the other, best first, no two through the same person."""
        for person in (source, target):
            if not 0 <= person < self.web.people:
                raise ValueError(f"there is no person {person} in a web of {self.web.people}")
        if most_hops is not None and most_hops < 1:
            raise ValueError("a way has at least one hop")
        most = UNLIMITED if most_hops is None else min(most_hops, self.web.people)
        asked = _Asked((source, target), most, int(heeding), set(avoiding))
        return iter([Path((source,), 1.0)]) if source == target else self._ways(asked)

    def _ways(self, asked: _Asked) -> Iterator[Path]:
        while (found := self._one(asked)) is not None:
            yield found
            asked.barred.update(found.people[1:-1])
            if len(found.ties) == 1:
                asked.direct = self._arcs_of(*asked.ends)

    def _one(self, asked: _Asked) -> Path | None:
        """Search once; what bars only now is marked before and wiped after."""
        marks = self._closed.people
        barred = list(asked.barred)
        self._closed.reasons[0] = asked.heeding | Bar.AVOIDED
        self._closed.direct[:] = asked.direct
        marks[barred] |= _AVOIDED
        try:
            cost = self._cost(asked, UNLIMITED)
            if cost < FAR and asked.most != UNLIMITED and len(self._found().ties) > asked.most:
                cost = self._cost(asked, asked.most)
        finally:
            marks[barred] &= ~_AVOIDED
        return self._found() if cost < FAR else None

    def _cost(self, asked: _Asked, most: int) -> int:
        arcs = self.web.arcs
        ends = np.array(asked.ends, np.int32)
        while (cost := int(self._search(arcs, self._room, self._closed, ends, most))) == NO_ROOM:
            self._room = room_for(self.web.people, self._room.person.shape[1] * _GROWTH)
        return cost

    def _found(self) -> Path:
        """Read the best way off the labels of both sides."""
        (first, came), (second, went) = self._side(0), self._side(1)
        arcs = [*came[::-1], int(self._room.best[2]), *went]
        ties = tuple(self.web.arcs.ties[arcs].tolist())
        strength = math.prod(self.web.strengths[list(ties)].tolist())
        return Path(tuple(first[::-1] + second), strength, ties)

    def _side(self, side: int) -> tuple[list[int], list[int]]:
        """Give the people and the arcs from where the sides met to one end."""
        room, label = self._room, int(self._room.best[side])
        people, arcs = [int(room.person[side, label])], []
        while (parent := int(room.parent[side, label])) >= 0:
            arcs.append(int(room.via[side, label]))
            label = parent
            people.append(int(room.person[side, label]))
        return people, arcs

    def _arcs_of(self, one: int, other: int) -> tuple[int, int]:
        return self.web.arc(one, other), self.web.arc(other, one)


@dataclass(slots=True)
class _Asked:
    """A question: the two ends, at most how many hops, which marks bar, and whom it bars itself."""

    ends: tuple[int, int]
    most: int
    heeding: int
    barred: set[int]
    direct: tuple[int, int] = (-1, -1)
