"""Sizes of cards and paper, and where cards lie on a sheet; everything in millimetres.

Theory of operation.  A sheet holds two columns of as many cards as leave a margin a printer can keep: ten,
or eight where ten would reach the edge.  The block lies in the middle, so that the backs, whose columns run
the other way, fall behind their fronts when the paper is turned over its long edge.
"""

from __future__ import annotations

from dataclasses import dataclass

_MARGIN = 5.0  # what printers cannot reach
_COLUMNS, _ROWS = 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A card as cut; ``bleed`` is what is printed beyond the cut."""

    name: str
    width: float
    height: float
    bleed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet."""

    name: str
    width: float
    height: float


SIZES = {
    "eu": Size(name="eu", width=85, height=55, bleed=3),
    "us": Size(name="us", width=88.9, height=50.8, bleed=3.175),  # 3.5 by 2 inches, an eighth of an inch
}
PAPERS = {
    "a4": Paper(name="a4", width=210, height=297),
    "letter": Paper(name="letter", width=215.9, height=279.4),
}


def fit(size: Size, paper: Paper, *, mirrored: bool = False) -> list[tuple[float, float]]:
    """Give the upper left corners of the cards on a sheet, row by row; ``mirrored`` for the backs."""
    rows = min(_ROWS, int((paper.height - 2 * _MARGIN) // size.height))
    left = (paper.width - _COLUMNS * size.width) / 2
    top = (paper.height - rows * size.height) / 2
    columns = range(_COLUMNS)
    across = list(reversed(columns)) if mirrored else list(columns)
    return [(left + column * size.width, top + row * size.height) for row in range(rows) for column in across]
