"""Preparation: whether a talk is ready to be held (P01 to P07).

Theory of operation.  The seeker's homework comes in as plain facts: what was read, how long the own
story is, which questions there are.  Out comes what is missing, each with its rule and severity;
only the goal is an error, everything else a warning or a hint.  A point may be skipped on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import Finding, because
from askwell.rules.facts import Channel, Mode
from askwell.rules.goal import check_goal
from askwell.rules.questions.model import Relation
from askwell.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.rules.decisions import Reason
    from askwell.rules.presets import Preset
    from askwell.rules.questions.model import OwnQuestion

HOMEWORK = ("profile", "site", "news", "common_ground")
ANSWERS = ("synopsis", "why_company", "why_function")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What the seeker has prepared.  ``done`` and ``skipped`` hold keys of ``HOMEWORK`` and ``ANSWERS``."""

    goal_text: str = ""
    done: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    story_words: int = 0
    questions: tuple[OwnQuestion, ...] = ()
    mode: Mode = Mode.INFORMATIONAL
    relation: Relation = Relation.STRANGER
    outcome_wanted: str = ""
    next_step_wanted: str = ""
    offer: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What is missing.  ``ready`` when nothing worse than a hint is left."""

    findings: tuple[Finding, ...] = ()

    @property
    def ready(self) -> bool:
        """Nothing but hints is left."""
        return all(finding.severity is Severity.HINT for finding in self.findings)

    @property
    def blocked(self) -> bool:
        """An error stands."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check_preparation(preparation: Preparation, *, preset: Preset) -> Readiness:
    """Say what is missing before the talk."""
    # Late: every command reads HOMEWORK from here, few need the bank of questions.
    from askwell.rules.questions.checking import check

    return Readiness(
        findings=(
            *_goal(preparation, preset),
            *_homework(preparation),
            *_story(preparation, preset),
            *check(
                preparation.questions, preset=preset, mode=preparation.mode, relation=preparation.relation
            ),
            *_aims(preparation),
        ),
    )


def wear(channel: Channel) -> Reason | None:
    """Say what to wear where one meets in person; nothing for a call (P09)."""
    return because("P09", "prepare.dress") if channel is Channel.IN_PERSON else None


def _warn(reason: Reason) -> Finding:
    return Finding(severity=Severity.WARNING, reason=reason)


def _goal(preparation: Preparation, preset: Preset) -> Iterator[Finding]:
    for reason in check_goal(preparation.goal_text, preset=preset).findings:
        yield Finding(severity=Severity.ERROR, reason=reason)


def _homework(preparation: Preparation) -> Iterator[Finding]:
    settled = preparation.done | preparation.skipped
    for point in HOMEWORK:
        if point not in settled:
            yield _warn(because("P02", f"prepare.{point}"))
    for point in ANSWERS:
        if point not in settled:
            yield _warn(because("P03", f"prepare.{point}"))


def _story(preparation: Preparation, preset: Preset) -> Iterator[Finding]:
    words, least, most = preparation.story_words, preset.story_words_min, preset.story_words_max
    if words > most:
        yield _warn(because("P03", "prepare.story_long", words=words, most=most))
    elif 0 < words < least:
        reason = because("P03", "prepare.story_short", words=words, least=least)
        yield Finding(severity=Severity.HINT, reason=reason)


def _aims(preparation: Preparation) -> Iterator[Finding]:
    if not preparation.outcome_wanted.strip() or not preparation.next_step_wanted.strip():
        yield _warn(because("P05", "prepare.aims"))
    if not preparation.offer.strip():
        yield Finding(severity=Severity.HINT, reason=because("P06", "prepare.offer"))
    if not preparation.confirmed:
        yield _warn(because("P07", "prepare.confirm"))
