"""Fields that both sides say differently, settled one by one by the user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.people.address_book_sync.applying import apply
from askwell.people.address_book_sync.cards import stored
from askwell.people.address_book_sync.errors import NotAsked
from askwell.people.address_book_sync.merging import Value
from askwell.people.address_book_sync.noting import merged
from askwell.people.journal import journal
from askwell.people.models import Contact, SyncedCard
from askwell.people.records import HANGING_ON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.address_book_sync.merging import Question
    from askwell.people.journal import Journal

# Texts that can say both, and what stands between.
JOINED_BY = {"notes": "\n\n", "nickname": ", "}


class Choice(StrEnum):
    """Which side is right.  A side that has nothing is right when the value shall go on the other too."""

    HERE = "here"
    THERE = "there"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody, their card, and what has to be settled of them."""

    card: SyncedCard
    contact: Contact
    questions: tuple[Question, ...]


def open_questions(owner: AbstractBaseUser, *, country: str = "", limit: int | None = None) -> Iterator[Open]:
    """Give everybody with something to be settled, by name, as both sides were at the last sync."""
    cards = SyncedCard.objects.for_owner(owner).filter(asked__gt=0).exclude(contact=None).exclude(path="")
    cards = cards.select_related("book", "contact").order_by("contact__sort_key", "pk")
    hanging = (f"contact__{name}" for name in HANGING_ON)
    for card in cards.prefetch_related(*hanging)[:limit]:
        found = merged(card, card.contact, card.book, country=country)
        if found.ask:
            yield Open(card, card.contact, tuple(found.ask))


def count_open(owner: AbstractBaseUser) -> int:
    """Count the people with something to be settled."""
    count: int = SyncedCard.objects.for_owner(owner).filter(asked__gt=0).exclude(contact=None).count()
    return count


def can_be_both(question: Question) -> bool:
    """Say whether a field can hold what both sides say."""
    return question.key in JOINED_BY and question.here is not None and question.there is not None


def asked_of(card: SyncedCard, *, country: str = "") -> tuple[Question, ...]:
    """Give what has to be settled of one card, as both sides are now."""
    if card.contact is None:
        return ()
    contact = Contact.objects.prefetch_related(*HANGING_ON).get(pk=card.contact_id)
    return tuple(merged(card, contact, card.book, country=country).ask)


def settle(
    card: SyncedCard, key: str | None, choice: Choice, *, now: datetime, country: str = ""
) -> tuple[str, ...]:
    """Settle one field of a card, or with no key all that are asked; their keys.

    What is to be written there is written by the next sync.  Raises NotAsked.
    """
    contact, asked = card.contact, asked_of(card, country=country)
    chosen = [question for question in asked if key in {None, question.key}]
    if contact is None or not chosen or (choice is Choice.BOTH and not all(map(can_be_both, chosen))):
        raise NotAsked
    params = {"name": contact.name, "contact": contact.pk, "book": card.book.name}
    with journal(card.owner, "people.address_book_settled", now=now, params=params) as log:
        for question in chosen:
            _settle(log, card, contact, question, choice=choice, country=country)
        log.change(card, asked=len(asked) - len(chosen))
    return tuple(question.key for question in chosen)


def _settle(
    log: Journal, card: SyncedCard, contact: Contact, question: Question, *, choice: Choice, country: str
) -> None:
    key, mine, theirs = question.key, question.here, question.there
    if choice is Choice.HERE and mine is None:
        log.change(card, removing=[*card.removing, key])
    elif choice is Choice.THERE:
        apply(log, contact, {key: theirs}, country=country)
    elif choice is Choice.BOTH and mine is not None and theirs is not None:
        text = JOINED_BY[key].join((mine.data[0], theirs.data[0]))
        apply(log, contact, {key: Value(text, text, (text,))}, country=country)
    agreed = {name: kept for name, kept in card.agreed.items() if name != key}
    log.change(
        card,
        agreed=agreed | stored({key: theirs} if theirs is not None else {}),
        taken={name: kept for name, kept in card.taken.items() if name != key},
    )
