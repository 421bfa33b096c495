"""WebDAV's XML, read with bounds: a server's answer is somebody else's word.

Theory of operation.  A document type, and with it every entity, is refused before anything is expanded
(``defusedxml``), so no answer grows while it is read; what may come in is bounded by ``webdav`` before it is
read.  Of a multistatus each response keeps its address, its status and the properties that were found
(status 200); one asked for and not found is simply not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

DAV, CALDAV, CARDDAV = "DAV:", "urn:ietf:params:xml:ns:caldav", "urn:ietf:params:xml:ns:carddav"
CALENDAR_SERVER = "http://calendarserver.org/ns/"
_PREFIXES = {"d": DAV, "c": CALDAV, "a": CARDDAV, "s": CALENDAR_SERVER}
_NAMESPACES = " ".join(f"xmlns:{prefix}={quoteattr(space)}" for prefix, space in _PREFIXES.items())
MOST_RESPONSES = 200_000
OK = 200


class NotOurXml(ValueError):
    """No XML, XML with a document type, or not what was asked for."""


@dataclass(frozen=True, slots=True)
class Response:
    """One response of a multistatus: its address as the server wrote it, its status, what was found of it."""

    href: str
    status: int = OK
    props: Mapping[str, Element] = field(default_factory=dict)  # "{namespace}name" -> element

    def text(self, name: str) -> str:
        """Give the text of a property (``d:getetag``), without outer white space; empty when it has none."""
        found = self.props.get(qualified(name))
        return (found.text or "").strip() if found is not None else ""

    def has(self, name: str, inside: str = "") -> bool:
        """Say whether a property was found, or holds an element."""
        found = self.props.get(qualified(name))
        return found is not None and (not inside or found.find(f".//{qualified(inside)}") is not None)

    def href_of(self, name: str) -> str:
        """Give the first address a property names."""
        return next(iter(self.hrefs_of(name)), "")

    def hrefs_of(self, name: str) -> list[str]:
        """Give every address a property names."""
        found = self.props.get(qualified(name))
        if found is None:
            return []
        return [text for href in found.iter(qualified("d:href")) if (text := (href.text or "").strip())]


@dataclass(frozen=True, slots=True)
class Multistatus:
    """A whole answer, and the token that names the state it tells of."""

    responses: tuple[Response, ...]
    sync_token: str = ""


def qualified(name: str) -> str:
    """Give ``d:href`` as ElementTree names it: ``{DAV:}href``."""
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def read_xml(body: bytes) -> Element:
    """Read a document.  Raises NotOurXml for anything that is not plain, well-formed XML."""
    try:
        found: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise NotOurXml(type(error).__name__) from error
    return found


def read_multistatus(body: bytes) -> Multistatus:
    """Read the answer to PROPFIND and REPORT.  Raises NotOurXml."""
    root = read_xml(body)
    if root.tag != qualified("d:multistatus"):
        raise NotOurXml(root.tag[:80])
    responses = []
    for element in root.findall(qualified("d:response")):
        responses += _responses(element)
        if len(responses) > MOST_RESPONSES:
            raise NotOurXml(f"more than {MOST_RESPONSES} responses")
    token = (root.findtext(qualified("d:sync-token")) or "").strip()
    return Multistatus(tuple(responses), token)


def _responses(element: Element) -> list[Response]:
    """Give one response for each address it speaks of: a status alone may be told of several."""
    hrefs = [text for href in element.findall(qualified("d:href")) if (text := (href.text or "").strip())]
    status = _status(element.findtext(qualified("d:status")))
    props: dict[str, Element] = {}
    for propstat in element.findall(qualified("d:propstat")):
        prop = propstat.find(qualified("d:prop"))
        if prop is not None and _status(propstat.findtext(qualified("d:status"))) == OK:
            props |= {child.tag: child for child in prop}
    return [Response(href, status, props) for href in hrefs]


def _status(line: str | None) -> int:
    """Read ``HTTP/1.1 404 Not Found``; nothing said is well."""
    words = (line or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isascii() and words[1].isdigit() else OK


def propfind(names: Iterable[str]) -> bytes:
    """Ask for these properties."""
    return document("d:propfind", f"<d:prop>{empty(names)}</d:prop>")


def sync_collection(token: str, names: Iterable[str]) -> bytes:
    """Ask what changed since a token (RFC 6578); without one, for everything."""
    return document(
        "d:sync-collection",
        f"<d:sync-token>{escape(token)}</d:sync-token><d:sync-level>1</d:sync-level>"
        f"<d:prop>{empty(names)}</d:prop>",
    )


def multiget(kind: str, names: Iterable[str], hrefs: Iterable[str]) -> bytes:
    """Ask for several members at once: ``c:calendar-multiget`` or ``a:addressbook-multiget``."""
    asked = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    return document(kind, f"<d:prop>{empty(names)}</d:prop>{asked}")


def mkcol(kind: str, name: str) -> bytes:
    """Make a collection of a kind (``c:calendar``, ``a:addressbook``) with a name to show (RFC 5689)."""
    resource = f"<d:resourcetype><d:collection/><{kind}/></d:resourcetype>"
    shown = f"<d:displayname>{escape(name)}</d:displayname>"
    return document("d:mkcol", f"<d:set><d:prop>{resource}{shown}</d:prop></d:set>")


def document(root: str, inside: str) -> bytes:
    """Write a request."""
    return f'<?xml version="1.0" encoding="utf-8"?><{root} {_NAMESPACES}>{inside}</{root}>'.encode()


def empty(names: Iterable[str]) -> str:
    """Write properties by their names alone."""
    return "".join(f"<{name}/>" for name in names)
