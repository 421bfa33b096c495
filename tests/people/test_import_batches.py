"""Files in, a plan, the rows: whole or not at all, whatever happens on the way."""

import ast
import os
import shutil
import signal
import subprocess
import sys
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from askwell.formats.errors import TooLarge
from askwell.people import importing
from askwell.people.actions import edit_contact, remove_contacts, tag_contacts
from askwell.people.errors import FilesGone, ImportBusy, ImportCancelled, WrongState
from askwell.people.importing import batches, lease
from askwell.people.importing.progress import folder_of
from askwell.people.models import (
    Contact,
    ContactPoint,
    Import,
    ImportProblem,
    Organization,
    Provenance,
    SearchTerm,
    Tag,
)
from askwell.people.working import this_process

pytestmark = pytest.mark.django_db

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = [
    "Jane,Doe,https://www.linkedin.com/in/jane-doe,jane@acme.example,Acme,PM,08 Feb 2026\n",
    "Tom,Okafor,https://www.linkedin.com/in/tom-okafor,,Globex,Engineer,09 Feb 2026\n",
    "Mia,Lindqvist,https://www.linkedin.com/in/mia-l,,Acme,Designer,10 Feb 2026\n",
]


@pytest.fixture
def connections(tmp_path):
    """A list of connections of so many people."""

    def write(*rows, name="Connections.csv"):
        path = tmp_path / name
        path.write_text(HEADER + "".join(rows or ROWS))
        return path

    return write


@pytest.fixture
def start(owner, now):
    def begin(*paths, **values):
        return importing.start_import(owner, [(Path(p).name, Path(p)) for p in paths], now=now, **values)

    return begin


def many(count):
    return [
        f"Given{n},Family{n},https://www.linkedin.com/in/p{n},,Place {n % 50},Title,08 Feb 2026\n"
        for n in range(count)
    ]


def test_what_an_import_of_the_same_number_left_in_another_notebook_is_not_heeded(connections, start):
    path = connections()
    left = folder_of(start(path))
    left = left.with_name(str(int(left.name) + 1))
    (left / "0000" / "of-another").mkdir(parents=True)
    batch = start(path)
    assert folder_of(batch) == left
    importing.run_reading(batch, now=batch.started_at)
    assert batch.state == "planned"


def test_reading_shows_what_would_happen_and_changes_nothing(connections, start, now):
    batch = start(connections())
    importing.run_reading(batch, now=now)
    assert batch.state == "planned"
    assert batch.summary["counts"] | {"problems": 0} == batch.summary["counts"]
    assert batch.summary["counts"]["new"] == 3
    assert batch.summary["samples"]["new"][0] == {
        "name": "Jane Doe",
        "about": "PM, Acme",
        "why": "new",
        "file": "Connections.csv",
        "line": 2,
        "contact": None,
        "contact_name": "",
        "doubts": [],
    }
    assert not Contact.objects.exists()


def test_applying_does_it_and_removes_the_files(connections, start, now):
    batch = start(connections())
    importing.run_reading(batch, now=now)
    assert folder_of(batch).exists()
    importing.apply_import(batch, now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.claimed_until, batch.error) == ("done", None, "")
    assert Contact.objects.count() == 3
    assert not folder_of(batch).exists()


def test_zip_folder_and_several_files_give_the_same(connections, start, now, tmp_path):
    path = connections()
    archive, folder = tmp_path / "archive.zip", tmp_path / "export"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(path, "Connections.csv")
    folder.mkdir()
    (folder / "Connections.csv").write_text(path.read_text())
    first, *others = [start(path), start(archive), start(folder), start(path, archive)]
    importing.run_reading(first, now=now)
    importing.apply_import(first, now=now)
    for batch in others:
        importing.run_reading(batch, now=now)
        assert batch.summary["counts"]["new"] == 0
        importing.apply_import(batch, now=now)
        assert batch.change is None
    assert Contact.objects.count() == 3


