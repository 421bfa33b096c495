"""A picture opened within bounds.

Theory of operation.  The bytes are counted before anything looks at them, the pixels as soon as the head
of the file has told them and before one of them is unpacked.  Three decoders are let at the bytes, those
of what cameras and browsers make: JPEG, PNG, WebP.  A large JPEG is unpacked at a half, a quarter or an
eighth of its size, and whatever comes out is made small enough to read.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from askwell.formats.errors import FormatError, TooLarge, Unreadable
from askwell.formats.limits import MIB, human_size

MOST_BYTES = 20 * MIB
MOST_PIXELS = 64_000_000  # the cameras of telephones give 12 to 50 million
LONGEST_SIDE = 2000
LEAST_SIDE = 48
KINDS = ("JPEG", "PNG", "WEBP")
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,  # a PNG whose parts are not as they say
    EOFError,
    TypeError,
    LookupError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


class NotAPicture(Unreadable):
    """No JPEG, PNG or WebP, or a broken one."""

    code = "not-a-picture"


class TooManyPixels(TooLarge):
    """A picture that unpacks to more than is safe."""

    code = "too-many-pixels"


def check_bytes(size: int) -> None:
    """Refuse more bytes than a photograph has.  Raises TooLarge."""
    if size > MOST_BYTES:
        raise TooLarge("", limit=human_size(MOST_BYTES))


def opened(data: bytes) -> Image.Image:
    """Give the picture upright, in colour, and no larger than is read.  Raises FormatError."""
    check_bytes(len(data))
    try:
        return _upright(data)
    except FormatError:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels("", limit=MOST_PIXELS) from error
    except _BROKEN as error:
        raise NotAPicture("") from error


def _upright(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=KINDS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise TooManyPixels("", limit=MOST_PIXELS)
        if min(picture.size) < LEAST_SIDE:
            raise NotAPicture("")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        made = ImageOps.exif_transpose(picture)
    made.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _on_white(made)


def _on_white(picture: Image.Image) -> Image.Image:
    """What is see-through is read as paper."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("RGB")
