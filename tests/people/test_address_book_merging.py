"""Three states of a card: what both last agreed on, what is here, what is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.people.address_book_sync.merging import Value, Why, merge


def said(text):
    return Value(text, text, (text,)) if text else None


def fields(**given):
    return {key: said(text) for key, text in given.items() if text}


@pytest.mark.parametrize(
    ("agreed", "here", "there", "done"),
    [
        ("a", "a", "b", "take"),
        ("a", "b", "a", "give"),
        ("a", "b", "b", None),
        ("a", "a", "a", None),
        ("", "a", "", "give"),
        ("", "", "a", "take"),
        ("", "a", "a", None),
        ("a", "", "", None),
        ("", "a", "b", Why.DIFFERS),
        ("a", "b", "c", Why.DIFFERS),
        ("a", "a", "", Why.REMOVED_THERE),
        ("a", "b", "", Why.REMOVED_THERE),
        ("a", "", "a", Why.REMOVED_HERE),
        ("a", "", "b", Why.REMOVED_HERE),
    ],
)
def test_each_field_is_decided_by_itself(agreed, here, there, done):
    found = merge(fields(x=agreed), fields(x=here), fields(x=there))
    told = ["take"] * bool(found.take) + ["give"] * bool(found.give) + [one.why for one in found.ask]
    assert told == ([done] if done else [])


def test_what_was_removed_here_and_shall_go_there_goes_unless_it_changed_there():
    assert merge(fields(x="a"), {}, fields(x="a"), removing=["x"]).give == {"x": None}
    assert merge(fields(x="a"), {}, fields(x="b"), removing=["x"]).ask[0].why is Why.REMOVED_HERE


def test_what_was_taken_and_undone_is_asked_and_not_sent():
    found = merge(fields(x="b"), fields(x="a"), fields(x="b"), taken=fields(x="a"))
    assert (found.give, [one.why for one in found.ask]) == ({}, [Why.DIFFERS])
    assert merge(fields(x="b"), fields(x="c"), fields(x="b"), taken=fields(x="a")).give


STATE = st.dictionaries(st.sampled_from("pqr"), st.sampled_from("abcd").map(said), max_size=3)


def synced(agreed, here, there):
    """Carry a merge out on both sides."""
    found = merge(agreed, here, there)
    after = {**there, **{key: value for key, value in found.give.items() if value is not None}}
    return merge(found.agreed, {**here, **found.take}, after).agreed, {**here, **found.take}, after


@given(STATE, STATE, STATE)
def test_no_value_ever_leaves_both_sides_but_the_one_both_had_agreed_on(agreed, here, there):
    _agreed, here_after, there_after = synced(agreed, here, there)
    left = {(key, value.same) for side in (here_after, there_after) for key, value in side.items()}
    for key in {*here, *there}:
        for value in (here.get(key), there.get(key)):
            superseded = value == agreed.get(key) and here.get(key) != there.get(key) and value is not None
            assert value is None or superseded or (key, value.same) in left
        assert any(name == key for name, _same in left)  # some value of each field stays, whatever happens


@given(STATE, STATE, STATE)
def test_a_second_sync_does_nothing_and_asks_the_same(agreed, here, there):
    asked = {one.key for one in merge(agreed, here, there).ask}
    once = synced(agreed, here, there)
    again = merge(*once)
    assert (again.take, again.give) == ({}, {})
    assert {one.key for one in again.ask} == asked
    assert again.agreed == once[0]


@given(STATE, STATE, STATE)
def test_where_nothing_is_asked_both_sides_are_equal_and_agreed(agreed, here, there):
    if merge(agreed, here, there).ask:
        return
    after, here_after, there_after = synced(agreed, here, there)
    assert here_after == there_after == after
