"""Cards as PDF: one with bleed and crop marks for a print shop, or a sheet to print and cut at home.

Theory of operation.  Everything is drawn from a corner of the card in millimetres.  Only the coloured band
reaches the cut, so only it is drawn into the bleed; on a sheet cards touch, and there is no bleed.  A line is
set as large as its place allows, smaller where it is long.  Fonts are embedded, with the letters in use.
The clock is never asked: ``now`` is given, so that the same card makes the same file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fpdf import FPDF
from fpdf.output import PDFPage
from fpdf.syntax import PDFArray

from askwell.formats.cards.layout import Paper, Size, fit
from askwell.formats.cards.scripts import FONTS, SANS, SERIF, STRONG, as_seen, font_for, leftwards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.formats.cards.model import Face

_BAND = 2.5
_MARGIN = 7.0  # from the cut to the text
_MARK, _SLUG = 4.0, 6.0  # a crop mark, and the room for it beyond the bleed
_SMALLEST = 5.0
_POINT = 25.4 / 72
_INK, _SOFT, _ACCENT = (28, 32, 36), (84, 90, 96), (11, 107, 99)
_LEADING = 1.3


class _CutPage(PDFPage):
    """A page that says where it is cut, and how far it is printed."""

    trim_box: str | None = None
    bleed_box: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a card lies: its upper left corner as cut."""

    x: float
    y: float
    size: Size

    @property
    def width(self) -> float:
        """Room for text."""
        return self.size.width - 2 * _MARGIN


def card_pdf(face: Face, *, size: Size, now: datetime) -> bytes:
    """One card on two pages, front and back, with bleed and crop marks."""
    around = size.bleed + _SLUG
    pdf = _document(face, (size.width + 2 * around, size.height + 2 * around), now)
    place = _Place(x=around, y=around, size=size)
    for draw in (_front, _back):
        pdf.add_page()
        _say_where_cut(pdf, place)
        draw(pdf, face, place, bleed=size.bleed)
        _crop_marks(pdf, [place], gap=size.bleed)
    return bytes(pdf.output())


def sheet_pdf(face: Face, *, size: Size, paper: Paper, now: datetime) -> bytes:
    """A sheet of cards, and their backs on the second page, for printing on both sides."""
    pdf = _document(face, (paper.width, paper.height), now)
    for draw, mirrored in ((_front, False), (_back, True)):
        pdf.add_page()
        places = [_Place(x=x, y=y, size=size) for x, y in fit(size, paper, mirrored=mirrored)]
        for place in places:
            draw(pdf, face, place, bleed=0.0)
        _crop_marks(pdf, places, gap=0.5)
    return bytes(pdf.output())


def _document(face: Face, page: tuple[float, float], now: datetime) -> FPDF:
    pdf = FPDF(unit="mm", format=page)
    pdf.set_auto_page_break(auto=False)
    pdf.set_creation_date(now)
    pdf.set_title(face.name)
    pdf.set_producer("Askwell")
    for font in (SERIF, STRONG, SANS):
        pdf.add_font(font, fname=FONTS / f"{font}.ttf")
    return pdf


def _say_where_cut(pdf: FPDF, place: _Place) -> None:
    """Put the page's boxes beside it: where it is cut, and how far the print reaches."""
    plain = pdf.pages[pdf.page]
    page: Any = _CutPage.__new__(_CutPage)
    for name in PDFPage.__slots__:
        setattr(page, name, getattr(plain, name))
    page.trim_box, page.bleed_box = _box(place, 0), _box(place, place.size.bleed)
    pdf.pages[pdf.page] = page


def _box(place: _Place, beyond: float) -> Any:
    """Give the corners in points; they count from below, and the card lies in the middle of its page."""
    low_x, low_y = place.x - beyond, place.y - beyond
    corners = (low_x, low_y, place.x + place.size.width + beyond, place.y + place.size.height + beyond)
    return PDFArray(f"{corner / _POINT:.2f}" for corner in corners)


