"""An import from its files to its rows: start, read, apply, cancel, discard.

Theory of operation.  The files are copied below the data folder and stay there until the import is
applied.  Reading makes a plan and keeps its summary; applying reads and plans again, against the
notebook as it is then, and writes everything in one transaction with the state ``done``: a process
killed half way leaves an import that can simply be run again.
"""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, OperationalError, transaction

from askwell.formats.cycles import no_cycles
from askwell.formats.errors import FormatError
from askwell.formats.limits import DEFAULT_LIMITS, check_file_size, is_safe_name
from askwell.formats.members import SourceFile, files_in_folder
from askwell.formats.records import Reading, Severity, merge_readings
from askwell.people.errors import DiskFull, FilesGone, ImportCancelled, ImportFailed, WrongState
from askwell.people.importing.applying import Applier
from askwell.people.importing.lease import claimed
from askwell.people.importing.planning import count_received, make_plan
from askwell.people.importing.progress import folder_of
from askwell.people.importing.summary import summary_of
from askwell.people.journal import journal
from askwell.people.models import ContactPoint, Import, ImportProblem, ImportState, PointKind
from askwell.people.working import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.formats.mail.past import Wanted
    from askwell.people.working import Watcher

MOST_PROBLEMS = 5000
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_ROOM_WORDS = ("disk is full", "disk i/o error", "no space left", "could not extend file", "disk full")
_READABLE = (ImportState.READING, ImportState.PLANNED, ImportState.FAILED, ImportState.CANCELLED)
_APPLICABLE = (ImportState.PLANNED, ImportState.APPLYING, ImportState.FAILED, ImportState.CANCELLED)


def start_import(
    owner: AbstractBaseUser,
    files: Iterable[tuple[str, Path]],
    *,
    now: datetime,
    options: Mapping[str, Any] | None = None,
    mapping: Mapping[str, str] | None = None,
    in_place: bool = False,
) -> Import:
    """Take in files or folders, each as (name shown, path); they are copied, nothing is read yet.

    ``options``: ``default_country`` (ISO); ``mail``: what is wanted of mail, {``me``: own addresses,
    ``everyone``, ``keep_text``}.  ``mapping``: field -> column, for CSV of unknown columns.  ``in_place``:
    an archive of mail stays where it is, however large, and is only pointed at.
    Raises DiskFull, FilesGone, formats.errors.TooLarge; then nothing is left behind.
    """
    given = list(files)
    batch: Import = Import.objects.create(
        owner_id=owner.pk,
        names=[name for name, _path in given],
        options=dict(options or {}),
        mapping=dict(mapping or {}),
        started_at=now,
    )
    batch.folder = f"imports/{batch.pk}"
    remove_files(batch)  # of an import of that number in a notebook that another was put in the place of
    try:
        with _told(batch):
            for number, (name, path) in enumerate(given):
                _take_in(folder_of(batch) / f"{number:04}", name, path, in_place=in_place)
            batch.save(update_fields=["folder"])
    except BaseException:
        remove_files(batch)
        batch.delete()
        raise
    return batch


def _take_in(place: Path, name: str, path: Path, *, in_place: bool) -> None:
    if not path.exists():
        raise FilesGone(names=[name])
    if in_place and _point_at(place, path):
        return
    if not path.is_dir():
        check_file_size(name, path.stat().st_size)
        _copy(path, place)
        return
    root = place / (path.resolve().name or "folder")
    root.mkdir(parents=True)
    for found in files_in_folder(path, DEFAULT_LIMITS):
        inside = found.name.removeprefix(f"{path.name}/")
        if found.path is not None and is_safe_name(inside):
            check_file_size(found.name, found.size())
            _copy(found.path, root / inside)


def _point_at(place: Path, path: Path) -> bool:
    """Point at an archive of mail instead of copying it; False where it is none, or that cannot be."""
    from askwell.formats.mail.archives import head_of, is_mail, is_mail_folder

    if not (is_mail_folder(path) if path.is_dir() else is_mail(head_of(path))):
        return False
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        place.symlink_to(path.resolve())
    except OSError:  # a system, or a disk, that has no links
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, target)
    target.chmod(0o600)


