"""Giving, from the command line: gives and asks, this week's favours, the reading shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import At, Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Favor, SavedLink
    from askwell.outreach.queries.giving import FavorLine
    from askwell.outreach.queries.shelf import ShelfMatch

_LISTED = 200


def give(
    person: Annotated[
        str,
        typer.Argument(metavar="[PERSON]", help="Part of a name, an e-mail address, or their number."),
    ] = "",
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="What you gave: a link on triage.")] = "",
    asked: Annotated[bool, typer.Option("--asked", help="You asked for it.")] = False,
    wanted: Annotated[
        bool, typer.Option("--wanted", help="They ask you for help: you owe an answer within its days.")
    ] = False,
    week: Annotated[bool, typer.Option("--week", help="List small favours for this week instead.")] = False,
    at: At = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Note what you gave, or asked for.  Without TEXT: what was given and asked, newest first."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions

    if asked and wanted:
        raise BadUse(_("--asked is yours, --wanted is theirs: one of them."))
    if week and person:
        raise BadUse(_("--week lists what would help anybody: leave PERSON out."))
    desk = sit_down(now=now, json=json)
    if week:
        _week(desk)
    elif not text:
        _log(desk, person, asked=asked)
    elif wanted:
        contact = desk.person(person)
        promise = actions.record_help_asked(
            contact, text=text, asked_at=desk.when(at, past=True), now=desk.now
        )
        said = _("Kept. Answer %(name)s by %(day)s, or decline kindly.")
        row = {"promise": promise.pk, "contact": contact.pk, "text": promise.text, "due": promise.due}
        desk.answer(said % {"name": contact.name, "day": desk.local(promise.due or desk.now)}, row)
    else:
        contact = desk.person(person)
        favor = actions.record_favor(
            contact, kind="ask" if asked else "give", text=text, at=desk.when(at, past=True), now=desk.now
        )
        said = _("Kept: asked of %(name)s.") if asked else _("Kept: given to %(name)s.")
        desk.answer(said % {"name": contact.name}, _favor_row(favor))


def _log(desk: Desk, person: str, *, asked: bool) -> None:
    from askwell.outreach.queries.giving import favors

    contact = desk.person(person) if person else None
    rows = favors(desk.owner, kind="ask" if asked else "", contact=contact)[:_LISTED]
    desk.list(
        [_favor_row(one) for one in rows], lambda row: _favor_line(desk, row), empty=_("Nothing is noted.")
    )


def _favor_row(one: Favor) -> dict[str, Any]:
    named = {"favor": one.pk, "contact": one.contact_id, "name": one.contact.name}
    return {**named, "kind": one.kind, "text": one.text, "at": one.at}


def _favor_line(desk: Desk, row: dict[str, Any]) -> str:
    way = _("asked") if row["kind"] == "ask" else _("gave")
    return f"{desk.local(row['at'])}  {way}  {row['name']}: {row['text']}"


def _week(desk: Desk) -> None:
    from askwell.outreach.queries.giving import giving_week

    found = giving_week(desk.owner, now=desk.now)
    empty = found.enough.sentence if found.enough else _("Nothing comes to mind. Put something on the shelf.")
    desk.list([_week_row(one) for one in found.favors], _week_line, empty=empty)


def _week_row(one: FavorLine) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "contact": one.contact,
        "name": one.contact_name,
        "minutes": one.minutes,
        "rule": one.reason.rule,
        "reason": one.reason.sentence,
        "about": list(one.about),
    }


def _week_line(row: dict[str, Any]) -> str:
    minutes = _("%(minutes)s min") % {"minutes": row["minutes"]}
    return f"{row['name']}  ({minutes})  {row['reason']}"


def shelf(
    title: Annotated[str, typer.Argument(metavar="[TITLE]", help="What to put on the shelf.")] = "",
    url: Annotated[str, typer.Option(help="Where it is read; none for a book.  Nothing is fetched.")] = "",
    about: Annotated[str, typer.Option(metavar="WORDS", help="What it is about, with commas.")] = "",
    note: Annotated[str, typer.Option(help="What is in it, in your words.")] = "",
    suggest: Annotated[int, typer.Option(metavar="NUMBER", help="Whom would it help?")] = 0,
    given: Annotated[int, typer.Option(metavar="NUMBER", help="You gave it to somebody (--to).")] = 0,
    to: Annotated[str, typer.Option(metavar="PERSON", help="To whom.")] = "",
    drop: Annotated[int, typer.Option(metavar="NUMBER", help="Take it off the shelf.")] = 0,
    now: Now = "",
    json: Json = False,
) -> None:
    """Put something worth reading on the shelf, or ask whom it would help.  Without more: the shelf."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions

    if sum(map(bool, (title, suggest, given, drop))) > 1:
        raise BadUse(_("One thing at a time: TITLE, --suggest, --given or --drop."))
    if bool(given) != bool(to):
        raise BadUse(_("--given and --to go together."))
    desk = sit_down(now=now, json=json)
    if title:
        link = actions.save_link(desk.owner, title=title, url=url, topics=about, note=note, now=desk.now)
        said = _("On the shelf as #%(number)s: %(title)s.") % {"number": link.pk, "title": link.title}
        desk.answer(said, _link_row(link))
    elif suggest:
        _suggest(desk, _link(desk, suggest))
    elif given:
        link, contact = _link(desk, given), desk.person(to)
        actions.share_link(link, contact, now=desk.now)
        said = _("%(title)s: given to %(name)s.") % {"title": link.title, "name": contact.name}
        desk.answer(said, {**_link_row(link), "contact": contact.pk})
    elif drop:
        link = actions.drop_link(_link(desk, drop), now=desk.now)
        desk.answer(_("Off the shelf: %(title)s.") % {"title": link.title}, _link_row(link))
    else:
        _list(desk)


def _link(desk: Desk, number: int) -> SavedLink:
    from askwell.outreach.queries.giving import shelf_item

    found = shelf_item(desk.owner, number)
    if found is None:
        raise NotFound(_("Nothing on the shelf has the number %(number)s.") % {"number": number})
    return found


def _list(desk: Desk) -> None:
    from askwell.outreach.queries.shelf import shelf as on_the_shelf

    rows = [
        {**_link_row(link), "given_to": [share.contact_id for share in link.shares.all()]}
        for link in on_the_shelf(desk.owner)
    ]
    desk.list(rows, _link_line, empty=_("The shelf is empty: askwell shelf TITLE --about WORDS."))


def _link_row(link: SavedLink) -> dict[str, Any]:
    names = ("title", "url", "topics", "note", "saved_at")
    return {"link": link.pk, **{name: getattr(link, name) for name in names}}


def _link_line(row: dict[str, Any]) -> str:
    parts = [f"#{row['link']}  {row['title']}", row["topics"], row["url"]]
    return "  ".join(part for part in parts if part)


def _suggest(desk: Desk, link: SavedLink) -> None:
    from askwell.outreach.queries.shelf import whom_it_helps

    found = whom_it_helps(desk.owner, [link], now=desk.now)[link.pk]
    desk.list([_match_row(one) for one in found], _match_line, empty=_("Nobody comes to mind."))


def _match_row(one: ShelfMatch) -> dict[str, Any]:
    return {"link": one.link, "contact": one.contact, "name": one.contact_name, "reason": one.reason.sentence}


def _match_line(row: dict[str, Any]) -> str:
    return f"#{row['contact']}  {row['name']}  {row['reason']}"
