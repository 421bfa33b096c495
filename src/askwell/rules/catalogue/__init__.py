"""The catalogue: every rule, with its severity, parameters, sources and why.

Theory of operation.  One table per family of codes, gathered here by code.  Decisions carry a code; a
page, a tool tip or the reference in the documentation looks it up here.  The rules of messages
(M01 and on) are registered by ``lint.catalogue`` and looked up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.catalogue.asking import ASKING
from askwell.rules.catalogue.keeping import KEEPING
from askwell.rules.catalogue.model import DEFAULT_OURS, Rule
from askwell.rules.catalogue.talking import TALKING
from askwell.rules.errors import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT_OURS", "RULES", "Rule", "rule"]

RULES: Mapping[str, Rule] = {
    one.code: one for one in sorted((*ASKING, *TALKING, *KEEPING), key=lambda one: one.code)
}


def rule(code: str) -> Rule:
    """Look a rule up.  Raises ``UnknownCode``."""
    try:
        return RULES[code]
    except KeyError:
        raise UnknownCode(code) from None