def read_batch(batch: Import, report: Reporter) -> Reading:
    """Read the files of an import.  Raises FilesGone, ImportCancelled."""
    from askwell.formats.detect import read_files, read_path  # every reader: too much for every start

    parts, loose = [], []
    for number, name in enumerate(batch.names):
        path = folder_of(batch) / f"{number:04}"
        if path.is_dir():
            folder = path.resolve() if path.is_symlink() else next(iter(path.iterdir()), path)
            parts.append(read_path(folder, **_options(batch, report)))
        elif path.exists():
            loose.append(SourceFile(name, path))
        else:
            raise FilesGone(names=[name])
    if loose:
        parts.append(read_files(loose, **_options(batch, report)))
    return parts[0] if len(parts) == 1 else merge_readings(parts)


def _options(batch: Import, report: Reporter) -> dict[str, Any]:
    def progress(_stage: str, done: int, total: int | None) -> None:
        report("reading", done, total)

    return {
        "default_country": batch.options.get("default_country", ""),
        "mapping": batch.mapping or None,
        "progress": progress,
        "mail": _of_mail(batch),
    }


def _of_mail(batch: Import) -> Wanted:
    """Say what is wanted of mail; the user's own addresses are those said and those of their own contact."""
    from askwell.formats.mail.past import Wanted

    said = batch.options.get("mail", {})
    points = ContactPoint.objects.filter(owner_id=batch.owner_id, kind=PointKind.EMAIL)
    return Wanted(
        own=frozenset(said.get("me", ())) | set(_norms(points.filter(contact__is_self=True))),
        known=frozenset(_norms(points.filter(contact__is_self=False))),
        folder=folder_of(batch),
        everyone=bool(said.get("everyone")),
        keep_text=bool(said.get("keep_text")),
    )


def _norms(points: QuerySet[ContactPoint]) -> Iterator[str]:
    return points.values_list("norm", flat=True).iterator(chunk_size=5000)


def run_reading(batch: Import, *, now: datetime, progress: Watcher | None = None) -> Reading:
    """Read the files and work out what an import would do; the summary is kept in the row.

    Gives the reading, which ``apply_import`` may be handed.  Raises ImportBusy, WrongState,
    ImportCancelled, FilesGone, DiskFull; the state says the same afterwards.
    """
    with claimed(batch, now=now):
        _require(batch, _READABLE)
        with _told(batch), no_cycles():
            report = Reporter(folder_of(batch), progress, stopped=ImportCancelled)
            report("reading", 0)
            reading = read_batch(batch, report)
            country = batch.options.get("default_country", "")
            plan = make_plan(batch.owner, reading, report, default_country=country)
            count_received(plan, batch.owner)
            with transaction.atomic():
                _keep_problems(batch, reading)
                _set(
                    batch,
                    state=ImportState.PLANNED,
                    format=reading.format,
                    summary=summary_of(plan),
                    error="",
                )
    return reading


def apply_import(
    batch: Import, *, now: datetime, progress: Watcher | None = None, reading: Reading | None = None
) -> Import:
    """Carry an import out, all of it or nothing, as one undoable change.

    ``reading`` spares reading the files again in the same process.  Raises ImportBusy, WrongState,
    ImportCancelled, FilesGone, DiskFull.
    """
    with claimed(batch, now=now):
        _require(batch, _APPLICABLE)
        with _told(batch), no_cycles():
            _set(batch, state=ImportState.APPLYING, error="")
            report = Reporter(folder_of(batch), progress, stopped=ImportCancelled)
            found = reading or read_batch(batch, report)
            with transaction.atomic():
                _apply(batch, found, report, now=now)
    remove_files(batch)
    return batch


