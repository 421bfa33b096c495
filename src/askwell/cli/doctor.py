"""``askwell doctor``: looks for what is wrong with this notebook, and says it plainly."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from askwell.cli.failures import REFUSED, Failure
from askwell.cli.notebook import clock, database_file, open_notebook, start_django
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

LEAST_FREE = 200 * 1024 * 1024
OLD_IMPORT = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at.  ``ok`` False means something is to be done; the sentence says what."""

    code: str
    ok: bool
    sentence: str


def doctor(
    mail: Annotated[
        bool, typer.Option("--mail", help="Try every connected mailbox out instead, step by step.")
    ] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Look for what is wrong with this notebook; exit code 1 where something is to be done."""
    from askwell.cli.desk import emit, sit_down

    if mail:
        from askwell.cli.mail_accounts import doctor_of_mail

        raise typer.Exit(doctor_of_mail(sit_down(now=now, json=json)))
    moment = clock(now)
    start_django()
    worst = 0
    for check in _checks(moment):
        mark = _("fine") if check.ok else _("MEND")
        emit(check) if json else print(f"{mark:<5} {check.sentence}")
        worst = worst or (0 if check.ok else REFUSED)
    raise typer.Exit(worst)


def _checks(now: datetime) -> Iterator[Check]:
    yield versions()
    yield folder()
    yield disk()
    try:
        owner = open_notebook()
    except Failure as failure:
        yield Check(code="notebook", ok=False, sentence=failure.sentence)
        return
    looks: tuple[Callable[[AbstractBaseUser, datetime], Check], ...] = (
        integrity,
        pending,
        derived,
        calendars,
    )
    for look in looks:
        yield look(owner, now)
    yield port()


def versions() -> Check:
    """Say what runs here."""
    from askwell import __version__

    words = {"askwell": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return Check(
        code="versions",
        ok=True,
        sentence=_("Askwell %(askwell)s, Python %(python)s, SQLite %(sqlite)s.") % words,
    )


def _data() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR)


def folder() -> Check:
    """Is the data folder the user's alone?"""
    path = _data()
    mode = stat.S_IMODE(path.stat().st_mode)
    words = {"path": path, "mode": f"{mode:o}"}
    if not os.access(path, os.W_OK):
        return Check(
            code="folder", ok=False, sentence=_("The data folder %(path)s cannot be written.") % words
        )
    if mode & 0o077:
        text = _("Others on this machine can read %(path)s (mode %(mode)s): chmod 700 it.")
        return Check(code="folder", ok=False, sentence=text % words)
    return Check(code="folder", ok=True, sentence=_("The data folder is %(path)s, yours alone.") % words)


def disk() -> Check:
    """Is there room for the notebook to grow and for a backup of it?"""
    free = shutil.disk_usage(_data()).free
    file = database_file()
    size = file.stat().st_size if file and file.exists() else 0
    words = {"free": free // 1024**2, "size": size // 1024**2}
    if free < max(LEAST_FREE, 2 * size):
        text = _("Only %(free)s MB are free on the disk; the notebook has %(size)s MB. Make room.")
        return Check(code="disk", ok=False, sentence=text % words)
    return Check(code="disk", ok=True, sentence=_("%(free)s MB are free on the disk.") % words)


def integrity(_owner: AbstractBaseUser, _now: datetime) -> Check:
    """Is every page of the database whole, and does every row point at one that is there?"""
    from django.db import DatabaseError, connection

    if connection.vendor != "sqlite":
        return Check(code="integrity", ok=True, sentence=_("The database answers (PostgreSQL)."))
    try:
        with connection.cursor() as cursor:
            verdict = cursor.execute("PRAGMA integrity_check(1)").fetchone()[0]
            strays = len(cursor.execute("PRAGMA foreign_key_check").fetchall())
    except DatabaseError as error:
        verdict, strays = str(error), 0
    if verdict != "ok" or strays:
        lost = _n("%(count)s row points nowhere", "%(count)s rows point nowhere", strays)
        words = {"what": verdict if verdict != "ok" else lost}
        text = _("The database is damaged: %(what)s. Put a backup back with askwell restore.")
        return Check(code="integrity", ok=False, sentence=text % words)
    return Check(code="integrity", ok=True, sentence=_("The database is whole."))


def pending(owner: AbstractBaseUser, now: datetime) -> Check:
    """Is an import waiting that nobody works on?"""
    from askwell.people.models import Import, ImportState

    at_work = [ImportState.READING, ImportState.APPLYING]
    old = Import.objects.for_owner(owner).filter(state__in=at_work, started_at__lt=now - OLD_IMPORT).count()
    if old:
        one = "%(count)s import did not finish: open askwell serve to let it, or cancel it there."
        many = "%(count)s imports did not finish: open askwell serve to let them, or cancel them there."
        return Check(code="imports", ok=False, sentence=_n(one, many, old))
    return Check(code="imports", ok=True, sentence=_("No import is left half way."))


def derived(owner: AbstractBaseUser, now: datetime) -> Check:
    """Are the steps those that follow from what happened?  Looks without changing anything."""
    from django.db import transaction

    from askwell.outreach.derive import recompute

    with transaction.atomic():
        done = recompute(owner, now=now)
        transaction.set_rollback(True)
    changed = done.steps_changed + done.states_changed  # a standing fades with the days: that is no fault
    if changed:
        one = "%(count)s derived row is out of date: askwell recompute."
        many = "%(count)s derived rows are out of date: askwell recompute."
        return Check(code="steps", ok=False, sentence=_n(one, many, changed))
    return Check(code="steps", ok=True, sentence=_("Every step follows from what happened."))


def calendars(owner: AbstractBaseUser, _now: datetime) -> Check:
    """Did every calendar answer when it was looked into last?  Asks no server."""
    from askwell.mailroom.models import CalendarAccount

    accounts = CalendarAccount.objects.for_owner(owner)
    account = accounts.exclude(trouble={}).order_by("pk").first()
    if account is not None and account.paused_at is not None:
        text = _(
            "The calendar %(where)s is paused, as in every copy: askwell calendar resume goes on with it."
        )
        return Check(code="calendars", ok=False, sentence=text % {"where": account.where})
    if account is not None:
        from askwell.mailroom.calendar_servers import trouble_said

        return Check(code="calendars", ok=False, sentence=trouble_said(account))
    if not accounts.exists():
        return Check(code="calendars", ok=True, sentence=_("No calendar is connected."))
    return Check(
        code="calendars", ok=True, sentence=_("Every calendar answered when it was looked into last.")
    )


def port() -> Check:
    """Could ``askwell serve`` listen, or does it already?"""
    wanted = int(os.environ.get("ASKWELL_PORT") or 8765)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            text = _("Port %(port)s is in use: by Askwell, or it will take the next one.")
            return Check(code="port", ok=True, sentence=text % {"port": wanted})
    return Check(code="port", ok=True, sentence=_("Port %(port)s is free.") % {"port": wanted})
