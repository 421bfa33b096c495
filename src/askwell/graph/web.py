"""The web of ties as arrays: who is tied to whom, and how strongly.

Theory of operation.  People are the numbers 0 to n - 1.  The ties of person ``u`` are the arcs
``starts[u]`` to ``starts[u + 1] - 1``, each with its target and its cost side by side, since a search reads
both at once; every tie stands there twice, once from each end.  Within a person arcs are sorted by cost, then
by target, so that a search may take the cheapest first and leave the rest unread.

A tie of strength s costs -ln s, so that the cheapest way is the one whose strengths have the largest
product.  Costs are whole numbers, since these add up alike in any order: -ln s in units of 2**-36, times
64, plus 1 for the hop.  The 1 makes every cost positive and lets the way with fewer people win among
equally strong ones; it is far below what a strength is known to.  Rounding changes the strength of a
hop by less than one part in 10**11.

Where the same two people are tied several times the strongest counts, the first of equals.  Loops and
strengths outside (0, 1] are left out and named.  Equal webs give equal arrays, in whatever order the
ties came, if the numbers of the people are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled, uncompiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

UNITS = 2.0**36  # of -ln strength
HOP_SHARE = 64  # what is left of a unit for counting hops
COMPILED_FROM = 100_000  # ties; below, compiling would take longer than it saves
MOST_PEOPLE = 2**31 - 2
_RUN = 8


ARC = np.dtype([("cost", np.int64), ("target", np.int32), ("tie", np.int32)], align=True)


class Arcs(NamedTuple):
    """What a search reads: arcs of each person, cheapest first.  ``tie``: which row among those given."""

    starts: Any  # int64, one more than people
    rows: Any  # ARC

    @property
    def targets(self) -> Any:
        """To whom each arc leads."""
        return self.rows["target"]

    @property
    def costs(self) -> Any:
        """What each arc costs."""
        return self.rows["cost"]

    @property
    def ties(self) -> Any:
        """Which row each arc came from."""
        return self.rows["tie"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A tie left out: ``line`` counts from 1 unless the lines were given."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Web:
    """People and ties.  ``strengths`` are those of the rows given; ``names`` are sorted, or empty."""

    arcs: Arcs
    strengths: Any  # float64, one a row given
    names: Sequence[str] = ()
    numbers: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.arcs.starts) - 1

    @property
    def ties(self) -> int:
        """How many pairs of people are tied."""
        return len(self.arcs.rows) // 2

    def arc(self, source: int, target: int) -> int:
        """Give the place of the arc between two people; -1 if they are not tied."""
        first, end = self.arcs.starts[source], self.arcs.starts[source + 1]
        found = np.flatnonzero(self.arcs.targets[first:end] == target)
        return int(first + found[0]) if len(found) else -1

    def number(self, name: str) -> int | None:
        """Give the number of a person by name; None for somebody unknown."""
        if self.numbers:
            return self.numbers.get(name)
        from bisect import bisect_left

        place = bisect_left(self.names, name)
        return place if place < len(self.names) and self.names[place] == name else None


def web_of_names(
    sources: Sequence[str],
    targets: Sequence[str],
    strengths: Any,
    *,
    lines: Sequence[int] = (),
) -> tuple[Web, list[Flaw]]:
    """Make a web of people with names; they are numbered as their names sort.

    Whoever stands in a row is in the web, even where the row is left out.
    """
    names = sorted({*sources, *targets})
    numbers = dict(zip(names, range(len(names)), strict=True))
    at = numbers.__getitem__
    web, flaws = web_of(
        np.fromiter(map(at, sources), np.int64, len(sources)),
        np.fromiter(map(at, targets), np.int64, len(targets)),
        strengths,
        people=len(names),
        lines=lines,
    )
    return Web(web.arcs, web.strengths, names, numbers), flaws


def web_of(
    sources: Any, targets: Any, strengths: Any, *, people: int, lines: Sequence[int] = ()
) -> tuple[Web, list[Flaw]]:
    """Make a web of the people 0 to ``people`` - 1 from three columns, and say which rows were left out.

    A number of a person outside that range, or columns of different length, are a ``ValueError``.
    """
    sources, targets = (np.asarray(ends, np.int64) for ends in (sources, targets))
    strengths = np.asarray(strengths, np.float64)
    if not len(sources) == len(targets) == len(strengths):
        raise ValueError("the columns of a web differ in length")
    if people > MOST_PEOPLE:
        raise ValueError(f"a web holds at most {MOST_PEOPLE} people")
    if (
        len(sources)
        and not 0 <= min(sources.min(), targets.min()) <= max(sources.max(), targets.max()) < people
    ):
        raise ValueError("a tie names somebody outside the web")
    good = ties_among(sources, targets, strengths)
    flaws = _flaws(sources, targets, strengths, np.flatnonzero(~good), lines)
    lay = _laid_by_loops if len(good) >= COMPILED_FROM else _laid
    laid = lay(sources, targets, strengths, np.flatnonzero(good), people)
    return Web(laid, unchanging(strengths)), flaws


def ties_among(sources: Any, targets: Any, strengths: Any) -> Any:
    """Say which rows are ties: of two people, of a strength above 0 and at most 1."""
    return (strengths > 0) & (strengths <= 1) & (sources != targets)


def _flaws(sources: Any, targets: Any, strengths: Any, bad: Any, lines: Sequence[int]) -> list[Flaw]:
    return [
        Flaw(
            lines[row] if len(lines) else row + 1,
            why_no_tie(loop=sources[row] == targets[row], strength=strengths[row]),
        )
        for row in bad.tolist()
    ]


def why_no_tie(*, loop: bool, strength: float) -> str:
    """Say why a row is left out: it is of one person, or of such a strength."""
    if loop:
        return "a tie of somebody to themselves"
    return f"the strength {strength:g} is not above 0 and at most 1"


def _strongest(sources: Any, targets: Any, strengths: Any, rows: Any, people: int) -> Any:
    """Rows of the strongest tie of each two people, the first of equals, in the order of the two."""
    pair = np.minimum(sources, targets)[rows] * people + np.maximum(sources, targets)[rows]
    order = np.argsort(pair, kind="stable")
    rows, pair = rows[order], pair[order]
    new = np.concatenate([[True], pair[1:] != pair[:-1]]) if len(rows) else np.zeros(0, bool)
    if new.all():
        return rows
    group = np.cumsum(new) - 1
    best = np.maximum.reduceat(strengths[rows], np.flatnonzero(new))
    equal = strengths[rows] == best[group]
    rows, group = rows[equal], group[equal]
    return rows[np.concatenate([[True], group[1:] != group[:-1]])]


def costs_of(strengths: Any) -> Any:
    """Give the costs of ties of these strengths, each above 0 and at most 1."""
    return np.rint(-np.log(strengths) * UNITS).astype(np.int64) * HOP_SHARE + 1


def _laid(sources: Any, targets: Any, strengths: Any, rows: Any, people: int) -> Arcs:
    """Lay ties out as arcs."""
    rows = _strongest(sources, targets, strengths, rows, people)
    owners = np.concatenate([sources[rows], targets[rows]])
    arcs = np.empty(2 * len(rows), ARC)
    arcs["target"] = np.concatenate([targets[rows], sources[rows]])
    arcs["cost"], arcs["tie"] = np.tile(costs_of(strengths[rows]), 2), np.tile(rows, 2)
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=people))])
    order = np.lexsort((arcs["target"], arcs["cost"], owners))
    return Arcs(*map(unchanging, (starts, arcs[order])))


def _laid_by_loops(sources: Any, targets: Any, strengths: Any, rows: Any, people: int) -> Arcs:
    """The same for many ties, and faster: sorted by counting, twice by people, and then by cost."""
    rows = rows.astype(np.int32)
    for ends in (np.maximum(sources, targets), np.minimum(sources, targets)):
        rows = _by_end(ends, rows, _starts(np.bincount(ends[rows], minlength=people)))
    rows = _strongest_in_runs(sources, targets, strengths, rows)
    counts = np.bincount(sources[rows], minlength=people) + np.bincount(targets[rows], minlength=people)
    starts, arcs = _starts(counts), np.empty(2 * len(rows), ARC)
    _lay(sources, targets, costs_of(strengths[rows]), rows, starts.copy(), arcs)
    _cheapest_first(starts, arcs, np.empty(counts.max(initial=0), ARC))
    return Arcs(*map(unchanging, (starts, arcs)))


def _starts(counts: Any) -> Any:
    return np.concatenate([[0], np.cumsum(counts)])


@compiled
def _by_end(ends: Any, rows: Any, free: Any) -> Any:
    """Sort rows by one end, those of the same end as they stood; ``free``: where each end begins, spoilt."""
    found = np.empty_like(rows)
    for row in rows:
        at = free[ends[row]]
        free[ends[row]] = at + 1
        found[at] = row
    return found


@compiled
def _strongest_in_runs(sources: Any, targets: Any, strengths: Any, rows: Any) -> Any:
    """Of the rows of each two people, which stand together, keep the strongest, the first of equals."""
    count = 0
    for row in rows:
        before = rows[count - 1]
        if count and (
            (sources[row] == sources[before] and targets[row] == targets[before])
            or (sources[row] == targets[before] and targets[row] == sources[before])
        ):
            if strengths[row] > strengths[before]:
                rows[count - 1] = row
        else:
            rows[count] = row
            count += 1
    return rows[:count].copy()


@compiled
def _lay(sources: Any, targets: Any, costs: Any, rows: Any, free: Any, arcs: Any) -> None:
    """Write each tie with both of its people; where their other ends rise, theirs do."""
    for place in range(len(rows)):
        row = rows[place]
        one, other = sources[row], targets[row]
        for source, target in ((one, other), (other, one)):
            arc = arcs[free[source]]
            free[source] += 1
            arc["cost"], arc["target"], arc["tie"] = costs[place], target, row


@compiled
def _cheapest_first(starts: Any, arcs: Any, spare: Any) -> None:
    """Sort the arcs of each person by cost, those of equal cost as they stand: runs of eight, then merged."""
    for person in range(len(starts) - 1):
        first, last = starts[person], starts[person + 1]
        for run in range(first, last, _RUN):
            for at in range(run + 1, min(run + _RUN, last)):
                cost, target, tie = arcs[at]["cost"], arcs[at]["target"], arcs[at]["tie"]
                place = at
                while place > run and arcs[place - 1]["cost"] > cost:
                    arcs[place] = arcs[place - 1]
                    place -= 1
                arc = arcs[place]
                arc["cost"], arc["target"], arc["tie"] = cost, target, tie
        width = _RUN
        while width < last - first:
            for left in range(first, last - width, 2 * width):
                right, end = left + width, min(left + 2 * width, last)
                spare[:width] = arcs[left:right]
                at, place = 0, left
                while at < width and right < end:
                    if arcs[right]["cost"] < spare[at]["cost"]:
                        arcs[place] = arcs[right]
                        right += 1
                    else:
                        arcs[place] = spare[at]
                        at += 1
                    place += 1
                while at < width:
                    arcs[place] = spare[at]
                    at, place = at + 1, place + 1
            width *= 2


def unchanging(array: Any) -> Any:
    """Give an array that cannot be written to, as those mapped from a file are: loops are compiled once."""
    array = array.view()
    array.flags.writeable = False
    return array


def fitting(loop: Any, ties: int) -> Callable[..., Any]:
    """Give a loop compiled where the web is large, as it was written where it is small."""
    chosen: Callable[..., Any] = loop if ties >= COMPILED_FROM else uncompiled(loop)
    return chosen


def web_of_rows(rows: Iterable[tuple[object, object, float]]) -> tuple[Web, list[Flaw]]:
    """Make a web of rows (source, target, strength); people are known by how their ids are written."""
    kept = list(rows)
    return web_of_names(
        [str(row[0]) for row in kept], [str(row[1]) for row in kept], [row[2] for row in kept]
    )
