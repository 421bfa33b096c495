"""What the seeker thought of the sample network: views and decisions that rest on invented people alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.outreach.models import About, CareerDecision, OwnView
from askwell.outreach.sample import belongings
from askwell.outreach.voices import by_subject, spoken
from askwell.people.models import Contact
from askwell.rules.comparing import Choice

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db import models

    from askwell.people.journal import Journal


def decide(log: Journal, owner: AbstractBaseUser, *, now: datetime) -> None:
    """Decide about the work most was heard of, to look at it again by now."""
    groups = by_subject(spoken(owner), About.OCCUPATION)
    if not groups:
        return
    key = max(groups, key=lambda key: (len(groups[key]), key))
    about = groups[key][0].occupation
    rests_on = [
        {"talk": one.voice.talk, "name": one.name, "contact": one.voice.contact} for one in groups[key]
    ]
    log.create(
        CareerDecision(
            owner_id=owner.pk,
            about=About.OCCUPATION.value,
            subject=key,
            name=about.name if about else key,
            choice=Choice.GO_ON.value,
            reasons="I like the pace. I want to hear somebody who left it.",
            rests_on=rests_on,
            decided_at=now - timedelta(days=45),
            look_again_on=(now - timedelta(days=1)).date(),
        )
    )
    if not OwnView.objects.for_owner(owner).filter(about=About.OCCUPATION, subject=key).exists():
        log.create_many([_own_view(owner, key, question, now=now) for question in belongings.OWN_VIEWS])


def _own_view(owner: AbstractBaseUser, key: str, question: str, *, now: datetime) -> OwnView:
    return OwnView(
        owner_id=owner.pk,
        about=About.OCCUPATION.value,
        subject=key,
        question=question,
        text=belongings.OWN_VIEWS[question],
        updated_at=now - timedelta(days=44),
    )


def thoughts(owner: AbstractBaseUser) -> list[models.Model]:
    """List them: nothing of them would make sense once these people are gone."""
    sample = set(Contact.objects.for_owner(owner).filter(is_sample=True).values_list("pk", flat=True))
    rows: list[models.Model] = [
        row
        for row in CareerDecision.objects.for_owner(owner)
        if row.rests_on and {one.get("contact") for one in row.rests_on} <= sample
    ]
    views = list(OwnView.objects.for_owner(owner))
    said = spoken(owner) if views else []
    for about in About:
        groups = by_subject(said, about)
        rows += [
            row
            for row in views
            if row.about == about and {one.voice.contact for one in groups.get(row.subject, ())} <= sample
        ]
    return rows
