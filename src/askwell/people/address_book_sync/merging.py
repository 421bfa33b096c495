"""What follows from three states of a card: last agreed, here, there.  Pure.

Theory of operation.  Each field is decided by itself.  What only one side changed goes to the other; what
both changed differently is asked.  Nothing is taken away on a side because it is missing on the other: a
value that one side removed is asked about too, and a value never agreed on that only one side has is new
there.  What was taken here and then undone is not sent back over what stands there, but asked.  So no value
leaves both sides without somebody having said so, and where nothing is asked both sides are equal afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True, slots=True)
class Value:
    """What a field says: two are equal when ``same`` is.  ``data`` are its parts, ``shown`` is for eyes."""

    same: str
    shown: str = field(compare=False)
    data: tuple[str, ...] = field(compare=False)


class Why(StrEnum):
    """Why somebody is asked."""

    DIFFERS = "differs"  # both changed it, or it was never agreed on
    REMOVED_THERE = "removed_there"
    REMOVED_HERE = "removed_here"


Fields = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Question:
    """A field to be settled by a person; None where a side does not have it."""

    key: str
    here: Value | None
    there: Value | None
    why: Why


@dataclass(slots=True)
class Merged:
    """What is to be done: taken from there, given there (None: removed), asked; and what is agreed now."""

    take: Fields = field(default_factory=dict)
    give: dict[str, Value | None] = field(default_factory=dict)
    ask: list[Question] = field(default_factory=list)
    agreed: Fields = field(default_factory=dict)  # once ``take`` is done here
    before: Fields = field(default_factory=dict)  # what stands here where something is taken


def merge(
    agreed: Mapping[str, Value],
    here: Mapping[str, Value],
    there: Mapping[str, Value],
    *,
    removing: Collection[str] = (),
    taken: Mapping[str, Value | None] | None = None,
) -> Merged:
    """Decide every field.

    ``removing``: those missing here that the user wants removed there.  ``taken``: what stood here before a
    field was taken from there; standing here again, it was undone.
    """
    found = Merged()
    before = taken or {}
    for key in sorted({*agreed, *here, *there}):
        base, mine, theirs = agreed.get(key), here.get(key), there.get(key)
        undone = key in before and mine is not None and mine == before[key] and theirs == base
        why = _decide(found, key, _States(base, mine, theirs), removing=key in removing)
        if why is None and undone and found.give.pop(key, None) is not None:
            why = Why.DIFFERS
        if key in found.take and mine is not None:
            found.before[key] = mine
        if why is not None:
            found.ask.append(Question(key, mine, theirs, why))
    return found


@dataclass(frozen=True, slots=True)
class _States:
    """The three states of one field."""

    base: Value | None
    here: Value | None
    there: Value | None


def _decide(found: Merged, key: str, of: _States, *, removing: bool) -> Why | None:
    """Note what is to be done with a field; why it has to be asked, where it has."""
    if of.here == of.there:
        _agree(found, key, of.here)
        return None
    if of.there is not None and (of.here == of.base or _says_nothing(of.here)):
        found.take[key] = of.there
        _agree(found, key, of.there)
        return None
    _agree(found, key, of.base)
    if of.here is None:
        if not removing or of.there != of.base:
            return Why.REMOVED_HERE
        found.give[key] = None
        return None
    if of.there is None and of.base is not None:
        return Why.REMOVED_THERE
    if of.there == of.base or _says_nothing(of.there):
        found.give[key] = of.here
        return None
    return Why.DIFFERS


def _says_nothing(value: Value | None) -> bool:
    """An address that is there without a label contradicts no label."""
    return value is not None and not value.same


def _agree(found: Merged, key: str, value: Value | None) -> None:
    if value is not None:
        found.agreed[key] = value
