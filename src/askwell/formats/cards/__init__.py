"""Cards to print and to show: a PDF with crop marks, sheets of ten, a QR code that holds a vCard.

Theory of operation.  ``scripts`` turns text into the letters in the order they are set, and says which
cannot be; ``layout`` knows sizes and sheets in millimetres; ``fitting`` says how large each line is set, and
which are too long; ``pdf`` draws; ``code`` writes the QR code.
"""

from askwell.formats.cards.code import qr_svg, vcard_of
from askwell.formats.cards.fitting import TooLong, cannot_fit
from askwell.formats.cards.layout import PAPERS, SIZES, Paper, Size, fit
from askwell.formats.cards.model import Face
from askwell.formats.cards.pdf import card_pdf, sheet_pdf
from askwell.formats.cards.scripts import cannot_set

__all__ = [
    "PAPERS",
    "SIZES",
    "Face",
    "Paper",
    "Size",
    "TooLong",
    "cannot_fit",
    "cannot_set",
    "card_pdf",
    "fit",
    "qr_svg",
    "sheet_pdf",
    "vcard_of",
]
