"""``askwell resolve``: which rows of a CSV file are the same person."""

from __future__ import annotations

import csv
import io
import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json
from askwell.cli.progress import FIRST_TIME, at_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.graph.same_person.resolving import Resolved

_SNIFFED = 20
_LONGEST_CELL = 1 << 30


class Sheet(NamedTuple):
    """The cells of a file, column by column, and how its columns are called; no names: there is no header."""

    header: list[str]
    columns: list[Sequence[str]]
    rows: int


def resolve(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CSV file; - is standard input.")] = "-",
    columns: Annotated[
        str,
        typer.Option(
            metavar="name=COLUMN,…",
            help="Which column holds which field, by its header or its number: name, given, family, email, "
            "phone, url, organization, title, birthday, place, postcode, school, year and some more.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Find the rows of a CSV file that are the same person: a line a row, in the order of the file."""
    told = _told(columns)
    sheet = read_sheet(file, numbered=bool(told) and all(column.isdigit() for _field, column in told))
    chosen = _chosen(sheet, told)
    from askwell.graph.same_person.resolving import resolve as resolved

    with at_work(FIRST_TIME):
        found = resolved(chosen)
    lines = _json_lines(found) if json else _lines(found)
    sys.stdout.write("".join(lines))


def _told(columns: str) -> list[tuple[str, str]]:
    """Read ``name=COLUMN,…``."""
    from askwell.graph.same_person.fields import KNOWN

    found = []
    for part in filter(None, (part.strip() for part in columns.split(","))):
        field, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column:
            raise BadUse(f"“{part}” is not FIELD=COLUMN.")
        if field not in KNOWN:
            raise BadUse(f"“{field}” is no field.  Fields: {', '.join(KNOWN)}.")
        found.append((field, column))
    return found


def read_sheet(file: str, *, numbered: bool = False) -> Sheet:
    """Read a CSV file of any encoding and delimiter; with ``numbered`` it has no header."""
    rows = _rows(_text(file))
    header = [cell.strip() for cell in rows[0]] if rows else []
    if numbered:
        header, body = [], rows
    else:
        body = rows[1:]
    width = max(map(len, body), default=len(header))
    return Sheet(header, _by_column(body, max(width, len(header))), len(body))


def _text(file: str) -> str:
    """Read a file whatever its encoding; say on standard error where that had to be guessed."""
    from askwell.formats.encodings import decode

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror}.") from error
    text, problems = decode(data, file=file)
    for problem in problems:
        print(f"{file}: {problem.message}", file=sys.stderr)
    if "\0" in text:
        print(f"{file}: null characters were left out.", file=sys.stderr)
        text = text.replace("\0", "")
    return text


def _rows(text: str) -> list[list[str]]:
    """Cut text into rows: one that a stray quotation mark would swallow is cut line by line instead."""
    from askwell.formats.csv_rows import sniff_delimiter, split_line

    lines = text.splitlines() if '"' in text else []
    delimiter = sniff_delimiter(text[:100_000].splitlines()[:_SNIFFED])
    csv.field_size_limit(_LONGEST_CELL)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if lines and len(rows) < len(lines) and _swallowed(rows):
        rows = [split_line(line, delimiter) if line else [] for line in lines]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _swallowed(rows: list[list[str]]) -> bool:
    """Say whether some row of several lines has another number of cells than the header."""
    width = len(rows[0])
    return any(len(row) != width and any("\n" in cell for cell in row) for row in rows)


def _by_column(body: list[list[str]], width: int) -> list[Sequence[str]]:
    if all(len(row) == width for row in body):
        return list(zip(*body, strict=True)) or [()] * width
    return list(zip(*([*row, *[""] * (width - len(row))] for row in body), strict=True))


def _chosen(sheet: Sheet, told: list[tuple[str, str]]) -> dict[str, Sequence[str]]:
    """Give the columns by field: as told, else by their headers."""
    if not sheet.rows and not sheet.header:
        return {}
    places = [(field, _place(sheet, column)) for field, column in told] or _guessed(sheet)
    found: dict[str, Sequence[str]] = {}
    for field, place in places:
        column = sheet.columns[place]
        before = found.get(field)
        found[field] = column if before is None else [a or b for a, b in zip(before, column, strict=True)]
    return found


def _place(sheet: Sheet, column: str) -> int:
    for number, header in enumerate(sheet.header):
        if column.casefold() == header.casefold():
            return number
    if column.isdigit() and 1 <= int(column) <= len(sheet.columns):
        return int(column) - 1
    has = ", ".join(sheet.header) if sheet.header else f"{len(sheet.columns)} columns without names"
    raise BadUse(f"There is no column “{column}”.  The file has: {has}.")


def _guessed(sheet: Sheet) -> list[tuple[str, int]]:
    from askwell.graph.same_person.fields import field_of_header, is_key

    fields = [(field_of_header(header), number) for number, header in enumerate(sheet.header)]
    known = [(field, number) for field, number in fields if field]
    if not known:
        raise BadUse(
            "No column of the first line has a name that is known.  Say which is which: "
            "--columns name=1,email=2 (by number, where the file has no line of names)."
        )
    others = [
        sheet.header[n]
        for field, n in fields
        if not field and sheet.header[n] and not is_key(sheet.header[n])
    ]
    if others:
        print(f"Not used: {', '.join(others)}.", file=sys.stderr)
    return known


def _json_lines(found: Resolved) -> list[str]:
    """Make a line a row; the reasons, of which there are few kinds, are written once."""
    reasons = [json_module.dumps(reasons, ensure_ascii=False) for reasons in found.reasons]
    return [
        f'{{"row": {row}, "cluster": {cluster}, "probability": {likely:.4f}, "reasons": {reasons[why]}}}\n'
        for row, (cluster, likely, why) in enumerate(_cells(found), start=1)
    ]


def _lines(found: Resolved) -> list[str]:
    return [
        f"{row:>8}  {cluster:>8}  {likely:.4f}  {', '.join(found.reasons[why])}".rstrip() + "\n"
        for row, (cluster, likely, why) in enumerate(_cells(found), start=1)
    ]


def _cells(found: Resolved) -> Any:
    return zip(found.clusters.tolist(), found.probabilities.tolist(), found.reason_of.tolist(), strict=True)
