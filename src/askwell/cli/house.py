"""Commands about the notebook as a whole: serve, undo, recompute."""

from __future__ import annotations

from typing import Annotated

import typer

from askwell.cli.options import Json, Now


def serve(
    port: Annotated[
        int | None, typer.Option(help="Port on 127.0.0.1 (ASKWELL_PORT, else 8765).", min=1, max=65535)
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the link.")] = False,
) -> None:
    """Open Askwell in the browser, on this machine alone, until Ctrl-C."""
    from django.core.management import call_command

    from askwell.cli.notebook import open_notebook

    open_notebook()
    call_command("serve", port=port, no_browser=no_browser)


def undo(now: Now = "", json: Json = False) -> None:
    """Take the last change back, whole."""
    raise NotImplementedError


def recompute(now: Now = "", json: Json = False) -> None:
    """Derive every step, standing and search term anew from what happened."""
    raise NotImplementedError
