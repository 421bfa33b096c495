"""Who led to whom, with what each branch brought: the same few queries however many people."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext, pgettext_lazy

from askwell.outreach.models import Advice, Introduction, Lead, Outreach, Talk
from askwell.people.models import Contact
from askwell.rules.facts import State, TalkState
from askwell.rules.referrals import OPEN, Brought, Link, Place, Twig, grow, only, place_of
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

PLACES: dict[Place, str | _StrPromise] = {
    Place.TALKED: pgettext_lazy("a person of the tree", "we talked"),
    Place.ARRANGING: pgettext_lazy("a person of the tree", "said yes"),
    Place.ASKED: pgettext_lazy("a person of the tree", "asked"),
    Place.NOT_ASKED: pgettext_lazy("a person of the tree", "not asked"),
    Place.CLOSED: pgettext_lazy("a person of the tree", "came to an end"),
    Place.PEACE: pgettext_lazy("a person of the tree", "left in peace"),
    Place.NAMED: pgettext_lazy("a person of the tree", "only a name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One person of the tree, in words; ``contact`` is None for a name that is nobody's yet."""

    contact: int | None
    name: str
    place: Place
    parent: int | None  # the place in the list of whoever led to them
    depth: int
    at: datetime | None
    also: tuple[str, ...]  # who else named them
    led_to: int
    brought: Brought
    said: str  # what the branch that begins here brought, in words; empty at its tips


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrals:
    """The tree, each person after whoever led to them; ``found`` are the places of those looked for."""

    people: Sequence[Referral]
    found: tuple[int, ...] = ()
    in_all: int = 0  # before anything was left out


def referrals(
    owner: AbstractBaseUser, *, since: datetime | None = None, still_open: bool = False, find: str = ""
) -> Referrals:
    """The tree of the owner's people.

    ``since``: only names given from then on; ``still_open``: only branches in which somebody is still to
    be asked or answered.  Those who led there are always shown.  ``find`` points at people by name.
    """
    names, forbidden = _people(owner)
    links, free = _links(owner, names)
    names |= free
    by_name = {pk: (fold(name), pk) for pk, name in names.items()}
    twigs = grow(links, order=by_name.__getitem__, own=_own(owner))
    in_all = len(twigs)
    places = _places(owner, {twig.key for twig in twigs}, forbidden)
    if since is not None:
        twigs = only(twigs, lambda twig: twig.at is not None and twig.at >= since)
    if still_open:
        twigs = only(twigs, lambda twig: twig.parent is not None and places[twig.key] in OPEN)
    say = Saying()
    people = [_referral(twig, names, places[twig.key], say) for twig in twigs]
    return Referrals(people=people, found=_found(people, find), in_all=in_all)


def _people(owner: AbstractBaseUser) -> tuple[dict[int, str], set[int]]:
    """Names of all who named somebody or were named, and who asked to be left in peace."""
    givers = Introduction.objects.for_owner(owner).values("giver")
    about = Introduction.objects.for_owner(owner).exclude(about=None).values("about")
    led = Contact.objects.for_owner(owner).exclude(introduced_by=None)
    rows = (
        Contact.objects.for_owner(owner)
        .people()
        .filter(
            Q(pk__in=givers)
            | Q(pk__in=about)
            | Q(pk__in=led.values("pk"))
            | Q(pk__in=led.values("introduced_by"))
        )
        .values_list("pk", "name", "do_not_contact")
    )
    names, forbidden = {}, set()
    for pk, name, in_peace in rows:
        names[pk] = name
        if in_peace:
            forbidden.add(pk)
    return names, forbidden


