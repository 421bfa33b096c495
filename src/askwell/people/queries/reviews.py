"""Pairs waiting for a decision.

What a decision would settle is counted by the pairs either of the two stands in: where three entries wait in
three pairs, one answer decides all.  Those come first, then whoever waits longest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from askwell.people.models import Contact, Provenance, Review, ReviewState, Tagging
from askwell.people.queries.listing import Page, page_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def open_reviews(owner: AbstractBaseUser, *, number: int = 1, size: int = 20) -> Page[Review]:
    """Give a page of open reviews, both sides with all that tells them apart; constant queries."""
    waiting = _with_sides(_open(owner)).annotate(settles=_settled(owner)).order_by("-settles", "at", "pk")
    return page_of(waiting, number=number, size=size)


def open_review_count(owner: AbstractBaseUser) -> int:
    """Give how many pairs wait for a decision."""
    return int(_open(owner).count())


def _open(owner: AbstractBaseUser) -> Any:
    waiting = Review.objects.for_owner(owner).filter(state=ReviewState.OPEN)
    return waiting.filter(left__merged_into=None, right__merged_into=None)


def _settled(owner: AbstractBaseUser) -> Any:
    """Count the pairs that wait in which one of the two stands."""
    either = Q(left=OuterRef("left")) | Q(right=OuterRef("left"))
    either |= Q(left=OuterRef("right")) | Q(right=OuterRef("right"))
    same = _open(owner).filter(either).order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(same.annotate(n=Count("pk")).values("n")), 0)


def _with_sides(reviews: Any) -> Any:
    side = Contact.objects.prefetch_related(
        "points",
        "addresses",
        "positions__organization",
        Prefetch("taggings", Tagging.objects.select_related("tag")),
        Prefetch("provenance", Provenance.objects.select_related("batch").order_by("-at")),
    )
    return reviews.prefetch_related(Prefetch("left", side), Prefetch("right", side))
