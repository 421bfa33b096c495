"""A copy of everything, made and put back while the notebook is open."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections

from askwell.outreach import backup
from askwell.people.models import Contact, Organization

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _tools_of_the_server():
    """A backup of PostgreSQL is made by its own tools; those of an older version refuse."""
    if connection.vendor == "sqlite":
        return
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not on the path")
    said = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    theirs = int(said.split()[2].split(".")[0])
    if theirs < connection.pg_version // 10000:
        pytest.skip(f"pg_dump {theirs} is older than the server")


def person(name: str) -> Contact:
    owner, _ = get_user_model().objects.get_or_create(username="ana")
    return Contact.objects.create(owner=owner, name=name, created_at=NOW)


def names() -> list[str]:
    return list(Contact.objects.order_by("name").values_list("name", flat=True))


def test_a_backup_put_back_gives_the_notebook_of_then(tmp_path):
    person("Amara Okafor")
    copy = backup.backup(tmp_path / "copy.askwell")
    person("Jonas Weber")
    kept = backup.restore(copy, now=NOW)
    assert names() == ["Amara Okafor"]
    assert kept.exists()


def test_what_was_there_before_a_restore_is_kept_and_can_be_put_back(tmp_path):
    person("Amara Okafor")
    copy = backup.backup(tmp_path / "copy.askwell")
    person("Jonas Weber")
    kept = backup.restore(copy, now=NOW)
    backup.restore(kept, now=datetime(2026, 11, 23, 16, tzinfo=UTC))
    assert names() == ["Amara Okafor", "Jonas Weber"]


def test_a_backup_while_others_write_is_whole(tmp_path):
    """Organizations are written in pairs, each pair in one transaction: a copy never holds half a pair."""
    owner = get_user_model().objects.create(username="ana")
    stop = threading.Event()

    def write() -> None:
        from django.db import transaction

        number = 0
        while not stop.is_set() and number < 400:
            with transaction.atomic():
                for half in ("left", "right"):
                    Organization.objects.create(owner=owner, name=half, key=f"{half} {number}")
            number += 1
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backup.backup(tmp_path / f"copy{n}") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        backup.restore(copy, now=NOW)
        halves = [Organization.objects.filter(name=half).count() for half in ("left", "right")]
        assert halves[0] == halves[1]


def test_a_name_with_spaces_and_signs_is_fine(tmp_path):
    person("Amara Okafor")
    copy = backup.backup(tmp_path / "my copy #1 50%?.askwell")
    backup.restore(copy, now=NOW)
    assert names() == ["Amara Okafor"]


def test_a_file_already_there_is_not_overwritten_unasked(tmp_path):
    target = tmp_path / "copy"
    target.write_text("precious")
    with pytest.raises(backup.BackupError, match="there already"):
        backup.backup(target)
    assert target.read_text() == "precious"


def test_a_folder_is_no_name_for_a_backup(tmp_path):
    with pytest.raises(backup.BackupError, match="folder"):
        backup.backup(tmp_path)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 200, b"PGDMP broken"])
def test_what_is_no_backup_is_refused_and_the_notebook_stays(tmp_path, content):
    person("Amara Okafor")
    wrong = tmp_path / "wrong"
    wrong.write_bytes(content)
    with pytest.raises(backup.BackupError):
        backup.restore(wrong, now=NOW)
    assert names() == ["Amara Okafor"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(backup.BackupError, match=r"nowhere\.askwell"):
        backup.restore(tmp_path / "nowhere.askwell", now=NOW)


def test_a_truncated_backup_is_refused_and_the_notebook_stays(tmp_path):
    person("Amara Okafor")
    copy = backup.backup(tmp_path / "copy.askwell")
    data = copy.read_bytes()
    copy.write_bytes(data[: len(data) // 2])
    with pytest.raises(backup.BackupError):
        backup.restore(copy, now=NOW)
    assert names() == ["Amara Okafor"]


def test_a_backup_of_a_newer_askwell_is_refused(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own table of migrations is looked into")
    person("Amara Okafor")
    copy = backup.backup(tmp_path / "copy.askwell")
    with sqlite3.connect(copy) as file:
        file.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0099_from_the_future', '2031-01-01')"
        )
    with pytest.raises(backup.BackupError, match="newer Askwell"):
        backup.restore(copy, now=NOW)
    assert names() == ["Amara Okafor"]


def test_a_full_disk_leaves_no_half_backup(tmp_path):
    if connection.vendor != "sqlite" or os.geteuid() != 0:
        pytest.skip("needs root for a small disk of its own")
    small = tmp_path / "small"
    small.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], check=False)
    if made.returncode:
        pytest.skip("no disk of its own can be mounted here")
    try:
        with pytest.raises(backup.BackupError, match="not made"):
            backup.backup(small / "copy")
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


KILLED = """
import os, signal, sys, threading, time
from pathlib import Path
import django
django.setup()
from askwell.outreach import backup
threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
while True:
    backup.backup(Path(sys.argv[1]), overwrite=True)
"""


def test_killed_in_the_middle_of_a_backup_the_older_one_is_whole(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("pg_dump writes to the side file too; the rename is the same")
    data = tmp_path / "data"
    environment = {**os.environ, "ASKWELL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "askwell.web.settings"}
    environment.pop("DATABASE_URL", None)
    data.mkdir()
    backup.backup(data / "askwell.sqlite3")  # a notebook to copy, that of this test
    target = tmp_path / "copy"
    for delay in ("0.3", "0.7"):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(target), delay], env=environment, check=False
        )
        assert done.returncode == -signal.SIGKILL
        with sqlite3.connect(f"file:{target}?mode=ro", uri=True) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert Path(target).stat().st_size > 10_000
