"""What reaches the seeker elsewhere: the calendar's address, the daily mail, a notice on the screen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.mailroom.models import CalendarFeed


class What(StrEnum):
    """Which calendar."""

    FEED = "feed"


def calendar(
    what: Annotated[  # noqa: ARG001 - there is one
        What, typer.Argument(help="feed: the secret address your calendar program reads.")
    ],
    new: Annotated[
        bool, typer.Option("--new", help="Make the address, or a new one: the old answers no more.")
    ] = False,
    end: Annotated[bool, typer.Option("--end", help="The address answers no more.")] = False,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what stands under it here; - prints it.")
    ] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """Give the secret address under which a calendar program reads your talks and steps."""
    from askwell.cli.desk import sit_down
    from askwell.mailroom import feeds

    if end and (new or write):
        raise BadUse(_("--end goes alone."))
    desk = sit_down(now=now, json=json)
    if end:
        if not feeds.end_feed(desk.owner):
            raise NotFound(_("There is no such address."))
        desk.answer(_("Ended. The address answers no more."), _feed_row(None))
        return
    found = feeds.renew_feed(desk.owner, now=desk.now) if new else feeds.feed_of(desk.owner)
    if found is None:
        raise NotFound(_("There is no such address yet: askwell calendar feed --new makes it."))
    if write is not None:
        _write_feed(found, write, desk)
    if str(write) != "-":
        desk.answer(_said_of(found), _feed_row(found))


def _write_feed(found: CalendarFeed, path: Path, desk: Desk) -> None:
    from askwell.cli.files import write
    from askwell.outreach.calendar_feed import feed_file

    write(path, [feed_file(found, now=desk.now)])


def _said_of(found: CalendarFeed) -> str:
    from askwell.mailroom.address import is_local
    from askwell.outreach.calendar_feed import feed_link

    lines = [feed_link(found)]
    if is_local():
        lines.append(_("Only programs on this computer reach it, while askwell serve runs."))
    return "\n".join(lines)


def _feed_row(found: CalendarFeed | None) -> dict[str, Any]:
    from askwell.mailroom.address import is_local
    from askwell.outreach.calendar_feed import feed_link

    return {
        "address": feed_link(found) if found else None,
        "made_at": found.made_at if found else None,
        "read_at": found.read_at if found else None,
        "steps": found.steps if found else None,
        "alarm_minutes": found.alarm_minutes if found else None,
        "local_only": is_local(),
    }
