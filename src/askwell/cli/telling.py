"""Telling people of the search, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from askwell.cli.failures import BadUse, NotFound
from askwell.cli.options import Because, Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Telling
    from askwell.outreach.queries.telling import HearerLine, NearLine, TellBoard, TellLine


def tell(
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PERSON]...", help="Whom to put on the list."),
    ] = None,
    knows: Annotated[bool, typer.Option("--knows", help="They know already: told in another way.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Take them off the list again.")] = False,
    letter: Annotated[bool, typer.Option("--letter", help="Begin the letter of each, and print it.")] = False,
    count: Annotated[int, typer.Option("--count", "-n", min=0, max=100, help="How many to suggest.")] = 5,
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Who knows that you are looking, who is to hear of it, and who might; name people to choose them."""
    from askwell.cli.desk import sit_down

    if knows + drop + letter > 1:
        raise BadUse(_("--knows, --drop and --letter do not go together."))
    desk = sit_down(now=now, json=json)
    if not people:
        if knows or drop or letter:
            raise BadUse(_("Say who."))
        _show(desk, count)
    elif drop:
        _drop(desk, people)
    else:
        _choose(desk, people, because, knows=knows, letter=letter)


def _show(desk: Desk, count: int) -> None:
    from askwell.cli.desk import emit, plain
    from askwell.outreach import queries

    board = queries.telling(desk.owner, now=desk.now, suggest=count)
    if not desk.json:
        _print(board)
        return
    for group in ("waiting", "suggested", "knows", "near"):
        for line in getattr(board, group):
            emit({"group": group, **plain(line)})


def _print(board: TellBoard) -> None:
    words = {"told": board.told, "chosen": board.chosen, "room": board.room}
    print(_("Told %(told)s of %(chosen)s. First messages that still fit this week: %(room)s.") % words)
    if board.confidential:
        print(_("The search is confidential, and may leak all the same: people talk."))
    _group(_("To be told"), [_waiting(line) for line in board.waiting])
    _group(_("You might tell"), [_hearer(line) for line in board.suggested])
    _group(_("Near to your employer, and left out"), [_near(line) for line in board.near])


def _group(title: str, lines: list[str]) -> None:
    if lines:
        print("\n".join(["", title, *lines]))


def _waiting(line: TellLine) -> str:
    why = line.left_out or (_("a letter is begun") if line.draft else "")
    about = f", {line.about}" if line.about else ""
    return f"  {line.name}{about}  [#{line.contact}]  {why}".rstrip()


def _hearer(line: HearerLine) -> str:
    reasons = " ".join(reason.sentence for reason in line.reasons)
    return f"  {line.name}{', ' + line.about if line.about else ''}  [#{line.contact}]\n      {reasons}"


def _near(line: NearLine) -> str:
    return f"  {line.name}  [#{line.contact}]  {line.why}"


def _choose(desk: Desk, people: list[str], because: str, *, knows: bool, letter: bool) -> None:
    """Put them on the list; all of them or nobody, as one step back for undo."""
    from askwell.cli.refusals import with_reason
    from askwell.outreach import actions
    from askwell.outreach.models import Telling
    from askwell.people.journal import as_one

    found = [desk.person(name) for name in people]
    letters = []
    with as_one(desk.owner):
        added = with_reason(
            because, lambda given: actions.choose_to_tell(desk.owner, found, overrides=given, now=desk.now)
        )
        rows = list(Telling.objects.for_owner(desk.owner).filter(contact__in=found).select_related("contact"))
        for row in rows:
            row.owner = row.contact.owner = desk.owner
            if knows:
                actions.mark_told(row, now=desk.now)
            elif letter:
                letters.append(actions.letter_to_tell(row, now=desk.now))
    if letter:
        desk.list([_drafted(one) for one in letters], lambda one: str(one["text"]), empty="")
        return
    said = _n("%(count)s person put on the list.", "%(count)s people put on the list.", len(added))
    if knows:
        said = _n("%(count)s person knows.", "%(count)s people know.", len(rows))
    desk.answer(said, {"chosen": [row.contact_id for row in rows], "knows": knows})


def _drafted(draft: object) -> dict[str, object]:
    names = ("pk", "contact_id", "mode", "subject", "body")
    pk, contact, mode, subject, body = (getattr(draft, name) for name in names)
    row = {"draft": pk, "contact": contact, "mode": mode, "subject": subject, "body": body}
    return {**row, "text": f"{_('Subject:')} {subject}\n\n{body}"}


def _drop(desk: Desk, people: list[str]) -> None:
    from askwell.outreach import actions
    from askwell.people.journal import as_one

    rows = [_row(desk, name) for name in people]
    with as_one(desk.owner):
        for row in rows:
            actions.leave_untold(row, now=desk.now)
    said = _n("%(count)s person taken off the list.", "%(count)s people taken off the list.", len(rows))
    desk.answer(said, {"dropped": [row.contact_id for row in rows]})


def _row(desk: Desk, name: str) -> Telling:
    from askwell.outreach.models import Telling

    contact = desk.person(name)
    row = Telling.objects.for_owner(desk.owner).filter(contact=contact).select_related("contact").first()
    if row is None:
        raise NotFound(_("%(name)s is not on the list of those to tell.") % {"name": contact.name})
    row.owner = row.contact.owner = desk.owner
    found: Telling = row
    return found
