"""Everything known of one contact, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

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

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


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


def get_contact(owner: AbstractBaseUser, key: int) -> Contact:
    """Give one of the owner's contacts, following merges to the one that stayed.

    Raises Contact.DoesNotExist.
    """
    contact: Contact = Contact.objects.for_owner(owner).select_related("merged_into").get(pk=key)
    return contact.merged_into or contact


def contact_view(owner: AbstractBaseUser, key: int) -> ContactView:
    """Give everything known of one contact.  Raises Contact.DoesNotExist."""
    contact = (
        Contact.objects.for_owner(owner)
        .select_related("introduced_by")
        .prefetch_related(
            Prefetch("points", ContactPoint.objects.order_by("-preferred", "invalid_since", "pk")),
            "addresses",
            Prefetch("positions", Position.objects.select_related("organization")),
            Prefetch("taggings", Tagging.objects.select_related("tag").order_by("tag__name")),
            Prefetch("provenance", Provenance.objects.select_related("batch").order_by("-at", "-pk")),
            "merged",
        )
        .get(pk=key)
    )
    points, positions = list(contact.points.all()), sorted(contact.positions.all(), key=_newest_first)
    return ContactView(
        contact=contact,
        emails=[point for point in points if point.kind == PointKind.EMAIL],
        phones=[point for point in points if point.kind == PointKind.PHONE],
        urls=[point for point in points if point.kind == PointKind.URL],
        addresses=list(contact.addresses.all()),
        jobs=[row for row in positions if not row.school],
        schools=[row for row in positions if row.school],
        tags=[tagging.tag for tagging in contact.taggings.all()],
        provenance=list(contact.provenance.all()),
        reviews=list(_reviews(contact)),
        merged=list(contact.merged.all()),
    )


def _newest_first(row: Position) -> tuple[bool, tuple[int, ...], int]:
    started = tuple(-ord(char) for char in row.started) or (0,)
    return (not row.current, started, -row.pk)


def _reviews(contact: Contact) -> list[Review]:
    mine = Review.objects.filter(Q(left=contact) | Q(right=contact), state=ReviewState.OPEN)
    return list(mine.select_related("left", "right").order_by("pk"))
