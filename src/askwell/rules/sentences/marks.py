"""Marks for the sentences of the rules: what the translators' tools look for, and the two forms of a number.

Theory of operation.  ``_`` and ``ngettext`` do nothing but mark; the renderer translates.  They stand in a
module of their own so that sentences may be kept in several.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence with one form for one and another for many; ``by`` names the number that decides."""

    one: str
    many: str
    by: str


def _(text: str) -> str:
    """Mark a sentence for translation; the renderer translates."""
    return text


def ngettext(one: str, many: str, by: str) -> Plural:
    """Mark both forms of a sentence; ``by`` names the number that decides."""
    return Plural(one, many, by)
