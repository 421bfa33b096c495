"""Files of ties and of pairs, as ``askwell paths`` reads them.

Theory of operation.  A file of common size is read by ``csv``.  A large one, or one for which an index is
kept, is mapped and read by ``graph.edges``, with the same answers; of its rows only what a search needs is
held, and the evidence of a hop is read again from the file when it is told.  An index holds the web itself,
the length and CRC-32 of the file it was made of, and what was said of its rows: as long as length and sum
fit it stands for the file, and else it is made anew.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.cli.failures import BadUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.graph.edges import Edges
    from askwell.graph.web import Web

LARGE = 1 << 24  # bytes; from here on the compiled loop is worth the wait for it
ENDS = ("source", "target")
_COLUMNS = (*ENDS, "strength")
_EVIDENCE = "evidence"
_SAID = 20  # rows named one by one
_FEW, _NAMELESS = "the row has too few columns", "a name is missing"
_LARGEST_CELL = 1 << 20
_PIECE = 1 << 24


@dataclass
class Notes:
    """What is said of rows on standard error: each of the first, then how many more."""

    left_out: int = 0
    said: list[tuple[int, str]] = field(default_factory=list)

    def row(self, file: str, line: int, what: str) -> None:
        """Say that a row is not used."""
        self.left_out += 1
        if len(self.said) < _SAID:
            self.said.append((line, what))
            print(f"{file}:{line}: {what}", file=sys.stderr)

    def end(self) -> None:
        """Say how many rows were not named."""
        if self.left_out > len(self.said):
            print(f"and {self.left_out - len(self.said)} more rows like these.", file=sys.stderr)


@dataclass
class Table:
    """A file of rows by column: those wanted, then ``evidence`` if there is one; with the rows' lines."""

    file: str
    raw: bytes
    wanted: tuple[str, ...]
    notes: Notes
    columns: list[list[str]] = field(default_factory=list)
    lines: list[int] | range = field(default_factory=list)
    has_evidence: bool = False

    def __post_init__(self) -> None:
        text = _decoded(self.raw, self.file)
        rows = self._rows(text)
        header = _header(next(rows, []), self.wanted, self.file)
        self.has_evidence = _EVIDENCE in header
        places = [header.index(name) for name in (*self.wanted, *[_EVIDENCE] * self.has_evidence)]
        whole = list(rows)
        if set(map(len, whole)) <= {len(header)} and text.count("\n") <= len(whole) + 1:
            table = list(zip(*whole, strict=True)) or [()] * len(header)
            self.lines = range(2, len(whole) + 2)
        else:  # rows of several lines, of no cell, or cut short
            table = self._slowly(text, len(header), max(places))
        self.columns = [list(map(str.strip, table[place])) for place in places]
        self._leave_out_nameless()

    def _rows(self, text: str) -> Iterator[list[str]]:
        csv.field_size_limit(_LARGEST_CELL)
        reader = csv.reader(io.StringIO(text, newline=""))
        try:
            yield from reader
        except csv.Error as error:
            raise BadUse(f"{self.file}:{reader.line_num}: {error}.", file=self.file) from error

    def _slowly(self, text: str, width: int, last: int) -> list[Any]:
        reader = csv.reader(io.StringIO(text, newline=""))
        next(reader)
        kept, lines, begun = [], [], reader.line_num + 1
        for row in reader:
            if len(row) > last:
                kept.append((row + [""] * width)[:width])
                lines.append(begun)
            elif row:
                self.notes.row(self.file, begun, _left_out(_FEW))
            begun = reader.line_num + 1
        self.lines = lines
        return list(zip(*kept, strict=True)) or [()] * width

    def _leave_out_nameless(self) -> None:
        sources, targets = self.columns[:2]
        if "" not in sources and "" not in targets:
            return
        named = [bool(one and other) for one, other in zip(sources, targets, strict=True)]
        for line in itertools.compress(self.lines, (not one for one in named)):
            self.notes.row(self.file, line, _left_out(_NAMELESS))
        self.columns = [list(itertools.compress(column, named)) for column in self.columns]
        self.lines = list(itertools.compress(self.lines, named))


