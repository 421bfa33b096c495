"""Written there: a card at a time, never over what somebody changed meanwhile.

Theory of operation.  A card is read again right before it is written, merged again, and put with its etag.
Where it changed in between (412) that is repeated a few times, then left for the next sync.  A new card's
path is noted before it is sent, so that one whose answer was lost is found again under it.  What both say
alike is noted only after the server has answered, so every step can be repeated.  One card the server will
not take stops nothing but itself.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.models import Q

from askwell.gateways.dav_collections import Member
from askwell.gateways.errors import Permanent, Trouble
from askwell.people.address_book_sync.cards import card_of, here, read_card, stored, with_fields, written
from askwell.people.address_book_sync.noting import merged, name_of, note_members, removed_here
from askwell.people.address_book_sync.report import touched
from askwell.people.models import Contact, Sending, SyncedCard
from askwell.people.records import HANGING_ON

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from askwell.gateways.carddav import Shelf
    from askwell.people.address_book_sync.report import Report
    from askwell.people.models import AddressBook

_TRIES = 3
_THIS_CARD = {Trouble.MESSAGE, Trouble.TOO_LARGE, Trouble.REFUSED}


class _Put(Enum):
    """What became of a card that was to be written."""

    DONE = auto()
    CHANGED = auto()  # there, since it was read
    REFUSED = auto()


class Pusher:
    """Writes to one address book, and says so in the report."""

    def __init__(
        self, book: AddressBook, shelf: Shelf, report: Report, *, country: str, now: datetime
    ) -> None:
        self.book, self.shelf, self.report = book, shelf, report
        self.country, self.now = country, now

    def give(self, keys: Sequence[int]) -> None:
        """Write what changed here to these cards."""
        for key in keys:
            card = SyncedCard.objects.filter(pk=key).exclude(contact=None).first()
            if card is not None and not self._given(card):
                self.report.waiting += 1

    def _given(self, card: SyncedCard) -> bool:
        for _try in range(_TRIES):
            member = next(iter(self.shelf.fetch([card.path])), None)
            record = read_card(member.data, self.country) if member is not None else None
            if member is None or record is None:
                return False  # gone, or no person any more: the next sync says so
            note_members(self.book, [member], country=self.country)
            card.refresh_from_db()
            contact = self._contact(card)
            found = merged(card, contact, self.book, country=self.country)
            if not found.give:
                return True  # another did it
            changed = written(with_fields(record, found.give, country=self.country), member.data)
            put = self._put(card, changed, etag=member.etag)
            if put is _Put.DONE:
                touched(self.report.changed_there, contact, found.give)
            if put is not _Put.CHANGED:
                return True
        return False

    def _put(self, card: SyncedCard, data: bytes, *, etag: str) -> _Put:
        """Write a card and, once the server has answered, note it as agreed."""
        try:
            new = self.shelf.put(card.path, data, etag=etag)
        except Permanent as error:
            if error.code is Trouble.CONFLICT:
                return _Put.CHANGED
            if error.code not in _THIS_CARD:
                raise
            self.report.refused.append(self._contact(card).name)
            return _Put.REFUSED
        self._agree(card, [Member(card.path, new, data)] if new else self.shelf.fetch([card.path]))
        return _Put.DONE

    def _agree(self, card: SyncedCard, members: Any) -> None:
        note_members(self.book, members, country=self.country)
        card.refresh_from_db()
        found = merged(card, self._contact(card), self.book, country=self.country)
        card.agreed, card.agreed_at = stored(found.agreed), card.agreed_at or self.now
        card.removing = [key for key in card.removing if key in found.agreed]
        card.asked = len(found.ask)
        card.save(update_fields=["agreed", "agreed_at", "removing", "asked"])

    def _contact(self, card: SyncedCard) -> Contact:
        found: Contact = Contact.objects.prefetch_related(*HANGING_ON).get(pk=card.contact_id)
        return found

    def add(self) -> None:
        """Write cards of people the address book does not have, those begun before too."""
        for contact in self._to_add():
            path = self.shelf.new_path(str(uuid4()))
            SyncedCard.objects.create(owner_id=self.book.owner_id, book=self.book, contact=contact, path=path)
        begun = self.book.cards.filter(etag="", agreed_at=None).exclude(Q(contact=None) | Q(path=""))
        for card in begun.select_related("contact").order_by("pk"):
            self._add(card)

    def _add(self, card: SyncedCard) -> None:
        contact = self._contact(card)
        mine = here(contact, self.book, country=self.country)
        uid = card.path.rpartition("/")[2].removesuffix(".vcf")
        put = self._put(card, card_of(mine, uid), etag="")
        if put is _Put.DONE:
            touched(self.report.added_there, contact, mine)
        elif put is _Put.CHANGED:  # it was sent before, and the answer lost
            self._agree(card, self.shelf.fetch([card.path]))

    def would_add(self) -> None:
        """Say whose cards would be written anew."""
        for contact in () if self.book.read_only else self._to_add():
            touched(self.report.added_there, contact, ())

    def _to_add(self) -> Any:
        people = Contact.objects.for_owner(self.book.owner).people().filter(is_sample=False)
        if self.book.sends == Sending.NOBODY:
            return people.none()
        if self.book.sends == Sending.TAGGED:
            people = people.filter(taggings__tag__name__iexact=self.book.tag)
        known = self.book.cards.exclude(contact=None).values("contact_id")
        return people.exclude(pk__in=known).order_by("sort_key", "pk").distinct()

    def remove(self) -> None:
        """Remove the cards of people removed here, as they were last seen."""
        for card in removed_here(self.book):
            try:
                self.shelf.delete(card.path, etag=card.etag)
            except Permanent as error:
                if error.code not in {Trouble.CONFLICT, Trouble.NOT_FOUND}:
                    raise
                self.report.waiting += 1
                continue
            self.report.taken_away_there.append(name_of(card))
            card.delete()
