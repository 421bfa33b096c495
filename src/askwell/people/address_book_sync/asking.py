"""What a page asks of the worker: bring this address book in step; and what came of it.

Theory of operation.  The wish is a file of the address book's folder, and its row is claimed until now: due
at once.  Both go when the work has ended, well or not; of a process that was killed they stay, and the next
worker does it again from the beginning, which loses and doubles nothing (``syncing``).  What the last one did
is kept beside it, to be shown.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from askwell.people.address_book_sync.claiming import folder_of, is_at_work, release
from askwell.people.address_book_sync.errors import SyncBusy
from askwell.people.models import AddressBook
from askwell.people.working import ask_to_stop, progress_in, read_json, write_json

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.people.address_book_sync.report import Report

_ASKED, _REPORT = "asked.json", "report.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How to go about it.  ``country`` (ISO) is for numbers without a country's code."""

    country: str = ""
    dry_run: bool = False
    bring_in: bool = False  # take cards of nobody here in at once; else the import is planned
    remove_there: bool = False  # cards of people removed here


def ask(book: AddressBook, wishes: Wishes, *, now: datetime) -> None:
    """Leave it to the worker to bring an address book in step.  Raises SyncBusy."""
    if is_at_work(book, now=now):
        raise SyncBusy
    folder = folder_of(book)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget(book)
    write_json(folder / _ASKED, asdict(wishes))
    rows = AddressBook.objects.filter(pk=book.pk, claimed_until=book.claimed_until)
    if not rows.update(claimed_until=now):
        raise SyncBusy
    book.claimed_until = now


def wishes_of(book: AddressBook) -> Wishes | None:
    """Give what is asked of the worker and not done yet."""
    asked = read_json(folder_of(book) / _ASKED) if book.claimed_until is not None else {}
    return Wishes(**asked) if asked else None


def waiting(*, now: datetime) -> list[AddressBook]:
    """Give the address books a worker is to bring in step and nobody is at, the longest waiting first."""
    due = AddressBook.objects.filter(claimed_until__isnull=False, owner__is_active=True)
    found = due.select_related("owner").order_by("claimed_until", "pk")
    return [book for book in found if wishes_of(book) is not None and not is_at_work(book, now=now)]


def withdraw(book: AddressBook, *, now: datetime) -> bool:
    """Take the wish back.  True where somebody is at it already, and will stop at the next part."""
    if is_at_work(book, now=now):
        return ask_to_stop(folder_of(book))
    _forget(book)
    release(book, trouble=book.trouble)
    return False


def _forget(book: AddressBook) -> None:
    for name in (_ASKED, "progress.json", "cancel"):
        with suppress(OSError):
            (folder_of(book) / name).unlink()


def progress_of(book: AddressBook) -> dict[str, Any]:
    """Give ``{"stage", "done", "total"}`` of a sync that is at work; ``{}`` when nothing is known.

    Stages come in this order: asking, reading, comparing, planning, writing.
    """
    return progress_in(folder_of(book))


def note_end(book: AddressBook, report: Report | None, *, now: datetime, trouble: str = "") -> None:
    """Note that what was asked has ended, and what it did, for ``last_report``; None: it broke off."""
    _forget(book)
    release(book, trouble=trouble)
    told = {} if report is None else {**report.to_json(), "change": report.change, "stopped": report.stopped}
    with suppress(OSError):
        write_json(folder_of(book) / _REPORT, {**told, "at": now.isoformat(), "broke_off": report is None})


def last_report(book: AddressBook) -> dict[str, Any]:
    """Give what the last sync did that a page asked for, as ``note_end`` kept it; ``{}`` for none."""
    return read_json(folder_of(book) / _REPORT)
