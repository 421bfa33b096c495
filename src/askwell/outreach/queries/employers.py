"""The employer list as it is read: in order, with whom one knows there and where asking stands.

Theory of operation.  All lines together cost a fixed number of queries: the places, the people there and
formerly there, who of them shares a school with the seeker, what they were asked, their standings, the open
leads.  The rules order the lines and say where asking stands; the ranking of people chooses whom to ask.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q

from askwell.outreach import calendars
from askwell.outreach.facts.standing import candidate_of
from askwell.outreach.models import Employer, Lead, Outreach, Standing
from askwell.people.models import Contact, ContactPoint, PointKind, Position
from askwell.rules import ranking
from askwell.rules.employers import (
    FULL,
    Advocacy,
    AskedThere,
    Posting,
    Wanted,
    advocacy,
    in_order,
    target,
    there_now,
)
from askwell.rules.facts import Happening, Stage
from askwell.rules.lifecycle import HELPING, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.queries.lines import ReasonLine
    from askwell.outreach.queries.suggesting import Desk

OPEN, LATER, DROPPED = "open", "later", "dropped"
SHOWN_MOST = 3 * FULL  # places read for a page
NAMED_MOST = 3  # people named on a line; the rest is a number
_ANSWERS = ("helps", "silent", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonThere:
    """Somebody one knows at a place: ``now`` there or before; what they are good for, in words."""

    contact: int
    name: str
    title: str
    now: bool
    school: str = ""  # a school shared with the seeker
    hires: bool = False
    connector: bool = False
    do_not_contact: bool = False
    asked: str = ""  # "silent", "helps", or not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """Somebody there who was asked, with when the last message went out; ``helps``: they answered."""

    contact: int
    name: str
    last: datetime | None
    helps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerLine:
    """One place of the list."""

    employer: int
    organization: int
    name: str
    motivation: int | None
    posting: int
    notes: str
    added_at: datetime
    not_hiring_at: datetime | None
    look_again_on: date | None
    dropped_at: datetime | None
    advocacy: Advocacy
    people: tuple[PersonThere, ...]
    asked: tuple[AskedLine, ...]
    outreach: ReasonLine
    best: int | None = None  # whom to ask there next
    best_name: str = ""
    best_reasons: tuple[ReasonLine, ...] = ()
    leads: int = 0

    @property
    def here(self) -> int:
        """How many of them are there now."""
        return sum(one.now for one in self.people)

    @property
    def before(self) -> int:
        """How many were there before."""
        return len(self.people) - self.here

    @property
    def named(self) -> tuple[PersonThere, ...]:
        """Those named on the line."""
        return self.people[:NAMED_MOST]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(0, len(self.people) - NAMED_MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerList:
    """The list in its order, and what is kept apart.  ``target`` is the length to go for.

    ``count``: how long the list is (a place kept for later is on it); ``more``: those of it not read.
    """

    lines: tuple[EmployerLine, ...]
    later: tuple[EmployerLine, ...]
    dropped: tuple[EmployerLine, ...]
    target: int
    count: int
    more: int = 0


def employers(owner: AbstractBaseUser, *, now: datetime, most: int | None = SHOWN_MOST) -> EmployerList:
    """Give the list in a fixed number of queries: the dearest ``most``, and as many of those taken off."""
    from askwell.outreach.queries.today import desk_of

    desk = desk_of(owner, now=now)
    rows = Employer.objects.for_owner(owner).select_related("organization")
    kept = rows.filter(dropped_at=None).order_by(F("motivation").desc(nulls_last=True), "-posting", "pk")
    read = list(kept[:most])
    count = len(read) if most is None or len(read) < most else kept.count()
    lines = _lines(desk, [*read, *rows.exclude(dropped_at=None).order_by("-dropped_at", "-pk")[:most]])
    apart = {line.employer: _part(line) for line in lines}
    parts = {
        part: tuple(line for line in lines if apart[line.employer] == part) for part in (OPEN, LATER, DROPPED)
    }
    return EmployerList(
        lines=parts[OPEN],
        later=parts[LATER],
        dropped=parts[DROPPED],
        target=target(count),
        count=count,
        more=count - len(read),
    )


def employer_lines(owner: AbstractBaseUser, rows: Sequence[Employer], *, now: datetime) -> list[EmployerLine]:
    """Give these lines of the list, in its order."""
    from askwell.outreach.queries.today import desk_of

    return _lines(desk_of(owner, now=now), rows)


def _part(line: EmployerLine) -> str:
    if line.dropped_at is not None:
        return DROPPED
    return LATER if line.not_hiring_at is not None else OPEN


def _lines(desk: Desk, rows: Sequence[Employer]) -> list[EmployerLine]:
    there = _There(desk, [row.organization_id for row in rows])
    lines = {row.pk: there.line(row) for row in rows}
    ordered = in_order(_wanted(line) for line in lines.values())
    return [lines[one.id] for one in ordered]


def _wanted(line: EmployerLine) -> Wanted:
    return Wanted(
        id=line.employer,
        name=line.name,
        motivation=line.motivation,
        posting=line.posting,
        here=line.here,
        before=line.before,
    )


class _There:
    """Everybody at these places, read together."""

    def __init__(self, desk: Desk, organizations: list[int]) -> None:
        self.desk, self.organizations = desk, organizations
        owner = desk.owner
        self.people = _people(owner, organizations)
        here = {one.contact for rows in self.people.values() for one in rows if one.now}
        self.asked, calendars_of = _asked(desk, here)
        self.calendars = calendars_of
        standings = Standing.objects.filter(contact__in=here)
        self.standings = {
            pk: (last, facts) for pk, last, facts in standings.values_list("contact_id", "last_at", "facts")
        }
        leads = Lead.objects.for_owner(owner).filter(closed_at=None, organization__in=organizations)
        self.leads = dict(leads.values_list("organization_id").annotate(Count("id")))

    def line(self, row: Employer) -> EmployerLine:
        people = self.people.get(row.organization_id, [])
        here = {one.contact: one for one in people if one.now}
        asked = [self.asked[pk] for pk in here if pk in self.asked]
        best = self._best(row, asked, [one for one in here.values() if not one.do_not_contact])
        return EmployerLine(
            employer=row.pk,
            organization=row.organization_id,
            name=row.organization.name,
            motivation=row.motivation,
            posting=row.posting,
            notes=row.notes,
            added_at=row.added_at,
            not_hiring_at=row.not_hiring_at,
            look_again_on=row.look_again_on,
            dropped_at=row.dropped_at,
            advocacy=advocacy(Wanted(id=row.pk, here=len(here), before=len(people) - len(here))),
            people=self._named_first(people, best.contact if best else None),
            asked=tuple(asked),
            outreach=self.desk.voice.reason(self._stands(asked)),
            best=best.contact if best else None,
            best_name=here[best.contact].name if best else "",
            best_reasons=tuple(map(self.desk.voice.reason, best.reasons)) if best else (),
            leads=self.leads.get(row.organization_id, 0),
        )

    def _named_first(self, people: Iterable[PersonThere], best: int | None) -> tuple[PersonThere, ...]:
        """Put those who help first, then who is silent, then whom to ask next."""
        told = [replace(one, asked=self._answer_of(one.contact)) for one in people]
        told.sort(key=lambda one: (_ANSWERS.index(one.asked), one.contact != best))
        return tuple(told)

    def _answer_of(self, contact: int) -> str:
        found = self.asked.get(contact)
        return "" if found is None else "helps" if found.helps else "silent"

    def _stands(self, asked: Iterable[AskedLine]) -> Any:
        rows = (
            AskedThere(
                contact=one.contact, last=one.last, helps=one.helps, calendar=self.calendars[one.contact]
            )
            for one in asked
        )
        return there_now(rows, preset=self.desk.preset, now=self.desk.now)

    def _best(
        self, row: Employer, asked: Sequence[AskedLine], people: Iterable[PersonThere]
    ) -> ranking.Suggestion | None:
        """Choose whom to ask there: the ranking's first, where nothing stands against it."""
        known: dict[str, Any] = {
            "motivation": row.motivation,
            "posting_open": row.posting == Posting.FITS,
            "colleagues_open": sum(not one.helps for one in asked),
            "colleague_helps": any(one.helps for one in asked),
        }
        candidates = [
            replace(candidate_of(one.contact, facts, last), **known)
            for one in people
            if one.contact in self.standings
            for last, facts in [self.standings[one.contact]]
        ]
        found = ranking.rank(
            candidates,
            stage=Stage(self.desk.seeker.stage),
            now=self.desk.now,
            slots=1,
            preset=self.desk.preset,
        )
        return found[0] if found else None


