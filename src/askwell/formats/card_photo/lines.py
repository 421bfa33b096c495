"""Words found on a picture, put into lines in the order in which one reads them.

Theory of operation.  A recognizer gives spots: four corners, a text, how sure it is.  A card held askew is
turned level first, by the slope of the middle one of its lines.  Spots at about one height are a row; in a
row, what stands close together is one line, what stands apart (two columns) is a line each.  A recognizer
puts spaces into addresses and writes wide punctuation: both are mended, nothing else is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SURE = 0.96  # below it, a line is worth a second look
READABLE = 0.6  # below it, it is a guess: a pattern on a wall, the coat of a dog
_SAME_ROW = 0.5
_SAME_LINE = 1.2  # a gap in heights of the letters
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # wide forms of ASCII


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card, and how sure the reader is of it, from 0 to 1."""

    text: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Say whether it can go without a second look."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Spot:
    """What was found between four corners, from the upper left one clockwise."""

    corners: Sequence[tuple[float, float]]
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Level:
    left: float
    right: float
    middle: float
    height: float
    spot: Spot


def lines_of(spots: Iterable[Spot]) -> list[Line]:
    """Put spots into lines, from the top down.  What is hardly a guess is left out."""
    kept = [spot for spot in spots if spot.confidence >= READABLE and re.search(r"\w", spot.text)]
    if not kept:
        return []
    slope = median(_slope(spot) for spot in kept)
    return [
        Line(tidied(" ".join(one.spot.text.strip() for one in run)), min(one.spot.confidence for one in run))
        for row in _rows([_level(spot, slope) for spot in kept])
        for run in _runs(row)
    ]


def _slope(spot: Spot) -> float:
    (left, top), (right, other) = spot.corners[0], spot.corners[1]
    return math.atan2(other - top, right - left)


def _level(spot: Spot, slope: float) -> _Level:
    """Turn it back by the slope of the card."""
    cos, sin = math.cos(-slope), math.sin(-slope)
    across = [x * cos - y * sin for x, y in spot.corners]
    down = [x * sin + y * cos for x, y in spot.corners]
    return _Level(min(across), max(across), sum(down) / len(down), max(max(down) - min(down), 1), spot)


def _rows(levels: list[_Level]) -> list[list[_Level]]:
    rows: list[list[_Level]] = []
    for one in sorted(levels, key=lambda level: level.middle):
        last = rows[-1][-1] if rows else None
        if last and one.middle - last.middle < _SAME_ROW * min(one.height, last.height):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda level: level.left) for row in rows]


def _runs(row: list[_Level]) -> list[list[_Level]]:
    runs = [[row[0]]]
    for one in row[1:]:
        last = runs[-1][-1]
        if one.left - last.right < _SAME_LINE * min(one.height, last.height):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def tidied(text: str) -> str:
    """Mend what a recognizer does to addresses: ``jane @ acme. example`` as it was printed."""
    text = text.translate(_WIDE).strip()
    text = re.sub(r"(?<=\w)\s*@\s*(?=\w)", "@", text)
    text = re.sub(r"(?i)\b(https?:)\s*//\s*", r"\1//", text)
    text = re.sub(r"(?i)\bwww\s*\.\s*(?=\w)", "www.", text)
    return re.sub(r"(?<=[@.])(\w[\w-]*)\s*\.\s*(?=[a-z])", r"\1.", text) if "@" in text else text
