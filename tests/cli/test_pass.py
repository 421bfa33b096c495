"""``askwell pass``: not this one."""

import pytest

from askwell.people.actions import NewContact, add_contact


@pytest.fixture(autouse=True)
def ana(owner, now):
    return add_contact(owner, NewContact(name="Ana Reyes", title="Product manager"), now=now)


def test_somebody_is_set_aside_listed_and_brought_back(askwell):
    said = askwell("pass", "ana")
    assert "Ana Reyes" in said.out
    assert "Not now: comes up again on" in said.out
    assert askwell("next", "--json").rows == []
    (row,) = askwell("pass", "--json").rows
    assert (row["contact_name"], row["because"]) == ("Ana Reyes", "now")
    assert askwell("pass", "ana", "--back").out == "Ana Reyes may be suggested again.\n"
    assert [one["contact_name"] for one in askwell("next", "--json").rows] == ["Ana Reyes"]
    assert askwell("pass", "ana", "--back").code == 3
    assert askwell("pass").out == "Nobody is set aside.\n"


def test_undo_takes_it_back(askwell):
    assert askwell("pass", "ana", "--because", "never", "--json").row["until"] is None
    askwell("undo")
    assert askwell("pass", "--json").rows == []


def test_what_makes_no_sense_is_said(askwell):
    assert askwell("pass", "ana", "--because", "maybe").code == 2
    assert askwell("pass", "--back").code == 2
    assert "no goal yet" in askwell("pass", "ana", "--because", "goal").err
