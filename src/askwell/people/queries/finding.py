"""Find anyone as you type."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from askwell.formats.addresses import norm_url
from askwell.people.index import NAME, WRITTEN, prefix, typed_words
from askwell.people.models import Contact, ContactPoint, PointKind, Position, SearchTerm
from askwell.people.points import is_identity, norm_point
from askwell.search.slips import mistaken_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

_CANDIDATES = 100  # looked at and ranked; more would not change what stands on top
_SHORTEST_FORM = 3


def find(owner: AbstractBaseUser, text: str, limit: int = 8, *, points: bool = False) -> list[Contact]:
    """Give people every typed word leads to, best first; positions come along, and ``points`` if wanted.

    A word finds whoever has a word beginning with it: name, organization, title, tag, place, e-mail,
    end of a number.  Names come first, then who was connected last.
    """
    keys = (_by_link(owner, text) or _by_words(owner, text))[:limit]
    full = with_cards(Contact.objects.for_owner(owner), points=points).in_bulk(keys)
    return [full[key] for key in keys if key in full]


def _by_link(owner: AbstractBaseUser, text: str) -> list[int]:
    """A pasted profile or page finds whoever has it."""
    if "/" not in text or " " in text.strip():
        return []
    same = ContactPoint.objects.for_owner(owner).filter(kind=PointKind.URL, norm=norm_url(text))
    people = Contact.objects.for_owner(owner).people().filter(pk__in=same.values("contact"))
    return list(people.order_by("sort_key").values_list("pk", flat=True))


def _by_words(owner: AbstractBaseUser, text: str) -> list[int]:
    typed = typed_words(text)
    if not typed:
        return []
    for begins in (partial(prefix, "term"), _in_other_forms, partial(_mistyped, owner)):
        if weights := _candidates(owner, typed, begins):
            return _ranked(owner, weights, typed)
    return []


def _candidates(owner: AbstractBaseUser, typed: list[str], begins: Callable[[str], Q]) -> dict[int, int]:
    """Give contact -> best weight for those who have every word; the longest word leads."""
    lead, *others = sorted(typed, key=len, reverse=True)
    rows = SearchTerm.objects.for_owner(owner).filter(begins(lead), weight__gt=WRITTEN)
    for word in others:
        # Without the owner here, so that the few terms of one contact are looked through, and not
        # everybody's terms for each contact: the contact is the owner's already.
        also = SearchTerm.objects.filter(begins(word), contact=OuterRef("contact"), weight__gt=WRITTEN)
        rows = rows.filter(Exists(also))
    best: dict[int, int] = {}
    for weight in (NAME, None):
        wanted = rows.filter(weight=NAME) if weight else rows.exclude(weight=NAME)
        for contact, found in wanted.values_list("contact_id", "weight")[: _CANDIDATES - len(best)]:
            best[contact] = max(found, best.get(contact, 0))
        if len(best) >= _CANDIDATES:
            break
    return best


def _in_other_forms(word: str) -> Q:
    """The word begins a term, or a term is another form of the name: Bob for Robert."""
    from askwell.search.naming import other_forms  # loads a table of nicknames

    if len(word) >= _SHORTEST_FORM and (others := other_forms(word)):
        return prefix("term", word) | Q(term__in=others)
    return prefix("term", word)


def _mistyped(owner: AbstractBaseUser, word: str) -> Q:
    """The word begins a term but for a slip of the hand, of which the first letter is spared."""
    rows = SearchTerm.objects.for_owner(owner).filter(prefix("term", word[0]), weight__gt=WRITTEN)
    terms = rows.values_list("term", flat=True).distinct()
    return prefix("term", word) | Q(term__in=mistaken_for(word, terms.iterator()))


def _ranked(owner: AbstractBaseUser, weights: dict[int, int], typed: list[str]) -> list[int]:
    columns = ("pk", "name_key", "sort_key", "connected_on")
    people = Contact.objects.for_owner(owner).people().filter(pk__in=weights).values_list(*columns)
    return [row[0] for row in sorted(people, key=lambda row: _rank(row, weights[row[0]], typed))]


def _rank(row: tuple[Any, ...], weight: int, typed: list[str]) -> tuple[Any, ...]:
    pk, key, sorted_by, connected = row
    own = key.split()
    exact = sum(word in own for word in typed)
    begun = sum(any(mine.startswith(word) for mine in own) for word in typed)
    when = connected.toordinal() if connected else 0
    return (-exact, -begun, -weight, -when, sorted_by, pk)


def with_cards(people: Any, *, points: bool = False) -> Any:
    """Bring along what a line about someone shows, in a constant number of queries."""
    jobs = Position.objects.select_related("organization").only(
        "contact_id", "title", "school", "current", "organization__name"
    )
    wanted = [Prefetch("positions", jobs), *(["points"] if points else [])]
    return people.defer("kept", "notes").prefetch_related(*wanted)


def known_as(
    owner: AbstractBaseUser,
    *,
    name: str = "",
    points: Iterable[tuple[str, str]] = (),
    default_country: str = "",
) -> list[Contact]:
    """Give people who may be the one being added: same address first, then same name."""
    wanted = Q()
    for kind, value in points:
        norm = norm_point(kind, value, default_country)
        if norm and is_identity(kind, norm):
            wanted |= Q(kind=kind, norm=norm)
    same = ContactPoint.objects.for_owner(owner).filter(wanted) if wanted else ContactPoint.objects.none()
    keys = list(dict.fromkeys(same.values_list("contact_id", flat=True)))
    people = Contact.objects.for_owner(owner).people()
    from askwell.search.naming import name_key

    key = name_key(name)
    same_people = list(with_cards(people.filter(pk__in=keys)))
    if not key:
        return same_people
    return same_people + list(with_cards(people.filter(name_key=key).exclude(pk__in=keys))[:10])
