"""What can come of an incoming message, and the sentence for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.formats.itip.events import Series, moment_key
from askwell.formats.itip.expanding import Span, occurrences
from askwell.formats.itip.values import order

if TYPE_CHECKING:
    from askwell.formats.itip.events import Event
    from askwell.formats.itip.lines import Component
    from askwell.formats.itip.values import Moment


class Outcome(StrEnum):
    """What became of a message."""

    APPLIED = "applied"  # the event is another now
    IGNORED = "ignored"  # it is old, known, or nothing to do with what is kept
    REFUSED = "refused"  # it is not the sender's to say
    PROPOSED = "proposed"  # other times are proposed; the event is as it was
    NOTED = "noted"  # the organizer declined a proposal; the event is as it was
    ASKED = "asked"  # somebody asks to be sent the event again


REASONS: dict[str, tuple[Outcome, str]] = {
    "answered": (Outcome.APPLIED, "{who} answered: {what}."),
    "invited": (Outcome.APPLIED, "{who} invites."),
    "invited-by-other": (Outcome.APPLIED, "{sender} sent this in the name of {who}."),
    "changed": (Outcome.APPLIED, "{who} changed the event."),
    "cancelled": (Outcome.APPLIED, "{who} cancelled the event."),
    "uninvited": (Outcome.APPLIED, "{who} no longer asks {what}."),
    "added": (Outcome.APPLIED, "{who} added a time."),
    "proposed": (Outcome.PROPOSED, "{who} proposes another time."),
    "proposal-declined": (Outcome.NOTED, "{who} keeps to the time that was set."),
    "asked-again": (Outcome.ASKED, "{who} asks to be sent the event again."),
    "stale": (Outcome.IGNORED, "This is older than what is known already."),
    "stale-answer": (Outcome.IGNORED, "{who} answered an earlier version of the event."),
    "seen": (Outcome.IGNORED, "This is known already."),
    "no-event": (Outcome.IGNORED, "There is no such event here."),
    "missed": (
        Outcome.IGNORED,
        "Something before this is missing; ask {who} to send the event again.",
    ),
    "no-method": (Outcome.IGNORED, "The file asks nothing of anybody: it has no METHOD."),
    "not-for-people": (Outcome.IGNORED, "The method {what} is not about an event people are asked to."),
    "too-many": (Outcome.IGNORED, "This message speaks of more single times of the event than are read."),
    "unreadable": (Outcome.IGNORED, "There is no event in this message."),
    "other-event": (Outcome.REFUSED, "This is about another event."),
    "no-attendee": (Outcome.REFUSED, "The answer does not say whose it is."),
    "not-asked": (Outcome.REFUSED, "{who} was not asked to this event."),
    "sender-differs": (Outcome.REFUSED, "The mail came from {sender}, but speaks for {who}."),
    "other-organizer": (Outcome.REFUSED, "{who} is not the organizer of this event."),
    "no-instance": (Outcome.REFUSED, "The event does not take place then."),
    "no-answer": (Outcome.REFUSED, "“{what}” is no answer."),
    "no-time": (Outcome.REFUSED, "The message says no time."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Times somebody proposes instead."""

    attendee: str
    starts: Moment | None
    ends: Moment | None
    location: str = ""
    comment: str = ""
    recurrence_id: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one component of a message came to; ``events`` take the place of the series, if there are any."""

    code: str
    who: str = ""
    what: str = ""
    sender: str = ""
    events: tuple[Component, ...] = ()
    proposal: Proposal | None = None
    answer_to: str = ""

    @property
    def outcome(self) -> Outcome:
        """What it came to."""
        return REASONS[self.code][0]

    @property
    def reason(self) -> str:
        """Why, as a sentence."""
        return REASONS[self.code][1].format(who=self.who, what=self.what, sender=self.sender)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One component of a message, beside the series it is about (None: there is none yet).

    ``sender`` is the address of the mail, ``own`` one's own; either may be unknown (empty).
    """

    series: Series | None
    event: Event
    sender: str
    own: str

    @property
    def key(self) -> Moment | None:
        """Which instance it is about; None for the whole."""
        at = self.event.recurrence_id
        return None if at is None else moment_key(at)


def takes_place(whole: Event, at: Moment) -> bool:
    """Whether the series has an instance then, by its rule."""
    day = timedelta(days=1)
    found = occurrences(Series(whole, {}), Span(order(at) - day, order(at) + day))
    return any(moment_key(one.starts) == moment_key(at) for one in found)
