"""Ways to reach someone: added, mended, marked as dead, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from askwell.formats.addresses import norm_phone
from askwell.people.bulk import new_row
from askwell.people.errors import BadField
from askwell.people.journal import journal
from askwell.people.models import Contact, ContactPoint, PointKind
from askwell.people.points import norm_point

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_LONGEST = 500


class PointSpec(NamedTuple):
    """One way to reach someone, as given; ``e164`` where the source knows it."""

    kind: str
    value: str
    label: str = ""
    e164: str = ""


def make_points(
    contact: Contact,
    specs: Iterable[PointSpec],
    *,
    default_country: str = "",
    having: Iterable[tuple[str, str]] = (),
) -> list[ContactPoint]:
    """Give unsaved points, each once, leaving out those in ``having`` and those that say nothing."""
    seen, made = set(having), []
    for spec in specs:
        value = spec.value.strip()[:_LONGEST]
        norm = (
            norm_phone(value, default_country, spec.e164)
            if spec.kind == PointKind.PHONE
            else norm_point(spec.kind, value)
        )
        if not norm or (spec.kind, norm) in seen:
            continue
        seen.add((spec.kind, norm))
        made.append(
            new_row(
                ContactPoint,
                owner_id=contact.owner_id,
                contact_id=contact.pk,
                kind=spec.kind,
                value=value,
                norm=norm,
                label=spec.label[:100],
            )
        )
    return made


def add_point(
    contact: Contact,
    kind: str,
    value: str,
    *,
    now: datetime,
    label: str = "",
    preferred: bool = False,
    default_country: str = "",
) -> ContactPoint:
    """Add a way to reach someone; the one already there when it is the same.  Raises BadField."""
    made = make_points(contact, [PointSpec(kind, value, label)], default_country=default_country)
    if kind not in PointKind.values or not made or (kind == PointKind.EMAIL and "@" not in made[0].norm):
        raise BadField(kind, "not-an-address")
    known: ContactPoint | None = contact.points.filter(kind=kind, norm=made[0].norm).first()
    with journal(contact.owner, "people.point_added", now=now, params=_about(contact, value)) as log:
        point = known or log.create(made[0])
        if label and known:
            log.change(known, label=label)
        if known and known.invalid_since:
            log.change(known, invalid_since=None)
        if preferred:
            _prefer(log, point)
    return point


def edit_point(
    point: ContactPoint, *, now: datetime, value: str, label: str | None = None, default_country: str = ""
) -> ContactPoint:
    """Correct an address; a corrected one is no longer marked as dead.  Raises BadField."""
    norm = norm_point(point.kind, value, default_country)
    if not norm or (point.kind == PointKind.EMAIL and "@" not in norm):
        raise BadField(point.kind, "not-an-address")
    if point.contact.points.filter(kind=point.kind, norm=norm).exclude(pk=point.pk).exists():
        raise BadField(point.kind, "there-already")
    changed: dict[str, Any] = {"value": value.strip()[:_LONGEST], "norm": norm}
    if norm != point.norm:
        changed["invalid_since"] = None
    if label is not None:
        changed["label"] = label
    with journal(point.owner, "people.point_edited", now=now, params=_about(point.contact, value)) as log:
        log.change(point, **changed)
    return point


def remove_point(point: ContactPoint, *, now: datetime) -> None:
    """Remove an address."""
    with journal(
        point.owner, "people.point_removed", now=now, params=_about(point.contact, point.value)
    ) as log:
        log.delete(point)


def mark_invalid(point: ContactPoint, *, now: datetime) -> bool:
    """Note that messages to it come back."""
    with journal(
        point.owner, "people.point_invalid", now=now, params=_about(point.contact, point.value)
    ) as log:
        return log.change(point, invalid_since=point.invalid_since or now)


def mark_valid(point: ContactPoint, *, now: datetime) -> bool:
    """Note that it works after all."""
    with journal(
        point.owner, "people.point_valid", now=now, params=_about(point.contact, point.value)
    ) as log:
        return log.change(point, invalid_since=None)


def prefer_point(point: ContactPoint, *, now: datetime) -> None:
    """Use this one first among those of its kind."""
    with journal(
        point.owner, "people.point_preferred", now=now, params=_about(point.contact, point.value)
    ) as log:
        _prefer(log, point)


def _prefer(log: Any, point: ContactPoint) -> None:
    for other in point.contact.points.filter(kind=point.kind, preferred=True).exclude(pk=point.pk):
        log.change(other, preferred=False)
    log.change(point, preferred=True)


def _about(contact: Contact, value: str) -> dict[str, Any]:
    return {"name": contact.name, "contact": contact.pk, "value": value}
