"""Organizations: the list, and one with its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from askwell.people.models import Organization, Position
from askwell.people.queries.listing import Page, page_of
from askwell.search.text import fold

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationPage:
    """One organization: who is there, who was, and the organizations that belong to it."""

    organization: Organization
    here: list[Position]
    before: list[Position]
    affiliates: list[Organization]


def organizations(
    owner: AbstractBaseUser, *, text: str = "", number: int = 1, size: int = 50, by_people: bool = True
) -> Page[Organization]:
    """Give a page of organizations with ``people``, how many are there now; most people first."""
    now_there = Q(
        positions__current=True, positions__contact__is_self=False, positions__contact__merged_into=None
    )
    found: Any = Organization.objects.for_owner(owner)
    if text.strip():
        found = found.filter(key__contains=fold(text))
    found = found.annotate(people=Count("positions__contact", filter=now_there, distinct=True))
    return page_of(found.order_by(*(("-people", "key") if by_people else ("key",))), number=number, size=size)


def organization_page(owner: AbstractBaseUser, key: int) -> OrganizationPage:
    """Give one organization.  Raises Organization.DoesNotExist."""
    organization = Organization.objects.for_owner(owner).select_related("parent").get(pk=key)
    rows = list(
        Position.objects.for_owner(owner)
        .filter(organization=organization, contact__is_self=False, contact__merged_into=None)
        .select_related("contact")
        .order_by("contact__sort_key", "-current", "pk")
    )
    return OrganizationPage(
        organization=organization,
        here=[row for row in rows if row.current],
        before=[row for row in rows if not row.current],
        affiliates=list(organization.affiliates.order_by("key")),
    )
