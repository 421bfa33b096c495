"""Who led to whom: a tree out of the names people gave.

Theory of operation.  A ``Link`` says that one person named another.  Everybody stands in the tree
once, below whoever named them first (``first`` links go before the others, earlier before later);
whoever else named them is kept beside it (``also``).  A link that would close a circle never makes a
branch: of A who named B who named A, the later link is only kept beside.  People are numbers; a name
that belongs to nobody yet has a negative one.  What a branch brought is summed from its tips to its
beginning.  Nothing recurses, so a chain may be as long as it likes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.facts import State
from askwell.rules.lifecycle import ALIVE, ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any


class Place(StrEnum):
    """Where things stand with a person of the tree."""

    NAMED = "named"  # a name, and nobody's yet
    NOT_ASKED = "not_asked"
    ASKED = "asked"
    ARRANGING = "arranging"
    TALKED = "talked"
    CLOSED = "closed"
    PEACE = "peace"  # asked not to be contacted


OPEN = frozenset({Place.NAMED, Place.NOT_ASKED, Place.ASKED, Place.ARRANGING})
_ARRANGING = frozenset({State.ARRANGING, State.SCHEDULED})
_NOT_YET = frozenset({State.PLANNED, State.READY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """``giver`` named ``named``; ``first``: the seeker holds this to be how they came to them."""

    giver: int
    named: int
    at: datetime
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of a person, or of a whole branch."""

    people: int = 0
    talks: int = 0
    advice: int = 0
    leads: int = 0
    introductions: int = 0

    def __add__(self, other: Brought) -> Brought:
        return Brought(
            people=self.people + other.people,
            talks=self.talks + other.talks,
            advice=self.advice + other.advice,
            leads=self.leads + other.leads,
            introductions=self.introductions + other.introductions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Twig:
    """One person of the tree; ``parent`` is the place in the list of whoever led to them."""

    key: int
    parent: int | None
    depth: int
    at: datetime | None  # when the name was given; None for those one began with
    also: tuple[int, ...] = ()
    led_to: int = 0
    brought: Brought = Brought()  # by the branch that begins here: its people beside this one


def place_of(states: Collection[State], *, talks: int = 0, forbidden: bool = False) -> Place:
    """Say where things stand, by the states of every outreach to the person; the furthest counts."""
    if forbidden or State.DO_NOT_CONTACT in states:
        return Place.PEACE
    found = set(states)
    if talks or found & ALIVE:
        return Place.TALKED
    if found & _ARRANGING:
        return Place.ARRANGING
    if found - ENDED - _NOT_YET:
        return Place.ASKED
    return Place.CLOSED if found and not found & _NOT_YET else Place.NOT_ASKED


def grow(
    links: Iterable[Link],
    *,
    order: Callable[[int], Any] = int,
    own: Mapping[int, Brought] | None = None,
) -> list[Twig]:
    """Make the tree: each person after whoever led to them, branches whole; siblings by ``order``.

    ``own`` is what came of each person by themself; their ``people`` is not looked at.
    """
    parents, also, given = _parents(links)
    below: defaultdict[int, list[int]] = defaultdict(list)
    for key, parent in parents.items():
        below[parent].append(key)
    beginnings = sorted((key for key in below if key not in parents), key=order)
    twigs = _walk(beginnings, {key: sorted(found, key=order) for key, found in below.items()}, also, given)
    return _summed(twigs, own or {})


def _parents(
    links: Iterable[Link],
) -> tuple[dict[int, int], dict[int, list[int]], dict[int, datetime]]:
    """Give whoever led to each, who else named them, and when the name was given."""
    parents: dict[int, int] = {}
    also: defaultdict[int, list[int]] = defaultdict(list)
    given: dict[int, datetime] = {}
    beginning: dict[int, int] = {}  # of the branch each stands in, as far as known
    for link in sorted(links, key=lambda each: (not each.first, each.at, each.giver, each.named)):
        if link.giver == link.named or parents.get(link.named) == link.giver:
            continue
        if link.named not in parents and _beginning(beginning, link.giver) != link.named:
            parents[link.named] = link.giver
            given[link.named] = link.at
            beginning[link.named] = link.giver
        elif link.giver not in also[link.named]:
            also[link.named].append(link.giver)
    return parents, also, given


def _beginning(above: dict[int, int], key: int) -> int:
    """Give the beginning of a branch, and shorten the way for the next who asks."""
    top = key
    while top in above:
        top = above[top]
    while key != top:
        above[key], key = top, above[key]
    return top


def _walk(
    beginnings: list[int],
    below: Mapping[int, Sequence[int]],
    also: Mapping[int, list[int]],
    given: Mapping[int, datetime],
) -> list[Twig]:
    twigs: list[Twig] = []
    ahead: list[tuple[int, int | None, int]] = [(key, None, 0) for key in reversed(beginnings)]
    while ahead:
        key, parent, depth = ahead.pop()
        children = below.get(key, ())
        ahead += [(child, len(twigs), depth + 1) for child in reversed(children)]
        twigs.append(
            Twig(
                key=key,
                parent=parent,
                depth=depth,
                at=given.get(key),
                also=tuple(also.get(key, ())),
                led_to=len(children),
            )
        )
    return twigs


def _summed(twigs: list[Twig], own: Mapping[int, Brought]) -> list[Twig]:
    nothing, one = Brought(), Brought(people=1)
    sums = [replace(own.get(twig.key, nothing), people=0) for twig in twigs]
    for at in range(len(twigs) - 1, -1, -1):
        parent = twigs[at].parent
        if parent is not None:
            sums[parent] = sums[parent] + sums[at] + one
    return [replace(twig, brought=found) for twig, found in zip(twigs, sums, strict=True)]


def only(twigs: Sequence[Twig], wanted: Callable[[Twig], bool]) -> list[Twig]:
    """Keep those wanted and whoever led to them; what a branch brought stays that of the whole branch."""
    kept = [wanted(twig) for twig in twigs]
    for at in range(len(twigs) - 1, -1, -1):
        parent = twigs[at].parent
        if kept[at] and parent is not None:
            kept[parent] = True
    moved: dict[int, int] = {}
    found: list[Twig] = []
    led_to: defaultdict[int, int] = defaultdict(int)
    for at, twig in enumerate(twigs):
        if kept[at]:
            moved[at] = len(found)
            parent = None if twig.parent is None else moved[twig.parent]
            found.append(replace(twig, parent=parent))
            if parent is not None:
                led_to[parent] += 1
    return [replace(twig, led_to=led_to[at]) for at, twig in enumerate(found)]
