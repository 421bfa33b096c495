"""Introducing two people: both asked first, either may say no."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.facts import Mode
from askwell.rules.letters.offering import OfferFacts, asking, to_both
from askwell.rules.lint import Context, Medium, Message, Severity, lint
from askwell.rules.offers import (
    MOVES,
    Answer,
    Offer,
    OfferMove,
    OfferNotHere,
    OfferStage,
    Side,
    advance,
    may,
    to_tell,
)

LEFT, RIGHT = Side.LEFT, Side.RIGHT
OF_ONE = {OfferMove.ASKED, OfferMove.SAID_YES, OfferMove.SAID_NO}


def after(*moves):
    offer = Offer()
    for move, side in moves:
        offer = advance(offer, move, side)
    return offer


ASK_BOTH = ((OfferMove.ASKED, LEFT), (OfferMove.ASKED, RIGHT))


def test_two_who_say_yes_are_introduced():
    offer = after(*ASK_BOTH, (OfferMove.SAID_YES, RIGHT))
    assert offer.stage is OfferStage.OPEN
    offer = advance(offer, OfferMove.SAID_YES, LEFT)
    assert offer.stage is OfferStage.AGREED
    assert advance(offer, OfferMove.MADE).stage is OfferStage.MADE


def test_one_yes_is_not_enough():
    offer = after(*ASK_BOTH, (OfferMove.SAID_YES, LEFT))
    with pytest.raises(OfferNotHere) as raised:
        advance(offer, OfferMove.MADE)
    assert (raised.value.stage, raised.value.move) == (OfferStage.OPEN, OfferMove.MADE)


@pytest.mark.parametrize("side", list(Side))
def test_either_may_say_no_and_the_other_is_owed_a_word(side):
    offer = after(*ASK_BOTH, (OfferMove.SAID_NO, side))
    assert offer.stage is OfferStage.REFUSED
    assert to_tell(offer) == (side.other,)
    assert advance(offer, OfferMove.DROPPED).stage is OfferStage.DROPPED


def test_a_yes_may_be_taken_back_before_the_two_have_met_and_a_no_is_final():
    agreed = after(*ASK_BOTH, (OfferMove.SAID_YES, LEFT), (OfferMove.SAID_YES, RIGHT))
    refused = advance(agreed, OfferMove.SAID_NO, LEFT)
    assert refused.stage is OfferStage.REFUSED
    assert not may(refused, OfferMove.SAID_YES, LEFT)
    assert not may(refused, OfferMove.ASKED, RIGHT)


def test_nobody_is_asked_twice_and_whoever_was_not_asked_is_told_nothing():
    offer = after((OfferMove.ASKED, LEFT))
    assert not may(offer, OfferMove.ASKED, LEFT)
    assert to_tell(offer) == ()
    assert to_tell(advance(offer, OfferMove.SAID_NO, LEFT)) == ()


def test_someone_one_spoke_with_may_say_yes_without_a_letter():
    assert after((OfferMove.SAID_YES, LEFT)).left is Answer.YES


@given(st.lists(st.tuples(st.sampled_from(OfferMove), st.sampled_from([*Side, None])), max_size=15))
def test_whatever_is_tried_the_table_holds(tries):
    offer, said_no = Offer(), set()
    for move, side in tries:
        before = offer
        try:
            offer = advance(offer, move, side)
        except OfferNotHere:
            assert offer is before
            assert not may(before, move, side)
            continue
        assert move in MOVES[before.stage]
        assert (move in OF_ONE) == (side is not None)
        assert before.stage not in {OfferStage.MADE, OfferStage.DROPPED}
        if move is OfferMove.MADE:
            assert before.left is before.right is Answer.YES
        if move is OfferMove.SAID_NO:
            said_no.add(side)
        assert {one for one in Side if offer.says(one) is Answer.NO} == said_no
        assert not (offer.made and said_no)


FACTS = OfferFacts(
    given="Amara",
    other_given="Chen",
    name="Amara Okafor",
    other_name="Chen Wei",
    other_about="plans supplies for three wards at a teaching hospital",
    why="You both try to make weekly orders follow what the wards really use, from two different ends.",
    seeker="Lina Haddad",
)


def test_the_first_letter_tells_what_the_other_does_and_not_who_it_is():
    letter = asking(FACTS)
    assert "Chen" not in letter.subject + letter.body
    assert "plans supplies for three wards" in letter.body
    assert "A no is perfectly fine" in letter.body
    assert letter.missing == ()


def test_the_seeker_may_choose_to_name_the_other():
    letter = asking(OfferFacts(**{**_values(FACTS), "named": True}))
    assert "Chen Wei" in letter.subject
    assert "Chen Wei" in letter.body


def test_what_is_not_known_is_asked_for_and_not_made_up():
    letter = asking(OfferFacts(given="Amara", other_given="Chen", name="Amara Okafor", other_name="Chen Wei"))
    assert letter.missing == ("other_about", "why", "seeker")
    assert "{" not in letter.body


def test_the_letter_to_both_names_both_and_carries_the_note_as_it_is():
    letter = to_both(
        OfferFacts(**{**_values(FACTS), "note": "Chen runs the {weekly} order.", "signature": "L. H."})
    )
    assert letter.body.startswith("Dear Amara, dear Chen,")
    assert "Chen runs the {weekly} order." in letter.body
    assert FACTS.why not in letter.body
    assert letter.body.endswith("L. H.\n")
    assert FACTS.why in to_both(FACTS).body
    assert to_both(OfferFacts(given="A", other_given="B", name="A", other_name="B")).missing == (
        "why",
        "seeker",
    )


@pytest.mark.parametrize("letter", [asking(FACTS), to_both(FACTS)], ids=["asking", "to_both"])
def test_the_letters_hold_before_the_lint(letter):
    found = lint(
        Message(subject=letter.subject, body=letter.body),
        mode=Mode.CHECK_IN,
        context=Context(channel=Medium.EMAIL, given="Amara", family="Okafor", is_first=False),
    )
    assert [each.code for each in found if each.severity is not Severity.HINT] == []


def _values(facts):
    return {name: getattr(facts, name) for name in facts.__slots__}
