"""What to ask a person in a talk, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import NotFound
from askwell.cli.options import Json, Now, Who
from askwell.cli.words import _

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Outreach
    from askwell.outreach.queries.questions import QuestionsPage, SuggestedLine
    from askwell.people.models import Contact


def questions(
    person: Who,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take", metavar="KEY", help="Take this question over, as often as you like; all takes all."
        ),
    ] = None,
    variant: Annotated[int, typer.Option(min=0, max=9, help="Other questions than those before.")] = 0,
    now: Now = "",
    json: Json = False,
) -> None:
    """What to ask a person, each with its reason; --take puts one among your own."""
    from askwell.cli.desk import emit, plain, sit_down
    from askwell.cli.letters import open_one
    from askwell.outreach.queries.questions import questions as to_bring

    desk = sit_down(now=now, json=json)
    contact = desk.person(person)
    outreach = open_one(contact)
    if take:
        outreach = _take(desk, contact, outreach, take, variant=variant)
    page = to_bring(contact, outreach, variant=variant, now=desk.now)
    if not json:
        print("\n".join(_lines(contact, page)))
        return
    groups = {"suggested": page.suggested, "yours": page.own, "amiss": page.findings, "unasked": page.unasked}
    for group, rows in groups.items():
        for row in rows:
            emit({"group": group, **plain(row)})


def _take(
    desk: Desk, contact: Contact, outreach: Outreach | None, keys: list[str], *, variant: int
) -> Outreach:
    from askwell.outreach import actions
    from askwell.outreach.queries.questions import ALL, own_questions, with_taken
    from askwell.rules.questions.bank import QUESTIONS

    if outreach is None:
        said = _("Nothing is under way with %(name)s; write to them first.") % {"name": contact.name}
        raise NotFound(said)
    for key in keys:
        if key != ALL and key not in QUESTIONS:
            raise NotFound(_("There is no question “%(key)s”.") % {"key": key}, text=key)
    kept = with_taken(outreach, own_questions(outreach), keys, variant=variant, now=desk.now)
    return actions.save_homework(outreach, questions=kept, now=desk.now)


def _lines(contact: Contact, page: QuestionsPage) -> list[str]:
    words: dict[str, Any] = {"name": contact.name, "minutes": page.minutes, "fit": page.fit}
    lines = [_("For %(name)s, %(minutes)s minutes; about %(fit)s fit before the closing ones.") % words]
    for each in page.suggested:
        lines += _suggestion(each)
    if page.own:
        lines += ["", _("Yours")]
        lines += [f"{'*' if each.starred else ' '} {each.text}" for each in page.own]
    return lines + [f"{each.reason.rule} {each.reason.sentence}" for each in page.findings]


def _suggestion(each: SuggestedLine) -> list[str]:
    mark = _("among yours") if each.taken else each.key
    return [
        f"{'*' if each.starred else ' '} {each.text}  [{mark}]",
        "    " + " ".join(reason.sentence for reason in each.reasons),
    ]
