"""An address book and the notebook brought in step.

Theory of operation.  First all is read: what changed there since the token, and those cards.  Then, in one
transaction, it is noted what each card says now, people are found for cards without one, each pair is merged
(``merging``) and what is to be taken is written here as one undoable change.  Only then is anything written
there (``pushing``): read again, merged again, put with If-Match, and noted as agreed once the server has
answered.  So a process killed anywhere leaves a state from which the next sync goes on: what was written
there and not noted is found to be equal, a card begun and not sent is sent under the same path.  A card that
changes between reading and writing (412) is read and merged once more, and waits for the next sync if that
goes on.  Cards of nobody here become an import, with its own review of doubles.  Nobody is removed here, and
there only people the user names.
"""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from askwell.people import importing
from askwell.people.address_book_sync.applying import apply
from askwell.people.address_book_sync.cards import stored
from askwell.people.address_book_sync.claiming import claimed, folder_of
from askwell.people.address_book_sync.errors import SyncStopped
from askwell.people.address_book_sync.noting import (
    alive,
    find_people,
    merged,
    name_of,
    note_members,
    parts_of,
    removed_here,
    with_people,
)
from askwell.people.address_book_sync.pushing import Pusher
from askwell.people.address_book_sync.report import Report, touched
from askwell.people.errors import ImportBusy
from askwell.people.journal import PART, journal, parts
from askwell.people.models import AddressBook, Contact, Import, ImportState, SyncedCard
from askwell.people.records import HANGING_ON
from askwell.people.working import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from askwell.gateways.carddav import Shelf
    from askwell.gateways.dav_collections import Changes, Member
    from askwell.people.address_book_sync.asking import Wishes
    from askwell.people.journal import Journal
    from askwell.people.working import Watcher

_MOST_NAMED = 200
_KEPT = ("agreed", "agreed_at", "taken", "asked")


def sync(
    book: AddressBook, shelf: Shelf, wishes: Wishes, *, now: datetime, progress: Watcher | None = None
) -> Report:
    """Bring both in step, or say what that would do.  Raises SyncBusy, and what the shelf raises."""
    with claimed(book, now=now):
        tell = Reporter(folder_of(book), progress, stopped=SyncStopped)
        return _Sync(book, shelf, wishes, now=now, tell=tell).run()


