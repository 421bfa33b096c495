"""Laying voices side by side: what several people said of one kind of work or one place (C07, P08).

Theory of operation.  A voice is one talk as it was reflected on, with the advice kept from it.  ``heard``
gathers the voices about one subject by question, newest first, and counts people, not talks: hearing one
person twice is still one person.  A decision rests on the talks heard until then; those held later are
counted against it.  Few voices are a hint, never a refusal, and none at all where one goes on looking.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.reflection import QUESTIONS, compare_hint, reflection_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.presets import Preset

SIDE_BY_SIDE = 4  # more columns cannot be read beside each other
_ADVICE = "advice"  # the question that kept advice answers


class Choice(StrEnum):
    """What one may decide about a kind of work or a place."""

    CHOOSE = "choose"
    DROP = "drop"
    GO_ON = "go_on"  # on looking


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One talk held: with whom, when it ended, the answers by question, the advice kept."""

    talk: int
    contact: int
    at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing heard, with where it comes from.  ``kept``: it is advice kept apart from the six answers."""

    talk: int
    contact: int
    at: datetime
    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """All that was heard on one question, newest first, and how many people stand behind it."""

    question: str
    people: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that was heard about one subject.  ``hint`` speaks while too few people were heard."""

    people: int
    talks: tuple[int, ...]
    reflected: int  # talks with an answer to at least one question
    questions: tuple[Answered, ...]
    hint: Reason | None


def heard(voices: Sequence[Voice], *, preset: Preset) -> Heard:
    """Gather the voices about one subject, question by question."""
    newest = sorted(voices, key=lambda voice: (voice.at, voice.talk), reverse=True)
    people = _people(newest)
    return Heard(
        people=people,
        talks=tuple(voice.talk for voice in newest),
        reflected=sum(bool(reflection_of(voice.answers).answered) for voice in newest),
        questions=tuple(_on(question, newest) for question in QUESTIONS),
        hint=compare_hint(people, preset=preset),
    )


def decision_hint(choice: Choice, people: int, *, preset: Preset) -> Reason | None:
    """Hint that few were heard before one chooses or drops; to go on looking needs no hint."""
    return None if choice is Choice.GO_ON else compare_hint(people, preset=preset)


def heard_since(decided_at: datetime, voices: Iterable[Voice]) -> int:
    """Count the talks that were held after a decision."""
    return sum(voice.at > decided_at for voice in voices)


def _people(voices: Iterable[Voice | Line]) -> int:
    return len({voice.contact for voice in voices})


def _on(question: str, voices: Sequence[Voice]) -> Answered:
    lines = tuple(line for voice in voices for line in _lines(question, voice))
    return Answered(question=question, people=_people(lines), lines=lines)


def _lines(question: str, voice: Voice) -> Iterable[Line]:
    said = voice.answers[question].strip() if question in reflection_of(voice.answers).answered else ""
    if said:
        yield Line(talk=voice.talk, contact=voice.contact, at=voice.at, text=said)
    for text in voice.advice if question == _ADVICE else ():
        if text.strip().casefold() != said.casefold():
            yield Line(talk=voice.talk, contact=voice.contact, at=voice.at, text=text.strip(), kept=True)
