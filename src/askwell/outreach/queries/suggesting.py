"""Whom to ask next, from the standings: the best of them are ranked again as the hour stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach.facts.matching import words as words_of
from askwell.outreach.facts.seeker import first_messages_since
from askwell.outreach.facts.standing import candidate_of
from askwell.outreach.models import Standing, Step, Talk
from askwell.outreach.queries.lines import Suggestion
from askwell.people.models import Position
from askwell.rules import ranking
from askwell.rules.facts import Stage, TalkState
from askwell.rules.grouping import DEBTS
from askwell.rules.timing import week_start

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Goal, Seeker
    from askwell.outreach.words import Voice
    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset

POOL_PER_PLACE, LEAST_POOL = 12, 60  # how many of the best standings are ranked again
TALKS_HEARD = 60  # how many of the last talks count as heard of


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The seeker's desk at one moment: what every page needs."""

    owner: AbstractBaseUser
    seeker: Seeker
    goal: Goal | None
    preset: Preset
    calendar: Calendar
    voice: Voice
    now: datetime


def asked_this_week(desk: Desk) -> int:
    """How many new first messages went out this week."""
    return first_messages_since(desk.owner, week_start(desk.now, desk.calendar), now=desk.now)


def suggestions(desk: Desk, *, count: int, asked: int) -> list[Suggestion]:
    """Rank the best standings again, with debts, freshness and what has been heard; four queries.

    ``asked`` is ``asked_this_week``: the places of the week before these.
    """
    if count <= 0:
        return []
    rows = {
        row["contact_id"]: row
        for row in Standing.objects.for_owner(desk.owner)
        .filter(score__gt=0)
        .order_by("-score", "contact_id")
        .values("contact_id", "last_at", "facts", "contact__name", "contact__headline")[
            : max(LEAST_POOL, POOL_PER_PLACE * count)
        ]
    }
    debts = set(
        Step.objects.for_owner(desk.owner)
        .filter(code__in=[code.value for code in DEBTS], earliest__lte=desk.now, contact__in=list(rows))
        .values_list("contact_id", flat=True)
    )
    heard = _heard(desk.owner)
    candidates = [
        candidate_of(
            pk,
            row["facts"],
            row["last_at"],
            debts=int(pk in debts),
            diversity=_diversity(row["facts"].get("title", ""), heard),
        )
        for pk, row in rows.items()
    ]
    chosen = ranking.rank(
        candidates,
        stage=Stage(desk.seeker.stage),
        now=desk.now,
        slots=count,
        taken=asked,
        preset=desk.preset,
    )
    return [_suggestion(desk, one, rows[one.contact]) for one in chosen]


def _suggestion(desk: Desk, one: ranking.Suggestion, row: dict[str, Any]) -> Suggestion:
    title = row["facts"].get("title", "")
    return Suggestion(
        contact=one.contact,
        contact_name=row["contact__name"],
        headline=title or row["contact__headline"],
        organization=row["facts"].get("at", ""),
        reasons=tuple(desk.voice.reason(reason) for reason in one.reasons),
        mode="reconnect" if row["last_at"] is not None else "informational",
        unfamiliar=one.reserved,
    )


def _heard(owner: AbstractBaseUser) -> frozenset[str]:
    """Words of the work of those the seeker has talked with of late."""
    talks = Talk.objects.for_owner(owner).filter(state=TalkState.HELD).order_by("-starts_at")
    contacts = set(talks.values_list("contact_id", flat=True)[:TALKS_HEARD])
    titles = Position.objects.filter(contact__in=contacts, current=True, school=False).values_list(
        "title", flat=True
    )
    return frozenset(word for title in titles for word in words_of(title))


def _diversity(title: str, heard: frozenset[str]) -> float:
    """How unlike the work heard of so far; half where the work is not known."""
    mine = words_of(title)
    if not mine:
        return 0.5
    return round(1 - len(mine & heard) / len(mine), 2) if heard else 0.8
