"""Small favours to do this week: a few minutes each, for one person, and at most five (R02 to R06).

Theory of operation.  The caller gives *chances*: things known that would help somebody.  What was
promised or asked for comes first, then what closes a loop (R03: it is a beginner's give), then a new job,
something to read, what one thought of offering, an introduction.  A person is named once, no kind more
than twice, so that a week is not all of one thing; and when the week's gives are done, nothing more is
suggested: giving lasts where it has bounds (A. Grant, Give and Take).  The minutes are a default, ours,
but for the five of the name.

Two may like to know each other who do the same work at different places: a word of their titles is
the same that not everybody has in theirs, and neither led to the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from askwell.rules.decisions import because

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from askwell.rules.decisions import Reason, Value
    from askwell.rules.presets import Preset


class Kind(StrEnum):
    """What kind of favour, in the order they are suggested."""

    PROMISE = "promise"  # what they asked for, or one offered
    LOOP = "loop"
    JOB = "job"
    LINK = "link"
    OFFER = "offer"
    INTRODUCTION = "introduction"


MINUTES: Mapping[Kind, int] = {Kind.JOB: 2, Kind.LINK: 3}  # the others take the five of the name
RULES: Mapping[Kind, str] = {
    Kind.PROMISE: "F02",
    Kind.LOOP: "R03",
    Kind.JOB: "R05",
    Kind.LINK: "R02",
    Kind.OFFER: "R02",
    Kind.INTRODUCTION: "I01",
}
_PLACE = {kind: place for place, kind in enumerate(Kind)}
_MOST_OF_A_KIND = 2
EVERYBODYS_WORK = (  # words of a title that say nothing of the work
    *("manager", "director", "specialist", "consultant", "officer", "executive", "coordinator"),
    *("partner", "lead", "head", "of", "and"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Something that would help ``contact``.  ``since`` when it is so; ``about`` names the thing."""

    kind: Kind
    contact: int
    about: tuple[str, int]
    since: datetime
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Favor:
    """A favour suggested, with the minutes it takes and why."""

    chance: Chance
    minutes: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """Someone with their work.  ``words``: those of their title that tell, key -> the word as written."""

    contact: int
    place: int | None = None  # where they work
    words: Mapping[str, str] = field(default_factory=dict)
    introduced_by: int | None = None


def may_like_to_meet(
    people: Iterable[AtWork], *, offered: Collection[tuple[int, int]] = ()
) -> Iterator[tuple[AtWork, AtWork, str]]:
    """Give pairs of the same work elsewhere who may not know each other, with the words they share.

    ``offered``: pairs an introduction was offered to already, in either order.
    """
    for one, other in combinations(sorted(people, key=lambda someone: someone.contact), 2):
        shared = one.words.keys() & other.words.keys()
        pair = (one.contact, other.contact)
        met = pair in offered or pair[::-1] in offered or _led_to(one, other) or _led_to(other, one)
        if shared and one.place != other.place and not met:
            yield one, other, ", ".join(sorted({one.words[key] for key in shared}))


def _led_to(one: AtWork, other: AtWork) -> bool:
    return other.introduced_by == one.contact


def week_of_favors(chances: Iterable[Chance], *, given: int, preset: Preset) -> tuple[Favor, ...]:
    """Choose the favours of a week in which ``given`` were done already."""
    room = max(0, preset.favors_a_week - given)
    chosen: list[Chance] = []
    for chance in in_order(chances):
        same_kind = sum(one.kind is chance.kind for one in chosen)
        if len(chosen) < room and same_kind < _MOST_OF_A_KIND and not _is_for_one_of(chance, chosen):
            chosen.append(chance)
    return tuple(favor_of(chance, preset=preset) for chance in chosen)


def in_order(chances: Iterable[Chance]) -> list[Chance]:
    """Put what is owed first, then by kind, the longest waiting first."""
    return sorted(chances, key=lambda one: (_PLACE[one.kind], one.since, one.contact, one.about))


def favor_of(chance: Chance, *, preset: Preset) -> Favor:
    """Say what it takes, and why."""
    return Favor(
        chance=chance,
        minutes=MINUTES.get(chance.kind, preset.favor_minutes),
        reason=because(RULES[chance.kind], f"favor.{chance.kind}", **chance.params),
    )


def enough(given: int, *, preset: Preset) -> Reason | None:
    """Say that the week has had its gives; None while there is room."""
    return because("R06", "favor.enough", count=given) if given >= preset.favors_a_week else None


def _is_for_one_of(chance: Chance, chosen: Iterable[Chance]) -> bool:
    return any(one.contact == chance.contact for one in chosen)
