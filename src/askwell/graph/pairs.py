"""Seekers and volunteers by name: who could sit with whom, who does, and why, in words.

Theory of operation. An ``Arc`` says that a volunteer would suit a seeker, how well, and by which topics;
who is not eligible has no arc. ``by_topics`` makes arcs of what seekers look for and volunteers offer.
Names are numbered in their order, so that the pairs do not depend on the order of the arcs.

Why this pair: who is better for a seeker than the volunteer they have is, by the prices of the optimum,
full with others for whom the place does more; that is what the sentence says. Nothing is said of the
others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from askwell.graph.matching import FLOOR, Question, fair, match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from askwell.graph.matching import Matching, Proof, Whole

_NAMED = 2  # of those who would be better


class Arc(NamedTuple):  # made by the million
    """This volunteer suits this seeker: a score above 0, usually at most 1, and what they have in common."""

    seeker: str
    volunteer: str
    score: float
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for a volunteer: topics asked about, and what a volunteer must offer."""

    name: str
    topics: frozenset[str]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who takes seekers: topics known, and what they offer (a language, video, ...)."""

    name: str
    topics: frozenset[str]
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """A seeker and their volunteer, or None; score 0 where there is none."""

    seeker: str
    volunteer: str | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Every seeker, in the order of names; the proof; how many seekers each volunteer has."""

    pairs: tuple[Pair, ...]
    proof: Proof
    loads: Mapping[str, int]


def by_topics(seekers: Iterable[Seeker], volunteers: Iterable[Volunteer]) -> Iterator[Arc]:
    """Make an arc for everybody who offers what is needed and knows a topic asked about.

    The score is the share of the seeker's topics that the volunteer knows.
    """
    knowing: dict[str, list[Volunteer]] = defaultdict(list)
    for volunteer in volunteers:
        for topic in volunteer.topics:
            knowing[topic].append(volunteer)
    for seeker in seekers:
        shared: dict[Volunteer, list[str]] = defaultdict(list)
        for topic in sorted(seeker.topics):
            for volunteer in knowing[topic]:
                if seeker.needs <= volunteer.offers:
                    shared[volunteer].append(topic)
        for volunteer, topics in shared.items():
            yield Arc(seeker.name, volunteer.name, len(topics) / len(seeker.topics), tuple(topics))


def pair_up(
    arcs: Sequence[Arc],
    places: Mapping[str, int],
    *,
    also: Iterable[str] = (),
    spread: bool = False,
    floor: float = FLOOR,
) -> Answer:
    """Match with the greatest total, or with the load spread (``spread``); one arc a pair.

    A volunteer of no ``places`` has one.  ``also`` names seekers who have no arc and so nobody.
    """
    table = _Table(arcs, places, also)
    plain = match(table.question)
    found = fair(table.question, floor=floor, plain=plain) if spread else plain
    had = plain.arcs if spread else None
    pairs = tuple(table.pair(seeker, found, had, floor) for seeker in range(len(table.seekers)))
    return Answer(pairs=pairs, proof=found.proof(), loads=table.loads(found))


class _Table:
    """Names and numbers."""

    def __init__(self, arcs: Sequence[Arc], places: Mapping[str, int], also: Iterable[str]) -> None:
        self.seekers = sorted({arc.seeker for arc in arcs} | set(also))
        self.volunteers = sorted({arc.volunteer for arc in arcs})
        seekers = {name: number for number, name in enumerate(self.seekers)}
        volunteers = {name: number for number, name in enumerate(self.volunteers)}
        self.arcs = sorted(arcs, key=itemgetter(0, 1))
        self.places = [places.get(name, 1) for name in self.volunteers]
        self._shut = {name for name in self.volunteers if not places.get(name, 1)}
        self.question = Question(
            who=np.array([seekers[arc.seeker] for arc in self.arcs], dtype=np.int64),
            to=np.array([volunteers[arc.volunteer] for arc in self.arcs], dtype=np.int64),
            score=np.array([arc.score for arc in self.arcs], dtype=np.float64),
            places=np.minimum(np.array(self.places, dtype=object), len(arcs) + 1).astype(np.int64),
            seekers=len(self.seekers),
        )
        self.begin = np.searchsorted(self.question.who, np.arange(len(self.seekers) + 1))

    def loads(self, found: Matching) -> dict[str, int]:
        """How many seekers each volunteer has."""
        return {name: int(found.net.load[number]) for number, name in enumerate(self.volunteers)}

    def pair(self, seeker: int, found: Matching, had: Whole | None, floor: float) -> Pair:
        """What a seeker has, and why.  ``had`` are the arcs of the plain optimum, where this is another."""
        mine = self.arcs[self.begin[seeker] : self.begin[seeker + 1]]
        taken = int(found.arcs[seeker])
        name = self.seekers[seeker]
        if taken < 0:
            return Pair(name, None, 0.0, self._why_nobody(mine))
        arc = self.arcs[taken]
        words = [_why(arc, mine, self._shut, busy=had is not None), _in_common(arc)]
        if had is not None and self.arcs[had[seeker]].score > arc.score:
            words.append(_why_less(self.arcs[had[seeker]], floor))
        return Pair(name, arc.volunteer, arc.score, " ".join(filter(None, words)))

    def _why_nobody(self, mine: Sequence[Arc]) -> str:
        if not mine:
            return "Nobody was named who would suit."
        if all(arc.volunteer in self._shut for arc in mine):
            return f"{_counted(mine)} no place to give."
        return f"{_counted(mine)} no place left: each does more for somebody else."


def _counted(mine: Sequence[Arc]) -> str:
    if len(mine) == 1:
        return f"{mine[0].volunteer}, the only one who would suit, has"
    return f"The {len(mine)} who would suit have"


def _why(arc: Arc, mine: Sequence[Arc], shut: set[str], *, busy: bool) -> str:
    better = sorted(
        (one for one in mine if one.score > arc.score), key=lambda one: (-one.score, one.volunteer)
    )
    if not better:
        return "The only one who suits." if len(mine) == 1 else f"Suits best, of {len(mine)}."
    held = "are kept for others" if busy else "do more for others"
    full = [one for one in better if one.volunteer not in shut]
    none = [one for one in better if one.volunteer in shut]
    why = [f"the places of {_listed(full)} {held}"] if full else []
    why += [f"{_listed(none)} {'has' if len(none) == 1 else 'have'} no place to give"] if none else []
    return f"Number {len(better) + 1} of the {len(mine)} who suit: {'; '.join(why)}."


def _listed(arcs: Sequence[Arc]) -> str:
    names = [f"{one.volunteer} ({one.score:.4g})" for one in arcs[:_NAMED]]
    more = len(arcs) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _in_common(arc: Arc) -> str:
    return f"In common: {', '.join(arc.topics)}." if arc.topics else ""


def _why_less(plain: Arc, floor: float) -> str:
    """Say what the spread load costs this seeker."""
    return (
        f"Where only the total counts it would be {plain.volunteer} ({plain.score:.4g});"
        f" with the load spread, nobody gets less than {floor:.0%} of that."
    )
