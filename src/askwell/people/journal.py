"""The journal: every write goes through it, so every write can be undone.

Theory of operation.  An action opens ``journal(...)`` and writes only through it.  The journal
notes each row it made, changed or removed and, when the block ends, stores one ``Change`` in the
same transaction.  ``undo`` walks the entries backwards.  It refuses when a row has moved on since, or
when a later change rests on it (``CannotUndo``), so that undoing never destroys something later, and the
later ones can still be taken back.

Derived rows (steps, search terms) are not journalled: whoever derives them registers with
``hooks.on_change`` and is told, inside the transaction, which contacts were touched, and which
organizations somebody came from: people there may rest on who else is.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError

from askwell.people.bulk import insert
from askwell.people.hooks import objectors, refreshers
from askwell.people.models import Change, Contact, Organization, Position, Tag, Tagging
from askwell.people.resting import later_upon, lost_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from django.contrib.auth.base_user import AbstractBaseUser

Row = dict[str, Any]
Keys = dict[str, set[int]]  # model label -> primary keys
Entries = list[list[Any]]  # [what was done, model label, key or keys, before, after]
_JOB = "people.position"
PART = 500  # rows a query, below every database's limit on parameters
T = TypeVar("T", bound=models.Model)
# What the derivers shall be told at the end of ``refreshed_once``: kinds, contacts, places.
_Changed = tuple["AbstractSet[str] | None", "AbstractSet[int]", "AbstractSet[int]"]
_WAITING: ContextVar[list[_Changed] | None] = ContextVar("waiting", default=None)
# Keys of what was stored within ``as_one``; of what another worker stores meanwhile nothing is known here.
_MADE: ContextVar[set[int] | None] = ContextVar("made", default=None)


class CannotUndo(Exception):
    """Something later rests on what would be undone.  ``model`` and ``pk`` name the row."""

    def __init__(self, change: Change, model: str, pk: int) -> None:
        super().__init__(f"{change.code} cannot be undone: {model} {pk} has changed since")
        self.change, self.model, self.pk = change, model, pk


def refresh(
    owner: AbstractBaseUser,
    contacts: set[int],
    *,
    now: datetime,
    entries: Entries | None = None,
    left: AbstractSet[int] = frozenset(),
) -> None:
    """Tell the registered derivers that these contacts changed: those that rest on the kinds written.

    ``left`` names organizations somebody was at, beside those the entries tell of.
    """
    kinds = None if entries is None else _kinds(entries)
    places = left | _places_of(entries or [])
    waiting = _WAITING.get()
    if waiting is not None:
        waiting.append((kinds, contacts, places))
        return
    _tell(owner, kinds, contacts, places, now=now)


def _tell(
    owner: AbstractBaseUser,
    kinds: AbstractSet[str] | None,
    contacts: set[int],
    places: AbstractSet[int],
    *,
    now: datetime,
) -> None:
    for refresher in refreshers(kinds):
        refresher(owner=owner, contacts=contacts, places=places, now=now)


@contextmanager
def refreshed_once(owner: AbstractBaseUser, *, now: datetime) -> Iterator[None]:
    """Make derived rows anew once, when the block ends, and not after every change in it.

    For many actions in a row by this owner alone: inside, steps, standings and search terms stay as they
    were.
    """
    waiting: list[_Changed] = []
    with transaction.atomic():
        before = _WAITING.set(waiting)
        try:
            yield
        finally:
            _WAITING.reset(before)
        if not waiting:
            return
        kinds = {kind for told, _contacts, _places in waiting for kind in told or ()}
        contacts = {pk for _kinds, some, _places in waiting for pk in some}
        places = {pk for _kinds, _contacts, some in waiting for pk in some}
        every = any(told is None for told, _contacts, _places in waiting)
        _tell(owner, None if every else kinds, contacts, places, now=now)


def _places_of(entries: Entries) -> set[int]:
    """Name the organizations that jobs changed or removed here were at, before and after."""
    found: set[int | None] = set()
    for op, label, _pk, before, after in entries:
        if op == "delete":
            rows = [row for kind, _key, row in before if kind == _JOB]
        else:
            rows = [row for row in (before, after) if row] if label == _JOB else []
        found.update(row.get("organization_id") for row in rows)
    return {place for place in found if place is not None}


def places_made(own: Keys) -> set[int]:
    """Name the organizations of jobs a change made: asked before they are taken back."""
    found: set[int] = set()
    for part in parts(sorted(own.get(_JOB, ()))):
        jobs = Position.objects.filter(pk__in=part, organization__isnull=False)
        found.update(jobs.values_list("organization_id", flat=True))
    return found


def _kinds(entries: Entries) -> set[str]:
    """Name the models these entries wrote to."""
    kinds = {label for _op, label, *_rest in entries}
    for op, _label, _pk, before, _after in entries:
        if op == "delete":
            kinds.update(label for label, _key, _stored in before)
    return kinds


class Exact(DjangoJSONEncoder):
    """Keeps a moment whole, where Django's own cuts it to thousandths of a second."""

    def default(self, o: Any) -> Any:
        """Write what JSON has no kind for."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _plain(values: Row, encoder: type[json.JSONEncoder] = Exact) -> Row:
    """Make values JSON can hold, the way they will be read back: a moment of any zone in UTC."""
    told = {name: value.astimezone(UTC) if _is_moment(value) else value for name, value in values.items()}
    loaded: Row = json.loads(json.dumps(told, cls=encoder))
    return loaded


def _holds(obj: models.Model, after: Row) -> bool:
    """Does the row still hold these values?  To the thousandth of a second: older changes kept no more."""
    has = {name: getattr(obj, name) for name in after}
    left = _plain(has, DjangoJSONEncoder)
    return left == _plain(_python(type(obj), after), DjangoJSONEncoder)


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _row(obj: models.Model) -> Row:
    return _plain({field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields})


def _python(model: type[models.Model], row: Row) -> Row:
    """Turn stored values back into what the fields hold."""
    return {name: _column(model, name).to_python(value) for name, value in row.items()}


def _column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return cast("models.Field[Any, Any]", model._meta.get_field(name))


def _contacts_of(obj: models.Model) -> set[int]:
    """Which contacts a row speaks of: itself, or every key it holds to one."""
    return {key for name in _contact_columns(type(obj)) if (key := getattr(obj, name))}


@cache
def _contact_columns(model: type[models.Model]) -> tuple[str, ...]:
    if model is Contact:
        return ("pk",)
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Contact
    )


class Journal:
    """Writes rows and remembers how to take each writing back."""

    def __init__(self, owner: AbstractBaseUser, *, now: datetime, params: Row | None = None) -> None:
        self.owner, self.now = owner, now
        self.params: Row = dict(params or {})  # may be added to until the block ends
        self.entries: Entries = []
        self.contacts: set[int] = set()
        self.stored: Change | None = None  # set when the block has ended

    def touch(self, *contacts: int) -> None:
        """Say that these contacts' derived rows must be made anew."""
        self.contacts.update(contacts)

    def create(self, obj: T) -> T:
        """Insert one row."""
        obj.save(force_insert=True)
        self.entries.append(["create", obj._meta.label_lower, obj.pk, None, None])
        self.contacts |= _contacts_of(obj)
        return obj

    def create_many(self, objs: Sequence[T]) -> list[T]:
        """Insert many rows of one model; they get their keys."""
        if not objs:
            return []
        keys = insert(objs)
        self.entries.append(["create_many", objs[0]._meta.label_lower, keys, None, None])
        for name in _contact_columns(type(objs[0])):
            self.contacts.update(key for obj in objs if (key := getattr(obj, name)))
        return list(objs)

    def change(self, obj: models.Model, **values: Any) -> bool:
        """Write only the fields that differ; False when nothing did."""
        model = type(obj)
        attnames = {_column(model, name).attname: value for name, value in values.items()}
        attnames = {n: getattr(v, "pk", v) if isinstance(v, models.Model) else v for n, v in attnames.items()}
        fresh = {name: value for name, value in attnames.items() if getattr(obj, name) != value}
        if not fresh:
            return False
        self.contacts |= _contacts_of(obj)
        before = _plain({name: getattr(obj, name) for name in fresh})
        for name, value in fresh.items():
            setattr(obj, name, value)
        obj.save(update_fields=list(fresh))
        self.contacts |= _contacts_of(obj)
        self.entries.append(["change", obj._meta.label_lower, obj.pk, before, _plain(fresh)])
        return True

    def delete(self, obj: models.Model) -> None:
        """Remove a row and all that hangs on it; all of it comes back on undo."""
        self.delete_many([obj])

    def delete_many(self, objs: Sequence[models.Model]) -> None:
        """Remove rows of one model and all that hangs on them, as one entry."""
        if not objs:
            return
        label, keys = objs[0]._meta.label_lower, [obj.pk for obj in objs]
        collector = Collector(using=objs[0]._state.db or "default")
        collector.collect(objs)
        rows = _going(collector)
        going = {(row._meta.label_lower, row.pk) for row in rows}
        for field_key, field_rows in collector.field_updates.items():
            self._note_cleared(field_key, field_rows, going)
        for row in rows:
            self.contacts |= _contacts_of(row)
        stored = [[row._meta.label_lower, row.pk, _row(row)] for row in rows if not is_derived(row)]
        self.entries.append(["delete", label, keys[0] if len(keys) == 1 else keys, stored, None])
        collector.delete()

    def _note_cleared(self, key: Any, groups: Any, going: set[tuple[str, Any]]) -> None:
        field, value = key
        for group in groups:
            for row in group:
                if (row._meta.label_lower, row.pk) in going:
                    continue  # it comes back as it was
                before = _plain({field.attname: getattr(row, field.attname)})
                after = _plain({field.attname: value})
                self.entries.append(["change", row._meta.label_lower, row.pk, before, after])
                self.contacts |= _contacts_of(row)