def _links(owner: AbstractBaseUser, names: dict[int, str]) -> tuple[list[Link], dict[int, str]]:
    """Who named whom, and the names that are nobody's yet, by numbers below nought."""
    given, free = [], {}
    when: dict[tuple[int, int | None], datetime] = {}
    rows = Introduction.objects.for_owner(owner).values_list("pk", "giver", "about", "name", "given_at")
    for pk, giver, about, name, at in rows.order_by("given_at", "pk"):
        if about is None:
            free[-pk] = name
        when.setdefault((giver, about), at)
        given.append(Link(giver=giver, named=-pk if about is None else about, at=at))
    held = (
        Contact.objects.for_owner(owner)
        .exclude(introduced_by=None)
        .values_list("pk", "introduced_by", "created_at")
    )
    given += [
        Link(giver=giver, named=pk, at=when.get((giver, pk), created), first=True)
        for pk, giver, created in held
    ]
    known = names.keys() | free.keys()
    return [link for link in given if link.giver in known and link.named in known], free


def _own(owner: AbstractBaseUser) -> dict[int, Brought]:
    """What came of each person by themself."""
    talks = _counted(Talk.objects.for_owner(owner).filter(state=TalkState.HELD), "contact")
    advice = _counted(Advice.objects.for_owner(owner).filter(introduction=None), "contact")
    leads = _counted(Lead.objects.for_owner(owner), "source")
    names = _counted(Introduction.objects.for_owner(owner), "giver")
    return {
        pk: Brought(talks=talks[pk], advice=advice[pk], leads=leads[pk], introductions=names[pk])
        for pk in talks.keys() | advice.keys() | leads.keys() | names.keys()
    }


def _counted(rows: QuerySet[Any], by: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(by).annotate(Count("pk"))))


def _places(owner: AbstractBaseUser, keys: set[int], forbidden: set[int]) -> dict[int, Place]:
    states: defaultdict[int, set[State]] = defaultdict(set)
    for contact, state in Outreach.objects.for_owner(owner).values_list("contact_id", "state"):
        states[contact].add(State(state))
    held = Talk.objects.for_owner(owner).filter(state=TalkState.HELD)
    talked = set(held.values_list("contact_id", flat=True))
    return {
        key: Place.NAMED
        if key < 0
        else place_of(states[key], talks=key in talked, forbidden=key in forbidden)
        for key in keys
    }


def _referral(twig: Twig, names: dict[int, str], place: Place, say: Saying) -> Referral:
    return Referral(
        contact=twig.key if twig.key > 0 else None,
        name=names[twig.key],
        place=place,
        parent=twig.parent,
        depth=twig.depth,
        at=twig.at,
        also=tuple(names[key] for key in twig.also),
        led_to=twig.led_to,
        brought=twig.brought,
        said=say.brought(twig.brought) if twig.led_to else "",
    )


def _found(people: Sequence[Referral], find: str) -> tuple[int, ...]:
    """Those in whose name every word typed begins a word."""
    wanted = fold(find).split()
    if not wanted:
        return ()

    def is_meant(name: str) -> bool:
        parts = fold(name).replace("-", " ").split()
        return all(any(part.startswith(word) for part in parts) for word in wanted)

    return tuple(at for at, one in enumerate(people) if is_meant(one.name))


class Saying:
    """Says what branches brought: 4 people, 3 talks.  Each number is put into words once, for thousands."""

    def __init__(self) -> None:
        self._comma = gettext(", ")
        self._said: dict[tuple[str, int], str] = {}

    def brought(self, what: Brought) -> str:
        """Everything there is any of; nothing for nothing."""
        found = ((name, getattr(what, name)) for name in _COUNTED)
        return self._comma.join(self._one(name, count) for name, count in found if count)

    def _one(self, name: str, count: int) -> str:
        said = self._said.get((name, count))
        if said is None:
            said = self._said[name, count] = _COUNTED[name](count) % {"n": count}
        return said


_COUNTED: dict[str, Callable[[int], str]] = {
    "people": lambda n: ngettext("%(n)s person", "%(n)s people", n),
    "talks": lambda n: ngettext("%(n)s talk", "%(n)s talks", n),
    "advice": lambda n: ngettext("%(n)s piece of advice", "%(n)s pieces of advice", n),
    "leads": lambda n: ngettext("%(n)s lead", "%(n)s leads", n),
    "introductions": lambda n: ngettext("%(n)s name given", "%(n)s names given", n),
}
