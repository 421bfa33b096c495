"""Circles on the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from askwell.formats.circle_file import CircleFile, mail_token, write
from askwell.outreach.circles import keys_to
from askwell.outreach.models import Circle
from askwell.people.actions import NewContact, add_contact

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


@pytest.fixture
def circle(askwell):
    assert askwell("circle", "make", "Northfield", "--as", "Lina").code == 0
    return Circle.objects.get()


@pytest.fixture
def bens_file(circle, tmp_path):
    keys = keys_to(circle)
    entries = {mail_token(keys, "ana@mercy.example"): 3}
    made = NOW.date()
    file = CircleFile(circle=circle.key, member="0123456789abcdef", name="Ben", made=made, entries=entries)
    path = tmp_path / "ben.json"
    path.write_bytes(write(file, keys, filling=b"ben's own"))
    return path


def known(owner, name, email):
    return add_contact(owner, NewContact(name=name, emails=[email]), now=NOW)


def test_two_notebooks_on_two_machines_exchange_files(shell, tmp_path):
    def ben(*words, stdin=""):
        return shell(*words, stdin=stdin, ASKWELL_DATA=str(tmp_path / "bens"), ASKWELL_KEYRING="0")

    def lina(*words):
        return shell(*words, ASKWELL_KEYRING="0")

    secret = lina("circle", "make", "Northfield", "--as", "Lina", "--json").row["secret"]
    joined = ben("circle", "join", "Class", "--as", "Ben", "--secret-stdin", stdin=f"{secret.upper()}\n")
    assert joined.code == 0, joined.err
    ben("add", "Ana Ruiz <ana@mercy.example>")
    ben("held", "ana", "--now", "2026-11-20T15:00:00+00:00")
    path = str(tmp_path / "ben.json")
    assert (
        ben("circle", "export", "class", path, "--now", "2026-11-23T15:00:00+00:00", "--json").row["people"]
        == 1
    )
    lina("add", "Ana <ANA@mercy.example>")
    found = lina("circle", "import", path, "--json").row
    assert [one["person"] for one in found["overlaps"]] == ["Ana"]
    assert "ana" not in (tmp_path / "ben.json").read_text().lower()


def test_the_list_says_whom_they_know_and_how_well(askwell, owner, bens_file):
    assert askwell("circle").out == "Northfield: no file yet\n"
    ana = known(owner, "Ana Ruiz", "ana@mercy.example")
    said = askwell("circle", "import", str(bens_file))
    assert said.out == "Ben knows 1 of your people. askwell undo takes the file out again.\n"
    assert askwell("circle").out == "Northfield: Ben\n  Ana Ruiz: Ben knows them well\n"
    row = askwell("circle", "list", "north", "--json").row
    assert row["overlaps"][0]["contact"] == ana.pk
    assert row["overlaps"][0]["through"][0]["level"] == 3


def test_who_a_member_is_is_said_and_taken_back(askwell, owner, bens_file):
    askwell("circle", "import", str(bens_file))
    ben = known(owner, "Ben Okoro", "ben@post.example")
    assert askwell("circle", "is", "ben", "--person", "okoro").out == "Ben is Ben Okoro.\n"
    assert askwell("circle", "--json").row["members"][0]["contact"] == ben.pk
    assert askwell("circle", "is", "ben").out == "Ben is nobody of your people.\n"


def test_a_secret_mistyped_and_none_are_said(askwell, circle, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("0000-1111\n"))
    ended = askwell("circle", "join", "Choir", "--as", "Lina", "--secret-stdin")
    assert ended.code == 2
    assert "eight groups of four" in ended.err
    ended = askwell("circle", "join", "Choir", "--as", "Lina")
    assert ended.code == 2
    assert "--secret-stdin reads it" in ended.err


def test_the_secret_is_shown_again(askwell, circle):
    shown = askwell("circle", "secret", "north").out.strip()
    assert [len(group) for group in shown.split("-")] == [4] * 8


def test_files_that_are_none_are_refused_in_plain_words(askwell, circle, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Name\n")
    ended = askwell("circle", "import", str(path))
    assert ended.code == 2
    assert ended.err == "This is no file of a circle. Nothing was brought in.\n"
    assert askwell("circle", "import", str(tmp_path / "none.json")).code == 1
    assert askwell("circle", "import").code == 2
    askwell("circle", "export", "north", str(path))
    assert "your own file" in askwell("circle", "import", str(path)).err


def test_a_file_can_be_printed(shell):
    shell("circle", "make", "Northfield", "--as", "Lina", ASKWELL_KEYRING="0")
    printed = shell("circle", "export", "north", "-", ASKWELL_KEYRING="0")
    assert json.loads(printed.out)["name"] == "Lina"


def test_a_file_of_nobody_says_who_would_go_into_it(askwell, owner, circle, tmp_path):
    written = askwell("circle", "export", "north", str(tmp_path / "file"))
    assert "with 0 people.\nWho has answered you" in written.out
    known(owner, "Ana Ruiz", "ana@mercy.example")
    askwell("held", "ana", "--now", "2026-11-20T15:00:00+00:00")
    written = askwell("circle", "export", "north", str(tmp_path / "file"))
    assert "with 1 person.\n" in written.out
    assert "Who has answered you" not in written.out


def test_a_person_is_kept_out_and_let_in(askwell, owner, circle):
    ana = known(owner, "Ana Ruiz", "ana@mercy.example")
    assert askwell("circle", "keep-out", "ana", "--json").row == {
        "contact": ana.pk, "person": "Ana Ruiz", "kept_out": True,
    }  # fmt: skip
    assert askwell("circle", "keep-out", "ana", "--again").out == "Ana Ruiz goes into files again.\n"


def test_leaving_wants_a_yes(askwell, circle):
    ended = askwell("circle", "leave", "north")
    assert ended.code == 2
    assert "--yes" in ended.err
    assert Circle.objects.exists()
    assert askwell("circle", "leave", "north", "--yes").code == 0
    assert not Circle.objects.exists()
    assert "You are in no circle" in askwell("circle").out


@pytest.mark.parametrize(
    "words",
    [("dance",), ("make",), ("make", "Choir"), ("export", "north"), ("export",), ("keep-out",), ("is", ""), ("leave",)],
)  # fmt: skip
def test_words_that_make_no_sense_change_nothing(askwell, circle, words):
    assert askwell("circle", *words).code == 2
    assert Circle.objects.count() == 1
