"""Organizations by name: two spellings of one are the same row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.models import Organization
from askwell.search.naming import organization_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.people.journal import Journal

_LONGEST = 300


def organization_named(log: Journal, name: str) -> Organization | None:
    """Give the organization of that name, made if need be; None when the name says nothing."""
    return organizations_named(log, [name]).get(organization_key(name))


def organizations_named(log: Journal, names: Iterable[str]) -> dict[str, Organization]:
    """Give organizations by key for many names, made where missing.  Nameless ones are left out."""
    wanted: dict[str, str] = {}
    for name in names:
        if key := organization_key(name):
            wanted.setdefault(key, " ".join(name.split())[:_LONGEST])
    found = known_organizations(log.owner.pk, list(wanted))
    missing = [
        Organization(owner_id=log.owner.pk, name=name, key=key)
        for key, name in wanted.items()
        if key not in found
    ]
    return found | {made.key: made for made in log.create_many(missing)}


def known_organizations(owner: int, keys: list[str]) -> dict[str, Organization]:
    """Give those that exist, by key."""
    found: dict[str, Organization] = {}
    for start in range(0, len(keys), 500):
        rows = Organization.objects.filter(owner_id=owner, key__in=keys[start : start + 500])
        found.update({row.key: row for row in rows})
    return found
