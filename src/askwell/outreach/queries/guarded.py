"""Who is kept out of a confidential search, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach.facts.world import guard_of, seeker_of
from askwell.people.models import Organization, Position

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """Organizations and mail domains nobody is written to at, and how many people one knows there."""

    organizations: tuple[Organization, ...] = ()
    domains: tuple[str, ...] = ()
    people: int = 0


def guarded_by(owner: AbstractBaseUser) -> Guarded:
    """Give what confidential search would keep out, whether it is on or not."""
    guard = guard_of(owner, seeker_of(owner))
    rows = Organization.objects.for_owner(owner).filter(pk__in=guard.organizations).order_by("key")
    there = Position.objects.for_owner(owner).filter(
        organization__in=guard.organizations, current=True, contact__is_self=False, contact__merged_into=None
    )
    return Guarded(
        organizations=tuple(rows),
        domains=tuple(sorted(guard.domains)),
        people=there.values("contact").distinct().count(),
    )
