"""Whom to tell first, how to write to them, and no two letters the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.explain import sentence
from askwell.rules.facts import Mode, Occasion
from askwell.rules.letters import draft
from askwell.rules.letters.facts import LetterFacts
from askwell.rules.presets import PRESETS
from askwell.rules.telling import Acquaintance, mode_for, own_words, same_as, weeks_for, whom_to_tell

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
PRESET = PRESETS["askwell"]
WHO = "finishing a master's in health informatics"
ME = f"Lina Berg {WHO} data analyst public health"


def ordered(*known, most=10):
    return whom_to_tell(known, now=NOW, preset=PRESET, most=most)


def letter(given_name, past, *, variant=0, mode=Mode.RECONNECT):
    facts = LetterFacts(
        given=given_name, family="Doe", seeker="Lina Berg", past=past, role="data analyst", field="public health",
        who=WHO,
    )  # fmt: skip
    return draft(facts, mode=mode, variant=variant, occasion=Occasion.TELL).body


class TestWhomToTell:
    def test_the_close_and_those_who_bring_people_together_come_first(self):
        aunt = Acquaintance(contact=1, closeness=5, strength=0.4)
        mayor = Acquaintance(contact=2, strength=0.3, connector=True)
        both = Acquaintance(contact=3, closeness=5, connector=True)
        stranger = Acquaintance(contact=4)
        assert [one.contact for one in ordered(stranger, aunt, mayor, both)] == [3, 1, 2, 4]

    def test_whoever_one_writes_with_comes_before_a_stranger_of_the_field(self):
        stranger = Acquaintance(contact=1, match=0.9)
        friend = Acquaintance(contact=2, strength=0.3, exchanges=5)
        assert [one.contact for one in ordered(stranger, friend)] == [2, 1]

    def test_nobody_is_named_who_may_not_hear_of_it_but_whoever_is_asked_already_may(self):
        known = [
            Acquaintance(contact=place, gate=gate)
            for place, gate in enumerate(("", "open", "do_not_contact", "guarded", "closed"))
        ]
        assert {one.contact for one in ordered(*known)} == {0, 1}

    @pytest.mark.parametrize(
        ("what", "reason"),
        [
            ({"connector": True}, "tell.connector"),
            ({"hires": True}, "tell.hires"),
            ({"match": 0.4}, "tell.field"),
            ({"closeness": 4}, "tell.close"),
            ({"last_at": NOW - timedelta(days=4 * 365)}, "tell.dormant"),
            ({"last_at": NOW - timedelta(days=90)}, "tell.known"),
            ({"match": 0.3}, "tell.known"),
        ],
    )
    def test_each_says_why(self, what, reason):
        (found,) = ordered(Acquaintance(contact=1, **what))
        assert [one.text for one in found.reasons] == [reason]
        assert sentence(found.reasons[0])

    def test_three_reasons_and_as_many_people_as_were_asked_for(self):
        long_ago = NOW - timedelta(days=2000)
        known = Acquaintance(
            contact=1, connector=True, hires=True, match=1.0, closeness=5, strength=0.9, last_at=long_ago
        )
        assert len(ordered(known)[0].reasons) == 3
        assert len(ordered(known, Acquaintance(contact=2), most=1)) == 1


class TestHowToWrite:
    def test_a_friend_one_wrote_to_last_month_gets_the_honest_letter(self):
        friend = Acquaintance(contact=1, closeness=4, last_at=NOW - timedelta(days=30))
        assert mode_for(friend, now=NOW) is Mode.LEAD

    def test_so_does_whoever_one_writes_with_often(self):
        friend = Acquaintance(contact=1, exchanges=3, last_at=NOW - timedelta(days=30))
        assert mode_for(friend, now=NOW) is Mode.LEAD

    @pytest.mark.parametrize(
        "known",
        [
            Acquaintance(contact=1, closeness=5, last_at=NOW - timedelta(days=400)),
            Acquaintance(contact=1, closeness=5),
            Acquaintance(contact=1, closeness=3, last_at=NOW - timedelta(days=3)),
        ],
        ids=["a friend out of sight", "a friend never written to", "someone less near"],
    )
    def test_to_the_others_one_writes_as_after_a_long_time(self, known):
        assert mode_for(known, now=NOW) is Mode.RECONNECT


@pytest.mark.parametrize(
    ("people", "a_week", "weeks"), [(0, 5, 0), (5, 5, 1), (6, 5, 2), (30, 12, 3), (4, 0, None)]
)
def test_a_list_takes_as_many_weeks_as_its_letters_need(people, a_week, weeks):
    assert weeks_for(people, a_week=a_week) == weeks


class TestNoTwoTheSame:
    def test_another_name_makes_no_other_letter(self):
        first, second = letter("Jane", "our time at Riverton"), letter("Ana", "our time at Riverton")
        assert same_as(second, {"Jane Doe": first}, names=["Ana Doe"], about_me=ME) == "Jane Doe"

    def test_nor_do_other_words_for_the_same_sentences(self):
        first = letter("Jane", "our time at Riverton")
        second = letter("Ana", "our time at Riverton", variant=1, mode=Mode.LEAD)
        assert same_as(second, {"Jane Doe": first}, names=["Ana Doe"], about_me=ME) == "Jane Doe"

    def test_what_only_the_two_share_does(self):
        first = letter("Jane", "our time at Riverton")
        second = letter("Ana", "the night shift we spent rescuing the blood bank spreadsheet")
        assert same_as(second, {"Jane Doe": first}, names=["Ana Doe"], about_me=ME) is None

    def test_the_first_letter_of_all_needs_no_comparing(self):
        assert same_as(letter("Jane", "our time at Riverton"), {}) is None

    def test_names_figures_and_days_are_nobodys_own_words(self):
        assert own_words("Dear Ana, Tuesday 24 November, 10:00?", names=["Ana Doe"]) == frozenset()

    @given(st.integers(0, 9), st.integers(0, 9), st.sampled_from([Mode.LEAD, Mode.RECONNECT]))
    def test_no_turning_of_the_phrases_makes_two_letters_of_one(self, one, other, mode):
        first = letter("Jane", "the spring meeting", variant=one)
        second = letter("Ana", "the spring meeting", variant=other, mode=mode)
        assert same_as(second, {"Jane Doe": first}, names=["Ana Doe"], about_me=ME) == "Jane Doe"
