"""Opens the notebook for a command: settings, the schema brought up to date, the owner.

Theory of operation.  Opening costs one query where nothing is to be done: the names of the migrations
applied, compared with the files there are.  Where something is to be done, a file lock lets one process do
it.  A new notebook has its tables made as the models say, which is what all migrations together lead to.  An
existing database is first copied (``askwell.sqlite3.before-0.1.0``), then every missing migration is run.
Either is one transaction: a process killed in the middle leaves what was there before.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell import __version__
from askwell.cli.failures import Failure
from askwell.cli.words import _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

ZONE_SAID = os.environ.get("TZ", "")  # read here: Django puts its own there when it starts
MIGRATING = 0x61736B77  # the name of our lock in PostgreSQL
Migrations = set[tuple[str, str]]


class CannotOpen(Failure):
    """The notebook cannot be opened as it stands."""

    code = "cannot-open"


def start_django() -> None:
    """Load settings and models; makes the data folder, for its user alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    import django
    from django.apps import apps

    if apps.ready:
        return
    try:
        from django.conf import settings

        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotOpen(f"The data folder cannot be used: {error.strerror} ({error.filename}).") from error
    django.setup()


def open_notebook() -> AbstractBaseUser:
    """Give the owner of this machine's notebook, its schema up to date.  Raises CannotOpen."""
    start_django()
    from django.db import DatabaseError

    from askwell.people.owners import local_owner

    try:
        bring_up_to_date()
        return local_owner()
    except (DatabaseError, OSError) as error:
        raise CannotOpen(_("The notebook cannot be opened: %(reason)s.") % {"reason": error}) from error


def bring_up_to_date() -> None:
    """Migrate where needed, one process at a time, all of it or nothing."""
    if not missing():
        return
    with _one_at_a_time():
        # Another process may have done it while this one waited.
        if missing():
            new = not _applied()
            _keep_copy()
            _prepare(_lay_out if new and database_file() else _migrate)
            if new:
                _keep_time_of_this_machine()


def _keep_time_of_this_machine() -> None:
    """Let a new notebook begin in the zone this machine keeps; its owner may choose another."""
    from askwell.outreach.queries import seeker_of
    from askwell.people.owners import local_owner

    if zone := machine_zone(ZONE_SAID):
        seeker = seeker_of(local_owner())
        seeker.zone = zone
        seeker.save(update_fields=["zone"])


def machine_zone(said: str) -> str:
    """Name the zone of this machine, as TZ (``said``) or the system says; empty where neither tells."""
    from zoneinfo import available_timezones

    link = Path("/etc/localtime")
    said = said.lstrip(":") or str(link.resolve()).partition("/zoneinfo/")[2]
    return said if said in available_timezones() else ""


def missing() -> Migrations:
    """Name the migrations not yet applied.  Raises CannotOpen for a notebook of a newer Askwell."""
    there, applied = _on_disk(), _applied()
    apps = {app for app, _name in there}
    if unknown := {(app, name) for app, name in applied if app in apps} - there:
        app, name = min(unknown)
        raise CannotOpen(
            _("This notebook was written by a newer Askwell than %(version)s (it has %(app)s %(name)s).")
            % {"version": __version__, "app": app, "name": name}
        )
    return there - applied


def _on_disk() -> Migrations:
    from django.apps import apps

    return {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in Path(config.path, "migrations").glob("[0-9]*.py")
    }


def _applied() -> Migrations:
    from django.db import connection

    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    from django.conf import settings

    with (Path(settings.DATA_DIR) / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def database_file() -> Path | None:
    """Give the file of a SQLite notebook; None elsewhere, and in memory."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        return None
    return Path(name)


def _keep_copy() -> None:
    """Copy a database that holds something, as it was before this version."""
    path = database_file()
    if path is None or not _applied():
        return
    kept = path.with_name(f"{path.name}.before-{__version__}")
    part = kept.with_name(f"{kept.name}.part")
    with (
        contextlib.closing(sqlite3.connect(path)) as source,
        contextlib.closing(sqlite3.connect(part)) as copy,
    ):
        source.backup(copy)
    part.replace(kept)


def _prepare(schema: Callable[[], None]) -> None:
    from django.db import connection, transaction

    print(_("Preparing the notebook..."), file=sys.stderr)
    # Tables are rebuilt without foreign keys, which SQLite leaves aside only from outside a transaction.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if (
                connection.vendor == "postgresql"
            ):  # several machines may share one; the file lock is of this one
                connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
            schema()
            _derive()
    finally:
        connection.enable_constraint_checking()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _lay_out() -> None:
    """Make the tables of a new notebook as the models say: a tenth of the time of all its migrations."""
    from django.apps import apps
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in sorted(_on_disk()):
        recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _derive() -> None:
    """Derive anew what the rules of this version say of what was there."""
    from askwell.outreach.derive import recompute
    from askwell.outreach.written import rebuild_words
    from askwell.people.index import rebuild
    from askwell.people.owners import local_owner

    owner = local_owner()
    rebuild(owner)
    rebuild_words(owner)
    recompute(owner, now=clock())


def clock(text: str = "", zone: str = "UTC") -> Any:
    """Read the clock: the one place in the command line that does.

    ``text`` is what ``--now`` said, ``zone`` the one it is read in where it names none.
    """
    from datetime import UTC, datetime

    from askwell.cli.dates import read_moment

    said = text or os.environ.get("ASKWELL_NOW", "")
    return read_moment(said, zone) if said else datetime.now(UTC)
