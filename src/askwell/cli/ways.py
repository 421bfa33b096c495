"""Who can introduce the seeker to somebody, or into a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.queries.ways import Way, Ways
    from askwell.people.models import Organization


def ways(
    to: Annotated[
        str,
        typer.Argument(metavar="PERSON|PLACE", help="A person as in show, or the name of an organization."),
    ],
    many: Annotated[int, typer.Option("-k", metavar="N", min=1, max=20, help="At most so many ways.")] = 3,
    now: Now = "",
    json: Json = False,
) -> None:
    """Who can introduce you: the surest ways first, no two through one person, each with whom to ask next."""
    from askwell.cli.desk import sit_down
    from askwell.outreach.queries.ways import ways_into, ways_to

    desk = sit_down(now=now, json=json)
    place = _place(desk, to)
    found = (
        ways_into(place, most=many, now=desk.now)
        if place
        else ways_to(desk.person(to), most=many, now=desk.now)
    )
    rows = [_row(way) for way in found.ways]
    desk.list(rows, _told, empty=_none(found))


def _place(desk: Desk, name: str) -> Organization | None:
    from askwell.people.models import Organization
    from askwell.search.text import fold

    wanted = fold(name.strip())
    rows = Organization.objects.for_owner(desk.owner).order_by("pk")
    return next((row for row in rows if fold(row.name) == wanted), None)


def _row(way: Way) -> dict[str, Any]:
    last = way.hops[-1]
    return {
        "ask": way.ask.target,
        "ask_name": way.ask.target_name,
        "for": way.to.target if way.to else None,
        "for_name": way.to.target_name if way.to else None,
        "to": last.target,
        "to_name": last.target_name,
        "next": _next(way),
        "hops": [
            {
                "source": hop.source,
                "source_name": hop.source_name,
                "target": hop.target,
                "target_name": hop.target_name,
                "why": [reason.sentence for reason in hop.reasons],
            }
            for hop in way.hops
        ],
    }


def _next(way: Way) -> str:
    """Give the command that takes the next step."""
    if way.to is None:
        return f"askwell draft '#{way.ask.target}'"
    name = way.to.target_name.replace("'", "")
    return f"askwell draft '#{way.ask.target}' --mode intro_request --introduce-to '{name}'"


def _told(row: dict[str, Any]) -> str:
    names = [_("You"), *(hop["target_name"] for hop in row["hops"])]
    hops = [
        f"  {hop['source_name'] or names[0]}, {hop['target_name']}: {' '.join(hop['why'])}"
        for hop in row["hops"]
    ]
    return "\n".join([" - ".join(names), *hops, f"  {row['next']}"])


def _none(found: Ways) -> str:
    if found.closed:
        return _("There is a way, but something you noted stands against asking.")
    return _(
        "No way is known. Note who told you of them (askwell reply PERSON named --name NAME), "
        "or bring in your mail: people on one letter know each other."
    )
