"""What can go wrong when an action is asked for: one base, attributes instead of formatted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.rules.decisions import Decision
    from askwell.rules.facts import Happening, State


class OutreachError(Exception):
    """Base of every error an action or a query here raises.  Nothing was changed."""


class Refused(OutreachError):
    """The rules do not allow it now.

    ``decision`` holds every refusal with its reason; ``overridable`` says whether reasons written
    down by the seeker (``overrides={rule code: reason}``) would let it pass.
    """

    def __init__(self, decision: Decision) -> None:
        rules = ", ".join(refusal.reason.rule for refusal in decision.refusals)
        super().__init__(f"refused by {rules}")
        self.decision = decision

    @property
    def overridable(self) -> bool:
        """Would reasons written down by the seeker let it pass?"""
        return not self.decision.forbidden


class NeedsMore(OutreachError):
    """Cannot be done with one click: call ``action`` (a name in ``outreach.actions``) with ``wanted``."""

    def __init__(self, action: str, wanted: tuple[str, ...] = ()) -> None:
        super().__init__(f"{action} needs {', '.join(wanted) or 'more'}")
        self.action = action
        self.wanted = wanted


class NotFound(OutreachError):
    """No such thing in this notebook.  ``kind`` and ``key`` say what was looked for."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"no {kind} {key}")
        self.kind = kind
        self.key = key


class OutOfOrder(OutreachError):
    """The life cycle has no such move from where things stand."""

    def __init__(self, state: State | str, happening: Happening | str) -> None:
        super().__init__(f"{happening} cannot happen while {state}")
        self.state = state
        self.happening = happening


class BadValue(OutreachError):
    """A value that cannot be right.  ``field`` names it, ``problem`` is a stable code: ``unknown-zone``."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem
