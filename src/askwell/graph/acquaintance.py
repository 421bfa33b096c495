"""Who, among the people somebody knows, know each other: evidence in, ties with a confidence out.

Theory of operation.  Only what was recorded counts: a name given, an introduction made, letters that
went to both, the same place at the same time, a gathering where both were met.  Nothing is guessed
from who somebody is.  Each piece of evidence is a chance that the two know each other, and the pieces
are taken as independent of one another:

    confidence = 1 - (1 - c1)(1 - c2)..., at most ``Weights.limit``

A place weighs more the longer two were there together (whole after ``full_months``), and less the
more of the seeker's people were there: ``crowd`` of them or fewer count whole, 20 half, 40 a quarter.
Where more than ``most_at_a_place`` were, only those of one room (department, degree) are held
together, which also keeps the number of ties near the number of people.  A letter counts by how many
it went to: whole with two, half with three.  All weights are defaults, ours.

Days are counted in months since year 0.  A year alone is read as its middle, so that who left in 2021
did not meet who came in 2021.  A stay of which an end is not known is counted only for what is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from askwell.rules.knowing import both_at, wrote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from askwell.rules.decisions import Reason

_Time = tuple[int, int | None, int | None, bool]  # months together, since, until, in one room
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?")
_YEAR = 12
_MID_YEAR = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each kind of evidence says, and where it stops saying anything.  Defaults, ours."""

    named: float = 0.8  # one told the seeker of the other
    introduced: float = 0.6  # the seeker brought them together
    wrote: float = 0.4  # on a letter of two
    worked: float = 0.5
    studied: float = 0.3
    met: float = 0.1  # at one gathering
    same_room: float = 1.4  # times as much, of one department or degree
    full_months: int = 18
    at_once: int = 6  # months that being there at all counts for
    crowd: int = 10
    most_at_a_place: int = 50
    most_on_a_letter: int = 10
    most_letters: int = 5
    limit: float = 0.95


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for two people knowing each other; ``weight`` from 0 to 1."""

    one: int
    other: int
    weight: float
    why: Reason


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Two people who may know each other, ``one`` < ``other``; the weightiest evidence first."""

    one: int
    other: int
    confidence: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A time somebody was at a place, in months; ``since`` None: only that they are there now is known."""

    person: int
    since: int | None
    until: int | None  # None: they are there now
    room: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter by the people on it beside the seeker."""

    people: frozenset[int]
    at: datetime


def acquaintances(evidence: Iterable[Evidence], *, weights: Weights = WEIGHTS) -> list[Acquaintance]:
    """Put the evidence of each pair together, in the order of the pairs; loops are left out."""
    found: defaultdict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for one in evidence:
        if one.one < one.other:
            found[one.one, one.other].append(one)
        elif one.one > one.other:
            found[one.other, one.one].append(one)
    return [_together(pair, found[pair], weights) for pair in sorted(found)]


def _together(pair: tuple[int, int], pieces: list[Evidence], weights: Weights) -> Acquaintance:
    if len(pieces) == 1:
        return Acquaintance(*pair, min(weights.limit, pieces[0].weight), (pieces[0].why,))
    pieces.sort(key=lambda one: -one.weight)
    doubt = 1.0
    for one in pieces:
        doubt *= 1 - one.weight
    why = tuple({(one.why.text, *one.why.params.values()): one.why for one in pieces}.values())
    return Acquaintance(*pair, min(weights.limit, 1 - doubt), why)


# --- places


def stay(person: int, *, started: str, ended: str, current: bool, room: str = "", now: int) -> Stay | None:
    """Read a stay from ISO dates of any precision; None where too little is known to compare it."""
    since, until = month_of(started), month_of(ended, end=True)
    if since is not None and since > now:
        return None
    if until is not None and until <= now:
        return None if since is None else Stay(person, min(since, until), until, room)
    if current or until is not None:
        return Stay(person, since, None, room)
    return None


def month_of(date: str, *, end: bool = False) -> int | None:
    """Give the month of an ISO date, counted from year 0, or the one after it for an ``end``."""
    found = _DATE.match(date)
    if found is None:
        return None
    year, month = int(found[1]), found[2]
    if month is None:
        return year * _YEAR + _MID_YEAR
    return year * _YEAR + min(max(int(month), 1), _YEAR) - (0 if end else 1)


