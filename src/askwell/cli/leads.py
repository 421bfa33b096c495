"""Leads: possible openings heard of from somebody, and what was done about them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.choosing import one_of
from askwell.cli.failures import BadUse
from askwell.cli.options import At, Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Lead

WHAT = "list, show, add, acted, thanked, outcome, told or close"
_EVENING = 23


def lead(
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help=f"{WHAT}.")] = "list",
    which: Annotated[
        str, typer.Argument(metavar="[LEAD]", help="Its number, or a word of its title; add: the title.")
    ] = "",
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="outcome: what came of it.")] = "",
    source: Annotated[str, typer.Option("--from", metavar="PERSON", help="add: who told you.")] = "",
    organization: Annotated[str, typer.Option("--at-place", metavar="NAME", help="add: where it is.")] = "",
    detail: Annotated[str, typer.Option(help="add: what they told you.")] = "",
    url: Annotated[str, typer.Option(help="add: its web page.")] = "",
    until: Annotated[str, typer.Option(metavar="WHEN", help="add: the last day to apply.")] = "",
    heard: At = "",
    closed: Annotated[bool, typer.Option("--closed", help="list: closed ones too.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Openings you have heard of: add one, say what you did about it, list them."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import queries

    desk = sit_down(now=now, json=json)
    if what == "list":
        rows = queries.leads(desk.owner, still_open=not closed)
        desk.list((_row(row) for row in rows), _line, empty=_("No leads are open."))
    elif what == "show":
        _show(desk, _meant(desk, which))
    elif what == "add":
        given = {
            "organization": organization,
            "detail": detail,
            "url": url,
            "expires": desk.when(until, hour=_EVENING) if until else None,
            "heard_at": desk.when(heard, past=True) if heard else None,
        }
        _add(desk, which, source, given)
    else:
        _do(desk, what, which, text)


def _add(desk: Desk, title: str, source: str, given: dict[str, Any]) -> None:
    from askwell.outreach import actions

    if not source:
        raise BadUse(_("Say who told you: --from PERSON."))
    made = actions.add_lead(desk.person(source), title=title, now=desk.now, **given)
    row = _row(made)
    said = _("Kept [#%(n)s]. Act within a business day, and thank %(name)s within a day.")
    desk.answer(said % {"n": made.pk, "name": made.source.name}, row)
    if not desk.json:
        _say_who_is_there(made)


def _do(desk: Desk, what: str, which: str, text: str) -> None:
    from askwell.outreach import actions

    said = {
        "acted": _("Acted on: %(title)s."),
        "thanked": _("Thanked %(name)s for %(title)s."),
        "outcome": _("Kept. Tell %(name)s what came of it: askwell draft PERSON --occasion lead_told."),
        "told": _("%(name)s knows what came of it."),
        "close": _("Closed: %(title)s."),
    }
    if what not in said:
        raise BadUse(_("%(what)s is none of %(all)s.") % {"what": what, "all": WHAT})
    row = _meant(desk, which)
    if what == "outcome":
        actions.record_outcome(row, outcome=text, now=desk.now)
    else:
        do = {
            "acted": actions.act_on_lead,
            "thanked": actions.thank_for_lead,
            "told": actions.tell_outcome,
            "close": actions.close_lead,
        }
        do[what](row, now=desk.now)
    desk.answer(said[what] % {"title": row.title, "name": row.source.name}, _row(row))


def _show(desk: Desk, row: Lead) -> None:
    told = _row(row)
    desk.answer(_line(told), {**told, "there": [_card(one) for one in _there(row)]})
    if not desk.json:
        _say_who_is_there(row)


def _say_who_is_there(row: Lead) -> None:
    """Before applying: whom one knows there (L04)."""
    there = _there(row)
    if there:
        names = ", ".join(one.name for one in there)
        print(_("You know somebody there; ask before you apply: %(names)s") % {"names": names})
    elif row.organization is not None:
        print(_("You know nobody at %(place)s yet.") % {"place": row.organization.name})


def _there(row: Lead) -> list[Any]:
    from askwell.outreach import queries

    return queries.known_there(row)


def _card(one: Any) -> dict[str, Any]:
    return {"contact": one.pk, "name": one.name, "hires": one.hires, "connector": one.connector}


def _meant(desk: Desk, which: str) -> Lead:
    """Give the lead of that number, or the one open with the word in its title."""
    from askwell.outreach import queries
    from askwell.people.keys import key_in

    rows = queries.leads(desk.owner, still_open=False).select_related("source__owner", "owner")
    if key_in(which) is None:
        rows = rows.filter(closed_at=None)
    found: Lead = one_of(
        rows,
        which,
        name=attrgetter("title"),
        say=_("Say which lead, by its number or a word of its title."),
    )
    return found


def _row(row: Lead) -> dict[str, Any]:
    moments = ("heard_at", "expires", "acted_at", "source_thanked_at", "outcome_at", "outcome_told_at")
    return {
        "lead": row.pk,
        "title": row.title,
        "organization": row.organization.name if row.organization else "",
        "source": row.source_id,
        "source_name": row.source.name,
        "detail": row.detail,
        "url": row.url,
        **{name: getattr(row, name) for name in moments},
        "outcome": row.outcome,
        "closed_at": row.closed_at,
    }


def _line(row: dict[str, Any]) -> str:
    """Say a lead in a line, with what is to do."""
    parts = [f"#{row['lead']}  {row['title']}"]
    parts.append(row["organization"])
    parts.append(_("from %(name)s") % {"name": row["source_name"]})
    if row["expires"]:
        parts.append(_("apply by %(day)s") % {"day": f"{row['expires']:%Y-%m-%d}"})
    parts.append(_state(row))
    return ", ".join(part for part in parts if part)


def _state(row: dict[str, Any]) -> str:
    if row["closed_at"]:
        return _("closed")
    for column, words in (
        ("acted_at", _("to act on")),
        ("source_thanked_at", _("thanks owed")),
        ("outcome_at", _("waiting for an outcome")),
        ("outcome_told_at", _("to tell them")),
    ):
        if not row[column]:
            return words
    return _("done")
