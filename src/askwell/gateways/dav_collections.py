"""Calendars and address books on a server: what there is, what changed in one, and its members.

Theory of operation.  What changed since the last time is asked by ``sync-collection`` (RFC 6578), whose
token names a state.  A token the server has forgotten is answered by the whole list, and a server without
that REPORT is read by its ctag and the etags of all members; both ways give the same ``Changes``, compared
with what the caller knows.  ``Changes.token`` is opaque to callers.  Members are named by their path, spelled
one way.  They are fetched in batches; a batch too large is halved, down to the one member that is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askwell.gateways.davxml import multiget, sync_collection
from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.webdav import path_of, server_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from askwell.gateways.davxml import Multistatus, Response
    from askwell.gateways.webdav import WebDav

BATCH = 50
_MOST_ROUNDS = 1000  # of an answer the server gives in parts
_SYNC, _CTAG = "sync:", "ctag:"
_PROPS = (
    "d:resourcetype",
    "d:displayname",
    "d:current-user-privilege-set",
    "d:sync-token",
    "s:getctag",
    "c:supported-calendar-component-set",
    "c:calendar-timezone",
)
_NO_REPORT = {
    Trouble.NOT_THIS_PROTOCOL,
    Trouble.FORBIDDEN,
    Trouble.NOT_FOUND,
    Trouble.REFUSED,
    Trouble.MESSAGE,
    Trouble.CONFLICT,
}
_NO_CONTENT_FOUND = 404
_PARTIAL = 507


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sort of collection: its resource type, and how members are fetched and written."""

    resource: str
    multiget: str
    data: str
    content_type: str
    ending: str  # of a member's name


CALENDARS = Kind(
    resource="c:calendar",
    multiget="c:calendar-multiget",
    data="c:calendar-data",
    content_type="text/calendar; charset=utf-8",
    ending=".ics",
)
ADDRESS_BOOKS = Kind(
    resource="a:addressbook",
    multiget="a:addressbook-multiget",
    data="a:address-data",
    content_type="text/vcard; charset=utf-8",
    ending=".vcf",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One calendar or address book."""

    url: str
    name: str
    read_only: bool = False
    free_busy_only: bool = False  # its times may be read, and nothing else
    components: tuple[str, ...] = ()  # of a calendar: VEVENT, VTODO; empty: not said
    timezone: str = ""  # a VCALENDAR with the zone of whole days, as the server keeps it
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is otherwise than the caller knew: path -> etag of new and changed members, and those gone."""

    changed: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """An event or a card as it stands on the server."""

    path: str
    etag: str
    data: bytes


def collections_in(dav: WebDav, home: str, kind: Kind, *, depth: int = 1) -> tuple[Collection, ...]:
    """Give the collections of a kind at an address, itself included; with ``depth=0`` itself alone."""
    where, found = dav.propfind(home, _PROPS, depth=depth)
    return tuple(
        _collection(dav.at(where, response.href), response)
        for response in found.responses
        if response.has("d:resourcetype", kind.resource)
    )


def _collection(url: str, response: Response) -> Collection:
    privileges = response.props.get("{DAV:}current-user-privilege-set")
    granted = None if privileges is None else {child.tag for child in privileges.iter()}
    return Collection(
        url=url if url.endswith("/") else f"{url}/",
        name=response.text("d:displayname") or url.rstrip("/").rpartition("/")[2],
        read_only=granted is not None and not granted & {_tag("write"), _tag("write-content"), _tag("all")},
        free_busy_only=granted is not None and not granted & {_tag("read"), _tag("all")},
        components=_components(response),
        timezone=response.text("c:calendar-timezone"),
        token=_token(response),
    )


def _tag(name: str) -> str:
    return f"{{DAV:}}{name}"


def _components(response: Response) -> tuple[str, ...]:
    found = response.props.get("{urn:ietf:params:xml:ns:caldav}supported-calendar-component-set")
    return () if found is None else tuple(name.upper() for child in found if (name := child.get("name")))


def _token(response: Response) -> str:
    if token := response.text("d:sync-token"):
        return _SYNC + token
    ctag = response.text("s:getctag")
    return _CTAG + ctag if ctag else ""


def changes(dav: WebDav, url: str, known: Mapping[str, str], *, token: str = "") -> Changes:
    """Give what changed in a collection since ``token``, beside the etags the caller knows."""
    if not token.startswith(_CTAG):
        try:
            return _by_sync(dav, url, known, token.removeprefix(_SYNC))
        except Permanent as error:
            if error.code not in _NO_REPORT:
                raise
    return _by_etags(dav, url, known, token)


def _by_sync(dav: WebDav, url: str, known: Mapping[str, str], token: str) -> Changes:
    try:
        listed, gone, new = _rounds(dav, url, token)
    except Permanent as error:
        if not token or error.code not in _NO_REPORT:
            raise
        token = ""  # forgotten there: the whole list instead
        listed, gone, new = _rounds(dav, url, token)
    if not new:
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(url), said="no sync-token")
    if not token:
        gone = set(known) - listed.keys()
    return Changes(changed=_otherwise(listed, known), gone=frozenset(gone), token=_SYNC + new)


