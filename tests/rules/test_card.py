"""The card: what is missing is said, never forbidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askwell.rules.card import BACK_WORDS, Card, beginnings, card_of, check_card, words_of
from askwell.rules.explain import sentence
from askwell.rules.sentences import REASONS
from askwell.rules.severity import Severity

LINA = Card(
    name="Lina Haddad",
    role="Supply-chain analyst",
    email="lina@northfield.example",
    phone="+1 312 555 0142",
    profile="linkedin.example/in/linahaddad",
    back="I find where a hospital's supplies go missing, and get the night shift to trust the new list.",
    skills=("Demand planning", "SQL and Python", "Ward rounds with nurses"),
)


def said(card):
    return [finding.reason.text for finding in check_card(card)]


def test_a_card_with_all_of_it_passes():
    assert check_card(LINA) == ()


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("name", " ", "card.no_name"),
        ("email", "", "card.no_mail"),
        ("email", "lina at northfield", "card.mail"),
        ("phone", "call me", "card.phone"),
        ("role", "", "card.no_role"),
        ("role", "Analyst of everything that moves through a hospital", "card.long_line"),
        ("back", "", "card.no_back"),
        ("back", "Hardworking team player with a head for numbers", "card.back_empty"),
        ("back", "Seeking a position in hospital logistics", "card.back_asks"),
        ("back", "Looking for my next opportunity in supply", "card.back_asks"),
        ("skills", tuple("abcdefghi"), "card.many_skills"),
        ("skills", ("Everything that has to do with forecasting the demand",), "card.long_skill"),
    ],
)
def test_what_is_amiss_is_named(field, value, text):
    assert said(replace(LINA, **{field: value})) == [text]


def test_one_way_to_be_reached_beside_the_mail_is_enough():
    assert said(replace(LINA, phone="")) == []
    assert said(replace(LINA, profile="")) == []
    assert said(replace(LINA, phone="", profile="")) == ["card.no_second_way"]


def test_twenty_words_pass_and_the_one_too_many_is_counted():
    assert said(replace(LINA, back="word " * BACK_WORDS)) == []
    (finding,) = check_card(replace(LINA, back="word " * BACK_WORDS + "more"))
    assert sentence(finding.reason) == "21 words on the back, one more than 20. Which one can go?"


def test_a_dash_is_no_word():
    assert words_of("Wards – and the lists they trust") == 6


def test_the_worst_is_said_first():
    found = check_card(Card())
    assert [one.severity for one in found] == sorted(
        (one.severity for one in found), key=list(Severity).index
    )
    assert {one.reason.rule for one in found} == {"D01"}


def test_every_finding_has_its_sentence():
    empty = Card(back="passionate ninja, seeking a job " * 5, skills=("x" * 50,) * 9, phone="1", email="a@")
    for card in (Card(), empty, replace(empty, name="n" * 60)):
        for finding in check_card(card):
            assert "{" not in sentence(finding.reason)


def test_a_card_is_read_from_what_was_kept_and_strange_things_are_left_out():
    kept = {"name": "Lina", "phone": 7, "skills": ["SQL", 3], "shoe": "42"}
    assert card_of(kept) == Card(name="Lina", skills=("SQL",))
    assert card_of({"skills": "SQL"}) == Card()


def test_the_back_begins_with_what_was_said_of_oneself():
    offer = "An evening of help with spreadsheets.\nA reading list"
    found = beginnings(role="Analyst", field="hospital supply", offer=offer)
    said = [REASONS[one.text].format(**one.params) for one in found]
    assert said[:3] == [
        "An evening of help with spreadsheets",
        "I help people in hospital supply to …",
        "Analyst: I turn … into …",
    ]


def test_the_back_can_be_begun_with_nothing_known():
    assert [one.text for one in beginnings()] == ["back.done", "back.people"]
