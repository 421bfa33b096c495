"""What someone advised: kept, acted on, and told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json, Now, Who
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.outreach.models import Advice
    from askwell.people.models import Contact


def advice(
    person: Who,
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="What they advised: to sit in on a ward round.")
    ] = "",
    acted: Annotated[bool, typer.Option("--acted", help="You acted on it.")] = False,
    told: Annotated[bool, typer.Option("--told", help="They heard what came of it.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Keep a piece of advice; say that you acted on it, or told them.  Without more: what is open."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    if acted and told:
        raise BadUse(_("First --acted, then, when they heard of it, --told."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    if acted:
        one = actions.act_on_advice(_meant(contact, text), now=desk.now)
        said = _("You acted on it. Now tell %(name)s what came of it.")
    elif told:
        one = actions.tell_advice(_meant(contact, text), now=desk.now)
        said = _("%(name)s knows what came of it. askwell undo takes it back.")
    elif text:
        one = actions.add_advice(contact, text=text, now=desk.now)
        said = _("Kept. When you have acted on it: askwell advice PERSON --acted.")
    else:
        desk.list([_row(each) for each in queries.open_advice(contact)], _line, empty=_("No advice is open."))
        return
    desk.answer(said % {"name": contact.name}, _row(one))


def _meant(contact: Contact, text: str) -> Advice:
    """Give the open advice that has this text in it, or the only one."""
    from askwell.outreach import queries

    found = [each for each in queries.open_advice(contact) if text.casefold() in each.text.casefold()]
    if not found:
        raise NotFound(_("No advice of %(name)s like that is open.") % {"name": contact.name})
    if len(found) > 1:
        words = {"which": "; ".join(each.text for each in found)}
        raise BadUse(_("Say which, by a word of it: %(which)s") % words)
    return found[0]


def _row(one: Advice) -> dict[str, Any]:
    names = ("text", "received_at", "acted_at", "told_at")
    return {"advice": one.pk, "contact": one.contact_id, **{name: getattr(one, name) for name in names}}


def _line(row: dict[str, Any]) -> str:
    return f"{row['text']}  {_('(acted on)')}" if row["acted_at"] else str(row["text"])
