"""``askwell import``: what it would do, then doing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from askwell.cli.options import Json, Now


def import_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="LinkedIn archive, vCards, CSV, Monica JSON, a folder, an export of Askwell.",
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Bring in contacts and history; the same file twice changes nothing, and undo takes it back."""
    raise NotImplementedError
