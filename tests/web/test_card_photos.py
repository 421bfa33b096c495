"""A photographed card on the add page and at an event: shown first, kept when asked, the picture never."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from askwell.formats import cards
from askwell.formats.card_photo import MOST_BYTES, Line, is_there
from askwell.outreach import actions
from askwell.outreach.models import Encounter
from askwell.people.models import Contact
from askwell.web import card_photos
from askwell.web.card_photos import CardPhoto

pytestmark = pytest.mark.django_db
needs_the_extra = pytest.mark.skipif(
    not is_there(), reason="the extra `ocr` is not installed: ./run --with-ocr"
)
without_it = pytest.mark.skipif(is_there(), reason="the extra `ocr` is installed")
READ = (Line("Maya Thornton", 0.99), Line("Data lead", 0.99), Line("maya@brightwater.example", 0.8))
CARD = "Maya Thornton\r\nData lead\r\nmaya@brightwater.example\r\n+1 312 555 0142"


@pytest.fixture
def here(scene, clock):
    evening = actions.add_event(
        scene.owner, name="November meeting", starts_at=clock - timedelta(hours=1), now=clock
    )
    return f"/events/{evening.pk}/here/"


def text(answer):
    return " ".join(answer.content.decode().split())


def sent(data, name="card.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def picture(*lines, size=(1000, 600)):
    made = Image.new("RGB", size, "#fdfcf8")
    for at, line in enumerate(lines):
        font = ImageFont.truetype(f"{cards.__path__[0]}/fonts/DejaVuSans.ttf", 34)
        ImageDraw.Draw(made).text((70, 60 + 90 * at), line, font=font, fill="#222")
    out = io.BytesIO()
    made.save(out, "JPEG", quality=85)
    return sent(out.getvalue())


@without_it
@pytest.mark.parametrize("at", ["add", "event"])
def test_where_the_reader_is_absent_one_line_says_how_to_get_it(lina, scene, here, at):
    page = text(lina.get("/add/" if at == "add" else here))
    assert "start it once with <code>./run --with-ocr</code>" in page
    assert 'type="file"' not in page


@without_it
def test_a_card_sent_all_the_same_is_answered_and_what_was_typed_is_kept(lina, here):
    answer = lina.post(
        here, {"who": "Maya", "said": "par levels", "card_given": "on", "photo": picture("Maya")}
    )
    assert answer.status_code == 422
    page = text(answer)
    assert "What reads cards is not installed." in page
    assert 'value="Maya"' in page
    assert 'value="par levels"' in page
    assert not Encounter.objects.exists()


@pytest.mark.parametrize("at", ["add", "event"])
@pytest.mark.parametrize(
    ("photo", "said"),
    [
        (sent(b"%PDF-1.7 no picture at all"), "This is not a picture we can open."),
        (sent(b""), "This is not a picture we can open."),
        (sent(bytes(MOST_BYTES + 1)), "This file is larger than 20 MB."),
        (None, "Take a photograph of the card, or choose one, first."),
    ],
    ids=["pdf", "empty", "large", "none"],
)
def test_what_is_no_photograph_is_said_and_nothing_typed_is_lost(lina, here, at, photo, said):
    typed = (
        {"text": "Chen Wei, buyer"} if at == "add" else {"who": "Chen Wei, buyer", "said": "weekly levels"}
    )
    if photo:
        photo.seek(0)
    before = Contact.objects.count()
    path = "/add/" if at == "add" else here
    answer = lina.post(path, {**typed, "read": "1", **({"photo": photo} if photo else {})})
    assert answer.status_code == 422
    page = text(answer)
    assert said in page
    assert all(value in page for value in typed.values())
    assert Contact.objects.count() == before
    assert not Encounter.objects.exists()


def test_nothing_is_taken_of_uploads_beyond_what_any_page_takes(lina, here, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = lina.post("/add/", {"text": "Chen Wei", "photo": sent(bytes(5000))})
    assert answer.status_code == 422
    assert "This file is larger than 20 MB." in text(answer)


def test_the_picture_is_not_kept(lina, here, settings):
    lina.post(here, {"who": "", "photo": picture("Maya Thornton")})
    assert [path for path in settings.DATA_DIR.rglob("*") if path.suffix in {".upload", ".jpg"}] == []


def test_what_was_read_stands_below_what_was_typed_once():
    photo = CardPhoto(lines=READ)
    lines = "Maya Thornton\nData lead\nmaya@brightwater.example"
    assert photo.below("") == lines
    assert photo.below("maya thornton") == lines
    assert photo.below("tall, likes trains") == f"tall, likes trains\n{lines}"
    assert photo.below(f"A friend\n{lines}") == f"A friend\n{lines}"
    assert CardPhoto(error="No").below("Chen Wei") == "Chen Wei"


def test_a_line_hard_to_read_is_named():
    assert [line.text for line in CardPhoto(lines=READ).doubtful] == ["maya@brightwater.example"]


def test_the_lines_of_a_card_make_one_person_at_an_event(lina, here):
    assert lina.post(here, {"who": CARD, "said": "", "card_taken": "on"}).status_code == 303
    met = Encounter.objects.get()
    assert (met.contact.name, met.card_taken) == ("Maya Thornton", True)
    assert {point.value for point in met.contact.points.all()} == {
        "maya@brightwater.example", "+1 312 555 0142",
    }  # fmt: skip


def test_somebody_known_gets_the_addresses_on_their_card_and_loses_them_with_undo(lina, here, scene):
    card = f"{scene.chen.name}\r\nchen.wei@new.example\r\n+1 312 555 0199"
    had = set(scene.chen.points.values_list("value", flat=True))
    page = text(lina.post(here, {"who": card}, follow=True))
    assert Encounter.objects.get().contact == scene.chen
    assert set(scene.chen.points.values_list("value", flat=True)) == had | {
        "chen.wei@new.example", "+1 312 555 0199",
    }  # fmt: skip
    undo = page.split('action="/undo/')[1].split("/")[0]
    lina.post(f"/undo/{undo}/")
    assert set(scene.chen.points.values_list("value", flat=True)) == had
    assert not Encounter.objects.exists()


def test_lines_with_nobody_in_them_stay_lines(lina, here):
    answer = lina.post(here, {"who": "?!\r\n??"})
    assert answer.status_code == 422
    assert "</textarea>" in text(answer)
    assert not Encounter.objects.exists()


def test_every_code_a_reader_gives_has_its_words():
    words = {
        card_photos._of_code(code)
        for code in ("too-many-pixels", "not-a-picture", "reader-absent", "nothing")
    }
    assert len(words | {card_photos._of_code("broken")}) == 5


@needs_the_extra
def test_a_card_is_shown_in_the_form_and_kept_only_when_asked(lina, scene):
    before = Contact.objects.count()
    lines = ("Jürgen Größmann", "Geschäftsführer", "Nordlicht Energie GmbH", "j.groessmann@nordlicht.example")
    answer = lina.post("/add/", {"text": "", "photo": picture(*lines)})
    assert answer.status_code == 200
    assert "\n".join(lines) in answer.content.decode()
    assert "nothing is kept until you press Add" in text(answer)
    assert "As it would be kept" in text(answer)
    assert Contact.objects.count() == before
    lina.post("/add/", {"text": "\r\n".join(lines)})
    kept = Contact.objects.get(name="Jürgen Größmann")
    job = kept.positions.get()
    assert (job.title, job.organization.name) == ("Geschäftsführer", "Nordlicht Energie GmbH")


@needs_the_extra
def test_a_card_at_an_event_goes_with_what_was_said(lina, here):
    answer = lina.post(
        here, {"who": "", "said": "par levels", "photo": picture("Maya Thornton", "Data lead")}
    )
    assert answer.status_code == 200
    page = text(answer)
    assert 'value="par levels"' in page
    assert 'name="card_taken" id="id_card_taken" checked' in page or 'id="id_card_taken" checked' in page
    assert not Encounter.objects.exists()


@needs_the_extra
def test_a_plain_wall_is_nothing_and_what_was_typed_stays(lina, here):
    answer = lina.post(here, {"who": "Maya", "said": "par levels", "photo": picture()})
    assert answer.status_code == 422
    assert "Nothing could be read on this picture." in text(answer)
    assert 'value="Maya"' in text(answer)
