"""What the seeker thought of the sample network: views and decisions that rest on invented people alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.models import About, CareerDecision, OwnView
from askwell.outreach.voices import by_subject, spoken
from askwell.people.models import Contact

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db import models


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
