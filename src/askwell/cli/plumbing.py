"""Commands that need no notebook: files or standard input in, lines out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

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
    from askwell.rules import facts_json

    try:
        text = sys.stdin.read() if str(facts) == "-" else facts.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadUse(f"{facts} cannot be read: {error}.") from error
    raise NotImplementedError((facts_json, text, clock(now), json))
