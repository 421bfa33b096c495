"""What is said of how well Ada and Jun know each other."""

from datetime import UTC, datetime, timedelta

import pytest

from askwell.rules.explain import sentence
from askwell.rules.facts import History, Relationship
from askwell.rules.ties import how_well, unheard, why

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=900)


def said(strength, *, closeness=None, **history):
    jun = Relationship(contact=1, closeness=closeness, history=History(**history))
    return sentence(how_well(jun, strength=strength))


def test_one_letter_without_an_answer_is_no_being_in_touch():
    written = {"first_at": NOW, "last_out_at": NOW}
    assert said(0.54, **written, unanswered=1) == "You reached out once and have not heard back."
    assert said(0.54, **written, unanswered=3) == "You reached out 3 times and have not heard back."
    assert said(0.9, closeness=5, **written, unanswered=1).startswith("You reached out once")


def test_a_check_in_that_is_all_there_is_was_reaching_out_once():
    assert said(0.5, first_at=NOW, last_check_in_at=NOW).startswith("You reached out once")


@pytest.mark.parametrize(
    ("strength", "exchanges", "closeness", "words"),
    [
        (0.9, 1, None, "loose tie"),
        (0.9, 2, None, "now and then"),
        (0.9, 3, None, "know each other well"),
        (0.9, 1, 3, "now and then"),
        (0.9, 0, 4, "know each other well"),
        (0.5, 9, 5, "now and then"),
        (0.2, 9, 5, "loose tie"),
        (0.05, 9, 5, "not been in touch for long"),
    ],
)
def test_it_takes_going_back_and_forth_to_say_more_than_a_loose_tie(strength, exchanges, closeness, words):
    assert words in said(
        strength, closeness=closeness, first_at=LONG_AGO, last_in_at=NOW, exchanges=exchanges
    )


def test_nothing_at_all_is_said_as_it_is():
    assert said(0.0) == "You have not been in touch yet."


def test_a_letter_that_came_back_was_no_being_in_touch():
    assert said(0.0, first_at=LONG_AGO) == "You have not been in touch yet."


def test_a_talk_is_hearing_from_them_without_a_letter():
    assert not unheard(History(last_out_at=NOW, last_talk_at=NOW))
    assert not unheard(History())
    assert unheard(History(last_out_at=NOW))


def test_the_number_is_told_by_what_it_rests_on():
    parts = why(exchanges=3, last_at=NOW, median_reply_hours=30.0, closeness=4)
    assert [sentence(part) for part in parts] == [
        "3 exchanges in the last year.",
        "The last time was on 2026-03-02.",
        "They usually answer within 2 days.",
        "You put it at 4 of 5 yourself.",
    ]


def test_what_is_not_known_is_not_told():
    assert why(exchanges=0, last_at=None, median_reply_hours=None, closeness=None) == ()
    (quick,) = why(exchanges=0, last_at=None, median_reply_hours=0.0, closeness=None)
    assert sentence(quick) == "They usually answer within a day."
