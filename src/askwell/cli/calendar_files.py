"""Calendar files in, what they say out, and what a change or an answer means: read-calendar, itip.

Theory of operation.  Nothing here knows a notebook: files or standard input in, JSON lines out.  The exit
code is honest: 0 when all of it was read or done, 1 when something was lost or is refused, 2 when a file
holds no calendar or the command was used wrongly.
"""

from __future__ import annotations

import json as json_module
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json, Now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from askwell.formats.itip.applying import Applied
    from askwell.formats.itip.events import Calendar
    from askwell.formats.itip.imip import Arrived

FINE, LOST, UNUSABLE = 0, 1, 2

Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help=".ics, or .eml with one; - is standard input.")
]
Zone = Annotated[
    str,
    typer.Option(
        "--zone", metavar="ZONE", help="Where times without a zone are, and days begin: Europe/Berlin."
    ),
]


def read_calendar(
    files: Files,
    zone: Zone = "",
    first: Annotated[
        str,
        typer.Option("--from", metavar="DAY", help="Also say when each event takes place, from this day on."),
    ] = "",
    last: Annotated[
        str, typer.Option("--until", metavar="DAY", help="... until the end of this day; at most five years.")
    ] = "",
    json: Json = False,
) -> None:
    """Read calendars and invitations: what each event is, when, whom it asks, one a line."""
    from askwell.formats.itip.imip import read_arrived

    place = _zone(zone)
    span = _span(first, last, place)
    worst = FINE
    for file in files:
        calendar = read_arrived(_bytes(file), file=file).calendar
        for row in _rows(calendar, file, place, span):
            print(_as_json(row) if json else _told(row))
        worst = max(worst, _loss(calendar))
    raise typer.Exit(worst)


def _loss(calendar: Calendar) -> int:
    if not calendar.events:
        return UNUSABLE
    return LOST if any(problem.severity == "error" for problem in calendar.problems) else FINE


def _rows(calendar: Calendar, file: str, zone: ZoneInfo | None, span: Any) -> Iterator[dict[str, Any]]:
    from askwell.formats.itip.events_json import calendar_to_json, occurrence_to_json
    from askwell.formats.itip.expanding import occurrences

    series = calendar.series() if span else {}
    for row in calendar_to_json(calendar, file=file, zone=zone):
        if span and row["type"] == "event" and (told := series.pop(row["uid"], None)):
            row["occurrences"] = [occurrence_to_json(one, zone) for one in occurrences(told, span)]
        yield row


def _zone(name: str) -> ZoneInfo | None:
    from askwell.rules.errors import BadCalendar
    from askwell.rules.timing import zone_of

    try:
        return zone_of(name) if name else None
    except BadCalendar as error:
        raise BadUse(f"There is no time zone “{name}”.", zone=name) from error


def _span(first: str, last: str, zone: ZoneInfo | None) -> Any:
    """The span of two days, or None."""
    from askwell.formats.itip.expanding import Span

    if not first and not last:
        return None
    try:
        days = [datetime.combine(datetime.fromisoformat(day), time(), zone or UTC) for day in (first, last)]
        return Span(days[0], days[1] + timedelta(days=1), zone or UTC)
    except (ValueError, OverflowError) as error:
        raise BadUse(
            "--from and --until want two days such as 2026-11-24, at most five years apart."
        ) from error


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror or error}.", file=file) from error


def _as_json(row: dict[str, Any]) -> str:
    text = json_module.dumps(row, ensure_ascii=False)
    return text if sys.stdout.encoding.lower() in {"utf-8", "utf8"} else json_module.dumps(row)


def _told(row: dict[str, Any]) -> str:
    """Say on one line what an event is; its problems on lines of their own."""
    if row["type"] == "problem":
        return f"{row['source']['file']}  {row['message']}"
    what = f"{_when(row['start'])}  {row['summary']}  [{row['uid']}]"
    head = "  ".join(part for part in (row["method"], row["status"], what) if part)
    people = [f"  {one['address']}  {one['partstat'].lower()}" for one in row["attendees"]]
    times = [f"  on {_when(one['start'])}" for one in row.get("occurrences", ())]
    return "\n".join(
        (head, *people, *times, *(f"  {one['line']}: {one['message']}" for one in row["problems"]))
    )


