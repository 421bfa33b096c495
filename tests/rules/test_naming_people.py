"""Whether a letter uses somebody's name."""

from __future__ import annotations

import pytest

from askwell.rules.naming_people import names

ANA = ("ana li", "ana")


@pytest.mark.parametrize(
    "text",
    [
        "ana li suggested that i write to you.",
        "a question, by way of ana li",
        "ana suggested i write.",
        "ana kindly gave me your name.",
        "i am writing at the suggestion of ana.",
        "i spoke with ana last week.",
        "(ana li)",
    ],
)
def test_whoever_sent_the_seeker_is_named(text):
    assert names(text, *ANA)


@pytest.mark.parametrize(
    "text",
    [
        "dear ana, could we talk?",
        "ana lima suggested",
        "savana li",
        "we met in ana li’kes town".replace("ana li’kes", "anali kes"),
        "through analysis of wards",
        "",
    ],
)
def test_others_of_that_name_and_words_that_hold_it_are_not(text):
    assert not names(text, *ANA)


def test_a_month_is_nobody_and_no_name_is_in_no_text():
    assert not names("may i ask you two questions?", "may wong", "may")
    assert not names("anything", "")
    assert not names("ana suggested", "ana li")
