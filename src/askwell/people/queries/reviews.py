"""Pairs waiting for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from askwell.people.models import Contact, Provenance, Review, ReviewState, Tagging
from askwell.people.queries.listing import Page, page_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def open_reviews(owner: AbstractBaseUser, *, number: int = 1, size: int = 20) -> Page[Review]:
    """Give a page of open reviews, both sides with all that tells them apart; constant queries."""
    return page_of(_with_sides(_open(owner)).order_by("at", "pk"), number=number, size=size)


def open_review_count(owner: AbstractBaseUser) -> int:
    """Give how many pairs wait for a decision."""
    return int(_open(owner).count())


def _open(owner: AbstractBaseUser) -> Any:
    waiting = Review.objects.for_owner(owner).filter(state=ReviewState.OPEN)
    return waiting.filter(left__merged_into=None, right__merged_into=None)


def _with_sides(reviews: Any) -> Any:
    side = Contact.objects.prefetch_related(
        "points",
        "addresses",
        "positions__organization",
        Prefetch("taggings", Tagging.objects.select_related("tag")),
        Prefetch("provenance", Provenance.objects.select_related("batch").order_by("-at")),
    )
    return reviews.prefetch_related(Prefetch("left", side), Prefetch("right", side))
