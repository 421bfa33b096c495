"""Cards read by the recognizer itself: only where the extra is installed."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from askwell.formats import cards
from askwell.formats.card_photo import is_there, read

pytestmark = pytest.mark.skipif(not is_there(), reason="the extra `ocr` is not installed: ./run --with-ocr")
FONT = f"{cards.__path__[0]}/fonts/DejaVuSans.ttf"
CARD = [
    "Jürgen Größmann",
    "Geschäftsführer",
    "Nordlicht Energie GmbH",
    "j.groessmann@nordlicht.example",
    "+49 40 66969 112",
]


def photograph(lines=CARD, *, tilt=0):
    picture = Image.new("RGB", (1000, 600), "#fdfcf8")
    draw = ImageDraw.Draw(picture)
    for at, line in enumerate(lines):
        draw.text((70, 60 + 90 * at), line, font=ImageFont.truetype(FONT, 34), fill="#222")
    out = io.BytesIO()
    picture.rotate(tilt, expand=True, fillcolor="#665").save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.mark.parametrize("tilt", [0, 7, -7])
def test_a_card_is_read_line_by_line(tilt):
    found = read(photograph(tilt=tilt))
    assert [line.text for line in found] == CARD


def test_letters_of_other_languages_are_read():
    lines = ["Łukasz Śniegoń", "Élodie Lefèvre", "José Muñoz Peña", "Gonçalo Araújo"]
    assert [line.text for line in read(photograph(lines))] == lines


def test_a_plain_wall_and_the_dark_have_no_lines():
    for colour in ("#cbb", "black"):
        out = io.BytesIO()
        Image.new("RGB", (1200, 900), colour).save(out, "JPEG")
        assert read(out.getvalue()) == []
