"""Circles the seeker is in, and whom others of them know as well."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach.circles import keys_to, tokens
from askwell.outreach.models import Circle, CircleEntry, CircleMember, KeptOutOfCircles
from askwell.people.journal import PART, parts
from askwell.people.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """A member who knows somebody; ``level`` is 1 to 3.  ``ask``: who of the notebook they are, if any."""

    circle: int
    circle_name: str
    member: int
    name: str
    level: int
    ask: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """One of the seeker's people whom members know, the closest first."""

    contact: int
    name: str
    through: tuple[Through, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InCircles:
    """Who of the seeker's circles knows somebody, and whether they go into no file of the seeker's."""

    through: tuple[Through, ...]
    kept_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleLine:
    """One circle.  Without its secret nothing of it can be compared."""

    circle: Circle
    has_secret: bool
    members: tuple[CircleMember, ...]
    overlaps: tuple[Overlap, ...]


def circles(owner: AbstractBaseUser) -> list[CircleLine]:
    """Give every circle with its members and overlaps."""
    return [circle_line(row) for row in _circles(owner)]


def circle_line(circle: Circle) -> CircleLine:
    """Give one circle with its members and overlaps."""
    keys = keys_to(circle)
    members = CircleMember.objects.filter(circle=circle).select_related("contact").order_by("name", "pk")
    mine = {} if keys is None else tokens(circle.owner, keys)
    found = _through(circle, mine)
    names = Contact.objects.for_owner(circle.owner).people().filter(do_not_contact=False)
    named = {
        pk: name
        for part in parts(sorted(found))
        for pk, name in names.filter(pk__in=part).values_list("pk", "name")
    }
    overlaps = [
        Overlap(contact=pk, name=name, through=_closest_first(found[pk])) for pk, name in named.items()
    ]
    overlaps.sort(key=lambda one: (-one.through[0].level, one.name, one.contact))
    return CircleLine(
        circle=circle, has_secret=keys is not None, members=tuple(members), overlaps=tuple(overlaps)
    )


def through_circles(contact: Contact) -> tuple[Through, ...]:
    """Give who of the seeker's circles knows a contact, the closest first; nobody of whom is in peace."""
    if contact.do_not_contact:
        return ()
    found: list[Through] = []
    for circle in _circles(contact.owner):
        if (keys := keys_to(circle)) is not None:
            found += _through(circle, tokens(contact.owner, keys, of=contact)).get(contact.pk, ())
    return _closest_first(found)


def in_circles(contact: Contact) -> InCircles | None:
    """Give how a contact stands in the seeker's circles; None where there is no circle."""
    if not Circle.objects.for_owner(contact.owner).exists():
        return None
    kept_out = KeptOutOfCircles.objects.filter(contact=contact).exists()
    return InCircles(through=through_circles(contact), kept_out=kept_out)


def _circles(owner: AbstractBaseUser) -> Iterable[Circle]:
    rows = list(Circle.objects.for_owner(owner).order_by("name", "pk"))
    for row in rows:
        row.owner = owner
    return rows


def _through(circle: Circle, mine: dict[str, set[int]]) -> dict[int, list[Through]]:
    """Give by contact who of a circle knows them; each member once, as well as any address tells."""
    levels: defaultdict[tuple[int, CircleMember], int] = defaultdict(int)
    wanted = sorted(mine)
    for start in range(0, len(wanted), PART):
        rows = CircleEntry.objects.filter(member__circle=circle, token__in=wanted[start : start + PART])
        for row in rows.select_related("member__contact"):
            for contact in mine[row.token] - {row.member.contact_id}:
                levels[contact, row.member] = max(row.level, levels[contact, row.member])
    found: defaultdict[int, list[Through]] = defaultdict(list)
    for (contact, member), level in levels.items():
        found[contact].append(
            Through(
                circle=circle.pk,
                circle_name=circle.name,
                member=member.pk,
                name=member.contact.name if member.contact else member.name,
                level=level,
                ask=None if member.contact is None or member.contact.do_not_contact else member.contact.pk,
            )
        )
    return dict(found)


def _closest_first(found: Iterable[Through]) -> tuple[Through, ...]:
    return tuple(sorted(found, key=lambda one: (-one.level, one.name, one.member)))
