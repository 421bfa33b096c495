"""What is kept of the seeker: shown, set as one step back, refused in plain words."""

from __future__ import annotations

import pytest

from askwell.outreach import queries
from askwell.outreach.postal import sender_lines
from askwell.people.models import Contact


def changes(owner):
    from askwell.people.models import Change

    return Change.objects.for_owner(owner).filter(undone_at=None).count()


def test_a_new_notebook_shows_what_it_begins_with(askwell):
    row = askwell("me", "--json").row
    assert (row["name"], row["preset"], row["confidential"], row["resume"]) == ("", "askwell", False, None)
    assert "Name:" not in askwell("me").out


def test_all_that_is_set_at_once_is_one_step_back(askwell, owner):
    words = ["--name", "Lina Berg", "--signature", r"Lina Berg\nRiverton", "--zone", "America/Chicago"]
    words += ["--country", "us", "--preset", "kelley", "--weekly-minutes", "45", "--who", "a nurse"]
    words += ["--confidential", "--employer", "Acme Health", "--cards", "12", "--resume", "2026-11-01"]
    row = askwell("me", *words, "--json").row
    assert (row["name"], row["signature"], row["zone"]) == (
        "Lina Berg",
        "Lina Berg\nRiverton",
        "America/Chicago",
    )
    assert (row["country"], row["preset"], row["weekly_minutes"], row["who"]) == (
        "US",
        "kelley",
        45,
        "a nurse",
    )
    assert (row["confidential"], row["employer"], row["cards"]) == (True, "Acme Health", 12)
    assert row["resume"].startswith("2026-11-01")
    assert changes(owner) == 1
    assert "Settings changed" in askwell("undo").out
    assert askwell("me", "--json").row["name"] == ""
    assert not Contact.objects.for_owner(owner).filter(is_self=True).exists()


def test_where_post_reaches_one_stands_on_the_envelope_and_asks_for_a_name_first(askwell, owner):
    refused = askwell("me", "--post", "Lake Street 5")
    assert refused.code != 0
    assert "name" in refused.err
    row = askwell("me", "--name", "Lina Berg", "--post", r"Lake Street 5\nChicago, IL 60610", "--json").row
    assert row["post"] == "Lake Street 5\nChicago, IL 60610"
    assert sender_lines(owner) == ("Lina Berg", "Lake Street 5", "Chicago, IL 60610")
    assert askwell("me", "--post", "", "--json").row["post"] == ""


def test_the_seeker_is_nobody_to_write_to(askwell):
    askwell("me", "--name", "Lina Berg")
    assert askwell("find", "lina").code == 3


def test_another_name_is_the_same_seeker(askwell, owner):
    askwell("me", "--name", "Lina Berg")
    askwell("me", "--name", "Lina Berg-Osei")
    assert Contact.objects.for_owner(owner).get(is_self=True).name == "Lina Berg-Osei"


def test_what_is_so_already_is_no_step(askwell, owner):
    askwell("me", "--preset", "smith")
    assert "undo" not in askwell("me", "--preset", "smith").out
    assert changes(owner) == 1


def test_an_empty_text_takes_a_setting_away(askwell):
    askwell("me", "--offer", "An evening of proofreading")
    assert askwell("me", "--offer", "", "--json").row["offer"] == ""


def test_another_preset_sets_single_numbers_back(askwell, owner):
    from datetime import UTC, datetime

    from askwell.outreach import actions

    actions.change_seeker(owner, overrides={"max_touches": 2}, now=datetime(2026, 11, 23, tzinfo=UTC))
    askwell("me", "--preset", "smith")
    assert queries.seeker_of(owner).overrides == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--zone", "Mars/Olympus"], "no time zone we know"),
        (["--country", "XX"], "no country we know"),
        (["--preset", "harsh"], "There are askwell, smith, kelley"),
        (["--confidential"], "Name your employer too"),
        (["--name", " "], "name is empty"),
        (["--who", "I am " + "very " * 70 + "tired"], "who line: too long"),
        (["--name", "Lina Berg", "--zone", "Mars/Olympus"], "no time zone we know"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(askwell, owner, words, said):
    ended = askwell("me", *words)
    assert ended.code == 2
    assert said in ended.err
    assert changes(owner) == 0
    assert askwell("me", *words, "--json").row["error"] == "bad-use"


def test_the_employer_stays_named_while_the_search_is_confidential(askwell):
    askwell("me", "--confidential", "--employer", "Acme Health")
    assert askwell("me", "--employer", "").code == 2
    assert askwell("me", "--open", "--employer", "", "--json").row["employer"] == ""
