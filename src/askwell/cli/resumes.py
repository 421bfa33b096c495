"""Versions of the resume, from the command line."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.choosing import one_of
from askwell.cli.failures import BadUse, Failure, NotFound
from askwell.cli.options import Because, Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from askwell.cli.desk import Desk
    from askwell.outreach.kept_files import KeptFile
    from askwell.outreach.models import Resume, ResumeRequest
    from askwell.outreach.queries.resumes import ResumesPage, VersionLine


def resume(
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="Whom it is about, with --asked, --sent or --drop.")
    ] = "",
    add: Annotated[
        str, typer.Option("--add", metavar="NAME", help="Note a version: Analyst, two pages.")
    ] = "",
    made: Annotated[str, typer.Option("--made", metavar="WHEN", help="When it was brought up to date.")] = "",
    where: Annotated[
        str, typer.Option("--where", metavar="PLACE", help="Where it lies: a file, an address.")
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="FILE", help="Keep a copy of it, to go with letters: with --add or --version."
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Write the copy that is kept of --version; - prints it."),
    ] = None,
    retire: Annotated[str, typer.Option("--retire", metavar="NAME", help="Put a version away.")] = "",
    asked: Annotated[bool, typer.Option("--asked", help="They asked for it.")] = False,
    sent: Annotated[bool, typer.Option("--sent", help="It went to them.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="They do not need it any more.")] = False,
    version: Annotated[
        str, typer.Option("--version", metavar="NAME", help="Which version; left out, the newest.")
    ] = "",
    because: Because = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """List the versions of your resume and who waits for one; note that someone asked, or got it."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    desk = sit_down(now=now, json=json)
    if asked or sent or drop:
        _about_person(desk, person, _act(asked=asked, sent=sent, drop=drop), version, because)
    elif person:
        raise BadUse(_("Say what happened: --asked, --sent or --drop."))
    elif add:
        made_at = desk.when(made, past=True, hour=12)
        row = actions.add_resume(
            desk.owner, name=add, made_at=made_at, where=where, file=_read(file), now=desk.now
        )
        desk.answer(_("Kept: %(name)s. askwell undo takes it back.") % {"name": row.name}, _row(row))
    elif file or save:
        _of_its_file(desk, _version(desk, version), file, save)
    elif retire:
        row = actions.retire_resume(_version(desk, retire), now=desk.now)
        desk.answer(_("Put away: %(name)s. askwell undo takes it back.") % {"name": row.name}, _row(row))
    else:
        page = queries.resumes(desk.owner, now=desk.now)
        desk.list(list(_everything(page)), _line, empty=_("No version yet: askwell resume --add NAME."))


def _read(file: Path | None) -> tuple[str, bytes] | None:
    """Read what is to be kept; no more of it than tells that it is too large."""
    if file is None:
        return None
    from askwell.outreach.kept_files import MOST_BYTES

    try:
        with file.open("rb") as source:
            return file.name, source.read(MOST_BYTES + 1)
    except OSError as error:
        words = {"path": file, "why": error.strerror}
        raise Failure(_("%(path)s cannot be read: %(why)s.") % words) from error


def _of_its_file(desk: Desk, row: Resume, file: Path | None, save: Path | None) -> None:
    """Keep another copy of a version, or write out the one that is kept."""
    from askwell.cli.files import write
    from askwell.outreach import actions

    if file:
        row = actions.change_resume(
            row, name=row.name, made_at=row.made_at, notes=row.notes, file=_read(file), now=desk.now
        )
        desk.answer(_("Kept: %(name)s. askwell undo takes it back.") % {"name": row.name}, _row(row))
        return
    kept = _kept(row)
    if kept is None:
        raise NotFound(_("No file of %(name)s is kept.") % {"name": row.name})
    if save:
        write(save, [kept.read()])
    if str(save) != "-":
        desk.answer(_("Written: %(path)s") % {"path": save}, {"written": str(save), **_row(row)})


