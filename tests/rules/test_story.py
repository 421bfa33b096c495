"""How long it takes to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.explain import sentence
from askwell.rules.facts import Channel
from askwell.rules.preparation import wear
from askwell.rules.story import WORDS_A_MINUTE, Speaking, speaking


def test_a_story_of_195_words_takes_a_minute_and_a_half():
    assert speaking("word " * 195) == Speaking(words=195, seconds=90)


def test_dashes_are_no_words():
    assert speaking("I was a nurse — then not.") == Speaking(words=6, seconds=3)
    assert speaking(" – \n") == Speaking(words=0, seconds=0)


@given(st.text(), st.text())
def test_more_words_never_take_less_time(one, other):
    assert speaking(one).seconds <= speaking(f"{one} {other}").seconds
    assert speaking("w " * WORDS_A_MINUTE).seconds == 60


def test_what_to_wear_is_said_where_one_meets_and_not_for_a_call():
    said = wear(Channel.IN_PERSON)
    assert said is not None
    assert said.rule == "P09"
    assert "wear what people wear there" in sentence(said)
    assert wear(Channel.PHONE) is None
