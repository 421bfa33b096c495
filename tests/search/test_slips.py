"""What was meant by a word that was mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.search.slips import mistaken_for

NAMES = ["katherine", "jane", "michael", "said", "okonkwo", "oslo", "anna", "anne"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kahterine", ["katherine"]),  # two letters changed places
        ("katerine", ["katherine"]),  # one is missing
        ("katherinne", ["katherine"]),  # one too many
        ("katharyne", ["katherine"]),  # two in a long word
        ("micheal", ["michael"]),
        ("mihcae", ["michael"]),  # not typed to its end
        ("jnae", ["jane"]),
        ("said", ["said"]),
        ("ann", []),  # too short to tell
        ("ame", []),
        ("zebra", []),
        ("anns", ["anna", "anne"]),
    ],
)
def test_a_slip_finds_what_was_meant(typed, meant):
    assert mistaken_for(typed, NAMES) == meant


WORDS = st.text("abcdeé", min_size=4, max_size=12)


@given(WORDS, st.data())
def test_any_one_slip_in_any_word_is_forgiven(word, data):
    place = data.draw(st.integers(1, len(word) - 1))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + "x" + word[place:],
        word[:place] + "x" + word[place + 1 :],
        word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
    ]
    for typed in slips:
        assert (mistaken_for(typed, [word]) == [word]) or len(typed) < 4


def test_the_nearest_come_first_and_not_too_many():
    found = mistaken_for("marianne", ["mariana", "marianna", *(f"marian{number:03}" for number in range(99))])
    assert found[0] == "marianna"
    assert len(found) == 50
