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

Most arcs lead to somebody without a label there; a small table of who may have one (``maybe``) answers that
without a look into memory as large as the web.

*Hops.*  Where the best way has more ties than allowed, people are reached tie by tie: one layer after the
other, of the side whose next layer has fewer arcs, until the layers of both sides are as many as the
limit.  Somebody gets a label of a layer if it is cheaper than all they had; whoever has one from both sides
is on a way.  What the search without a limit found bounds this: a label of cost d is of use only if d and
what is left at least, without a limit, are less than the best way so far.  What is left is known for whom
that search reached from the other end.  Others are at least b away from it, or on the far side of somebody
whom it reached from the near end, at most g, so that they are at least m - g away.  First only ways of cost
m + m / 8 count, then m + m / 4 and so on; a way found under such a bound is the best.

*Filters* are part of the search: nobody is passed through whose marks bar it now, no closed tie is
taken.  The two ends are exempt: one may always ask for a way to somebody who would not introduce others.

*Diverse.*  The first way is the best.  Each next way is the best one that shares with none of the ways
before it anybody in between, nor the whole of a direct tie.  So if one person does not answer, no other way
hangs on them.  Each is searched for anew: nine in ten of the people whom a search reached, it reached
through the way it found, so that nearly nothing of it is left for the next (measured at a million
people).  With a limit on hops the bounds of the first search stay good for all, since barring more people
brings nobody nearer.

Nothing as large as the web is allocated for a query; a ``Finder`` holds what searches write on, so each
thread needs its own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from askwell.graph._search import AVOIDED, NO_ROOM, UNLIMITED, Closed, found_for, heaps_for, room_for, ways
from askwell.graph.web import fitting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from askwell.graph.web import Web

_FIRST_LABELS, _FIRST_FOUND, _GROWTH = 1 << 14, 1 << 10, 4


class Bar(IntFlag):
    """Why somebody may not be passed through."""

    NO_CONSENT = 1  # has not agreed to introduce people
    DO_NOT_CONTACT = 2
    GUARDED = 4  # a confidential search must not come to their ears
    AT_CAPACITY = 8  # a volunteer who has enough on their hands
    AVOIDED = AVOIDED  # for this question


EVERY_BAR = Bar(255)


@dataclass(frozen=True, slots=True)
class Path:
    """People from source to target, and the product of the strengths of their ties.

    ``ties`` are the rows the ties came from, one for each hop.
    """

    people: tuple[int, ...]
    strength: float
    ties: tuple[int, ...] = ()


class Asked(TypedDict, total=False):
    """What may be asked of a way; ``Finder.diverse`` says what each means."""

    most_hops: int | None
    heeding: Bar
    avoiding: Iterable[int]


class Finder:
    """Finds ways in a web.  For one thread at a time.

    ``bars`` are the marks of each person, as many as people; ``closed_ties`` are pairs whose tie is not used.
    """

    def __init__(self, web: Web, *, bars: Any = None, closed_ties: Iterable[tuple[int, int]] = ()) -> None:
        self.web = web
        self._loop = fitting(ways, web.ties)
        marks = np.zeros(web.people, np.uint8) if bars is None else np.array(bars, np.uint8)
        if len(marks) != web.people:
            raise ValueError("there must be as many marks as people")
        self._closed = Closed(marks, np.zeros(1, np.uint8), self._arcs_of(closed_ties))
        self._room = room_for(web.people, min(_FIRST_LABELS, web.people + 1))
        self._heaps = heaps_for(self._room.labels.shape[1])
        self._steps = room_for(0, 1)
        self._found = found_for(_FIRST_FOUND, 1)

    def best(self, source: int, target: int, **asked: Unpack[Asked]) -> Path | None:
        """Give the best way, or None: the first that ``diverse`` gives, asked the same."""
        found = self.diverse(source, target, most=1, **asked)
        return found[0] if found else None

    def diverse(
        self,
        source: int,
        target: int,
        *,
        most: int | None = None,
        most_hops: int | None = None,
        heeding: Bar = EVERY_BAR,
        avoiding: Iterable[int] = (),
    ) -> list[Path]:
        """Give ways, best first, no two through the same person: at most so many, or all.

        ``heeding``: which marks bar; ``avoiding``: who is barred just now.
        """
        for person in (source, target):
            if not 0 <= person < self.web.people:
                raise ValueError(f"there is no person {person} in a web of {self.web.people}")
        if most_hops is not None and most_hops < 1:
            raise ValueError("a way has at least one hop")
        most = min(self.web.people if most is None else most, *map(self._ties_of, (source, target)))
        if source == target or most < 1:
            return [Path((source,), 1.0)] if source == target else []
        marks, barred = self._closed.people, list(avoiding)
        self._closed.reasons[0] = int(heeding) | AVOIDED
        if barred:
            marks[barred] |= AVOIDED
        try:
            return self._told(self._searched((source, target), most, most_hops))
        finally:
            if barred:
                marks[barred] &= 255 - AVOIDED

    def _ties_of(self, person: int) -> int:
        return int(self.web.arcs.starts[person + 1] - self.web.arcs.starts[person])

    def _searched(self, ends: tuple[int, int], most: int, most_hops: int | None) -> int:
        """Fill what is found; give how many ways."""
        web, hops = self.web, UNLIMITED
        if len(self._found.strengths) != most:
            self._found = found_for(len(self._found.people), most)
        if most_hops is not None:
            hops = min(most_hops, web.people)
            if not len(self._steps.where):
                self._steps = room_for(web.people, self._room.labels.shape[1])
        while (
            count := self._loop(
                web.arcs,
                web.strengths,
                self._room,
                self._heaps,
                self._steps,
                self._closed,
                ends,
                hops,
                self._found,
            )
        ) == NO_ROOM:
            self._grow()
        return int(count)

    def _grow(self) -> None:
        size = self._room.labels.shape[1] * _GROWTH
        self._heaps = heaps_for(size)
        self._room = room_for(self.web.people, size)
        self._steps = room_for(len(self._steps.where) // 2, size)
        self._found = found_for(len(self._found.people) * _GROWTH, len(self._found.strengths))

    def _told(self, count: int) -> list[Path]:
        found = self._found
        ends, strengths = found.ends[: count + 1].tolist(), found.strengths[:count].tolist()
        return [
            Path(
                tuple(found.people[first:last].tolist()),
                strength,
                tuple(found.ties[first : last - 1].tolist()),
            )
            for (first, last), strength in zip(itertools.pairwise(ends), strengths, strict=True)
        ]

    def _arcs_of(self, pairs: Iterable[tuple[int, int]]) -> Any:
        """Give a 1 for each arc of these ties; nothing at all where there are none."""
        closed = np.zeros(0, np.uint8)
        for one, other in pairs:
            closed = closed if len(closed) else np.zeros(len(self.web.arcs.rows), np.uint8)
            arcs = (self.web.arc(one, other), self.web.arc(other, one))
            closed[[arc for arc in arcs if arc >= 0]] = 1
        return closed
