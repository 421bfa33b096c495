"""A line typed as one would say it, as a filter of the people of a notebook."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from askwell.outreach import calendars
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.queries.people import PeopleFilter
from askwell.people.models import Contact, Organization
from askwell.people.queries import find
from askwell.rules.timing import local
from askwell.search.asked.reading import read
from askwell.search.text import fold

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser


def filter_of(owner: AbstractBaseUser, line: str, *, now: datetime) -> PeopleFilter | None:
    """Give what a line asks for; None where it is nothing but words to look for.

    Somebody named whom the notebook does not have ("someone Zoe knows") leaves the line its words.
    """
    seeker = seeker_of(owner)
    calendar = calendars.of_seeker(seeker.zone, seeker.country, now=now)
    places = _Places(owner)
    language = (get_language() or "en")[:2]
    asked = read(line, today=local(now, calendar).date(), known=places.has, language=language)
    knower = find(owner, asked.knows, limit=1) if asked.knows else []
    if not asked.is_more_than_words or (asked.knows and not knower):
        return None
    return PeopleFilter(
        text=asked.words,
        said=True,
        place=asked.place,
        organization=places.organization(asked.at) if asked.at else None,
        has_email=False if asked.no_email else None,
        hires=asked.hires or None,
        connector=asked.connector or None,
        quiet_since=asked.quiet_since,
        touched_since=asked.touched_since,
        known_to=knower[0].pk if knower else None,
    )


class _Places:
    """Places and organizations of one notebook; the database is asked only when a line names one."""

    def __init__(self, owner: AbstractBaseUser) -> None:
        self._owner = owner

    def has(self, kind: str, name: str) -> bool:
        """Say whether somebody is there: ``kind`` is "place" or "organization"."""
        return fold(name) in self._places if kind == "place" else self.organization(name) is not None

    @cached_property
    def _places(self) -> frozenset[str]:
        rows = (
            Contact.objects.for_owner(self._owner).people().exclude(place="").values_list("place", flat=True)
        )
        parts = (part for place in rows.distinct() for part in (place, *place.split(",")))
        return frozenset(fold(part) for part in parts)

    def organization(self, name: str) -> int | None:
        """Give the key of the organization of that name."""
        from askwell.search.naming import organization_key  # loads a table of nicknames

        rows = Organization.objects.for_owner(self._owner).filter(key=organization_key(name))
        found: int | None = rows.values_list("pk", flat=True).first()
        return found
