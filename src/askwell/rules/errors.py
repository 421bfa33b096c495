"""Errors of the rules: one base, attributes instead of formatted text.

Theory of operation.  Whoever catches an error reads its attributes and words it for the
reader; ``str(error)`` is for logs and the command line.  Nothing here is raised for what a
user may try in good faith: that is a ``Decision``, not an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.rules.facts import Happening, State


class AskwellRuleError(Exception):
    """Base of every error the rules raise."""


class NotAllowedHere(AskwellRuleError):
    """The life cycle has no such move; nothing was changed."""

    def __init__(self, state: State, happening: Happening) -> None:
        super().__init__(f"an outreach that is {state} cannot take {happening}")
        self.state = state
        self.happening = happening


class UnknownPreset(AskwellRuleError):
    """No preset of that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"no preset {name!r}; there are: {', '.join(self.known)}")


class BadParameter(AskwellRuleError):
    """A preset's parameter is unknown or its value cannot be right."""

    def __init__(self, field: str, value: object, problem: str) -> None:
        super().__init__(f"{field} = {value!r}: {problem}")
        self.field = field
        self.value = value
        self.problem = problem


class BadCalendar(AskwellRuleError):
    """A calendar no day can be counted in: unknown zone, or no working day at all."""

    def __init__(self, zone: str, problem: str) -> None:
        super().__init__(f"calendar of {zone!r}: {problem}")
        self.zone = zone
        self.problem = problem


class BadFacts(AskwellRuleError):
    """A facts file cannot be read.  ``path`` names the place: ``relationships[2].talks``."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


class UnknownCode(AskwellRuleError):
    """A rule code or sentence key that is not in the catalogue."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no rule or sentence {code!r}")
        self.code = code
