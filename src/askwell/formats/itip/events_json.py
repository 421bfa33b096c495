"""Events, messages and what came of them as JSON; docs/calendar-json.md describes the shapes."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from askwell.formats.itip.values import instant
from askwell.formats.itip.zones import zone_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from askwell.formats.itip.applying import Applied
    from askwell.formats.itip.events import Alarm, Calendar, Event
    from askwell.formats.itip.expanding import Occurrence
    from askwell.formats.itip.outcomes import Proposal
    from askwell.formats.itip.scheduling import Message
    from askwell.formats.itip.values import Moment
    from askwell.formats.records import Problem

Json = dict[str, Any]


def calendar_to_json(calendar: Calendar, *, file: str, zone: tzinfo | None = None) -> Iterator[Json]:
    """An object of type ``event`` each, in order; for a file without any, one of type ``problem`` each."""
    if not calendar.events:
        nowhere: Json = {"file": file, "index": None}
        yield from (
            {"type": "problem", "source": nowhere, **problem_to_json(one)} for one in calendar.problems
        )
        return
    told = _problems_by_event(calendar)
    for index, event in enumerate(calendar.events):
        source = {"file": file, "index": index, "line": event.line}
        yield {"type": "event", "source": source, **event_to_json(event, zone), "problems": told[index]}


def _problems_by_event(calendar: Calendar) -> list[list[Json]]:
    """Each problem at the event it stands in; those before all events at the first."""
    told: list[list[Json]] = [[] for _ in calendar.events]
    lines = [event.line for event in calendar.events]
    for problem in calendar.problems:
        at = bisect_right(lines, problem.line)
        told[max(at - 1, 0)].append(problem_to_json(problem))
    return told


def problem_to_json(problem: Problem) -> Json:
    """One problem: where, which, and what was done."""
    return {
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "severity": problem.severity.value,
    }


def event_to_json(event: Event, zone: tzinfo | None = None) -> Json:
    """One event; ``zone`` is where days begin and floating times are read for ``utc``."""
    return {
        "method": event.method,
        "uid": event.uid,
        "sequence": event.sequence,
        "dtstamp": _utc(event.dtstamp),
        "recurrence_id": moment_to_json(event.recurrence_id, zone),
        "this_and_future": event.this_and_future,
        "start": moment_to_json(event.starts, zone),
        "end": moment_to_json(event.ends, zone),
        "duration_seconds": _seconds(event),
        "all_day": event.all_day,
        "zone_written": event.zone,
        "zone_from": event.zone_from,
        **_people(event),
        "status": event.status,
        "transparent": event.transparent,
        "private": event.private,
        **{key: getattr(event, key) for key in ("summary", "location", "description", "url", "comment")},
        "rrule": event.rrule,
        "rdates": [moment_to_json(moment, zone) for moment in event.rdates],
        "exdates": [moment_to_json(moment, zone) for moment in event.exdates],
        "alarms": [_alarm(alarm) for alarm in event.alarms],
    }


def _people(event: Event) -> Json:
    names = ("address", "name", "sent_by")
    organizer = event.organizer
    attendee = (*names, "partstat", "role", "rsvp", "kind", "delegated_to", "delegated_from")
    return {
        "organizer": {key: getattr(organizer, key) for key in names} if organizer else None,
        "attendees": [{key: getattr(one, key) for key in attendee} for one in event.attendees],
    }


def moment_to_json(moment: Moment | None, zone: tzinfo | None = None) -> Json | None:
    """``local`` as on the wall, ``zone`` of that wall (null: floating, or a day), ``utc`` the instant."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        begins = datetime.combine(moment, time(), zone) if zone else None
        return {"local": moment.isoformat(), "zone": None, "utc": _utc(begins)}
    placed = moment if moment.tzinfo or not zone else moment.replace(tzinfo=zone)
    local = moment.replace(tzinfo=None).isoformat()
    return {"local": local, "zone": zone_name(moment.tzinfo) or None, "utc": _utc(instant(placed))}


def _utc(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else None


def _seconds(event: Event) -> int | None:
    """How long it lasts: exactly where the zone is known, else by the clock."""
    starts, ends = event.starts, event.ends
    if starts is None or ends is None:
        return None
    one, other = instant(starts), instant(ends)
    if one and other:
        return _whole(other - one)
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return _whole(ends.replace(tzinfo=None) - starts.replace(tzinfo=None))
    return _whole(ends - starts)


def _whole(length: timedelta) -> int:
    return int(length.total_seconds())


def _alarm(alarm: Alarm) -> Json:
    return {
        "action": alarm.action,
        "before_seconds": None if alarm.before is None else _whole(alarm.before),
        "from_end": alarm.from_end,
        "at": _utc(alarm.at),
        "description": alarm.description,
    }


def occurrence_to_json(occurrence: Occurrence, zone: tzinfo | None = None) -> Json:
    """One time an event takes place."""
    return {
        "start": moment_to_json(occurrence.starts, zone),
        "end": moment_to_json(occurrence.ends, zone),
        "recurrence_id": moment_to_json(occurrence.event.recurrence_id, zone),
        "summary": occurrence.event.summary,
    }


def message_to_json(message: Message) -> Json:
    """One message to send."""
    return {
        "method": message.method,
        "to": list(message.to),
        "uid": message.uid,
        "sequence": message.sequence,
        "ics": message.calendar.decode(),
    }


def applied_to_json(applied: Applied) -> Json:
    """What an incoming message came to."""
    return {
        "outcome": applied.outcome.value,
        "code": applied.code,
        "reason": applied.reason,
        "method": applied.method,
        "uid": applied.uid,
        "changes": [
            {"what": one.what, "before": one.before, "after": one.after, "recurrence_id": one.recurrence_id}
            for one in applied.changes
        ],
        "proposal": _proposal(applied.proposal),
        "comment": applied.comment,
        "answer_to": applied.answer_to,
        "ics": applied.calendar.decode(),
    }


def _proposal(proposal: Proposal | None) -> Json | None:
    if proposal is None:
        return None
    return {
        "attendee": proposal.attendee,
        "start": moment_to_json(proposal.starts),
        "end": moment_to_json(proposal.ends),
        "location": proposal.location,
        "comment": proposal.comment,
        "recurrence_id": moment_to_json(proposal.recurrence_id),
    }
