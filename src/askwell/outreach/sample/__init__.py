"""A sample network: invented people and two years of history, to look around in and throw away."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import ForeignKey

from askwell.outreach.models import (
    Advice,
    Community,
    Draft,
    Encounter,
    Favor,
    Goal,
    Introduction,
    JobChange,
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
from askwell.outreach.sample import desk, evenings, plots, pools, tree
from askwell.outreach.sample.circle import PEOPLE as IN_THE_CIRCLE
from askwell.outreach.sample.circle import Circle, live
from askwell.outreach.sample.leaving import MADE, leave
from askwell.outreach.sample.network import Cast, fill, seeker_self
from askwell.outreach.sample.places import marked, want_places
from askwell.outreach.sample.story import Story
from askwell.outreach.sample.thoughts import decide
from askwell.people.journal import as_one, journal, refreshed_once
from askwell.people.models import Contact, ContactPoint, Organization, Position, Tag, Tagging

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db import models

    from askwell.people.journal import Journal

PEOPLE = 400
# What others point to is written first.
ORDER = (
    *(Organization, Tag, Contact, ContactPoint, Position, Tagging),
    *(Community, NetworkingEvent, Encounter, Outreach, Draft, Talk, Touch, Transition),
    *(Introduction, Promise, Advice, Favor, Lead, Trial, JobChange),
)
GOAL = pools.GOAL


def has_sample(owner: AbstractBaseUser) -> bool:
    """Tell whether sample people are in this notebook."""
    found: bool = Contact.objects.for_owner(owner).filter(is_sample=True).exists()
    return found


def make_sample(owner: AbstractBaseUser, *, now: datetime, seed: int = 20260101, people: int = PEOPLE) -> int:
    """Put the sample network into the notebook.  Gives how many people; 0 when it is there already."""
    if has_sample(owner):
        return 0
    cast = Cast(owner=owner, now=now, rng=random.Random(seed))
    with as_one(owner, named_by_first=True), refreshed_once(owner, now=now):
        with journal(owner, MADE, now=now) as log:
            contacts = fill(cast, people)
            seeker_self(cast)
            circle = _tell_stories(cast, contacts)
            marked(cast)
            for model in ORDER:
                log.create_many([_attached(row) for row in cast.rows.get(model, [])])
            for named in cast.rows[Introduction]:
                log.change(named.about, introduced_by=named.giver)
            _set_goal(log, cast)
            decide(log, owner, now=now)
            want_places(log, cast)
        desk.own_words(cast)
        live(circle, shelf=desk.shelf(cast), resumes=desk.resumes(cast))
        desk.week_looked_back_on(cast)
    return people


def _attached(row: models.Model) -> models.Model:
    """Point a row at rows that had no key yet when it was made, and have one now."""
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.is_cached(row):
            setattr(row, field.name, getattr(row, field.name))
    return row


def _tell_stories(cast: Cast, contacts: list[Contact]) -> Circle:
    """Give people their histories; give the circle."""
    cast_in_order = list(contacts)
    others = [cast_in_order.pop() for _ in range(12)]
    met = [cast_in_order.pop() for _ in range(evenings.MET_LATELY)]
    for plot, count in plots.CURRENT:
        for _ in range(count):
            plot(Story(cast=cast, contact=cast_in_order.pop(), others=others))
    circle = Circle.of(cast, _chosen(cast_in_order, IN_THE_CIRCLE))
    before = _chosen(cast_in_order, evenings.MET_BEFORE)
    tree.grow(cast, _chosen(cast_in_order, min(len(tree.BRANCHES), len(cast_in_order))))
    evenings.gatherings(cast, [*met, *before])
    choices, weights = zip(*plots.PAST.items(), strict=True)
    for contact in [*cast_in_order, *before]:
        if cast.rng.random() < sum(weights):
            plot = cast.rng.choices(choices, weights)[0]
            plot(Story(cast=cast, contact=contact, others=others))
    return circle


def _chosen(people: list[Contact], count: int) -> list[Contact]:
    """Take so many out: people of hospitals before others, for it is them the search is about."""
    inside = [one for one in people if one.headline.endswith(pools.HOSPITALS)]
    taken = [*inside, *(one for one in people if one not in inside)][:count]
    people[:] = [one for one in people if one not in taken]
    return taken


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
    leave(owner, now=now)
    return count
