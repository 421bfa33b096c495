"""What people said, side by side, and what one decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n
from askwell.rules.comparing import Choice
from askwell.rules.reflection import QUESTIONS

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import About
    from askwell.outreach.queries.comparing import Cell, Column, Comparison, DecisionLine

Organizations = Annotated[
    bool, typer.Option("--organization", help="About organizations; left out, about occupations.")
]


def compare(
    subjects: Annotated[
        list[str] | None, typer.Argument(metavar="[SUBJECT]...", help="Up to four, by name or a part of it.")
    ] = None,
    organization: Organizations = False,
    own: Annotated[
        list[str] | None,
        typer.Option("--own", metavar="KEY=TEXT", help=f"What you think yourself: {', '.join(QUESTIONS)}."),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write it as a table here; - prints it.")
    ] = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="Leave out who said it.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Lay side by side what people told you of occupations, or of organizations."""
    from askwell.cli.desk import emit, plain, sit_down
    from askwell.cli.files import write
    from askwell.outreach import queries
    from askwell.outreach.comparison_file import comparison_csv

    desk = sit_down(now=now, json=json)
    about = _about(organization)
    keys = [_key(desk, about, text) for text in subjects or []]
    if own:
        _keep_own(desk, about, keys, own)
    found = queries.compare(desk.owner, about=about, chosen=keys, named=not no_names, now=desk.now)
    if csv:
        write(csv, [comparison_csv(found).encode()])
    if json and str(csv) != "-":
        for column in found.columns:
            emit({"about": found.about, **plain(column)})
    elif not json and not csv:
        print("\n".join(_lines(desk, found)))


def decide(
    subject: Annotated[
        str, typer.Argument(metavar="[SUBJECT]", help="An occupation, or an organization.")
    ] = "",
    choice: Annotated[
        str, typer.Argument(metavar="[CHOICE]", help="choose, drop or go-on (to go on looking).")
    ] = "",
    organization: Organizations = False,
    reasons: Annotated[str, typer.Option(help="Why.")] = "",
    look_again: Annotated[
        str, typer.Option("--look-again", metavar="DAY", help="When to look at it again.")
    ] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Keep a decision with the talks it rests on.  Without SUBJECT: what was decided, newest first."""
    from askwell.cli.desk import plain, sit_down
    from askwell.outreach import actions, queries

    desk = sit_down(now=now, json=json)
    if not subject:
        rows = [plain(line) for line in queries.decisions(desk.owner, now=desk.now)]
        desk.list(rows, _decided, empty=_("Nothing is decided yet."))
        return
    chosen, about = _choice(choice), _about(organization)
    hint = queries.few_heard(desk.owner, about=about, name=subject, choice=chosen, now=desk.now)
    row = actions.decide(
        desk.owner,
        about=about,
        name=subject,
        choice=chosen,
        reasons=reasons,
        look_again_on=desk.day(look_again),
        now=desk.now,
    )
    line = next(each for each in queries.decisions(desk.owner, now=desk.now) if each.id == row.pk)
    said = f"{hint.rule}  {hint.sentence}" if hint else ""
    desk.answer("\n".join(filter(None, (_decided(plain(line)), said))), {**plain(line), "hint": said})


def _about(organization: bool) -> About:
    from askwell.outreach.models import About

    return About.ORGANIZATION if organization else About.OCCUPATION


def _key(desk: Desk, about: About, text: str) -> str:
    from askwell.outreach import queries

    found = queries.subject_named(desk.owner, about, text)
    if found is None:
        raise NotFound(_("No talk, or talks of several kinds, were about “%(text)s”.") % {"text": text})
    return found.key


def _keep_own(desk: Desk, about: About, keys: list[str], texts: list[str]) -> None:
    from askwell.outreach import actions
    from askwell.people.journal import as_one

    if len(keys) != 1:
        raise BadUse(_("--own is said of one SUBJECT."))
    pairs = [text.partition("=") for text in texts]
    if any(not equals or key.strip() not in QUESTIONS for key, equals, _text in pairs):
        raise BadUse(
            _("--own takes KEY=TEXT, such as liked=“The pace.”; KEY is %(keys)s.")
            % {"keys": ", ".join(QUESTIONS)}
        )
    with as_one(desk.owner):
        for key, _equals, text in pairs:
            actions.keep_view(
                desk.owner, about=about, subject=keys[0], question=key.strip(), text=text, now=desk.now
            )


def _choice(text: str) -> Choice:
    try:
        return Choice(text.lower().replace("-", "_"))
    except ValueError:
        raise BadUse(_("Say what you decide: choose, drop or go-on.")) from None


def _lines(desk: Desk, found: Comparison) -> list[str]:
    if not found.columns:
        return [_("No talk is held yet, or of none is it known what it was about.")]
    lines: list[str] = []
    for column in found.columns:
        lines += [*([""] if lines else []), *_column(desk, found, column)]
    return lines


def _column(desk: Desk, found: Comparison, column: Column) -> list[str]:
    people = _n("one person so far", "%(count)s people", column.people)
    lines = [f"{column.name}: {people}"]
    if column.hint:
        lines.append(f"{column.hint.rule}  {column.hint.sentence}")
    if column.decision:
        lines.append(_decided({"name": column.name, **_plain(column.decision)}))
    for (_key, question), cell in zip(found.questions, column.cells, strict=True):
        lines += _cell(desk, question, cell)
    return lines


def _cell(desk: Desk, question: str, cell: Cell) -> list[str]:
    if not cell.lines and not cell.own:
        return []
    lines = [f"  {question}"]
    lines += [f"    {line.text}  ({line.name}, {desk.local(line.at)[:-6]})" for line in cell.lines]
    return [*lines, f"    {_('You:')} {cell.own}"] if cell.own else lines


def _plain(line: DecisionLine) -> dict[str, Any]:
    from askwell.cli.desk import plain

    shown: dict[str, Any] = plain(line)
    return shown


def _decided(row: dict[str, Any]) -> str:
    rests = _n("it rests on %(count)s talk", "it rests on %(count)s talks", row["talks"])
    parts = [f"{row['name']}: {row['words']}", row["reasons"], rests]
    if row["since"]:
        parts.append(_n("%(count)s talk since", "%(count)s talks since", row["since"]))
    if row["look_again_on"]:
        parts.append(_("look again on %(day)s") % {"day": row["look_again_on"]})
    return "; ".join(part.rstrip(".") for part in parts if part) + "."
