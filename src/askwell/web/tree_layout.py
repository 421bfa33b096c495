"""Where everything stands in the picture of a tree: no Django, only numbers.

Theory of operation.  The picture grows along the line of writing: each generation is a column, each
person a row of their own in it.  A branch is laid out from its tips: its parts are moved together until
in some column only one row lies between them (the outlines of both are compared, which are as long as
the shallower of them is deep), and whoever leads to them stands at their middle.  Branches that begin
anew follow each other; where that would make too tall a tower, it is broken into several side by side.
Rows are whole in the end, so that the picture can be cut between any two of them.  Nothing recurses.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMN, ROW, MARGIN = 300, 34, 24  # in units of the picture: at full size, pixels
TOWER = 72  # rows that need not be broken
_SHAPE = 1.4  # width to height, wished for


class Standing(Protocol):
    """What the layout must know: the place of whoever leads here in the list, and the generation."""

    @property
    def parent(self) -> int | None: ...

    @property
    def depth(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Tower:
    """Branches one above the other: those from ``start`` to before ``end``, between two edges."""

    start: int
    end: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture's size, the point of each person in the order they came, and the towers."""

    width: int
    height: int
    points: list[tuple[int, int]]
    towers: list[Tower]
    mirrored: bool


@dataclass(slots=True)
class _Outline:
    """First and last row of a branch in each column, the column of its beginning last."""

    first: list[float]
    last: list[float]
    moved: float = 0.0  # to be added to every row

    @property
    def beginning(self) -> float:
        return self.first[-1] + self.moved


def lay_out(tree: Sequence[Standing], *, mirrored: bool = False) -> Layout:
    """Give every person of a tree a point; ``tree`` has each after whoever leads to them, branches whole."""
    rows, branches = _rows(tree)
    points: list[tuple[int, int]] = []
    towers: list[Tower] = []
    left = tallest = 0
    for tower in _towers(branches, deepest=max((one.depth for one in tree), default=0)):
        top = 0
        for start, end, height in tower:
            points += [
                (
                    left + MARGIN + tree[at].depth * COLUMN,
                    round(MARGIN + (top + floor(rows[at]) + 0.5) * ROW),
                )
                for at in range(start, end)
            ]
            top += ceil(height)
        tallest = max(tallest, top)
        width = (1 + max((tree[at].depth for at in range(tower[0][0], tower[-1][1])), default=0)) * COLUMN
        towers.append(Tower(tower[0][0], tower[-1][1], left, width + MARGIN))
        left += width + MARGIN
    if mirrored:
        points = [(left - x, y) for x, y in points]
        towers = [Tower(one.start, one.end, left - one.left - one.width, one.width) for one in towers]
    return Layout(
        width=left, height=2 * MARGIN + tallest * ROW, points=points, towers=towers, mirrored=mirrored
    )


def _rows(tree: Sequence[Standing]) -> tuple[list[float], list[tuple[int, int, float]]]:
    """Give the row of each within its branch, and the branches: from, to, and how many rows each takes."""
    children: list[list[int]] = [[] for _ in tree]
    for at, one in enumerate(tree):
        if one.parent is not None:
            children[one.parent].append(at)
    offset = [0.0] * len(tree)  # from whoever leads here
    outlines: list[_Outline | None] = [None] * len(tree)
    for at in range(len(tree) - 1, -1, -1):
        outlines[at] = _above(children[at], outlines, offset)
    rows, branches = [0.0] * len(tree), []
    starts = [at for at, one in enumerate(tree) if one.parent is None]
    for start, end in pairwise([*starts, len(tree)]):
        outline = outlines[start]
        assert outline is not None  # noqa: S101 - of a beginning it is kept
        top = min(outline.first) + outline.moved
        rows[start] = outline.beginning - top
        for at in range(start + 1, end):
            parent = tree[at].parent
            rows[at] = offset[at] + (0.0 if parent is None else rows[parent])
        branches.append((start, end, max(outline.last) + outline.moved - top + 1.0))
    return rows, branches


def _above(children: list[int], outlines: list[_Outline | None], offset: list[float]) -> _Outline:
    """Put the branches below together, and whoever leads to them at their middle."""
    if not children:
        return _Outline([0.0], [0.0])
    whole: _Outline | None = None
    stands = []
    for child in children:
        below = outlines[child]
        outlines[child] = None
        assert below is not None  # noqa: S101 - made before: a child comes after whoever leads to it
        if whole is not None:
            below.moved += _distance(whole, below)
        stands.append(below.beginning)
        whole = below if whole is None else _joined(whole, below)
    assert whole is not None  # noqa: S101 - there are children
    middle = (stands[0] + stands[-1]) / 2
    for child, row in zip(children, stands, strict=True):
        offset[child] = row - middle
    whole.first.append(middle - whole.moved)
    whole.last.append(middle - whole.moved)
    return whole


def _distance(above: _Outline, below: _Outline) -> float:
    """How far the lower must be moved for one row to lie between the two in every column."""
    common = min(len(above.last), len(below.first))
    gaps = (above.last[-place] - below.first[-place] for place in range(1, common + 1))
    return max(gaps) + above.moved - below.moved + 1.0


def _joined(above: _Outline, below: _Outline) -> _Outline:
    """The outline of both; the shallower is written into the deeper."""
    if len(above.first) >= len(below.first):
        for place in range(1, len(below.last) + 1):
            above.last[-place] = below.last[-place] + below.moved - above.moved
        return above
    for place in range(1, len(above.first) + 1):
        below.first[-place] = above.first[-place] + above.moved - below.moved
    return below


def _towers(branches: list[tuple[int, int, float]], *, deepest: int) -> list[list[tuple[int, int, float]]]:
    """Break a tower into several, as even as the branches allow; each branch stays whole."""
    if not branches:
        return []
    total = sum(ceil(height) for *_span, height in branches)
    wished = sqrt(_SHAPE * total * ROW / ((deepest + 1) * COLUMN))
    most = max([total / max(1, round(wished)), *(height for *_span, height in branches), TOWER])
    towers: list[list[tuple[int, int, float]]] = [[]]
    filled = 0
    for branch in branches:
        if towers[-1] and filled + ceil(branch[2]) > most:
            towers.append([])
            filled = 0
        towers[-1].append(branch)
        filled += ceil(branch[2])
    return towers
