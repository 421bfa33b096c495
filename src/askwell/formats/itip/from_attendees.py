"""What somebody who was asked may say: REPLY, COUNTER, REFRESH.

Theory of operation.  They speak for themselves alone, about an event they were asked to, and from their
own address.  An answer to an earlier version is none to this one.  Each attendee's last answer is noted
on the ATTENDEE (the sequence and the stamp it had), so that an older one coming later changes nothing.
An answer to the whole series holds for each instance that was not answered later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from askwell.formats.itip.events import moment_key
from askwell.formats.itip.lines import Component, Line
from askwell.formats.itip.outcomes import Proposal, Received, Verdict, takes_place
from askwell.formats.itip.reading import address_in
from askwell.formats.itip.writing import (
    ASKED_SEQUENCE,
    REPLIED_SEQUENCE,
    REPLIED_STAMP,
    instance_of,
    with_attendees,
)

if TYPE_CHECKING:
    from askwell.formats.itip.events import Attendee, Event, Series
    from askwell.formats.itip.values import Moment

_ANSWERS = {"ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED", "NEEDS-ACTION"}
_STAMP = "%Y%m%dT%H%M%SZ"


class _Refused(Exception):
    """The message is not to be heard; ``verdict`` says why."""

    def __init__(self, code: str, *, who: str = "", sender: str = "") -> None:
        super().__init__(code)
        self.verdict = Verdict(code=code, who=who, sender=sender)


def reply(received: Received) -> Verdict:
    """Somebody says whether they come."""
    try:
        series, who = _heard(received)
        parts = _parts(received, series, who)
    except _Refused as refused:
        return refused.verdict
    if who.partstat not in _ANSWERS:
        return Verdict(code="no-answer", who=who.address, what=who.partstat)
    answer = _Answer(who, received.event)
    code = answer.on(parts[received.key])
    events = tuple(
        answer.noted(part) if received.key in {None, key} and answer.on(part) == "answered" else part.source
        for key, part in parts.items()
    )
    return Verdict(
        code=code,
        who=who.address,
        what=who.partstat.lower(),
        events=events if code == "answered" else (),
    )


def counter(received: Received) -> Verdict:
    """Somebody proposes another time, which is for the organizer to think about."""
    event = received.event
    try:
        series, who = _heard(received)
    except _Refused as refused:
        return refused.verdict
    if event.sequence < series.sequence:
        return Verdict(code="stale-answer", who=who.address)
    if event.starts is None:
        return Verdict(code="no-time", who=who.address)
    proposal = Proposal(
        attendee=who.address,
        starts=event.starts,
        ends=event.ends,
        location=event.location,
        comment=event.comment,
        recurrence_id=event.recurrence_id,
    )
    return Verdict(code="proposed", who=who.address, proposal=proposal)


def refresh(received: Received) -> Verdict:
    """Somebody asks to be sent the event as it is."""
    try:
        _series, who = _heard(received)
    except _Refused as refused:
        return refused.verdict
    return Verdict(code="asked-again", who=who.address, answer_to=who.address)


def _heard(received: Received) -> tuple[Series, Attendee]:
    """Who speaks, about which series.  Raises ``_Refused`` if they may not."""
    if received.series is None:
        raise _Refused("no-event")
    who = _speaker(received)
    asked = [one for event in received.series.events for one in event.attendees]
    if who.address not in {address for one in asked for address in (one.address, one.delegated_to)}:
        raise _Refused("not-asked", who=who.address)
    senders = {who.address, *(one.sent_by for one in asked if one.address == who.address)}
    if received.sender and received.sender not in senders:
        raise _Refused("sender-differs", who=who.address, sender=received.sender)
    return received.series, who


def _speaker(received: Received) -> Attendee:
    """The one attendee an answer names; of several, who sent it."""
    named = received.event.attendees
    own = [one for one in named if one.address == received.sender]
    if len(named) != 1 and len(own) != 1:
        raise _Refused("no-attendee")
    return (own or list(named))[0]


@dataclass(frozen=True, slots=True)
class _Part:
    """The series, or one instance, as it is kept."""

    source: Component
    sequence: int

    def asked(self, address: str) -> Line | None:
        lines = self.source.all("ATTENDEE")
        return next((line for line in lines if address_in(line) == address), None)


def _parts(received: Received, series: Series, who: Attendee) -> dict[Moment | None, _Part]:
    """Everything that is kept of the series, with the instance that is answered; the whole under None."""
    found: dict[Moment | None, _Part] = {
        event.recurrence_id and moment_key(event.recurrence_id): _Part(event.source, event.sequence)
        for event in series.events
    }
    at, whole = received.event.recurrence_id, series.whole
    if received.key not in found:
        if at is None or whole is None or not takes_place(whole, at):
            raise _Refused("no-instance", who=who.address)
        found[received.key] = _Part(instance_of(whole, at), whole.sequence)
    return found


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer, and what it comes to where it is given."""

    who: Attendee
    event: Event

    def on(self, part: _Part) -> str:
        """Whether it still counts there."""
        line = part.asked(self.who.address)
        asked = line.param(ASKED_SEQUENCE) if line else ""
        if self.event.sequence < (int(asked) if asked.isdecimal() else part.sequence):
            return "stale-answer"
        last = _last(line) if line else None
        if last is None or self.event.age > last:
            return "answered"
        return "seen" if self.event.age == last else "stale"

    def noted(self, part: _Part) -> Component:
        """The part with the answer on the attendee; a stand-in who was not asked before is added."""
        if part.asked(self.who.address) is None:
            line = Line("ATTENDEE", f"mailto:{self.who.address}", (("CN", (self.who.name,)),))
            return replace(part.source, lines=(*part.source.lines, self._on_line(line)))
        return with_attendees(part.source, self._on_line)

    def _on_line(self, line: Line) -> Line:
        if address_in(line) != self.who.address:
            return line
        to = f"mailto:{self.who.delegated_to}" if self.who.delegated_to else ""
        line = line.with_param("PARTSTAT", self.who.partstat).with_param("DELEGATED-TO", to)
        line = line.with_param(REPLIED_SEQUENCE, str(self.event.sequence))
        return line.with_param(REPLIED_STAMP, f"{self.event.age[1]:{_STAMP}}")


def _last(line: Line) -> tuple[int, datetime] | None:
    """The age of the last answer that was noted."""
    sequence, stamp = line.param(REPLIED_SEQUENCE), line.param(REPLIED_STAMP)
    try:
        return int(sequence), datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
