"""Where to go, with what plan, and what to mind while there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from askwell.rules.explain import sentence
from askwell.rules.facts import Calendar, MeetingPlaceFacts, SeekerFacts
from askwell.rules.gatherings import (
    EventPlan,
    MetFacts,
    PlaceFacts,
    check_plan,
    evening_hints,
    goal_words,
    look_next,
    seconds_of,
    weigh_place,
)
from askwell.rules.presets import PRESETS
from askwell.rules.steps import seeker_steps

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


def test_a_place_with_a_day_is_looked_at_on_it():
    saturday = MeetingPlaceFacts(id=4, look_again_on=date(2026, 3, 7))
    step = look_next(saturday, calendar=Calendar(), preset=PRESET)
    assert step.key == "look_again:place:4"
    assert step.earliest.date() == date(2026, 3, 9)
    assert sentence(step.why[0]) == "Look what is next there."
    assert look_next(MeetingPlaceFacts(id=4), calendar=Calendar(), preset=PRESET) is None


def test_it_stands_among_the_seekers_own_steps():
    places = (MeetingPlaceFacts(id=4, look_again_on=date(2026, 3, 9)), MeetingPlaceFacts(id=5))
    seeker = SeekerFacts(goal_text="Ward nurse in Leeds", places=places)
    now = datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert [step.key for step in seeker_steps(seeker, preset=PRESET, now=now)] == ["look_again:place:4"]
