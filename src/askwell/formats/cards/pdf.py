"""Cards as PDF: one with bleed and crop marks for a print shop, or a sheet to print and cut at home.

Theory of operation.  Everything is drawn from a corner of the card in millimetres.  Only the coloured band
reaches the cut, so only it is drawn into the bleed; on a sheet cards touch, and there is no bleed.  Where a
line stands and how large, ``fitting`` says; what it finds too long is not drawn at all.  Fonts are embedded,
with the letters in use.  The clock is never asked: ``now`` is given, so that one card makes one file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fpdf import FPDF
from fpdf.output import PDFPage
from fpdf.syntax import PDFArray

from askwell.formats.cards.fitting import MARGIN, POINT, back_rows, front_rows
from askwell.formats.cards.layout import Paper, Size, fit
from askwell.formats.cards.scripts import FONTS, SANS, SERIF, STRONG, as_seen, font_for, leftwards

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.formats.cards.fitting import Row
    from askwell.formats.cards.model import Face

_BAND = 2.5
_MARK, _SLUG = 4.0, 6.0  # a crop mark, and the room for it beyond the bleed
_INK, _SOFT, _ACCENT = (28, 32, 36), (84, 90, 96), (11, 107, 99)


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


def card_pdf(face: Face, *, size: Size, now: datetime) -> bytes:
    """One card on two pages, front and back, with bleed and crop marks.  Raises TooLong."""
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
    """A sheet of cards, their backs on the second page, for printing on both sides.  Raises TooLong."""
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
    return PDFArray(f"{corner / POINT:.2f}" for corner in corners)


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
    for row in front_rows(face, size):
        _set(pdf, row, place, left=left)


def _back(pdf: FPDF, face: Face, place: _Place, *, bleed: float) -> None:  # noqa: ARG001 - as the front
    left = leftwards(face.name if face.skills else face.back)
    for row in back_rows(face, place.size):
        _set(pdf, row, place, left=left)


def _set(pdf: FPDF, row: Row, place: _Place, *, left: bool) -> None:
    """Set a row; ``left``: the card runs from right to left."""
    seen = as_seen(row.text)
    pdf.set_font(font_for(seen, strong=row.strong), size=row.points)
    begin = MARGIN + row.inset
    x = place.x + (place.size.width - begin - float(pdf.get_string_width(seen)) if left else begin)
    pdf.set_text_color(*(_SOFT if row.soft else _INK))
    pdf.text(x, place.y + row.down, seen)
