"""How near someone's work is to the goal: words in common, from 0 to 1.

Theory of operation.  Goal and work are cut into words, each word reduced to what its relatives
share (``engineer``, ``engineering``), and words of one trade count as one (``ux``, ``usability``).
Words that name half the world's jobs (``manager``) count little.  The shape is a default, ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from askwell.rules.goal import check_goal

if TYPE_CHECKING:
    from askwell.outreach.models import Goal

_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_ENDINGS = (
    "ational",
    "ations",
    "ation",
    "ings",
    "ing",
    "ers",
    "er",
    "ors",
    "or",
    "ists",
    "ist",
    "ies",
    "es",
    "s",
    "y",
)
_SHORTEST = 4
_IDLE = frozenset(
    {
        "a",
        "an",
        "and",
        "at",
        "for",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "senior",
        "junior",
        "lead",
        "head",
        "chief",
        "staff",
        "principal",
        "associate",
        "assistant",
        "intern",
        "trainee",
        "global",
        "regional",
        "vice",
        "i",
        "ii",
        "iii",
    }
)
_COMMON = frozenset(
    {"manag", "direct", "special", "consult", "offic", "execut", "coordinat", "partn", "work"}
    | {"system", "compan", "firm", "group", "organiz", "organis", "industr", "sect", "service", "servic"}
)
_FAMILIES = (
    "ux ui usability interaction experience",
    "swe software developer programmer coder backend frontend fullstack",
    "data analytics analyst analysis statistician statistics",
    "ml ai machinelearning",
    "hr people talent recruiting recruiter recruitment humanresources",
    "marketing brand growth communications",
    "finance financial banking investment banker treasury",
    "health healthcare hospital clinical medical medicine nurse nursing",
    "pharma pharmaceutical pharmaceuticals biotech biotechnology",
    "teacher teaching education school professor lecturer",
    "law legal lawyer attorney counsel paralegal",
    "supply logistics procurement purchasing",
    "sales account business-development",
    "energy renewable renewables solar wind utilities",
    "climate sustainability environment environmental esg",
    "nonprofit charity foundation ngo",
    "journalist journalism editor editorial reporter",
    "pm product",
)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


_FAMILY = {_stem(word): f"~{number}" for number, line in enumerate(_FAMILIES) for word in line.split()}


@lru_cache(maxsize=65536)
def words(text: str) -> frozenset[str]:
    """Cut a text into comparable words."""
    found = (word for word in _WORD.findall(text.casefold()) if word not in _IDLE)
    return frozenset(_FAMILY.get(stem, stem) for stem in map(_stem, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the goal asks for, as comparable words."""

    role: frozenset[str] = frozenset()
    field: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """The goal asks for nothing yet."""
        return not self.role and not self.field


def wanted_by(goal: Goal | None) -> Wanted:
    """Read role and field of a goal, from its own columns or from its text."""
    if goal is None:
        return Wanted()
    role, field = goal.role, goal.field
    if not role and not field:
        read = check_goal(goal.text)
        role, field = read.role or goal.text, read.field
    return Wanted(role=words(role), field=words(field))


def match(wanted: Wanted, *, title: str, headline: str = "", organization: str = "") -> float:
    """How much of the goal someone's work answers: role in the title, field anywhere."""
    if wanted.is_empty:
        return 0.0
    at_work = words(title) | words(headline)
    role = _share(wanted.role, at_work)
    field = _share(wanted.field, at_work | words(organization))
    if not wanted.field:
        return round(role, 3)
    if not wanted.role:
        return round(field, 3)
    return round(0.6 * role + 0.4 * field, 3)


def _share(wanted: frozenset[str], found: frozenset[str]) -> float:
    if not wanted:
        return 0.0
    weights = {word: 0.3 if word in _COMMON else 1.0 for word in wanted}
    return sum(weight for word, weight in weights.items() if word in found) / sum(weights.values())
