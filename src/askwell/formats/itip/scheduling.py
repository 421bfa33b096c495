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
    asked_last,
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
        """A sequence above all that were told."""
        return max(self._after.sequence, self._before.sequence + 1)

    # What has changed

    def _weighed(self) -> Weight:
        """How much the series as a whole has changed."""
        old, new = self._before.whole, self._after.whole
        if old is None or new is None:
            return Weight.NONE
        found = weigh(old, new)
        # Only the whole can tell that a day is left out no more, even where it is an instance of its own now,
        # or that an instance is again what the series says.
        restored = left_out(old).keys() - left_out(new).keys()
        unlike = self._before.instances.keys() - self._after.instances.keys() - left_out(new).keys()
        if restored or unlike:
            found = max(found, Weight.RAISES)
        if found and (left_out(new).keys() != left_out(old).keys() or self._single):
            found = max(found, Weight.RAISES)
        return found

    def _single_changes(self) -> dict[Moment, Weight]:
        """How much each instance has changed that the series keeps."""
        found: dict[Moment, Weight] = {}
        if not self._before.events:
            return found
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
            return self._request(self._told) + self._only_single()
        return [*self._removed(), *self._request(self._told), *self._instances()]

    def _all_cancelled(self) -> list[Message]:
        old = self._before
        if old.whole and old.whole.cancelled:
            return []
        told = self._sender.asked(old.whole)
        found = [self._cancel(old.whole, told)] if old.whole and told else []
        for event in old.instances.values():
            alone = [one for one in self._sender.asked(event) if one not in told]
            if alone and not event.cancelled:
                found.append(self._cancel(event, alone))
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
        return [self._uninvite(whole, self._no_more, self._sequence)] if whole and self._no_more else []

    @property
    def _no_more(self) -> set[str]:
        """Who was asked to the whole and is no longer."""
        old, new = self._before.whole, self._after.whole
        return set(self._sender.asked(old)) - set(self._sender.asked(new)) if old and new else set()

    @property
    def _told(self) -> list[str]:
        """Whom the whole concerns: all, or who is asked now and was not."""
        now, then = (self._sender.asked(one.whole) for one in (self._after, self._before))
        return list(now) if self._weight else [one for one in now if one not in then]

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
        if whole := self._before.whole:
            found += [one for at in self._newly_left_out for one in self._left_out(whole, at)]
        return found

    @property
    def _newly_left_out(self) -> list[Moment]:
        old, new = (left_out(one.whole) if one.whole else {} for one in (self._before, self._after))
        return [at for key, at in new.items() if key not in old] if self._before.whole else []

    def _left_out(self, whole: Event, at: Moment) -> list[Message]:
        event = self._before.instances.get(moment_key(at))
        if event is None:
            made = calendar_file([instance_of(whole, at)], zones=self._sender.zones)
            (event,) = read_calendar(made).events
        to = self._still_asked(self._sender.asked(event))
        return [self._cancel(event, to)] if to and not event.cancelled else []

    def _still_asked(self, people: Iterable[str]) -> list[str]:
        """Leave out who is no longer asked to the whole: they have been told so, for every instance."""
        return [one for one in people if one not in self._no_more]

    def _about(self, key: Moment) -> list[Message]:
        """Tell what has become of one instance."""
        event = self._after.instances[key]
        was = self._was(key)
        now, then = self._sender.asked(event), self._sender.asked(was)
        if event.cancelled:
            told = self._still_asked(then) if was and not was.cancelled else []
            return [self._cancel(event, told)] if told else []
        found = []
        if was and (gone := set(self._still_asked(then)) - set(now)):
            found.append(self._uninvite(was, gone, int(self._instance(key).value("SEQUENCE"))))
        if to := self._told_of(key):
            found.append(self._sender.message("REQUEST", to, [self._instance(key)]))
        return found

    def _told_of(self, key: Moment) -> list[str]:
        """Whom an instance concerns: all, or who is asked now and was not."""
        now, then = (self._sender.asked(one) for one in (self._after.instances[key], self._was(key)))
        return list(now) if key in self._single else [one for one in now if one not in then]

    # What is kept

    @property
    def _sequence(self) -> int:
        """The sequence of the whole from now on."""
        if self._weight >= Weight.RAISES or self._no_more or self._newly_left_out:
            return self._raised
        return max(one.whole.sequence if one.whole else 0 for one in (self._before, self._after))

    def kept(self) -> list[Component]:
        """The series as the organizer keeps it: newer than what was told, asked anew where it moved."""
        if self._gone:
            events = self._after.events
            return [stamped(one.source, sequence=self._raised, now=self._sender.now) for one in events]
        whole = [self._whole(self._after.whole)] if self._after.whole else []
        return [*whole, *(self._instance(key) for key in self._after.moments)]

    def untold(self) -> list[Component]:
        """The series as it is, where nobody needs to be told: no older than what was told before."""
        return [self._no_older(event) for event in self._after.events]

    def _no_older(self, event: Event) -> Component:
        key = moment_key(event.recurrence_id) if event.recurrence_id else None
        was = self._before.whole if key is None else self._before.instances.get(key)
        if was is None or was.sequence <= event.sequence:
            return event.source
        return event.source.having(Line("SEQUENCE", str(was.sequence)))

    def _whole(self, event: Event) -> Component:
        return self._made(event, self._weight, self._before.whole, self._told)

    def _instance(self, key: Moment) -> Component:
        """An instance, raised with the whole or by itself."""
        event, was = self._after.instances[key], self._was(key)
        weight = max(self._weight, self._single.get(key, Weight.NONE))
        return self._made(event, weight, was, self._told if self._weight else self._told_of(key))

    def _made(self, event: Event, weight: Weight, was: Event | None, told: Iterable[str]) -> Component:
        """The event with its new age; who is not told of that is known to have been told the last."""
        source = event.source
        if weight is Weight.MOVES:
            source = answers_reset(source, self._sender.organizer)
        raised = weight >= Weight.RAISES or bool(self._no_longer(event, was))
        sequence = self._raised if raised else max(event.sequence, was.sequence if was else 0, self._sequence)
        last = str(was.sequence) if was and was.sequence != sequence else ""
        return stamped(asked_last(source, told, last), sequence=sequence, now=self._sender.now)

    def _no_longer(self, event: Event, was: Event | None) -> set[str]:
        return set(self._sender.asked(was)) - set(self._sender.asked(event))
