"""What is kept of a card, and what follows from it and its person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from askwell.people.address_book_sync.cards import fields_of, here, loaded, read_card, stored
from askwell.people.address_book_sync.merging import merge
from askwell.people.importing.incoming import record_digest
from askwell.people.models import SyncedCard

if TYPE_CHECKING:
    from askwell.gateways.dav_collections import Member
    from askwell.people.address_book_sync.merging import Merged
    from askwell.people.models import AddressBook, Contact

_MOST_JOINED = 20
_LONGEST_PATH = 1000


def note_member(book: AddressBook, member: Member, *, country: str) -> SyncedCard | None:
    """Keep what a card says now; None for a list of people, and for what is nobody's."""
    record = read_card(member.data, country)
    if record is None or len(member.path) > _LONGEST_PATH:
        return None
    card: SyncedCard
    card, _new = SyncedCard.objects.get_or_create(owner_id=book.owner_id, book=book, path=member.path)
    card.etag, card.uid = member.etag[:300], record.uid[:300]
    card.digest = record_digest(record)
    card.theirs = stored(fields_of(record, country=country, private_too=book.private_too))
    card.save(update_fields=["etag", "uid", "digest", "theirs"])
    return card


def merged(card: SyncedCard, contact: Contact, book: AddressBook, *, country: str) -> Merged:
    """Decide every field of a card and its person, as both are known now."""
    mine = here(contact, book, country=country)
    return merge(
        loaded(card.agreed),
        mine,
        loaded(card.theirs),
        removing=card.removing,
        taken=loaded(card.taken),
    )


def removed_here(book: AddressBook) -> Any:
    """Give the cards of people who were removed here."""
    return book.cards.filter(contact=None).exclude(Q(agreed_at=None) | Q(path="")).order_by("pk")


def name_of(card: SyncedCard) -> str:
    """Give the name on a card."""
    name = loaded(card.theirs).get("name")
    return name.shown if name is not None else ""


def alive(contact: Contact) -> Contact | None:
    """Give whom somebody was joined with, in the end."""
    found: Contact | None = contact
    for _step in range(_MOST_JOINED):
        if found is None or found.merged_into is None:
            break
        found = found.merged_into
    return found
