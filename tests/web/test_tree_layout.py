"""Where everything stands in the picture: nobody upon anybody, each beside whoever led to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from askwell.web.tree_layout import COLUMN, ROW, lay_out


@dataclass(frozen=True)
class One:
    parent: int | None
    depth: int


def tree_of(*parents):
    found = []
    for parent in parents:
        found.append(One(parent, 0 if parent is None else found[parent].depth + 1))
    return found


@st.composite
def trees(draw):
    """Any tree, each after whoever leads to them, branches whole."""
    turns = draw(st.lists(st.integers(0, 4), max_size=60))
    found, way = [], []
    for turn in turns:
        way = way[: max(0, len(way) - turn)]
        found.append(One(way[-1] if way else None, len(way)))
        way.append(len(found) - 1)
    return found


def test_an_empty_tree_takes_no_room():
    assert lay_out([]).points == []


def test_whoever_leads_stands_beside_the_middle_of_those_led_to():
    layout = lay_out(tree_of(None, 0, 0, 0))
    ana, *others = layout.points
    assert ana == (others[0][0] - COLUMN, others[1][1])
    assert [y for _x, y in others] == [others[0][1] + turn * ROW for turn in range(3)]


def test_a_short_branch_moves_up_beside_a_long_one():
    """Two below the first, one below the second: three rows, not four."""
    layout = lay_out(tree_of(None, 0, 1, 1, 0))
    assert len({y for _x, y in layout.points}) <= 3


def test_right_to_left_is_the_same_picture_in_a_mirror():
    tree = tree_of(None, 0, 0, None, 3)
    plain, mirrored = lay_out(tree), lay_out(tree, mirrored=True)
    assert [(plain.width - x, y) for x, y in plain.points] == mirrored.points
    assert mirrored.mirrored


def test_many_beginnings_stand_in_several_towers_and_each_branch_in_one():
    tree = tree_of(*[each for number in range(300) for each in (None, 3 * number, 3 * number)])
    layout = lay_out(tree)
    assert len(layout.towers) > 1
    assert [tower.start for tower in layout.towers][1:] == [tower.end for tower in layout.towers][:-1]
    assert all(tree[tower.start].parent is None for tower in layout.towers)
    assert 0.3 < layout.width / layout.height < 5


@given(trees())
def test_nobody_stands_upon_anybody_and_everybody_within_the_picture(tree):
    layout = lay_out(tree)
    assert len(layout.points) == len(tree)
    assert max(Counter(layout.points).values(), default=1) == 1
    columns = {}
    for x, y in layout.points:
        columns.setdefault(x, []).append(y)
    for rows in columns.values():
        rows.sort()
        assert all(low - high >= ROW for high, low in pairwise(rows))
    for one, (x, y) in zip(tree, layout.points, strict=True):
        assert 0 <= x <= layout.width
        assert ROW / 2 <= y <= layout.height
        if one.parent is not None:
            assert x - layout.points[one.parent][0] == COLUMN


def test_a_chain_of_thousands_is_laid_out_in_one_row():
    layout = lay_out(tree_of(None, *range(3000)))
    assert len({y for _x, y in layout.points}) == 1
