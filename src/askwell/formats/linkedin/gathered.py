"""What has been read of an archive so far, and who its owner is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from askwell.formats.records import (
    Email,
    EventRecord,
    Name,
    PersonRecord,
    PositionRecord,
    Source,
    TouchRecord,
)
from askwell.formats.tables import PROGRESS_EVERY, Progress, no_progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.formats.problems import Log

Item = TypeVar("Item")

HIDDEN_NAMES = {"", "linkedin member", "membre de linkedin", "linkedin-mitglied", "miembro de linkedin"}


class Side(NamedTuple):
    """One side of a message or invitation as the file writes it."""

    name: str
    url: str
    slug: str

    @property
    def is_hidden(self) -> bool:
        """A member who closed the account or hides the name."""
        return not self.slug and self.name.casefold() in HIDDEN_NAMES


@dataclass(slots=True)
class Owner:
    """Who handed the archive over: names (case-folded) and profile slugs, most often met first."""

    names: Counter[str] = field(default_factory=Counter)
    slugs: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def learn(self, side: Side) -> None:
        """This side is the owner."""
        if side.name:
            self.names[side.name.casefold()] += 1
        if side.slug:
            self.slugs[side.slug] += 1
            self.url = self.url or side.url

    def is_side(self, side: Side) -> bool:
        """Whether this side is the owner: by slug where both are known, else by name."""
        if side.slug and self.slugs:
            return side.slug in self.slugs
        return side.name.casefold() in self.names

    def is_known(self) -> bool:
        """Whether there is anything to know the owner by."""
        return bool(self.names or self.slugs)


@dataclass(slots=True)
class OwnFacts:
    """The owner's profile while it is being put together."""

    name: Name = field(default_factory=Name)
    source: Source | None = None
    headline: str = ""
    summary: str = ""
    industry: str = ""
    place: str = ""
    emails: list[Email] = field(default_factory=list)
    positions: list[PositionRecord] = field(default_factory=list)


class RawMessage(NamedTuple):
    """A message before it is known which side is the owner."""

    line: int
    log: Log
    thread: str
    sender: Side
    others: tuple[Side, ...]
    date: str
    subject: str
    content: str
    direction: str


@dataclass(slots=True)
class Gathered:
    """Records of all files of one archive, in the order read."""

    default_country: str = ""
    progress: Progress = no_progress
    people: list[PersonRecord] = field(default_factory=list)
    touches: list[TouchRecord] = field(default_factory=list)
    events: list[EventRecord] = field(default_factory=list)
    raw_messages: list[RawMessage] = field(default_factory=list)
    own: OwnFacts = field(default_factory=OwnFacts)
    owner: Owner = field(default_factory=Owner)
    logs: list[Log] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Whether none of the files had a row, read or left out."""
        told = any(log.skipped for log in self.logs)
        return not (
            self.people or self.touches or self.events or self.own.positions or self.own.source or told
        )

    def counted(self, rows: Iterable[Item], stage: str, total: int | None = None) -> Iterator[Item]:
        """The same rows, with the caller's progress hook told every so many of them."""
        done = 0
        for done, row in enumerate(rows, start=1):
            if done % PROGRESS_EVERY == 0:
                self.progress(stage, done, total)
            yield row
        self.progress(stage, done, total)
