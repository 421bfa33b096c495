"""Lina's card: what is known of her stands on it until she writes it herself."""

from __future__ import annotations

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Seeker
from askwell.people.journal import last_change, undo


def test_a_card_begins_with_what_is_known(lina, now):
    actions.set_own_name(lina, name="Lina Haddad", now=now)
    card = queries.own_card(lina)
    assert (card.name, card.role) == ("Lina Haddad", "product manager")


def test_what_was_written_stands_and_can_be_taken_back(lina, now):
    actions.keep_card(lina, role=" Analyst ", back="I find\nwhat is lost", skills=["SQL", " "], now=now)
    card = queries.own_card(lina)
    assert (card.role, card.back, card.skills) == ("Analyst", "I find what is lost", ("SQL",))
    undo(last_change(lina), now=now)
    assert queries.own_card(lina).role == "product manager"


def test_a_line_emptied_stays_empty(lina, now):
    actions.keep_card(lina, role="", now=now)
    assert queries.own_card(lina).role == ""


@pytest.mark.parametrize(
    ("lines", "problem"),
    [({"shoe": "42"}, "unknown"), ({"name": "n" * 121}, "too-long"), ({"skills": ["x"] * 21}, "too-long")],
)
def test_what_no_card_holds_is_refused(lina, now, lines, problem):
    with pytest.raises(BadValue) as bad:
        actions.keep_card(lina, now=now, **lines)
    assert bad.value.problem == problem
    assert Seeker.objects.get(owner=lina).card == {}


def test_the_page_says_what_is_missing_and_how_to_begin_the_back(lina, now):
    actions.keep_card(lina, name="Lina 田", email="lina@x.example", now=now)
    page = queries.card_page(lina, now=now)
    assert {hint.reason.rule for hint in page.hints} == {"D01"}
    assert page.beginnings[0] == "I help people in hospital software to …"
    assert page.cannot_set == "田"