def test_problems_are_kept_with_file_and_line(connections, start, now):
    batch = start(connections("Jane,Doe,,not-an-address,Acme,PM,32 Feb 2026\n"))
    importing.run_reading(batch, now=now)
    assert {(row.file, row.line) for row in ImportProblem.objects.filter(batch=batch)} == {
        ("Connections.csv", 2)
    }
    assert batch.summary["counts"]["problems"] == batch.problems.count() >= 1


def test_a_file_of_the_wrong_kind_is_a_problem_not_a_crash(start, now, tmp_path):
    for name, data in (("cv.pdf", b"%PDF-1.7 x"), ("empty.csv", b""), ("x.zip", b"PK\x03\x04broken")):
        (tmp_path / name).write_bytes(data)
        batch = start(tmp_path / name)
        importing.run_reading(batch, now=now)
        assert batch.problems.filter(severity="error").exists()
        importing.apply_import(batch, now=now)
        assert batch.state == "done"
    assert not Contact.objects.exists()


def test_a_file_that_is_not_there_leaves_nothing_behind(start, tmp_path):
    with pytest.raises(FilesGone) as error:
        start(tmp_path / "nowhere.csv")
    assert error.value.values == {"names": ["nowhere.csv"]}
    assert not Import.objects.exists()


def test_a_file_beyond_the_bound_is_refused_before_it_is_copied(start, tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(TooLarge):
        start(huge)
    assert not Import.objects.exists()


def test_files_that_are_gone_are_named(connections, start, now):
    batch = start(connections())
    batches.remove_files(batch)
    with pytest.raises(FilesGone):
        importing.run_reading(batch, now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("failed", "files-gone")


def test_an_import_is_applied_once(connections, start, now):
    batch = start(connections())
    with pytest.raises(WrongState):
        importing.apply_import(batch, now=now)
    importing.run_reading(batch, now=now)
    importing.apply_import(batch, now=now)
    with pytest.raises(WrongState) as error:
        importing.apply_import(batch, now=now)
    assert error.value.values == {"state": "done"}


def test_a_second_import_at_the_same_time_is_told_to_wait(connections, start, now):
    first, second = start(connections()), start(connections())
    with lease.claimed(first, now=now):
        assert importing.is_at_work(first, now=now)
        with pytest.raises(ImportBusy) as error:
            importing.run_reading(second, now=now)
    assert error.value.values["names"] == ["Connections.csv"]
    importing.run_reading(second, now=now)
    assert second.state == "planned"


def test_someone_elses_import_is_no_hindrance(connections, start, other_owner, now):
    first = start(connections())
    second = importing.start_import(other_owner, [("c.csv", connections())], now=now)
    with lease.claimed(first, now=now):
        importing.run_reading(second, now=now)
    assert second.state == "planned"


def test_a_claim_of_a_process_that_ended_counts_for_nothing(connections, start, now):
    first, second = start(connections()), start(connections())
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    worker = {**this_process(), "pid": int(ended.stdout)}
    Import.objects.filter(pk=first.pk).update(
        claimed_until=now + timedelta(hours=1), options={"worker": worker}
    )
    importing.run_reading(second, now=now)
    assert second.state == "planned"


def test_a_claim_of_another_machine_counts_until_it_ends(connections, start, now):
    first, second = start(connections()), start(connections())
    worker = {"host": "elsewhere", "pid": 1, "started": "1"}
    Import.objects.filter(pk=first.pk).update(
        claimed_until=now + timedelta(hours=1), options={"worker": worker}
    )
    with pytest.raises(ImportBusy):
        importing.run_reading(second, now=now)
    importing.run_reading(second, now=now + timedelta(hours=2))


def test_cancelling_leaves_nothing_and_it_can_be_run_again(connections, start, now):
    batch = start(connections(*many(30)))
    importing.run_reading(batch, now=now)

    def cancel_at_the_end(stage, done, total):
        if stage == "finishing":
            importing.ask_to_cancel(batch)

    with pytest.raises(ImportCancelled):
        importing.apply_import(batch, now=now, progress=cancel_at_the_end)
    batch.refresh_from_db()
    assert (batch.state, batch.error, batch.claimed_until) == ("cancelled", "import-cancelled", None)
    assert not Contact.objects.exists()
    importing.apply_import(batch, now=now)
    assert Contact.objects.count() == 30


def test_progress_is_told_and_can_be_read_by_others(connections, start, now):
    batch = start(connections(*many(30)))
    assert importing.read_progress(batch) == {}
    seen = []

    def watch(stage, done, total):
        seen.append(stage)

    importing.run_reading(batch, now=now, progress=watch)
    assert importing.read_progress(batch)["stage"] == "matching"
    importing.apply_import(batch, now=now, progress=watch)
    order = list(dict.fromkeys(seen))
    assert order == [stage for stage in importing.STAGES if stage in order]


def test_an_import_can_be_given_up(connections, start, now):
    batch = start(connections())
    importing.discard_import(batch, now=now)
    assert batch.state == "cancelled"
    assert not folder_of(batch).exists()


def test_files_left_behind_after_the_end_are_tidied(connections, start, owner, now):
    batch = start(connections())
    batch.state = "done"
    batch.save()
    assert importing.tidy_files(owner) == 1
    assert not folder_of(batch).exists()


def test_a_csv_of_unknown_columns_is_read_as_told_and_remembered(start, now, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Wer,Wo,Mail\nJane Doe,Acme,jane@acme.example\n")
    batch = start(path)
    columns = importing.column_preview(batch)
    assert columns.columns == ["Wer", "Wo", "Mail"]
    assert not columns.remembered
    importing.set_mapping(batch, {"name": "Wer", "organization": "Wo", "email": "Mail"})
    importing.run_reading(batch, now=now)
    importing.apply_import(batch, now=now)
    assert Contact.objects.get().positions.get().organization.name == "Acme"
    assert importing.column_preview(start(path)).remembered


# -- undone as a whole


def bring(start, connections, now):
    batch = start(connections())
    importing.run_reading(batch, now=now)
    return importing.apply_import(batch, now=now)


def test_an_import_is_undone_as_a_whole(start, connections, now):
    batch = bring(start, connections, now)
    done = importing.undo_import(batch, now=now)
    assert (done.removed, done.kept) == (3, ())
    for model in (Contact, ContactPoint, Organization, Provenance, SearchTerm):
        assert not model.objects.exists()
    with pytest.raises(WrongState):
        importing.undo_import(batch, now=now)
    bring(start, connections, now)
    assert Contact.objects.count() == 3


def test_undoing_keeps_and_names_whoever_was_used_since(start, connections, owner, add, now):
    batch = bring(start, connections, now)
    jane, tom = (Contact.objects.get(family=name) for name in ("Doe", "Okafor"))
    edit_contact(jane, notes="called her", now=now)
    tag_contacts(owner, [tom], "alumni", now=now)
    add("Ada Abara", organization="Globex")
    done = importing.undo_import(batch, now=now)
    assert done.removed == 1
    assert done.kept == ((jane.pk, "Jane Doe"), (tom.pk, "Tom Okafor"))
    jane.refresh_from_db()
    assert jane.notes == "called her"
    assert jane.points.count() == 2
    assert jane.positions.get().organization.name == "Acme"
    assert tom.taggings.exists()
    assert batch.summary["undone"]["kept_count"] == 2


def test_undoing_empties_what_was_filled_but_not_what_was_changed_since(start, connections, add, now):
    jane = add("Jane Doe", emails=["jane@acme.example"])
    tom = add("Tom Okafor", urls=["linkedin.com/in/tom-okafor"])
    batch = bring(start, connections, now)
    jane.refresh_from_db()
    tom.refresh_from_db()
    assert jane.connected_on
    edit_contact(tom, connected_on=now.date(), now=now)
    importing.undo_import(batch, now=now)
    jane.refresh_from_db()
    tom.refresh_from_db()
    assert jane.connected_on is None
    assert tom.connected_on == now.date()
    assert jane.points.count() == 1


def test_undoing_after_some_were_removed_by_hand_removes_the_rest(start, connections, owner, now):
    batch = bring(start, connections, now)
    remove_contacts(owner, Contact.objects.filter(family="Doe"), now=now)
    done = importing.undo_import(batch, now=now)
    assert done.kept == ()
    assert not Contact.objects.exists()
    assert not Tag.objects.exists()


# -- killed, and the disk full: in a process and a database of their own

RUNNER = """
from datetime import UTC, datetime
import django
django.setup()
from askwell.people import importing
from askwell.people.models import Contact, Import
from askwell.people.owners import local_owner
from pathlib import Path
now = datetime.now(UTC)
owner = local_owner()
"""
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"


def begun(folder, script, *, database=""):
    """Begin a script in a process of its own, on a notebook of its own."""
    environment = {
        **os.environ,
        "ASKWELL_DATA": str(folder),
        "DATABASE_URL": database or f"sqlite:///{folder}/askwell.sqlite3",
        "DJANGO_SETTINGS_MODULE": "askwell.web.settings",
        "PYTHONPATH": str(Path(settings.BASE_DIR if hasattr(settings, "BASE_DIR") else "src").resolve()),
    }
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder, script, *, database=""):
    """Give what a script printed."""
    process = begun(folder, script, database=database)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err[-2000:]
    return out


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A notebook with nothing in it, as a file, made once."""
    folder = tmp_path_factory.mktemp("empty")
    run(folder, "import django; django.setup(); " + MIGRATE)
    return folder / "askwell.sqlite3"


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A database on the server of these tests with nothing in it, made once."""
    import psycopg

    server, name = os.environ["DATABASE_URL"], f"askwell_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as hand:
        hand.execute(f"CREATE DATABASE {name}")
        database = urlsplit(server)._replace(path=f"/{name}").geturl()
        run(tmp_path_factory.mktemp("empty"), "import django; django.setup(); " + MIGRATE, database=database)
        yield name
        hand.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def own_database(request, tmp_path):
    """A notebook with nothing in it where these tests are run, which other processes may use."""
    if connection.vendor == "sqlite":
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "own.sqlite3")
        yield f"sqlite:///{tmp_path}/own.sqlite3"
        return
    import psycopg

    empty = request.getfixturevalue("empty_database")
    server, name = os.environ["DATABASE_URL"], f"askwell_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as hand:
        hand.execute(f"CREATE DATABASE {name} TEMPLATE {empty}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        hand.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def archive(tmp_path):
    """An archive of 2,500 connections and 3,000 messages to them."""
    head = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    me = "Lina Berg,https://www.linkedin.com/in/lina-berg"
    letters = (
        f"t{n},{me},Given{n % 2500} Family{n % 2500},https://www.linkedin.com/in/p{n % 2500},"
        f"2026-01-{n % 28 + 1:02} 08:00:{n // 60 % 60:02} UTC,,Letter {n},INBOX\n"
        for n in range(3000)
    )
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("Connections.csv", HEADER + "".join(many(2500)))
        file.writestr("messages.csv", head + "".join(letters))
        file.writestr("Profile.csv", "First Name,Last Name,Headline\nLina,Berg,Analyst\n")
    return path


WAIT_AT = """
import time
def wait_at(stage, done, total):
    if (stage, done) == {moment}:
        print("here", Contact.objects.filter(is_self=False).count(), flush=True)
        time.sleep(600)
"""
COUNT_ROWS = """
from django.apps import apps
batch = Import.objects.get()
rows = {model._meta.label: model.objects.count() for model in apps.get_models()
        if model._meta.app_label in ("people", "outreach", "mailroom") and model is not Import}
rows.pop("outreach.Seeker")
print(batch.state, importing.is_at_work(batch, now=now), {label: count for label, count in rows.items() if count})
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("moment", "written"), [(("people", 1000), 1000), (("history", 2000), 2500), (("finishing", 1), 2500)]
)
def test_killed_at_any_moment_nothing_is_half_done_and_it_can_be_run_again(
    archive, own_database, tmp_path, moment, written
):
    folder = tmp_path / "data"
    folder.mkdir()
    begin = (
        f"batch = importing.start_import(owner, [('archive.zip', Path({str(archive)!r}))], now=now)\n"
        "importing.run_reading(batch, now=now)\n"
        "importing.apply_import(batch, now=now, progress=wait_at)\n"
    )
    process = begun(folder, RUNNER + WAIT_AT.format(moment=moment) + begin, database=own_database)
    assert process.stdout.readline().split() == ["here", str(written)], process.stderr.read()[-2000:]
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    again = "importing.apply_import(Import.objects.get(), now=now)\n"
    said = run(folder, RUNNER + COUNT_ROWS + again + COUNT_ROWS, database=own_database)
    left, done = said.splitlines()
    assert left == "applying False {}"
    state, at_work, rows = done.split(maxsplit=2)
    assert (state, at_work) == ("done", "False")
    found = ast.literal_eval(rows)
    assert (found["people.Contact"], found["outreach.Touch"], found["people.Change"]) == (2501, 3000, 1)
    assert found["outreach.Standing"] == 2500


@pytest.fixture
def small_disk(tmp_path, empty_file):
    """A real file system of a few megabytes, with a notebook on it."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("mounting a small file system needs rights this user has not")
    shutil.copy(empty_file, folder / "askwell.sqlite3")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_said_and_nothing_is_half_done(connections, small_disk):
    path = connections(*many(6000))
    script = f"""
from askwell.people.errors import DiskFull
batch = importing.start_import(owner, [("Connections.csv", Path({str(path)!r}))], now=now)
importing.run_reading(batch, now=now)
try:
    importing.apply_import(batch, now=now)
except DiskFull as error:
    print("full", error.code, flush=True)
print(Contact.objects.filter(is_self=False).count(), Import.objects.get().state)
"""
    assert run(small_disk, RUNNER + script).split() == ["full", "disk-full", "0", "failed"]


@pytest.mark.slow
def test_a_disk_too_full_for_the_files_is_said_and_nothing_is_left(small_disk, tmp_path):
    big = tmp_path / "big.csv"
    big.write_bytes(b"x" * (8 << 20))
    script = f"""
from askwell.people.errors import DiskFull
try:
    importing.start_import(owner, [("big.csv", Path({str(big)!r}))], now=now)
except DiskFull:
    print("full", Import.objects.count())
"""
    assert run(small_disk, RUNNER + script).split() == ["full", "0"]


@pytest.mark.slow
def test_two_processes_at_once_take_turns(connections, empty_file, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("runs on a database of its own")
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(empty_file, folder / "askwell.sqlite3")
    path = connections(*many(2000))
    script = f"""
from askwell.people.errors import ImportBusy
import time
batch = importing.start_import(owner, [("Connections.csv", Path({str(path)!r}))], now=now)
waited = False
while True:
    try:
        importing.run_reading(batch, now=now)
        importing.apply_import(batch, now=now)
        break
    except ImportBusy:
        waited = True
        time.sleep(0.2)
print(Contact.objects.filter(is_self=False).count())
"""
    both = [begun(folder, RUNNER + script) for _ in range(2)]
    results = [process.communicate(timeout=200) for process in both]
    assert [out.split() for out, _err in results] == [["2000"], ["2000"]], results