def _when(moment: dict[str, Any] | None) -> str:
    if moment is None:
        return "no time"
    return f"{moment['local'].replace('T', ' ')} {moment['zone'] or ''}".strip()


def itip(
    organizer: Annotated[
        str,
        typer.Option("--organizer", metavar="ADDRESS", help="Whose event it is: say what they must send."),
    ] = "",
    before: Annotated[
        str, typer.Option("--before", metavar="FILE", help="The event as it was; none: it is new.")
    ] = "",
    after: Annotated[
        str, typer.Option("--after", metavar="FILE", help="... as it is; none: it is deleted.")
    ] = "",
    kept: Annotated[
        str,
        typer.Option("--kept", metavar="FILE", help="Write the event as the organizer keeps it from now on."),
    ] = "",
    stored: Annotated[str, typer.Option("--stored", metavar="FILE", help="The event as it is kept.")] = "",
    incoming: Annotated[
        str, typer.Option("--incoming", metavar="FILE", help="A message (.ics, .eml) to apply to it.")
    ] = "",
    sender: Annotated[
        str, typer.Option("--sender", metavar="ADDRESS", help="Who sent it; left out, who the .eml says.")
    ] = "",
    own: Annotated[str, typer.Option("--own", metavar="ADDRESS", help="Your own address.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Say what a change of an event must send to whom, or apply an incoming message to an event."""
    if incoming and not (organizer or before or after):
        raise typer.Exit(_apply(stored, incoming, sender, own, as_json=json))
    if not organizer or not (before or after) or incoming or stored:
        raise BadUse("Either --organizer with --before or --after, or --incoming with or without --stored.")
    raise typer.Exit(_plan(organizer, before, after, kept=kept, now=now, as_json=json))


def _plan(organizer: str, before: str, after: str, *, kept: str, now: str, as_json: bool) -> int:
    from askwell.cli.notebook import clock
    from askwell.formats.itip.events_json import message_to_json
    from askwell.formats.itip.scheduling import plan

    made = plan(organizer, _calendar(before), _calendar(after), now=clock(now))
    for message in made.messages:
        row = message_to_json(message)
        print(_as_json(row) if as_json else f"{row['method']}  {', '.join(row['to'])}\n{row['ics']}")
    if kept:
        Path(kept).write_bytes(made.kept)
    for uid in made.not_own:
        print(f"askwell: {organizer} is not the organizer of {uid}; nothing is sent.", file=sys.stderr)
    return LOST if made.not_own else FINE


def _apply(stored: str, incoming: str, sender: str, own: str, *, as_json: bool) -> int:
    from askwell.formats.itip.applying import apply
    from askwell.formats.itip.events_json import applied_to_json

    arrived = _arrived(incoming)
    applied = apply(_calendar(stored), arrived.calendar, sender=sender or arrived.sender, own=own)
    print(_as_json(applied_to_json(applied)) if as_json else _came_to(applied))
    return LOST if applied.outcome == "refused" else FINE


def _came_to(applied: Applied) -> str:
    changes = [f"  {one.what}: {one.before or '-'} -> {one.after or '-'}" for one in applied.changes]
    return "\n".join((f"{applied.outcome}  {applied.reason}", *changes))


def _arrived(file: str) -> Arrived:
    """The message in a file.  Raises ``BadUse`` where there is no event in it."""
    from askwell.formats.itip.imip import read_arrived

    arrived = read_arrived(_bytes(file), file=file)
    if not arrived.calendar.events:
        _unusable(arrived.calendar, file)
    return arrived


def _calendar(file: str) -> Calendar | None:
    """The calendar of a file; none where no file is named, an empty one, or one without events."""
    from askwell.formats.itip.imip import read_arrived

    calendar = read_arrived(_bytes(file), file=file).calendar if file else None
    if calendar is None or {problem.code for problem in calendar.problems} & {"empty", "no-events"}:
        return None
    if not calendar.events:
        _unusable(calendar, file)
    return calendar


def _unusable(calendar: Calendar, file: str) -> NoReturn:
    problem = calendar.problems[0]
    raise BadUse(f"{file}: {problem.message}", file=file, code=problem.code)
