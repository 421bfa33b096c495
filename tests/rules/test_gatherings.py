"""Where to go, with what plan, and what to mind while there."""

from __future__ import annotations

import pytest

from askwell.rules.explain import sentence
from askwell.rules.gatherings import (
    EventPlan,
    MetFacts,
    PlaceFacts,
    check_plan,
    evening_hints,
    goal_words,
    seconds_of,
    weigh_place,
)
from askwell.rules.presets import PRESETS

GOAL = goal_words("Supply-chain analyst in a hospital", "hospital logistics")
PRESET = PRESETS["askwell"]


def texts(found):
    return [one.text for one in found]


def plan_texts(**plan):
    return [one.reason.text for one in check_plan(EventPlan(**plan), preset=PRESET)]


def test_a_place_of_the_field_where_one_knows_who_hires_comes_first():
    here = PlaceFacts(id=1, text="Hospitals' logistics circle", known=3, hiring=1, visits=2)
    there = PlaceFacts(id=2, text="Chess club", known=3)
    best, other = weigh_place(here, GOAL), weigh_place(there, GOAL)
    assert best.score > other.score
    assert texts(best.reasons) == ["place.fits", "place.hiring", "place.known", "place.visits"]
    assert sentence(best.reasons[0]) == "It has to do with your goal: hospital, logistics."
    assert texts(other.reasons) == ["place.far", "place.known"]


def test_no_place_weighs_more_than_all_of_it_or_less_than_nothing():
    most = weigh_place(PlaceFacts(id=1, text="hospital logistics analyst", known=99, hiring=99), GOAL)
    assert most.score == pytest.approx(1.0)
    assert weigh_place(PlaceFacts(id=1, text=""), GOAL).score == 0


def test_one_who_hires_weighs_more_than_one_who_does_not():
    hires = weigh_place(PlaceFacts(id=1, text="", known=1, hiring=1), GOAL)
    assert hires.score > weigh_place(PlaceFacts(id=1, text="", known=1), GOAL).score


@pytest.mark.parametrize(("text", "fits"), [("art", False), ("Hospital", True), ("hospitality", False)])
def test_words_of_one_kin_are_the_same_and_others_are_not(text, fits):
    assert (weigh_place(PlaceFacts(id=1, text=text), goal_words("hospitals")).score > 0) is fits


def test_a_plan_with_all_four_parts_passes():
    assert plan_texts(people=2, questions=3, introduction="I am Lina. I plan supplies.", offer="A list") == []


def test_what_a_plan_lacks_is_named():
    assert plan_texts() == ["plan.people", "plan.questions", "plan.introduction", "plan.offer"]
    assert plan_texts(people=4, questions=3, introduction="word " * 90, offer="x") == [
        "plan.many",
        "plan.long",
    ]


def test_an_introduction_is_timed_by_its_words():
    assert seconds_of("") == 0
    assert seconds_of("word " * 70) == 30


def test_a_card_given_and_none_taken_is_worth_a_word_where_there_is_no_address():
    met = [
        MetFacts(name="Chen", new=True, card_given=True),
        MetFacts(name="Ana", new=False, card_given=True, card_taken=True),
        MetFacts(name="Luis", new=False, card_given=True, reachable=True),
    ]
    (hint,) = evening_hints(met)
    assert (hint.rule, sentence(hint)[:14]) == ("V02", "You gave Chen ")


def test_only_old_acquaintances_are_hinted_at():
    (hint,) = evening_hints([MetFacts(name="Ana", new=False), MetFacts(name="Luis", new=False)])
    assert (hint.rule, hint.text) == ("V04", "evening.nobody_new")
    assert evening_hints([]) == ()
    assert evening_hints([MetFacts(name="Ana", new=False), MetFacts(name="Chen", new=True)]) == ()
