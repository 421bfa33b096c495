"""What the lint takes and gives: severities, findings, fixes, context, numbers.

Theory of operation.  A finding says where and which rule, with a text key and numbers;
``texts`` makes the sentence.  Positions count characters of the text that was linted: for a
message parsed from a file, of the whole file; for one built from its parts, of that part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.facts import Leave

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float


class Severity(StrEnum):
    """How loud a finding is.  An error asks for a recorded reason before the message counts as ready."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Medium(StrEnum):
    """How the words travel, as far as their shape is concerned."""

    EMAIL = "email"
    LINKEDIN_NOTE = "linkedin_note"
    DM = "dm"
    PHONE_SCRIPT = "phone_script"


class Part(StrEnum):
    """The part of a message a finding points into."""

    SUBJECT = "subject"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace ``length`` characters from ``offset`` by ``text``."""

    offset: int
    length: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Edits in the coordinates of their finding, and a text key that names what they do."""

    edits: tuple[Edit, ...]
    label: str
    params: Mapping[str, Value] = field(default_factory=dict)

    def apply(self, text: str) -> str:
        """``text`` (the file, or the part when built from parts) with the edits made."""
        for edit in sorted(self.edits, key=lambda each: each.offset, reverse=True):
            text = text[: edit.offset] + edit.text + text[edit.offset + edit.length :]
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a rule speaks.  ``line`` and ``col`` count from 1, ``offset`` from 0.

    ``length`` is 0 when something is missing: the place is then where it could stand.
    """

    code: str
    severity: Severity
    part: Part
    line: int
    col: int
    offset: int
    length: int
    text: str
    params: Mapping[str, Value] = field(default_factory=dict)
    fix: Fix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the product knows while composing; all of it optional.

    ``hook`` is the homework line the message should lean on.  ``previous`` are texts sent to other
    people (for M06); ``earlier`` are the messages of this thread, oldest first (for M17).
    ``advice`` is what this person advised and the seeker acted on.
    """

    channel: Medium | None = None
    given: str = ""
    family: str = ""
    organization: str = ""
    seeker: str = ""
    referrer: str = ""
    leave: Leave = Leave.UNASKED
    hook: str = ""
    advice: str = ""
    previous: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    recipients: int = 1
    is_first: bool | None = None
    talked: bool = False  # a talk with this person was held
    resume_requested: bool = False
    senior_stranger: bool = False
    hiring_manager: bool = False
    volunteer: bool = False
    confidential: bool = False
    at_guarded_employer: bool = False
    zones_differ: bool = False
    outside_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LintParameters:
    """The numbers of the lint; ``catalogue`` says where each comes from."""

    first_words_low: int = 35
    first_words_warn: int = 125
    first_words_error: int = 150
    note_chars: int = 200
    note_chars_error: int = 300
    dm_chars: int = 800
    minutes: int = 20
    minutes_high: int = 30
    connection_within_sentences: int = 2
    who_sentences: int = 2
    questions_high: int = 3
    subject_chars: int = 60
    superlatives: int = 2
    sentence_words: int = 20
    follow_up_words: int = 60
    follow_up_call_words: int = 95  # spoken, with who is calling and whether it suits
    thanks_words: int = 120
    blurb_words: int = 100
    similarity: float = 0.9
