"""Circles: friends pool whom they know without showing it."""

from __future__ import annotations

import sys
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.choosing import one_of
from askwell.cli.failures import BadUse, Failure
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Circle, CircleMember
    from askwell.outreach.queries.circles import CircleLine, Overlap

WHAT = "make, join, secret, export, import, list, is, keep-out or leave"
_KNOWS = {1: "knows them a little", 2: "knows them", 3: "knows them well"}


def circle(
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help=f"{WHAT}; nothing: the list.")] = "list",
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="The circle; import: the file; is: the member; keep-out: whom."
        ),
    ] = "",
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="export: where to write it; - prints it.")
    ] = None,
    own_name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="make, join: your name, as the others read it.")
    ] = "",
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="join: read the secret from standard input.")
    ] = False,
    person: Annotated[str, typer.Option(metavar="PERSON", help="is: who of your people it is.")] = "",
    again: Annotated[bool, typer.Option("--again", help="keep-out: let them into files again.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="leave: yes, though it cannot be taken back.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Make or join a circle, give and take its files, see whom of your people others of it know, leave it."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    if what == "list":
        _list(desk, name)
    elif what in {"make", "join"}:
        _enter(desk, what, name, own_name, secret_stdin=secret_stdin)
    elif what == "import":
        _bring_in(desk, name)
    elif what == "is":
        _say_who(desk, name, person)
    elif what == "keep-out":
        _keep_out(desk, name, again=again)
    elif what in {"secret", "export", "leave"}:
        _of_one(desk, what, _meant(desk, name), file, yes=yes)
    else:
        raise BadUse(_("%(what)s is none of %(all)s.") % {"what": what, "all": WHAT})


def _list(desk: Desk, name: str) -> None:
    from askwell.outreach import queries

    lines = [queries.circle_line(_meant(desk, name))] if name else queries.circles(desk.owner)
    desk.list(map(_row, lines), _line, empty=_("You are in no circle: askwell circle make NAME --as YOU"))


def _enter(desk: Desk, what: str, name: str, own_name: str, *, secret_stdin: bool) -> None:
    from askwell.outreach import actions
    from askwell.outreach.circles import secret_in_words

    if not name or not own_name:
        raise BadUse(_("Say what you call it, and --as, your name as the others read it."))
    if what == "make":
        row = actions.make_circle(desk.owner, name=name, own_name=own_name, now=desk.now)
        words = {"name": row.name, "secret": secret_in_words(row)}
        said = _("Made: %(name)s. Its secret, to be told to the others alone:\n  %(secret)s") % words
        desk.answer(said, {**_plain(row), "secret": words["secret"]})
        return
    secret = _secret(from_stdin=secret_stdin)
    row = actions.join_circle(desk.owner, secret=secret, name=name, own_name=own_name, now=desk.now)
    desk.answer(_("You are in: %(name)s. Give the others your file.") % {"name": row.name}, _plain(row))


def _secret(*, from_stdin: bool) -> str:
    """Read the secret; as an argument it would stay in the shell's history."""
    if from_stdin:
        return sys.stdin.readline()
    if sys.stdin.isatty():
        return str(typer.prompt(_("The secret")))
    raise BadUse(_("There is nobody to ask for the secret: --secret-stdin reads it."))


def _bring_in(desk: Desk, name: str) -> None:
    from askwell.formats.circle_file import MOST_BYTES
    from askwell.outreach import actions, queries

    if not name:
        raise BadUse(_("Say which file."))
    try:
        with Path(name).open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as error:
        words = {"path": name, "why": error.strerror}
        raise Failure(_("%(path)s cannot be read: %(why)s.") % words) from error
    member = actions.bring_in(desk.owner, data, now=desk.now)
    known = [
        one
        for one in queries.circle_line(member.circle).overlaps
        if member.pk in {through.member for through in one.through}
    ]
    said = _n(
        "%(name)s knows %(count)s of your people. askwell undo takes the file out again.",
        "%(name)s knows %(count)s of your people. askwell undo takes the file out again.",
        len(known),
        name=member.name,
    )
    desk.answer(said, {**_member(member), "overlaps": [_overlap(one) for one in known]})


def _say_who(desk: Desk, name: str, person: str) -> None:
    from askwell.outreach import actions
    from askwell.outreach.models import CircleMember

    rows = CircleMember.objects.for_owner(desk.owner).select_related("owner", "contact").order_by("pk")
    member: CircleMember = one_of(rows, name, name=attrgetter("name"), say=_("Say which member."))
    actions.say_who(member, desk.person(person) if person else None, now=desk.now)
    known = member.contact.name if member.contact else _("nobody of your people")
    desk.answer(_("%(name)s is %(person)s.") % {"name": member.name, "person": known}, _member(member))


def _keep_out(desk: Desk, name: str, *, again: bool) -> None:
    from askwell.outreach import actions

    if not name:
        raise BadUse(_("Say whom."))
    contact = desk.person(name)
    actions.keep_out(contact, out=not again, now=desk.now)
    said = _("%(name)s goes into files again.") if again else _("%(name)s goes into no file of a circle.")
    told = {"contact": contact.pk, "person": contact.name, "kept_out": not again}
    desk.answer(said % {"name": contact.name}, told)


def _of_one(desk: Desk, what: str, row: Circle, file: Path | None, *, yes: bool) -> None:
    if what == "export":
        _export(desk, row, file)
    elif what == "leave":
        _leave(desk, row, yes=yes)
    else:
        from askwell.outreach.circles import secret_in_words

        secret = secret_in_words(row)
        desk.answer(secret, {**_plain(row), "secret": secret})


def _export(desk: Desk, row: Circle, file: Path | None) -> None:
    from askwell.cli.files import write
    from askwell.outreach.circles import own_file

    if file is None:
        raise BadUse(_("Say where to write it: askwell circle export NAME FILE"))
    made = own_file(row, now=desk.now)
    write(file, [made.data])
    if str(file) != "-":
        one, many = "Written: %(path)s, with %(count)s person.", "Written: %(path)s, with %(count)s people."
        said = _n(one, many, made.people, path=file)
        if not made.people:
            said += "\n" + _("Who has answered you, or is close to you by your own word, goes into it.")
        desk.answer(said, {**_plain(row), "written": str(file), "people": made.people})


def _leave(desk: Desk, row: Circle, *, yes: bool) -> None:
    from askwell.outreach import actions

    if not yes:
        raise BadUse(_("Leaving removes everything of it here, and cannot be taken back: --yes says so."))
    told = _plain(row)
    actions.leave_circle(row)
    desk.answer(_("You left %(name)s. Nothing of it is here any more.") % {"name": told["name"]}, told)


def _meant(desk: Desk, name: str) -> Circle:
    from askwell.outreach.models import Circle

    rows = Circle.objects.for_owner(desk.owner).select_related("owner").order_by("pk")
    found: Circle = one_of(rows, name, name=attrgetter("name"), say=_("Say which circle."))
    return found


def _plain(row: Circle) -> dict[str, Any]:
    return {"circle": row.pk, "name": row.name, "own_name": row.own_name, "joined_at": row.joined_at}


def _member(row: CircleMember) -> dict[str, Any]:
    return {"member": row.pk, "name": row.name, "contact": row.contact_id, "file_of": row.made_on}


def _overlap(one: Overlap) -> dict[str, Any]:
    through = [
        {"member": each.member, "name": each.name, "level": each.level, "ask": each.ask}
        for each in one.through
    ]
    return {"contact": one.contact, "person": one.name, "through": through}


def _row(line: CircleLine) -> dict[str, Any]:
    return {
        **_plain(line.circle),
        "has_secret": line.has_secret,
        "members": [_member(one) for one in line.members],
        "overlaps": [_overlap(one) for one in line.overlaps],
    }


def _line(row: dict[str, Any]) -> str:
    """Say a circle, whose files are here, and whom of one's people they know."""
    names = ", ".join(one["name"] for one in row["members"]) or _("no file yet")
    lines = [f"{row['name']}: {names}"]
    if not row["has_secret"]:
        lines.append("  " + _("Its secret is not on this machine: askwell circle join"))
    for one in row["overlaps"]:
        said = "; ".join(f"{each['name']} {_(_KNOWS[each['level']])}" for each in one["through"])
        lines.append(f"  {one['person']}: {said}")
    return "\n".join(lines)
