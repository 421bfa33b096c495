"""Whom a line or the lines of a card mean: somebody known, one of several, or somebody new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.people.models import Contact
from askwell.people.points import is_identity, norm_point
from askwell.people.queries.finding import with_cards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Those known who may be meant, none for somebody new.  ``sure``: nobody has to be asked which.

    ``addressed``: there is an address in the text.
    """

    people: tuple[Contact, ...] = ()
    sure: bool = True
    addressed: bool = False

    @property
    def known(self) -> Contact | None:
        """The one known who is meant."""
        return self.people[0] if self.sure and self.people else None

    @property
    def new(self) -> bool:
        """An address that is nobody's: clearly somebody new."""
        return self.addressed and not self.people


def meant_by(owner: AbstractBaseUser, text: str, *, now: datetime, default_country: str = "") -> Meant:
    """Say whom a text means: whoever has an address in it, else who is called exactly so.

    A card (of several lines) with an unknown address is one more address of whoever is called so.  A line
    with one may as well be of a namesake, so it is asked; where nobody is called so it is somebody new.
    """
    # Late: who only looks at Today reads nobody's lines.
    from askwell.people.quick_add import parse_quick

    quick = parse_quick(text, now=now, default_country=default_country)
    wanted = _identities(quick.points, default_country)
    if wanted:
        same = _people(owner, wanted)
        if same:
            return Meant(people=same, sure=len(same) == 1, addressed=True)
    whole = "\n" not in text.strip()
    called = text.strip() if whole and not wanted else quick.name.formatted
    people = _called(owner, called)
    unsure = len(people) > 1 or (bool(people) and whole and bool(wanted))
    return Meant(people=people, sure=not unsure, addressed=bool(wanted))


def _identities(points: Iterable[tuple[str, str]], country: str) -> Q:
    wanted = Q()
    for kind, value in points:
        norm = norm_point(kind, value, country)
        if norm and is_identity(kind, norm):
            wanted |= Q(points__kind=kind, points__norm=norm)
    return wanted


def _people(owner: AbstractBaseUser, wanted: Q) -> tuple[Contact, ...]:
    keys = Contact.objects.for_owner(owner).people().filter(wanted).values("pk")
    return tuple(with_cards(Contact.objects.filter(pk__in=keys).order_by("pk"), points=True)[:_MOST])


def _called(owner: AbstractBaseUser, name: str) -> tuple[Contact, ...]:
    """Give those of exactly this name, in whatever case."""
    from askwell.search.naming import name_key  # loads a table of nicknames

    same, key = Q(name__iexact=name), name_key(name)
    found = _people(owner, same | Q(name_key=key) if key else same)
    return tuple(one for one in found if one.name.casefold() == name.casefold())
