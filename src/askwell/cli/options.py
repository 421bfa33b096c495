"""Options that several commands share, each with one name, one meaning and one help text."""

from __future__ import annotations

from typing import Annotated

import typer

from askwell.rules.facts import Channel, Leave, Mode, Purpose

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Now = Annotated[
    str, typer.Option("--now", metavar="TIME", help="Reckon as if it were this moment (ISO 8601).")
]
Who = Annotated[str, typer.Argument(metavar="PERSON", help="Part of a name, an e-mail address, or #id.")]
At = Annotated[
    str,
    typer.Option(
        "--at", metavar="WHEN", help="When it happened: ISO, yesterday, friday 15:00. Default: now."
    ),
]
Because = Annotated[
    str,
    typer.Option(
        "--because", metavar="REASON", help="Do it against a soft rule, with your reason: it is kept with it."
    ),
]
ChannelOption = Annotated[Channel, typer.Option("--channel", help="How it travels.")]
ModeOption = Annotated[
    Mode | None,
    typer.Option("--mode", help="The kind of message; left out, it follows from where things stand."),
]
PurposeOption = Annotated[
    Purpose, typer.Option("--purpose", help="Why you turn to them, when this is the first ask.")
]
LeaveOption = Annotated[Leave, typer.Option("--leave", help="May you use the name of whoever named them?")]
