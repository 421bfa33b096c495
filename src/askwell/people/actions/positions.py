"""Where people work and study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.people.actions.organizations import organization_named
from askwell.people.errors import BadField
from askwell.people.journal import journal
from askwell.people.models import Contact, Organization, Position
from askwell.search.naming import organization_key

if TYPE_CHECKING:
    from datetime import datetime
    from types import EllipsisType

_COLUMNS_TEXT = """
title department started ended current place notes school
"""
_COLUMNS = frozenset(_COLUMNS_TEXT.split())


def set_organization(
    contact: Contact, organization: str, *, now: datetime, title: str | None = None
) -> Position | None:
    """Say where someone works now.  The same place keeps its row; another one ends the old job.

    An empty name ends the current job.  ``title`` None leaves the title of an unchanged job.
    """
    params = {"name": contact.name, "contact": contact.pk, "organization": organization}
    with journal(contact.owner, "people.organization", now=now, params=params) as log:
        place = organization_named(log, organization)
        current: Position | None = contact.positions.jobs().order_by("-id").first()
        if current and current.organization_id == (place.pk if place else None):
            if title is not None:
                log.change(current, title=title[:300])
            return current
        if current and current.organization_id is None and place:
            log.change(current, organization=place, title=current.title if title is None else title[:300])
            return current
        if current:
            log.change(current, current=False)
        if not place and not title:
            return None
        return log.create(
            Position(owner=contact.owner, contact=contact, organization=place, title=(title or "")[:300])
        )


def add_position(
    contact: Contact, *, now: datetime, organization: str = "", title: str = "", **columns: Any
) -> Position:
    """Add a job or a time at a school; ``columns`` are those of ``Position``.  Raises BadField."""
    _check(columns)
    if not organization_key(organization) and not title.strip():
        raise BadField("organization", "empty")
    params = {"name": contact.name, "contact": contact.pk, "organization": organization}
    with journal(contact.owner, "people.position_added", now=now, params=params) as log:
        place = organization_named(log, organization)
        row = Position(
            owner=contact.owner, contact=contact, organization=place, title=title.strip()[:300], **columns
        )
        return log.create(row)


def edit_position(
    position: Position, *, now: datetime, organization: str | None = None, **columns: Any
) -> bool:
    """Correct a job or school; False when nothing differed.  Raises BadField."""
    _check(columns)
    with journal(position.owner, "people.position_edited", now=now, params=_about(position)) as log:
        if organization is not None:
            columns["organization"] = organization_named(log, organization)
        return log.change(position, **columns)


def end_position(position: Position, *, now: datetime, ended: str = "") -> bool:
    """Note that someone no longer works there; ``ended`` is an ISO date of any precision."""
    _check({"ended": ended})
    with journal(position.owner, "people.position_ended", now=now, params=_about(position)) as log:
        return log.change(position, current=False, ended=ended or position.ended)


def remove_position(position: Position, *, now: datetime) -> None:
    """Remove a job or school that never was."""
    with journal(position.owner, "people.position_removed", now=now, params=_about(position)) as log:
        log.delete(position)


def edit_organization(
    organization: Organization,
    *,
    now: datetime,
    name: str | None = None,
    notes: str | None = None,
    parent: Organization | EllipsisType | None = ...,
    domains: list[str] | None = None,
) -> bool:
    """Change an organization; None leaves a column.  Raises BadField when the name is another's.

    ``parent`` left out stays; None says that it is a part of nothing.
    """
    columns: dict[str, Any] = {"notes": notes, "domains": domains}
    if name is not None:
        columns |= {"name": " ".join(name.split())[:300], "key": organization_key(name)}
        _check_key(organization, columns["key"])
    wanted = {column: value for column, value in columns.items() if value is not None}
    if parent is not ...:
        wanted["parent"] = parent
    with journal(
        organization.owner, "people.organization_edited", now=now, params={"name": organization.name}
    ) as log:
        log.touch(*organization.positions.values_list("contact_id", flat=True))
        return log.change(organization, **wanted)


def _check_key(organization: Organization, key: str) -> None:
    if not key:
        raise BadField("name", "empty")
    others = Organization.objects.filter(owner=organization.owner_id, key=key).exclude(pk=organization.pk)
    if others.exists():
        raise BadField("name", "there-already")


def _check(columns: dict[str, Any]) -> None:
    for field, value in columns.items():
        if field not in _COLUMNS:
            raise BadField(field, "unknown")
        limit = getattr(Position._meta.get_field(field), "max_length", None)
        if limit and len(value) > limit:
            raise BadField(field, "too-long")


def _about(position: Position) -> dict[str, Any]:
    place = position.organization.name if position.organization else position.title
    return {"name": position.contact.name, "contact": position.contact_id, "organization": place}
