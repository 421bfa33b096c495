"""Gives, asks, favours of the week and the reading shelf, from a shell."""

from __future__ import annotations

import pytest

URL = "https://triage.example/history"


@pytest.fixture
def jane(askwell):
    askwell("add", "Jane Doe <jane@acme.example>, triage lead at Acme Health")
    return "jane"


def test_a_give_and_an_ask_are_noted_and_listed(askwell, jane):
    assert "given to Jane Doe" in askwell("give", jane, "A map of the labs").out
    assert "asked of Jane Doe" in askwell("give", jane, "A look at my letter", "--asked").out
    both = askwell("give", "--json").rows
    assert [(row["kind"], row["text"]) for row in both] == [
        ("ask", "A look at my letter"),
        ("give", "A map of the labs"),
    ]
    assert "A map of the labs" not in askwell("give", jane, "--asked").out
    assert askwell("undo").code == 0
    assert len(askwell("give", jane, "--json").rows) == 1


def test_nothing_noted_is_said(askwell):
    assert "Nothing is noted" in askwell("give").out


def test_another_seekers_question_becomes_a_promise(askwell, jane):
    kept = askwell("give", jane, "How did you begin?", "--wanted", "--json").row
    assert kept["due"].startswith("2026-1")
    assert "Keep your promise to Jane Doe" in askwell("today").out


def test_favours_of_the_week_come_with_minutes_and_reasons(askwell, jane):
    assert "Nothing comes to mind" in askwell("give", "--week").out
    askwell("promise", jane, "Send the notes")
    row = askwell("give", "--week", "--json").row
    assert (row["kind"], row["name"], row["minutes"]) == ("promise", "Jane Doe", 5)
    assert "5 min" in askwell("give", "--week").out


def test_something_is_put_on_the_shelf_suggested_given_and_dropped(askwell, jane):
    assert "The shelf is empty" in askwell("shelf").out
    kept = askwell("shelf", "A short history", "--url", URL, "--about", "triage", "--json").row
    number = str(kept["link"])
    assert URL in askwell("shelf").out
    match = askwell("shelf", "--suggest", number, "--json").row
    assert match["reason"] == "It is their work: triage"
    assert "given to Jane Doe" in askwell("shelf", "--given", number, "--to", jane).out
    assert "Nobody comes to mind" in askwell("shelf", "--suggest", number).out
    assert askwell("shelf", "--json").row["given_to"] == [match["contact"]]
    assert "Off the shelf" in askwell("shelf", "--drop", number).out
    assert "The shelf is empty" in askwell("shelf").out


@pytest.mark.parametrize(
    "words",
    [
        ("give", "jane", "A link", "--asked", "--wanted"),
        ("give", "jane", "--week"),
        ("shelf", "A book", "--suggest", "1"),
        ("shelf", "--given", "1"),
        ("shelf", "A page", "--url", "javascript:alert(1)"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(askwell, jane, words):
    ended = askwell(*words)
    assert ended.code == 2
    assert ended.err
    assert askwell("shelf", "--json").rows == []


def test_a_number_nothing_has_is_said(askwell):
    assert askwell("shelf", "--drop", "7").code == 3
