"""askwell review and askwell record."""

from __future__ import annotations

import re

import pytest

from askwell.outreach import actions
from askwell.people.actions import NewContact, add_contact


@pytest.fixture
def jane(owner, now):
    contact = add_contact(owner, NewContact(name="Jane Doe", emails=["jane@acme.example"]), now=now)
    actions.record_sent(
        contact, mode="reconnect", channel="email", at=now, now=now, overrides={"P01": "an old friend"}
    )
    return contact


def test_a_week_is_looked_back_on_piece_by_piece(askwell, jane):
    assert "1 first message sent\n" in askwell("review", "--week", "2026-11-24").out
    row = askwell("review", "--week", "2026-11-24", "--well", "Jane", "--json").row
    assert (row["week"], row["answers"]["well"], row["done"]) == ("2026-11-23", "Jane", False)
    row = askwell("review", "--week", "2026-11-24", "--next", "call", "--minutes", "40", "--json").row
    assert (row["answers"]["well"], row["answers"]["next"], row["done"]) == ("Jane", "call", True)
    assert row["weekly_minutes"] == 40


def test_whom_one_chooses_stands_on_today_until_let_go(askwell, owner, now):
    for name in ("Maria Sol", "Ravi Patel"):
        add_contact(owner, NewContact(name=name), now=now)
    row = askwell("review", "--ask", "maria", "--ask", "ravi", "--json").row
    assert (row["week"], len(row["people"])) == ("2026-11-16", 2)
    assert re.search(r"You chose to ask\n(  .*\n)?  Maria Sol", askwell("review").out)
    assert "Ask Maria Sol, as you chose to" in askwell("today").out
    askwell("review", "--leave-out", "maria")
    assert "Maria" not in askwell("today").out.partition("Someone new")[0]
    assert "Ask Ravi Patel, as you chose to" in askwell("today").out
    assert askwell("review", "--ask", "nobody").code == 3


def test_a_day_that_is_none_is_said(askwell, owner):
    assert askwell("review", "--week", "someday").code == 2


def test_the_record_is_told_in_words_json_and_csv(askwell, jane):
    said = askwell("record").out
    assert "Too few to say" in said
    row = askwell("record", "--weeks", "2", "--json").row
    assert [week["first_messages"] for week in row["weeks"]] == [0, 1]
    assert row["replies"]["share"]["open"] == 1
    assert askwell("record", "--weeks", "2", "--csv", "letters").out.splitlines()[-1] == "2026-11-23,1,0"
    assert askwell("record", "--csv", "nothing").code == 2


def test_a_week_to_come_is_not_looked_back_on(askwell):
    ended = askwell("review", "--well", "Nothing yet.", "--week", "2027-03-03")
    assert ended.code != 0
    assert askwell("review", "--week", "2027-03-03", "--json").row["answers"]["well"] == ""
