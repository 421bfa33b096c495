"""What people said, side by side, and what one decides, on the command line."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.fixture
def heard(askwell):
    """Two buyers and a planner were spoken with."""
    for line, said in (
        ("Jane Doe, buyer at Acme Health", "Most of the day is calling suppliers."),
        ("Luis Marín, Buyer at Mercy Lakes", "Two pilots failed first."),
        ("Kim Lee, supply planner at Mercy Lakes", "=cmd()"),
    ):
        askwell("add", line)
        askwell("held", line.split(",")[0], "--reflect", f"learnt={said}")
    return askwell


def test_voices_stand_under_their_question_with_the_hint(heard):
    said = heard("compare", "buyer").out
    assert said.startswith(
        "Buyer: 2 people\nP08  You have heard 2 people so far. Hear 3 before you decide.\n"
    )
    assert "  What did you learn?\n    Two pilots failed first.  (Luis Marín, Mon 23 Nov 2026)\n" in said
    assert "Supply planner" not in said


def test_as_json_each_subject_is_an_object(heard):
    rows = heard("compare", "--organization", "--json").rows
    assert [(row["about"], row["name"], row["people"]) for row in rows] == [
        ("organization", "Mercy Lakes", 2),
        ("organization", "Acme Health", 1),
    ]
    (learnt,) = [cell for cell in rows[1]["cells"] if cell["question"] == "learnt"]
    assert learnt["lines"][0]["name"] == "Jane Doe"
    assert rows[1]["hint"]["rule"] == "P08"


def test_the_table_runs_no_formula_and_can_leave_out_names(heard, tmp_path):
    path = tmp_path / "compare.csv"
    assert heard("compare", "--csv", str(path), "--no-names").code == 0
    rows = list(csv.reader(io.StringIO(path.read_text())))
    assert any(row[2] == "'=cmd()" for row in rows)
    assert not any("Jane" in cell for row in rows for cell in row)


def test_what_one_thinks_oneself_stands_beside(heard):
    said = heard("compare", "buyer", "--own", "liked=The pace.", "--own", "concerns=Nights.")
    assert "You: The pace." in said.out
    heard("undo")
    assert "You:" not in heard("compare", "buyer").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("compare", "astronaut"), 3),
        (("compare", "--own", "liked=The pace."), 2),
        (("compare", "buyer", "--own", "salary=Much"), 2),
        (("decide", "buyer"), 2),
        (("decide", "buyer", "marry"), 2),
        (("decide", "buyer", "choose", "--look-again", "2026-11-01"), 2),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(heard, words, code):
    ended = heard(*words)
    assert (ended.code, bool(ended.err)) == (code, True)
    assert "Nothing is decided yet." in heard("decide").out


def test_a_decision_is_kept_with_its_hint_listed_and_taken_back(heard):
    ended = heard("decide", "Buyer", "drop", "--reasons", "Too much telephone.", "--look-again", "2027-05-01")
    assert ended.code == 0
    assert "Buyer: I drop it; Too much telephone; it rests on 2 talks; look again on 2027-05-01." in ended.out
    assert "P08  You have heard 2 people so far." in ended.out
    row = heard("decide", "--json").row
    assert (row["choice"], row["talks"], sorted(row["names"])) == ("drop", 2, ["Jane Doe", "Luis Marín"])
    assert "I drop it" in heard("compare", "buyer").out
    heard("undo")
    assert heard("decide").out == "Nothing is decided yet.\n"


def test_to_go_on_looking_needs_no_hint(heard):
    assert "P08" not in heard("decide", "supply planner", "go-on").out


def test_with_nothing_heard_it_says_so(askwell):
    assert askwell("compare").out == "No talk is held yet, or of none is it known what it was about.\n"
