"""Mail files in, what they say out, without a notebook: read-mail.

Theory of operation.  One object a message, in the order of the files; a file or a message that cannot be read
is one object of type ``problem`` in its place.  The exit code is honest: 0 when everything was read, 1 when
a message or a part of one was lost, 2 when a file could not be read at all.
"""

from __future__ import annotations

import json as json_module
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.mail.boxes import BoxMessage

FINE, LOST, UNUSABLE = 0, 1, 2
NO_MAILBOX = frozenset(("is-outlook-msg", "not-found", "not-mail", "nothing-inside", "unreadable"))

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help=".eml, mbox, a Maildir or a folder; - is standard input."),
]


def read_mail(files: Files, json: Json = False) -> None:
    """Read mail (.eml, mbox, Maildir): what each message is and says, one a line."""
    worst = FINE
    for file in files:
        for box in _messages(file):
            row = _row(box)
            worst = max(worst, _loss(row))
            print(_as_json(row) if json else _told(row))
    raise typer.Exit(worst)


def _messages(file: str) -> Iterator[BoxMessage]:
    from askwell.formats.mail.boxes import messages_in, messages_of

    return messages_of(sys.stdin.buffer, "-") if file == "-" else messages_in(file)


def _row(box: BoxMessage) -> dict[str, Any]:
    from askwell.formats.mail.reading import problem_to_json, read_mail, to_json

    if box.raw or not box.problems:
        return to_json(read_mail(box.raw), box)
    return {
        "type": "problem",
        "source": {"file": box.file, "index": box.index},
        **problem_to_json(box.problems[0]),
    }


def _loss(row: dict[str, Any]) -> int:
    if row["type"] == "problem":
        return UNUSABLE if row["code"] in NO_MAILBOX else LOST
    return LOST if any(one["severity"] == "error" for one in row["problems"]) else FINE


def _as_json(row: dict[str, Any]) -> str:
    text = json_module.dumps(row, ensure_ascii=False)
    return text if sys.stdout.encoding.lower() in {"utf-8", "utf8"} else json_module.dumps(row)


def _told(row: dict[str, Any]) -> str:
    """Say on one line what a message is; its problems, and what follows from it, on lines of their own."""
    place = f"{row['source']['file']}[{row['source']['index']}]"
    if row["type"] == "problem":
        return f"{place}  {row['message']}"
    sender = row["from"]["address"] if row["from"] else "-"
    lines = [f"{place}  {row['kind']}  {(row['date'] or '-')[:16]}  {sender}  {row['subject']}".rstrip()]
    for one in row["failed_recipients"]:
        permanent = "for good" if one["permanent"] else "for now"
        lines.append(f"  not delivered, {permanent}: {one['address']}  {one['status']}  {one['reason']}")
    if row["away_until"]:
        lines.append(f"  back on {row['away_until']}")
    if row["calendar"]:
        lines.append("  calendar: " + "  ".join(str(value) for value in row["calendar"].values() if value))
    lines += [f"  {one['kind']}: {one['sentence']}" for one in row["suggestions"]]
    return "\n".join((*lines, *(f"  {one['message']}" for one in row["problems"])))
