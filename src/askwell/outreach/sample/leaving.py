"""Taking the sample network out again, whatever was done in it; what is the user's own stays.

Theory of operation.  Where nothing was built upon it, its one change is taken back and forgotten: no row
is left.  Else the people are removed with all that hangs on them, then whatever of the desk nobody uses
now, and each setting that still is as the sample set it becomes what it was.  Where the list of what was
made did not come along (its keys had to move), the rows are known by their invented addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from askwell.outreach.facts import seeker_of
from askwell.outreach.models import (
    Community,
    Employer,
    Goal,
    NetworkingEvent,
    Resume,
    SavedLink,
    Seeker,
    WeeklyReview,
)
from askwell.outreach.sample import belongings, pools
from askwell.outreach.sample.thoughts import thoughts
from askwell.people.journal import CannotUndo, created_keys, journal, undo
from askwell.people.models import Change, Contact, Organization, Tag

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db import models

    from askwell.people.journal import Journal

MADE = "sample.made"
# What may be left once the people are gone, what it hangs on last, and by what its rows are still in use.
DESK: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Employer, ()),
    (SavedLink, ("shares",)),
    (Resume, ("requests",)),
    (NetworkingEvent, ("encounters",)),
    (Community, ("events",)),
    (WeeklyReview, ()),
    (Goal, ()),
    (Organization, ("positions", "wanted", "leads")),
    (Tag, ("taggings",)),
)
_PLACES_OF_WORK = (*pools.HOSPITALS, *pools.COMPANIES, *pools.SCHOOLS)
_KNOWN_BY: dict[type[models.Model], Q] = {
    Employer: Q(organization__name__in=_PLACES_OF_WORK, organization__positions=None),
    SavedLink: Q(url__in=[url for _title, url, *_rest in belongings.SHELF]),
    Resume: Q(where__in=[where for _name, where, *_rest in belongings.RESUMES]),
    NetworkingEvent: Q(community__url__in=[url for _name, _kind, url, *_rest in belongings.PLACES_TO_GO]),
    Community: Q(url__in=[url for _name, _kind, url, *_rest in belongings.PLACES_TO_GO]),
    WeeklyReview: Q(answers__well=belongings.REVIEW["well"], answers__learnt=belongings.REVIEW["learnt"]),
    Goal: Q(text=pools.GOAL),
    Organization: Q(name__in=_PLACES_OF_WORK),
    Tag: Q(name__in=pools.TAGS),
}


def leave(owner: AbstractBaseUser, *, now: datetime) -> None:
    """Take it out."""
    made = Change.objects.for_owner(owner).filter(code=MADE, undone_at=None).order_by("-id").first()
    if made is None or _thought_since(owner, made):
        _remove_used(owner, made, now=now)
        return
    try:
        undo(made, now=now)
    except CannotUndo:
        _remove_used(owner, made, now=now)
    else:
        made.delete()


def _thought_since(owner: AbstractBaseUser, made: Change) -> bool:
    """Say whether the user came to views or decisions that rest on sample people alone."""
    own = created_keys(made)
    return any(row.pk not in own.get(row._meta.label_lower, ()) for row in thoughts(owner))


def _remove_used(owner: AbstractBaseUser, made: Change | None, *, now: datetime) -> None:
    with journal(owner, "sample.removed", now=now) as log:
        for row in thoughts(owner):
            log.delete(row)
        log.delete_many(list(Contact.objects.for_owner(owner).filter(is_sample=True)))
        for model, uses in DESK:
            rows = model._default_manager.filter(owner=owner).filter(_mark(made, model))
            log.delete_many(list(rows.filter(**dict.fromkeys(uses))))
        if made:
            _put_back(log, owner, made)
            log.change(made, undone_at=now)


def _mark(made: Change | None, model: type[models.Model]) -> Q:
    if made is None:
        return _KNOWN_BY[model]
    return Q(pk__in=created_keys(made).get(model._meta.label_lower, set()))


def _put_back(log: Journal, owner: AbstractBaseUser, made: Change) -> None:
    """Give back the settings that nobody changed since."""
    was: dict[str, Any] = {}
    became: dict[str, Any] = {}
    for op, label, _pk, before, after in made.entries:
        if op == "change" and label == Seeker._meta.label_lower:
            was = {**before, **was}
            became.update(after)
    seeker = seeker_of(owner)
    column: Any = seeker._meta.get_field
    same = [name for name in was if getattr(seeker, name) == column(name).to_python(became[name])]
    log.change(seeker, **{name: column(name).to_python(was[name]) for name in same})
