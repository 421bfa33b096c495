"""People by what they do, where no word of theirs is the one that was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from askwell.people.models import Contact, Position
from askwell.people.queries.finding import with_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.base_user import AbstractBaseUser

SHORTEST = 4  # letters; less is the beginning of a name
_OF_NOTES = 300  # characters of what was noted about somebody
_PAUSE = re.compile(r"[.,;:!?\n]+")


class Doing(NamedTuple):
    """Somebody, and the words about them that come nearest to what was asked."""

    contact: Contact
    words: tuple[str, ...]


def by_what_they_do(
    owner: AbstractBaseUser, text: str, limit: int = 8, *, points: bool = False
) -> list[Doing]:
    """Give people whose title, place of work, headline or notes mean what is asked, nearest first."""
    if len(text.strip()) < SHORTEST:
        return []
    from askwell.search.meaning import who_does  # loads numpy and what words mean

    found = who_does(text, list(_texts(owner)), limit)
    keys = [one.key for one in found]
    full = with_cards(Contact.objects.for_owner(owner), points=points).in_bulk(keys)
    return [Doing(full[one.key], one.words) for one in found if one.key in full]


def _texts(owner: AbstractBaseUser) -> Iterator[tuple[int, str]]:
    """Give each person's jobs, headline and parts of sentences noted as texts."""
    people = Contact.objects.for_owner(owner).people()
    jobs = Position.objects.for_owner(owner).jobs().filter(contact__in=people).exclude(title="")
    for contact, title, place in jobs.order_by("contact", "pk").values_list(
        "contact", "title", "organization__name"
    ):
        yield contact, title
        yield contact, f"{title} {place or ''}"
    for contact, headline, notes in people.order_by("pk").values_list("pk", "headline", "notes"):
        yield from ((contact, text) for text in (headline, *_PAUSE.split(notes[:_OF_NOTES])) if text)