def _kept(row: Resume) -> KeptFile | None:
    from askwell.outreach.kept_files import kept_file

    return kept_file(row.owner_id, row.where)


def _act(**said: bool) -> str:
    chosen = [name for name, is_said in said.items() if is_said]
    if len(chosen) > 1:
        raise BadUse(_("One at a time: --asked, --sent or --drop."))
    return chosen[0]


def _about_person(desk: Desk, person: str, act: str, version: str, because: str) -> None:
    from askwell.cli.refusals import with_reason
    from askwell.outreach import actions

    if not person:
        raise BadUse(_("Say whom it is about."))
    contact = desk.person(person)
    chosen = _version(desk, version) if version else None
    if act == "asked":
        row = actions.resume_asked(contact, resume=chosen, now=desk.now)
        said = _("%(name)s asked for it: send it within a business day.")
    elif act == "sent":
        row = with_reason(
            because,
            lambda overrides: actions.send_resume(contact, resume=chosen, overrides=overrides, now=desk.now),
        )
        said = _("Sent to %(name)s. askwell undo takes it back.")
    else:
        row = actions.drop_request(_waiting(contact), now=desk.now)
        said = _("No resume to %(name)s after all.")
    desk.answer(said % {"name": contact.name}, _request(row))


def _waiting(contact: Any) -> ResumeRequest:
    from askwell.outreach.models import ResumeRequest

    found: ResumeRequest | None = ResumeRequest.objects.filter(
        contact=contact, sent_at=None, dropped_at=None
    ).first()
    if found is None:
        raise NotFound(_("%(name)s is not waiting for it.") % {"name": contact.name})
    return found


def _version(desk: Desk, name: str) -> Resume:
    """Give the one version in use whose name has this in it."""
    from askwell.outreach.models import Resume

    rows = Resume.objects.for_owner(desk.owner).filter(retired_at=None).order_by("-made_at", "-pk")
    chosen: Resume = one_of(rows, name, name=attrgetter("name"), say=_("Say which version."))
    return chosen


def _everything(page: ResumesPage) -> Iterator[dict[str, Any]]:
    for one in page.waiting:
        yield {"kind": "waiting", **_request(one)}
    for line in page.versions:
        yield {"kind": "version", **_row(line.resume), **_told(line)}


def _told(line: VersionLine) -> dict[str, Any]:
    return {
        "days": line.days,
        "hint": line.hint.sentence if line.hint else "",
        "sent_to": [one.contact.name for one in line.sent],
    }


def _row(row: Resume) -> dict[str, Any]:
    kept = _kept(row)
    return {
        "id": row.pk,
        "name": row.name,
        "made_at": row.made_at,
        "where": "" if kept else row.where,
        "file": kept.name if kept else "",
        "file_there": bool(kept and kept.is_there),
        "retired_at": row.retired_at,
    }


def _request(row: ResumeRequest) -> dict[str, Any]:
    return {
        "contact": row.contact_id,
        "person": row.contact.name,
        "asked_at": row.asked_at,
        "sent_at": row.sent_at,
        "version": row.resume.name if row.resume else "",
    }


def _is_gone(row: dict[str, Any]) -> bool:
    return bool(row["file"]) and not row["file_there"]


def _line(row: dict[str, Any]) -> str:
    if row["kind"] == "waiting":
        return _("%(person)s asked for it on %(day)s") % {**row, "day": f"{row['asked_at']:%Y-%m-%d}"}
    age = _n("%(count)s day old", "%(count)s days old", row["days"])
    gone = _("its copy is gone: askwell resume --version NAME --file FILE") if _is_gone(row) else ""
    parts = [f"{row['name']}, {age}", row["file"] or row["where"], gone, row["hint"]]
    if row["sent_to"]:
        parts.append(_("went to %(names)s") % {"names": ", ".join(row["sent_to"])})
    return "\n    ".join(part for part in parts if part)