class _Sync:
    """One bringing in step."""

    def __init__(
        self, book: AddressBook, shelf: Shelf, wishes: Wishes, *, now: datetime, tell: Reporter
    ) -> None:
        self.book, self.shelf, self.wishes, self.now, self.tell = book, shelf, wishes, now, tell
        self.report = self._new_report()
        self.giving: list[int] = []  # cards with something to be written there
        self.changed: set[int] = set()  # people who were changed here

    def _new_report(self) -> Report:
        return Report(book=self.book.pk, name=self.book.name, dry_run=self.wishes.dry_run)

    def run(self) -> Report:
        try:
            self._read_and_take()
            if not self.wishes.dry_run:
                self._go_on()
        except SyncStopped:
            self.report.stopped = True
        return self.report

    def _read_and_take(self) -> None:
        """Read what changed there, and write it here: all of it, or nothing."""
        self.tell("asking", 0)
        known = dict(self.book.cards.exclude(Q(path="") | Q(etag="")).values_list("path", "etag"))
        found = self.shelf.changes(known, token=self.book.sync_token)
        members = list(self._read(sorted(found.changed)))
        try:
            with transaction.atomic():
                self._note(found, members)
                find_people(self.book, list(self._of_nobody()))
                self._take()
                self._look_at_the_rest()
                if self.wishes.dry_run:
                    self._pusher().would_add()
                    transaction.set_rollback(True)
        except SyncStopped:
            self.report = self._new_report()  # nothing of it came to be
            raise

    def _read(self, paths: Sequence[str]) -> Iterator[Member]:
        tick = self.tell.ticker("reading", len(paths))
        for member in self.shelf.fetch(paths):
            tick(1)
            yield member

    def _go_on(self) -> None:
        self._bring_in()
        if not self.book.read_only:
            self._pusher().write(self.giving, self.tell, removing=self.wishes.remove_there)
        AddressBook.objects.filter(pk=self.book.pk).update(synced_at=self.now)

    def _pusher(self) -> Pusher:
        return Pusher(self.book, self.shelf, self.report, country=self.wishes.country, now=self.now)

    # -- what is there now

    def _note(self, found: Changes, members: Iterable[Member]) -> None:
        for part in parts_of(sorted(found.gone)):
            for card in self.book.cards.filter(path__in=part).select_related("contact"):
                self._note_gone(card)
        self.report.unread = note_members(self.book, members, country=self.wishes.country)
        AddressBook.objects.filter(pk=self.book.pk).update(sync_token=found.token[:1000])

    def _note_gone(self, card: SyncedCard) -> None:
        """The person stays, and is not sent there again; the row is kept to know that."""
        if card.contact is None:
            card.delete()
            return
        self.report.removed_there.append(card.contact.name)
        card.path = card.etag = ""
        card.asked = 0
        card.save(update_fields=["path", "etag", "asked"])

    def _of_nobody(self) -> Any:
        return self.book.cards.filter(contact=None, agreed_at=None).exclude(path="").order_by("pk")

    # -- what is to be done

    def _take(self) -> None:
        """Write here what only changed there, as one change; note what both say alike."""
        self.giving, self.report.questions, self.report.not_written = [], 0, 0
        with journal(
            self.book.owner, "people.address_book", now=self.now, params={"book": self.book.name}
        ) as log:
            for part in self._pairs():
                fresh = [card for card in part if self._decide(log, card)]
                SyncedCard.objects.bulk_update(fresh, _KEPT, batch_size=PART)
            log.params["count"] = len(self.report.changed_here)
        if log.stored is not None:
            self.report.change = log.stored.pk

    def _decide(self, log: Journal, card: SyncedCard) -> bool:
        """Do here what follows for a card; whether there is anything new to keep of it."""
        contact: Any = card.contact
        if contact.pk in self.changed:  # by another card of theirs, since this one was loaded
            contact = Contact.objects.prefetch_related(*HANGING_ON).get(pk=contact.pk)
        found = merged(card, contact, self.book, country=self.wishes.country)
        if found.take:
            apply(log, contact, found.take, country=self.wishes.country)
            touched(self.report.changed_here, contact, found.take)
            self.changed.add(contact.pk)
        if found.give:
            self._will_give(card, contact, found.give)
        self.report.questions += len(found.ask)
        before = [getattr(card, name) for name in _KEPT]
        card.agreed, card.agreed_at = stored(found.agreed), card.agreed_at or self.now
        card.taken = {key: old for key, old in card.taken.items() if key in found.agreed}
        card.taken |= stored(found.before)
        card.asked = len(found.ask)
        return [getattr(card, name) for name in _KEPT] != before

    def _will_give(self, card: SyncedCard, contact: Contact, keys: Iterable[str]) -> None:
        if self.book.read_only:
            self.report.not_written += 1
        elif self.wishes.dry_run:
            touched(self.report.changed_there, contact, keys)
        else:
            self.giving.append(card.pk)

    def _pairs(self) -> Iterator[list[SyncedCard]]:
        """Give the cards with a person and a card, in parts, with all that hangs on the person."""
        rows = self.book.cards.exclude(contact=None).exclude(path="").exclude(etag="").order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        tick = self.tell.ticker("comparing", len(keys))
        for part in parts(keys):
            tick(len(part))
            some = rows.filter(pk__in=part)
            for card in some.exclude(contact__merged_into=None).select_related("contact"):
                card.contact = alive(card.contact)
                card.save(update_fields=["contact"])
            yield list(with_people(some))

    def _look_at_the_rest(self) -> None:
        removed = removed_here(self.book)
        self.report.removed_here = [name_of(card) for card in removed[:_MOST_NAMED]]
        self.report.new_there = self._of_nobody().count()

    # -- people of the cards

    def _bring_in(self) -> None:
        """Plan an import of the cards of nobody here, or carry it out and go on with whom it made."""
        cards = list(self._of_nobody().values_list("path", "digest"))
        batch = self._plan(cards)
        if batch is None:
            return
        self.report.batch = batch.pk
        if not self.wishes.bring_in:
            return
        importing.apply_import(batch, now=self.now, progress=self._of_import)
        self.report.brought_in = True
        with transaction.atomic():
            find_people(self.book, list(self._of_nobody()))
            self._take()

    def _plan(self, cards: list[tuple[str, str]]) -> Import | None:
        """Give the import planned for these cards; the one of before where it is the same."""
        before = self.book.batch
        digest = hashlib.sha256(repr(cards).encode()).hexdigest()
        if before is not None and before.state == ImportState.PLANNED:
            if cards and before.options.get("cards") == digest:
                return before
            importing.discard_import(before, now=self.now)
        if not cards:
            return None
        batch = self._planned([path for path, _digest in cards], digest)
        AddressBook.objects.filter(pk=self.book.pk).update(batch=batch)
        return batch

    def _planned(self, paths: list[str], digest: str) -> Import:
        options = {"default_country": self.wishes.country, "cards": digest}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "address-book.vcf"
            with file.open("wb") as out:
                for member in self.shelf.fetch(paths):
                    out.write(member.data.rstrip() + b"\r\n")
            named = [(f"{self.book.name}.vcf", file)]
            batch = importing.start_import(self.book.owner, named, now=self.now, options=options)
        with suppress(ImportBusy):  # left to the worker, which reads it next
            importing.run_reading(batch, now=self.now, progress=self._of_import)
        return batch

    def _of_import(self, _stage: str, done: int, total: int | None) -> None:
        with suppress(SyncStopped):  # an import is whole; it is stopped after it
            self.tell("planning", done, total)
