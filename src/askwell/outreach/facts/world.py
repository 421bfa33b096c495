"""What holds for every relationship of one owner at one moment.

Theory of operation.  Built once, in a small constant number of queries, and handed to whoever
projects relationships.  ``basis`` names everything here that the derived rows of *all* contacts
rest on: when it changes, all of them are made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askwell.outreach import calendars
from askwell.outreach.models import Goal, Outreach, Seeker
from askwell.people.models import Contact, Organization, Position
from askwell.rules.confidentiality import Guard
from askwell.rules.decisions import StepCode
from askwell.rules.errors import AskwellRuleError
from askwell.rules.lifecycle import HELPING, SILENT
from askwell.rules.presets import PRESETS, Preset, choose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.rules.facts import Calendar

BASIS_VERSION = 4
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The seeker's own schools and employers, by organization key (they may have several rows)."""

    schools: frozenset[int] = frozenset()
    employers: frozenset[int] = frozenset()  # past and present
    present: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThere:
    """Contacts by organization."""

    silent: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    helpful: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def others(self, contact: int, organization: int | None) -> tuple[int, bool]:
        """Count who else there is silent, and say whether anybody else there helps."""
        if organization is None:
            return 0, False
        silent, helpful = self.silent.get(organization, _NOBODY), self.helpful.get(organization, _NOBODY)
        return len(silent - {contact}), bool(helpful - {contact})

    def add(self, state: str, contact: int, organization: int) -> None:
        """Note someone of an organization by the state of what they were asked."""
        (self.silent if state in SILENT else self.helpful)[organization].add(contact)


class Colleagues:
    """Who of each organization was asked and is silent, and who there answered."""

    def __init__(self, owner: AbstractBaseUser) -> None:
        self._owner = owner
        self._all: AskedThere | None = None

    def everywhere(self) -> AskedThere:
        """Give those of all organizations, read once."""
        if self._all is None:
            self._all = AskedThere()
            asked = self._asked().filter(
                contact__positions__current=True,
                contact__positions__school=False,
                contact__positions__organization__isnull=False,
            )
            for row in asked.values_list("state", "contact_id", "contact__positions__organization_id"):
                self._all.add(*row)
        return self._all

    def at(self, organization: int) -> AskedThere:
        """Give those of one organization."""
        if self._all is not None:
            return self._all
        there = Position.objects.jobs().filter(organization=organization)
        found = AskedThere()
        asked = self._asked().filter(contact__in=there.values("contact_id"))
        for state, contact in asked.values_list("state", "contact_id"):
            found.add(state, contact, organization)
        return found

    def at_these(self, organizations: Iterable[int]) -> AskedThere:
        """Give those of these organizations, read together."""
        found = AskedThere()
        asked = self._asked().filter(
            contact__positions__current=True,
            contact__positions__school=False,
            contact__positions__organization__in=list(organizations),
        )
        for row in asked.values_list("state", "contact_id", "contact__positions__organization_id"):
            found.add(*row)
        return found

    def _asked(self) -> QuerySet[Outreach]:
        asked: QuerySet[Outreach] = Outreach.objects.for_owner(self._owner).filter(state__in=SILENT | HELPING)
        return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that is the same for every contact of one owner."""

    seeker: Seeker
    preset: Preset
    calendar: Calendar
    goal: Goal | None
    colleagues: Colleagues
    own: Own = field(default_factory=Own)
    guard: Guard = field(default_factory=Guard)  # under confidential search

    @property
    def basis(self) -> str:
        """A digest of what all derived rows rest on."""
        seeker, goal = self.seeker, self.goal
        parts = [
            BASIS_VERSION,
            [code.value for code in StepCode],  # their order is Today's
            [seeker.preset, seeker.overrides, seeker.zone, seeker.country, seeker.stage],
            [goal.text, goal.role, goal.field, goal.place] if goal else None,
            sorted(self.own.schools),
            sorted(self.own.employers),
            sorted(self.guard.organizations),
            sorted(self.guard.domains),
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def seeker_of(owner: AbstractBaseUser) -> Seeker:
    """The seeker's settings, made on first use."""
    seeker, _ = Seeker.objects.get_or_create(owner_id=owner.pk)
    return seeker


def goal_of(owner: AbstractBaseUser) -> Goal | None:
    """The goal that holds."""
    found: Goal | None = (
        Goal.objects.for_owner(owner).filter(ended_at=None).order_by("-set_at", "-id").first()
    )
    return found


def preset_of(seeker: Seeker) -> Preset:
    """The seeker's preset; stored numbers that no longer fit are left out rather than stopping the day."""
    name = seeker.preset if seeker.preset in PRESETS else "askwell"
    try:
        return choose(name, **seeker.overrides)
    except AskwellRuleError:
        return choose(name)


def world(owner: AbstractBaseUser, *, now: datetime, seeker: Seeker | None = None) -> World:
    """Gather what holds for every relationship, in at most five queries; ``seeker``: read already."""
    seeker = seeker or seeker_of(owner)
    own = _own(owner)
    return World(
        seeker=seeker,
        preset=preset_of(seeker),
        calendar=calendars.of_seeker(seeker.zone, seeker.country, now=now),
        goal=goal_of(owner),
        colleagues=Colleagues(owner),
        own=own,
        guard=_guard(owner, seeker, own) if seeker.confidential else Guard(),
    )


def _own(owner: AbstractBaseUser) -> Own:
    me = Contact.objects.for_owner(owner).filter(is_self=True).values_list("id", flat=True).first()
    if me is None:
        return Own()
    rows = list(
        Position.objects.filter(contact_id=me, organization__isnull=False).values_list(
            "organization_id", "school", "current"
        )
    )
    return Own(
        schools=frozenset(organization for organization, school, _ in rows if school),
        employers=frozenset(organization for organization, school, _ in rows if not school),
        present=frozenset(organization for organization, school, current in rows if current and not school),
    )


def guard_of(owner: AbstractBaseUser, seeker: Seeker) -> Guard:
    """Give what confidential search keeps out, whether it is on or off."""
    return _guard(owner, seeker, _own(owner))


def _guard(owner: AbstractBaseUser, seeker: Seeker, own: Own) -> Guard:
    """The present employer, everything above and below it, and their e-mail domains."""
    rows = {
        pk: (parent, domains)
        for pk, parent, domains in Organization.objects.for_owner(owner)
        .filter(_of_interest())
        .values_list("id", "parent_id", "domains")
    }
    employer = seeker.employer_id
    found = set(own.present) | ({employer} if employer else set())
    found |= {top for start in list(found) for top in _above(start, rows)}
    while below := {pk for pk, (parent, _) in rows.items() if parent in found} - found:
        found |= below
    domains = {domain.lower() for pk in found if pk in rows for domain in rows[pk][1]}
    return Guard(organizations=frozenset(found), domains=frozenset(domains))


def _of_interest() -> object:
    from django.db.models import Q

    return ~Q(domains=[]) | Q(parent__isnull=False) | Q(affiliates__isnull=False)


def _above(start: int, rows: dict[int, tuple[int | None, list[str]]]) -> set[int]:
    found: set[int] = set()
    here: int | None = start
    while here is not None and here in rows and here not in found:
        found.add(here)
        here = rows[here][0]
    return found | ({here} if here else set())
