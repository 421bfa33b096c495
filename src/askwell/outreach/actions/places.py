"""Where people of one's field meet: a kept list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.outreach.actions._doing import doing, fresh, required
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Community

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

_LONGEST = {"url": 500, "place": 300, "notes": 10_000}


def add_place(
    owner: AbstractBaseUser,
    *,
    name: str,
    now: datetime,
    kind: str = Community.Kind.GROUP,
    url: str = "",
    place: str = "",
    notes: str = "",
    look_again_on: date | None = None,
) -> Community:
    """Put an association, a group, a conference on the list.  Raises BadValue for an unknown kind."""
    values = _checked(name=name, kind=kind, url=url, place=place, notes=notes, look_again_on=look_again_on)
    with doing(owner, "place_added", now=now, place=values["name"]) as log:
        return log.create(Community(owner_id=owner.pk, added_at=now, **values))


def change_place(community: Community, *, now: datetime, **values: Any) -> Community:
    """Change what was noted of it; ``joined`` says whether the seeker is a member."""
    joined = values.pop("joined", None)
    kept = _checked(**{"name": community.name, "kind": community.kind, **values})
    with doing(community.owner, "place_changed", now=now, place=kept["name"]) as log:
        fresh(community)
        if joined is not None:
            kept["joined_at"] = (community.joined_at or now) if joined else None
        log.change(community, **kept)
    return community


def drop_place(community: Community, *, now: datetime, dropped: bool = True) -> Community:
    """Take it off the list, or put it back; its events stay."""
    code = "place_dropped" if dropped else "place_back"
    with doing(community.owner, code, now=now, place=community.name) as log:
        log.change(fresh(community), dropped_at=now if dropped else None)
    return community


def _checked(**values: Any) -> dict[str, Any]:
    kept = dict(values)
    kept["name"] = required("name", values["name"], 300)
    if values["kind"] not in Community.Kind.values:
        raise BadValue("kind", "unknown")
    for field, longest in _LONGEST.items():
        if field in kept:
            kept[field] = kept[field].strip()[:longest]
    return kept
