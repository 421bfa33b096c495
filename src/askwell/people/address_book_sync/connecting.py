"""An address book taken up, set, and let go.  Its password is kept by whoever calls (``AddressBook.handle``).

These are settings of the connection and no facts of the notebook: they are not journalled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.address_book_sync.claiming import remove_folder
from askwell.people.errors import BadField
from askwell.people.models import AddressBook, Sending

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.dav_collections import Collection


def connect(owner: AbstractBaseUser, found: Collection, *, user: str) -> AddressBook:
    """Take an address book up, or the one taken up before with another user; nothing is read yet."""
    book: AddressBook
    book, _new = AddressBook.objects.update_or_create(
        owner_id=owner.pk,
        url=found.url,
        defaults={"name": found.name[:200], "user": user, "read_only": found.read_only, "trouble": ""},
    )
    return book


def set_sending(book: AddressBook, sends: str, *, tag: str = "", private_too: bool = False) -> None:
    """Say who goes into the address book, and whether notes and tags are in step too.  Raises BadField."""
    tag = " ".join(tag.split()).lstrip("#")
    if sends not in Sending.values:
        raise BadField("sends", "unknown")
    if sends == Sending.TAGGED and not tag:
        raise BadField("tag", "empty")
    if book.private_too != private_too:
        book.sync_token = ""  # every card is read again, for what was left out of it
        book.cards.update(etag="")
    book.sends, book.tag, book.private_too = sends, tag[:100], private_too
    book.save(update_fields=["sends", "tag", "private_too", "sync_token"])


def disconnect(book: AddressBook) -> None:
    """Let an address book go: people stay here, cards stay there."""
    remove_folder(book)
    book.delete()
