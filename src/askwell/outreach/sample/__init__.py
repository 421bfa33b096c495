"""A sample network: invented people and two years of history, to look around in and throw away."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import ForeignKey

from askwell.outreach.models import (
    Advice,
    Draft,
    Encounter,
    Favor,
    Goal,
    Introduction,
    Lead,
    NetworkingEvent,
    Outreach,
    Promise,
    Seeker,
    Talk,
    Touch,
    Transition,
    Trial,
)
from askwell.outreach.sample import plots
from askwell.outreach.sample.network import Cast, fill, seeker_self
from askwell.outreach.sample.places import marked, want_places
from askwell.outreach.sample.story import Story
from askwell.outreach.sample.thoughts import decide, thoughts
from askwell.people.journal import CannotUndo, Journal, created_keys, journal, undo
from askwell.people.models import Change, Contact, ContactPoint, Organization, Position, Tag, Tagging

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db import models

PEOPLE = 400
MADE = "sample.made"
# What others point to is written first.
ORDER = (
    *(Organization, Tag, Contact, ContactPoint, Position, Tagging),
    *(NetworkingEvent, Encounter, Outreach, Draft, Talk, Touch, Transition),
    *(Introduction, Promise, Advice, Favor, Lead, Trial),
)
STILL_USED = ((Organization, "positions"), (Tag, "taggings"), (NetworkingEvent, "encounters"))
GOAL = "Supply-chain analyst in a hospital system, Chicago or remote"


def has_sample(owner: AbstractBaseUser) -> bool:
    """Tell whether sample people are in this notebook."""
    found: bool = Contact.objects.for_owner(owner).filter(is_sample=True).exists()
    return found


def make_sample(owner: AbstractBaseUser, *, now: datetime, seed: int = 20260101, people: int = PEOPLE) -> int:
    """Put the sample network into the notebook.  Gives how many people; 0 when it is there already."""
    if has_sample(owner):
        return 0
    cast = Cast(owner=owner, now=now, rng=random.Random(seed))
    with journal(owner, MADE, now=now) as log:
        contacts = fill(cast, people)
        seeker_self(cast)
        _tell_stories(cast, contacts)
        marked(cast)
        for model in ORDER:
            log.create_many([_attached(row) for row in cast.rows.get(model, [])])
        for named in cast.rows[Introduction]:
            log.change(named.about, introduced_by=named.giver)
        _set_goal(log, cast)
        decide(log, owner, now=now)
        want_places(log, cast)
    return people


def _attached(row: models.Model) -> models.Model:
    """Point a row at rows that had no key yet when it was made, and have one now."""
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.is_cached(row):
            setattr(row, field.name, getattr(row, field.name))
    return row


def _tell_stories(cast: Cast, contacts: list[Contact]) -> None:
    cast_in_order = list(contacts)
    others = [cast_in_order.pop() for _ in range(12)]
    plots.gatherings(cast, [cast_in_order.pop() for _ in range(2)])
    for plot, count in plots.CURRENT:
        for _ in range(count):
            plot(Story(cast=cast, contact=cast_in_order.pop(), others=others))
    choices, weights = zip(*plots.PAST.items(), strict=True)
    for contact in cast_in_order:
        if cast.rng.random() < sum(weights):
            plot = cast.rng.choices(choices, weights)[0]
            plot(Story(cast=cast, contact=contact, others=others))


def _set_goal(log: Journal, cast: Cast) -> None:
    owner, now = cast.owner, cast.now
    if not Goal.objects.for_owner(owner).filter(ended_at=None).exists():
        log.create(
            Goal(
                owner=owner,
                text=GOAL,
                role="Supply-chain analyst",
                field="a hospital system",
                place="Chicago or remote",
                set_at=cast.ago(95),
                reviewed_at=cast.ago(95),
            )
        )
    seeker, _ = Seeker.objects.get_or_create(owner=owner)
    log.change(
        seeker,
        zone=seeker.zone if seeker.zone != "UTC" else "America/Chicago",
        country=seeker.country or "US",
        who_line=seeker.who_line or "I am finishing a master's in operations at Lakeshore University.",
        offer=seeker.offer or "my notes on counting stock, and an evening of help with spreadsheets",
        resume_updated_at=seeker.resume_updated_at or now - timedelta(days=100),
        cards_left=8 if seeker.cards_left is None else seeker.cards_left,
    )


def remove_sample(owner: AbstractBaseUser, *, now: datetime) -> int:
    """Take the sample network out again, with everything done in it.  Gives how many people went."""
    count: int = Contact.objects.for_owner(owner).filter(is_sample=True, is_self=False).count()
    _forget(owner, now=now)
    made = Change.objects.for_owner(owner).filter(code=MADE, undone_at=None).order_by("-id").first()
    try:
        if made is None:  # its undo did not come along, as when keys had to move
            _remove_used(owner, None, now=now)
        else:
            undo(made, now=now)
    except CannotUndo:
        _remove_used(owner, made, now=now)
    return count


def _forget(owner: AbstractBaseUser, *, now: datetime) -> None:
    """Remove views and decisions that rest on sample people alone."""
    found = thoughts(owner)
    if found:
        with journal(owner, "sample.removed", now=now) as log:
            for row in found:
                log.delete(row)


def _remove_used(owner: AbstractBaseUser, made: Change | None, *, now: datetime) -> None:
    """Remove the sample people after things were done with them; what the user made elsewhere stays."""
    with journal(owner, "sample.removed", now=now) as log:
        log.delete_many(list(Contact.objects.for_owner(owner).filter(is_sample=True)))
        for model, still_used in (
            (Organization, "positions"),
            (Tag, "taggings"),
            (NetworkingEvent, "encounters"),
        ):
            rows = model.objects.for_owner(owner).filter(pk__in=_made(made, model))
            log.delete_many(list(rows.filter(**{still_used: None})))
        log.delete_many(list(Goal.objects.for_owner(owner).filter(pk__in=_made(made, Goal), text=GOAL)))
        if made:
            log.change(made, undone_at=now)


def _made(change: Change | None, model: type[models.Model]) -> set[int]:
    if change is None:
        return set()
    return created_keys(change).get(model._meta.label_lower, set())
