"""What rests on a change, so that taking it back out of its turn destroys nothing.

Theory of operation.  Changes may be taken back in any order, as long as each later one can still be
taken back too.  So a later change, not taken back itself, stands in the way where it wrote to a row this
one made, wrote the same column of a row, removed such a row, or holds a link to a row this one made
among the values it would bring back.  Rows that simply are there and point at what would go are found
by the database's own relations (``journal``), for these may have come without the journal too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from askwell.people.models import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
Keys = dict[str, set[int]]
Place = tuple[str, int]  # model label, key
_MANY = 500


def later_upon(change: Change, own: Keys) -> Place | None:
    """Name a row of this change that a later one rests on; None where all of it may go.

    ``own`` are the rows it made, by model.
    """
    written = _written(change.entries)
    later = Change.objects.filter(owner_id=change.owner_id, undone_at=None, pk__gt=change.pk).order_by("-pk")
    for entries in later.values_list("entries", flat=True).iterator(chunk_size=20):
        for op, label, pk, before, after in entries:
            if op == "delete":
                found = _of_removed(before, own, written)
            elif op == "change":
                found = _of_changed((label, pk), before, after, own=own, written=written)
            else:
                continue
            if found:
                return found
    return None


def _written(entries: list[list[Any]]) -> dict[Place, set[str]]:
    """Give the columns a change wrote, by row."""
    found: dict[Place, set[str]] = {}
    for op, label, pk, _before, after in entries:
        if op == "change":
            found.setdefault((label, pk), set()).update(after)
    return found


def _of_changed(
    row: Place, before: Row, after: Row, *, own: Keys, written: dict[Place, set[str]]
) -> Place | None:
    label, pk = row
    if pk in own.get(label, ()) or written.get(row, set()) & after.keys():
        return row
    return _linked(label, before, own) or _linked(label, after, own)


def _of_removed(stored: list[list[Any]], own: Keys, written: dict[Place, set[str]]) -> Place | None:
    for label, pk, row in stored:
        if pk in own.get(label, ()) or (label, pk) in written:
            return label, pk
        if found := _linked(label, row, own):
            return found
    return None


def _linked(label: str, values: Row, own: Keys) -> Place | None:
    """Name the row of ``own`` these values point at."""
    for name, target in _links(label):
        if values.get(name) in own.get(target, ()):
            return target, values[name]
    return None


@cache
def _links(label: str) -> tuple[tuple[str, str], ...]:
    """Give the columns of a model that hold a key, each with the model it is of."""
    fields = apps.get_model(label)._meta.concrete_fields
    return tuple((field.attname, _target(field)) for field in fields if isinstance(field, models.ForeignKey))


def _target(field: Any) -> str:
    label: str = field.related_model._meta.label_lower
    return label


def lost_link(entries: list[list[Any]]) -> Place | None:
    """Name a row that values brought back point at, and that is not there any more; None where all are."""
    wanted: Keys = {}
    for label, values in _brought_back(entries):
        for name, target in _links(label):
            if values.get(name) is not None:
                wanted.setdefault(target, set()).add(values[name])
    for label, keys in wanted.items():
        manager, ordered = apps.get_model(label)._base_manager, sorted(keys)
        for start in range(0, len(ordered), _MANY):
            part = ordered[start : start + _MANY]
            if missing := set(part) - set(manager.filter(pk__in=part).values_list("pk", flat=True)):
                return label, min(missing)
    return None


def _brought_back(entries: list[list[Any]]) -> Iterator[tuple[str, Row]]:
    for op, label, _pk, before, _after in entries:
        if op == "change":
            yield label, before
        elif op == "delete":
            for kind, _key, row in before:
                yield kind, row