def at_a_place(
    place: str,
    stays: Iterable[Stay],
    *,
    now: int,
    weight: float,
    about: AbstractSet[int] | None = None,
    weights: Weights = WEIGHTS,
) -> Iterator[Evidence]:
    """Give evidence for those who were at one place at the same time, of all or with these people."""
    listed = list(stays)
    people = {one.person for one in listed}
    if len(people) <= weights.most_at_a_place:
        found = _overlapping(listed, about, now=now)
        yield from _there(place, found, weight * _thinned(people, weights), weights)
        return
    rooms: defaultdict[str, list[Stay]] = defaultdict(list)
    for one in listed:
        if one.room:
            rooms[one.room].append(one)
    for members in rooms.values():
        people = {one.person for one in members}
        if len(people) <= weights.most_at_a_place:
            found = _overlapping(members, about, now=now)
            yield from _there(place, found, weight * _thinned(people, weights), weights)


def _thinned(people: set[int], weights: Weights) -> float:
    return min(1.0, weights.crowd / max(1, len(people)))


def _overlapping(
    stays: list[Stay], about: AbstractSet[int] | None, *, now: int
) -> dict[tuple[int, int], _Time]:
    """Give the longest time of each pair that was there together."""
    best: dict[tuple[int, int], _Time] = {}
    for one, other in _pairs(stays, about):
        if one.person == other.person:
            continue
        shared = _shared(one, other, now)
        if shared is None:
            continue
        pair = (one.person, other.person) if one.person < other.person else (other.person, one.person)
        if pair not in best or best[pair][0] < shared[0]:
            best[pair] = (*shared, bool(one.room) and one.room == other.room)
    return best


def _pairs(stays: list[Stay], about: AbstractSet[int] | None) -> Iterator[tuple[Stay, Stay]]:
    """Give all pairs, or those in which one of these people stands."""
    if about is None:
        yield from combinations(stays, 2)
        return
    theirs: list[Stay] = []
    others: list[Stay] = []
    for one in stays:
        (theirs if one.person in about else others).append(one)
    yield from combinations(theirs, 2)
    yield from product(theirs, others)


def _there(
    place: str, best: dict[tuple[int, int], _Time], weight: float, weights: Weights
) -> Iterator[Evidence]:
    told: dict[tuple[int | None, int | None], Reason] = {}
    for pair, (months, since, until, same_room) in best.items():
        years = (None if since is None else since // _YEAR, None if until is None else (until - 1) // _YEAR)
        why = told.get(years) or told.setdefault(years, both_at(place, since=years[0], until=years[1]))
        share = min(1.0, (weights.at_once + months) / weights.full_months)
        found = weight * share * (weights.same_room if same_room else 1.0)
        yield Evidence(*pair, min(weights.limit, found), why)


def _shared(one: Stay, other: Stay, now: int) -> tuple[int, int | None, int | None] | None:
    """Give how many months two stays share, from when, and until when; None where they share none."""
    if one.until is None and other.until is None:
        since = None if one.since is None or other.since is None else max(one.since, other.since)
        return (0 if since is None else now - since), since, None
    if one.since is None or other.since is None:
        return None
    until = min(now if one.until is None else one.until, now if other.until is None else other.until)
    since = max(one.since, other.since)
    return (until - since, since, until) if until > since else None


# --- letters and gatherings


def on_letters(letters: Iterable[Letter], *, weights: Weights = WEIGHTS) -> Iterator[Evidence]:
    """Give evidence for those who were on the same letters; each letter once, long lists left out."""
    doubts: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    last: dict[tuple[int, int], datetime] = {}
    for letter in letters:
        if not 1 < len(letter.people) <= weights.most_on_a_letter:
            continue
        chance = weights.wrote / (len(letter.people) - 1)
        for pair in combinations(sorted(letter.people), 2):
            doubts[pair].append(1 - chance)
            last[pair] = max(letter.at, last.get(pair, letter.at))
    for pair, found in doubts.items():
        doubt = 1.0
        for one in sorted(found)[: weights.most_letters]:
            doubt *= one
        yield Evidence(*pair, 1 - doubt, wrote(len(found), last[pair]))


def in_company(
    why: Reason, people: Iterable[int], *, weight: float, weights: Weights = WEIGHTS
) -> Iterator[Evidence]:
    """Give evidence for those met at one gathering."""
    listed = sorted(set(people))
    if len(listed) <= weights.most_at_a_place:
        yield from (Evidence(one, other, weight, why) for one, other in combinations(listed, 2))


def month_now(now: datetime) -> int:
    """Give the month it is."""
    return now.year * _YEAR + now.month - 1
