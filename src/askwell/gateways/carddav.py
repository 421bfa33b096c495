"""Address books of a server, and one of them as a shelf of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.gateways.dav_collections import ADDRESS_BOOKS, changes, fetch
from askwell.gateways.dav_discovery import discover
from askwell.gateways.webdav import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from askwell.gateways.dav_collections import Changes, Collection, Member
    from askwell.gateways.webdav import WebDav


def address_books(dav: WebDav, where: str) -> tuple[Collection, ...]:
    """Give the address books of whoever is signed in.  Raises as ``discover``."""
    return discover(dav, where, ADDRESS_BOOKS)


class Shelf:
    """The cards of one address book, named by their paths.  Every method raises Transient and Permanent."""

    def __init__(self, dav: WebDav, url: str) -> None:
        self._dav, self._url = dav, url

    def changes(self, known: Mapping[str, str], *, token: str) -> Changes:
        """Give what is otherwise than the etags known, since the token."""
        return changes(self._dav, self._url, known, token=token)

    def fetch(self, paths: Sequence[str]) -> Iterator[Member]:
        """Fetch cards; one that has gone is left out."""
        return fetch(self._dav, self._url, paths, ADDRESS_BOOKS)

    def put(self, path: str, data: bytes, *, etag: str) -> str:
        """Write a card anew, or with no etag a new one; the new etag, or empty where the server says none."""
        return self._dav.put(self._at(path), data, kind=ADDRESS_BOOKS.content_type, etag=etag)

    def delete(self, path: str, *, etag: str) -> None:
        """Remove a card as it was read."""
        self._dav.delete(self._at(path), etag=etag)

    def new_path(self, name: str) -> str:
        """Give the path a new card of that name will have."""
        return path_of(f"{self._url}{name}.vcf")

    def _at(self, path: str) -> str:
        return self._dav.at(self._url, path)
