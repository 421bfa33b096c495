"""The head of a message: its fields by name, as a person reads them, as addresses, dates, ids, parameters.

Theory of operation.  A head is cut into fields in one pass, whatever its size; what is kept of one field and
how often one name is kept are bounded, so that a header of megabytes hides no other.  Values stay bytes until
they are asked for.  Encoded words (RFC 2047) are joined before they are decoded, for programs cut characters
in two; parameters follow RFC 2231, also where a program mixes both.  The standard library reads addresses
and dates; what makes it stumble is read by a plainer rule instead.
"""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from askwell.formats.limits import MIB
from askwell.formats.mail.charsets import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OF_ONE = 128 * 1024  # bytes of one field
MOST_OF_NAME = 200  # fields of one name
MOST_NAMES = 5_000
MOST_BYTES = 32 * MIB
MOST_ADDRESSES = 5_000
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ID = re.compile(r"<([^<>]{1,996})>")
_PLAIN_ADDRESS = re.compile(r"[^\s\x00-\x1f<>@,;:\"()]{1,200}@[^\s\x00-\x1f<>@,;:\"()]{1,253}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?")
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))', re.DOTALL)


class Person(NamedTuple):
    """A name, maybe empty, and an address as it was written."""

    name: str
    address: str


class Headers:
    """The fields of one head; names are met in any case."""

    __slots__ = ("_fields", "_people", "huge")

    def __init__(self) -> None:
        self._fields: dict[str, list[bytes]] = {}
        self._people: dict[str, list[Person]] = {}  # once read
        self.huge = False  # something was larger than is kept

    def add(self, name: str, value: bytes) -> None:
        """Keep one field within the bounds."""
        if len(value) > MOST_OF_ONE:
            value, self.huge = value[:MOST_OF_ONE], True
        if name not in self._fields and len(self._fields) >= MOST_NAMES:
            self.huge = True
            return
        kept = self._fields.setdefault(name, [])
        if len(kept) < MOST_OF_NAME:
            kept.append(value)
        else:
            self.huge = True

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._fields

    def __len__(self) -> int:
        return len(self._fields)

    def names(self) -> Iterator[str]:
        """Give each name once, in small letters, in the order met."""
        return iter(self._fields)

    def raw(self, name: str) -> str:
        """Give the first value on one line, encoded words as they stand; "" where there is none."""
        kept = self._fields.get(name.lower())
        return _unfolded(kept[0]) if kept else ""

    def raws(self, name: str) -> list[str]:
        """Give every value of this name."""
        return [_unfolded(value) for value in self._fields.get(name.lower(), ())]

    def text(self, name: str) -> str:
        """Give the first value as a person reads it."""
        return decoded(self.raw(name))

    def word(self, name: str) -> str:
        """Give the first word of a value, in small letters, without comments: ``auto-replied``."""
        found = re.match(r"[^\s;,(]+", self.raw(name))
        return found[0].lower() if found else ""

    def people(self, name: str) -> list[Person]:
        """Give the people of every field of this name: From, To, Cc."""
        if name not in self._people:
            self._people[name] = people_in(self.raws(name))
        return self._people[name]

    def ids(self, name: str) -> tuple[str, ...]:
        """Give the message ids of a field, each ``<...>``, in order, once."""
        text = " ".join(self.raws(name))
        found = _ID.findall(text)
        if not found and "@" in text and len(text.split()) == 1:
            found = [text.strip().strip("<>")]
        return tuple(dict.fromkeys(f"<{_CONTROL.sub('', ''.join(one.split()))}>" for one in found))

    def moment(self, name: str = "date") -> datetime | None:
        """Give the date with its zone; one without a zone is taken as UTC; None where it cannot be read."""
        return moment_of(self.raw(name))


def cut_head(data: bytes, start: int = 0, end: int | None = None) -> tuple[Headers, int, bool]:
    """Read the head that begins at ``start``: (fields, where the body begins, whether it ended as it should).

    ``data`` has LF lines.
    """
    headers = Headers()
    stop = len(data) if end is None else end
    limit = min(stop, start + MOST_BYTES)
    name, begun, at = "", start, start
    while at < limit:
        line_end = data.find(b"\n", at, stop)
        line_end = stop if line_end < 0 else line_end
        if line_end == at:
            _keep(headers, name, data[begun:at])
            return headers, at + 1, True
        if data[at] in b" \t":
            at = line_end + 1
            continue
        found = _FIELD.match(data, at, line_end)
        if not found and not data.startswith((b">From ", b"From "), at):
            _keep(headers, name, data[begun:at])
            return headers, at, False
        _keep(headers, name, data[begun:at])
        name = found[1].decode("ascii").lower() if found else ""
        begun = found.end() if found else line_end
        at = line_end + 1
    _keep(headers, name, data[begun:limit])
    headers.huge = headers.huge or limit < stop
    return headers, limit, limit == stop


