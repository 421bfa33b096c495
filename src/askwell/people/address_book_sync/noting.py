"""What is kept of a card, and what follows from it and its person."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q

from askwell.people.address_book_sync.cards import fields_of, here, loaded, read_card, stored
from askwell.people.address_book_sync.merging import merge
from askwell.people.importing.incoming import record_digest
from askwell.people.journal import PART
from askwell.people.models import Provenance, SyncedCard
from askwell.people.records import HANGING_ON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from askwell.gateways.dav_collections import Member
    from askwell.people.address_book_sync.merging import Merged
    from askwell.people.models import AddressBook, Contact

T = TypeVar("T")
_MOST_JOINED = 20
_LONGEST_PATH = 1000


def note_members(book: AddressBook, members: Iterable[Member], *, country: str) -> int:
    """Keep what cards say now; how many are lists of people, or nobody's, and are left out."""
    unread, rest = 0, iter(members)
    while part := list(islice(rest, PART)):
        known = {card.path: card for card in book.cards.filter(path__in=[one.path for one in part])}
        for member in part:
            record = read_card(member.data, country)
            if record is None or len(member.path) > _LONGEST_PATH:
                unread += 1
                continue
            new = SyncedCard(owner_id=book.owner_id, book=book, path=member.path)
            card = known.setdefault(member.path, new)
            card.etag, card.uid = member.etag[:300], record.uid[:300]
            card.digest = record_digest(record)
            card.theirs = stored(fields_of(record, country=country, private_too=book.private_too))
        cards = list(known.values())
        SyncedCard.objects.bulk_create(card for card in cards if card.pk is None)
        had = [card for card in cards if card.pk is not None]
        SyncedCard.objects.bulk_update(had, ["etag", "uid", "digest", "theirs"], batch_size=PART)
    return unread


def find_people(book: AddressBook, cards: list[SyncedCard]) -> None:
    """Give each card without a person the one an import made of this very card."""
    for part in parts_of(cards):
        digests = {card.digest for card in part if card.digest}
        known = Provenance.objects.for_owner(book.owner).filter(digest__in=digests).order_by("pk")
        whose = {source.digest: source.contact for source in known.select_related("contact")}
        found = [card for card in part if card.digest in whose]
        for card in found:
            card.contact = alive(whose[card.digest])
        SyncedCard.objects.bulk_update(found, ["contact"], batch_size=PART)


def parts_of(items: Sequence[T], size: int = PART) -> Iterator[Sequence[T]]:
    """Cut rows or paths into runs, short enough for one query."""
    return (items[start : start + size] for start in range(0, len(items), size))


def with_people(cards: Any) -> Any:
    """Load cards with their people and all that hangs on those."""
    hanging = (f"contact__{name}" for name in HANGING_ON)
    return cards.select_related("contact__introduced_by").prefetch_related(*hanging).order_by("pk")


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
