"""Nothing trapped, nothing lost: export, backup, restore, and the sample network."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, Failure
from askwell.cli.files import whole, write
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from askwell.cli.desk import Desk

Out = Annotated[Path | None, typer.Option(metavar="FILE")]


def export(
    path: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where to; - or nothing: standard output.")
    ] = "-",
    vcard: Annotated[Path | None, typer.Option(metavar="FILE", help="People as vCard 4.")] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="People as Google Contacts CSV.")] = None,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Talks and steps as a calendar.")] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """Write everything as one JSON file; or people as vCard or CSV, talks as a calendar."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    wanted = {"vcard": vcard, "csv": csv, "ics": ics}
    chosen = {kind: target for kind, target in wanted.items() if target}
    for kind, target in chosen.items():
        write(target, OPEN_FORMATS[kind](desk))
        if str(target) != "-":
            desk.answer(_("Written: %(path)s") % {"path": target}, {"written": str(target), "format": kind})
    if not chosen or path != "-":
        _export_all(desk, path)


def _export_all(desk: Desk, path: str) -> None:
    from askwell.outreach.archive import export_notebook

    if path == "-":
        export_notebook(desk.owner, sys.stdout, now=desk.now)
        return
    with whole(Path(path)) as out, io.TextIOWrapper(out, encoding="utf-8") as text:
        counts = export_notebook(desk.owner, text, now=desk.now)
    rows = sum(counts.values())
    said = _n("Written: %(count)s row.", "Written: %(count)s rows.", rows)
    desk.answer(said, {"written": path, "format": "askwell", "rows": counts})


def _vcard(desk: Desk) -> Iterable[bytes]:
    from askwell.formats import vcard
    from askwell.outreach.open_formats import person_records

    return vcard.write(person_records(desk.owner), version="4.0")


def _csv(desk: Desk) -> Iterable[bytes]:
    from askwell.formats import google_csv_writer
    from askwell.outreach.open_formats import person_records

    return google_csv_writer.write(person_records(desk.owner))


def _ics(desk: Desk) -> Iterable[bytes]:
    from askwell.outreach.open_formats import calendar_file

    return [calendar_file(desk.owner, now=desk.now)]


OPEN_FORMATS: dict[str, Callable[[Desk], Iterable[bytes]]] = {"vcard": _vcard, "csv": _csv, "ics": _ics}


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace FILE where it is there.")] = False,
    json: Json = False,
) -> None:
    """Copy the whole notebook to one file, checked, while it runs."""
    from askwell.cli.desk import sit_down
    from askwell.outreach.backup import BackupError
    from askwell.outreach.backup import backup as copy

    desk = sit_down(json=json)
    try:
        made = copy(path, overwrite=overwrite)
    except BackupError as error:
        raise Failure(_sentence(error)) from error
    desk.answer(
        _("Copied to %(path)s.") % {"path": made}, {"backup": str(made), "bytes": made.stat().st_size}
    )


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    now: Now = "",
    json: Json = False,
) -> None:
    """Put a backup in the place of the notebook; what was there is kept beside the backup."""
    from askwell.cli.desk import sit_down
    from askwell.cli.notebook import bring_up_to_date
    from askwell.outreach.backup import BackupError
    from askwell.outreach.backup import restore as put_back

    desk = sit_down(now=now, json=json)
    try:
        kept = put_back(path, now=desk.now)
    except BackupError as error:
        raise Failure(_sentence(error)) from error
    bring_up_to_date()
    said = _("Restored. What was there before is in %(kept)s.") % {"kept": kept}
    desk.answer(said, {"restored": str(path), "kept": str(kept)})


def _sentence(error: Exception) -> str:
    text = str(error)
    return text[:1].upper() + text[1:].rstrip(".") + "."


def demo(
    remove: Annotated[bool, typer.Option("--remove", help="Take the sample network away again.")] = False,
    seed: Annotated[int | None, typer.Option(help="Another network for another number.")] = None,
    now: Now = "",
    json: Json = False,
) -> None:
    """Add a sample network of invented people, with two years of history; or remove it."""
    from askwell.cli.desk import sit_down
    from askwell.cli.progress import at_work
    from askwell.outreach import sample

    desk = sit_down(now=now, json=json)
    if remove:
        gone = sample.remove_sample(desk.owner, now=desk.now)
        desk.answer(_n("%(count)s person removed.", "%(count)s people removed.", gone), {"removed": gone})
        return
    if sample.has_sample(desk.owner):
        raise BadUse(_("The sample network is here already. askwell demo --remove takes it away."))
    given: dict[str, Any] = {} if seed is None else {"seed": seed}
    with at_work(_("Inventing people...")):
        made = sample.make_sample(desk.owner, now=desk.now, **given)
    desk.answer(_n("%(count)s person added.", "%(count)s people added.", made), {"added": made})


def as_notebook(path: Path) -> io.BufferedReader | None:
    """Open an exported notebook; None where the file is something else."""
    from askwell.outreach.archive import is_archive

    if not path.is_file():
        return None
    file = path.open("rb")
    head = file.read(64)
    file.seek(0)
    if is_archive(head):
        return file
    file.close()
    return None
