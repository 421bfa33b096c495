"""Two contacts that may be one person: the seeker decides, and the decision holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.actions.merging import merge_contacts
from askwell.people.errors import CannotMerge
from askwell.people.journal import journal
from askwell.people.models import Contact, Review, ReviewState
from askwell.people.queries.alike import alike

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser


def look_for_pairs(owner: AbstractBaseUser, *, now: datetime) -> int:
    """Lay everybody side by side, and put down who may be here twice, to be decided; gives how many pairs."""
    pairs = alike(owner)
    if pairs:
        with journal(owner, "people.pairs_found", now=now, params={"count": len(pairs)}) as log:
            log.create_many(
                [
                    Review(owner_id=owner.pk, left_id=one, right_id=other, reason="alike", at=now)
                    for one, other in pairs
                ]
            )
    return len(pairs)


def keep_apart(review: Review, *, now: datetime) -> None:
    """They are two people.  No import will ask again."""
    params = {"left": review.left.name, "right": review.right.name}
    with journal(review.owner, "people.kept_apart", now=now, params=params) as log:
        log.change(review, state=ReviewState.KEPT_APART)


def keep_apart_pair(first: Contact, second: Contact, *, now: datetime) -> Review:
    """They are two people, said before anything asked."""
    if first.owner_id != second.owner_id or first.pk == second.pk:
        raise CannotMerge("owners" if first.pk != second.pk else "same")
    params = {"left": first.name, "right": second.name}
    left, right = sorted((first, second), key=lambda contact: contact.pk)
    with journal(first.owner, "people.kept_apart", now=now, params=params) as log:
        review: Review | None = Review.objects.filter(left=left, right=right).first()
        if review is None:
            review = log.create(Review(owner=first.owner, left=left, right=right, reason="by-hand", at=now))
        log.change(review, state=ReviewState.KEPT_APART)
    return review


def decide_review(
    review: Review, *, merge: bool, now: datetime, keep: Contact | None = None
) -> Contact | None:
    """Answer a review: merge into ``keep`` (default: the older one), or keep apart.

    Gives the contact that stays, or None when kept apart.  Raises CannotMerge.
    """
    if not merge:
        keep_apart(review, now=now)
        return None
    stays = keep or review.left
    goes = review.right if stays.pk == review.left_id else review.left
    return merge_contacts(stays, goes, now=now)
