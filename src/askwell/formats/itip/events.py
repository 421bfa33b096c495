"""Events as calendars keep them, with everything iTIP is about.

Theory of operation.  An ``Event`` is one VEVENT: an event, or one changed instance of it (then it has a
``recurrence_id``).  ``source`` is the component as it was written, so that what Askwell has no word for
is kept when the event is written again.  Events that share a UID are one series; ``Series`` holds the
one that has no recurrence id and the instances that differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote

from askwell.formats.itip.values import Moment, instant, order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.formats.itip.lines import Component
    from askwell.formats.records import Problem

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # the stamp of what has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """Who calls people together; ``address`` in lower case, without ``mailto:``."""

    address: str
    name: str = ""
    sent_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Who is asked, and what they answered."""

    address: str
    name: str = ""
    sent_by: str = ""
    partstat: str = "NEEDS-ACTION"
    role: str = "REQ-PARTICIPANT"
    rsvp: bool = False
    kind: str = "INDIVIDUAL"
    delegated_to: str = ""
    delegated_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """``before`` counts from the start, or from the end; or ``at`` says when."""

    action: str
    before: timedelta | None = None
    from_end: bool = False
    at: datetime | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One VEVENT.  ``starts`` and ``ends`` are dates for whole days; the end is the first moment after."""

    uid: str
    sequence: int = 0
    dtstamp: datetime | None = None
    method: str = ""
    recurrence_id: Moment | None = None
    this_and_future: bool = False
    starts: Moment | None = None
    ends: Moment | None = None
    zone: str = ""  # as written
    zone_from: str = ""  # utc, named, windows, prefixed, defined, guessed, default, unknown, floating, date
    organizer: Organizer | None = None
    attendees: tuple[Attendee, ...] = ()
    status: str = ""
    transparent: bool = False
    private: bool = False
    summary: str = ""
    location: str = ""
    description: str = ""
    comment: str = ""
    url: str = ""
    rrule: str = ""
    rdates: tuple[Moment, ...] = ()
    exdates: tuple[Moment, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    source: Component = field(compare=False, repr=False)

    @property
    def all_day(self) -> bool:
        """Whether it lasts whole days."""
        return self.starts is not None and not isinstance(self.starts, datetime)

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == "CANCELLED"

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.source.number

    @property
    def age(self) -> tuple[int, datetime]:
        """What is newer is greater: the sequence, then the stamp (RFC 5546, 2.1.5)."""
        return self.sequence, self.dtstamp or LONG_AGO

    def attendee(self, address: str) -> Attendee | None:
        """The attendee with that address."""
        return next((one for one in self.attendees if one.address == bare(address)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What one file says."""

    events: tuple[Event, ...] = ()
    method: str = ""
    product: str = ""
    name: str = ""
    zones: tuple[Component, ...] = ()
    problems: tuple[Problem, ...] = ()

    def series(self) -> dict[str, Series]:
        """The events by their UID."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.uid, []).append(event)
        return {uid: Series.of(events) for uid, events in found.items()}


@dataclass(frozen=True, slots=True)
class Series:
    """The events of one UID: the one that says how it goes on, and the instances that differ, by moment."""

    whole: Event | None
    instances: dict[Moment, Event]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Series:
        """Of two that say the same thing, the newer holds."""
        whole, instances = None, {}
        for event in sorted(events, key=lambda event: event.age):
            if event.recurrence_id is None:
                whole = event
            else:
                instances[moment_key(event.recurrence_id)] = event
        return cls(whole, instances)

    @property
    def events(self) -> tuple[Event, ...]:
        """All of them, in the order a file has them."""
        return (*([self.whole] if self.whole else []), *(self.instances[key] for key in self.moments))

    @property
    def moments(self) -> list[Moment]:
        """The instances that differ, in order."""
        return sorted(self.instances, key=order)

    @property
    def sequence(self) -> int:
        """The greatest of all."""
        return max((event.sequence for event in self.events), default=0)

    @property
    def organizer(self) -> Organizer | None:
        """Who calls people together."""
        return next((event.organizer for event in self.events if event.organizer), None)


def moment_key(moment: Moment) -> Moment:
    """The same for two ways of writing one moment."""
    return instant(moment) or moment


def bare(address: str) -> str:
    """An address to compare by: without ``mailto:``, in lower case."""
    text = address.strip()
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:]).partition("?")[0]
    return text.strip().strip("<>").strip().lower()
