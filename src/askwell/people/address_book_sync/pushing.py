"""Written there: each card as it was read a moment ago, never over what somebody changed meanwhile.

Theory of operation.  Cards are taken in parts.  Those of a part are read again with one request right before
they are written, merged again, and put one by one with their etags; what both say alike is noted for the part
together, once the server has answered.  Where a card changed in between (412) that is repeated a few times,
then left for the next sync.  A new card's path is noted before anything is sent, so that one whose answer was
lost, or was not noted any more, is found again under it; every step can be repeated.  One card the server
will not take stops nothing but itself.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from askwell.gateways.dav_collections import BATCH, Member
from askwell.gateways.errors import Permanent, Trouble
from askwell.people.address_book_sync.cards import card_of, here, read_card, stored, with_fields, written
from askwell.people.address_book_sync.noting import (
    merged,
    name_of,
    note_members,
    parts_of,
    removed_here,
    with_people,
)
from askwell.people.address_book_sync.report import touched
from askwell.people.models import Contact, Sending, SyncedCard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from askwell.gateways.carddav import Shelf
    from askwell.people.address_book_sync.report import Report
    from askwell.people.models import AddressBook
    from askwell.people.working import Reporter, Tick

_TRIES = 3
_THIS_CARD = {Trouble.MESSAGE, Trouble.TOO_LARGE, Trouble.REFUSED}


@dataclass(slots=True)
class _Part:
    """What became of some cards, by path: as they stand there now, and those to be read anew."""

    members: list[Member] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)  # the server did not say the etag
    changed: list[int] = field(default_factory=list)  # keys; somebody else wrote them meanwhile


class Pusher:
    """Writes to one address book, and says so in the report."""

    def __init__(
        self, book: AddressBook, shelf: Shelf, report: Report, *, country: str, now: datetime
    ) -> None:
        self.book, self.shelf, self.report = book, shelf, report
        self.country, self.now = country, now
        self.tick: Tick = lambda _more: None

    def write(self, keys: Sequence[int], tell: Reporter, *, removing: bool) -> None:
        """Write what changed here to these cards, then new cards; remove those of people removed here.

        ``tell`` may raise between two cards: what was written until then is noted.
        """
        self._begin()
        self.tick = tell.ticker("writing", len(keys) + self._begun().count())
        self._give_all(keys)
        self._add_all()
        if removing:
            self._remove()

    def _give_all(self, keys: Sequence[int]) -> None:
        for part in parts_of(keys, BATCH):
            left: Sequence[int] = part
            for _try in range(_TRIES):
                left = self._give(left)
                if not left:
                    break
            self.report.waiting += len(left)

    def _give(self, keys: Sequence[int]) -> list[int]:
        """Read these cards again and write them; the keys of those that changed in between."""
        rows = self.book.cards.filter(pk__in=keys).exclude(contact=None)
        paths = list(rows.order_by("pk").values_list("path", flat=True))
        members = {one.path: one for one in self.shelf.fetch(paths)}
        note_members(self.book, members.values(), country=self.country)
        with self._noted() as done:
            for card in with_people(rows):
                self.tick(1)
                if card.path in members:
                    self._give_one(done, card, members[card.path])
                else:
                    self.report.waiting += 1  # gone: the next sync says so
        return done.changed

    def _give_one(self, done: _Part, card: SyncedCard, member: Member) -> None:
        record, contact = read_card(member.data, self.country), _whose(card)
        if record is None:
            self.report.waiting += 1  # no person any more: the next sync says so
            return
        found = merged(card, contact, self.book, country=self.country)
        if not found.give:
            done.members.append(member)  # another did it
            return
        data = written(with_fields(record, found.give, country=self.country), member.data)
        if self._put(done, card, data, etag=member.etag):
            touched(self.report.changed_there, contact, found.give)

    def _put(self, done: _Part, card: SyncedCard, data: bytes, *, etag: str) -> bool:
        """Write a card; whether the server took it."""
        try:
            new = self.shelf.put(card.path, data, etag=etag)
        except Permanent as error:
            if error.code is Trouble.CONFLICT:
                done.changed.append(card.pk)
            elif error.code in _THIS_CARD:
                self.report.refused.append(_whose(card).name)
            else:
                raise
            return False
        if new:
            done.members.append(Member(card.path, new, data))
        else:
            done.unsaid.append(card.path)
        return True

    @contextmanager
    def _noted(self) -> Iterator[_Part]:
        """Note what was written in the block as agreed, however the block ends."""
        done = _Part()
        try:
            yield done
        finally:
            self._agree(done.members)
        self._agree([*self.shelf.fetch(done.unsaid)])

    def _agree(self, members: Sequence[Member]) -> None:
        """Note what both say alike, with the people as they are by now."""
        if not members:
            return
        with transaction.atomic():
            note_members(self.book, members, country=self.country)
            rows = self.book.cards.filter(path__in=[one.path for one in members]).exclude(contact=None)
            cards = list(with_people(rows))
            for card in cards:
                found = merged(card, _whose(card), self.book, country=self.country)
                card.agreed, card.agreed_at = stored(found.agreed), card.agreed_at or self.now
                card.removing = [key for key in card.removing if key in found.agreed]
                card.asked = len(found.ask)
            SyncedCard.objects.bulk_update(cards, ["agreed", "agreed_at", "removing", "asked"])

    def _add_all(self) -> None:
        """Write cards of people the address book does not have, those begun before too."""
        for part in parts_of(list(self._begun().values_list("pk", flat=True)), BATCH):
            with self._noted() as done:
                for card in with_people(self.book.cards.filter(pk__in=part)):
                    self.tick(1)
                    self._add(done, card)
                # sent before, and the answer lost
                done.unsaid += self.book.cards.filter(pk__in=done.changed).values_list("path", flat=True)

    def _begin(self) -> None:
        """Note the paths of cards to be written anew."""
        new = [
            SyncedCard(owner_id=self.book.owner_id, book=self.book, contact=contact, path=self._path())
            for contact in self._to_add()
        ]
        SyncedCard.objects.bulk_create(new)

    def _path(self) -> str:
        return self.shelf.new_path(str(uuid4()))

    def _begun(self) -> Any:
        begun = self.book.cards.filter(etag="", agreed_at=None).exclude(Q(contact=None) | Q(path=""))
        return begun.order_by("pk")

    def _add(self, done: _Part, card: SyncedCard) -> None:
        contact = _whose(card)
        mine = here(contact, self.book, country=self.country)
        uid = card.path.rpartition("/")[2].removesuffix(".vcf")
        if self._put(done, card, card_of(mine, uid), etag=""):
            touched(self.report.added_there, contact, mine)

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

    def _remove(self) -> None:
        """Remove the cards of people removed here, as they were last seen."""
        for card in removed_here(self.book):
            self.tick(0)
            try:
                self.shelf.delete(card.path, etag=card.etag)
            except Permanent as error:
                if error.code not in {Trouble.CONFLICT, Trouble.NOT_FOUND}:
                    raise
                self.report.waiting += 1
                continue
            self.report.taken_away_there.append(name_of(card))
            card.delete()


def _whose(card: SyncedCard) -> Contact:
    """Give the person of a card that has one."""
    found: Any = card.contact
    return cast("Contact", found)
