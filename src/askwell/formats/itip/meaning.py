"""What an event says to those who are asked, and what of it differs between two versions.

Theory of operation.  RFC 5546, 2.1.4, lists the properties whose change raises the SEQUENCE: when
(start, end, rule, further and left-out dates) and STATUS, and leaves to the organizer what else may put
an answer in doubt; here that is the place.  Two spellings of one thing are no change: an end is the same
whether given as DTEND or DURATION, an instant whatever zone it is written in, unless the event repeats,
for then its zone decides about summer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from askwell.formats.itip.events import moment_key
from askwell.formats.itip.lines import unescape
from askwell.formats.itip.rules import fields_of
from askwell.formats.itip.zones import zone_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.formats.itip.events import Event, Series
    from askwell.formats.itip.values import Moment

# Further properties the people asked are told of.
_TOLD = ("SUMMARY", "DESCRIPTION", "COMMENT", "URL", "CONFERENCE", "CATEGORIES", "PRIORITY", "CLASS")
_ALSO_TOLD = ("ATTACH", "CONTACT", "GEO", "RESOURCES", "X-ALT-DESC")


class Weight(IntEnum):
    """How much a change weighs: nothing to tell, to tell, to raise the sequence, to ask everybody anew."""

    NONE = 0
    SLIGHT = 1
    RAISES = 2
    MOVES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: ``what`` in words of the data, before and after as text."""

    what: str
    before: str
    after: str
    recurrence_id: str = ""


def weigh(before: Event, after: Event) -> Weight:
    """How much the difference between two versions weighs; who is asked is not looked at."""
    if when(before) != when(after):
        return Weight.MOVES
    if _in_doubt(before) != _in_doubt(after):
        return Weight.RAISES
    both = {one.address for one in before.attendees} & {one.address for one in after.attendees}
    return Weight.SLIGHT if _slight(before, both) != _slight(after, both) else Weight.NONE


def when(event: Event) -> tuple[object, ...]:
    """The time of an event, the same for two ways of writing it."""
    zone = zone_name(event.starts.tzinfo) if event.rrule and isinstance(event.starts, datetime) else ""
    rule = frozenset(fields_of(event.rrule).items()) if event.rrule else frozenset()
    ends = (moment_key(one) if one else None for one in (event.starts, event.ends))
    return (*ends, zone, rule, frozenset(map(moment_key, event.rdates)), event.cancelled)


def left_out(event: Event) -> dict[Moment, Moment]:
    """The dates a series leaves out, by what makes two ways of writing them the same."""
    return {moment_key(moment): moment for moment in event.exdates}


def _in_doubt(event: Event) -> tuple[str, str]:
    status = "" if event.status == "CONFIRMED" else event.status
    return status, " ".join(event.location.split()).casefold()


def _slight(event: Event, people: set[str]) -> tuple[object, ...]:
    lines = [line for line in event.source.lines if line.name in {*_TOLD, *_ALSO_TOLD}]
    told = sorted((line.name, unescape(line.value).strip()) for line in lines if line.value.strip())
    roles = sorted((one.address, one.role) for one in event.attendees if one.address in people)
    name = event.organizer.name if event.organizer else ""
    return tuple(told), event.location.strip(), event.status, name, tuple(roles)


def differences(before: Series | None, after: Series | None) -> tuple[Change, ...]:
    """What a reader would see differ between two versions of a series."""
    old = _seen(before) if before else {}
    new = _seen(after) if after else {}
    keys = dict.fromkeys((*old, *new))
    return tuple(
        Change(what, old.get((at, what), ""), new.get((at, what), ""), at)
        for at, what in keys
        if old.get((at, what), "") != new.get((at, what), "")
    )


def _seen(series: Series) -> dict[tuple[str, str], str]:
    """Everything shown of a series: by instance (nothing for the whole) and by what it is."""
    return {(at_of(event), what): value for event in series.events for what, value in _shown(event)}


def at_of(event: Event) -> str:
    """The recurrence id as text; nothing for the whole."""
    return said(event.recurrence_id) if event.recurrence_id else ""


def said(moment: Moment | None) -> str:
    """A moment as text, with the name of its zone."""
    if moment is None:
        return ""
    zone = zone_name(moment.tzinfo) if isinstance(moment, datetime) else ""
    plain = moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment
    return f"{plain.isoformat()} {zone}".strip()


def _shown(event: Event) -> Iterator[tuple[str, str]]:
    yield "starts", said(event.starts)
    yield "ends", said(event.ends)
    yield "status", event.status
    for what in ("summary", "location", "description", "url", "rrule"):
        yield what, getattr(event, what)
    yield "rdates", " ".join(sorted(map(said, event.rdates)))
    yield "exdates", " ".join(sorted(map(said, event.exdates)))
    for one in event.attendees:
        yield f"answer of {one.address}", one.partstat
