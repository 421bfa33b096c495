"""The message lint: codes, places, sentences and fixes for the letters people send."""

from askwell.rules.lint.engine import guess_medium, lint
from askwell.rules.lint.message import Message, parse_message
from askwell.rules.lint.model import (
    Context,
    Edit,
    Finding,
    Fix,
    LintParameters,
    Medium,
    Part,
    Severity,
)
from askwell.rules.lint.texts import TEXTS, explain, explain_fix

__all__ = [
    "TEXTS",
    "Context",
    "Edit",
    "Finding",
    "Fix",
    "LintParameters",
    "Medium",
    "Message",
    "Part",
    "Severity",
    "explain",
    "explain_fix",
    "guess_medium",
    "lint",
    "parse_message",
]
