"""Who takes what an import brings besides people: touches and events.

Theory of operation.  Importing is the work of ``people``, but what happened between two people and
the gatherings they went to belong to an app above it, which ``people`` must not know.  That app
names one ``Receiver`` at start-up (``hooks.on_import`` in its ``AppConfig.ready``).

The import matches every touch to a contact first and gives all of them in one ``Delivery``.  A
receiver leaves out what it has already (``touch_digest`` is the key: the same message of the same
file, or of a later archive, has the same digest), and writes the rest through the journal it is
given, with ``journal.create_many`` in parts of ``PART`` rows, calling ``tick(rows)`` after each part.
``tick`` may raise; let it through: the whole import is rolled back.  An archive of mail holds a million
messages, so go through them in parts, look up digests in bulk and never make a query per touch.

``journal.create_many`` already tells the derivers which contacts changed.  Notes (touches of kind
``note``) are not delivered: they become notes of the contact.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.formats.records import EventRecord, OwnProfile, TouchRecord
    from askwell.people.journal import Journal
    from askwell.people.models import Import
    from askwell.people.working import Tick

PART = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What an import brings besides people.

    ``touches`` pairs the contact's id with the record, oldest first, and can be gone through again.  While
    planning, a contact that does not exist yet has a negative id, distinct for each; when applying, all ids
    are real.
    ``me`` is the id of the ``is_self`` contact, or None.
    """

    touches: Collection[tuple[int, TouchRecord]] = ()
    events: Sequence[EventRecord] = ()
    own: OwnProfile | None = None
    me: int | None = None


@dataclass(slots=True, kw_only=True)
class Received:
    """How many touches and events are new, are there already, or were left out and why."""

    new_touches: int = 0
    known_touches: int = 0
    new_events: int = 0
    known_events: int = 0
    skipped: Counter[str] = field(default_factory=Counter)  # reason code -> how many

    def add(self, part: Received) -> None:
        """Add what another receiver took."""
        self.new_touches += part.new_touches
        self.known_touches += part.known_touches
        self.new_events += part.new_events
        self.known_events += part.known_events
        self.skipped.update(part.skipped)

    def counts(self) -> dict[str, int]:
        """Give them as ``Import.summary`` names them."""
        return {
            "touches_new": self.new_touches,
            "touches_known": self.known_touches,
            "events_new": self.new_events,
            "events_known": self.known_events,
        }


class Receiver(Protocol):
    """Takes touches and events of an import into its own tables."""

    def plan(self, owner: AbstractBaseUser, delivery: Delivery) -> Received:
        """Count what ``apply`` would do, and write nothing."""

    def apply(
        self, journal: Journal, batch: Import, delivery: Delivery, *, now: datetime, tick: Tick
    ) -> Received:
        """Write what is new through ``journal`` (owner: ``journal.owner``) as part of ``batch``."""


def touch_digest(record: TouchRecord) -> str:
    """Give 64 hex digits that are equal for the same touch, whatever file or line it came from."""
    who = record.other_url.rstrip("/").lower() or record.other_email.lower()
    if record.message_id:  # the same message, whatever an archive tells of it
        return _digest((record.message_id, record.direction.value, who))
    parts = (
        record.at.isoformat(),
        record.direction.value,
        record.kind,
        record.channel,
        who or fold(record.other.formatted or f"{record.other.given} {record.other.family}"),
        record.subject,
        record.body,
        record.thread,
    )
    return _digest(parts)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
