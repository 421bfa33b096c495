"""From bytes to cards: physical lines, folded lines, and where each card begins and ends.

Theory of operation.  A stream is read in chunks, so that memory is bounded by the largest
card and not by the file.  On the way in, UTF-16 and UTF-32 are turned into UTF-8, and the line ends
of every system into one: some programs mix them within a card.  All else stays bytes until a whole
logical line is there, because programs fold in the middle of a multi-byte character.  A line is
joined to the one before it in three ways:

* it begins with a space or a tab (folding, every version);
* the line before is quoted-printable and ends in ``=`` (a soft break, 2.1);
* the property is base64 and the line holds nothing but base64 (2.1 exporters that forget to fold).

A card that stands whole in the buffer, with nothing but properties between its ``BEGIN`` and
its ``END``, is handed on uncut (``Block.raw``): cutting it at once is many times faster than line
by line, and most cards of most address books are like that.

A second ``BEGIN`` inside a card is an assistant's card if an empty ``AGENT:`` stands before
it; otherwise the first card lost its ``END`` and a new card begins.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

CHUNK = 1 << 18
MAX_LINE = 1 << 24  # a photo of 12 MB in base64
MAX_CARD = 1 << 26
_MAX_RAW = 1 << 20
_LONGEST_EDGE = 80
_LF = 10
_BEGIN = b"BEGIN:VCARD\n"
_END = b"\nEND:VCARD"

_EDGE = re.compile(rb"[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]+[ \t]*")
# The word is looked for ahead, once a line: sought within the head, a line that repeats it takes seconds.
_BROKEN = re.compile(rb"^(?=[^:\n]*QUOTED-PRINTABLE)[^:\n]*:(?:[^\n]*(?:=\n|\n[ \t]))+", re.MULTILINE)
_INNER_BEGIN = re.compile(rb"\nBEGIN[ \t]*:", re.IGNORECASE)
_BREAK = re.compile(rb"=\n|\n[ \t]")
_EMPTY_AGENT = re.compile(rb"(?:[\w-]+\.)?AGENT(?:;[^:]*)?:[ \t]*", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"B\0E\0", "utf-16-le"),
    (b"\0B\0E", "utf-16-be"),
)


@dataclass(slots=True)
class Block:
    """One card's logical lines, with the number of the physical line each begins on.

    ``raw`` is the whole card instead, where it has not been cut into lines yet.
    """

    line: int
    lines: list[tuple[int, bytes]] = field(default_factory=list)
    ended: bool = False
    size: int = 0
    raw: bytes = b""


@dataclass(slots=True)
class Fault:
    """Something wrong between or around the cards: a code of ``problems.OF_CARDS`` and its line."""

    line: int
    code: str


def blocks(stream: BinaryIO) -> Iterator[Block | Fault]:
    """Every card of the stream in order, and what stands in no card."""
    cutter = _Cutter()
    rest = b""
    for chunk in _one_line_end(_utf8(stream)):
        if len(rest) == MAX_LINE and b"\n" not in chunk:
            continue
        data = rest + chunk
        at = yield from cutter.take(data)
        rest = data[at:]
        if len(rest) > MAX_LINE:
            rest = rest[:MAX_LINE]
            cutter.report_too_long()
    for line in rest.splitlines():
        yield from cutter.feed(line)
    yield from cutter.close()


def careful(block: Block) -> Iterator[Block | Fault]:
    """What stands in a block that was handed on uncut, cut into logical lines with their numbers."""
    cutter = _Cutter()
    cutter.number = block.line - 1
    for line in block.raw.splitlines():
        yield from cutter.feed(line)
    yield from cutter.close()


def unfolded(raw: bytes) -> list[str] | None:
    """The logical lines of an uncut card between BEGIN and END, where that can be said at once.

    None if it is not UTF-8, or a folded line follows an empty one or none.
    """
    if b"=\n" in raw and b"QUOTED-PRINTABLE" in (upper := raw.upper()):
        raw = _joined(raw, upper)
    whole = raw.replace(b"\n ", b"")
    if b"\t" in whole:
        whole = whole.replace(b"\n\t", b"")
    try:
        begin, *lines, end = whole.decode().split("\n")
    except UnicodeDecodeError:
        return None
    if begin != "BEGIN:VCARD" or end != "END:VCARD":
        return None
    if "" not in lines:
        return lines
    # Some programs set a photo off with an empty line.
    return None if b"\n\n " in raw or b"\n\n\t" in raw else [line for line in lines if line]


def _joined(raw: bytes, upper: bytes) -> bytes:
    """The card with its quoted-printable lines whole; ``upper`` is the card in capitals."""
    parts = []
    done = 0
    for found in _BROKEN.finditer(upper):
        start, end = found.span()
        parts += [raw[done:start], _BREAK.sub(b"", raw[start:end])]
        done = end
    return b"".join([*parts, raw[done:]])


class _Cutter:
    """Joins physical lines to logical ones and logical ones to blocks."""

    def __init__(self) -> None:
        self.number = 0
        self.too_long: list[Fault] = []
        self._block: Block | None = None
        self._parts: list[bytes] = []
        self._start = 0
        self._soft = False  # the line before ended in a quoted-printable soft break
        self._open = False  # the logical line may still grow
        self._agent: list[bytes] = []
        self._depth = 0
        self._outside = False
        self._indent = b""  # of the BEGIN line, where a whole card is indented

    def take(self, data: bytes) -> Generator[Block | Fault, None, int]:
        """Give back what is complete in the buffer; return where the incomplete begins."""
        at = 0
        while at < len(data):
            if self._block is None and data.startswith(_BEGIN, at):
                end = data.find(_END, at)
                stop = end + len(_END) if end > 0 else at
                if stop == len(data) or (stop == at and len(data) - at < _MAX_RAW):
                    return at
                raw = data[at:stop]
                if data[stop] == _LF and not _INNER_BEGIN.search(raw):
                    yield Block(self.number + 1, ended=True, raw=raw)
                    self.number += raw.count(b"\n") + 1
                    self._outside = False
                    at = stop + 1
                    continue
            end = data.find(b"\n", at)
            if end < 0:
                return at
            yield from self.feed(data[at:end])
            at = end + 1
        return at

    def report_too_long(self) -> None:
        """The line being collected is beyond the limit."""
        self.too_long.append(Fault(self.number + 1, "too-long"))

    def feed(self, line: bytes) -> Iterator[Block | Fault]:
        """Take one physical line; give back what is complete."""
        self.number += 1
        if self.too_long:
            yield from self.too_long
            self.too_long.clear()
        if self._indent:
            line = line.removeprefix(self._indent)
        if edge := self._edge_in(line):
            yield from self._edge(line, begins=edge[1].upper() == b"BEGIN")
        elif self._depth:
            self._agent.append(line)
        elif self._block is None:
            yield from self._between(line)
        else:
            self._inside(line)

    def close(self) -> Iterator[Block | Fault]:
        """The stream has ended."""
        yield from self.too_long
        if self._depth:
            self._end_agent()
        if self._block is not None:
            yield self._finished(ended=False)

    def _edge_in(self, line: bytes) -> re.Match[bytes] | None:
        # Inside a card a space before END is folding: a note may say so and must not end the card.
        first = b"BbEe \t" if self._block is None else b"BbEe"
        return _EDGE.fullmatch(line) if line[:1] in first and len(line) < _LONGEST_EDGE else None

    def _edge(self, line: bytes, *, begins: bool) -> Iterator[Block | Fault]:
        if self._depth:
            self._agent.append(line)
            self._depth += 1 if begins else -1
            if not self._depth:
                self._end_agent()
        elif begins:
            if self._block is not None and _EMPTY_AGENT.fullmatch(b"".join(self._parts)):
                self._depth = 1
                self._agent = [line]
                return
            if self._block is not None:
                yield self._finished(ended=False)
            self._block = Block(self.number)
            self._indent = line[: len(line) - len(line.lstrip())]
            self._outside = False
        elif self._block is None:
            yield Fault(self.number, "end-without-begin")
        else:
            yield self._finished(ended=True)

    def _between(self, line: bytes) -> Iterator[Fault]:
        """A line outside every card: one fault for a whole run of them."""
        if line.strip() and not self._outside:
            self._outside = True
            yield Fault(self.number, "outside-card")

    def _inside(self, line: bytes) -> None:
        if self._soft:
            self._join(line)
        elif line[:1] in (b" ", b"\t") and self._parts:
            self._join(line[1:])
        elif not line.strip():
            self._open = False
        elif b":" not in line and self._open and self._in_base64() and _BASE64.fullmatch(line):
            self._join(line)
        else:
            self._flush()
            self._parts = [line]
            self._start = self.number
            self._open = True
            self._soften(line)

    def _join(self, more: bytes) -> None:
        if self._soft:
            self._parts[-1] = self._parts[-1][:-1]
        self._parts.append(more)
        self._soften(more)

    def _soften(self, line: bytes) -> None:
        self._soft = line[-1:] == b"=" and b"QUOTED-PRINTABLE" in self._head()

    def _head(self) -> bytes:
        return self._parts[0][:1000].partition(b":")[0].upper() if self._parts else b""

    def _in_base64(self) -> bool:
        head = self._head()
        return b"BASE64" in head or b"ENCODING=B" in head

    def _flush(self) -> None:
        block = self._block
        if self._parts and block is not None:
            line = b"".join(self._parts) if len(self._parts) > 1 else self._parts[0]
            block.size += len(line)
            if block.size <= MAX_CARD:
                block.lines.append((self._start, line))
            elif block.size - len(line) <= MAX_CARD:
                self.report_too_long()
        self._parts = []
        self._soft = self._open = False

    def _finished(self, *, ended: bool) -> Block:
        self._flush()
        block, self._block = self._block, None
        self._indent = b""
        assert block is not None  # noqa: S101  callers have looked
        block.ended = ended
        return block

    def _end_agent(self) -> None:
        """Write the assistant's card as one escaped value, the way 3.0 does."""
        card = b"\n".join(self._agent).replace(b"\\", b"\\\\").replace(b";", b"\\;").replace(b",", b"\\,")
        self._parts.append(card.replace(b"\n", b"\\n"))
        self._agent = []
        self._depth = 0


def _one_line_end(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same chunks with every line end a line feed, where it was CR LF or CR too."""
    held = b""
    for chunk in chunks:
        data = held + chunk
        # A line feed may follow in the next chunk.
        held = data[-1:] if data.endswith(b"\r") else b""
        data = data.removesuffix(held)
        yield data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data
    yield held.replace(b"\r", b"\n")


def _utf8(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's chunks as UTF-8 or an eight-bit encoding, without byte order mark and NULs."""
    first = stream.read(CHUNK)
    encoding = next((name for mark, name in _BOMS if first.startswith(mark)), "")
    first = first.removeprefix(codecs.BOM_UTF8)
    if not encoding:
        while first:
            yield first.replace(b"\0", b"") if b"\0" in first else first
            first = stream.read(CHUNK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while first:
        yield decoder.decode(first).replace("\0", "").encode("utf-8", "replace")
        first = stream.read(CHUNK)
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
