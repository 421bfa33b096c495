"""An address book on a server, for every door: found, taken up with its password, brought in step, let go."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy

from askwell.gateways.carddav import Shelf, address_books
from askwell.gateways.errors import GatewayError, Trouble
from askwell.mailroom import dav, secrets
from askwell.people import address_book_sync as syncing

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.dav_collections import Collection
    from askwell.people.address_book_sync import Report, Wishes
    from askwell.people.models import AddressBook
    from askwell.people.working import Watcher

log = logging.getLogger(__name__)
_WORDS = {
    Trouble.NOT_THIS_PROTOCOL: gettext_lazy("%(server)s answers, but not as an address book (CardDAV) does."),
    Trouble.NOT_FOUND: gettext_lazy(
        "No address book was found at %(server)s. Its provider says which address programs are given for "
        "CardDAV: try that one."
    ),
    Trouble.FORBIDDEN: gettext_lazy("%(server)s does not let you do that with this address book."),
}
_FIELDS = {
    "name": gettext_lazy("Name"),
    "nickname": gettext_lazy("Nickname"),
    "organization": gettext_lazy("Organization"),
    "department": gettext_lazy("Department"),
    "title": gettext_lazy("Title"),
    "birthday": gettext_lazy("Birthday"),
    "notes": gettext_lazy("Notes"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "url": gettext_lazy("Web address"),
    "address": gettext_lazy("Postal address"),
    "tag": gettext_lazy("Tag"),
}


def look(where: str, *, user: str, secret: str, agreed: AnyOf[str] = ()) -> tuple[Collection, ...]:
    """Give the address books at an address, a domain or an e-mail address.

    Without a ``user`` the secret is a token (OAuth).  ``agreed`` names servers of other sites the user agreed
    to.  Raises GatewayError; ``Elsewhere`` names a server to be agreed to.
    """
    with dav.signing_in(user, secret, agreed=agreed) as server:
        return address_books(server, where)


def take_up(owner: AbstractBaseUser, found: Collection, *, user: str, secret: str) -> AddressBook:
    """Keep an address book in step from now on.  Its password goes where secrets are kept."""
    with transaction.atomic():
        book = syncing.connect(owner, found, user=user)
        secrets.keep(owner, book.handle, secret)
    return book


def bring_in_step(
    book: AddressBook, wishes: Wishes, *, now: datetime, progress: Watcher | None = None
) -> Report:
    """Sign in and sync.  Raises GatewayError, SyncBusy; Permanent PASSWORD where none is kept any more."""
    with dav.signed_in(book) as server:
        return syncing.sync(book, Shelf(server, book.url), wishes, now=now, progress=progress)


def do_all_asked(*, now: datetime) -> int:
    """Bring in step what pages asked for; how many address books were worked on."""
    found = syncing.waiting(now=now)
    for book in found:
        do_asked(book, now=now)
    return len(found)


def do_asked(book: AddressBook, *, now: datetime) -> None:
    """Bring an address book in step as a page asked; what comes of it is kept for that page."""
    wishes = syncing.wishes_of(book)
    if wishes is None:
        return
    try:
        report = bring_in_step(book, wishes, now=now)
    except syncing.SyncBusy:
        return  # whoever is at it ends first
    except GatewayError as error:
        syncing.note_end(book, None, now=now, trouble=error.code.value)
    except Exception:
        log.exception("The address book %s could not be brought in step", book.pk)
        syncing.note_end(book, None, now=now)
    else:
        syncing.note_end(book, report, now=now)


def let_go(book: AddressBook) -> None:
    """Forget its password and what was agreed: people stay here, cards stay there."""
    secrets.forget(book.owner, book.handle)
    syncing.disconnect(book)


def said(error: GatewayError) -> str:
    """Say what is wrong, and what to do about it."""
    return dav.said(error, _WORDS)


def of_code(code: str, server: str) -> str:
    """Say what was kept as the last trouble of an address book."""
    return dav.of_code(code, server, _WORDS)


def field_name(key: str) -> str:
    """Name a field for a person: ``email:jane@acme.example`` is E-mail."""
    return str(_FIELDS[key.partition(":")[0]])
