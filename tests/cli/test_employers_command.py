"""The employer list on the command line."""

from __future__ import annotations

import io
import json
import sys

import pytest


@pytest.fixture
def jane(askwell):
    askwell("add", "Jane Doe <jane@acme.example>, data lead at Acme Health")


def test_places_are_added_rated_and_listed_in_order(askwell, jane):
    added = askwell("employers", "add", "Acme Health", "Calder", "--json")
    assert [row["name"] for row in added.rows] == ["Acme Health", "Calder"]
    assert added.rows[0]["ask_next"]["name"] == "Jane Doe"
    rated = askwell("employers", "rate", "calder", "--motivation", "5", "--posting", "fits", "--json").row
    assert (rated["motivation"], rated["posting"], rated["advocacy"]) == (5, "fits", "nobody")
    out = askwell("employers").out.splitlines()
    assert out[0] == "2 of 20 places"
    assert out[1] == "5  Calder; an opening that fits; you know nobody there"
    assert out[2] == "-  Acme Health; you know Jane Doe; ask Jane Doe"


def test_names_are_read_from_standard_input_and_those_there_are_left(askwell, jane, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("Acme Health\n\n- Dale\n"))
    assert len(askwell("employers", "add", "-", "--json").rows) == 2
    again = askwell("employers", "add", "dale")
    assert (again.code, again.out) == (0, "They are on your list already.\n")


def test_a_place_is_kept_for_later_dropped_and_brought_back(askwell):
    assert "employers add" in askwell("employers").out
    askwell("employers", "add", "Dale")
    assert "look again on 2026-12-01" in askwell("employers", "later", "dale", "--until", "2026-12-01").out
    assert askwell("employers", "again", "dale", "--json").row["look_again_on"] is None
    assert "not hiring" in askwell("employers", "later", "dale").out
    askwell("employers", "drop", "dale")
    assert [row["dropped_at"] is not None for row in askwell("employers", "--json").rows] == [True]
    assert json.loads(askwell("employers", "back", "dale", "--json").out)["dropped_at"] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("employers", "sell"), 2, "none of add, rate"),
        (("employers", "drop"), 2, "which place"),
        (("employers", "drop", "nowhere"), 3, "nothing here called “nowhere”"),
        (("employers", "drop", "a"), 2, "“a” could be several: Acme ["),
        (("employers", "rate", "dale"), 2, "--motivation"),
        (("employers", "later", "dale", "--until", "2026-11-23"), 2, "later than now"),
        (("employers", "add", " "), 2, "empty"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(askwell, words, code, said):
    askwell("employers", "add", "Acme", "Dale")
    before = askwell("employers", "--json").out
    ended = askwell(*words)
    assert (ended.code, said in ended.err) == (code, True), ended
    assert askwell("employers", "--json").out == before
