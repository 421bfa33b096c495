"""What is worth a notice on the screen: thanks that are due within hours, or late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from askwell.outreach.facts import seeker_of
from askwell.outreach.queries.today import steps
from askwell.rules.decisions import StepCode
from askwell.rules.steps import deserves_notice

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice; ``key`` is its step's."""

    key: str
    title: str
    text: str
    contact: int | None
    due: datetime


def notices(owner: AbstractBaseUser, *, now: datetime) -> list[Notice]:
    """Give what deserves a notice now; without a name where the search is confidential."""
    discreet = seeker_of(owner).confidential
    soon = [
        line
        for line in steps(owner, now=now)
        if line.snoozed_until is None and deserves_notice(StepCode(line.code), line.due, now=now)
    ]
    return [
        Notice(
            key=line.key,
            title=gettext("A note of thanks is due") if discreet else line.title,
            text=line.when,
            contact=line.contact,
            due=line.due,
        )
        for line in soon[:_MOST]
    ]
