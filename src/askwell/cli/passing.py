"""``askwell pass``: not this one, of the people suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.outreach.queries.passing import SetAside

_CHOICES = ("now", "goal", "never")


def pass_command(
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="Part of a name, an e-mail address, or their number.")
    ] = "",
    because: Annotated[
        str, typer.Option("--because", metavar="WORD", help="now, goal (not for this goal) or never.")
    ] = "now",
    back: Annotated[bool, typer.Option("--back", help="Suggest them again.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Set somebody aside whom next suggests, and say why.  Without PERSON: who is set aside."""
    from askwell.cli.desk import sit_down
    from askwell.outreach.actions.passing import set_aside, suggest_again
    from askwell.outreach.errors import BadValue
    from askwell.outreach.errors import NotFound as NotThere
    from askwell.outreach.queries.passing import set_aside_people

    if because not in _CHOICES:
        raise BadUse(_("--because is now, goal or never."))
    desk = sit_down(now=now, json=json)
    if not person:
        if back:
            raise BadUse(_("Say whom to suggest again."))
        desk.list(set_aside_people(desk.owner, now=desk.now), _line, empty=_("Nobody is set aside."))
        return
    contact = desk.person(person)
    row: dict[str, Any] = {"contact": contact.pk, "name": contact.name}
    if back:
        try:
            suggest_again(contact, now=desk.now)
        except NotThere:
            raise NotFound(_("%(name)s is not set aside.") % {"name": contact.name}) from None
        desk.answer(_("%(name)s may be suggested again.") % {"name": contact.name}, {**row, "because": None})
        return
    try:
        set_aside(contact, because=because, now=desk.now)
    except BadValue:
        raise BadUse(_("There is no goal yet: --because now, or never.")) from None
    kept = next(
        one
        for one in set_aside_people(desk.owner, now=desk.now)
        if (one.contact, one.because) == (contact.pk, because)
    )
    desk.answer(
        f"{_line(kept)}\n" + _("askwell undo takes it back."),
        {**row, "because": because, "until": kept.until, "reasons": [each.sentence for each in kept.reasons]},
    )


def _line(one: SetAside) -> str:
    return f"{one.contact_name}  [#{one.contact}]  " + " ".join(reason.sentence for reason in one.reasons)
