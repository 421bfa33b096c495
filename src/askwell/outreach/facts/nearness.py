"""Who is near to the employer that a confidential search is kept from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.outreach.facts.world import guard_of
from askwell.outreach.models import Encounter, Introduction
from askwell.people.models import ContactPoint, PointKind, Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Seeker

SEVERAL = 2  # ours: so many people there whom one shares with somebody


class Near(StrEnum):
    """How someone is near to the employer, the nearest first; the first three are guarded (Q01)."""

    WORKS = "works"
    AFFILIATE = "affiliate"
    MAIL = "mail"
    WORKED = "worked"
    SHARES = "shares"


GUARDED = frozenset({Near.WORKS, Near.AFFILIATE, Near.MAIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """Contacts by how they are near; ``people`` holds the nearest way of each."""

    people: dict[int, Near]

    def guarded(self, contact: int) -> bool:
        """Nothing at all may be sent there."""
        return self.people.get(contact) in GUARDED


def near_employer(owner: AbstractBaseUser, seeker: Seeker) -> Nearby:
    """Give who is near to it in five queries; nobody where the search is open."""
    guard = guard_of(owner, seeker) if seeker.confidential else None
    if not guard:
        return Nearby(people={})
    works: set[int] = set()
    affiliated: set[int] = set()
    worked: set[int] = set()
    jobs = Position.objects.for_owner(owner).filter(
        organization__in=guard.organizations, school=False, contact__is_self=False
    )
    for contact, place, current in jobs.values_list("contact_id", "organization_id", "current"):
        own = place == seeker.employer_id or seeker.employer_id is None
        (worked if not current else works if own else affiliated).add(contact)
    by_mail = _by_mail(owner, guard.domains)
    inside = works | affiliated | by_mail
    found: dict[int, Near] = {}
    for near, people in (
        (Near.WORKS, works),
        (Near.AFFILIATE, affiliated),
        (Near.MAIL, by_mail),
        (Near.WORKED, worked),
        (Near.SHARES, _sharing(owner, inside, guard.organizations)),
    ):
        for contact in people:
            found.setdefault(contact, near)
    return Nearby(people=found)


def _by_mail(owner: AbstractBaseUser, domains: Iterable[str]) -> set[int]:
    wanted = Q(pk__in=[])
    for domain in domains:
        wanted |= Q(norm__endswith=f"@{domain}") | Q(norm__endswith=f".{domain}")
    rows = ContactPoint.objects.for_owner(owner).filter(wanted, kind=PointKind.EMAIL, contact__is_self=False)
    return set(rows.values_list("contact_id", flat=True))


def _sharing(owner: AbstractBaseUser, inside: set[int], guarded: Iterable[int]) -> set[int]:
    """Who has several people there in common with one: by names given, by events, by a former employer."""
    if len(inside) < SEVERAL:
        return set()
    known: defaultdict[int, set[int]] = defaultdict(set)
    given = Introduction.objects.for_owner(owner).filter(about__isnull=False)
    for giver, about in given.values_list("giver_id", "about_id"):
        _share(known, giver, about, inside)
    _by_place(
        known, Encounter.objects.for_owner(owner).values_list("event_id", "contact_id").distinct(), inside
    )
    shared = (
        Position.objects.for_owner(owner)
        .filter(contact__in=inside, school=False, organization__isnull=False)
        .exclude(organization__in=guarded)
        .values("organization_id")
    )
    jobs = Position.objects.for_owner(owner).filter(
        organization__in=shared, school=False, contact__is_self=False
    )
    _by_place(known, jobs.values_list("organization_id", "contact_id").distinct(), inside)
    return {contact for contact, people in known.items() if len(people) >= SEVERAL}


def _share(known: defaultdict[int, set[int]], one: int, other: int, inside: set[int]) -> None:
    for here, there in ((one, other), (other, one)):
        if there in inside and here not in inside:
            known[here].add(there)


def _by_place(known: defaultdict[int, set[int]], rows: Iterable[tuple[int, int]], inside: set[int]) -> None:
    """Whoever was at a place with people of the employer shares those with them."""
    at: defaultdict[int, set[int]] = defaultdict(set)
    for place, contact in rows:
        at[place].add(contact)
    for people in at.values():
        there = people & inside
        for contact in people - inside if there else ():
            known[contact] |= there
