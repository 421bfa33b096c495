"""What a card says, written to its person here, through the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.formats.records import Name
from askwell.people.actions.contacts import name_columns
from askwell.people.actions.organizations import organization_named
from askwell.people.actions.points import PointSpec, make_points
from askwell.people.actions.tags import tags_named
from askwell.people.address_book_sync.cards import (
    ADDRESS_PARTS,
    NAME_PARTS,
    POINT_KINDS,
    address_key,
    newest_job,
)
from askwell.people.importing.incoming import norm_of
from askwell.people.models import Position, PostalAddress, Tagging
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from askwell.people.address_book_sync.merging import Value
    from askwell.people.journal import Journal
    from askwell.people.models import Contact

_JOB = ("organization", "department", "title")


def apply(log: Journal, contact: Contact, taken: Mapping[str, Value | None], *, country: str = "") -> None:
    """Write these fields; None takes one away."""
    _apply_columns(log, contact, taken)
    _apply_job(log, contact, taken)
    for key, value in taken.items():
        kind, colon, _norm = key.partition(":")
        if kind in POINT_KINDS:
            _apply_point(log, contact, key, value, country)
        elif kind == "address":
            _apply_address(log, contact, key, value)
        elif kind == "tag" and colon:
            _apply_tag(log, contact, key, value)


def _apply_columns(log: Journal, contact: Contact, taken: Mapping[str, Value | None]) -> None:
    values: dict[str, Any] = {
        column: _text(taken[column]) for column in ("birthday", "notes") if column in taken
    }
    if "name" in taken or "nickname" in taken:
        values |= _name(contact, taken)
    log.change(contact, **values)


def _name(contact: Contact, taken: Mapping[str, Value | None]) -> dict[str, str]:
    named = taken.get("name")
    parts = named.data if named is not None else tuple(getattr(contact, part) for part in NAME_PARTS)
    nickname = _text(taken["nickname"]) if "nickname" in taken else contact.nickname
    columns = name_columns(
        Name(nickname=nickname, **dict(zip(("formatted", *NAME_PARTS[1:]), parts, strict=True)))
    )
    return columns | {"nickname": nickname}


def _text(value: Value | None) -> str:
    return value.data[0] if value is not None else ""


def _apply_job(log: Journal, contact: Contact, taken: Mapping[str, Value | None]) -> None:
    """Another organization ends the job and begins one; a title or department is mended in place."""
    changed: dict[str, Any] = {key: _text(taken[key]) for key in _JOB if key in taken}
    if not changed:
        return
    job = newest_job(contact)
    place = organization_named(log, changed.pop("organization")) if "organization" in changed else None
    if "organization" in taken:
        if job is not None and job.organization_id is not None:
            log.change(job, current=False)
            changed = {"title": job.title, "department": job.department, **changed}
            job = None
        elif job is not None:
            changed["organization"] = place
    if job is not None:
        log.change(job, **changed)
    elif place or any(changed.values()):
        log.create(Position(owner_id=contact.owner_id, contact=contact, **{"organization": place, **changed}))


def _apply_point(log: Journal, contact: Contact, key: str, value: Value | None, country: str) -> None:
    kind, _, _norm = key.partition(":")
    known = {f"{kind}:{point_norm(point, country)}": point for point in contact.points.filter(kind=kind)}
    point = known.get(key)
    if value is None:
        if point is not None:
            log.delete(point)
    elif point is not None:
        log.change(point, label=value.data[1])
    else:
        spec = PointSpec(POINT_KINDS[kind], *value.data)
        having = contact.points.filter(kind=kind).values_list("kind", "norm")
        log.create_many(make_points(contact, [spec], default_country=country, having=having))


def point_norm(point: Any, country: str) -> str:
    """Give the norm as a card's value has it: numbers kept without a country are read again."""
    e164 = point.norm if point.norm.startswith("+") else ""
    return norm_of(PointSpec(point.kind, point.value, point.label, e164), country)


def _apply_address(log: Journal, contact: Contact, key: str, value: Value | None) -> None:
    known = {
        address_key({part: getattr(row, part).strip() for part in ADDRESS_PARTS}): row
        for row in contact.addresses.all()
    }
    row = known.get(key)
    if value is None:
        if row is not None:
            log.delete(row)
    elif row is not None:
        log.change(row, label=value.data[0])
    else:
        parts = dict(zip(("label", *ADDRESS_PARTS), value.data, strict=True))
        log.create(PostalAddress(owner_id=contact.owner_id, contact=contact, **parts))


def _apply_tag(log: Journal, contact: Contact, key: str, value: Value | None) -> None:
    worn = {f"tag:{fold(row.tag.name)}": row for row in contact.taggings.select_related("tag")}
    if value is None:
        if key in worn:
            log.delete(worn[key])
    elif key not in worn:
        for tag in tags_named(log, [value.data[0]]).values():
            log.create(Tagging(owner_id=contact.owner_id, contact=contact, tag=tag))
