"""One sync of an address book at a time, and none stuck for ever.

Theory of operation.  ``claimed_until`` of its row is changed by a conditional UPDATE that names the value it
had, so that of two only one gets the address book.  ``claim.json`` in the address book's folder names the
claim and the process that has it: one that was killed holds nothing, and another goes on at once.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError

from askwell.gateways.errors import GatewayError
from askwell.people.address_book_sync.errors import SyncBusy
from askwell.people.models import AddressBook
from askwell.people.working import is_this, lives, read_json, this_process, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LEASE = timedelta(minutes=30)
_CLAIM = "claim.json"

_held: set[int] = set()  # claimed by this process


def folder_of(book: AddressBook) -> Path:
    """Give the folder for what is said of an address book beside its row, below the data folder."""
    return Path(settings.DATA_DIR) / "address-books" / book.handle  # a number may be another one's later


def remove_folder(book: AddressBook) -> None:
    """Remove what was said of an address book that is let go."""
    shutil.rmtree(folder_of(book), ignore_errors=True)


def is_at_work(book: AddressBook, *, now: datetime) -> bool:
    """Say whether somebody is bringing this address book in step."""
    if book.claimed_until is None:
        return False
    claim = read_json(folder_of(book) / _CLAIM)
    if claim.get("until") != book.claimed_until.isoformat():
        return bool(book.claimed_until > now)
    process = claim["process"]
    return book.pk in _held if is_this(process) else lives(process)


@contextmanager
def claimed(book: AddressBook, *, now: datetime) -> Iterator[None]:
    """Hold an address book while the block runs, and note the trouble its server made.  Raises SyncBusy."""
    _claim(book, now=now)
    try:
        yield
    except GatewayError as error:
        release(book, trouble=error.code.value)
        raise
    except Exception:  # where the process is told to end the claim stays, for another to go on
        release(book)
        raise
    else:
        release(book)
    finally:
        _held.discard(book.pk)


def release(book: AddressBook, *, trouble: str = "") -> None:
    """Let an address book go, and note the trouble its server made."""
    with suppress(DatabaseError):  # a claim of a block that ended counts for nothing
        AddressBook.objects.filter(pk=book.pk).update(claimed_until=None, trouble=trouble)
    book.claimed_until, book.trouble = None, trouble


def _claim(book: AddressBook, *, now: datetime) -> None:
    book.refresh_from_db()
    if is_at_work(book, now=now):
        raise SyncBusy
    rows, until = AddressBook.objects.filter(pk=book.pk, claimed_until=book.claimed_until), now + LEASE
    if not rows.update(claimed_until=until):
        raise SyncBusy
    _held.add(book.pk)
    book.claimed_until = until
    folder = folder_of(book)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_json(folder / _CLAIM, {"until": until.isoformat(), "process": this_process()})
