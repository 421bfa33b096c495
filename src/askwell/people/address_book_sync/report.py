"""What a sync did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.people.models import Contact


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody, and the keys of what was changed of them."""

    contact: int
    name: str
    keys: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Report:
    """Who was changed where.  ``waiting`` could not be written this time and will be the next."""

    book: int
    name: str
    dry_run: bool = False
    changed_here: list[Touched] = field(default_factory=list)
    changed_there: list[Touched] = field(default_factory=list)
    added_there: list[Touched] = field(default_factory=list)
    removed_there: list[str] = field(default_factory=list)  # names; they stay here
    removed_here: list[str] = field(default_factory=list)  # names; their cards stay there
    taken_away_there: list[str] = field(default_factory=list)  # of those, removed there as asked
    new_there: int = 0  # cards of nobody here
    batch: int | None = None  # the import that is planned for them, or done
    brought_in: bool = False
    questions: int = 0
    unread: int = 0  # lists of people, and cards that are nobody's
    waiting: int = 0
    not_written: int = 0  # the address book may only be read
    refused: list[str] = field(default_factory=list)  # names of cards the server would not take
    change: int | None = None  # what was changed here, for undo
    stopped: bool = False  # before its end, as somebody asked

    def to_json(self) -> dict[str, Any]:
        """Give it as ``askwell address-book sync --json`` writes it."""
        return {
            "book": self.book,
            "name": self.name,
            "dry_run": self.dry_run,
            "changed_here": [_told(one) for one in self.changed_here],
            "changed_there": [_told(one) for one in self.changed_there],
            "added_there": [_told(one) for one in self.added_there],
            "removed_there": self.removed_there,
            "removed_here": self.removed_here,
            "taken_away_there": self.taken_away_there,
            "new_there": self.new_there,
            "import": self.batch,
            "brought_in": self.brought_in,
            "questions": self.questions,
            "unread": self.unread,
            "waiting": self.waiting,
            "not_written": self.not_written,
            "refused": self.refused,
        }


def touched(where: list[Touched], contact: Contact, keys: Iterable[str]) -> None:
    """Add somebody to a list of the report."""
    where.append(Touched(contact.pk, contact.name, tuple(sorted(keys))))


def _told(one: Touched) -> dict[str, Any]:
    return {"contact": one.contact, "name": one.name, "fields": list(one.keys)}
