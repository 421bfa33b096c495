"""Bringing people in: choose files, see what they would do, do it, take it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from askwell.formats.errors import FormatError
from askwell.outreach.archive import ArchiveError, import_notebook, is_archive
from askwell.people import importing, queries
from askwell.people.errors import DiskFull, FilesGone, ImportFailed, WrongState
from askwell.people.models import Import, ImportState, Review, ReviewState
from askwell.web import begun, uploads
from askwell.web.answers import REFUSED, done, go, own, page, tell
from askwell.web.forms.columns import ColumnsForm
from askwell.web.importing import (
    DETAILS,
    FORMATS,
    RUNNING,
    SKIPPED,
    ended,
    go_on,
    other_at_work,
    progress_of,
    stop,
    take_in,
    why,
)
from askwell.web.linked import page_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_PARTS = {
    ImportState.READING: "running",
    ImportState.APPLYING: "running",
    ImportState.PLANNED: "plan",
    ImportState.DONE: "finished",
    ImportState.FAILED: "ended",
    ImportState.CANCELLED: "ended",
}
_FIRST_PROBLEMS = 10
_HEAD = 64


@require_http_methods(["GET", "POST"])
def imports(request: Request) -> HttpResponse:
    """Choose files; below, what was brought before."""
    if request.method == "POST":
        begun.keep(request)
        return take_in_files(request)
    return _choose(request)


def _choose(request: Request, error: str = "") -> HttpResponse:
    context = {
        "error": error,
        "mail": _of_mail(request),
        "before": queries.imports(request.user, number=page_number(request)),
        "formats": FORMATS,
        "most": uploads.most(),
    }
    return page(request, "web/imports/choose.html", context, status=REFUSED if error else 200)


def take_in_files(request: Request) -> HttpResponse:
    """Begin an import of the files that were sent, or say why not."""
    files = [file for file in request.FILES.getlist("files") if file.size]
    if request.META.get(uploads.TOO_LARGE):
        return _choose(request, uploads.too_large())
    if not files:
        return _choose(request, _("Choose at least one file that is not empty."))
    if len(files) == 1 and _is_notebook(files[0]):
        return _take_notebook(request, files[0])
    try:
        batch = take_in(
            request.user, files, country=request.seeker.country, now=request.now, mail=_of_mail(request)
        )
    except (ImportFailed, FormatError) as error:
        return _choose(request, ended(error.code))
    return go(request, "import", batch.pk)


def _of_mail(request: Request) -> dict[str, Any]:
    """Read what is wanted of an archive of mail."""
    said = request.POST
    own = [word for word in re.split(r"[\s,;<>]+", said.get("mail_me", "")[:2000]) if "@" in word]
    return {"me": own, "everyone": "mail_everyone" in said, "keep_text": "mail_text" in said}


def _is_notebook(file: Any) -> bool:
    with uploads.path_of(file).open("rb") as opened:
        return is_archive(opened.read(_HEAD))


def _take_notebook(request: Request, file: Any) -> HttpResponse:
    """An exported notebook goes into an empty one, whole or not at all."""
    try:
        with uploads.path_of(file).open("rb") as opened:
            taken = import_notebook(request.user, opened, now=request.now)
    except ArchiveError as error:
        return _choose(
            request,
            _("This is an exported Askwell notebook, and it was not taken in: %(why)s.") % {"why": error},
        )
    people = taken.rows.get("people.contact", 0)
    said = ngettext(
        "Your notebook is here: %(count)s person.", "Your notebook is here: %(count)s people.", people
    )
    return tell(request, said % {"count": people}, "people")


@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """How far an import is: at work, planned, done, or ended early."""
    batch = _own(request, pk)
    if batch.state in RUNNING:
        go_on(batch, now=request.now)
        batch = _own(request, pk)
    kind = _PARTS[ImportState(batch.state)]
    context = {"batch": batch, "kind": kind, "part": f"web/imports/{kind}.html", "running": kind == "running"}
    context |= {
        "running": _running, "plan": _plan, "finished": _finished, "ended": _ended
    }[kind](request, batch)  # fmt: skip
    return page(request, "web/imports/import.html", context, part="web/imports/state.html")


def _own(request: Request, pk: int) -> Import:
    rows = Import.objects.select_related("change", "owner").defer("change__entries")
    batch: Import = own(rows, request.user, pk=pk)
    return batch


def _running(request: Request, batch: Import) -> dict[str, Any]:
    return {
        "progress": progress_of(batch),
        "applying": batch.state == ImportState.APPLYING,
        "other": other_at_work(batch, now=request.now),
    }


def _plan(request: Request, batch: Import) -> dict[str, Any]:
    counts = batch.summary["counts"]
    return {
        "counts": counts,
        "samples": _samples(batch),
        "skipped": [(SKIPPED.get(code, code), n) for code, n in batch.summary["skipped"].items()],
        "problems": queries.problems_of(batch, size=_FIRST_PROBLEMS),
        "nothing": not any(
            counts[name] for name in ("new", "matched", "touches_new", "events_new", "notes", "review")
        ),
        "can_map": _has_columns(batch),
        "format": FORMATS.get(batch.format, _("Files")),
        "own_addresses": batch.summary.get("own_addresses", []),
        "other": other_at_work(batch, now=request.now),
    }


def _samples(batch: Import) -> list[dict[str, Any]]:
    titles = {
        "new": _("New people"),
        "matched": _("People you know already, with something new"),
        "review": _("To decide afterwards: perhaps the same person"),
    }
    counts, samples = batch.summary["counts"], batch.summary["samples"]
    return [
        {
            "kind": kind,
            "title": title,
            "count": counts[kind],
            "rows": [_in_words(row) for row in samples.get(kind, ())],
            "open": kind == "new",
        }
        for kind, title in titles.items()
        if counts[kind]
    ]


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    doubts = [
        {**doubt, "why": why(doubt["reason"]), "more": DETAILS.get(doubt["detail"], "")}
        for doubt in row["doubts"]
    ]
    return {**row, "said": why(row["why"]), "doubts": doubts}


def _has_columns(batch: Import) -> bool:
    try:
        return importing.column_preview(batch) is not None
    except FilesGone:
        return False


def _finished(request: Request, batch: Import) -> dict[str, Any]:
    change = batch.change
    return {
        "first_run": request.seeker.first_run_done_at is None,
        "next_url": resolve_url("today" if request.seeker.first_run_done_at else "begin"),
        "next_label": _("To Today") if request.seeker.first_run_done_at else _("Next: your goal"),
        "counts": batch.summary.get("counts", {}),
        "moved": batch.summary.get("moved", []),
        "undone": batch.summary.get("undone"),
        "can_undo": change is not None and change.undone_at is None and not batch.summary.get("undone"),
        "to_review": Review.objects.for_owner(request.user)
        .filter(batch=batch, state=ReviewState.OPEN)
        .count(),
        "problems": queries.problems_of(batch, size=_FIRST_PROBLEMS),
    }


def _ended(_request: Request, batch: Import) -> dict[str, Any]:
    stopped = batch.state == ImportState.CANCELLED
    return {
        "stopped": stopped,
        "left": stopped and batch.finished_at is not None,
        "why": "" if stopped else ended(batch.error),
        "again": batch.error != FilesGone.code and batch.finished_at is None,
        "full": batch.error == DiskFull.code,
    }


@require_GET
def problems(request: Request, pk: int) -> HttpResponse:
    """Every row that could not be read as it stands, errors first, with its place."""
    batch = _own(request, pk)
    found = queries.problems_of(batch, number=page_number(request))
    return page(request, "web/imports/problems.html", {"batch": batch, "problems": found})


@require_http_methods(["GET", "POST"])
def columns(request: Request, pk: int) -> HttpResponse:
    """Which column of an unknown table holds what."""
    batch = _own(request, pk)
    try:
        seen = importing.column_preview(batch)
    except FilesGone:
        seen = None
    if seen is None or batch.state == ImportState.DONE:
        return tell(request, _("There is no table with unknown columns here."), "import", batch.pk)
    form = ColumnsForm(request.POST or None, seen=seen)
    if request.method == "POST" and form.is_valid():
        importing.set_mapping(batch, form.mapping())
        return _again(request, batch)
    context = {"batch": batch, "seen": seen, "form": form}
    return page(request, "web/imports/columns.html", context, status=REFUSED if form.errors else 200)


def _again(request: Request, batch: Import) -> HttpResponse:
    importing.ask_to_read(batch)
    go_on(batch, now=request.now)
    return go(request, "import", batch.pk)


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Read the files once more."""
    return _again(request, _own(request, pk))


