"""The photograph of a business card: bytes in, lines of text with how sure they are out.

Theory of operation.  ``picture`` opens the bytes within bounds, ``lines`` puts what was found in the order
in which one reads it, ``reader`` asks the recognizer, which is an extra and is loaded when it is asked.
``python -m askwell.formats.card_photo`` does all three in a process of its own.
"""

from askwell.formats.card_photo.lines import Line, Spot, lines_of
from askwell.formats.card_photo.picture import (
    MOST_BYTES,
    MOST_PIXELS,
    NotAPicture,
    TooManyPixels,
    check_bytes,
    opened,
)
from askwell.formats.card_photo.reader import ReaderAbsent, is_there, read

__all__ = [
    "MOST_BYTES",
    "MOST_PIXELS",
    "Line",
    "NotAPicture",
    "ReaderAbsent",
    "Spot",
    "TooManyPixels",
    "check_bytes",
    "is_there",
    "lines_of",
    "opened",
    "read",
]
