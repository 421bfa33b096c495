"""Ties of a large file: the compiled loop gives what ``csv`` and ``float`` give."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.graph import edges as edges_module
from askwell.graph.edges import FEW, GOOD, NAMELESS, BadRow, lines_at, number_in, read_edges

PIECES = [
    *[
        "a",
        "b",
        "Ana",
        ",",
        ",",
        ",",
        '"',
        "\n",
        "\n",
        "\r",
        "\r\n",
        " ",
        "\t",
        "\x1c",
        "\x00",
        "_",
        "-",
        ".",
    ],
    *[
        "0.5",
        "1",
        ".25",
        "1e-3",
        "nan",
        "inf",
        "0.12345678901234567",
        "999999999999999",
        "1234567890123456789012345",
    ],
    *["é", "あ", "\u2003", "\xa0", "\u3000", "٠"],
]


def by_python(text, columns):
    for row in csv.reader(io.StringIO(text, newline="")):
        if row and len(row) <= max(columns):
            yield FEW
        elif row:
            source, target, strength = (row[column].strip() for column in columns[:3])
            yield (source, target, number_in(strength)) if source and target else NAMELESS


def by_loop(text, columns):
    found = read_edges(np.frombuffer(text.encode(), np.uint8), columns, begins=0)
    assert found.names == sorted(set(found.names))
    named = set()
    for kind, ends, strength in zip(
        found.kinds.tolist(), found.ends.tolist(), found.strengths.tolist(), strict=True
    ):
        if kind == GOOD:
            named.update(ends)
            yield (*(found.names[end] for end in ends), strength)
        else:
            yield kind
    assert named == set(range(len(found.names)))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.sampled_from([(0, 1, 2), (2, 0, 1), (0, 1, 2, 4), (1, 3, 0)]),
)
def test_any_text_is_read_as_csv_reads_it(text, columns):
    assert str(list(by_loop(text, columns))) == str(list(by_python(text, columns)))


def test_more_names_than_there_was_room_for_keep_their_numbers(monkeypatch):
    monkeypatch.setattr(edges_module, "_FIRST_NAMES", 4)
    text = "".join(f"p{one},p{one * 7 % 100},0.{one + 1}\n" for one in range(100))
    assert list(by_loop(text, (0, 1, 2))) == list(by_python(text, (0, 1, 2)))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_every_number_is_the_float_that_it_says(numbers):
    text = "".join(f"a,b,{number!r}\n" for number in numbers)
    found = read_edges(np.frombuffer(text.encode(), np.uint8), (0, 1, 2), begins=0)
    assert found.strengths.tolist() == numbers


@pytest.fixture(params=[131072, 2**31 - 1])
def limit(request):
    """The limit of the whole process on a cell, which is not ours."""
    before = csv.field_size_limit(request.param)
    yield request.param
    csv.field_size_limit(before)


def test_a_long_cell_is_read_whatever_limit_the_process_has(limit):
    name = "x" * 200_000
    found = read_edges(np.frombuffer(f'"{name}""",b,1\n'.encode(), np.uint8), (0, 1, 2), begins=0)
    assert found.names == ["b", name + '"']
    assert csv.field_size_limit() == limit


@pytest.mark.usefixtures("limit")
def test_a_row_that_csv_refuses_is_an_error_with_its_place():
    text = b"a,b,1\nc,d,1\ne," + b"x" * (edges_module.LARGEST_CELL + 1) + b",1\n"
    with pytest.raises(BadRow) as caught:
        read_edges(np.frombuffer(text, np.uint8), (0, 1, 2), begins=0)
    assert caught.value.begins == 12


@given(st.lists(st.sampled_from(["a", "\n", "\r", "\r\n"]), max_size=30).map("".join), st.integers(1, 5))
def test_lines_are_counted_as_csv_counts_them(text, piece):
    places = [
        at for at in range(len(text)) if text[:at].endswith(("\n", "\r")) and text[at - 1 : at + 1] != "\r\n"
    ]
    expected = [1 + len(io.StringIO(text[:at], newline="").readlines()) for at in places]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edges_module, "_PIECE", piece)
        assert list(lines_at(np.frombuffer(text.encode(), np.uint8), places)) == expected
