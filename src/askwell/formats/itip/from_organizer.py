"""What the organizer may say: REQUEST, CANCEL, ADD, DECLINECOUNTER.

Theory of operation.  Only the organizer that an event was first asked by is heard about it, and only from
their own address, or the one the event names as writing for them.  The whole series and each instance
have an age of their own; an instance is never older than the whole, so that a REQUEST for the series
ends the instances it does not name that were told before it.  A cancelled instance is kept as
one, with its age, so that an old REQUEST for it, coming late, does not bring it back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from askwell.formats.itip.events import moment_key
from askwell.formats.itip.lines import Component, Line
from askwell.formats.itip.meaning import when
from askwell.formats.itip.outcomes import Received, Verdict, takes_place
from askwell.formats.itip.reading import address_in
from askwell.formats.itip.rules import fields_of, text_of
from askwell.formats.itip.values import instant, order, written
from askwell.formats.itip.writing import instance_of, moment_line, with_attendees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.formats.itip.events import Event, Series
    from askwell.formats.itip.values import Moment


def request(received: Received) -> Verdict:
    """The organizer asks, or says how the event is now."""
    event, series = received.event, received.series
    if series is None:
        return _invited(received)
    if refused := _not_heard(received):
        return refused
    key = received.key
    stored = series.whole if key is None else series.instances.get(key)
    if old := _old(event, stored, series):
        return Verdict(code=old)
    source = _taken(event, stored, received.own)
    if key is None:
        return _changed(event, [source, *_surviving(event, series)])
    return _changed(event, _with_instance(series, key, source))


def cancel(received: Received) -> Verdict:
    """The organizer says that it does not take place, or that one need not come."""
    event, series = received.event, received.series
    if series is None:
        return Verdict(code="no-event")
    if refused := _not_heard(received):
        return refused
    stored = series.whole if received.key is None else series.instances.get(received.key)
    if event.this_and_future:
        stored = series.whole
    if old := _old(event, stored, series):
        return Verdict(code=old)
    if event.recurrence_id is None:
        return _cancelled_whole(received, series)
    if event.this_and_future:
        return _cut(event, series, event.recurrence_id)
    return _cancelled_instance(event, series, event.recurrence_id)


def add(received: Received) -> Verdict:
    """The organizer adds a time to the series."""
    event, series = received.event, received.series
    if series is None:
        return Verdict(code="no-event")
    if refused := _not_heard(received):
        return refused
    whole = series.whole
    if event.starts is None:
        return Verdict(code="no-time")
    if whole is None or event.sequence > whole.sequence + 1:
        return Verdict(code="missed", who=_name(event))
    if old := _old(event, whole, series):
        return Verdict(code=old)
    further = replace(whole.source, lines=(*whole.source.lines, moment_line("RDATE", event.starts)))
    single = event.source.having(moment_line("RECURRENCE-ID", event.starts))
    others = [one.source for one in series.events if one.recurrence_id]
    return Verdict(code="added", who=_name(event), events=(_aged(further, event), *others, single))


def decline_counter(received: Received) -> Verdict:
    """The organizer keeps to the time."""
    if received.series is None:
        return Verdict(code="no-event")
    return _not_heard(received) or Verdict(code="proposal-declined", who=_name(received.event))


def _not_heard(received: Received) -> Verdict | None:
    """Why this is not the organizer's word."""
    series, claimed = received.series, received.event.organizer
    organizer = series.organizer if series else None
    if organizer is None or claimed is None or claimed.address != organizer.address:
        return Verdict(code="other-organizer", who=claimed.address if claimed else received.sender)
    if received.sender and received.sender not in {organizer.address, organizer.sent_by}:
        return Verdict(code="sender-differs", who=organizer.address, sender=received.sender)
    return None


def _old(event: Event, stored: Event | None, series: Series) -> str:
    """Whether the component is older than what is kept, or the same."""
    whole = series.whole
    if whole and event.recurrence_id and event.sequence < whole.sequence:
        return "stale"
    if stored is None or event.age > stored.age:
        return ""
    return "seen" if event.age == stored.age else "stale"


def _name(event: Event) -> str:
    return event.organizer.address if event.organizer else ""


def _invited(received: Received) -> Verdict:
    """There was no such event: whoever sent the mail, this is an invitation."""
    event, sender = received.event, received.sender
    speaks = {event.organizer.address, event.organizer.sent_by} if event.organizer else {""}
    by_other = bool(sender) and sender not in speaks
    return Verdict(
        code="invited-by-other" if by_other else "invited",
        who=_name(event),
        sender=sender,
        events=(_taken(event, None, received.own),),
    )


