"""Which labels fit a title, without a notebook: rank-titles.

Theory of operation.  The labels are a CSV file with the columns ``id`` and ``text``, in any order and among
others; an id may stand in many rows.  Queries are lines; each gets one line of answer, an empty one too.
With ``--index`` what was made of the labels is kept, and made anew when they changed or the file is damaged.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.search.titles.index import Label, TitleIndex

WIDTH = 72
KEYS = ("id", "text", "score")

Labels = Annotated[Path, typer.Option("--labels", metavar="FILE", help="CSV with the columns id and text.")]
Queries = Annotated[
    Path, typer.Option("--queries", metavar="FILE", help="Titles, one a line; - is standard input.")
]
Top = Annotated[int, typer.Option("--top", metavar="N", min=1, help="How many labels for each title.")]
Index = Annotated[
    Path | None, typer.Option("--index", metavar="FILE", help="Keep what is made of the labels here.")
]


def rank_titles(
    labels: Labels, queries: Queries, top: Top = 10, index: Index = None, json: Json = False
) -> None:
    """Say for each title which labels (occupations, skills, topics) fit it, best first."""
    if str(labels) == str(queries) == "-":
        raise BadUse("Standard input cannot be both the labels and the titles.")
    titles = _lines(_bytes(queries))
    made = _index(labels, index)
    for title, found in zip(titles, made.rank_all(titles, top), strict=True):
        print(_as_json(title, found) if json else _told(title, found))


def _index(labels: Path, kept: Path | None) -> TitleIndex:
    from askwell.search.titles.index import build
    from askwell.search.titles.store import NotAnIndex, load, save

    raw = _bytes(labels)
    digest = hashlib.sha256(raw).hexdigest()
    try:
        if kept and (found := load(kept, digest=digest)):
            return found
        made = build(_rows(raw, labels))
        if kept:
            save(made, kept, digest=digest)
    except NotAnIndex as error:
        raise BadUse(f"{kept} is no index of titles; it is left as it is.  Name another file.") from error
    except OSError as error:
        raise BadUse(f"{kept} cannot be kept: {error.strerror}.") from error
    return made


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BadUse(f"{path} cannot be read: {error.strerror}.") from error


def _lines(raw: bytes) -> list[str]:
    lines = raw.decode("utf-8-sig", errors="replace").split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def _rows(raw: bytes, path: Path) -> list[tuple[str, str]]:
    """Read pairs of id and text; rows without a text are counted on standard error."""
    try:
        reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadUse(f"{path}:{line}: this is not UTF-8.  Save the file as UTF-8.") from error
    try:
        columns = _columns(next(reader, []), path)
        pairs = list(_pairs(reader, columns, path))
    except csv.Error as error:
        raise BadUse(f"{path}:{reader.line_num}: {error}.") from error
    told = [pair for pair in pairs if pair[1]]
    if not told:
        raise BadUse(f"{path} holds no label: no row with a text.")
    if len(told) < len(pairs):
        print(f"{path}: rows without a text, left out: {len(pairs) - len(told)}.", file=sys.stderr)
    return told


def _columns(header: list[str], path: Path) -> tuple[int, int]:
    names = [name.strip().lower() for name in header]
    for wanted in ("id", "text"):
        if wanted not in names:
            has = ", ".join(name for name in header if name) or "nothing"
            raise BadUse(f"{path}:1: there is no column “{wanted}”.  The first line has: {has[:200]}.")
    return names.index("id"), names.index("text")


def _pairs(rows: Iterator[list[str]], columns: tuple[int, int], path: Path) -> Iterator[tuple[str, str]]:
    for row in rows:
        one, text = (row[at].strip() if at < len(row) else "" for at in columns)
        if text and not one:
            raise BadUse(f"{path}:{rows.line_num}: a text without an id: {text[:60]}")  # type: ignore[attr-defined]
        if any(row):
            yield one, text


def _as_json(title: str, found: list[Label]) -> str:
    answer = {"query": title, "labels": [dict(zip(KEYS, label, strict=True)) for label in found]}
    plain = sys.stdout.encoding.lower() not in {"utf-8", "utf8"}
    return json_module.dumps(answer, ensure_ascii=plain)


def _told(title: str, found: list[Label]) -> str:
    lines = [f"  {label.score:.2f}  {label.id}  {_short(label.text)}" for label in found]
    return "\n".join([title, *(lines or ["  nothing fits"])])


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WIDTH else f"{plain[: WIDTH - 1]}…"
