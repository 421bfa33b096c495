"""Two contacts become one, and can become two again.

Theory of operation.  Everything that points at the contact to go, in whatever app, is found through
the model relations and pointed at the one that stays.  Where the two would then hold the same row
twice (a unique constraint), the double goes and whatever hung on it moves to its twin; an app whose
doubles need more care names a resolver with ``hooks.on_conflict``.  The contact that goes stays as a
tombstone (``merged_into``), and the journal can take all of it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from askwell.people.errors import CannotMerge
from askwell.people.hooks import resolver_of
from askwell.people.journal import Journal, is_derived, journal
from askwell.people.models import Contact, Position, PostalAddress, Review, ReviewState

if TYPE_CHECKING:
    from datetime import datetime

_FILLED_TEXT = """
prefix given middle family suffix nickname pronouns headline place zone country birthday
how_met closeness keep_every_days introduced_by_id
"""
_FILLED = tuple(_FILLED_TEXT.split())


def merge_contacts(keep: Contact, gone: Contact, *, now: datetime) -> Contact:
    """Make two contacts one: ``keep`` stays with everything of both.  Raises CannotMerge."""
    params = {"name": keep.name, "contact": keep.pk, "gone": gone.name}
    with journal(keep.owner, "people.merge", now=now, params=params) as log:
        merge_in(log, keep, gone)
    return keep


def merge_in(log: Journal, keep: Contact, gone: Contact) -> None:
    """Merge as part of a larger action."""
    _check(keep, gone)
    _settle_reviews(log, keep, gone)
    for relation in Contact._meta.related_objects:
        if relation.related_model is not Review and not is_derived(relation.related_model):
            _move_all(log, relation, keep, gone)
    _drop_doubles(log, keep)
    _fill_columns(log, keep, gone)
    log.change(gone, merged_into=keep)


def _check(keep: Contact, gone: Contact) -> None:
    if keep.pk == gone.pk:
        raise CannotMerge("same")
    if keep.owner_id != gone.owner_id:
        raise CannotMerge("owners")
    if keep.merged_into_id or gone.merged_into_id:
        raise CannotMerge("merged")
    if keep.is_self or gone.is_self:
        raise CannotMerge("self")


def _move_all(log: Journal, relation: Any, keep: Contact, gone: Contact) -> None:
    model, field = relation.related_model, relation.field
    for row in model._base_manager.filter(**{field.name: gone}).order_by("pk"):
        if row.pk == keep.pk and model is Contact:  # keep was introduced by gone: not by itself
            log.change(row, **{field.name: None})
        elif (twin := _twin(row, field, keep)) is None:
            log.change(row, **{field.name: keep})
        else:
            _fold_into(log, twin, row, field, keep)


def _fold_into(log: Journal, twin: models.Model, row: models.Model, field: Any, keep: Contact) -> None:
    resolver = resolver_of(row._meta.label_lower) or _fold_double
    resolver(log, twin, row)
    left = type(row)._base_manager.filter(pk=row.pk).first()
    if left is not None and getattr(left, field.attname) != keep.pk:
        log.change(left, **{field.name: keep})


def _fold_double(log: Journal, twin: Any, row: Any) -> None:
    """The default: empty columns of the twin are filled, what hung on the double moves, the double goes."""
    fresh = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if getattr(twin, column.attname) in {None, ""}
        and getattr(row, column.attname) not in {None, ""}
        and column.attname != "invalid_since"
    }
    for relation in row._meta.related_objects:
        if is_derived(relation.related_model):
            continue
        for child in relation.related_model._base_manager.filter(**{relation.field.name: row}):
            if _twin(child, relation.field, twin) is None:
                log.change(child, **{relation.field.name: twin})
    log.delete(row)
    log.change(twin, **fresh)


def _twin(row: models.Model, field: Any, target: models.Model) -> Any:
    """Give the row that would be the same as ``row`` if it pointed at ``target``, or None."""
    model = type(row)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            same = {name: getattr(row, name) for name in constraint.fields} | {field.name: target}
            where = Q(**same) & (constraint.condition or Q())
            if (
                not constraint.condition
                or model._base_manager.filter(constraint.condition, pk=row.pk).exists()
            ):
                found = model._base_manager.filter(where).exclude(pk=row.pk).first()
                if found is not None:
                    return found
    if field.unique:
        return model._base_manager.filter(**{field.name: target}).exclude(pk=row.pk).first()
    return None


def _settle_reviews(log: Journal, keep: Contact, gone: Contact) -> None:
    """The pair itself is decided; reviews of ``gone`` with others become reviews of ``keep``."""
    for review in Review.objects.filter(Q(left=gone) | Q(right=gone)).order_by("pk"):
        other = review.right_id if review.left_id == gone.pk else review.left_id
        if other == keep.pk:
            log.change(review, state=ReviewState.MERGED)
            continue
        left, right = sorted((keep.pk, other))
        twin = Review.objects.filter(left_id=left, right_id=right).first()
        if twin is None:
            log.change(review, left_id=left, right_id=right)
            continue
        if twin.state == ReviewState.OPEN:
            log.change(twin, state=review.state)
        log.delete(review)


def _drop_doubles(log: Journal, keep: Contact) -> None:
    """Jobs and addresses have no constraint; the same one twice says nothing more."""
    for model, columns in (
        (Position, ("organization_id", "title", "school")),
        (
            PostalAddress,
            ("po_box", "extended", "street", "city", "region", "postcode", "country", "formatted"),
        ),
    ):
        seen: dict[tuple[Any, ...], Any] = {}
        for row in model.objects.filter(contact=keep).order_by("pk"):
            key = tuple(getattr(row, column) for column in columns)
            if key in seen:
                _fold_double(log, seen[key], row)
            else:
                seen[key] = row


def _fill_columns(log: Journal, keep: Contact, gone: Contact) -> None:
    values: dict[str, Any] = {
        "do_not_contact": keep.do_not_contact or gone.do_not_contact,
        "hires": keep.hires or gone.hires,
        "connector": keep.connector or gone.connector,
        "is_sample": keep.is_sample and gone.is_sample,
        "created_at": min(keep.created_at, gone.created_at),
        "kept": [*keep.kept, *(pair for pair in gone.kept if pair not in keep.kept)],
        "notes": _both(keep.notes, gone.notes),
    }
    dates = [day for day in (keep.connected_on, gone.connected_on) if day]
    values["connected_on"] = min(dates, default=None)
    name_kept = keep.given or keep.family
    for column in _FILLED:
        if name_kept and column in {"given", "middle", "family", "prefix", "suffix"}:
            continue
        theirs = getattr(gone, column)
        if getattr(keep, column) in {None, ""} and theirs not in {None, "", keep.pk}:
            values[column] = theirs
    log.change(keep, **values)


def _both(first: str, second: str) -> str:
    if not second.strip() or second.strip() in first:
        return first
    return f"{first.rstrip()}\n\n{second}" if first.strip() else second
