"""Numbers of rows, as they are typed."""

from __future__ import annotations

import pytest

from askwell.people.keys import key_in, keys_in


@pytest.mark.parametrize(("text", "key"), [("7", 7), ("#7", 7), (" 7 ", 7), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text, key):
    assert key_in(text) == key


@pytest.mark.parametrize("text", ["", "#", "-7", "7.0", "seven", "9" * 19, "9" * 5000, "²"])
def test_what_is_no_number_of_a_row_is_none(text):
    assert key_in(text) is None


def test_what_is_none_is_left_out():
    assert keys_in(["7", "x", "9" * 30, "8"]) == [7, 8]