def _header(row: list[str], wanted: tuple[str, ...], file: str) -> list[str]:
    header = [name.strip().lower() for name in row]
    for name in wanted:
        if name not in header:
            has = ", ".join(header)[:200] or "nothing"
            told = f"{file}:1: there is no column {name}; the first line has: {has}."
            raise BadUse(told, file=file, column=name)
    return header


def contents(file: str) -> bytes:
    """Read a file, or standard input for -."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror or error}.", file=file) from error


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_text(file, raw.count(b"\n", 0, error.start) + 1) from error


def _no_text(file: str, line: int) -> BadUse:
    return BadUse(f"{file}:{line}: this is not UTF-8.", file=file)


@dataclass(frozen=True, slots=True)
class Ties:
    """A web, and from what each of its ties follows."""

    web: Web
    evidence: Evidence


class Evidence:
    """What the file says of each tie: cells, or where in the file to read them."""

    def __init__(
        self, cells: list[str] | None = None, *, text: Any = None, origins: Any = (), column: int = -1
    ) -> None:
        self._cells, self._text, self._origins, self._column = cells, text, origins, column

    def __getitem__(self, row: int) -> str | None:
        if self._cells is not None:
            return self._cells[row] or None
        if self._column < 0:
            return None
        from askwell.graph.edges import row_at

        return row_at(self._text, int(self._origins[row]))[self._column].strip() or None


def ties_of(file: str, notes: Notes, *, index: str = "") -> Ties:
    """Read the ties of a file and name the rows that cannot be used; ``index``: what stands for it."""
    import numpy as np

    raw: Any = contents(file) if file == "-" else _mapped(file)
    if index or len(raw) >= LARGE:
        text = np.frombuffer(raw, np.uint8)
        return _Large(file, text, notes).ties(index)
    table = Table(file, bytes(raw), _COLUMNS, notes)
    return Ties(
        _web(table, notes), Evidence(table.columns[3] if table.has_evidence else [""] * len(table.lines))
    )


def _mapped(file: str) -> Any:
    """Map a file where that can be done."""
    import mmap

    try:
        with Path(file).open("rb") as opened:
            try:
                return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            except (ValueError, OSError):  # empty, or no file that can be mapped
                return opened.read()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror or error}.", file=file) from error


def _web(table: Table, notes: Notes) -> Web:
    """Make the web of the ties of a table; name what cannot be used."""
    from askwell.graph.web import web_of_names

    sources, targets, strengths = table.columns[:3]
    odd: dict[int, str] = {}
    try:
        numbers = list(map(float, strengths))
    except ValueError:
        numbers = [_number(text, line, odd) for text, line in zip(strengths, table.lines, strict=True)]
    web, flaws = web_of_names(sources, targets, numbers, lines=table.lines)
    for flaw in flaws:
        notes.row(table.file, flaw.line, _left_out(odd.get(flaw.line, flaw.why)))
    return web


def _number(text: str, line: int, odd: dict[int, str]) -> float:
    try:
        return float(text)
    except ValueError:
        odd[line] = _no_number(text)
        return float("nan")


def _no_number(text: str) -> str:
    return f"the strength “{text}” is not a number"


def _left_out(why: str) -> str:
    return f"{why}; the row is left out."


@dataclass
class _Large:
    """A large file, as bytes."""

    file: str
    text: Any
    notes: Notes
    columns: tuple[int, ...] = ()
    begins: int = 0

    def ties(self, index: str) -> Ties:
        """Give the ties, by the index if it fits."""
        from askwell.graph.edges import BadRow, behind_row, lines_at, row_at

        try:
            self.begins = 3 * (bytes(self.text[:3]) == codecs.BOM_UTF8)
            header = _header(row_at(self.text, self.begins), _COLUMNS, self.file)
            self.columns = tuple(header.index(name) for name in (*_COLUMNS, _EVIDENCE) if name in header)
            self.begins = behind_row(self.text, self.begins)
            return (self._kept(index) if index else None) or self._read(index)
        except BadRow as error:
            line = next(lines_at(self.text, [error.begins]))
            raise BadUse(f"{self.file}:{line}: {error}.", file=self.file) from error

    def _read(self, index: str) -> Ties:
        import numpy as np

        from askwell.graph.edges import GOOD, lines_at, read_edges
        from askwell.graph.web import Web, ties_among, web_of

        self._proven()
        edges = read_edges(self.text, self.columns, begins=self.begins)
        sources, targets = edges.ends.T
        good = (edges.kinds == GOOD) & ties_among(sources, targets, edges.strengths)
        bad = np.flatnonzero(~good)
        lines = lines_at(self.text, edges.begins[bad[:_SAID]].tolist())
        for row, line in zip(bad.tolist(), lines, strict=False):
            self.notes.row(self.file, line, _left_out(self._why(edges, row)))
        self.notes.left_out += max(0, len(bad) - _SAID)
        web, _ = web_of(sources[good], targets[good], edges.strengths[good], people=len(edges.names))
        origins = edges.begins[good] if len(self.columns) > len(_COLUMNS) else ()
        web = Web(web.arcs, web.strengths, edges.names)
        if index:
            self._keep(web, origins, index)
        return self._ties(web, origins)

    def _ties(self, web: Web, origins: Any) -> Ties:
        column = self.columns[-1] if len(self.columns) > len(_COLUMNS) else -1
        return Ties(web, Evidence(text=self.text, origins=origins, column=column))

    def _why(self, edges: Edges, row: int) -> str:
        from askwell.graph.edges import FEW, NAMELESS, row_at
        from askwell.graph.web import why_no_tie

        if edges.kinds[row] == FEW:
            return _FEW
        if edges.kinds[row] == NAMELESS:
            return _NAMELESS
        text = row_at(self.text, int(edges.begins[row]))[self.columns[2]].strip()
        odd: dict[int, str] = {}
        strength = _number(text, row, odd)
        one, other = edges.ends[row]
        return odd.get(row) or why_no_tie(loop=one == other, strength=strength)

    def _proven(self) -> None:
        """Refuse what is not UTF-8."""
        from askwell.graph.edges import lines_at

        decoder, behind = codecs.getincrementaldecoder("utf-8")(), 0
        for piece in self._pieces():
            try:
                decoder.decode(piece, final=behind + len(piece) == len(self.text))
            except UnicodeDecodeError as error:
                place = behind + len(piece) - len(error.object) + error.start
                raise _no_text(self.file, next(lines_at(self.text, [place]))) from error
            behind += len(piece)

    def _pieces(self) -> Iterator[bytes]:
        return (bytes(self.text[at : at + _PIECE]) for at in range(0, len(self.text), _PIECE))

    def _kept(self, index: str) -> Ties | None:
        """Give what an index holds; None if there is none, or none of this file as it is now."""
        from askwell.graph.web_files import SIGNATURE, BadWeb, read

        path = Path(index)
        if not path.exists():
            return None
        try:
            with path.open("rb") as opened:
                begins = opened.read(len(SIGNATURE))
            if not SIGNATURE.startswith(begins):
                raise BadUse(f"{index} holds something else than an index; it is left as it is.", file=index)
            kept = read(path)
        except (BadWeb, OSError) as error:
            print(f"{index}: {error}; it is made anew.", file=sys.stderr)
            return None
        if kept.about.get("of") != self._of():
            print(
                f"{index}: it was made of another file, or before {self.file} changed; it is made anew.",
                file=sys.stderr,
            )
            return None
        for line, what in kept.about["said"]:
            self.notes.row(self.file, line, what)
        self.notes.left_out = kept.about["left_out"]
        return self._ties(kept.web, kept.origins)

    def _keep(self, web: Web, origins: Any, index: str) -> None:
        from askwell.graph.web_files import save

        about = {"of": self._of(), "left_out": self.notes.left_out, "said": self.notes.said}
        try:
            save(web, Path(index), origins=origins, about=about)
        except OSError as error:
            raise BadUse(f"{index} cannot be written: {error.strerror or error}.", file=index) from error

    def _of(self) -> list[int]:
        """Say what an index must have been made of: so many bytes, with such a sum."""
        total = 0
        for piece in self._pieces():
            total = zlib.crc32(piece, total)
        return [len(self.text), total]
