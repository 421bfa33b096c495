"""A message taken apart within bounds: its head, its parts, the text a person reads, what was wrong.

Theory of operation.  Line ends are made LF first, so that a file says the same however it was saved.  The
parts of a multipart are found by its boundary line alone, in one pass for each depth; they are cut from the
bytes only when they are asked for, so that attachments cost nothing.  At most ``MOST_PARTS`` parts and
``MOST_DEPTH`` depths are followed, at most ``MOST_BYTES`` bytes are read: what is left out is told.  A
message inside a message (``message/rfc822``) is one part and is not entered: what it says is not what the
sender of this one says.

The text is that of the plain part; where there is none with words in it, the words of the HTML.  Parts that
follow each other are joined.  Nothing here raises for what is in a message.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from askwell.formats.limits import MIB, human_size
from askwell.formats.mail.charsets import text_of
from askwell.formats.mail.flowed import unflowed
from askwell.formats.mail.headers import MOST_OF_ONE, Headers, cut_head, parameters, unpacked64
from askwell.formats.mail.html import text_of_html
from askwell.formats.mail.problems import MailProblem, mail_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 64 * MIB
MOST_PARTS = 1_000
MOST_DEPTH = 20
MOST_TEXT = 1_000_000  # signs
MOST_TEXT_BYTES = 4 * MIB  # of one part that is read as text
_NOT_TEXT = frozenset(
    ("calendar", "vcard", "x-vcard", "directory", "csv", "html", "rtf", "richtext", "rfc822-headers", "xml",
     "css")
)  # fmt: skip
_LF = 10
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Part:
    """One part that is no multipart: ``kind`` as ``text/plain``, its head, its bytes when asked for."""

    headers: Headers = field(repr=False)
    kind: str
    parameters: dict[str, str] = field(repr=False)
    source: bytes = field(repr=False)  # the whole message
    start: int
    end: int
    within: tuple[Group, ...]  # the multiparts around it, the outermost first

    @cached_property
    def name(self) -> str:
        """The name of the file, in small letters, or ""."""
        _kind, given = parameters(self.headers.raw("content-disposition"))
        return (given.get("filename") or self.parameters.get("name", "")).lower()

    @cached_property
    def is_attachment(self) -> bool:
        """Whether it goes along as a file."""
        return self.headers.word("content-disposition") == "attachment"

    @cached_property
    def _unpacked(self) -> tuple[bytes, bool]:
        raw = self.source[self.start : min(self.end, self.start + MOST_BYTES)]
        encoding = self.headers.word("content-transfer-encoding")
        if encoding == "base64":
            return unpacked64(raw)
        if encoding == "quoted-printable":
            return quopri.decodestring(raw), True
        return raw, True

    @property
    def data(self) -> bytes:
        """The bytes, without their transfer encoding."""
        return self._unpacked[0]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        text, code = text_of(self.data[:MOST_TEXT_BYTES], self.parameters.get("charset", ""))
        text = _SURROGATES.sub("\ufffd", text.removeprefix("\ufeff").replace("\0", ""))
        return text.replace("\r\n", "\n").replace("\r", "\n"), code

    @property
    def content(self) -> str:
        """The part as text with LF lines, whatever it is."""
        return self._decoded[0]

    @cached_property
    def text(self) -> str:
        """The part as a person reads it: HTML as words, flowing lines joined."""
        if self.kind == "text/html":
            return text_of_html(self.content[: MOST_TEXT * 4])
        text = self.content[:MOST_TEXT]
        if self.parameters.get("format", "").lower() == "flowed":
            return unflowed(text, delsp=self.parameters.get("delsp", "").lower() == "yes")
        return text

    def problems(self) -> list[MailProblem]:
        """What was wrong with the text of this part."""
        found = [] if self._unpacked[1] else [mail_problem("bad-attachment-encoding")]
        return [*found, mail_problem(self._decoded[1])] if self._decoded[1] else found


@dataclass(frozen=True)
class Message:
    """A message: ``headers``, ``parts`` in their order, ``text`` (LF lines), ``problems``."""

    headers: Headers = field(repr=False)
    kind: str  # of the whole: multipart/report
    parameters: dict[str, str] = field(repr=False)
    parts: tuple[Part, ...]
    preamble: str = field(repr=False)
    found: tuple[MailProblem, ...] = ()
    raw: bytes = field(default=b"", repr=False)  # with LF lines

    @cached_property
    def _shown(self) -> tuple[tuple[Part, ...], str]:
        shown = tuple(shown_parts(self.parts))
        text = "\n".join(part.text.strip("\n") + "\n" for part in shown if part.text.strip())
        return shown, text[:MOST_TEXT]

    @property
    def text(self) -> str:
        """What a person reads of it."""
        return self._shown[1]

    @cached_property
    def problems(self) -> tuple[MailProblem, ...]:
        """Everything that could not be read as it stands, each code once."""
        found = [*self.found, *(one for part in self._shown[0] for one in part.problems())]
        return tuple({one.code: one for one in found}.values())


def read_message(raw: bytes) -> Message:
    """Take a message apart.  Never raises for what is in it."""
    found: list[MailProblem] = []
    if len(raw) > MOST_BYTES:
        found.append(mail_problem("cut", limit=human_size(MOST_BYTES)))
        raw = raw[:MOST_BYTES]
    source = with_lf(raw).removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
    headers, body, whole = cut_head(source)
    if not whole:
        found.append(mail_problem("bad-header"))
    if headers.huge:
        found.append(mail_problem("huge-header", limit=human_size(MOST_OF_ONE)))
    walk = _Walk(source, found)
    kind, given = _kind_of(headers, "text/plain")
    walk.enter(_Entity(headers, body, len(source)))
    parts = tuple(walk.parts)
    found += _sealed(parts)
    preamble = text_of(source[body : body + walk.preamble])[0] if walk.preamble else ""
    return Message(headers, kind, given, parts, preamble, tuple(found), source)


def with_lf(raw: bytes) -> bytes:
    """Make every line end LF."""
    if b"\r" not in raw:
        return raw
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _kind_of(headers: Headers, default: str) -> tuple[str, dict[str, str]]:
    kind, given = parameters(headers.raw("content-type"))
    main, slash, sub = kind.partition("/")
    if not (main.strip() and slash and sub.strip()):
        return default, given
    return kind, given


class Group(NamedTuple):
    """A multipart around a part: its kind, and where it begins, by which it is known."""

    kind: str
    start: int


class _Entity(NamedTuple):
    """What is to be taken apart: a head, and where its body lies."""

    headers: Headers
    start: int
    end: int
    within: tuple[Group, ...] = ()
    default: str = "text/plain"


class _Walk:
    """The walk through the parts, with its bounds."""

    def __init__(self, source: bytes, found: list[MailProblem]) -> None:
        self.source, self.found = source, found
        self.parts: list[Part] = []
        self.preamble = 0  # bytes before the first boundary of the whole
        self._seen = 0

    def enter(self, whole: _Entity) -> None:
        """Take one entity and all in it, the first part first, without recursion."""
        waiting = [whole]
        while waiting:
            one = waiting.pop()
            kind, given = _kind_of(one.headers, one.default)
            spans = self._spans(given.get("boundary", ""), one) if kind.startswith("multipart/") else []
            if spans is None:
                continue
            if not spans:
                self._leaf(one, kind, given)
                continue
            if one is whole:
                self.preamble = max(0, spans[0][0] - one.start - len(given["boundary"]) - 4)
            waiting += reversed(list(self._inside(one, kind, spans)))

    def _inside(self, one: _Entity, kind: str, spans: list[tuple[int, int]]) -> Iterator[_Entity]:
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        for first, last in spans:
            head, body, _whole = cut_head(self.source, first, last)
            yield _Entity(head, body, last, (*one.within, Group(kind, one.start)), default)

    def _leaf(self, one: _Entity, kind: str, given: dict[str, str]) -> None:
        if kind.startswith("multipart/"):
            self._tell("broken-multipart")
            kind = "text/plain"
        self.parts.append(Part(one.headers, kind, given, self.source, one.start, one.end, one.within))

    def _spans(self, boundary: str, one: _Entity) -> list[tuple[int, int]] | None:
        """Where the parts between the boundaries lie; None where they lie too deep to be followed."""
        if not boundary.strip():
            return []
        if len(one.within) >= MOST_DEPTH:
            self._tell("too-deep", limit=MOST_DEPTH)
            return None
        spans: list[tuple[int, int]] = []
        begun = -1
        for start, after, last in _marks(self.source, boundary, one):
            if begun >= 0:
                spans.append((begun, max(begun, start - 1)))
            begun = -1 if last else after
            if not last and self._seen + len(spans) >= MOST_PARTS:
                self._tell("too-many-parts", limit=MOST_PARTS)
                begun = -1
                break
        if begun >= 0:
            spans.append((begun, one.end))
        self._seen += len(spans)
        return spans

    def _tell(self, code: str, **values: object) -> None:
        self.found.append(mail_problem(code, **values))


def _marks(source: bytes, boundary: str, one: _Entity) -> Iterator[tuple[int, int, bool]]:
    """Give each boundary line: where it begins, where the next line does, whether it is the last."""
    mark = b"--" + boundary.rstrip().encode("utf-8", "replace")
    at = source.find(mark, one.start, one.end)
    while at >= 0:
        stop = source.find(b"\n", at, one.end)
        stop = one.end if stop < 0 else stop
        rest = source[at + len(mark) : stop]
        last = rest.startswith(b"--")
        if (at == one.start or source[at - 1] == _LF) and not rest[2 * last :].strip(b" \t"):
            yield at, min(stop + 1, one.end), last
            if last:
                return
        at = source.find(mark, stop, one.end)


def _sealed(parts: tuple[Part, ...]) -> list[MailProblem]:
    """Name what cannot be opened."""
    found = []
    if any(part.kind == "application/ms-tnef" or part.name == "winmail.dat" for part in parts):
        found.append(mail_problem("tnef"))
    sealed = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
    if any(part.kind in sealed for part in parts):
        found.append(mail_problem("encrypted"))
    return found


def shown_parts(parts: tuple[Part, ...]) -> list[Part]:
    """Give the parts a person reads, in their order: of alternatives the plain one where it has words."""
    texts = [part for part in parts if _is_shown(part) and part.text.strip()]
    plain = [part for part in texts if part.kind != "text/html"]
    told = {group for part in plain for group in part.within if group.kind == "multipart/alternative"}
    said = "".join("".join(part.text.split()) for part in plain)
    return [part for part in texts if part.kind != "text/html" or not _is_said(part, told, said)]


def _is_said(part: Part, told: set[Group], said: str) -> bool:
    """Whether a part in HTML says what a plain part says."""
    if told.intersection(part.within):
        return True
    return bool(said) and "".join(part.text.split()) == said


def _is_shown(part: Part) -> bool:
    main, _, sub = part.kind.partition("/")
    return (
        main == "text"
        and (sub == "html" or sub not in _NOT_TEXT)
        and not part.is_attachment
        and not (part.name and sub != "plain")
    )
