"""Why two records are taken for one person: their levels in words, the weightiest first."""

from __future__ import annotations

from askwell.graph.same_person import fields as f

_WORDS = {
    f.EXACT: "same {}",
    f.NEAR: "nearly the same {}",
    f.ALIAS: "another form of the {}",
    f.WEAK: "{} somewhat alike",
    f.DIFFER: "different {}",
}
_LABELS = {
    "given": "given name",
    "family": "family name",
    "middle": "middle name",
    "email": "e-mail address",
    "phone": "phone number",
    "url": "profile",
    "number": "identity number",
    "house": "house number",
    "locality": "second line of the address",
    "year": "school year",
}
SWAPPED = "given and family name exchanged"
MOST_FOR, MOST_AGAINST = 6, 3


def reasons_of(levels: list[int], weights: list[list[float]], *, swapped: bool) -> list[str]:
    """Say what speaks for one person, the weightiest first, and what against.

    ``levels`` one for each field, ``weights`` as in ``Model``.
    """
    told = [field for field, level in enumerate(levels) if level != f.MISSING]
    speaking = [field for field in told if levels[field] >= f.ALIAS]
    speaking.sort(key=lambda field: -_weight(field, levels[field], weights))
    against = [field for field in told if levels[field] == f.DIFFER][:MOST_AGAINST]
    named = [_WORDS[levels[field]].format(_label(field)) for field in (*speaking[:MOST_FOR], *against)]
    return [*([SWAPPED] if swapped else []), *named]


def _weight(field: int, level: int, weights: list[list[float]]) -> float:
    """Give how much a level usually says; of equal values, how rare they are thought to be."""
    rarity = -f.FIELDS[field].strangers[3] if level == f.EXACT else 0.0
    return 100.0 + rarity if level == f.EXACT else weights[field][level]


def _label(field: int) -> str:
    return _LABELS.get(f.NAMES[field], f.NAMES[field])