def _keep(headers: Headers, name: str, value: bytes) -> None:
    if name:
        headers.add(name, value)


def _unfolded(value: bytes) -> str:
    """Give a value on one line; bytes beyond ASCII are UTF-8, or what they look like."""
    text, _code = text_of(value.strip(b" \t\n").replace(b"\n", b""))
    return text


def decoded(value: str) -> str:
    """Give a value as a person reads it: encoded words decoded, no control characters."""
    if "=?" in value:
        value = _without_words(value)
    return _CONTROL.sub(" ", value).strip()


def _without_words(value: str) -> str:
    """Decode encoded words; those that stand side by side in one charset are one run of bytes."""
    made: list[str] = []
    run, charset, at = b"", "", 0
    for found in _WORD.finditer(value):
        between = value[at : found.start()]
        same = bool(charset) and not between.strip() and found[1].lower() == charset
        if not same:
            made.append(text_of(run, charset)[0])
            run = b""
            made.append("" if charset and not between.strip() else between)
        run += _bytes_of_word(found[2], found[3])
        charset, at = found[1].lower(), found.end()
    return "".join((*made, text_of(run, charset)[0], value[at:]))


def _bytes_of_word(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if kind in "qQ":
        return _HEX.sub(lambda found: bytes([int(found[1], 16)]), data.replace(b"_", b" "))
    return unpacked64(data)[0]


def unpacked64(data: bytes) -> tuple[bytes, bool]:
    """Unpack base64 however it is padded or broken; give the bytes and whether it was whole."""
    packed = data.translate(None, b" \t\n\r")
    try:
        return binascii.a2b_base64(packed, strict_mode=True), True
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", packed)
        kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), False


def people_in(values: list[str]) -> list[Person]:
    """Give the people named in values of From, To or Cc; what is no address is left out."""
    values = [_WORD.sub(_guarded, value) if "=?" in value else value for value in values if value]
    try:
        pairs = getaddresses(values)
    except (RecursionError, ValueError, IndexError):
        pairs = [("", found) for found in _PLAIN_ADDRESS.findall(" ".join(values))]
    people = [Person(decoded(name), address.strip()) for name, address in pairs[:MOST_ADDRESSES]]
    people = [one for one in people if "@" in one.address.strip("@") and not _CONTROL.search(one.address)]
    if not people:
        found = _PLAIN_ADDRESS.findall(" ".join(values)[:MOST_OF_ONE])
        people = [Person("", address) for address in found[:MOST_ADDRESSES]]
    return people


def _guarded(found: re.Match[str]) -> str:
    """Put an encoded word in quotation marks where it holds a sign that parts addresses."""
    inside = found.string[found.start() - 1 : found.start()] == '"'
    return f'"{found[0]}"' if not inside and re.search(r"[,;<>@()]", found[3]) else found[0]


def moment_of(value: str) -> datetime | None:
    """Read a date of a header (RFC 5322, or ISO 8601 as some programs write it)."""
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        if not (iso := _ISO.search(value)):
            return None
        try:
            found = datetime.fromisoformat(iso[0])
        except ValueError:
            return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """Cut ``text/plain; charset=utf-8`` into its main word and its parameters, both in small letters."""
    main = value.split(";", 1)[0].strip().lower()
    given: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(value, len(value.split(";", 1)[0])):
        name = found[1].lower()
        quoted = found[2]
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else found[3].strip()
        base, star, order = name.partition("*")
        if not star:
            given.setdefault(name, decoded(text))
            continue
        number = order.strip("*")
        piece = (int(number) if number.isdecimal() and number.isascii() else 0, name.endswith("*"), text)
        pieces.setdefault(base, []).append(piece)
    for base, parts in pieces.items():
        given[base] = _joined(sorted(parts))
    return main, given


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """Join the pieces of a parameter (RFC 2231): the first names the charset of those that are encoded."""
    charset, first = "", True
    data = b""
    for _order, encoded, text in pieces:
        if encoded and first and text.count("'") >= 2:  # noqa: PLR2004 - charset'language'text
            charset, _language, text = text.split("'", 2)  # noqa: PLW2901
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
        first = False
    return _CONTROL.sub(" ", text_of(data, charset)[0])
