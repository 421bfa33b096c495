"""Who was set aside when suggested: kept as steps put off are, and read where people are suggested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach import words
from askwell.outreach.calendars import of_seeker
from askwell.outreach.facts import goal_of, seeker_of
from askwell.outreach.facts.matching import wanted_by
from askwell.outreach.facts.matching import words as words_of
from askwell.outreach.models import Snooze
from askwell.people.models import Contact, Position
from askwell.rules import passing
from askwell.rules.passing import NotThis

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Goal
    from askwell.outreach.queries.lines import ReasonLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Somebody set aside, why, and what was learnt from it."""

    contact: int
    contact_name: str
    because: NotThis
    at: datetime
    until: datetime | None  # None: no day ends it
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Who is not to be suggested, and the work of those set aside for this goal, by contact."""

    rows: tuple[tuple[int, NotThis, datetime, datetime], ...] = ()  # contact, why, said at, until
    works: dict[int, frozenset[str]]

    @property
    def people(self) -> frozenset[int]:
        """Give the contacts."""
        return frozenset(contact for contact, *_rest in self.rows)

    def alike(self, work: frozenset[str]) -> int:
        """Count who of those set aside for this goal does such work."""
        return passing.alike(work, self.works.values())


def aside(owner: AbstractBaseUser, goal: Goal | None, *, now: datetime) -> Aside:
    """Give who is set aside now: one query, and two more where somebody is."""
    kept = Snooze.objects.for_owner(owner).filter(key__startswith=passing.PREFIX).order_by("-at", "id")
    goal_set_at = goal.set_at if goal else None
    rows = [
        (found[1], found[0], at, until)
        for key, at, until in kept.values_list("key", "at", "until")
        if (found := passing.read_key(key)) is not None
        and passing.holds(found[0], at=at, until=until, goal_set_at=goal_set_at, now=now)
    ]
    if not rows:
        return Aside(works={})
    merged = Contact.objects.for_owner(owner).filter(
        pk__in={row[0] for row in rows}, merged_into__isnull=False
    )
    into = dict(merged.values_list("id", "merged_into_id"))
    held = tuple((into.get(contact, contact), kind, at, until) for contact, kind, at, until in rows)
    return Aside(rows=held, works=_works({row[0] for row in held if row[1] is NotThis.GOAL}, goal))


def _works(people: set[int], goal: Goal | None) -> dict[int, frozenset[str]]:
    """Give the words of their work, without those the goal itself asks for."""
    if not people:
        return {}
    titles = Position.objects.jobs().filter(contact__in=people).order_by("-id")
    return {contact: work_beside(title, goal) for contact, title in titles.values_list("contact_id", "title")}


def work_beside(title: str, goal: Goal | None) -> frozenset[str]:
    """Give the words of a title that the goal does not ask for."""
    wanted = wanted_by(goal)
    return words_of(title) - wanted.role - wanted.field


def set_aside_people(owner: AbstractBaseUser, *, now: datetime) -> list[SetAside]:
    """List who is set aside, the last first, with what was learnt from it."""
    seeker = seeker_of(owner)
    voice = words.voice(of_seeker(seeker.zone, seeker.country, now=now).zone, now=now)
    kept = aside(owner, goal_of(owner), now=now)
    named = dict(
        Contact.objects.for_owner(owner).people().filter(pk__in=kept.people).values_list("id", "name")
    )
    found = []
    for contact, kind, at, until in kept.rows:
        learnt = passing.learnt(kept.alike(kept.works[contact])) if contact in kept.works else None
        reasons = (passing.said(kind, until=until), *((learnt,) if learnt and kind is NotThis.GOAL else ()))
        if contact in named:
            found.append(
                SetAside(
                    contact=contact,
                    contact_name=named[contact],
                    because=kind,
                    at=at,
                    until=until if kind is NotThis.NOW else None,
                    reasons=tuple(voice.reason(each) for each in reasons),
                )
            )
    return found
