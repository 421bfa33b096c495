"""Evenings out: cards counted off, places weighed, what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Community, Encounter, NetworkingEvent, Seeker, Step
from askwell.people.actions import NewContact, add_contact, tag_contacts
from askwell.people.journal import last_change, undo


@pytest.fixture
def circle(lina, now):
    return actions.add_place(lina, name="Hospital software circle", notes="product people", now=now)


@pytest.fixture
def evening(lina, circle, now):
    return actions.add_event(
        lina, name="November meeting", starts_at=now - timedelta(hours=2), community=circle, now=now
    )


def left(owner):
    return Seeker.objects.get(owner=owner).cards_left


def test_a_card_given_is_counted_off_and_comes_back_with_undo(lina, evening, jane, now):
    actions.change_seeker(lina, cards_left=5, now=now)
    met = actions.add_encounter(evening, contact=jane, said="Night shifts", card_given=True, now=now)
    assert (left(lina), met.card_given, met.card_taken) == (4, True, False)
    undo(last_change(lina), now=now)
    assert left(lina) == 5


def test_met_again_the_same_evening_more_is_known_and_no_second_card_counted(lina, evening, jane, now):
    actions.change_seeker(lina, cards_left=5, now=now)
    actions.add_encounter(evening, contact=jane, said="Night shifts", card_given=True, now=now)
    met = actions.add_encounter(evening, contact=jane, card_given=True, card_taken=True, now=now)
    assert (met.said, met.card_taken, left(lina)) == ("Night shifts", True, 4)
    assert Encounter.objects.count() == 1


def test_a_card_unticked_comes_back_to_the_pile(lina, evening, jane, now):
    actions.change_seeker(lina, cards_left=5, now=now)
    met = actions.add_encounter(evening, contact=jane, card_given=True, now=now)
    actions.change_encounter(met, said="", card_given=False, card_taken=True, now=now)
    assert left(lina) == 5


def test_cards_nobody_counts_are_not_counted_and_never_below_nothing(lina, evening, jane, kenji, now):
    actions.add_encounter(evening, contact=jane, card_given=True, now=now)
    assert left(lina) is None
    actions.change_seeker(lina, cards_left=0, now=now)
    actions.add_encounter(evening, contact=kenji, card_given=True, now=now)
    assert left(lina) == 0


def test_the_last_cards_given_make_the_step_to_print_more(lina, evening, jane, now):
    actions.change_seeker(lina, cards_left=11, now=now)
    assert "reprint_cards" not in {step.code for step in queries.steps(lina, now=now)}
    actions.add_encounter(evening, contact=jane, card_given=True, now=now)
    assert "reprint_cards" in {step.code for step in queries.steps(lina, now=now)}


def test_places_come_in_the_order_of_the_goal_and_of_whom_one_knows(lina, circle, evening, jane, now):
    actions.add_place(lina, name="Chess club", now=now)
    actions.add_encounter(evening, contact=jane, now=now)
    first, second = queries.places(lina, now=now)
    assert (first.community, second.community.name) == (circle, "Chess club")
    assert [reason.rule for reason in first.reasons] == ["V05", "V05", "V05"]
    assert "You know one person there." in {reason.sentence for reason in first.reasons}


def test_those_tagged_with_a_places_name_are_known_there(lina, jane, now):
    actions.add_place(lina, name="Chess Club", now=now)
    tag_contacts(lina, [jane], "chess club", now=now)
    (line,) = queries.places(lina, now=now)
    assert "You know one person there." in {reason.sentence for reason in line.reasons}


def test_a_day_to_look_again_brings_a_place_to_the_top(lina, circle, now):
    club = actions.add_place(lina, name="Chess club", look_again_on=now.date(), now=now)
    first, second = queries.places(lina, now=now)
    assert (first.community, first.due, second.due) == (club, True, False)


def test_its_day_is_a_step_of_today_and_looking_ends_it(lina, circle, now):
    actions.change_place(circle, look_again_on=now.date() + timedelta(days=7), now=now)
    step = Step.objects.get(code="look_again")
    assert queries.step(lina, key=step.key, now=now).title == "Look at Hospital software circle again"
    assert recompute(lina, now=now).changed == 0
    actions.mark_done(lina, key=step.key, now=now + timedelta(days=8))
    assert Community.objects.get().look_again_on is None
    assert not Step.objects.filter(code="look_again").exists()
    actions.undo_last(lina, now=now + timedelta(days=8))
    assert Step.objects.filter(code="look_again").exists()
    actions.drop_place(circle, now=now + timedelta(days=8))
    assert not Step.objects.filter(code="look_again").exists()


def test_a_place_is_joined_left_dropped_and_taken_up_again(lina, circle, now):
    actions.change_place(circle, joined=True, now=now)
    assert circle.joined_at == now
    actions.change_place(circle, joined=False, notes="managers", now=now)
    assert (circle.joined_at, circle.notes) == (None, "managers")
    actions.drop_place(circle, now=now)
    assert queries.places(lina, now=now) == ()
    actions.drop_place(circle, dropped=False, now=now)
    assert Community.objects.get().dropped_at is None
    with pytest.raises(BadValue):
        actions.change_place(circle, kind="castle", now=now)


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_places(
    lina, circle, now, django_assert_max_num_queries
):
    for number in range(20):
        actions.add_place(lina, name=f"Circle {number}", now=now)
    with django_assert_max_num_queries(8):
        queries.places(lina, now=now)


def test_an_evening_is_summed_up_by_what_came_of_it(lina, evening, jane, now):
    actions.add_encounter(evening, contact=jane, card_given=True, card_taken=True, now=now)
    actions.add_lead(jane, title="Product analyst", now=now)
    actions.record_talk(jane, ended_at=now, minutes=15, channel="phone", notes="", now=now)
    found = queries.brought(evening, queries.met_at(evening))
    assert (found.met, found.cards_given, found.cards_taken, found.talks) == (1, 1, 1, 1)
    assert [lead.title for lead in found.leads] == ["Product analyst"]


def test_before_going_home_one_is_told_of_the_card_not_taken_and_of_nobody_new(lina, evening, now):
    past = now - timedelta(days=30)
    ana = add_contact(lina, NewContact(name="Ana Ruiz"), now=past)
    actions.add_encounter(evening, contact=ana, card_given=True, now=now)
    hints = queries.hints_of(evening, queries.met_at(evening), now=now)
    assert [hint.rule for hint in hints] == ["V02", "V04"]


def test_an_evening_is_mended_and_its_plan_read_however_it_was_kept(lina, evening, now):
    actions.change_event(evening, name="December meeting", starts_at=now, now=now)
    assert NetworkingEvent.objects.get().community is None
    actions.plan_event(evening, plan={"people": ["Chen", "Ana"], "questions": "Why?\n\nHow?"}, now=now)
    actions.plan_event(evening, plan={"offer": "An article"}, now=now)
    plan = queries.plan_page(evening, now=now)
    assert (plan.people, plan.questions) == (("Chen", "Ana"), ("Why?", "How?"))
    assert plan.offer == "An article"
    assert {lack.rule for lack in plan.lacks} == {"V01"}
    assert not plan.is_empty


def test_whom_one_knows_of_a_place_may_be_there(lina, evening, jane, now):
    assert queries.may_be_there(evening) == []
    actions.add_encounter(evening, contact=jane, now=now)
    assert queries.may_be_there(evening) == [jane]


def test_the_questions_for_an_evening_are_of_the_bank():
    assert len(queries.suggested_questions()) == 6
