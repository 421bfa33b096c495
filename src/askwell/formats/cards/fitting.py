"""What fits on a card: the size and the rows of each line, and what is too long for it.

Theory of operation.  A line of the front stands on one row, smaller where it is long; where that would leave
less than three quarters of its size, on two rows, broken at a space or before one of ``@ . / _``.  Where name
and role come too near to the ways to reach the person, all is set smaller together.  The back is a paragraph,
or a list whose lines may go on, set in.  Nothing is set below ``SMALLEST``: what would have to be is too long
for a card, and ``TooLong`` names it.  Widths are the fonts' own advances, as the drawing has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from askwell.formats.cards.layout import SIZES
from askwell.formats.cards.scripts import FONTS, as_seen, font_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from askwell.formats.cards.layout import Size
    from askwell.formats.cards.model import Face

MARGIN = 7.0  # from the cut to the text
SMALLEST = 6.0  # points: what is smaller is hard to read in print (our default)
POINT = 25.4 / 72
_NAME, _ROLE, _WAY = 15.0, 9.5, 9.0
_BACK = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, SMALLEST)
_SKILLS = ((10.0, 1), (9.0, 1), (8.0, 1), (7.0, 1), (9.0, 2), (8.0, 2), (7.0, 2), (SMALLEST, 2))  # size, rows
_SCALES = tuple(1 - step / 20 for step in range(13))
_ONE_ROW = 0.75  # of its size: above it a line is not broken
_LEADING, _TIGHT, _LIST = 1.3, 1.15, 1.2
_TOP, _FOOT = 0.6, 0.7  # of the size: from the margin to the first base line; from there to what follows
_GAP, _LIST_STEP, _INSET = 2.2, 5.4, 2.5  # mm
_BREAKS = re.compile(r"(?<=\S)(?:\s+|(?=[@./_]))(?=\S)")


class TooLong(ValueError):
    """A card cannot hold these ``lines``."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(dict.fromkeys(lines))
        super().__init__(f"too long for a card: {'; '.join(self.lines)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Text on a base line ``down`` mm below the card's edge; ``inset`` where it goes on from above."""

    text: str
    down: float
    points: float
    strong: bool = False
    soft: bool = False
    inset: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A line, broken into its rows."""

    rows: tuple[str, ...]
    points: float


def cannot_fit(face: Face) -> tuple[str, ...]:
    """Name the lines that a card of some size could not hold; empty where all fit."""
    found: dict[str, None] = {}
    for size in SIZES.values():
        for side in (front_rows, back_rows):
            try:
                side(face, size)
            except TooLong as error:
                found.update(dict.fromkeys(error.lines))
    return tuple(found)


def width_of(text: str, *, strong: bool = False) -> float:
    """How wide a row is, in mm for each point of its size."""
    seen = as_seen(text)
    advances = _advances(font_for(seen, strong=strong))
    return sum(advances.get(ord(letter), 1.0) for letter in seen) * POINT


@cache
def _advances(font: str) -> Mapping[int, float]:
    """How wide each letter of a font is, in parts of its size."""
    with TTFont(FONTS / f"{font}.ttf", lazy=True) as file:
        whole, widths = file["head"].unitsPerEm, file["hmtx"]
        return {code: widths[glyph][0] / whole for code, glyph in file.getBestCmap().items()}


# --- the front


def front_rows(face: Face, size: Size) -> list[Row]:
    """Set name and role above, the ways to reach the person below.  Raises TooLong."""
    width = size.width - 2 * MARGIN
    ways = [way for way in face.ways if way]
    lines = [(face.name, True), (face.role, False), *((way, False) for way in ways)]
    too_long = [
        text for text, strong in lines if _piece(text, width, SMALLEST, strong=strong).points < SMALLEST
    ]
    if too_long:
        raise TooLong(too_long)
    for scale in _SCALES:
        above, below = _above(face, width, scale), _below(ways, size, scale)
        if not below or above[-1].down + _GAP <= below[0].down - below[0].points * POINT:
            return above + below
    raise TooLong(ways)


def _above(face: Face, width: float, scale: float) -> list[Row]:
    name = _piece(face.name, width, _NAME * scale, strong=True)
    first, step = MARGIN + name.points * POINT * _TOP, name.points * POINT * _TIGHT
    rows = [
        Row(text=text, down=first + number * step, points=name.points, strong=True)
        for number, text in enumerate(name.rows)
    ]
    if face.role:
        role = _piece(face.role, width, _ROLE * scale)
        first, step = rows[-1].down + name.points * POINT * _FOOT + _GAP, role.points * POINT * _TIGHT
        rows += [
            Row(text=text, down=first + number * step, points=role.points, soft=True)
            for number, text in enumerate(role.rows)
        ]
    return rows


def _below(ways: list[str], size: Size, scale: float) -> list[Row]:
    pieces = [_piece(way, size.width - 2 * MARGIN, _WAY * scale) for way in ways]
    texts = [text for piece in pieces for text in piece.rows]
    points = min((piece.points for piece in pieces), default=0)
    step, last = points * POINT * _LEADING, size.height - MARGIN
    return [
        Row(text=text, down=last - (len(texts) - 1 - number) * step, points=points)
        for number, text in enumerate(texts)
    ]


def _piece(text: str, width: float, most: float, *, strong: bool = False) -> _Piece:
    """Break a line where that leaves it larger; below the smallest size where it is too long."""
    most = max(SMALLEST, most)
    one = _size_of((text,), width, most, strong=strong)
    if one < max(SMALLEST, most * _ONE_ROW):
        broken = min(_halves(text), key=lambda rows: max(map(width_of, rows)), default=(text,))
        two = _size_of(broken, width, most, strong=strong)
        if two > one:
            return _Piece(rows=broken, points=two)
    return _Piece(rows=(text,), points=one)


def _size_of(rows: tuple[str, ...], width: float, most: float, *, strong: bool) -> float:
    widest = max(width_of(row, strong=strong) for row in rows)
    return min(most, width / widest) if widest else most


def _halves(text: str) -> list[tuple[str, ...]]:
    return [(text[: gap.start()], text[gap.end() :]) for gap in _BREAKS.finditer(text)]


# --- the back


def back_rows(face: Face, size: Size) -> list[Row]:
    """Set the list of skills, or the line, in the middle of the height.  Raises TooLong."""
    if face.skills:
        return _list(face.skills, size)
    return _paragraph(face.back, size) if face.back else []


def _paragraph(text: str, size: Size) -> list[Row]:
    """Set as large as it fits."""
    for points in _BACK:
        texts = _wrapped(text, size.width - 2 * MARGIN, points)
        step = points * POINT * _LEADING
        if texts and step * len(texts) <= size.height - 2 * MARGIN:
            top = (size.height - step * (len(texts) - 1)) / 2 + points * POINT / 3
            return [
                Row(text=line, down=top + number * step, points=points) for number, line in enumerate(texts)
            ]
    raise TooLong([text])


def _list(skills: tuple[str, ...], size: Size) -> list[Row]:
    room = size.height - 2 * MARGIN
    for points, most in _SKILLS:
        inset = _INSET if most > 1 else 0.0
        lines = [_wrapped(skill, size.width - 2 * MARGIN - inset, points) for skill in skills]
        texts = [(text, inset * bool(number)) for line in lines for number, text in enumerate(line)]
        step = min(_LIST_STEP, room / max(1, len(texts)))
        if all(0 < len(line) <= most for line in lines) and step >= points * POINT * _LIST:
            top = (size.height - step * (len(texts) - 1)) / 2 + 1
            return [
                Row(text=text, down=top + number * step, points=points, inset=set_in)
                for number, (text, set_in) in enumerate(texts)
            ]
    alone = [skill for skill, line in zip(skills, lines, strict=True) if not 0 < len(line) <= most]
    raise TooLong(alone or skills[int(room / (SMALLEST * POINT * _LIST) / most) :] or skills)


def _wrapped(text: str, width: float, points: float) -> list[str]:
    """Break at spaces; nothing where a word is too long for a row."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if width_of(longer) * points <= width:
            rows[-1] = longer
        elif width_of(word) * points <= width:
            rows.append(word)
        else:
            return []
    return [row for row in rows if row]
