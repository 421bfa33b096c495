"""Saves in a row, as typing makes them, are one step back for undo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from askwell.people.models import Change

if TYPE_CHECKING:
    from askwell.people.journal import Journal

_SITTING = timedelta(minutes=30)


def join_with_last(log: Journal) -> None:
    """Fold the change just stored into the one before, where both only changed the same one row."""
    stored = log.stored
    if stored is None:
        return
    before = Change.objects.for_owner(log.owner).filter(id__lt=stored.pk).order_by("-id").first()
    if before is None or not _same_sitting(before, stored):
        return
    entry = _joined(before.entries[0], stored.entries[0])
    Change.objects.filter(pk=before.pk).update(entries=[entry], at=stored.at)
    stored.delete()
    log.stored = before


def _same_sitting(before: Change, after: Change) -> bool:
    alone = len(before.entries) == len(after.entries) == 1
    return (
        alone
        and before.undone_at is None
        and before.code == after.code
        and after.at - before.at <= _SITTING
        and before.entries[0][:3] == after.entries[0][:3]
        and after.entries[0][0] == "change"
    )


def _joined(before: list[Any], after: list[Any]) -> list[Any]:
    op, label, pk, was, became = after
    return [op, label, pk, {**was, **before[3]}, {**before[4], **became}]
