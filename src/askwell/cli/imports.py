"""``askwell import``: what it would do, then doing it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import BadUse, Failure
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    import io

    from askwell.cli.desk import Desk
    from askwell.people.models import Import

PROBLEMS_SHOWN = 20
CHANGING = ("new", "matched", "touches_new", "events_new", "notes", "review")  # counts of what was written
COUNTED = {
    "new": ("new person", "new people"),
    "matched": ("person known already, with something new", "people known already, with something new"),
    "known": ("person as they were", "people as they were"),
    "review": ("to look at: perhaps the same person twice", "to look at: perhaps the same person twice"),
    "touches_new": ("new message, call or meeting", "new messages, calls and meetings"),
    "touches_known": ("of them here already", "of them here already"),
    "events_new": ("new event", "new events"),
    "notes": ("note", "notes"),
    "skipped": ("left out", "left out"),
    "problems": ("problem", "problems"),
}
BY_COMMAND = {"by": "command"}  # the worker of a running server leaves these alone


def import_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...", help="LinkedIn archive, vCards, CSV, Monica JSON, mail; a folder of these."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do.")] = False,
    country: Annotated[
        str, typer.Option(metavar="CC", help="Country of telephone numbers without one: DE.")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=COLUMN", help="What a column of an unknown CSV holds."),
    ] = None,
    me: Annotated[
        list[str] | None,
        typer.Option("--me", metavar="ADDRESS", help="Of mail: an address of your own."),
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Of mail: also people you never answered.")
    ] = False,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Of mail: keep the text of the letters too.")
    ] = False,
    from_mailbox: Annotated[
        str, typer.Option("--from-mailbox", metavar="ADDRESS", help="The mail of a connected mailbox.")
    ] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Bring in contacts and history, or an exported notebook; the same file twice changes nothing."""
    from askwell.cli.archive import as_notebook
    from askwell.cli.desk import sit_down

    paths = paths or []
    gone = [str(path) for path in paths if not path.exists()]
    if gone:
        raise BadUse(f"{', '.join(gone)}: no such file or folder.")
    if bool(paths) == bool(from_mailbox):
        raise BadUse(_("Name files, or a connected mailbox with --from-mailbox."))
    if from_mailbox and keep_text:
        raise BadUse(_("Of a mailbox only the heads of its mail are read; --keep-text needs files."))
    desk = sit_down(now=now, json=json)
    if len(paths) == 1 and (exported := as_notebook(paths[0])):
        with exported:
            _take_notebook(desk, exported, dry_run=dry_run)
        return
    mail = {"me": me or [], "everyone": everyone, "keep_text": keep_text}
    options = {**BY_COMMAND, "default_country": country.upper() or _country(desk), "mail": mail}
    if from_mailbox:
        _from_mailbox(desk, from_mailbox, options, dry_run=dry_run)
        return
    files = [(path.name or str(path), path) for path in paths]
    _bring_in(desk, files, options, _columns(column or []), dry_run=dry_run)


def _country(desk: Desk) -> str:
    from askwell.outreach.queries import seeker_of

    return seeker_of(desk.owner).country


