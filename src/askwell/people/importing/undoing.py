"""A whole import taken back, without taking what was used since.

Theory of operation.  A contact the import brought is *used* when something later speaks of it: a row
another change made, or a later change of one of its rows.  Used contacts stay whole, with the
organizations and tags they need; everything else the import brought goes, and columns it filled are
emptied again unless they were changed since.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction

from askwell.people.errors import WrongState
from askwell.people.importing.batches import remove_files
from askwell.people.journal import (
    CannotUndo,
    Keys,
    created_keys,
    is_derived,
    parts,
    places_made,
    restore_fields,
    restore_rows,
    settle_undo,
)
from askwell.people.models import Change, Contact, Import, ImportState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_MOST_NAMED = 200
_NOT_TIES = frozenset({"people.review", "people.contact"})  # two contacts beside each other, not one's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing an import did: how many contacts went, and who stayed because they were used."""

    removed: int
    kept: tuple[tuple[int, str], ...]  # (key, name), up to 200
    kept_count: int


def undo_import(batch: Import, *, now: datetime) -> Undone:
    """Take an import back.  Contacts used since stay and are named.  Raises WrongState."""
    change = batch.change
    if batch.state != ImportState.DONE or (change is not None and change.undone_at):
        raise WrongState(state="undone" if change is not None and change.undone_at else batch.state)
    with transaction.atomic():
        done = _take_back(change, now=now) if change is not None else Undone(removed=0, kept=(), kept_count=0)
        batch.summary = {
            **batch.summary,
            "undone": {"removed": done.removed, "kept": list(done.kept), "kept_count": done.kept_count},
        }
        batch.save(update_fields=["summary"])
    remove_files(batch)
    return done


def _take_back(change: Change, *, now: datetime) -> Undone:
    own = created_keys(change)
    left = places_made(own)
    kept = _Keeping(change, own).run()
    touched: set[int] = set()
    removed = 0
    for op, label, pk, before, after in reversed(change.entries):
        model = apps.get_model(label)
        if op == "change":
            touched |= _restore(change, model, pk, before, after)
        elif op == "delete":
            touched |= restore_rows(before)
        else:
            going = [key for key in (pk if op == "create_many" else [pk]) if key not in kept[label]]
            removed += _others(going) if model is Contact else 0
            touched |= _remove(model, going)
    named = Contact.objects.filter(pk__in=sorted(kept["people.contact"])[:_MOST_NAMED], is_self=False)
    settle_undo(change, touched | kept["people.contact"], now=now, left=left)
    return Undone(
        removed=removed,
        kept=tuple(named.order_by("sort_key").values_list("pk", "name")),
        kept_count=_others(sorted(kept["people.contact"])),
    )


def _others(keys: list[int]) -> int:
    """Count the contacts that are not the seeker, whom the archive brought along."""
    return sum(Contact.objects.filter(pk__in=part, is_self=False).count() for part in parts(keys))


def _restore(change: Change, model: Any, pk: int, before: Any, after: Any) -> set[int]:
    try:
        return restore_fields(change, model, pk, before=before, after=after)
    except CannotUndo:
        return set()  # changed since: the later word stands


def _remove(model: Any, keys: list[int]) -> set[int]:
    touched: set[int] = set()
    for part in parts(keys):
        rows = model._base_manager.filter(pk__in=part)
        for field in _contact_fields(model):
            touched.update(rows.exclude(**{field.name: None}).values_list(field.attname, flat=True))
        if model is Contact:
            rows.delete()  # derived rows hang on contacts
        else:
            rows._raw_delete("default")  # noqa: SLF001 - nothing that stays points here: ``_Keeping`` saw to it
    return touched


def _contact_fields(model: Any) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Contact
    ]


class _Keeping:
    """Finds which rows of an import must stay."""

    def __init__(self, change: Change, own: Keys) -> None:
        self.change, self.own = change, own
        self.kept: Keys = defaultdict(set)
        self.ties: list[tuple[str, str, list[tuple[int, int]]]] = []  # (label, target label, pairs)

    def run(self) -> Keys:
        self._changed_later()
        for label in self.own:
            self._pointed_at(label)
        self._load_ties()
        while self._spread():
            pass
        return self.kept

    def _changed_later(self) -> None:
        """Rows a later change touched stay; a contact that lost a row later is used."""
        later = Change.objects.filter(owner_id=self.change.owner_id, undone_at=None, pk__gt=self.change.pk)
        for entries in later.values_list("entries", flat=True).iterator(chunk_size=20):
            for op, label, pk, before, _after in entries:
                if op == "change" and pk in self.own.get(label, ()):
                    self.kept[label].add(pk)
                elif op == "delete":
                    self._lost_later(before)

    def _lost_later(self, stored: list[list[Any]]) -> None:
        people = self.own.get("people.contact", set())
        for label, pk, row in stored:
            if pk in self.own.get(label, ()) and row.get("contact_id") in people:
                self.kept["people.contact"].add(row["contact_id"])

    def _pointed_at(self, label: str) -> None:
        """Rows that others point at stay: a touch sent, a tag given, a job added."""
        mine = self.own[label]
        for relation in apps.get_model(label)._meta.related_objects:
            found, field = relation.related_model, relation.field
            if is_derived(found):
                continue
            theirs = self.own.get(found._meta.label_lower, set())
            for pk, target in _pairs(found, field, mine):
                if pk not in theirs:
                    self.kept[label].add(target)

    def _load_ties(self) -> None:
        for label, keys in self.own.items():
            model = apps.get_model(label)
            for field in model._meta.concrete_fields:
                target = field.related_model._meta.label_lower if isinstance(field, models.ForeignKey) else ""
                if target in self.own:
                    pairs = [(pk, to) for pk, to in _pairs(model, field, self.own[target]) if pk in keys]
                    self.ties.append((label, target, pairs))

    def _spread(self) -> bool:
        """What a kept row points at stays, and so does everything that is a kept contact's own."""
        before = sum(map(len, self.kept.values()))
        people = self.kept["people.contact"]
        for label, target, pairs in self.ties:
            mine, theirs = self.kept[label], self.kept[target]
            own_row = target == "people.contact" and label not in _NOT_TIES
            for pk, to in pairs:
                if pk in mine:
                    theirs.add(to)
                elif own_row and to in people:
                    mine.add(pk)
        return sum(map(len, self.kept.values())) > before


def _pairs(model: Any, field: Any, targets: set[int]) -> Iterator[tuple[int, int]]:
    """Give (row, target) for every row that points at one of ``targets``."""
    if not targets:
        return
    between = {f"{field.name}__gte": min(targets), f"{field.name}__lte": max(targets)}
    rows = model._base_manager.filter(**between).values_list("pk", field.attname)
    for pk, target in rows.iterator(chunk_size=5000):
        if target in targets:
            yield pk, target
