"""A web of ties: what it holds, what it leaves out, and its file."""

from __future__ import annotations

import json
import os
import random
import zlib

import numpy as np
import pytest

from askwell.graph import web as web_module
from askwell.graph.paths import Finder
from askwell.graph.web import costs_of, web_of, web_of_names, web_of_rows
from askwell.graph.web_files import SIGNATURE, BadWeb, load, save

TIES = [("ana", "ben", 0.5), ("ben", "cho", 0.25), ("ana", "cho", 0.5), ("zoë", "ana", 1.0)]


def test_every_tie_stands_with_both_people_the_strongest_first():
    web, flaws = web_of_rows(TIES)
    assert flaws == []
    assert list(web.names) == ["ana", "ben", "cho", "zoë"]
    assert (web.people, web.ties) == (4, 4)
    assert web.arcs.starts.tolist() == [0, 3, 5, 7, 8]
    assert web.arcs.targets.tolist() == [3, 1, 2, 0, 2, 0, 1, 0]
    assert web.arcs.ties.tolist() == [3, 0, 2, 0, 1, 2, 1, 3]


def test_the_web_is_the_same_in_whatever_order_the_ties_come():
    first = web_of_rows(TIES)[0]
    for seed in range(10):
        shuffled = [
            row if chance else (row[1], row[0], row[2])
            for row, chance in zip(TIES, [1, 0, 1, 0], strict=True)
        ]
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        other = web_of_rows(shuffled)[0]
        assert (other.arcs.targets == first.arcs.targets).all()
        assert (other.arcs.costs == first.arcs.costs).all()


def test_of_several_ties_between_two_the_strongest_counts_and_of_equals_the_first():
    web, _ = web_of([0, 1, 0, 1], [1, 0, 1, 2], [0.2, 0.7, 0.7, 0.1], people=3)
    assert web.ties == 2
    assert web.arcs.ties.tolist() == [1, 1, 3, 3]


def test_what_cannot_be_a_tie_is_left_out_and_named():
    rows = [
        ("ana", "ana", 0.5),
        ("ana", "ben", 0),
        ("ana", "ben", -1),
        ("ana", "ben", float("nan")),
        ("ana", "ben", 1.5),
    ]
    web, flaws = web_of_rows([*rows, ("ana", "ben", 1)])
    assert [flaw.line for flaw in flaws] == [1, 2, 3, 4, 5]
    assert "to themselves" in flaws[0].why
    assert all("above 0 and at most 1" in flaw.why for flaw in flaws[1:])
    assert web.ties == 1


def test_a_flaw_is_named_by_its_own_line_where_lines_are_given():
    flaws = web_of([0], [0], [1], people=1, lines=[17])[1]
    assert flaws[0].line == 17


def test_somebody_whose_only_tie_is_left_out_is_in_the_web():
    web, _ = web_of_names(["ana"], ["ben"], [0])
    assert (web.number("ana"), web.number("ben"), web.number("cho")) == (0, 1, None)
    assert Finder(web).best(0, 1) is None


def test_a_tie_as_strong_as_can_be_costs_no_more_than_its_hop():
    assert costs_of(np.array([1.0, 1 - 1e-16])).tolist() == [1, 1]


def test_a_web_may_be_empty():
    web, flaws = web_of([], [], [], people=0)
    assert (web.people, web.ties, flaws) == (0, 0, [])


@pytest.mark.parametrize(
    ("columns", "people"),
    [(([0], [1], [1.0]), 1), (([-1], [0], [1.0]), 1), (([0], [1, 2], [1.0]), 3), (([], [], []), 2**31)],
)
def test_columns_that_make_no_web_are_an_error(columns, people):
    with pytest.raises(ValueError, match=r"web"):
        web_of(*columns, people=people)


@pytest.mark.parametrize("strengths", [[0.5], [0.2, 0.5, 1.0, 0.0], None])
@pytest.mark.parametrize(("people", "size"), [(50, 400), (3, 40), (400, 4000), (2, 0)])
def test_a_large_web_is_laid_out_by_compiled_loops_the_same(monkeypatch, strengths, people, size):
    chance = np.random.default_rng(3)
    ends = chance.integers(0, people, size), (people * chance.random(size) ** 3).astype(np.int64)
    columns = (*ends, chance.choice(strengths, size) if strengths else chance.random(size))
    plain = web_of(*columns, people=people)[0]
    monkeypatch.setattr(web_module, "COMPILED_FROM", 0)
    compiled = web_of(*columns, people=people)[0]
    for one, other in zip(plain.arcs, compiled.arcs, strict=True):
        assert (one == other).all()


# --- its file


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ties.web"
    save(web_of_rows(TIES)[0], path)
    return path


def test_a_web_comes_back_from_its_file(file):
    web, before = load(file), web_of_rows(TIES)[0]
    for one, other in zip(web.arcs, before.arcs, strict=True):
        assert (one == other).all()
    assert list(web.names) == list(before.names)
    assert [web.number(name) for name in ("ana", "zoë", "abe", "zzz")] == [0, 3, None, None]
    assert Finder(web).best(web.number("zoë"), web.number("cho")).people == (3, 0, 2)


def test_an_empty_web_comes_back_from_its_file(tmp_path):
    save(web_of([], [], [], people=0)[0], tmp_path / "none")
    assert load(tmp_path / "none").people == 0


def test_a_file_cut_short_anywhere_is_refused(file):
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(BadWeb):
            load(file)


def test_a_file_that_goes_on_too_long_is_refused(file):
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(BadWeb, match="longer"):
        load(file)


def test_a_header_with_any_bit_changed_is_refused(file):
    whole = file.read_bytes()
    end = whole.index(b"}}") + 2
    for place in range(end):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        file.write_bytes(damaged)
        with pytest.raises(BadWeb):
            load(file)


def resealed(whole, **changes):
    """The file with another header, as another version would write it."""
    size = int.from_bytes(whole[8:12], "little")
    header = json.loads(whole[16 : 16 + size]) | changes
    text = json.dumps(header).encode().ljust(size)[:size]
    return (
        SIGNATURE
        + size.to_bytes(4, "little")
        + zlib.crc32(text).to_bytes(4, "little")
        + text
        + whole[16 + size :]
    )


def test_a_file_of_another_version_is_refused(file):
    file.write_bytes(resealed(file.read_bytes(), version=3))
    with pytest.raises(BadWeb, match="another version"):
        load(file)


@pytest.mark.parametrize(("part", "length"), [("starts", 4), ("ends", 3), ("rows", 7), ("origins", 3)])
def test_parts_that_do_not_fit_together_are_refused(file, part, length):
    lengths = {"starts": 5, "rows": 8, "strengths": 4, "letters": 13, "ends": 4, "origins": 0}
    file.write_bytes(resealed(file.read_bytes(), lengths=lengths | {part: length}))
    with pytest.raises(BadWeb):
        load(file)


def test_a_text_file_is_no_web(tmp_path):
    (tmp_path / "edges.csv").write_text("source,target,strength\n")
    with pytest.raises(BadWeb, match="not a web"):
        load(tmp_path / "edges.csv")


def test_who_is_stopped_while_writing_leaves_the_old_file(file, monkeypatch):
    before = file.read_bytes()

    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        save(web_of_rows(TIES[:1])[0], file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
