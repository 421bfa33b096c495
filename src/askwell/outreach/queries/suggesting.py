"""Whom to ask next, from the standings: the best of them are ranked again as the hour stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from askwell.outreach.facts.matching import words as words_of
from askwell.outreach.facts.seeker import first_messages_since
from askwell.outreach.facts.standing import candidate_of
from askwell.outreach.facts.world import AskedThere, Colleagues
from askwell.outreach.models import Employer, Standing, Step, Talk
from askwell.outreach.queries.lines import Suggestion
from askwell.outreach.queries.passing import aside, work_beside
from askwell.people.models import Position
from askwell.rules import ranking
from askwell.rules.employers import Posting
from askwell.rules.facts import Stage, TalkState
from askwell.rules.grouping import DEBTS
from askwell.rules.timing import week_start

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from typing import Any

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Goal, Seeker
    from askwell.outreach.queries.lines import ReasonLine
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


def season_of(desk: Desk) -> ReasonLine | None:
    """Say what the time of the year has to say to whoever asks somebody new (T03)."""
    hint = ranking.year_end_hint(desk.now, desk.calendar)
    return desk.voice.reason(hint) if hint else None


def suggestions(
    desk: Desk, *, count: int, asked: int, decides: bool = False, without: Collection[int] = ()
) -> list[Suggestion]:
    """Rank the best standings again: debts, freshness, what was heard and wanted, colleagues; eight queries.

    ``asked`` is ``asked_this_week``: the places of the week before these.  ``decides``: who hires comes
    sooner (``ranking.wants_who_decides``).  ``without`` are not named: they stand elsewhere on the page.
    """
    if count <= 0:
        return []
    wanted, held = wanted_places(desk.owner), aside(desk.owner, desk.goal, now=desk.now)
    most = max(LEAST_POOL, POOL_PER_PLACE * count)
    rows = _pool(desk, wanted, most=most, decides=decides, without={*without, *held.people})
    debts = set(
        Step.objects.for_owner(desk.owner)
        .filter(code__in=[code.value for code in DEBTS], earliest__lte=desk.now, contact__in=list(rows))
        .values_list("contact_id", flat=True)
    )
    heard = _heard(desk.owner)
    asked_there = _colleagues(desk.owner, rows)
    candidates = [
        replace(
            candidate_of(
                pk,
                row["facts"],
                row["last_at"],
                debts=int(pk in debts),
                diversity=_diversity(row["facts"].get("title", ""), heard),
                decides=decides,
            ),
            **_drawn(wanted.get(row["facts"].get("organization"))),
            **_beside(asked_there, pk, row["facts"].get("organization")),
            passed_like=held.alike(work_beside(row["facts"].get("title", ""), desk.goal))
            if held.works
            else 0,
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


def wanted_places(owner: AbstractBaseUser) -> dict[int | None, tuple[int | None, int]]:
    """Give the employer list by organization: how much each is wanted, what opening was seen."""
    rows = Employer.objects.for_owner(owner).filter(dropped_at=None, not_hiring_at=None)
    return {
        pk: (drawn, seen) for pk, drawn, seen in rows.values_list("organization", "motivation", "posting")
    }


def _drawn(place: tuple[int | None, int] | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {"motivation": place[0], "posting_open": place[1] == Posting.FITS}


def _colleagues(owner: AbstractBaseUser, rows: dict[int, dict[str, Any]]) -> AskedThere:
    """Who was asked where these people work."""
    places = {row["facts"].get("organization") for row in rows.values()} - {None}
    return Colleagues(owner).at_these(places) if places else AskedThere()


def _beside(asked: AskedThere, contact: int, organization: int | None) -> dict[str, Any]:
    silent, helps = asked.others(contact, organization)
    return {"colleagues_open": silent, "colleague_helps": helps}


def _pool(
    desk: Desk, wanted: Iterable[int | None], *, most: int, decides: bool, without: Collection[int]
) -> dict[int, dict[str, Any]]:
    """Give the best standings: of everybody, of those at the places wanted, and of those who hire."""
    free = Standing.objects.for_owner(desk.owner).filter(score__gt=0).order_by("-score", "contact_id")
    if without:
        free = free.exclude(contact__in=without)
    pools = [free]
    if wanted:
        there = Position.objects.jobs().filter(organization__in=list(wanted))
        pools.append(free.filter(contact__in=there.values("contact")))
    if decides:
        pools.append(free.filter(contact__hires=True))
    columns = ("contact_id", "last_at", "facts", "contact__name", "contact__headline")
    return {row["contact_id"]: row for rows in pools for row in rows.values(*columns)[:most]}


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
    contacts = talks.values("contact_id")[:TALKS_HEARD]
    titles = Position.objects.jobs().filter(contact__in=contacts).values_list("title", flat=True)
    return frozenset(word for title in titles for word in words_of(title))


def _diversity(title: str, heard: frozenset[str]) -> float:
    """How unlike the work heard of so far; half where the work is not known."""
    mine = words_of(title)
    if not mine:
        return 0.5
    return round(1 - len(mine & heard) / len(mine), 2) if heard else 0.8