def _going(collector: Collector) -> list[models.Model]:
    """Rows that are to be removed, dependants first; each once, however many ways lead to it."""
    collector.sort()
    rows = [row for model_rows in collector.data.values() for row in model_rows]
    rows += [row for queryset in collector.fast_deletes for row in queryset]
    return list({(row._meta.label_lower, row.pk): row for row in rows}.values())


DERIVED = frozenset({"people.searchterm", "outreach.step", "outreach.standing"})


def is_derived(row: models.Model | type[models.Model]) -> bool:
    """Say whether rows like this one are made anew from others, and so not journalled."""
    return row._meta.label_lower in DERIVED


@contextmanager
def journal(
    owner: AbstractBaseUser, code: str, *, now: datetime, params: Row | None = None
) -> Iterator[Journal]:
    """Open one undoable action; all of it happens, or none."""
    with transaction.atomic():
        log = Journal(owner, now=now, params=params)
        yield log
        if log.entries:
            log.stored = Change.objects.create(
                owner_id=owner.pk, code=code, params=_plain(log.params), entries=log.entries, at=now
            )
            if (made := _MADE.get()) is not None:
                made.add(log.stored.pk)
        if log.entries or log.contacts:
            refresh(owner, log.contacts, now=now, entries=log.entries)


@contextmanager
def as_one(owner: AbstractBaseUser, *, named_by_first: bool = False) -> Iterator[None]:
    """Make all that is done in the block one step back for undo, named by what was done last, or first."""
    keys: set[int] = set()
    outer = _MADE.set(keys)
    try:
        with transaction.atomic():
            yield
            _join(owner, keys, first=named_by_first)
    finally:
        _MADE.reset(outer)
    if (around := _MADE.get()) is not None:
        around |= keys