def _columns(texts: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    if any(not equals for _field, equals, _column in pairs):
        raise BadUse(_("--column takes FIELD=COLUMN: --column email=E-mail"))
    return {field.strip(): column for field, _equals, column in pairs}


def _take_notebook(desk: Desk, exported: io.BufferedReader, *, dry_run: bool) -> None:
    """Bring an exported notebook into an empty one."""
    from askwell.outreach.archive import ArchiveError, import_notebook

    if dry_run:
        raise BadUse(_("An exported notebook is taken in whole or not at all; there is nothing to try."))
    try:
        taken = import_notebook(desk.owner, exported, now=desk.now)
    except ArchiveError as error:
        raise Failure(_("Nothing was changed: %(why)s.") % {"why": error}) from error
    rows = sum(taken.rows.values())
    said = _n("%(count)s row brought in.", "%(count)s rows brought in.", rows)
    desk.answer(said, {"format": "askwell", "rows": taken.rows, "undo_kept": taken.undo_kept})


def _from_mailbox(desk: Desk, address: str, options: dict[str, Any], *, dry_run: bool) -> None:
    """Lay the heads of a mailbox down, then bring them in as any archive."""
    from askwell.cli.mail_accounts import account_at
    from askwell.cli.progress import progress
    from askwell.gateways.errors import GatewayError
    from askwell.mailroom import saying, spooling
    from askwell.mailroom.outbox import trouble_of
    from askwell.mailroom.secrets import NoSecret

    account = account_at(desk, address)
    if not account.imap_host:
        raise BadUse(_("%(address)s only sends; nothing is read there.") % {"address": account.address})
    try:
        with progress(_("Reading the mailbox")) as tell:
            spooled = spooling.spool(account, tell, now=desk.now)
    except GatewayError as error:
        raise Failure(saying.of_trouble(trouble_of(error, now=desk.now)), problem=error.code.value) from error
    except NoSecret as error:
        raise Failure(_("The password of this mailbox is not there; give it again.")) from error
    if not spooled:
        raise Failure(_("There is no mail in this mailbox."))
    options["mail"]["me"] = [*options["mail"]["me"], account.address]
    _bring_in(desk, [(one.name, one.path) for one in spooled], options, {}, dry_run=dry_run)
    if not dry_run:
        spooling.forget(account)


def _bring_in(
    desk: Desk,
    files: list[tuple[str, Path]],
    options: dict[str, Any],
    mapping: dict[str, str],
    *,
    dry_run: bool,
) -> None:
    from askwell.cli.progress import progress
    from askwell.people import importing

    batch = importing.start_import(
        desk.owner, files, now=desk.now, options=options, mapping=mapping, in_place=True
    )
    with ExitStack() as stack:
        stack.callback(_discard_unless_done, batch, desk)
        tell = stack.enter_context(progress(_("Bringing in")))
        reading = importing.run_reading(
            batch, now=desk.now, progress=lambda _s, done, of: tell(done, of or 0)
        )
        if not dry_run:
            importing.apply_import(
                batch, now=desk.now, reading=reading, progress=lambda _s, done, of: tell(done, of or 0)
            )
    _report(desk, batch, dry_run=dry_run)


def _discard_unless_done(batch: Import, desk: Desk) -> None:
    from askwell.people import importing
    from askwell.people.models import ImportState

    if batch.state != ImportState.DONE:
        importing.discard_import(batch, now=desk.now)


def _report(desk: Desk, batch: Import, *, dry_run: bool) -> None:
    from askwell.cli.desk import emit

    counts = batch.summary["counts"]
    problems = list(
        batch.problems.order_by("file", "line").values("file", "line", "code", "message", "severity")
    )
    if desk.json:
        row = {"import": batch.pk, "dry_run": dry_run, "format": batch.format, "counts": counts}
        row |= {"own_addresses": batch.summary.get("own_addresses", [])}
        emit({**row, "skipped": batch.summary["skipped"], "files": batch.summary["files"]})
        for problem in problems:
            emit({"problem": problem})
    else:
        print("\n".join(_lines(batch, counts, problems, dry_run=dry_run)))
    _nothing_read(counts, problems)


def _lines(
    batch: Import, counts: dict[str, int], problems: list[dict[str, Any]], *, dry_run: bool
) -> list[str]:
    title = _("Would bring in:") if dry_run else _("Brought in:")
    lines = [f"{title} {', '.join(batch.names)}"]
    lines += [
        f"{counts[name]:>8}  {_n(one, many, counts[name])}"
        for name, (one, many) in COUNTED.items()
        if counts.get(name) or name == "new"
    ]
    if own := batch.summary.get("own_addresses"):
        lines.append(_("Taken for your own: %(addresses)s") % {"addresses": ", ".join(own)})
    lines += [f"{_place(p)}: {p['message']}" for p in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(
            _("... and %(count)s more; --json lists all.") % {"count": len(problems) - PROBLEMS_SHOWN}
        )
    if not dry_run and any(counts.get(name) for name in CHANGING):
        lines.append(_("askwell undo takes it back."))
    return lines


def _place(problem: dict[str, Any]) -> str:
    """Say where it is: file and line, or the file alone where it is about all of it."""
    return f"{problem['file']}:{problem['line']}" if problem["line"] else str(problem["file"])


def _nothing_read(counts: dict[str, int], problems: list[dict[str, Any]]) -> None:
    """A file that gave nothing at all is a finding."""
    if counts["people"] or counts["touches_new"] or counts["touches_known"] or counts["events_new"]:
        return
    if problems or not any(counts.values()):
        raise typer.Exit(1)
