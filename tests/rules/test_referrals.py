"""Who led to whom, whatever people named whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.facts import State
from askwell.rules.referrals import OPEN, Brought, Link, Place, grow, only, place_of

DAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA, BEN, CAI, DEE, EVE = 1, 2, 3, 4, 5


def named(giver, whom, *, day=0, first=False):
    return Link(giver=giver, named=whom, at=DAY + timedelta(days=day), first=first)


def outline(twigs):
    return [(twig.depth, twig.key) for twig in twigs]


def test_a_branch_stands_whole_below_whoever_began_it():
    twigs = grow([named(ANA, BEN), named(BEN, CAI, day=1), named(ANA, DEE, day=2)])
    assert outline(twigs) == [(0, ANA), (1, BEN), (2, CAI), (1, DEE)]
    assert [twig.led_to for twig in twigs] == [2, 1, 0, 0]
    assert [twig.at is None for twig in twigs] == [True, False, False, False]


def test_who_was_named_twice_stands_once_and_the_other_is_told_beside():
    twigs = grow([named(ANA, CAI), named(BEN, CAI, day=1), named(BEN, DEE), named(BEN, CAI, day=3)])
    cai = next(twig for twig in twigs if twig.key == CAI)
    assert twigs[cai.parent].key == ANA
    assert cai.also == (BEN,)


def test_how_the_seeker_holds_it_goes_before_the_order_of_days():
    twigs = grow([named(ANA, CAI), named(BEN, CAI, day=5, first=True), named(BEN, CAI, day=5)])
    assert outline(twigs) == [(0, BEN), (1, CAI)]
    assert twigs[1].also == (ANA,)


def test_two_who_named_each_other_make_no_circle():
    twigs = grow([named(ANA, BEN), named(BEN, ANA, day=1)])
    assert outline(twigs) == [(0, ANA), (1, BEN)]
    assert twigs[0].also == (BEN,)


def test_a_longer_circle_is_opened_at_its_last_link():
    twigs = grow([named(ANA, BEN), named(BEN, CAI, day=1), named(CAI, DEE, day=2), named(DEE, ANA, day=3)])
    assert outline(twigs) == [(0, ANA), (1, BEN), (2, CAI), (3, DEE)]


def test_nobody_leads_to_themself():
    assert grow([named(ANA, ANA)]) == []


def test_a_branch_says_what_it_brought_in_all():
    own = {
        ANA: Brought(talks=1),
        BEN: Brought(advice=2, people=9),
        CAI: Brought(leads=1, introductions=1, talks=1),
    }
    ana, ben, cai = grow([named(ANA, BEN), named(BEN, CAI)], own=own)
    assert ana.brought == Brought(people=2, talks=2, advice=2, leads=1, introductions=1)
    assert ben.brought == Brought(people=1, talks=1, advice=2, leads=1, introductions=1)
    assert cai.brought == Brought(talks=1, leads=1, introductions=1)


def test_a_choice_keeps_the_way_to_those_chosen():
    twigs = grow([named(ANA, BEN), named(BEN, CAI), named(ANA, DEE), named(EVE, 6)])
    left = only(twigs, lambda twig: twig.key == CAI)
    assert outline(left) == [(0, ANA), (1, BEN), (2, CAI)]
    assert [twig.parent for twig in left] == [None, 0, 1]
    assert [twig.led_to for twig in left] == [1, 1, 0]
    assert left[0].brought == twigs[0].brought


@pytest.mark.parametrize(
    ("states", "place"),
    [
        ([], Place.NOT_ASKED),
        ([State.READY], Place.NOT_ASKED),
        ([State.CLOSED_NO_REPLY, State.PLANNED], Place.NOT_ASKED),
        ([State.AWAITING_REPLY], Place.ASKED),
        ([State.PAUSED, State.DECLINED], Place.ASKED),
        ([State.SCHEDULED], Place.ARRANGING),
        ([State.IN_TOUCH, State.SCHEDULED], Place.TALKED),
        ([State.DECLINED], Place.CLOSED),
        ([State.DO_NOT_CONTACT, State.IN_TOUCH], Place.PEACE),
    ],
)
def test_the_furthest_outreach_says_where_things_stand(states, place):
    assert place_of(states) is place


def test_a_talk_counts_without_an_outreach_and_a_wish_for_peace_before_all():
    assert place_of([], talks=1) is Place.TALKED
    assert place_of([], talks=1, forbidden=True) is Place.PEACE
    assert Place.TALKED not in OPEN


people = st.integers(min_value=1, max_value=12)
links = st.lists(st.builds(named, people, people, day=st.integers(0, 5), first=st.booleans()), max_size=60)


@given(links)
def test_whatever_is_named_everybody_stands_once_below_one_who_named_them(found):
    twigs = grow(found)
    keys = [twig.key for twig in twigs]
    assert len(keys) == len(set(keys))
    told = {(each.giver, each.named) for each in found}
    for at, twig in enumerate(twigs):
        if twig.parent is not None:
            assert twig.parent < at
            assert twigs[twig.parent].depth == twig.depth - 1
            assert (twigs[twig.parent].key, twig.key) in told
    shown = {(twigs[twig.parent].key, twig.key) for twig in twigs if twig.parent is not None}
    shown |= {(other, twig.key) for twig in twigs for other in twig.also}
    assert shown == {(giver, whom) for giver, whom in told if giver != whom}
    assert sum(twig.brought.people for twig in twigs if twig.depth == 0) == len(twigs) - sum(
        twig.depth == 0 for twig in twigs
    )


def test_a_chain_of_thousands_is_no_trouble():
    twigs = grow([named(number, number + 1) for number in range(5000)])
    assert twigs[-1].depth == 5000
    assert twigs[0].brought.people == 5000