def _people(owner: AbstractBaseUser, organizations: list[int]) -> dict[int, list[PersonThere]]:
    """Give people by place: those there now first, then those before; each once a place."""
    rows = (
        Position.objects.for_owner(owner)
        .filter(organization__in=organizations, school=False)
        .filter(contact__is_self=False, contact__merged_into=None)
        .order_by("-current", "contact__sort_key", "contact_id", "pk")
        .values_list(
            "organization_id",
            "contact_id",
            "contact__name",
            "title",
            "current",
            "contact__hires",
            "contact__connector",
            "contact__do_not_contact",
        )
    )
    held = list(rows)
    schools = _schools(owner, {row[1] for row in held})
    found: dict[int, dict[int, PersonThere]] = defaultdict(dict)
    for place, pk, name, title, current, hires, connector, no_contact in held:
        one = PersonThere(
            contact=pk,
            name=name,
            title=title,
            now=current,
            school=schools.get(pk, ""),
            hires=hires,
            connector=connector,
            do_not_contact=no_contact,
        )
        found[place].setdefault(pk, one)
    return {place: sorted(rows.values(), key=_first_named) for place, rows in found.items()}


def _first_named(one: PersonThere) -> tuple[bool, bool, bool]:
    """Those there now before those who left; among them who shares a school, then who hires."""
    return not one.now, not one.school, not one.hires


