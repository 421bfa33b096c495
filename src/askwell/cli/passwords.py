"""A password typed, or read from standard input; it is never an argument."""

from __future__ import annotations

import sys

import typer

from askwell.cli.failures import BadUse
from askwell.cli.words import _


def read_secret(*, from_stdin: bool) -> str:
    """Give the password or token.  Raises BadUse where there is none, and nobody to ask."""
    if from_stdin:
        secret = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        secret = typer.prompt(_("Password"), hide_input=True)
    else:
        raise BadUse(_("There is nobody to ask for the password: --password-stdin reads it."))
    if not secret:
        raise BadUse(_("The password is empty."))
    return str(secret)
