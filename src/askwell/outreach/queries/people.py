"""The list of people as the seeker leafs through it: with when they were last in touch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch

from askwell.outreach.models import Standing
from askwell.people.models import Contact, Tagging
from askwell.people.queries.listing import ContactFilter, Page, contacts, page_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

TOUCH = "touch"  # of ``sort``: who was in touch last stands first


def people_page(
    owner: AbstractBaseUser, where: ContactFilter | None = None, *, number: int = 1, size: int = 50
) -> Page[Contact]:
    """Give one page of people with positions, tags and ``last_at`` (None: never), in eight queries."""
    where = where or ContactFilter()
    found = contacts(owner, where)
    if where.sort == TOUCH:
        found = found.order_by(F("standing__last_at").desc(nulls_last=True), "sort_key", "pk")
    # Keys first: sorting thirty thousand whole rows would carry their notes along.
    cut = page_of(found.values_list("pk", flat=True), number=number, size=size)
    keys = [int(key) for key in cut.rows]
    full = (
        Contact.objects.for_owner(owner)
        .prefetch_related(
            "positions__organization", Prefetch("taggings", Tagging.objects.select_related("tag"))
        )
        .in_bulk(keys)
    )
    last = dict(Standing.objects.filter(contact__in=keys).values_list("contact_id", "last_at"))
    for key, contact in full.items():
        contact.last_at = last.get(key)
    return replace(cut, rows=[full[key] for key in keys if key in full])