def _crop_marks(pdf: FPDF, places: list[_Place], *, gap: float) -> None:
    """Draw where to cut, outside of all cards."""
    pdf.set_draw_color(0)
    pdf.set_line_width(0.1)
    across = sorted({edge for one in places for edge in (one.x, one.x + one.size.width)})
    down = sorted({edge for one in places for edge in (one.y, one.y + one.size.height)})
    for x in across:
        pdf.line(x, down[0] - gap - _MARK, x, down[0] - gap)
        pdf.line(x, down[-1] + gap, x, down[-1] + gap + _MARK)
    for y in down:
        pdf.line(across[0] - gap - _MARK, y, across[0] - gap, y)
        pdf.line(across[-1] + gap, y, across[-1] + gap + _MARK, y)


# --- the two sides


def _front(pdf: FPDF, face: Face, place: _Place, *, bleed: float) -> None:
    pdf.set_fill_color(*_ACCENT)
    size, left = place.size, leftwards(face.name)
    edge = size.width - _BAND if left else -bleed
    pdf.rect(place.x + edge, place.y - bleed, _BAND + bleed, size.height + 2 * bleed, style="F")
    below = _line(pdf, face.name, place, _MARGIN + 3.2, points=15, strong=True, left=left)
    if face.role:
        _line(pdf, face.role, place, below + 2.2, points=9.5, colour=_SOFT, left=left)
    ways = [way for way in face.ways if way]
    step = 9 * _POINT * _LEADING
    for number, way in enumerate(ways):
        _line(pdf, way, place, size.height - _MARGIN - (len(ways) - 1 - number) * step, points=9, left=left)


def _back(pdf: FPDF, face: Face, place: _Place, *, bleed: float) -> None:  # noqa: ARG001 - as the front
    if face.skills:
        _list(pdf, face, place)
    elif face.back:
        _paragraph(pdf, face.back, place)


def _list(pdf: FPDF, face: Face, place: _Place) -> None:
    room = place.size.height - 2 * _MARGIN
    step = min(5.4, room / len(face.skills))
    top = (place.size.height - step * (len(face.skills) - 1)) / 2 + 1
    for number, skill in enumerate(face.skills):
        points = min(10.0, step / _POINT / 1.25)
        _line(pdf, skill, place, top + number * step, points=points, left=leftwards(face.name))


def _paragraph(pdf: FPDF, text: str, place: _Place) -> None:
    """Set as large as it fits, in the middle of the height."""
    for points in (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, _SMALLEST):
        lines = list(_wrapped(pdf, text, place.width, points))
        step = points * _POINT * _LEADING
        if step * len(lines) <= place.size.height - 2 * _MARGIN:
            break
    top = (place.size.height - step * (len(lines) - 1)) / 2 + points * _POINT / 3
    for number, line in enumerate(lines):
        _line(pdf, line, place, top + number * step, points=points, left=leftwards(text))


def _wrapped(pdf: FPDF, text: str, width: float, points: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(pdf, longer, points) > width:
            yield line
            longer = word
        line = longer
    yield line


def _width(pdf: FPDF, text: str, points: float, *, strong: bool = False) -> float:
    seen = as_seen(text)
    pdf.set_font(font_for(seen, strong=strong), size=points)
    return float(pdf.get_string_width(seen))


def _line(
    pdf: FPDF,
    text: str,
    place: _Place,
    down: float,
    *,
    points: float,
    strong: bool = False,
    colour: tuple[int, int, int] = _INK,
    left: bool = False,
) -> float:
    """Set a line on its base line ``down`` below the card's edge; gives where the next may begin.

    ``left``: the card runs from right to left.
    """
    wide = _width(pdf, text, points, strong=strong)
    if wide > place.width:
        points = max(_SMALLEST, points * place.width / wide)
        wide = _width(pdf, text, points, strong=strong)
    x = place.x + (place.size.width - _MARGIN - wide if left else _MARGIN)
    pdf.set_text_color(*colour)
    pdf.text(x, place.y + down, as_seen(text))
    return down + points * _POINT * 0.7
