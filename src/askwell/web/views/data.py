"""Nothing trapped, nothing lost: take everything out, copy it, put a copy back."""

from __future__ import annotations

import codecs
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from django.conf import settings
from django.contrib.auth import login
from django.core.management import call_command
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

import askwell
from askwell.formats import google_csv_writer, vcard
from askwell.outreach.archive import export_notebook
from askwell.outreach.backup import BackupError, backup, restore
from askwell.outreach.open_formats import calendar_file, person_records
from askwell.people import queries
from askwell.people.owners import local_owner
from askwell.web.answers import REFUSED, page, tell
from askwell.web.uploads import folder, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from askwell.web.requests import Request

BACKUPS = "backups"  # below the data folder: what was there before a copy was put back


@require_GET
def data(request: Request) -> HttpResponse:
    """Where everything is, and every way out and back."""
    return _show(request)


def _show(request: Request, error: str = "") -> HttpResponse:
    context = {
        "tab": "data",
        "error": error,
        "folder": settings.DATA_DIR if settings.LOCAL else "",
        "version": askwell.__version__,
        "local": settings.LOCAL,
        "imports": queries.imports(request.user, size=3).rows,
    }
    return page(request, "web/settings/data.html", context, status=REFUSED if error else 200)


def _notebook(request: Request, out: IO[bytes]) -> None:
    text = codecs.getwriter("utf-8")(out)
    export_notebook(request.user, text, now=request.now)  # type: ignore[arg-type]


def _cards(version: Literal["3.0", "4.0"]) -> Callable[[Request, IO[bytes]], None]:
    def write(request: Request, out: IO[bytes]) -> None:
        out.writelines(vcard.write(person_records(request.user), version=version))

    return write


def _table(request: Request, out: IO[bytes]) -> None:
    out.writelines(google_csv_writer.write(person_records(request.user)))


def _calendar(request: Request, out: IO[bytes]) -> None:
    out.write(calendar_file(request.user, now=request.now))


KINDS: dict[str, tuple[str, str, Callable[[Request, IO[bytes]], None]]] = {
    "notebook": ("askwell.json", "application/json", _notebook),
    "vcard4": ("people.vcf", "text/vcard; charset=utf-8", _cards("4.0")),
    "vcard3": ("people-3.vcf", "text/vcard; charset=utf-8", _cards("3.0")),
    "csv": ("people.csv", "text/csv; charset=utf-8", _table),
    "calendar": ("askwell.ics", "text/calendar; charset=utf-8", _calendar),
}


@require_GET
def export(request: Request, kind: str) -> HttpResponse:
    """Everything, or the people, or the days, as a file."""
    if kind not in KINDS:
        raise Http404
    name, content_type, write = KINDS[kind]
    file = _scratch()
    write(request, file)
    return _sent(file, name, content_type, request)


def _scratch() -> IO[bytes]:
    """A file in the data folder that is gone when it has been sent."""
    return tempfile.NamedTemporaryFile(dir=folder(), suffix=".download")


def _sent(file: IO[bytes], name: str, content_type: str, request: Request) -> HttpResponse:
    file.seek(0)
    stem, dot, ending = name.rpartition(".")
    response: HttpResponse = FileResponse(  # type: ignore[assignment]
        file,
        as_attachment=True,
        filename=f"{stem}-{request.now:%Y-%m-%d}{dot}{ending}",
        content_type=content_type,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _only_local() -> None:
    """A copy of the database holds everybody's notebook, so only one's own machine gives it."""
    if not settings.LOCAL:
        raise Http404


@require_GET
def copy(request: Request) -> HttpResponse:
    """The whole database in one checked file."""
    _only_local()
    file = _scratch()
    try:
        backup(Path(file.name), overwrite=True)
    except BackupError as error:
        file.close()
        return tell(request, _("The copy was not made: %(why)s") % {"why": error}, "settings_data")
    # The copy took the name's place; what is open here is the empty file it replaced.
    made = Path(file.name).open("rb")  # noqa: SIM115 - closed when it has been sent
    file.close()
    return _sent(made, "askwell-backup.sqlite3", "application/octet-stream", request)


@require_http_methods(["GET", "POST"])
def put_back(request: Request) -> HttpResponse:
    """A copy in the place of the notebook; what was there is kept."""
    _only_local()
    if request.method == "GET":
        return _show(request)
    file = request.FILES.get("backup")
    if file is None:
        return _show(request, _("Choose a backup first."))
    if request.POST.get("sure") != "yes":
        return _show(request, _("Tick that the notebook here may be replaced. Then choose the file again."))
    try:
        kept = restore(path_of(file), now=request.now)
    except BackupError as error:
        return _show(request, _("Nothing was changed: %(why)s.") % {"why": error})
    kept = _kept_safe(kept)
    call_command("migrate", verbosity=0)
    login(request, local_owner(), backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return tell(request, _("Put back. What was here before is kept as %(kept)s.") % {"kept": kept}, "today")


def _kept_safe(kept: Path) -> Path:
    place = Path(settings.DATA_DIR) / BACKUPS
    place.mkdir(mode=0o700, exist_ok=True)
    return kept.replace(place / f"{kept.stem}.sqlite3")