def _join(owner: AbstractBaseUser, keys: set[int], *, first: bool) -> None:
    made = list(Change.objects.for_owner(owner).filter(pk__in=keys).order_by("pk"))
    if len(made) < 2:  # noqa: PLR2004
        return
    kept = made[0 if first else -1]
    kept.entries = [entry for change in made for entry in change.entries]
    kept.save(update_fields=["entries"])
    Change.objects.filter(pk__in={change.pk for change in made} - {kept.pk}).delete()


def last_change(owner: AbstractBaseUser) -> Change | None:
    """Give the newest action not yet undone."""
    found: Change | None = Change.objects.for_owner(owner).filter(undone_at=None).order_by("-id").first()
    return found


def undo(change: Change, *, now: datetime) -> set[int]:
    """Take one action back, whole.  Gives the contacts touched.  Raises CannotUndo; then nothing changed."""
    with transaction.atomic():
        own = created_keys(change)
        if upon := later_upon(change, own) or _objection(change):
            raise CannotUndo(change, *upon)
        left = places_made(own)
        contacts: set[int] = set()
        for entry in reversed(change.entries):
            contacts |= _take_back(change, own, *entry)
        if lost := lost_link(change.entries):
            raise CannotUndo(change, *lost)
        return settle_undo(change, contacts, now=now, left=left)


def _objection(change: Change) -> tuple[str, int] | None:
    return next((found for objects in objectors() if (found := objects(change))), None)


