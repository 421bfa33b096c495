"""The employer list: places one would like to work at."""

from __future__ import annotations

import sys
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.choosing import one_of
from askwell.cli.failures import BadUse
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n
from askwell.rules.employers import Posting

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Employer
    from askwell.outreach.queries.employers import EmployerLine

WHAT = "add, rate, later, again, drop or back"
_ONE = "Say which place."


class Seen(StrEnum):
    """What opening was seen, as a word."""

    NONE = "none"
    NEAR = "near"
    FITS = "fits"


def employers(
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help=f"{WHAT}; nothing: the list.")] = "",
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="The place; several to add, - reads them.")
    ] = None,
    motivation: Annotated[
        int | None, typer.Option(min=1, max=5, help="How much you would like it there.")
    ] = None,
    posting: Annotated[Seen | None, typer.Option(help="The opening you saw: none, near, fits.")] = None,
    notes: Annotated[str | None, typer.Option(help="What to keep in mind of it.")] = None,
    until: Annotated[str, typer.Option(metavar="WHEN", help="later: the day to look again.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Places you would like to work at: in order, with whom you know there and where asking stands."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    given = list(names or [])
    if not what:
        _show(desk)
    elif what == "add":
        _add(desk, sys.stdin.read().splitlines() if given == ["-"] else given, motivation)
    elif what == "rate":
        values = {"motivation": motivation, "posting": _seen(posting), "notes": notes}
        _rate(desk, given, {name: value for name, value in values.items() if value is not None})
    elif what in ("later", "again", "drop", "back"):
        _move(desk, what, given, until)
    else:
        raise BadUse(_("%(what)s is none of %(all)s.") % {"what": what, "all": WHAT})


def _seen(posting: Seen | None) -> int | None:
    return None if posting is None else int(Posting[posting.name])


def _show(desk: Desk) -> None:
    from askwell.outreach import queries

    board = queries.employers(desk.owner, now=desk.now, most=None)
    lines = [*board.lines, *board.later] if not desk.json else [*board.lines, *board.later, *board.dropped]
    if lines and not desk.json:
        print(_n("%(n)s of %(count)s place", "%(n)s of %(count)s places", board.target, n=board.count))
    desk.list(map(_row, lines), _line, empty=_("No places yet: askwell employers add “Acme Health”"))


def _add(desk: Desk, names: list[str], motivation: int | None) -> None:
    from askwell.outreach import actions, queries

    added = actions.add_employers(desk.owner, names, now=desk.now, motivation=motivation)
    lines = {line.employer: line for line in queries.employer_lines(desk.owner, added, now=desk.now)}
    told = [_row(lines[one.pk]) for one in added]
    desk.list(told, _line, empty=_("They are on your list already."))


def _rate(desk: Desk, names: list[str], values: dict[str, Any]) -> None:
    from askwell.outreach import actions

    if not values:
        raise BadUse(_("Say --motivation, --posting or --notes."))
    row = _meant(desk, names)
    actions.change_employer(row, now=desk.now, **values)
    _tell(desk, row)


def _move(desk: Desk, what: str, names: list[str], until: str) -> None:
    from askwell.outreach import actions

    row = _meant(desk, names)
    if what == "later":
        actions.keep_for_later(row, look_again_on=desk.day(until), now=desk.now)
    else:
        do = {
            "again": actions.look_again,
            "drop": actions.drop_employer,
            "back": actions.bring_back_employer,
        }
        do[what](row, now=desk.now)
    _tell(desk, row)


def _tell(desk: Desk, row: Employer) -> None:
    from askwell.outreach import queries

    told = _row(queries.employer_lines(desk.owner, [row], now=desk.now)[0])
    desk.answer(_line(told), told)


def _meant(desk: Desk, names: list[str]) -> Employer:
    """Give the place of that name, or with that in its name."""
    from askwell.outreach.models import Employer
    from askwell.search.naming import organization_key

    if len(names) != 1:
        raise BadUse(_(_ONE))
    rows = Employer.objects.for_owner(desk.owner).select_related("organization", "owner").order_by("pk")
    # Acme Inc. is Acme.
    same: list[Employer] = list(rows.filter(organization__key=organization_key(names[0])))
    if len(same) == 1:
        return same[0]
    found: Employer = one_of(rows, names[0], name=attrgetter("organization.name"), say=_(_ONE))
    return found


def _row(line: EmployerLine) -> dict[str, Any]:
    from askwell.cli.desk import plain

    names = ("employer", "organization", "name", "motivation", "notes", "not_hiring_at", "look_again_on")
    row = {name: getattr(line, name) for name in names}
    return {
        **row,
        "dropped_at": line.dropped_at,
        "posting": Posting(line.posting).name.lower(),
        "advocacy": line.advocacy.name.lower(),
        "people": [plain(one) for one in line.people],
        "asked": [plain(one) for one in line.asked],
        "outreach": plain(line.outreach),
        "ask_next": {"contact": line.best, "name": line.best_name} if line.best else None,
        "leads": line.leads,
    }


def _line(row: dict[str, Any]) -> str:
    """Say a place in a line: how dear, its opening, whom one knows, whom to ask."""
    parts = [f"{row['motivation'] or '-'}  {row['name']}"]
    if row["posting"] != "none":
        parts.append({"near": _("something near"), "fits": _("an opening that fits")}[row["posting"]])
    known = [one["name"] for one in row["people"]]
    parts.append(
        _("you know %(names)s") % {"names": ", ".join(known[:3])} if known else _("you know nobody there")
    )
    if row["asked"]:
        parts.append(row["outreach"]["sentence"])
    if row["ask_next"]:
        parts.append(_("ask %(name)s") % {"name": row["ask_next"]["name"]})
    if row["not_hiring_at"]:
        day = row["look_again_on"]
        parts.append(_("not hiring, look again on %(day)s") % {"day": day} if day else _("not hiring"))
    if row["dropped_at"]:
        parts.append(_("taken off the list"))
    return "; ".join(parts)