def _changed(event: Event, components: Iterable[Component]) -> Verdict:
    return Verdict(code="changed", who=_name(event), events=tuple(components))


def _taken(event: Event, stored: Event | None, own: str) -> Component:
    """The component as it is kept: with one's own alarms, and one's answer where the time is the same."""
    source = replace(event.source, parts=stored.source.parts if stored else ())
    mine = stored.attendee(own) if stored and own else None
    if not stored or not mine or event.sequence != stored.sequence or when(event) != when(stored):
        return source

    def answered(line: Line) -> Line:
        waiting = line.param("PARTSTAT").upper() in {"", "NEEDS-ACTION"}
        return line.with_param("PARTSTAT", mine.partstat) if address_in(line) == own and waiting else line

    return with_attendees(source, answered)


def _surviving(event: Event, series: Series) -> list[Component]:
    """The instances that still differ from the series as it is told now."""
    if series.whole and when(series.whole) != when(event):
        return []
    return [one.source for one in series.instances.values() if one.sequence >= event.sequence]


def _with_instance(series: Series, key: Moment | None, source: Component) -> list[Component]:
    others = [one.source for at, one in series.instances.items() if at != key]
    return [*([series.whole.source] if series.whole else []), *others, source]


def _cancelled_whole(received: Received, series: Series) -> Verdict:
    event, whole = received.event, series.whole
    named = {one.address for one in event.attendees}
    asked = {one.address for one in whole.attendees} if whole else set()
    others = bool(received.own) and received.own not in named and bool(named) and named < asked
    if whole and others and not event.cancelled:
        kept = with_attendees(whole.source, lambda line: None if address_in(line) in named else line)
        rest = [one.source for one in series.instances.values()]
        told = ", ".join(sorted(named))
        return Verdict(code="uninvited", who=_name(event), what=told, events=(_aged(kept, event), *rest))
    ends = [one for one in series.events if one.recurrence_id is None or whole is None]
    components = [_cancelled(one.source, event) if one in ends else one.source for one in series.events]
    return Verdict(code="cancelled", who=_name(event), events=tuple(components))


def _cancelled_instance(event: Event, series: Series, at: Moment) -> Verdict:
    key = moment_key(at)
    stored = series.instances.get(key)
    if stored is None and not (series.whole and takes_place(series.whole, at)):
        return Verdict(code="no-instance")
    source = stored.source if stored else instance_of(series.events[0], at)
    components = _with_instance(series, key, _cancelled(source, event))
    return Verdict(code="cancelled", who=_name(event), events=tuple(components))


def _cut(event: Event, series: Series, at: Moment) -> Verdict:
    """This instance and all after it do not take place."""
    components = [
        _shortened(one, at) if one.recurrence_id is None else one.source for one in _before(series, at)
    ]
    if not components or not series.whole or order(series.whole.starts or at) >= order(at):
        components = [_cancelled(one.source, event) for one in series.events]
    first, *rest = components
    return Verdict(code="cancelled", who=_name(event), events=(_aged(first, event), *rest))


def _before(series: Series, at: Moment) -> list[Event]:
    """The series, and its instances until then."""
    return [one for one in series.events if one.recurrence_id is None or order(one.recurrence_id) < order(at)]


def _shortened(whole: Event, at: Moment) -> Component:
    """The series with an end before that moment."""
    rdates = [moment_line("RDATE", one) for one in whole.rdates if order(one) < order(at)]
    source = whole.source.without("RDATE", "RRULE")
    fields = fields_of(whole.rrule) if whole.rrule else {}
    fields.pop("COUNT", None)
    until = at - (timedelta(seconds=1) if isinstance(at, datetime) else timedelta(days=1))
    lines = (
        [Line("RRULE", text_of({**fields, "UNTIL": written(instant(until) or until)[0]}))] if fields else []
    )
    return replace(source, lines=(*source.lines, *lines, *rdates))


def _cancelled(source: Component, event: Event) -> Component:
    return _aged(source.having(Line("STATUS", "CANCELLED")), event)


def _aged(source: Component, event: Event) -> Component:
    """The component with the age of the message."""
    stamp = Line("DTSTAMP", written(event.age[1])[0])
    return source.having(stamp, Line("SEQUENCE", str(event.sequence)))
