"""An incoming message applied to the event one keeps (RFC 5546), or refused with the reason.

Theory of operation.  A message says what it wants with its METHOD; whose word it is decides whether it may.
Only the organizer changes an event (REQUEST, CANCEL, ADD, DECLINECOUNTER), only who was asked answers for
themselves (REPLY, COUNTER, REFRESH), and whoever sent the mail must be the one who speaks in it: a forged
answer is refused.  What is older than what is kept is left alone: of two versions the greater SEQUENCE
holds, of two alike the later DTSTAMP, so the order in which messages arrive does not matter, nor does it
matter if one comes twice.  For answers, each attendee's last one is remembered on the ATTENDEE itself.
A proposal of other times changes nothing by itself.  The series is read anew after each part of a message,
so that a message may have ``MOST_AT_ONCE`` of them.  Nothing raises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from askwell.formats.itip import from_attendees, from_organizer
from askwell.formats.itip.events import Calendar, Series, bare
from askwell.formats.itip.meaning import Change, differences
from askwell.formats.itip.outcomes import Outcome, Proposal, Received, Verdict
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.writing import calendar_file
from askwell.formats.itip.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from askwell.formats.itip.lines import Component, Line

MOST_AT_ONCE = 300  # of a series and its instances in one message
_METHODS: dict[str, Callable[[Received], Verdict]] = {
    "REPLY": from_attendees.reply,
    "COUNTER": from_attendees.counter,
    "REFRESH": from_attendees.refresh,
    "REQUEST": from_organizer.request,
    "CANCEL": from_organizer.cancel,
    "ADD": from_organizer.add,
    "DECLINECOUNTER": from_organizer.decline_counter,
}
# Where a message says several things, the one that weighs most is what it came to.
_RANK = (
    Outcome.REFUSED,
    Outcome.APPLIED,
    Outcome.PROPOSED,
    Outcome.ASKED,
    Outcome.NOTED,
    Outcome.IGNORED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a message came to: ``code`` is stable, ``reason`` a sentence, ``comment`` theirs.

    ``calendar`` is what to keep from now on; it is what was kept where nothing changed.  ``answer_to``
    is who is to be sent the event as it is (REFRESH).
    """

    outcome: Outcome
    code: str
    reason: str
    method: str
    uid: str
    changes: tuple[Change, ...] = ()
    calendar: bytes = b""
    proposal: Proposal | None = None
    comment: str = ""
    answer_to: str = ""


def apply(stored: Calendar | None, incoming: Calendar, *, sender: str = "", own: str = "") -> Applied:
    """What becomes of ``stored`` (None: there is no such event yet) by the message ``incoming``.

    ``sender`` is the address the mail came from, where it is known; ``own`` one's own address.
    """
    application = _Application(stored or Calendar(), incoming, bare(sender), bare(own))
    return application.run()


class _Application:
    """One message on its way into what is kept."""

    def __init__(self, kept: Calendar, incoming: Calendar, sender: str, own: str) -> None:
        self._kept = kept
        self._message = _apart(kept, incoming)
        self._zones = (*self._message.zones, *kept.zones)
        self._people = {"sender": sender, "own": own}
        self._uid = self._about()
        self._before = kept.series().get(self._uid)

    def run(self) -> Applied:
        series, verdicts = self._each()
        verdict = min(verdicts, key=lambda one: _RANK.index(one.outcome))
        if verdict.outcome is not Outcome.APPLIED:
            series = self._before
        return Applied(
            outcome=verdict.outcome,
            code=verdict.code,
            reason=verdict.reason,
            method=self._message.method,
            uid=self._uid,
            changes=differences(self._before, series),
            calendar=self._written(series),
            proposal=verdict.proposal,
            comment=next((event.comment for event in self._message.events if event.comment), ""),
            answer_to=verdict.answer_to,
        )

    def _about(self) -> str:
        """Which event the message is about: one that is kept, where it names one."""
        named = [event.uid for event in self._message.events]
        known = {event.uid for event in self._kept.events}
        return next((uid for uid in named if uid in known), named[0] if named else "")

    def _each(self) -> tuple[Series | None, Sequence[Verdict]]:
        """Apply every component about that event, the whole before its instances."""
        method = _METHODS.get(self._message.method)
        if method is None or not self._message.events:
            return self._before, [_pointless(self._message)]
        if self._before is None and self._kept.events:
            return None, [Verdict(code="other-event")]
        events = self._message.series()[self._uid].events
        if len(events) > MOST_AT_ONCE:
            return self._before, [Verdict(code="too-many")]
        series, verdicts = self._before, []
        for event in events:
            verdict = method(Received(series=series, event=event, **self._people))
            verdicts.append(verdict)
            series = self._read(verdict.events) if verdict.events else series
        return series, verdicts

    def _read(self, components: Sequence[Component]) -> Series:
        return read_calendar(calendar_file(components, zones=self._zones)).series()[self._uid]

    def _written(self, series: Series | None) -> bytes:
        """Everything that is kept from now on."""
        others = [event.source for event in self._kept.events if event.uid != self._uid]
        about = [event.source for event in series.events] if series else []
        return calendar_file([*others, *about], zones=self._zones)


def _pointless(incoming: Calendar) -> Verdict:
    if not incoming.events:
        return Verdict(code="unreadable")
    return Verdict(code="not-for-people" if incoming.method else "no-method", what=incoming.method)


def _apart(kept: Calendar, incoming: Calendar) -> Calendar:
    """The message with other names for the zones it defines otherwise than what is kept does."""
    known = {zone.value("TZID"): zone for zone in kept.zones}
    names = {zone.value("TZID") for zone in incoming.zones if known.get(zone.value("TZID"), zone) != zone}
    names = {name for name in names if known_zone(name) is None}
    if not names:
        return incoming
    events = [_renamed(event.source, names) for event in incoming.events]
    zones = [_renamed(zone, names) for zone in incoming.zones]
    return read_calendar(calendar_file(events, zones=zones, method=incoming.method))


def _renamed(component: Component, names: set[str]) -> Component:
    def other(line: Line) -> Line:
        if line.name == "TZID" and line.value in names:
            return replace(line, value=f"{line.value} of the message")
        name = line.param("TZID")
        return line.with_param("TZID", f"{name} of the message") if name in names else line

    return replace(component, lines=tuple(other(line) for line in component.lines))
