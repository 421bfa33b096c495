"""The message lint: codes, places, sentences and fixes for the letters people send."""

from __future__ import annotations

from askwell.rules.facts import Mode
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


# The engine compiles some hundred patterns when it is imported: only whoever lints waits for that.


def lint(
    text: str | Message,
    *,
    mode: Mode = Mode.INFORMATIONAL,
    context: Context | None = None,
    parameters: LintParameters | None = None,
) -> list[Finding]:
    """Give what is to be said of a letter, in the order of its text; see ``engine.lint``."""
    from askwell.rules.lint import engine

    return engine.lint(text, mode=mode, context=context, parameters=parameters)


def guess_medium(message: Message, flat: str | None = None) -> Medium:
    """Guess how a letter travels from how it is written; see ``engine.guess_medium``."""
    from askwell.rules.lint import engine

    return engine.guess_medium(message, flat)
