"""The best way from one person to another through people who know each other, from a file of ties: paths.

Theory of operation.  Ties come as CSV with a first line of names: source, target, strength, in any order;
a column ``evidence`` is given back for each hop.  A row that cannot be used is named with its file and line,
and left out.  Standard output holds a line for each pair asked for, in the order of asking, also where there
is no way.  The exit code is honest: 0 when every row and pair was used, 1 when some were not, 2 when
nothing could be done, 3 when nobody has the name of an end.
"""

from __future__ import annotations

import csv
import io
import itertools
import json as json_module
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.graph import paths as ways
    from askwell.graph.web import Web

FINE, LEFT_OUT = 0, 1
_SAID = 20  # rows named one by one
_ENDS = ("source", "target")
_LARGEST_CELL = 1 << 20


def paths(
    edges: Annotated[
        str,
        typer.Argument(metavar="EDGES.csv", help="Columns source, target, strength; - is standard input."),
    ],
    first: Annotated[str, typer.Option("--from", metavar="A", help="From whom.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="B", help="To whom.")] = "",
    pairs: Annotated[
        str, typer.Option(metavar="FILE", help="Many at once: columns source, target; - is standard input.")
    ] = "",
    many: Annotated[
        int,
        typer.Option("-k", metavar="N", min=0, help="Up to N ways for each pair, no two through one person."),
    ] = 0,
    max_hops: Annotated[
        int, typer.Option(metavar="N", min=0, help="At most so many ties on a way; 0: any number.")
    ] = 0,
    json: Json = False,
) -> None:
    """Find the strongest way from one person to another: the greatest product of strengths there is."""
    if bool(pairs) == bool(first or last) or bool(first) != bool(last):
        raise BadUse("Say --from A --to B, or --pairs FILE.")
    if edges == pairs == "-":
        raise BadUse("Only one of the two files can be standard input.")
    notes = _Notes()
    web, evidence = _web(_Table(edges, (*_ENDS, "strength"), notes), notes)
    asked = _Table(pairs, _ENDS, notes).columns[:2] if pairs else [[first.strip()], [last.strip()]]
    answers = _Answers(web, evidence, max_hops or None, many)
    if not pairs and (unknown := answers.unknown(first.strip(), last.strip())):
        raise NotFound(unknown, file=edges)
    for source, target in zip(*asked, strict=True):
        for row in answers.of(source, target):
            print(json_module.dumps(row, ensure_ascii=False) if json else _told(row))
    notes.end()
    raise typer.Exit(LEFT_OUT if notes.left_out or answers.missed else FINE)


@dataclass
class _Notes:
    """What is said of rows on standard error: each of the first, then how many more."""

    left_out: int = 0

    def row(self, file: str, line: int, what: str) -> None:
        """Say that a row is not used."""
        self.left_out += 1
        if self.left_out <= _SAID:
            print(f"{file}:{line}: {what}", file=sys.stderr)

    def end(self) -> None:
        """Say how many rows were not named."""
        if self.left_out > _SAID:
            print(f"and {self.left_out - _SAID} more rows like these.", file=sys.stderr)


@dataclass
class _Table:
    """A file of rows by column: those wanted, then ``evidence`` if there is one; with the rows' lines."""

    file: str
    wanted: tuple[str, ...]
    notes: _Notes
    columns: list[list[str]] = field(default_factory=list)
    lines: list[int] | range = field(default_factory=list)
    has_evidence: bool = False

    def __post_init__(self) -> None:
        text = _text(self.file)
        rows = self._rows(text)
        header = [name.strip().lower() for name in next(rows, [])]
        for name in self.wanted:
            if name not in header:
                raise BadUse(f"{self.file}:1: there is no column {name}.", file=self.file, column=name)
        self.has_evidence = "evidence" in header
        places = [header.index(name) for name in (*self.wanted, *["evidence"] * self.has_evidence)]
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
                self.notes.row(self.file, begun, "the row has too few columns; it is left out.")
            begun = reader.line_num + 1
        self.lines = lines
        return list(zip(*kept, strict=True)) or [()] * width

    def _leave_out_nameless(self) -> None:
        sources, targets = self.columns[:2]
        if "" not in sources and "" not in targets:
            return
        named = [bool(one and other) for one, other in zip(sources, targets, strict=True)]
        for line in itertools.compress(self.lines, (not one for one in named)):
            self.notes.row(self.file, line, "a name is missing; the row is left out.")
        self.columns = [list(itertools.compress(column, named)) for column in self.columns]
        self.lines = list(itertools.compress(self.lines, named))


def _text(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror or error}.", file=file) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadUse(f"{file}:{line}: this is not UTF-8.", file=file) from error


def _web(table: _Table, notes: _Notes) -> tuple[Web, list[str]]:
    """Make the web of the ties of a file; name what cannot be used."""
    from askwell.graph.web import web_of_names

    sources, targets, strengths = table.columns[:3]
    odd: dict[int, str] = {}
    try:
        numbers = list(map(float, strengths))
    except ValueError:
        numbers = [_number(text, line, odd) for text, line in zip(strengths, table.lines, strict=True)]
    web, flaws = web_of_names(sources, targets, numbers, lines=table.lines)
    for flaw in flaws:
        notes.row(table.file, flaw.line, f"{odd.get(flaw.line, flaw.why)}; the row is left out.")
    return web, table.columns[3] if table.has_evidence else []


def _number(text: str, line: int, odd: dict[int, str]) -> float:
    try:
        return float(text)
    except ValueError:
        odd[line] = f"the strength “{text}” is not a number"
        return float("nan")


@dataclass
class _Answers:
    """Rows about pairs, and how many pairs named somebody unknown."""

    web: Web
    evidence: list[str]
    max_hops: int | None
    many: int
    missed: int = 0
    _finder: ways.Finder = field(init=False)

    def __post_init__(self) -> None:
        from askwell.graph.paths import Finder

        self._finder = Finder(self.web)

    def unknown(self, *names: str) -> str:
        """Say who of these is not in the web; nothing if all are."""
        strange = [name for name in dict.fromkeys(names) if self.web.number(name) is None]
        return (
            f"Nobody in the ties is called {' or '.join(f'“{name}”' for name in strange)}." if strange else ""
        )

    def of(self, source: str, target: str) -> Iterable[dict[str, Any]]:
        """Give the rows of one pair."""
        one, other = self.web.number(source), self.web.number(target)
        ends = {"source": source, "target": target}
        if one is None or other is None:
            self.missed += 1
            return [{**ends, **self._row(None, 0), "error": self.unknown(source, target)}]
        found = self._finder.diverse(one, other, most_hops=self.max_hops)
        kept = list(itertools.islice(found, self.many or 1))
        return [{**ends, **self._row(path, rank)} for rank, path in enumerate(kept or [None], 1)]

    def _row(self, path: ways.Path | None, rank: int) -> dict[str, Any]:
        row: dict[str, Any] = {"path": [], "strength": None, "evidence": []}
        if path is not None:
            row["path"] = [self.web.names[person] for person in path.people]
            row["strength"] = path.strength
            row["evidence"] = [self.evidence[tie] or None if self.evidence else None for tie in path.ties]
        return {**row, "rank": rank if path else None} if self.many else row


def _told(row: dict[str, Any]) -> str:
    if row["path"]:
        return f"{row['strength']:.3f}  {' - '.join(row['path'])}"
    return f"-      {row['source']}, {row['target']}: {row.get('error', 'no way.')}"
