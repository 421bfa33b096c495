"""One message under examination, and what a check answers.

Theory of operation.  A ``Case`` holds the letter, the mode, the medium, the context and the
numbers; lazily it answers questions several checks share (is it English, does it ask for a
talk).  A check is a function of a case that yields ``Found`` values in body or subject
coordinates; the engine turns them into findings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askwell.rules.lint.letter import Letter, Sentence, count_words, without_stage_directions
from askwell.rules.lint.model import Context, Fix, LintParameters, Medium, Part, Severity, Value
from askwell.rules.modes import FIRST_MODES

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from askwell.rules.facts import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a check found.  ``start`` and ``end`` count in ``part``; equal where something is missing."""

    code: str
    severity: Severity
    text: str
    start: int = -1  # -1: where the core begins
    end: int = -1
    params: Mapping[str, Value] = field(default_factory=dict)
    part: Part = Part.BODY
    fix: Fix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A letter with everything its checks may ask."""

    letter: Letter
    mode: Mode
    medium: Medium
    medium_known: bool
    context: Context
    numbers: LintParameters

    @property
    def flat(self) -> str:
        """The whole body, flattened."""
        return self.letter.flat

    @property
    def spoken(self) -> str:
        """The core as read aloud: without stage directions."""
        core = self.letter.core
        return without_stage_directions(core) if self.medium is Medium.PHONE_SCRIPT else core

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of the core and of a postscript."""
        return self.letter.sentences

    @property
    def is_first(self) -> bool:
        """A first message to this person for this purpose."""
        if self.context.is_first is not None:
            return self.context.is_first
        return self.mode in FIRST_MODES

    @property
    def words(self) -> int:
        """Words of the core."""
        return count_words(self.spoken)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """The core or a postscript says it."""
        return any(pattern.search(sentence.text) for sentence in self.sentences)
