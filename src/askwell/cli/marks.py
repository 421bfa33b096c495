"""Marks on a person: who hires, who connects people, who is left in peace."""

from __future__ import annotations

from typing import Annotated

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json, Now, Who
from askwell.cli.words import _


def mark(
    person: Who,
    hires: Annotated[
        bool | None, typer.Option("--hires/--no-hires", help="They decide whom to take on.")
    ] = None,
    connector: Annotated[
        bool | None,
        typer.Option("--connector/--no-connector", help="They know many, and gladly bring people together."),
    ] = None,
    in_peace: Annotated[
        bool | None,
        typer.Option(
            "--leave-in-peace/--write-again", help="They do not wish to be written to; or may be again."
        ),
    ] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """Mark a person as one who hires, who connects people, or who is to be left in peace."""
    from askwell.cli.desk import sit_down
    from askwell.outreach.actions import forbid
    from askwell.people.actions import edit_contact, mark_contacts

    if hires is None and connector is None and in_peace is None:
        raise BadUse(_("Say --hires, --connector or --leave-in-peace, or take one back."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    if hires is not None or connector is not None:
        mark_contacts(desk.owner, [contact], now=desk.now, hires=hires, connector=connector)
    if in_peace and not contact.do_not_contact:
        forbid(contact, now=desk.now)
    elif in_peace is False and contact.do_not_contact:
        edit_contact(contact, now=desk.now, do_not_contact=False)
    contact.refresh_from_db()
    marks = {"hires": contact.hires, "connector": contact.connector, "do_not_contact": contact.do_not_contact}
    said = words_of(hires=contact.hires, connector=contact.connector, in_peace=contact.do_not_contact)
    desk.answer(f"{contact.name}: {said or _('no mark')}", {"contact": contact.pk, **marks})


def words_of(*, hires: bool, connector: bool, in_peace: bool = False) -> str:
    """Say the marks in words."""
    said = [
        _("hires") if hires else "",
        _("connects people") if connector else "",
        _("left in peace") if in_peace else "",
    ]
    return ", ".join(word for word in said if word)
