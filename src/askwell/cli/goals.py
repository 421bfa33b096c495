"""The career goal, from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from askwell.cli.options import Json, Now
from askwell.cli.words import _


def goal(
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="The goal, in at most 25 words.")] = "",
    role: Annotated[str, typer.Option(help="The role in it: data analyst.")] = "",
    field: Annotated[str, typer.Option(help="The field in it: public health.")] = "",
    place: Annotated[str, typer.Option(help="The place in it, if that matters.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Only check TEXT; exit 1 if it is not clear.")
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="The goal still holds: say so.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Show the goal and what the goal check says of it; with TEXT, set a new one."""
    from askwell.cli.desk import sit_down
    from askwell.cli.failures import REFUSED, NotFound
    from askwell.outreach import queries

    desk = sit_down(now=now, json=json)
    if text and not check:
        from askwell.outreach import actions

        actions.set_goal(desk.owner, text=text, role=role, field=field, place=place, now=desk.now)
    held = queries.goal_of(desk.owner)
    if held is None and not text:
        raise NotFound(_("No goal yet: askwell goal “…” in at most 25 words."))
    if keep and held:
        from askwell.outreach import actions

        actions.review_goal(held, now=desk.now)
    shown = text or (held.text if held else "")
    findings = _findings(shown)
    lines = [shown, *(f"  {row['rule']}  {row['sentence']}" for row in findings)]
    desk.answer("\n".join(lines), {"goal": shown, "clear": not findings, "findings": findings})
    if check and findings:
        raise typer.Exit(REFUSED)


def _findings(text: str) -> list[dict[str, str]]:
    from django.utils.translation import gettext, ngettext

    from askwell.rules.explain import sentence
    from askwell.rules.goal import check_goal

    found = check_goal(text).findings
    return [
        {"rule": one.rule, "sentence": sentence(one, translate=gettext, ntranslate=ngettext)} for one in found
    ]
