"""Everything known of one contact, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.people.models import (
    Contact,
    ContactPoint,
    PointKind,
    Position,
    PostalAddress,
    Provenance,
    Review,
    ReviewState,
    Tag,
    Tagging,
)
from askwell.people.queries.presence import present

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.queries.presence import Kinds

_KINDS: Kinds = (
    ("points", ContactPoint, "contact_id"),
    ("addresses", PostalAddress, "contact_id"),
    ("positions", Position, "contact_id"),
    ("taggings", Tagging, "contact_id"),
    ("provenance", Provenance, "contact_id"),
    ("reviews", Review, "left_id"),
    ("reviews_of_another", Review, "right_id"),
    ("merged", Contact, "merged_into_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """One contact's page.  Jobs come newest first; the preferred address of a kind comes first."""

    contact: Contact
    emails: list[ContactPoint]
    phones: list[ContactPoint]
    urls: list[ContactPoint]
    addresses: list[PostalAddress]
    jobs: list[Position]
    schools: list[Position]
    tags: list[Tag]
    provenance: list[Provenance]
    reviews: list[Review]
    merged: list[Contact]  # tombstones of those merged into this one

    @property
    def job(self) -> Position | None:
        """The current job, if there is one."""
        return next((job for job in self.jobs if job.current), None)


def own_name(owner: AbstractBaseUser) -> str:
    """Give the seeker's own name, as an archive brought it or they said it; nothing where it is not known."""
    names = Contact.objects.for_owner(owner).filter(is_self=True).values_list("name", flat=True)
    return names.first() or ""


def contact_view(owner: AbstractBaseUser, key: int) -> ContactView:
    """Give everything known of one contact.  Raises Contact.DoesNotExist."""
    contact = Contact.objects.for_owner(owner).get(pk=key)
    there = present(_KINDS, contact.pk)
    points = list(contact.points.order_by("-preferred", "invalid_since", "pk")) if "points" in there else []
    positions = _positions(contact) if "positions" in there else []
    return ContactView(
        contact=contact,
        emails=[point for point in points if point.kind == PointKind.EMAIL],
        phones=[point for point in points if point.kind == PointKind.PHONE],
        urls=[point for point in points if point.kind == PointKind.URL],
        addresses=list(contact.addresses.order_by("pk")) if "addresses" in there else [],
        jobs=[row for row in positions if not row.school],
        schools=[row for row in positions if row.school],
        tags=_tags(contact) if "taggings" in there else [],
        provenance=_provenance(contact) if "provenance" in there else [],
        reviews=_reviews(contact) if there & {"reviews", "reviews_of_another"} else [],
        merged=list(contact.merged.order_by("pk")) if "merged" in there else [],
    )


def _positions(contact: Contact) -> list[Position]:
    return sorted(contact.positions.select_related("organization"), key=_newest_first)


def _tags(contact: Contact) -> list[Tag]:
    return list(Tag.objects.filter(taggings__contact=contact).order_by("name"))


def _provenance(contact: Contact) -> list[Provenance]:
    return list(contact.provenance.select_related("batch").order_by("-at", "-pk"))


def _newest_first(row: Position) -> tuple[bool, tuple[int, ...], int]:
    started = tuple(-ord(char) for char in row.started) or (0,)
    return (not row.current, started, -row.pk)


def _reviews(contact: Contact) -> list[Review]:
    mine = Review.objects.filter(Q(left=contact) | Q(right=contact), state=ReviewState.OPEN)
    return list(mine.select_related("left", "right").order_by("pk"))