def _schools(owner: AbstractBaseUser, contacts: set[int]) -> dict[int, str]:
    """Name a school each of them shares with the seeker."""
    mine = Position.objects.for_owner(owner).filter(contact__is_self=True, school=True)
    shared = Position.objects.for_owner(owner).filter(
        contact__in=contacts, school=True, organization__in=mine.values("organization")
    )
    return dict(shared.order_by("-pk").values_list("contact_id", "organization__name"))


def _asked(desk: Desk, contacts: set[int]) -> tuple[dict[int, AskedLine], dict[int, Any]]:
    """Give who was asked and is silent, or helps, and the calendars of those people."""
    sent = Max("transitions__at", filter=Q(transitions__happening=Happening.SENT))
    rows = (
        Outreach.objects.for_owner(desk.owner)
        .filter(contact__in=contacts, state__in=SILENT | HELPING)
        .annotate(last=sent)
        .order_by("-pk")
        .values_list("contact_id", "contact__name", "state", "last")
    )
    found: dict[int, AskedLine] = {}
    for pk, name, state, last in rows:
        line = AskedLine(contact=pk, name=name, last=last, helps=state in HELPING)
        if pk not in found or line.helps:
            found[pk] = line
    return found, _calendars(desk, found)


def _calendars(desk: Desk, contacts: Iterable[int]) -> dict[int, Any]:
    keys = list(contacts)
    phones: dict[int, list[str]] = defaultdict(list)
    points = ContactPoint.objects.filter(contact__in=keys, kind=PointKind.PHONE).order_by("pk")
    for pk, norm in points.values_list("contact_id", "norm"):
        phones[pk].append(norm)
    rows = Contact.objects.filter(pk__in=keys).values_list("pk", "zone", "country", "place")
    return {
        pk: calendars.of_contact(
            zone=zone, country=country, place=place, phones=phones[pk], seeker=desk.calendar, now=desk.now
        )
        for pk, zone, country, place in rows
    }
