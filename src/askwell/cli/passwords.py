"""What one signs in to a server with.  A password is typed, or read from standard input, no argument."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from askwell.cli.failures import BadUse
from askwell.cli.words import _

User = Annotated[str, typer.Option(help="connect: whom to sign in as; none: the secret is a token.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="connect: read the password from standard input.")
]
Agree = Annotated[
    list[str] | None,
    typer.Option(metavar="HOST", help="connect: a server of another site that is your provider’s."),
]


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
