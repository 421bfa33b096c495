"""The messages that a change of an event must send (RFC 5546), and the event as it is to be kept.

Theory of operation.  Both versions are compared by UID.  A new event is a REQUEST to everybody asked; one
that is gone or cancelled, a CANCEL to all who had been asked.  A change is a REQUEST to all: with the
SEQUENCE raised where ``meaning`` says so, and everybody asked anew where it moves.  Who is no longer
asked gets a CANCEL and nobody else hears of it; who is asked now gets the REQUEST, and nobody else
hears of it either.  What only concerns single instances is told with their RECURRENCE-ID.

A sequence never goes down: a raised one is above that of every instance in the series, so that what is
sent is newer than anything out there.  The organizer is never written to; nor is who cannot be by mail, or
has asked not to be (SCHEDULE-AGENT=NONE).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.formats.itip.events import Calendar, Event, Series, bare, moment_key
from askwell.formats.itip.lines import Component, Line
from askwell.formats.itip.meaning import Weight, left_out, weigh
from askwell.formats.itip.reading import address_in, read_calendar
from askwell.formats.itip.writing import (
    answers_reset,
    calendar_file,
    instance_of,
    outgoing,
    stamped,
    with_attendees,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from askwell.formats.itip.values import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to send: the same calendar to each of ``to``, one mail a person."""

    method: str
    to: tuple[str, ...]
    uid: str
    sequence: int
    calendar: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``messages`` to send, in order, and ``kept``: the calendar as the organizer keeps it from now on.

    ``not_own`` are the UIDs of events that somebody else calls people to: for these nothing is sent.
    """

    messages: tuple[Message, ...]
    kept: bytes
    not_own: tuple[str, ...] = ()


def plan(organizer: str, before: Calendar | None, after: Calendar | None, *, now: datetime) -> Plan:
    """What ``organizer`` must send when ``before`` has become ``after``. ``now`` is aware."""
    old, new = (one.series() if one else {} for one in (before, after))
    zones = tuple(zone for one in (after, before) if one for zone in one.zones)
    messages: list[Message] = []
    kept: list[Component] = []
    foreign: list[str] = []
    for uid in dict.fromkeys((*new, *old)):
        change = _Change(_Sender(bare(organizer), zones, now), old.get(uid), new.get(uid))
        if change.own:
            found = change.messages()
            messages += found
            kept += change.kept() if found else change.untold()
        else:
            foreign.append(uid)
            kept += change.untold()
    return Plan(messages=tuple(messages), kept=calendar_file(kept, zones=zones), not_own=tuple(foreign))


@dataclass(frozen=True, slots=True)
class _Sender:
    """Who sends, when, and with which zones."""

    organizer: str
    zones: tuple[Component, ...]
    now: datetime

    def asked(self, *events: Event | None) -> dict[str, Line]:
        """The lines of those asked who can be written to, by address."""
        lines = [line for event in events if event for line in event.source.all("ATTENDEE")]
        found = {address_in(line): line for line in lines if line.param("SCHEDULE-AGENT").upper() != "NONE"}
        found.pop(self.organizer, None)
        return {address: line for address, line in found.items() if "@" in address}

    def message(self, method: str, to: Iterable[str], components: Iterable[Component]) -> Message:
        sent = [self._addressed(one) for one in components]
        return Message(
            method=method,
            to=tuple(to),
            uid=sent[0].value("UID"),
            sequence=int(sent[0].value("SEQUENCE")),
            calendar=calendar_file(sent, zones=self.zones, method=method),
        )

    def _addressed(self, component: Component) -> Component:
        made = outgoing(component)
        if made.first("ORGANIZER"):
            return made
        return made.having(Line("ORGANIZER", f"mailto:{self.organizer}"))


class _Change:
    """What has become of one series."""

    def __init__(self, sender: _Sender, before: Series | None, after: Series | None) -> None:
        self._sender = sender
        self._before = before or Series(None, {})
        self._after = after or Series(None, {})
        self._single = self._single_changes()
        self._weight = self._weighed()

    @property
    def own(self) -> bool:
        """Whether these events are the sender's to change."""
        organizer = self._after.organizer or self._before.organizer
        return organizer is None or self._sender.organizer in {organizer.address, organizer.sent_by}

    @property
    def _gone(self) -> bool:
        whole = self._after.whole
        return whole.cancelled if whole else not self._after.instances

    @property
    def _raised(self) -> int:
        """A sequence above all that were told: one more was, to take out an instance that nothing shows."""
        whole = self._before.whole
        unseen = 1 if whole and whole.exdates else 0
        return max(self._after.sequence, self._before.sequence + 1 + unseen)

    # What has changed

    def _weighed(self) -> Weight:
        """How much the series as a whole has changed."""
        old, new = self._before.whole, self._after.whole
        if old is None or new is None:
            return Weight.NONE
        found = weigh(old, new)
        restored = left_out(old).keys() - left_out(new).keys() - self._after.instances.keys()
        unlike = self._before.instances.keys() - self._after.instances.keys() - left_out(new).keys()
        if restored or unlike:  # an instance is again what the series says: only the whole can tell
            found = max(found, Weight.RAISES)
        if found and (left_out(new).keys() != left_out(old).keys() or self._single):
            found = max(found, Weight.RAISES)
        return found

    def _single_changes(self) -> dict[Moment, Weight]:
        """How much each instance has changed that the series keeps."""
        found = {}
        for key, event in self._after.instances.items():
            was = self._was(key)
            weight = weigh(was, event) if was else Weight.MOVES
            if weight:
                found[key] = weight
        return found

    def _was(self, key: Moment) -> Event | None:
        """The instance as it was told, from the series where it did not differ."""
        if key in self._before.instances:
            return self._before.instances[key]
        whole = self._before.whole
        if whole is None or key in left_out(whole):
            return None
        at = self._after.instances[key].recurrence_id or key
        (made,) = read_calendar(calendar_file([instance_of(whole, at)], zones=self._sender.zones)).events
        return made

    # What is told

    def messages(self) -> list[Message]:
        if self._gone:
            return self._all_cancelled()
        if self._before.whole is None and self._after.whole:
            return self._request(self._sender.asked(self._after.whole)) + self._only_single()
        return [*self._removed(), *self._asked(), *self._instances()]

    def _all_cancelled(self) -> list[Message]:
        old = self._before
        if old.whole and old.whole.cancelled:
            return []
        told = self._sender.asked(old.whole)
        found = [self._cancel(old.whole, told)] if old.whole and told else []
        for event in old.instances.values():
            alone = self._sender.asked(event).keys() - told.keys()
            if alone and not event.cancelled:
                found.append(self._cancel(event, sorted(alone)))
        return found

    def _cancel(self, event: Event, to: Iterable[str]) -> Message:
        """Tell that the event, or the instance, does not take place."""
        source = stamped(event.source, sequence=self._raised, now=self._sender.now)
        return self._sender.message("CANCEL", to, [source.having(Line("STATUS", "CANCELLED"))])

    def _uninvite(self, event: Event, to: set[str], sequence: int) -> Message:
        """Tell single people that they are no longer asked: without a STATUS (RFC 5546, 3.2.5)."""
        source = stamped(event.source, sequence=sequence, now=self._sender.now).without("STATUS")
        named = with_attendees(source, lambda line: line if address_in(line) in to else None)
        return self._sender.message("CANCEL", sorted(to), [named])

    def _request(self, to: Iterable[str]) -> list[Message]:
        """Tell the series as it is now."""
        people = tuple(to)
        return [self._sender.message("REQUEST", people, self.kept())] if people else []

    def _removed(self) -> list[Message]:
        whole = self._before.whole
        gone = self._sender.asked(whole).keys() - self._sender.asked(self._after.whole).keys()
        if whole is None or self._after.whole is None or not gone:
            return []
        return [self._uninvite(whole, set(gone), self._sequence)]

    def _asked(self) -> list[Message]:
        """Tell the whole to those whom it concerns: all, or who is asked now and was not."""
        now = self._sender.asked(self._after.whole)
        then = self._sender.asked(self._before.whole)
        return self._request(now if self._weight else [one for one in now if one not in then])

    def _only_single(self) -> list[Message]:
        """Tell those who are asked to single instances only."""
        whole = self._sender.asked(self._after.whole)
        found = []
        for key in self._after.moments:
            alone = [one for one in self._sender.asked(self._after.instances[key]) if one not in whole]
            if alone:
                found.append(self._sender.message("REQUEST", alone, [self._instance(key)]))
        return found

    def _instances(self) -> list[Message]:
        """Tell what concerns single instances."""
        if self._weight:
            return self._only_single()
        found = [one for key in self._after.moments for one in self._about(key)]
        new, old = self._after.whole, self._before.whole
        if new and old:
            added = [at for key, at in left_out(new).items() if key not in left_out(old)]
            found += [one for at in added for one in self._left_out(old, at)]
        return found

    def _left_out(self, whole: Event, at: Moment) -> list[Message]:
        event = self._before.instances.get(moment_key(at))
        if event is None:
            made = calendar_file([instance_of(whole, at)], zones=self._sender.zones)
            (event,) = read_calendar(made).events
        to = self._sender.asked(event)
        return [self._cancel(event, to)] if to and not event.cancelled else []

    def _about(self, key: Moment) -> list[Message]:
        """Tell what has become of one instance."""
        event = self._after.instances[key]
        was = self._was(key)
        now, then = self._sender.asked(event), self._sender.asked(was)
        if event.cancelled:
            told = then if was and not was.cancelled else {}
            return [self._cancel(event, told)] if told else []
        found = []
        if was and (gone := then.keys() - now.keys()):
            found.append(self._uninvite(was, set(gone), int(self._instance(key).value("SEQUENCE"))))
        to = list(now) if key in self._single else [one for one in now if one not in then]
        if to:
            found.append(self._sender.message("REQUEST", to, [self._instance(key)]))
        return found

    # What is kept

    @property
    def _sequence(self) -> int:
        """The sequence of the whole from now on."""
        whole = self._after.whole
        if self._weight >= Weight.RAISES:
            return self._raised
        own = whole.sequence if whole else 0
        return max(own, self._before.whole.sequence if self._before.whole else 0)

    def kept(self) -> list[Component]:
        """The series as the organizer keeps it: newer than what was told, asked anew where it moved."""
        if self._gone:
            events = self._after.events
            return [stamped(one.source, sequence=self._raised, now=self._sender.now) for one in events]
        whole = [self._whole(self._after.whole)] if self._after.whole else []
        return [*whole, *(self._instance(key) for key in self._after.moments)]

    def untold(self) -> list[Component]:
        """The series as it is, where nobody needs to be told."""
        return [event.source for event in self._after.events]

    def _whole(self, event: Event) -> Component:
        source = event.source
        if self._weight is Weight.MOVES:
            source = answers_reset(source, self._sender.organizer)
        return stamped(source, sequence=self._sequence, now=self._sender.now)

    def _instance(self, key: Moment) -> Component:
        """An instance, raised with the whole or by itself."""
        event = self._after.instances[key]
        weight = max(self._weight, self._single.get(key, Weight.NONE))
        was = self._before.instances.get(key)
        told = max(event.sequence, was.sequence if was else 0, self._sequence)
        sequence = self._raised if weight >= Weight.RAISES else told
        source = event.source
        if weight is Weight.MOVES:
            source = answers_reset(source, self._sender.organizer)
        return stamped(source, sequence=sequence, now=self._sender.now)
