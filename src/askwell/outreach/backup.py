"""A copy of the whole database, made and put back while Askwell is running.

SQLite's own online backup is used both ways: the copy is of one moment, and putting it back is one
transaction that other connections see whole or not at all.  A backup is checked before it is put
back, and what was there is kept beside it first.  Files that were kept (``kept_files``) go along in the
same file.  On PostgreSQL its own ``pg_dump`` and ``pg_restore`` do the work, and the folder ``files`` of
the data folder is to be copied beside it.

A copy put back sends nothing by itself (``mailroom.restoring``): with SQLite that is so before it becomes
the notebook, with PostgreSQL right after, so no worker may run meanwhile.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from askwell.mailroom.models import Outgoing
from askwell.mailroom.restoring import stand_still, stand_still_in
from askwell.outreach import kept_files

if TYPE_CHECKING:
    from datetime import datetime

SQLITE_MAGIC = b"SQLite format 3\x00"
PG_MAGIC = b"PGDMP"


class BackupError(Exception):
    """The copy could not be made or put back.  The notebook is as it was."""


def backup(target: Path, *, overwrite: bool = False) -> Path:
    """Copy the database to ``target``, whole and checked; an older file there stays until then."""
    if target.is_dir():
        raise BackupError(f"{target} is a folder; name a file")
    if target.exists() and not overwrite:
        raise BackupError(f"{target} is there already; name another file, or say --overwrite")
    part = target.with_name(target.name + ".part")
    try:
        _copy_out(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"the backup was not made: {error}. Nothing was changed.") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def restore(source: Path, *, now: datetime) -> Path:
    """Put a backup back in place of the database.  Gives the copy kept of what was there."""
    kept = source.with_name(f"askwell-before-restore-{now:%Y%m%d-%H%M%S}{source.suffix}")
    _check(source)
    backup(kept, overwrite=True)
    try:
        _copy_in(source, now=now)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"the backup was not put back: {error}. The notebook is as it was.") from error
    finally:
        connections.close_all()
    return kept


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _copy_out(part: Path) -> None:
    part.touch(mode=0o600)
    if not _is_sqlite():
        _run_pg("pg_dump", "--format=custom", "--no-owner", f"--file={part}")
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(part)) as copy:
        connection.connection.backup(copy, pages=4096)
        copy.execute("PRAGMA journal_mode=DELETE")
        kept_files.into_copy(copy)
    _check_sqlite(part)


def _copy_in(source: Path, *, now: datetime) -> None:
    if not _is_sqlite():
        _run_pg(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source), to=True
        )
        if Outgoing._meta.db_table in connection.introspection.table_names():
            stand_still(now=now)
        return
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=settings.DATA_DIR) as folder:
        still = Path(folder) / "copy.sqlite3"
        shutil.copyfile(source, still)
        connection.ensure_connection()
        with closing(sqlite3.connect(still)) as copy:
            stand_still_in(copy, now=now)
            kept_files.out_of_copy(copy)
            copy.backup(connection.connection)
    kept_files.leave_no_table(connection.connection)


def _check(source: Path) -> None:
    try:
        with source.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise BackupError(f"{source} cannot be read: {error.strerror}") from error
    wanted = SQLITE_MAGIC if _is_sqlite() else PG_MAGIC
    if not head.startswith(wanted):
        kind = "SQLite" if _is_sqlite() else "PostgreSQL"
        raise BackupError(f"{source} is not a backup of an Askwell notebook on {kind}")
    if _is_sqlite():
        _check_sqlite(source)


def _check_sqlite(path: Path) -> None:
    """Refuse a damaged file, and one made by a newer Askwell."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            applied = set(copy.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as error:
        raise BackupError(f"{path} is damaged or not an Askwell notebook: {error}") from error
    if verdict != "ok":
        raise BackupError(f"{path} is damaged: {verdict}")
    known = set(MigrationLoader(None).disk_migrations)
    if strange := {
        f"{app}.{name}" for app, name in applied - known if app in {"people", "outreach", "mailroom"}
    }:
        raise BackupError(f"{path} was made by a newer Askwell ({', '.join(sorted(strange))})")


def _run_pg(program: str, *arguments: str, to: bool = False) -> None:
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"{program} is needed for a backup of PostgreSQL and is not on this machine's path")
    settings = connection.settings_dict
    params = connection.get_connection_params()
    target = {
        "PGHOST": str(params.get("host") or settings["HOST"] or ""),
        "PGPORT": str(params.get("port") or settings["PORT"] or ""),
        "PGUSER": str(params.get("user") or ""),
        "PGPASSWORD": str(params.get("password") or ""),
        "PGDATABASE": str(params.get("dbname") or settings["NAME"]),
    }
    environment = {**os.environ, **{name: value for name, value in target.items() if value}}
    command = [path, *(["--dbname", target["PGDATABASE"]] if to else []), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}. Nothing was changed.")
