"""Names given, who led to whom, and two people brought together, at the terminal."""

from __future__ import annotations

import pytest


@pytest.fixture
def ana(askwell):
    """Ana named Ben, who named Cai."""
    askwell("add", "Ana Sol <ana@harbor.example>, nurse lead")
    askwell("reply", "ana", "named", "--name", "Ben Oye")
    askwell("reply", "ben", "named", "--name", "Cai Lund", "--leave", "given")
    return askwell


def test_names_given_are_listed_with_leave_and_leave_is_settled_by_number(ana):
    rows = ana("introductions", "--json").rows
    assert [(row["name"], row["giver_name"], row["leave"]) for row in rows] == [
        ("Cai Lund", "Ben Oye", "given"),
        ("Ben Oye", "Ana Sol", "unasked"),
    ]
    number = str(rows[1]["introduction"])
    assert ana("introductions", "--number", number, "--leave", "given").code == 0
    assert "Ben Oye, through Ana Sol: you may use their name" in ana("introductions").out
    assert ana("introductions", "--number", "9999", "--leave", "given").code == 3


def test_the_tree_is_indented_and_each_line_an_object_in_json(ana):
    assert ana("introductions", "--tree", "--find", "cai").out.splitlines() == [
        "Ana Sol: not asked; 2 people, 2 names given",
        "  Ben Oye: not asked; 1 person, 1 name given",
        "    > Cai Lund: not asked",
    ]
    rows = ana("introductions", "--tree", "--json").rows
    assert [(row["depth"], row["name"], row["through"]) for row in rows] == [
        (0, "Ana Sol", None),
        (1, "Ben Oye", "Ana Sol"),
        (2, "Cai Lund", "Ben Oye"),
    ]


def test_choices_of_the_tree_need_the_tree(ana):
    assert ana("introductions", "--open").code == 2
    assert ana("introductions", "--tree", "--since", "not a day").code == 2


def test_nothing_yet_says_what_to_do(askwell):
    assert "ask for one" in askwell("introductions").out
    assert "Nothing has grown yet" in askwell("introductions", "--tree").out
    assert "askwell introduce" in askwell("introductions", "--offers").out


def test_two_are_asked_and_then_brought_together(ana):
    ana("add", "Kim Lee, supply planner")
    letter = ana("introduce", "ana", "kim", "--why", "You both plan by what is used.", "--json").rows[0]
    assert letter["stage"] == "open"
    assert "works as a supply planner" in letter["body"]
    assert "Kim" not in letter["subject"] + letter["body"]
    assert "Kim Lee" in ana("introduce", "ana", "kim", "--name").out
    assert ana("introduce", "ana", "kim", "made").code == 1
    for first, second, what in (("ana", "kim", "asked"), ("ana", "kim", "yes"), ("kim", "ana", "yes")):
        assert ana("introduce", first, second, what).code == 0
    assert "meet Kim Lee" in ana("introduce", "ana", "kim").out
    assert ana("introduce", "ana", "kim", "made").out == "You introduced them.\n"
    assert ana("introductions", "--offers", "--json").rows[0]["stage"] == "made"
    ana("undo")
    assert ana("introductions", "--offers", "--json").rows[0]["stage"] == "agreed"


def test_what_was_not_begun_cannot_be_answered(ana):
    ana("add", "Kim Lee, supply planner")
    assert ana("introduce", "ana", "kim", "yes").code == 3
    assert ana("introduce", "ana", "ana").code == 2
    assert ana("introduce", "ana", "nobody").code == 3
