"""Events and places to go, from the command line."""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.choosing import one_of
from askwell.cli.failures import Ambiguous, BadUse
from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Community, Encounter, NetworkingEvent
    from askwell.outreach.queries.gatherings import PlaceLine


class EventAct(StrEnum):
    """What to do about an event."""

    LIST = "list"
    ADD = "add"
    SHOW = "show"
    PLAN = "plan"
    MET = "met"
    WENT = "went"
    MISSED = "missed"


def event(
    act: Annotated[
        EventAct, typer.Argument(help="list, add, show, plan, met, went or missed.")
    ] = EventAct.LIST,
    name: Annotated[
        str,
        typer.Argument(metavar="[EVENT]", help="Its name, a part of it, or its number; with add, the name."),
    ] = "",
    what: Annotated[
        str, typer.Argument(metavar="[WHAT]", help="With add, when it is; with met, whom you met.")
    ] = "",
    where: Annotated[str, typer.Option("--where", metavar="PLACE", help="With add: where it is.")] = "",
    of: Annotated[str, typer.Option("--of", metavar="NAME", help="With add: of which of your places.")] = "",
    person: Annotated[
        list[str] | None, typer.Option("--person", help="With plan: somebody to meet, as often as you like.")
    ] = None,
    question: Annotated[
        list[str] | None, typer.Option("--question", help="With plan: a question, as often as you like.")
    ] = None,
    intro: Annotated[str | None, typer.Option("--intro", help="With plan: how you say who you are.")] = None,
    offer: Annotated[str | None, typer.Option("--offer", help="With plan: what you can give.")] = None,
    said: Annotated[str, typer.Option("--said", help="With met: one thing you spoke of.")] = "",
    card_given: Annotated[bool, typer.Option("--card-given", help="With met: you gave your card.")] = False,
    card_taken: Annotated[bool, typer.Option("--card-taken", help="With met: you have theirs.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Note events, plan them, say whom you met; without more, list them."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    if act is EventAct.LIST:
        _list(desk)
    elif act is EventAct.ADD:
        _add(desk, name, what, where=where, of=of)
    elif act is EventAct.SHOW:
        _show(desk, _event(desk, name))
    elif act is EventAct.PLAN:
        _plan(desk, _event(desk, name), {"people": person, "questions": question}, intro, offer)
    elif act is EventAct.MET:
        _met(desk, _event(desk, name), what, said=said, card_given=card_given, card_taken=card_taken)
    else:
        _attend(desk, _event(desk, name), went=act is EventAct.WENT)


def _list(desk: Desk) -> None:
    from askwell.outreach import queries

    rows = [_row(row) for row in queries.events(desk.owner, now=desk.now)[:200]]
    desk.list(rows, lambda row: _line(desk, row), empty=_("No events yet: askwell event add NAME WHEN."))


def _add(desk: Desk, name: str, when: str, *, where: str, of: str) -> None:
    from askwell.outreach import actions

    if not name or not when:
        raise BadUse(_("Say its name and when it is: askwell event add “Spring fair” “friday 18:00”."))
    community = _place(desk, of) if of else None
    made = actions.add_event(
        desk.owner,
        name=name,
        starts_at=desk.when(when, hour=18),
        place=where,
        community=community,
        now=desk.now,
    )
    said = _("%(name)s noted. Plan whom to meet: askwell event plan %(id)s.")
    desk.answer(said % {"name": made.name, "id": made.pk}, _row(made))


def _plan(
    desk: Desk, row: NetworkingEvent, lists: dict[str, list[str] | None], intro: str | None, offer: str | None
) -> None:
    from askwell.outreach import actions

    given: dict[str, Any] = {key: "\n".join(lines) for key, lines in lists.items() if lines}
    given |= {key: text for key, text in (("introduction", intro), ("offer", offer)) if text is not None}
    if given:
        actions.plan_event(row, plan=given, now=desk.now)
    _show(desk, row)


def _met(
    desk: Desk, row: NetworkingEvent, text: str, *, said: str, card_given: bool, card_taken: bool
) -> None:
    from askwell.outreach import actions, queries
    from askwell.people.journal import as_one

    if not text.strip():
        raise BadUse(_("Say whom you met: askwell event met EVENT “Jane Doe, buyer at Acme”."))
    with as_one(desk.owner):
        contact = _whom(desk, text)
        noted = actions.add_encounter(
            row, contact=contact, said=said, card_given=card_given, card_taken=card_taken, now=desk.now
        )
    lines = [_("Met %(name)s. Write tomorrow. askwell undo takes it back.") % {"name": contact.name}]
    hints = queries.hints_of(row, queries.met_at(row), now=desk.now)
    lines += [f"{hint.rule} {hint.sentence}" for hint in hints]
    desk.answer("\n".join(lines), _encounter(noted))


def _whom(desk: Desk, text: str) -> Any:
    """Give the one known who is meant, by number, address or exact name, else somebody new.

    Raises Ambiguous for several.
    """
    from askwell.cli.desk import card
    from askwell.people.actions import add_from_text
    from askwell.people.keys import key_in
    from askwell.people.queries import meant_by

    if key_in(text) is not None:
        return desk.person(text)
    meant = meant_by(desk.owner, text, now=desk.now)
    if len(meant.people) > 1:
        said = _("“%(text)s” could be several people; say which by number:") % {"text": text}
        raise Ambiguous(said, text=text, candidates=[card(one) for one in meant.people], more=False)
    return meant.known or add_from_text(desk.owner, text, now=desk.now)[0]


def _attend(desk: Desk, row: NetworkingEvent, *, went: bool) -> None:
    from askwell.outreach import actions

    actions.attend_event(row, attended=went, now=desk.now)
    said = _("You went to %(name)s.") if went else _("You did not go to %(name)s.")
    desk.answer(said % {"name": row.name}, _row(row))


def _show(desk: Desk, row: NetworkingEvent) -> None:
    from askwell.outreach import queries

    plan, met = queries.plan_page(row, now=desk.now), queries.met_at(row)
    lines = [_line(desk, _row(row))]
    parts = {
        _("To meet"): plan.people,
        _("To ask"): plan.questions,
        _("Who you are (%(seconds)s s)") % {"seconds": plan.seconds}: (plan.introduction,),
        _("To give"): (plan.offer,),
        _("Met"): [f"{one.contact.name}{': ' + one.said if one.said else ''}" for one in met],
    }
    for title, rows in parts.items():
        if any(rows):
            lines += ["", title, *(f"  {text}" for text in rows)]
    if desk.now < row.starts_at:
        lines += [f"{lack.rule} {lack.sentence}" for lack in plan.lacks]
    value = {**_row(row), "plan": plan, "met": [_encounter(one) for one in met]}
    value["brought"] = _brought(queries.brought(row, met))
    desk.answer("\n".join(lines), value)


def _brought(found: Any) -> dict[str, Any]:
    names = ("met", "new", "cards_given", "cards_taken", "written", "talks", "names")
    return {name: getattr(found, name) for name in names} | {"leads": [lead.title for lead in found.leads]}


def _event(desk: Desk, text: str) -> NetworkingEvent:
    """Find one event by number or part of its name."""
    from askwell.outreach.models import NetworkingEvent

    rows = NetworkingEvent.objects.for_owner(desk.owner).select_related("community", "owner")
    found: NetworkingEvent = one_of(
        rows.order_by("-starts_at"), text, name=attrgetter("name"), say=_("Say which event.")
    )
    return found


def _place(desk: Desk, text: str) -> Community:
    from askwell.outreach.models import Community

    rows = Community.objects.for_owner(desk.owner).filter(dropped_at=None).order_by("name")
    found: Community = one_of(rows, text, name=attrgetter("name"), say=_("Say which place."))
    return found


def _row(row: NetworkingEvent) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "starts_at": row.starts_at,
        "place": row.place,
        "planned": row.planned_at is not None,
        "attended": row.attended,
    }


def _encounter(met: Encounter) -> dict[str, Any]:
    return {
        "contact": met.contact_id,
        "person": met.contact.name,
        "said": met.said,
        "card_given": met.card_given,
        "card_taken": met.card_taken,
        "written_at": met.written_at,
    }


def _line(desk: Desk, row: dict[str, Any]) -> str:
    state = _("planned") if row["planned"] else ""
    state = {True: _("went"), False: _("did not go")}.get(row["attended"], state)
    parts = [row["name"], desk.local(row["starts_at"]), row["place"], state]
    return ", ".join(part for part in parts if part) + f"  [{row['id']}]"


def places(
    add: Annotated[str, typer.Option("--add", metavar="NAME", help="Put a place on the list.")] = "",
    notes: Annotated[str, typer.Option("--notes", help="Who goes there, in words of your goal.")] = "",
    again: Annotated[
        str, typer.Option("--again", metavar="DAY", help="When to look what is next there.")
    ] = "",
    drop: Annotated[str, typer.Option("--drop", metavar="NAME", help="Take a place off the list.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Where people of your field meet, the best for your goal first, each with its reasons."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    desk = sit_down(now=now, json=json)
    if add:
        made = actions.add_place(
            desk.owner, name=add, notes=notes, look_again_on=desk.day(again), now=desk.now
        )
        desk.answer(_("%(name)s is on your list.") % {"name": made.name}, {"id": made.pk, "name": made.name})
    elif drop:
        row = actions.drop_place(_place(desk, drop), now=desk.now)
        desk.answer(_("%(name)s is off your list.") % {"name": row.name}, {"id": row.pk, "name": row.name})
    else:
        rows = [_weighed(line) for line in queries.places(desk.owner, now=desk.now)]
        desk.list(rows, _said, empty=_("No places yet: askwell places --add NAME --notes “who goes there”."))


def _weighed(line: PlaceLine) -> dict[str, Any]:
    row = line.community
    return {
        "id": row.pk,
        "name": row.name,
        "kind": row.kind,
        "score": line.score,
        "reasons": line.reasons,
        "look_again_on": row.look_again_on,
        "due": line.due,
    }


def _said(row: dict[str, Any]) -> str:
    why = " ".join(reason.sentence for reason in row["reasons"])
    due = _("Look what is next there.") if row["due"] else ""
    return "\n    ".join(part for part in (row["name"], why, due) if part)
