"""What the sender asks of whoever starts it: the mailroom knows no rules of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.mailroom.models import Outgoing
    from askwell.people.models import Change


UNFORESEEN = "unforeseen"  # the trouble of a message that a fault of ours held up


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The bytes as they go out (ASCII, CRLF), and the change that recorded it."""

    data: str
    change: Change | None = None


class Held(Exception):
    """The rules, or the facts, forbid it now: ``code``, and what else is to be told of it (plain values)."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(code)
        self.code, self.told = code, told


class Post(Protocol):
    """Guards a message at the moment it goes, and keeps the notebook true to what became of it."""

    def going(self, row: Outgoing, *, now: datetime) -> Ready:
        """Ask the rules once more, record that it goes, and fix its bytes; inside one transaction.

        Raises Held; then nothing was recorded.
        """

    def not_gone(self, row: Outgoing, *, now: datetime) -> None:
        """Take back what ``going`` recorded: it is certain that it did not go out."""

    def gone(self, row: Outgoing, *, now: datetime) -> None:
        """It went out: see that it is recorded, once."""