def _apply(batch: Import, reading: Reading, report: Reporter, *, now: datetime) -> None:
    country = batch.options.get("default_country", "")
    plan = make_plan(batch.owner, reading, report, default_country=country)
    summary = summary_of(plan)
    params = {"names": batch.names, "batch": batch.pk, "new": summary["counts"]["new"]}
    with journal(batch.owner, "people.import", now=now, params=params) as log:
        applier = Applier(log, batch, plan, report)
        took = applier.run()
        log.params |= {
            "filled": applier.filled,
            "moved": applier.moved_count,
            "touches": took.new_touches,
            "events": took.new_events,
        }
        report("finishing", 0)
    summary["skipped"] = dict(plan.skipped + took.skipped)
    summary["counts"] |= took.counts() | {
        "skipped": summary["counts"]["skipped"] + took.skipped.total(),
        "filled": applier.filled,
        "moved": applier.moved_count,
    }
    summary["moved"] = applier.moved
    _keep_problems(batch, reading)
    report("finishing", 1, 1)
    _set(
        batch,
        state=ImportState.DONE,
        format=reading.format,
        change=log.stored,
        summary=summary,
        finished_at=now,
    )


def _keep_problems(batch: Import, reading: Reading) -> None:
    """Keep the problems, errors first when there are more than anybody could read."""
    batch.problems.all()._raw_delete("default")  # noqa: SLF001
    worst_first = sorted(reading.problems, key=lambda problem: problem.severity is not Severity.ERROR)
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                owner_id=batch.owner_id,
                batch=batch,
                file=problem.file[:500],
                line=problem.line,
                code=problem.code[:60],
                message=problem.message,
                severity=problem.severity.value,
            )
            for problem in worst_first[:MOST_PROBLEMS]
        ),
        batch_size=1000,
    )


def discard_import(batch: Import, *, now: datetime) -> None:
    """Give up an import that was not applied; its files go.  Raises ImportBusy, WrongState."""
    with claimed(batch, now=now):
        _require(batch, (*_READABLE, ImportState.APPLYING))
        _set(batch, state=ImportState.CANCELLED, finished_at=now)
        remove_files(batch)


def remove_files(batch: Import) -> None:
    """Remove the copied files; called again later if the process ends before."""
    shutil.rmtree(folder_of(batch), ignore_errors=True)


def tidy_files(owner: AbstractBaseUser) -> int:
    """Remove files an ended process left behind of imports that are done; how many imports."""
    left = list(Import.objects.for_owner(owner).filter(state=ImportState.DONE).defer("summary"))
    there = [batch for batch in left if folder_of(batch).exists()]
    for batch in there:
        remove_files(batch)
    return len(there)


def _require(batch: Import, states: tuple[str, ...]) -> None:
    batch.refresh_from_db(fields=["state", "names", "mapping", "folder"])
    if batch.state not in states:
        raise WrongState(state=batch.state)


def _set(batch: Import, **values: Any) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(values))


@contextmanager
def _told(batch: Import) -> Iterator[None]:
    """Turn what can go wrong into one of our errors, and note it in the row."""
    try:
        yield
    except ImportCancelled:
        _note(batch, ImportState.CANCELLED, ImportCancelled.code)
        raise
    except ImportFailed as error:
        _note(batch, ImportState.FAILED, error.code)
        raise
    except FormatError:
        raise
    except (OSError, DatabaseError) as error:
        if not _is_no_room(error):
            _note(batch, ImportState.FAILED, "import-failed")
            raise
        _note(batch, ImportState.FAILED, DiskFull.code)
        raise DiskFull(folder=str(folder_of(batch).parent)) from error
    except BaseException:
        _note(batch, ImportState.FAILED, "interrupted")
        raise


def _is_no_room(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return isinstance(error, OperationalError) and any(word in str(error).lower() for word in _NO_ROOM_WORDS)


def _note(batch: Import, state: str, code: str) -> None:
    """Note the end in the row; on a full disk that may fail too, and the raised error says it anyway."""
    if batch.pk is None:
        return
    with suppress(DatabaseError):
        Import.objects.filter(pk=batch.pk).update(state=state, error=code)
    batch.state, batch.error = state, code
