"""Commands that need no notebook: files or standard input in, lines out."""

from __future__ import annotations

import json as json_module
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json, Now
from askwell.rules.facts import Mode

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files; - is standard input.")]


def lint(
    files: Files,
    mode: Annotated[
        str, typer.Option(metavar="MODE", help="informational, follow-up, lead, reconnect, thanks, ...")
    ] = Mode.INFORMATIONAL,
    channel: Annotated[
        str | None,
        typer.Option(metavar="CHANNEL", help="email, linkedin-note, dm or phone-script; else guessed."),
    ] = None,
    json: Json = False,
) -> None:
    """Check messages (.txt, .md, .eml): file:line:col CODE message.  Exit code 1 for an error."""
    from askwell.cli.lint import lint_files

    raise typer.Exit(lint_files(files, mode, as_json=json, channel=channel))


def read_contacts(
    files: Files,
    country: Annotated[
        str, typer.Option(metavar="CC", help="Country of telephone numbers without one: DE.")
    ] = "",
    json: Json = False,  # noqa: ARG001 - the lines are JSON in any case
) -> None:
    """Read any contact file, archive or folder to neutral records, one JSON object a line."""
    from askwell.cli.contact_files import read_contacts as read

    raise typer.Exit(read(files, sys.stdout, country))


def write_contacts(
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="vcard3, vcard4 or google-csv.")],
) -> None:
    """Write neutral records from standard input as a contact file to standard output."""
    from askwell.cli.contact_files import write_contacts as write

    raise typer.Exit(write(to, sys.stdin.buffer, sys.stdout.buffer))


def steps(
    facts: Annotated[
        Path, typer.Option("--facts", metavar="FILE", help="Facts as JSON; - is standard input.")
    ],
    now: Now = "",
    json: Json = False,
) -> None:
    """Ask the rules on their own: facts in; steps, refusals and reasons out."""
    from askwell.cli.notebook import clock
    from askwell.rules.errors import BadFacts
    from askwell.rules.facts_json import decide

    try:
        answer = decide(_read_json(facts), now=clock(now))
    except BadFacts as error:
        raise BadUse(f"{facts}: {error}.", path=error.path) from error
    print("\n".join(_json_lines(answer) if json else _told(answer)))


def _read_json(path: Path) -> object:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        return json_module.loads(text)
    except OSError as error:
        raise BadUse(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadUse(f"{path} is not JSON: {error}.") from error


def _json_lines(answer: dict[str, Any]) -> list[str]:
    """Give one object a line: steps, refusals, closings, each with its ``type``."""
    kinds = {"steps": "step", "refusals": "refusal", "closings": "closing"}
    rows = [{"type": kind, **row} for name, kind in kinds.items() for row in answer[name]]
    return [json_module.dumps(row, ensure_ascii=False) for row in rows]


def _told(answer: dict[str, Any]) -> list[str]:
    lines = [
        f"{step['due']}  {step['title']}  [{step['key']}]  {step['explained']}" for step in answer["steps"]
    ]
    return lines or ["Nothing to do."]
