"""Neutral records: what every reader of a foreign file gives back.

Theory of operation.  A reader turns bytes into a ``Reading``: people, touches, the
owner's own profile, events, and the problems met on the way.  A bad row is a
``Problem`` with its place in the file, never an exception and never silence.
Records are plain values; nothing here knows a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime


class Severity(StrEnum):
    """How much was lost: an error lost the record, a warning lost a field."""

    ERROR = "error"
    WARNING = "warning"


class Direction(StrEnum):
    """Who moved: the owner of the file (OUT) or the other person (IN)."""

    OUT = "out"
    IN = "in"


# What we say of people beyond what formats know, as kept pairs: head -> column.
MARK_HEADS = {"X-ASKWELL-HIRES": "hires", "X-ASKWELL-CONNECTOR": "connector"}
MARKED = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a record stands: file name as given (``archive.zip/Connections.csv``), line from 1."""

    file: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read as it stands, and what was kept."""

    file: str
    line: int
    code: str  # stable, kebab-case: "bad-date", "truncated", "unknown-encoding"
    message: str  # one plain sentence, saying what was kept
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's name in parts; ``formatted`` is the name as the source shows it."""

    prefix: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""
    formatted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """An address as written (outer white space removed) and its label, lower case."""

    value: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as written, its E.164 form where it can be known, and its label, lower case."""

    value: str
    e164: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """A web address and its label, lower case (``profile`` for a LinkedIn profile)."""

    value: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """A postal address in parts; ``formatted`` where the source gives only lines."""

    label: str = ""
    po_box: str = ""
    extended: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    formatted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRecord:
    """A job, or a time at a school (``school=True``; then ``title`` is the degree).

    ``started`` and ``ended`` are ISO dates of any precision: ``2019``, ``2019-03``, ``2019-03-01``.
    """

    organization: str
    title: str = ""
    department: str = ""
    started: str = ""
    ended: str = ""
    school: bool = False
    place: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """One person as one source knows them.

    ``birthday`` is ISO, or ``--MM-DD`` when the year is unknown.  ``kept`` holds what the
    reader did not understand, as ``(name, value)`` pairs in source order, so that a writer
    of the same format can give it back.
    """

    name: Name
    source: Source
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    organization: str = ""
    department: str = ""
    title: str = ""
    positions: tuple[PositionRecord, ...] = ()  # further jobs and schools, when the source has them
    birthday: str = ""
    addresses: tuple[PostalAddress, ...] = ()
    urls: tuple[Url, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    headline: str = ""
    place: str = ""
    uid: str = ""  # the source's own stable key, when it has one
    connected_on: date | None = None
    referred_by: str = ""
    met: str = ""  # how or where they met, in the source's words
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchRecord:
    """One thing that happened between the file's owner and another person.

    ``kind`` is one of ``message``, ``call``, ``meeting``, ``invitation``, ``note``.
    ``at`` is aware where the source gives a zone, else naive local time.
    """

    at: datetime
    direction: Direction
    kind: str
    channel: str  # "linkedin", "email", "phone", "in_person", "other"
    other: Name
    source: Source
    other_url: str = ""
    other_email: str = ""
    other_uid: str = ""
    subject: str = ""
    body: str = ""
    thread: str = ""
    message_id: str = ""  # of mail, in angle brackets


class History(Protocol):
    """Touches too many to hold, oldest first, each with somebody of the same reading (``other_email``)."""

    def __iter__(self) -> Iterator[TouchRecord]:
        """Give them; as often as asked."""

    def __len__(self) -> int:
        """Count them."""

    def files(self) -> Mapping[str, int]:
        """Count them by file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """A gathering the file's owner went to, or said they would."""

    name: str
    source: Source
    at: datetime | None = None
    status: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProfile:
    """The file's owner: who the seeker is."""

    name: Name
    source: Source
    headline: str = ""
    summary: str = ""
    industry: str = ""
    place: str = ""
    profile_url: str = ""
    emails: tuple[Email, ...] = ()
    positions: tuple[PositionRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one file or archive, and every problem met."""

    format: str  # "linkedin", "vcard", "google_csv", "outlook_csv", "monica", "mapped_csv", "mail"
    people: tuple[PersonRecord, ...] = ()
    touches: tuple[TouchRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    own: OwnProfile | None = None
    problems: tuple[Problem, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)  # reason code -> how many rows
    histories: tuple[History, ...] = ()
    own_addresses: tuple[str, ...] = ()  # of the owner, where the file leaves it to be found out


def merge_readings(readings: Iterable[Reading]) -> Reading:
    """Join readings of several files into one; the first own profile wins."""
    parts = list(readings)
    skipped: dict[str, int] = {}
    for part in parts:
        for reason, count in part.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + count
    formats = {part.format for part in parts}
    return Reading(
        format=formats.pop() if len(formats) == 1 else "several",
        people=tuple(p for part in parts for p in part.people),
        touches=tuple(t for part in parts for t in part.touches),
        events=tuple(e for part in parts for e in part.events),
        own=next((part.own for part in parts if part.own), None),
        problems=tuple(p for part in parts for p in part.problems),
        skipped=skipped,
        histories=tuple(h for part in parts for h in part.histories),
        own_addresses=tuple(a for part in parts for a in part.own_addresses),
    )
