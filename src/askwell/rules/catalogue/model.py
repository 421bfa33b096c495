"""The shape of a rule in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.rules.severity import Severity

DEFAULT_OURS = "default, ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    ``parameters`` are fields of ``Preset``; ``sources`` are S0 to S4, names of handouts and books, or
    ``default, ours``; ``evidence`` are keys of evidence cards.
    """

    code: str
    title: str
    severity: Severity
    statement: str
    explanation: str
    parameters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


E, W, I = Severity.ERROR, Severity.WARNING, Severity.HINT  # noqa: E741 - as the tables read
