"""``askwell search``: the profiles of a CSV file by words, filters and meaning, without a notebook.

Theory of operation. Columns of known names weigh by what they are (a name most, notes least), any other is
text like notes; every column can be filtered by, but names, notes and keys. With ``--index`` what was made
of the file is kept, and made anew when the file changed or the index is damaged.
"""

from __future__ import annotations

import hashlib
import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json
from askwell.cli.progress import FIRST_TIME, at_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.search.profiles.asking import Found
    from askwell.search.profiles.index import Profiles

_CALLED = {
    "headline": "title",
    "position": "title",
    "job title": "title",
    "company": "organization",
    "city": "place",
    "location": "place",
    "university": "school",
    "note": "notes",
    "tag": "tags",
}
_NO_TEXT = {"id", "year"}
_NO_FILTER = {"id", "name", "notes"}

File = Annotated[str, typer.Argument(metavar="FILE", help="A CSV file of profiles; - is standard input.")]
Query = Annotated[
    list[str], typer.Option("--query", "-q", metavar="TEXT", help="What to look for; repeatable.")
]
Where = Annotated[
    list[str],
    typer.Option("--where", metavar="COLUMN=VALUE", help="Only these; one column may have several values."),
]
Index = Annotated[
    Path | None, typer.Option("--index", metavar="INDEX", help="Keep what is made of the file here.")
]


def search(
    file: File,
    query: Query = [],  # noqa: B006 - Typer makes a list of its own
    where: Where = [],  # noqa: B006
    index: Index = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="How many profiles.")] = 20,
    typing: Annotated[bool, typer.Option("--typing", help="The last word may be unfinished.")] = False,
    json: Json = False,
) -> None:
    """Find profiles of a CSV file by words, filters and meaning, best first, and say what matched."""
    if not query and not where:
        raise BadUse("Say what to look for: --query TEXT, --where COLUMN=VALUE, or both.")
    made = _index(file, index)
    chosen = _chosen(made, where)
    from askwell.search.profiles.asking import ask

    for text in query or [""]:
        for one in ask(made, text, where=chosen, top=top, typing=typing):
            print(_as_json(made, text, one) if json else _told(made, one))


def _index(file: str, kept: Path | None) -> Profiles:
    from askwell.search.profiles.index import BadIndex, is_index, load, save

    made_of = _digest(file) if kept else ""
    if kept and kept.exists():
        if not is_index(kept):
            raise BadUse(f"{kept} is no index of profiles; it is left as it is.  Name another file.")
        try:
            found = load(kept)
        except BadIndex as error:
            print(f"{kept}: {error}; it is made anew.", file=sys.stderr)
        else:
            if found.made_of == made_of:
                return found
    with at_work(FIRST_TIME):
        made = _made(file, made_of)
    if kept:
        try:
            save(made, kept)
        except OSError as error:
            raise BadUse(f"{kept} cannot be kept: {error.strerror}.") from error
    return made


def _digest(file: str) -> str:
    if file == "-":
        raise BadUse("An index is kept for a file, not for standard input.")
    try:
        with Path(file).open("rb") as whole:
            return hashlib.file_digest(whole, "sha256").hexdigest()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror}.") from error


def _made(file: str, made_of: str) -> Profiles:
    from askwell.cli.resolving import read_sheet
    from askwell.search.profiles.index import build

    sheet = read_sheet(file)
    fields: dict[str, Sequence[str]] = {}
    for header, column in zip(sheet.header, sheet.columns, strict=False):
        name = _field(header)
        before = fields.get(name)
        fields[name] = column if before is None else [f"{a} {b}" for a, b in zip(before, column, strict=True)]
    fields.pop("", None)
    if not fields:
        raise BadUse(f"{file}:1: there are no columns; the first line names them: name, title, place, ….")
    texts = {name: column for name, column in fields.items() if name not in _NO_TEXT}
    filters = {name: column for name, column in fields.items() if name not in _NO_FILTER}
    shown = [name for name in ("name", "title", "organization") if name in fields] or list(fields)[:1]
    labels = [", ".join(filter(None, row)) for row in zip(*(fields[name] for name in shown), strict=True)]
    return build(texts, filters=filters, labels=labels, made_of=made_of)


def _field(header: str) -> str:
    name = " ".join(header.casefold().split())
    return _CALLED.get(name, name)


def _chosen(index: Profiles, where: list[str]) -> dict[str, list[str]]:
    """Read ``COLUMN=VALUE``, and refuse a column that is none."""
    found: dict[str, list[str]] = {}
    for one in where:
        column, equals, value = one.partition("=")
        name = _field(column)
        if not equals:
            raise BadUse(f"“{one}” is not COLUMN=VALUE.")
        if name not in index.values:
            has = ", ".join(index.values) or "none"
            raise BadUse(f"“{column}” is no column to filter by.  These are: {has}.")
        found.setdefault(name, []).append(value)
    return found


def _as_json(index: Profiles, text: str, one: Found) -> str:
    answer: dict[str, Any] = {"query": text, "row": one.row + 1, "profile": index.labels.text(one.row)}
    answer |= {"words": list(one.words), "meaning": one.likeness, "score": round(one.score, 5)}
    return json_module.dumps(answer, ensure_ascii=False)


def _told(index: Profiles, one: Found) -> str:
    why = [*one.words, *(["by what they do"] if one.likeness else [])]
    return (
        f"{one.row + 1}  {index.labels.text(one.row)}  [{', '.join(why)}]"
        if why
        else (f"{one.row + 1}  {index.labels.text(one.row)}")
    )
