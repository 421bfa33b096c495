"""A photographed card from the command line: shown, and kept only when asked."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from askwell.cli import card_photos
from askwell.formats import cards
from askwell.formats.card_photo import Line, is_there
from askwell.people.models import Contact

pytestmark = pytest.mark.django_db
needs_the_extra = pytest.mark.skipif(
    not is_there(), reason="the extra `ocr` is not installed: ./run --with-ocr"
)


@pytest.fixture
def card(tmp_path):
    made = Image.new("RGB", (1000, 400), "#fdfcf8")
    font = ImageFont.truetype(f"{cards.__path__[0]}/fonts/DejaVuSans.ttf", 34)
    for at, line in enumerate(("Maya Thornton", "Brightwater Labs", "maya@brightwater.example")):
        ImageDraw.Draw(made).text((70, 60 + 90 * at), line, font=font, fill="#222")
    out = io.BytesIO()
    made.save(out, "JPEG")
    path = tmp_path / "card.jpg"
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.skipif(is_there(), reason="the extra `ocr` is installed")
def test_without_the_extra_one_is_told_how_to_get_it(askwell, card):
    ended = askwell("add", "--photo", str(card))
    assert ended.code == 1
    assert "./run --with-ocr" in ended.err


def test_what_is_no_picture_is_refused_by_name(askwell, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Maya")
    ended = askwell("add", "--photo", str(path), "--json")
    assert ended.code == 1
    assert "card-unread" in ended.out + ended.err
    assert "not-a-picture" in ended.out + ended.err


def test_a_file_that_is_not_there_is_bad_use(askwell, tmp_path):
    assert askwell("add", "--photo", str(tmp_path / "none.jpg")).code == 2


@pytest.mark.parametrize("words", [(), ("Maya Thornton", "--photo", "card.jpg")])
def test_it_is_a_text_or_a_photograph(askwell, words):
    ended = askwell("add", *words)
    assert ended.code == 2
    assert "askwell add TEXT, or askwell add --photo FILE" in ended.err


def test_a_line_hard_to_read_has_a_mark_before_it():
    shown = card_photos.shown([Line("Maya Thornton", 0.99), Line("Brightwaler", 0.7)])
    assert shown.startswith("Maya Thornton\n? Brightwaler\n")


@needs_the_extra
def test_a_card_is_shown_and_kept_only_with_yes(askwell, card):
    shown = askwell("add", "--photo", str(card), "--json").row
    assert (shown["kept"], shown["name"], shown["organization"]) == (
        False,
        "Maya Thornton",
        "Brightwater Labs",
    )
    assert [line["text"] for line in shown["lines"]][0] == "Maya Thornton"
    assert "Nothing is kept yet." in askwell("add", "--photo", str(card)).out
    assert not Contact.objects.exists()
    assert askwell("add", "--photo", str(card), "--yes").code == 0
    assert Contact.objects.get().name == "Maya Thornton"
