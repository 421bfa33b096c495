"""Gatherings: where to go, with what plan, and what to mind while there (V01, V02, V04, V05).

Theory of operation.  Facts in, reasons out; nothing here forbids.  A place is weighed by how much its words
have to do with the goal, by the people who hire that one knows there, and by how many one knows at all, each
with less for every further one.  A plan is held against its four parts.  An evening is read from whom one
has met: a card given and none taken, and only old acquaintances so far, are worth a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from askwell.rules.decisions import Finding, because
from askwell.rules.employers import look_on
from askwell.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.rules.decisions import Reason, Step
    from askwell.rules.facts import Calendar, MeetingPlaceFacts
    from askwell.rules.presets import Preset

WORDS_A_MINUTE = 140  # spoken without hurry
INTRODUCTION_SECONDS = 30
PLAN_QUESTIONS = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY_WORDS = frozenset(
    ("the", "and", "for", "with", "from", "into", "work", "job", "role", "new", "who", "all")
)
_ALIKE, _ENDING = 5, 2  # letters two words of one kin share, and may differ in: hospital, hospitals


def goal_words(*texts: str) -> frozenset[str]:
    """Give the words of a goal that can be looked for elsewhere, folded."""
    found = {word.casefold() for text in texts for word in _WORD.findall(text)}
    return frozenset(found - _EMPTY_WORDS)


# --- V05: places


def look_next(place: MeetingPlaceFacts, *, calendar: Calendar, preset: Preset) -> Step | None:
    """Make the step for a place with a day to look what is next there; None where no day was named."""
    return look_on(
        place.look_again_on,
        about=("place", place.id),
        why=because("V05", "place.look_again"),
        calendar=calendar,
        preset=preset,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """A place people of a field meet.  ``text`` is its name and notes; counts are of people known."""

    id: int
    text: str
    known: int = 0
    hiring: int = 0
    visits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How good a place is for the goal, from 0 to 1, and why."""

    id: int
    score: float
    reasons: tuple[Reason, ...]


def weigh_place(place: PlaceFacts, goal: frozenset[str]) -> Weighed:
    """Weigh one place against the words of the goal."""
    shared = sorted(_shared(place.text, goal))
    fit = min(1.0, len(shared) / 2)
    score = 0.5 * fit + 0.3 * _less_each(place.hiring) + 0.2 * _less_each(place.known)
    return Weighed(id=place.id, score=round(score, 3), reasons=tuple(_why(place, shared)))


def _shared(text: str, goal: frozenset[str]) -> set[str]:
    words = goal_words(text)
    return {wanted for wanted in goal if any(_of_one_kin(wanted, word) for word in words)}


def _of_one_kin(one: str, other: str) -> bool:
    """The same word, but for an ending of two letters at most."""
    if one == other:
        return True
    root = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return root >= _ALIKE and max(len(one), len(other)) - root <= _ENDING


def _less_each(count: int) -> float:
    return float(1 - 0.5**count)


def _why(place: PlaceFacts, shared: list[str]) -> Iterator[Reason]:
    if shared:
        yield because("V05", "place.fits", words=", ".join(shared))
    else:
        yield because("V05", "place.far")
    if place.hiring:
        yield because("V05", "place.hiring", count=place.hiring)
    if place.known:
        yield because("V05", "place.known", count=place.known)
    if place.visits:
        yield because("V05", "place.visits", count=place.visits)


# --- V01: the plan


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlan:
    """What was planned for an evening."""

    people: int = 0
    questions: int = 0
    introduction: str = ""
    offer: str = ""


def seconds_of(text: str) -> int:
    """How long it takes to say, about."""
    return round(len(text.split()) * 60 / WORDS_A_MINUTE)


def check_plan(plan: EventPlan, *, preset: Preset) -> tuple[Finding, ...]:
    """What a plan still lacks; hints, for half a plan is better than none."""
    return tuple(
        Finding(severity=Severity.HINT, reason=because("V01", text, **params))
        for text, params in _lacks(plan, preset)
    )


def _lacks(plan: EventPlan, preset: Preset) -> Iterator[tuple[str, dict[str, int]]]:
    least, most = preset.event_people_min, preset.event_people_max
    if not least <= plan.people <= most:
        yield "plan.many" if plan.people > most else "plan.people", {"least": least, "most": most}
    if plan.questions < PLAN_QUESTIONS:
        yield "plan.questions", {"count": PLAN_QUESTIONS}
    seconds = seconds_of(plan.introduction)
    if not seconds:
        yield "plan.introduction", {"most": INTRODUCTION_SECONDS}
    elif seconds > INTRODUCTION_SECONDS:
        yield "plan.long", {"seconds": seconds, "most": INTRODUCTION_SECONDS}
    if not plan.offer.strip():
        yield "plan.offer", {}


# --- V02, V04: the evening itself


@dataclass(frozen=True, slots=True, kw_only=True)
class MetFacts:
    """Someone met there, in the order they were noted.  ``reachable``: an address of theirs is known."""

    name: str
    new: bool
    card_given: bool = False
    card_taken: bool = False
    reachable: bool = False


def evening_hints(met: Iterable[MetFacts]) -> tuple[Reason, ...]:
    """What to mind before going home."""
    people = list(met)
    without = [one for one in people if one.card_given and not one.card_taken and not one.reachable]
    hints = [because("V02", "evening.no_card", name=one.name) for one in without]
    if people and not any(one.new for one in people):
        hints.append(because("V04", "evening.nobody_new", count=len(people)))
    return tuple(hints)
