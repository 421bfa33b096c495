"""Reflection: six questions after a talk, and never deciding on one voice (C07, P08).

Theory of operation.  The six are S2's, in our words.  Nobody should choose or drop an occupation on
one person's opinion: until enough people have been heard, a hint says how many it is so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import because

if TYPE_CHECKING:
    from collections.abc import Mapping

    from askwell.rules.decisions import Reason
    from askwell.rules.presets import Preset

QUESTIONS = ("learnt", "liked", "concerns", "advice", "other_work", "happy_there")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """How far a reflection has come."""

    answered: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """All six have an answer."""
        return not self.open


def reflection_of(answers: Mapping[str, str]) -> Reflection:
    """Read answers by question key; empty ones count as open, unknown keys are left alone."""
    answered = tuple(key for key in QUESTIONS if answers.get(key, "").strip())
    return Reflection(answered=answered, open=tuple(key for key in QUESTIONS if key not in answered))


def compare_hint(conversations: int, *, preset: Preset) -> Reason | None:
    """Hint while fewer people have been heard about an occupation than a decision asks for."""
    if conversations >= preset.conversations_needed:
        return None
    if not conversations:
        return because("P08", "reflect.nobody", needed=preset.conversations_needed)
    return because("P08", "reflect.compare", count=conversations, needed=preset.conversations_needed)
