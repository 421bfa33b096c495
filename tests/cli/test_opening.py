"""Opening the notebook: made once, brought up to date once, never left half done."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each test starts processes of its own

OPEN = "from askwell.cli.notebook import open_notebook; print(open_notebook().username)"
# Migrates, and waits for ever before the last of it is written down.
STUCK = """
import time
from askwell.cli import notebook
from django.db.models.signals import post_migrate
notebook.start_django()
def wait(**_):
    print("in the middle", flush=True)
    time.sleep(60)
post_migrate.connect(wait)
notebook.open_notebook()
"""


def python(code, home, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def tables(path):
    with closing(sqlite3.connect(path)) as notebook:
        return {name for (name,) in notebook.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.fixture
def file(home):
    return Path(home["ASKWELL_DATA"]) / "askwell.sqlite3"


def test_the_first_start_makes_a_notebook_for_its_user_alone(home, file):
    out, err = python(OPEN, home).communicate(timeout=60)
    assert out == "me\n", err
    assert "Preparing the notebook" in err
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_second_start_has_nothing_to_prepare(opened):
    out, err = python(OPEN, opened).communicate(timeout=60)
    assert (out, err) == ("me\n", "")


def test_a_command_makes_files_that_only_their_user_reads(shell, file):
    assert shell("find", "nobody").code == 3
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in file.parent.iterdir()} == {0}


def test_two_first_starts_at_once_make_one_notebook(home):
    starts = [python(OPEN, home) for _ in range(3)]
    ends = [start.communicate(timeout=90) for start in starts]
    assert [out for out, _ in ends] == ["me\n"] * 3, ends
    assert sum("Preparing" in err for _, err in ends) == 1


def test_a_start_killed_in_the_middle_of_the_first_migration_leaves_nothing_half_done(home, file):
    stuck = python(STUCK, home)
    assert stuck.stdout.readline() == "in the middle\n"
    stuck.send_signal(signal.SIGKILL)
    stuck.communicate(timeout=30)
    assert tables(file) == set()
    out, err = python(OPEN, home).communicate(timeout=60)
    assert out == "me\n", err
    assert "people_contact" in tables(file)


@pytest.fixture
def older(opened, file):
    """A notebook written before the last migration of sessions."""
    with closing(sqlite3.connect(file)) as notebook:
        notebook.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        notebook.execute("DROP TABLE django_session")
        notebook.commit()
    return file


def test_an_older_notebook_is_copied_before_it_is_brought_up_to_date(home, older):
    out, err = python(OPEN, home).communicate(timeout=60)
    assert out == "me\n", err
    (copy,) = older.parent.glob("askwell.sqlite3.before-*")
    assert "django_session" not in tables(copy)
    assert "django_session" in tables(older)
    assert stat.S_IMODE(copy.stat().st_mode) & 0o077 == 0 or stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_a_start_killed_while_bringing_an_older_notebook_up_to_date_keeps_it_as_it_was(home, older):
    before = tables(older)
    stuck = python(STUCK, home)
    assert stuck.stdout.readline() == "in the middle\n"
    stuck.send_signal(signal.SIGKILL)
    stuck.communicate(timeout=30)
    assert tables(older) == before
    out, _ = python(OPEN, home).communicate(timeout=60)
    assert out == "me\n"
    assert "django_session" in tables(older)


def test_a_notebook_of_a_newer_askwell_is_refused_and_left_alone(opened, file, shell):
    with closing(sqlite3.connect(file)) as notebook:
        notebook.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_later', '2027-01-01')"
        )
        notebook.commit()
    ended = shell("today")
    assert ended.code == 1
    assert "newer Askwell" in ended.err
    assert "Traceback" not in ended.err
    assert shell("today", "--json").row["error"] == "cannot-open"


def test_a_file_that_is_no_notebook_is_said_to_be_none(home, file, shell):
    file.parent.mkdir(mode=0o700)
    file.write_bytes(b"this is a letter, not a database" * 100)
    ended = shell("today")
    assert ended.code == 1
    assert "cannot be opened" in ended.err
    assert "Traceback" not in ended.err
    assert file.read_bytes().startswith(b"this is a letter")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said_to_be_one(home, shell):
    folder = Path(home["ASKWELL_DATA"])
    folder.mkdir(mode=0o500)
    assert "cannot" in shell("today").err


def test_a_data_folder_that_is_a_file_is_refused_plainly(home, shell):
    Path(home["ASKWELL_DATA"]).write_text("taken")
    ended = shell("today")
    assert ended.code == 1
    assert "data folder cannot be used" in ended.err
