"""Lina's notes in two places at once: nothing that was typed is lost, and nobody types it twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.versions import Kept, digest, reconcile

BEGUN = "Began as a nurse"
LINES = st.lists(st.sampled_from(["a", "b", "c", "", "  d", "e\r"]), max_size=6)
TEXTS = LINES.map("\n".join)


def lines(text):
    return [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


def stands_in(part, whole):
    rest = iter(lines(whole))
    return all(line in rest for line in lines(part))


def test_what_is_typed_takes_the_place_of_the_text_it_began_from():
    assert reconcile(BEGUN, "Began as a cook", since=digest(BEGUN)) == Kept(text="Began as a cook")
    assert reconcile(BEGUN, "", since=digest(BEGUN)) == Kept(text="")


def test_who_does_not_say_where_they_began_is_believed():
    assert reconcile(BEGUN, "Other words", since="") == Kept(text="Other words")


def test_a_page_in_which_nothing_was_typed_takes_nothing_back():
    assert reconcile(f"{BEGUN}\nLikes trains", BEGUN, since=digest(BEGUN)) == Kept(
        text=f"{BEGUN}\nLikes trains"
    )


def test_a_text_that_holds_the_other_is_kept_alone():
    longer = f"{BEGUN}\nThen nights\nThen days"
    assert reconcile(f"{BEGUN}\nThen nights", longer, since=digest(BEGUN)) == Kept(text=longer)
    assert reconcile(longer, f"{BEGUN}\nThen nights", since=digest(BEGUN)) == Kept(text=longer)


def test_two_that_went_apart_stand_one_below_the_other_and_share_what_they_share():
    kept = reconcile(
        f"{BEGUN}\nOn the phone\nEnd",
        f"{BEGUN}\nOn the laptop\nEnd",
        since=digest(f"{BEGUN}\nEnd"),
        between="---",
    )
    assert kept == Kept(text=f"{BEGUN}\nOn the phone\n---\nOn the laptop\nEnd", both=True)


def test_without_a_mark_they_follow_each_other():
    assert reconcile("Why?", "How?", since=digest("")) == Kept(text="Why?\nHow?", both=True)


def test_line_ends_of_another_system_make_no_other_text():
    assert digest("a\r\nb") == digest("a\nb")
    assert reconcile("a\nb", "a\r\nb\r\nc", since=digest("a\nb")) == Kept(text="a\nb\nc")


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["", "---"]))
def test_no_line_of_either_is_lost_once_they_went_apart(begun, stored, typed, between):
    kept = reconcile(stored, typed, since=digest(begun), between=between)
    if digest(stored) == digest(begun):
        assert lines(kept.text) == lines(typed)
    elif digest(typed) == digest(begun):
        assert lines(kept.text) == lines(stored)
    else:
        assert stands_in(stored, kept.text)
        assert stands_in(typed, kept.text)


@given(TEXTS, TEXTS, TEXTS)
def test_the_same_text_sent_twice_changes_nothing_more(begun, stored, typed):
    once = reconcile(stored, typed, since=digest(begun), between="---")
    twice = reconcile(once.text, typed, since=digest(begun), between="---")
    if digest(stored) != digest(begun):
        assert twice == Kept(text=once.text)
