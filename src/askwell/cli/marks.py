"""Marks on a person: who hires, who connects people."""

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
    now: Now = "",
    json: Json = False,
) -> None:
    """Mark a person as one who hires, or who connects people."""
    from askwell.cli.desk import sit_down
    from askwell.people.actions import mark_contacts

    if hires is None and connector is None:
        raise BadUse(_("Say --hires or --connector, or --no- of one."))
    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    mark_contacts(desk.owner, [contact], now=desk.now, hires=hires, connector=connector)
    contact.refresh_from_db()
    row = {"contact": contact.pk, "hires": contact.hires, "connector": contact.connector}
    said = words_of(hires=contact.hires, connector=contact.connector) or _("no mark")
    desk.answer(f"{contact.name}: {said}", row)


def words_of(*, hires: bool, connector: bool) -> str:
    """Say the marks in words."""
    said = [_("hires") if hires else "", _("connects people") if connector else ""]
    return ", ".join(word for word in said if word)
