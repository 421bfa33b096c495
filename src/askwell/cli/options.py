"""Options that several commands share, each with one name, one meaning and one help text."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from askwell.rules.facts import Channel, Connection, Leave, Mode, Occasion, Purpose

E = TypeVar("E", bound=StrEnum)


def _choice(kind: type[E], name: str, text: str) -> typer.models.OptionInfo:
    """Make an option of a set of words; ``follow-up`` is ``follow_up``."""

    def read(word: str | E) -> E:
        try:
            return kind(word.lower().replace("-", "_"))
        except ValueError:
            raise typer.BadParameter(f"“{word}” is none of {', '.join(kind)}.") from None

    option: typer.models.OptionInfo = typer.Option(
        name,
        help=f"{text}  One of {', '.join(kind)}.",
        parser=read,
        metavar="WORD",
        autocompletion=lambda: list(kind),
    )
    return option


Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Now = Annotated[
    str, typer.Option("--now", metavar="TIME", help="Reckon as if it were this moment (ISO 8601).")
]
Who = Annotated[
    str, typer.Argument(metavar="PERSON", help="Part of a name, an e-mail address, or the number find shows.")
]
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
ChannelOption = Annotated[Channel, _choice(Channel, "--channel", "How it travels.")]
ModeOption = Annotated[
    Mode | None,
    _choice(Mode, "--mode", "The kind of message; left out, it follows from where things stand."),
]
OccasionOption = Annotated[
    Occasion | None,
    _choice(Occasion, "--occasion", "A short note: around a booked talk, or on what came of advice."),
]
PurposeOption = Annotated[
    Purpose, _choice(Purpose, "--purpose", "Why you turn to them, when this is the first ask.")
]
ConnectedBy = Annotated[
    Connection | None,
    _choice(Connection, "--connected-by", "What --connection names; unsaid, the letter leaves it out."),
]
PurposeWanted = Annotated[
    Purpose | None, _choice(Purpose, "--purpose", "What for: to be_known, who hires comes sooner.")
]
LeaveOption = Annotated[Leave, _choice(Leave, "--leave", "May you use the name of whoever named them?")]
