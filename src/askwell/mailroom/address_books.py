"""An address book on a server, for every door: found, taken up with its password, brought in step, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.gateways.carddav import Shelf, address_books
from askwell.gateways.errors import GatewayError, Permanent, Trouble
from askwell.gateways.webdav import DavLogin, Elsewhere, WebDav
from askwell.mailroom import secrets
from askwell.people import address_book_sync as syncing

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.dav_collections import Collection
    from askwell.people.address_book_sync import Report, Wishes
    from askwell.people.models import AddressBook

_WRONG = {
    Trouble.NO_SUCH_SERVER: gettext_lazy("There is no server %(server)s. Look for a missing letter."),
    Trouble.NO_ANSWER: gettext_lazy(
        "%(server)s does not answer. Look whether this machine is on the network."
    ),
    Trouble.NOT_THIS_PROTOCOL: gettext_lazy("%(server)s answers, but not as an address book (CardDAV) does."),
    Trouble.CUT_OFF: gettext_lazy("%(server)s broke off in the middle. Nothing is lost: try again."),
    Trouble.TLS: gettext_lazy(
        "%(server)s could not prove who it is, so no password was sent to it. Look at its name and at this "
        "machine’s clock; in a school or company, ask whoever runs it."
    ),
    Trouble.NO_TLS: gettext_lazy(
        "%(server)s would be asked without encryption, so no password was sent to it. The address must begin "
        "with https://."
    ),
    Trouble.PASSWORD: gettext_lazy(
        "%(server)s did not take the name and password. Where you sign in with a second step, an app "
        "password is needed here."
    ),
    Trouble.TOKEN: gettext_lazy("%(server)s did not take the token: it has run out, or was taken back."),
    Trouble.NOT_FOUND: gettext_lazy(
        "No address book was found at %(server)s. Its provider says which address programs are given for "
        "CardDAV: try that one."
    ),
    Trouble.FORBIDDEN: gettext_lazy("%(server)s does not let you do that with this address book."),
    Trouble.TOO_LARGE: gettext_lazy("%(server)s sent, or was sent, more than is taken at once."),
    Trouble.TOO_MANY: gettext_lazy(
        "%(server)s takes no more for now: a limit of the provider’s. Wait a while."
    ),
    Trouble.BUSY: gettext_lazy("%(server)s asks to be tried again later."),
    Trouble.CONFLICT: gettext_lazy("It was changed at %(server)s at the same moment. Try again."),
    Trouble.REFUSED: gettext_lazy("%(server)s said no."),
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
    with WebDav(_login(user, secret), also=agreed, own_network=settings.LOCAL) as dav:
        return address_books(dav, where)


def _login(user: str, secret: str) -> DavLogin:
    return DavLogin(user=user, secret=secret) if user else DavLogin(token=secret)


def take_up(owner: AbstractBaseUser, found: Collection, *, user: str, secret: str) -> AddressBook:
    """Keep an address book in step from now on.  Its password goes where secrets are kept."""
    with transaction.atomic():
        book = syncing.connect(owner, found, user=user)
        secrets.keep(owner, book.handle, secret)
    return book


def bring_in_step(book: AddressBook, wishes: Wishes, *, now: datetime) -> Report:
    """Sign in and sync.  Raises GatewayError, SyncBusy; Permanent PASSWORD where none is kept any more."""
    try:
        secret = secrets.secret_of(book.owner, book.handle)
    except secrets.NoSecret as error:
        raise Permanent(Trouble.PASSWORD, server=book.name) from error
    with WebDav(_login(book.user, secret), own_network=settings.LOCAL) as dav:
        return syncing.sync(book, Shelf(dav, book.url), wishes, now=now)


def let_go(book: AddressBook) -> None:
    """Forget its password and what was agreed: people stay here, cards stay there."""
    secrets.forget(book.owner, book.handle)
    syncing.disconnect(book)


def said(error: GatewayError) -> str:
    """Say what is wrong, and what to do about it."""
    if isinstance(error, Elsewhere):
        return _("%(server)s sends us on to another server, %(host)s. Is it your provider’s?") % {
            "server": error.server,
            "host": error.host,
        }
    return of_code(error.code, error.server)


def of_code(code: str, server: str) -> str:
    """Say what was kept as the last trouble of an address book."""
    text = _WRONG.get(Trouble(code), _WRONG[Trouble.REFUSED])
    return str(text) % {"server": server or _("The server")}


def field_name(key: str) -> str:
    """Name a field for a person: ``email:jane@acme.example`` is E-mail."""
    return str(_FIELDS[key.partition(":")[0]])