def _rounds(dav: WebDav, url: str, token: str) -> tuple[dict[str, str], set[str], str]:
    """Ask until the server has told all; what is there, what is gone, and the token of the end."""
    listed: dict[str, str] = {}
    gone: set[str] = set()
    for _round in range(_MOST_ROUNDS):
        answer = dav.report(url, sync_collection(token, ("d:getetag", "d:resourcetype")), depth=0)
        for path, response in _members(url, answer):
            gone.discard(path)
            listed.pop(path, None)
            if response.status == _NO_CONTENT_FOUND:
                gone.add(path)
            else:
                listed[path] = response.text("d:getetag")
        more = any(response.status == _PARTIAL for response in answer.responses)
        if not more or answer.sync_token in {"", token}:
            return listed, gone, answer.sync_token
        token = answer.sync_token
    raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(url), said="an answer without an end")


def _by_etags(dav: WebDav, url: str, known: Mapping[str, str], token: str) -> Changes:
    _where, own = dav.propfind(url, ("s:getctag",))
    ctag = own.responses[0].text("s:getctag") if own.responses else ""
    now = f"{_CTAG}{ctag}"
    if ctag and token == now:
        return Changes(token=now)
    where, found = dav.propfind(url, ("d:getetag", "d:resourcetype"), depth=1)
    listed = {path: response.text("d:getetag") for path, response in _members(where, found)}
    return Changes(changed=_otherwise(listed, known), gone=frozenset(set(known) - listed.keys()), token=now)


def _members(url: str, answer: Multistatus) -> Iterator[tuple[str, Response]]:
    """Give the members: not the collection itself, and no collection within it."""
    own = path_of(url).rstrip("/")
    for response in answer.responses:
        path = path_of(response.href)
        if path.rstrip("/") != own and not response.has("d:resourcetype", "d:collection"):
            yield path, response


def _otherwise(listed: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Leave out what the caller has in this very state."""
    return {path: etag for path, etag in listed.items() if not etag or known.get(path) != etag}


def fetch(dav: WebDav, url: str, paths: Sequence[str], kind: Kind) -> Iterator[Member]:
    """Fetch members, in batches.  One that has gone meanwhile is left out; one too large raises TOO_LARGE."""
    for start in range(0, len(paths), BATCH):
        yield from _batch(dav, url, paths[start : start + BATCH], kind)


def _batch(dav: WebDav, url: str, paths: Sequence[str], kind: Kind) -> Iterator[Member]:
    try:
        answer = dav.report(url, multiget(kind.multiget, ("d:getetag", kind.data), paths))
    except Permanent as error:
        if error.code is Trouble.TOO_LARGE and len(paths) > 1:
            half = len(paths) // 2
            yield from _batch(dav, url, paths[:half], kind)
            yield from _batch(dav, url, paths[half:], kind)
            return
        if error.code not in _NO_REPORT:
            raise
        yield from _one_by_one(dav, url, paths)
        return
    for path, response in _members(url, answer):
        if data := response.text(kind.data):
            yield Member(path, response.text("d:getetag"), data.encode("utf-8", "replace"))


def _one_by_one(dav: WebDav, url: str, paths: Sequence[str]) -> Iterator[Member]:
    for path in paths:
        try:
            data, etag = dav.get(dav.at(url, path))
        except Permanent as error:
            if error.code is not Trouble.NOT_FOUND:
                raise
        else:
            yield Member(path, etag, data)


class Members:
    """The members of one collection, named by their paths.  Every method raises Transient and Permanent."""

    def __init__(self, dav: WebDav, url: str, kind: Kind) -> None:
        self._dav, self._url, self._kind = dav, url, kind

    def changes(self, known: Mapping[str, str], *, token: str) -> Changes:
        """Give what is otherwise than the etags known, since the token."""
        return changes(self._dav, self._url, known, token=token)

    def fetch(self, paths: Sequence[str]) -> Iterator[Member]:
        """Fetch members; one that has gone is left out."""
        return fetch(self._dav, self._url, paths, self._kind)

    def find(self, path: str) -> Member | None:
        """Fetch one member; None where the server says that it has gone."""
        return next(_one_by_one(self._dav, self._url, [path]), None)

    def put(self, path: str, data: bytes, *, etag: str) -> str:
        """Write a member anew, or with no etag a new one; the new etag, or empty where none is said."""
        return self._dav.put(self._at(path), data, kind=self._kind.content_type, etag=etag)

    def delete(self, path: str, *, etag: str) -> None:
        """Remove a member as it was read."""
        self._dav.delete(self._at(path), etag=etag)

    def new_path(self, name: str) -> str:
        """Give the path a new member of that name will have."""
        return path_of(f"{self._url}{name}{self._kind.ending}")

    def _at(self, path: str) -> str:
        return self._dav.at(self._url, path)
