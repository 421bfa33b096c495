"""askwell tell."""

from __future__ import annotations

import pytest

from askwell.outreach import actions
from askwell.outreach.models import Telling
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Organization


@pytest.fixture
def rosa(owner, now):
    actions.set_goal(owner, text="Work as a data analyst in public health", now=now)
    contact = add_contact(owner, NewContact(name="Rosa Berg", emails=["rosa@post.example"]), now=now)
    actions.set_closeness(contact, closeness=5, now=now)
    return contact


def test_people_are_suggested_chosen_and_counted(askwell, rosa):
    assert "Rosa Berg" in askwell("tell").out
    assert askwell("tell", "rosa").out.startswith("1 person put on the list.")
    said = askwell("tell").out
    assert "Told 0 of 1." in said
    assert "To be told\n  Rosa Berg" in said
    assert askwell("tell", "rosa", "--knows", "--json").row["knows"] is True
    assert "Told 1 of 1." in askwell("tell").out


def test_json_gives_one_object_a_line_with_its_group(askwell, rosa):
    (row,) = askwell("tell", "--json").rows
    assert (row["group"], row["contact"]) == ("suggested", rosa.pk)
    askwell("tell", "rosa")
    assert [row["group"] for row in askwell("tell", "--json").rows] == ["waiting"]


def test_a_letter_of_their_own_is_printed_and_sent_by_hand(askwell, rosa):
    ended = askwell("tell", "rosa", "--letter")
    assert ended.out.startswith("Subject: ")
    assert "data analyst" in ended.out
    sent = askwell("sent", "rosa", "--because", "my aunt")
    assert sent.code == 0, sent.err
    assert Telling.objects.get().told_at is not None


def test_off_the_list_again(askwell, rosa):
    askwell("tell", "rosa")
    assert "1 person taken off" in askwell("tell", "rosa", "--drop").out
    ended = askwell("tell", "rosa", "--drop")
    assert ended.code != 0
    assert "not on the list" in ended.err + ended.out


@pytest.mark.parametrize("words", [("--knows",), ("rosa", "--knows", "--drop")])
def test_bad_use_is_said(askwell, rosa, words):
    assert askwell("tell", *words).code == 2


def test_the_guarded_employer_is_refused_whatever_the_reason(askwell, owner, rosa, now):
    add_contact(
        owner,
        NewContact(name="Ben Inside", organization="Northwind", emails=["b@northwind.example"]),
        now=now,
    )
    house = Organization.objects.get(name="Northwind")
    actions.change_seeker(owner, confidential=True, employer=house, now=now)
    ended = askwell("tell", "ben", "--because", "he is discreet")
    assert ended.code != 0
    assert not Telling.objects.exists()
    said = askwell("tell").out
    assert "may leak" in said
    assert "Ben Inside" in said.partition("left out")[2]