@require_POST
def bring(request: Request, pk: int) -> HttpResponse:
    """Carry the import out."""
    batch = _own(request, pk)
    if (other := other_at_work(batch, now=request.now)) is not None:
        words = _("Another import is at work (%(names)s). Wait until it is done, then bring these in.")
        return tell(request, words % {"names": ", ".join(other.names)}, "import", batch.pk)
    try:
        importing.ask_to_apply(batch)
    except WrongState:
        return go(request, "import", batch.pk)  # pressed twice; the page says how it stands
    go_on(batch, now=request.now)
    return go(request, "import", batch.pk)


@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """Stop it, or let it be; nothing was written."""
    batch = _own(request, pk)
    try:
        stopping = stop(batch, now=request.now)
    except WrongState:
        return tell(request, _("It was done already. You can take it back here."), "import", batch.pk)
    if stopping:
        return tell(request, _("It stops at the next part; nothing will be brought in."), "import", batch.pk)
    return done(request, _("Left alone; nothing was brought in."), "imports", undo=False)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Undo a whole import; whoever was used since stays."""
    batch = _own(request, pk)
    try:
        undone = importing.undo_import(own(Import, request.user, pk=batch.pk), now=request.now)
    except WrongState:
        return tell(request, _("That was already taken back."), "import", batch.pk)
    said = ngettext("%(count)s person taken out again.", "%(count)s people taken out again.", undone.removed)
    return done(request, said % {"count": undone.removed}, "import", batch.pk, undo=False)
