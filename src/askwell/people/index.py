"""The index behind find-as-you-type: derived from contacts, rebuilt at will.

Theory of operation.  Each contact has one row for each folded word it can be found by, with a weight
saying where the word stands.  A typed word finds every term it is a prefix of; that is a range in an
index on both databases (``prefix``), so nothing is scanned.

Words of what was written to and about somebody (``WRITTEN``) stand in the same table, made by the app that
has the letters; they lead to people in lists, and never to whom a name means.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q

from askwell.people.journal import parts
from askwell.people.models import Contact, ContactPoint, PointKind, Position, SearchTerm, Tagging
from askwell.search.passages import may_be_begun
from askwell.search.text import LONGEST_TERM, terms, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

NAME, WORK, OTHER, WRITTEN = 3, 2, 1, 0
_PART = 1000
_LAST = "\U0010ffff"
_SHORTEST_NUMBER = 4
_LOCAL_NUMBER = 7

Weights = dict[str, int]


def prefix(field: str, start: str) -> Q:
    """Give the condition that ``field`` begins with ``start``, as a range its index can answer."""
    if connection.vendor == "postgresql":  # an index with pattern operators answers LIKE 'start%'
        return Q(**{f"{field}__startswith": start})
    # SQLite compares by code point, and its LIKE with ESCAPE never uses an index.
    return Q(**{f"{field}__gte": start, f"{field}__lt": start + _LAST})


def found_by(word: str) -> Q:
    """Give the condition that a typed word finds a term: of what was written not by a mere beginning."""
    begins = prefix("term", word)
    return begins if may_be_begun(word) else begins & (Q(weight__gt=WRITTEN) | Q(term=word))


def refresh_terms(*, owner: AbstractBaseUser, contacts: set[int], now: datetime, **_more: object) -> None:  # noqa: ARG001
    """Make the terms of these contacts anew (a refresher of ``journal``)."""
    for part in parts(sorted(contacts), _PART):
        _replace(owner, part)


def rebuild(owner: AbstractBaseUser) -> int:
    """Make the whole index of one notebook anew; how many contacts it holds."""
    with transaction.atomic():
        _but_written(owner)._raw_delete("default")  # noqa: SLF001
        keys = list(Contact.objects.for_owner(owner).people().order_by("id").values_list("pk", flat=True))
        for part in parts(keys, _PART):
            _insert(owner, part)
    return len(keys)


def _replace(owner: AbstractBaseUser, contacts: Iterable[int]) -> None:
    contacts = list(contacts)
    _but_written(owner).filter(contact_id__in=contacts)._raw_delete("default")  # noqa: SLF001
    _insert(owner, contacts)


def _but_written(owner: AbstractBaseUser) -> Any:
    return SearchTerm.objects.for_owner(owner).filter(weight__gt=WRITTEN)


def _insert(owner: AbstractBaseUser, contacts: Iterable[int]) -> None:
    insert_terms(owner, terms_of(owner, contacts))


def insert_terms(owner: AbstractBaseUser, found: Mapping[int, Weights]) -> None:
    """Store term -> weight for each contact."""
    rows = [
        (owner.pk, contact, term, weight)
        for contact, weights in found.items()
        for term, weight in weights.items()
    ]
    rows.sort(key=itemgetter(2))  # in the order of the index, whose pages are then met one after the other
    # Some ten rows for each contact: model instances would take longer than everything else together.
    table = connection.ops.quote_name(SearchTerm._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (owner_id, contact_id, term, weight) VALUES (%s, %s, %s, %s)",  # noqa: S608
            rows,
        )


def terms_of(owner: AbstractBaseUser, contacts: Iterable[int]) -> dict[int, Weights]:
    """Give term -> weight for each of these contacts that is one of the owner's people."""
    keys = list(contacts)
    people = Contact.objects.for_owner(owner).people().filter(pk__in=keys)
    found: dict[int, Weights] = {pk: {} for pk in people.values_list("pk", flat=True)}
    for pk, text, weight in _texts(owner, keys):
        if pk in found:
            weights = found[pk]
            for term in terms(text):
                if weights.get(term, 0) < weight:
                    weights[term] = weight
    for pk, term in _addresses(owner, keys):
        if pk in found:
            found[pk].setdefault(term[:LONGEST_TERM], OTHER)
    return found


def _texts(owner: AbstractBaseUser, keys: list[int]) -> Iterator[tuple[int, str, int]]:
    names = Contact.objects.for_owner(owner).filter(pk__in=keys)
    for pk, name, given, middle, family, nickname, place in names.values_list(
        "pk", "name", "given", "middle", "family", "nickname", "place"
    ):
        whole = f"{given} {family}"
        more = "" if name == whole else f" {whole}"
        yield pk, f"{name}{more} {middle} {nickname}", NAME
        if place:
            yield pk, place, OTHER
    jobs = Position.objects.for_owner(owner).filter(contact_id__in=keys)
    for pk, title, place, current in jobs.values_list("contact_id", "title", "organization__name", "current"):
        yield pk, f"{place or ''} {title}", WORK if current else OTHER
    tags = Tagging.objects.for_owner(owner).filter(contact_id__in=keys)
    for pk, tag in tags.values_list("contact_id", "tag__name"):
        yield pk, tag, OTHER


def _addresses(owner: AbstractBaseUser, keys: list[int]) -> Iterator[tuple[int, str]]:
    points = ContactPoint.objects.for_owner(owner).filter(contact_id__in=keys)
    for pk, kind, norm in points.values_list("contact_id", "kind", "norm"):
        for term in _point_terms(kind, norm):
            yield pk, term


def _point_terms(kind: str, norm: str) -> set[str]:
    if kind == PointKind.EMAIL:
        return {norm} | terms(norm.partition("@")[2])
    if kind == PointKind.PHONE:
        digits = "".join(char for char in norm.partition(";")[0] if char.isdigit())
        # Found by the whole number, or by what people remember of it: without the country, or its end.
        cuts = {digits[cut:] for cut in range(1, 4) if len(digits) - cut > _SHORTEST_NUMBER}
        return {digits, digits[-_SHORTEST_NUMBER:], digits[-_LOCAL_NUMBER:]} | cuts
    return set()  # a pasted link is looked up as it is


def _dialled(digits: str) -> str:
    """Without the zeros that only say how far away the number is."""
    if digits.startswith("00"):
        return digits[2:]
    return digits[1:] if digits.startswith("0") and len(digits) > _LOCAL_NUMBER else digits


def typed_words(text: str) -> list[str]:
    """Give the words of a query as the index spells them; addresses and numbers whole."""
    found: list[str] = []
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) >= _SHORTEST_NUMBER and not any(char.isalpha() for char in text):
        return [_dialled(digits)]
    for chunk in text.split():
        found += [chunk.lower()] if "@" in chunk.strip("@") else words(chunk)
    return list(dict.fromkeys(word[:LONGEST_TERM] for word in found))
