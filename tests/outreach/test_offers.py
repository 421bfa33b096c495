"""Bringing two people together: asked first, either may say no, and undo takes each step back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.errors import BadValue, OutOfOrder, Refused
from askwell.outreach.models import Favor, IntroductionOffer, Step, Touch
from askwell.people.actions import NewContact, add_contact, merge_contacts, remove_contacts
from askwell.rules.decisions import StepCode

ASK = {"subject": "May I introduce you to someone?", "body": ""}


@pytest.fixture
def amara(owner, now):
    return add_contact(owner, NewContact(name="Amara Okafor"), now=now)


@pytest.fixture
def chen(owner, now):
    return add_contact(owner, NewContact(name="Chen Wei"), now=now)


@pytest.fixture
def offer(amara, chen, now):
    return actions.begin_offer(amara, chen, why="Both order by what is used.", now=now)


def agreed(offer, now):
    for side in ("left", "right"):
        actions.record_offer_asked(offer, side, now=now)
        actions.record_offer_answer(offer, side, yes=True, now=now)
    return offer


def test_two_yeses_bring_two_together_and_it_counts_as_given_to_both(offer, amara, chen, now):
    agreed(offer, now)
    actions.record_introduced(offer, now=now, subject="Amara Okafor and Chen Wei")
    assert offer.made_at == now
    gives = Favor.objects.filter(kind="give").order_by("pk")
    assert [(give.contact, give.text) for give in gives] == [(amara, "Chen Wei"), (chen, "Amara Okafor")]
    assert all(give.touch.direction == "out" for give in gives)


def test_one_yes_is_not_enough(offer, now):
    actions.record_offer_asked(offer, "left", now=now)
    actions.record_offer_answer(offer, "left", yes=True, now=now)
    with pytest.raises(OutOfOrder):
        actions.record_introduced(offer, now=now)
    offer.refresh_from_db()
    assert offer.made_at is None
    assert not Favor.objects.exists()


def test_a_no_ends_it_and_asks_for_nothing_more(offer, now):
    actions.record_offer_asked(offer, "left", now=now)
    actions.record_offer_answer(offer, "left", yes=False, text="Not this year.", now=now)
    assert Touch.objects.get(direction="in").body == "Not this year."
    assert not Step.objects.filter(code=StepCode.ANSWER).exists()
    with pytest.raises(OutOfOrder):
        actions.record_offer_asked(offer, "right", now=now)


def test_every_step_is_taken_back_by_undo(offer, owner, amara, now):
    agreed(offer, now)
    actions.record_introduced(offer, now=now)
    for _turn in range(6):
        actions.undo_last(owner, now=now)
    assert not IntroductionOffer.objects.exists()
    assert not Touch.objects.exists()
    assert not Favor.objects.exists()


def test_whoever_asked_to_be_left_in_peace_is_not_offered_to_anybody(amara, chen, now):
    actions.forbid(chen, now=now)
    with pytest.raises(BadValue) as raised:
        actions.begin_offer(amara, chen, now=now)
    assert (raised.value.field, raised.value.problem) == ("right", "in-peace")


def test_nor_asked_where_they_said_so_since(offer, chen, now):
    actions.forbid(chen, now=now)
    with pytest.raises(Refused):
        actions.record_offer_asked(offer, "right", now=now)
    offer.refresh_from_db()
    assert offer.right_says == "unasked"


def test_the_same_person_twice_or_the_same_two_again_are_not_taken(offer, amara, chen, now):
    for left, right, problem in ((amara, amara, "same-person"), (chen, amara, "there-already")):
        with pytest.raises(BadValue) as raised:
            actions.begin_offer(left, right, now=now)
        assert raised.value.problem == problem


def test_after_a_no_it_may_be_thought_of_again_another_year(offer, amara, chen, now):
    actions.record_offer_answer(offer, "left", yes=False, now=now)
    assert actions.begin_offer(amara, chen, now=now + timedelta(days=400)).pk != offer.pk


def test_an_offer_to_introduce_is_no_check_in_and_may_follow_soon_on_a_letter(offer, amara, now):
    actions.record_sent(
        amara, mode="check_in", channel="email", at=now - timedelta(days=2), now=now - timedelta(days=2)
    )
    actions.record_offer_asked(offer, "left", now=now)
    assert offer.left_says == "asked"


def test_a_bad_letter_is_refused_with_its_reasons_and_passes_with_one(offer, now):
    letter = {"subject": "Hello", "body": "Dear [Name],\n\nMeet {other}.\n"}
    with pytest.raises(Refused) as raised:
        actions.record_offer_asked(offer, "left", now=now, **letter)
    rules = [each.reason.rule for each in raised.value.decision.refusals]
    assert rules == ["M00"]
    actions.record_offer_asked(offer, "left", now=now, overrides={"M00": "It went out so."}, **letter)
    assert offer.left_says == "asked"


def test_a_moment_to_come_and_an_unknown_side_change_nothing(offer, now):
    with pytest.raises(BadValue):
        actions.record_offer_asked(offer, "left", at=now + timedelta(days=1), now=now)
    with pytest.raises(BadValue):
        actions.record_offer_asked(offer, "middle", now=now)
    offer.refresh_from_db()
    assert offer.left_says == "unasked"


def test_two_who_turn_out_to_be_one_are_not_introduced_and_undo_parts_them(offer, owner, amara, chen, now):
    merge_contacts(amara, chen, now=now)
    offer.refresh_from_db()
    with pytest.raises(OutOfOrder):
        actions.record_offer_asked(offer, "left", now=now)
    actions.undo_last(owner, now=now)
    actions.record_offer_asked(IntroductionOffer.objects.get(), "left", now=now)


def test_removing_one_of_the_two_takes_the_offer_along_and_undo_brings_it_back(offer, owner, chen, now):
    remove_contacts(owner, [chen], now=now)
    assert not IntroductionOffer.objects.exists()
    actions.undo_last(owner, now=now)
    assert IntroductionOffer.objects.get() == offer


def test_the_reasons_may_be_kept_and_changed_until_it_is_made(offer, now):
    actions.change_offer(offer, why=" They both teach. ", note="Chen runs the order.", now=now)
    offer.refresh_from_db()
    assert (offer.why, offer.blurb) == ("They both teach.", "Chen runs the order.")
    actions.drop_offer(offer, now=now)
    with pytest.raises(OutOfOrder):
        actions.drop_offer(offer, now=now)
