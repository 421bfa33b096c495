"""Address books of a server, and one of them as a shelf of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.gateways.dav_collections import ADDRESS_BOOKS, Members
from askwell.gateways.dav_discovery import discover

if TYPE_CHECKING:
    from askwell.gateways.dav_collections import Collection
    from askwell.gateways.webdav import WebDav


def address_books(dav: WebDav, where: str) -> tuple[Collection, ...]:
    """Give the address books of whoever is signed in.  Raises as ``discover``."""
    return discover(dav, where, ADDRESS_BOOKS)


class Shelf(Members):
    """The cards of one address book."""

    def __init__(self, dav: WebDav, url: str) -> None:
        super().__init__(dav, url, ADDRESS_BOOKS)