def settle_undo(
    change: Change, contacts: set[int], *, now: datetime, left: AbstractSet[int] = frozenset()
) -> set[int]:
    """Note that a change is undone and have derived rows made anew; the contacts still there.

    ``left`` is ``places_made`` of what was taken back.
    """
    change.undone_at = now
    change.save(update_fields=["undone_at"])
    alive = {
        pk
        for part in parts(sorted(contacts))
        for pk in Contact.objects.filter(pk__in=part).values_list("pk", flat=True)
    }
    refresh(change.owner, alive, now=now, entries=change.entries, left=left)
    return alive


def parts(keys: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """Cut keys into runs short enough for one query."""
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _take_back(change: Change, own: Keys, op: str, label: str, pk: Any, before: Any, after: Any) -> set[int]:
    model = apps.get_model(label)
    try:
        if op == "change":
            return restore_fields(change, model, pk, before=before, after=after)
        if op == "delete":
            return restore_rows(before)
        return _remove_created(change, own, model, pk if op == "create_many" else [pk])
    except (IntegrityError, ProtectedError) as error:  # its place is taken, or somebody else needs it
        raise CannotUndo(change, label, pk[0] if isinstance(pk, list) else pk) from error


def restore_fields(change: Change, model: Any, pk: int, *, before: Row, after: Row) -> set[int]:
    """Put columns back as they were; the contacts touched.  Raises CannotUndo when they moved on."""
    obj = model._default_manager.filter(pk=pk).first()
    if obj is None or not _holds(obj, after):
        raise CannotUndo(change, model._meta.label_lower, pk)
    contacts = _contacts_of(obj)
    for name, value in _python(model, before).items():
        setattr(obj, name, value)
    obj.save(update_fields=list(before))
    return contacts | _contacts_of(obj) | _people_with(obj)


def _people_with(obj: models.Model) -> set[int]:
    """Give whose rows rest on the columns of this organization or tag."""
    if isinstance(obj, Organization):
        return set(Position.objects.filter(organization=obj).values_list("contact_id", flat=True))
    if isinstance(obj, Tag):
        return set(Tagging.objects.filter(tag=obj).values_list("contact_id", flat=True))
    return set()


def restore_rows(stored: list[list[Any]]) -> set[int]:
    """Bring removed rows back, with the keys they had; the contacts they speak of."""
    contacts: set[int] = set()
    # The collector lists dependants first; what they hang on must exist before them.
    for label, _pk, row in reversed(stored):
        model = apps.get_model(label)
        obj = model(**_python(model, row))
        obj.save(force_insert=True)
        contacts |= _contacts_of(obj)
    return contacts


def _remove_created(change: Change, own: Keys, model: Any, pks: list[int]) -> set[int]:
    contacts: set[int] = set()
    for part in parts(pks):
        contacts |= _remove_part(change, own, model, part)
    return contacts


def _remove_part(change: Change, own: Keys, model: Any, pks: Sequence[int]) -> set[int]:
    objs = list(model._default_manager.filter(pk__in=pks))
    if len(objs) != len(pks):
        raise CannotUndo(change, model._meta.label_lower, min(set(pks) - {obj.pk for obj in objs}))
    contacts: set[int] = set()
    for obj in objs:
        contacts |= _contacts_of(obj)
    collector = Collector(using="default")
    collector.collect(objs)
    for found, rows in collector.data.items():
        if not is_derived(found):
            _refuse_strangers(change, own, found, (row.pk for row in rows))
    for queryset in collector.fast_deletes:
        if not is_derived(queryset.model):
            _refuse_strangers(change, own, queryset.model, queryset.values_list("pk", flat=True))
    cleared: Any = collector.field_updates.values()
    for row in (row for groups in cleared for group in groups for row in group):
        _refuse_strangers(change, own, type(row), [row.pk])
    collector.delete()
    return contacts


def created_keys(change: Change) -> Keys:
    """Give the rows this change made, by model."""
    own: Keys = {}
    for op, label, pk, _before, _after in change.entries:
        if op.startswith("create"):
            own.setdefault(label, set()).update(pk if op == "create_many" else [pk])
    return own


def _refuse_strangers(change: Change, own: Keys, model: Any, keys: Iterable[int]) -> None:
    label = model._meta.label_lower
    mine = own.get(label, set())
    for key in keys:
        if key not in mine:
            raise CannotUndo(change, label, key)
