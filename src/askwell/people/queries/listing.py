"""Lists of people: filtered, sorted, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import F, Q

from askwell.people.index import found_by, typed_words
from askwell.people.models import (
    Contact,
    ContactPoint,
    PointKind,
    Position,
    Provenance,
    Review,
    ReviewState,
    SearchTerm,
    Tagging,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

T = TypeVar("T")
_COUNTED_TO = 100_000  # more than anybody knows; a list of that many still has its end
SORTS = {
    "name": ("sort_key", "pk"),
    "recent": ("-created_at", "-pk"),
    "connected": (F("connected_on").desc(nulls_last=True), "sort_key", "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFilter:
    """Which people to list; an empty field asks nothing.

    ``place`` is part of theirs.  ``sort`` is ``name``, ``recent`` (added last) or ``connected``.  ``tag``,
    ``organization`` and ``batch`` (an import) are keys.  ``in_review`` True lists those waiting for a
    decision.
    """

    text: str = ""
    place: str = ""
    tag: int | None = None
    organization: int | None = None
    batch: int | None = None
    has_email: bool | None = None
    in_review: bool | None = None
    do_not_contact: bool | None = None
    hires: bool | None = None
    connector: bool | None = None
    sort: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list.  ``number`` counts from 1.

    ``total`` is exact up to ``_COUNTED_TO``; beyond, ``more_than_total`` says there are more.
    """

    rows: list[T] = field(default_factory=list)
    number: int = 1
    size: int = 50
    has_next: bool = False
    total: int = 0
    more_than_total: bool = False

    @property
    def has_previous(self) -> bool:
        """Say whether there is a page before this one."""
        return self.number > 1


def contacts(owner: AbstractBaseUser, where: ContactFilter | None = None) -> Any:
    """Give the queryset of people that pass a filter, sorted."""
    where = where or ContactFilter()
    found = Contact.objects.for_owner(owner).people()
    for condition in _conditions(owner, where):
        found = found.filter(condition)
    return found.order_by(*SORTS.get(where.sort, SORTS["name"]))


def _conditions(owner: AbstractBaseUser, where: ContactFilter) -> list[Any]:
    terms = SearchTerm.objects.for_owner(owner)
    found: list[Any] = [_has(terms.filter(found_by(word))) for word in typed_words(where.text)]
    if where.place:
        found.append(Q(place__icontains=where.place))
    if where.tag is not None:
        found.append(_has(Tagging.objects.for_owner(owner).filter(tag=where.tag)))
    if where.organization is not None:
        found.append(_has(Position.objects.for_owner(owner).filter(organization=where.organization)))
    if where.batch is not None:
        found.append(_has(Provenance.objects.for_owner(owner).filter(batch=where.batch)))
    if where.has_email is not None:
        mail = ContactPoint.objects.for_owner(owner).filter(kind=PointKind.EMAIL, invalid_since=None)
        found.append(_has(mail) if where.has_email else ~_has(mail))
    if where.in_review is not None:
        asked = Review.objects.for_owner(owner).filter(state=ReviewState.OPEN)
        either = Q(pk__in=asked.values("left")) | Q(pk__in=asked.values("right"))
        found.append(either if where.in_review else ~either)
    if where.do_not_contact is not None:
        found.append(Q(do_not_contact=where.do_not_contact))
    found += [
        Q(**{mark: wanted}) for mark in ("hires", "connector") if (wanted := getattr(where, mark)) is not None
    ]
    return found


def _has(rows: Any) -> Q:
    # As a list of keys, made once: asked of each contact in turn, a word many have takes seconds.
    return Q(pk__in=rows.values("contact"))


def page_of(found: Any, *, number: int, size: int, count: Any = None) -> Page[Any]:
    """Cut one page from a queryset; no more rows are counted than a page has time for.

    ``count`` is a queryset of as many rows, where one is counted in less time.
    """
    number = max(number, 1)
    start = (number - 1) * size
    rows = list(found[start : start + size + 1])
    counted = start + len(rows) if len(rows) <= size and (rows or not start) else 0
    total = counted or (found if count is None else count).count_to(_COUNTED_TO + 1)
    return Page(
        rows=rows[:size],
        number=number,
        size=size,
        has_next=len(rows) > size,
        total=total if counted else min(total, _COUNTED_TO),
        more_than_total=not counted and total > _COUNTED_TO,
    )
