"""The list of people as the seeker leafs through it: with when they were last in touch."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from askwell.outreach.facts.world import seeker_of
from askwell.outreach.models import Standing
from askwell.outreach.queries.lines import PersonLine
from askwell.outreach.queries.mentions import mentions_of, not_by_name
from askwell.people.index import typed_words
from askwell.people.models import Contact, Position, Tagging
from askwell.people.queries.listing import ContactFilter, Page, contacts, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

TOUCH = "touch"  # of ``sort``: who was in touch last stands first


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter(ContactFilter):
    """Which people to list, by what is known of them and by how one stands with them.

    ``quiet_since``: nothing was written or said since that day of the seeker's (``date.min``: never);
    ``touched_since``: something was.  ``known_to``: the key of a contact who knows them.  ``said``: the text
    is what was left of a line, in which "nurses" means one of them.
    """

    quiet_since: date | None = None
    touched_since: date | None = None
    known_to: int | None = None
    said: bool = False


# "Nurses": a word finds what begins with it, so that the one without its ending finds both.
_PLURAL = re.compile(r"(?<=\w{3})(?:ies|(?<!s)s)\b", re.IGNORECASE)


def people_page(
    owner: AbstractBaseUser,
    where: ContactFilter | None = None,
    *,
    now: datetime,
    number: int = 1,
    size: int = 50,
) -> Page[PersonLine]:
    """Give one page of people with their work, tags and when they were last in touch, in six queries.

    With words to look for, the page says of those who were found by a letter or a note where it stands: in a
    query a word and one a kind of text, for all rows together.
    """
    where = where or PeopleFilter()
    if isinstance(where, PeopleFilter) and where.said:
        where = replace(where, text=_PLURAL.sub("", where.text), said=False)
    # Keys first: sorting thirty thousand whole rows would carry their notes along.
    found = contacts(owner, where).values_list("pk", flat=True)
    if isinstance(where, PeopleFilter):
        for condition in _by_ties(owner, where, now=now):
            found = found.filter(condition)
    everybody = where == type(where)(sort=where.sort)
    standings = Standing.objects.for_owner(owner).filter(contact__is_self=False, contact__merged_into=None)
    if where.sort != TOUCH:
        keys = found
    else:
        keys = _by_touch(standings if everybody else standings.filter(contact__in=found.order_by()))
    # There is a standing for each of the people, in a table and an index far smaller than theirs.
    count = Standing.objects.for_owner(owner) if everybody else found
    cut = page_of(keys, number=number, size=size, count=count)
    rows = _lines([int(key) for key in cut.rows])
    return replace(cut, rows=_with_mentions(owner, rows, where.text) if where.text else rows)


def _with_mentions(owner: AbstractBaseUser, rows: list[PersonLine], text: str) -> list[PersonLine]:
    """Say of those found by what was written where it stands."""
    typed = typed_words(text)
    keys = not_by_name(owner, [row.contact for row in rows], typed) if rows else []
    mentions = mentions_of(owner, keys, typed)
    return [replace(row, mention=mentions.get(row.contact)) for row in rows]


def _by_ties(owner: AbstractBaseUser, where: PeopleFilter, *, now: datetime) -> list[Q]:
    standings = Standing.objects.for_owner(owner)
    found = []
    if where.quiet_since is not None:
        later = standings.filter(last_at__gte=_morning(owner, where.quiet_since))
        if where.quiet_since == date.min:
            later = standings.exclude(last_at=None)
        found.append(~Q(pk__in=later.values("contact")))
    if where.touched_since is not None:
        later = standings.filter(last_at__gte=_morning(owner, where.touched_since))
        found.append(Q(pk__in=later.values("contact")))
    if where.known_to is not None:
        found.append(Q(pk__in=_acquaintances(owner, where.known_to, now=now)))
    return found


def _morning(owner: AbstractBaseUser, day: date) -> datetime:
    return datetime.combine(max(day, date(1900, 1, 1)), time(), tzinfo=ZoneInfo(seeker_of(owner).zone))


def _acquaintances(owner: AbstractBaseUser, contact: int, *, now: datetime) -> list[int]:
    """Give whom they know, as far as it is recorded."""
    from askwell.outreach.web_of_ties import known_to  # with numpy, which no other list needs

    known = Contact.objects.for_owner(owner).people().filter(pk=contact).first()
    return [one.contact for one in known_to(known, now=now)] if known else []


def _by_touch(standings: Any) -> _OneAfterTheOther:
    """Order by the standings' own index; who was never in touch comes last, on any database."""
    keys = standings.values_list("contact_id", flat=True)
    touched = keys.filter(last_at__isnull=False).order_by("-last_at", "-contact_id")
    return _OneAfterTheOther(touched, keys.filter(last_at=None).order_by("contact__sort_key", "contact_id"))


class _OneAfterTheOther:
    """Two ordered querysets as one that can be sliced."""

    def __init__(self, first: Any, second: Any) -> None:
        self._first, self._second = first, second

    def __getitem__(self, part: slice) -> list[Any]:
        found = list(self._first[part])
        if len(found) == part.stop - part.start:
            return found
        before = self._first.count()
        return found + list(self._second[max(0, part.start - before) : part.stop - before])


def _lines(keys: list[int]) -> list[PersonLine]:
    rows = Contact.objects.filter(pk__in=keys).values_list(
        "pk", "name", "headline", "do_not_contact", "hires", "connector"
    )
    people = {pk: rest for pk, *rest in rows}
    jobs = _first(
        Position.objects.jobs()
        .filter(contact__in=keys)
        .order_by("pk")
        .values_list("contact_id", "title", "organization__name")
    )
    tags: dict[int, list[str]] = {}
    tagged = Tagging.objects.filter(contact__in=keys).order_by("tag__name")
    for contact, tag in tagged.values_list("contact_id", "tag__name"):
        tags.setdefault(contact, []).append(tag)
    last = dict(Standing.objects.filter(contact__in=keys).values_list("contact_id", "last_at"))
    return [
        PersonLine(
            contact=key,
            name=people[key][0],
            work=", ".join(filter(None, jobs.get(key, ()))) or people[key][1],
            do_not_contact=people[key][2],
            hires=people[key][3],
            connector=people[key][4],
            tags=tuple(tags.get(key, ())),
            last_at=last.get(key),
        )
        for key in keys
        if key in people
    ]


def _first(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    """Give each contact's first row."""
    found: dict[int, tuple[Any, ...]] = {}
    for contact, *rest in rows:
        found.setdefault(contact, tuple(rest))
    return found
