"""The card in the browser: written, looked at, printed, shown."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from askwell.outreach.models import Seeker

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Lina Haddad",
    "role": "Supply-chain analyst",
    "email": "lina@northfield.example",
    "phone": "+1 312 555 0142",
    "profile": "",
    "back": "I find where a hospital's supplies go missing.",
    "skills": "Demand planning\n\nSQL",
    "cards_left": "40",
}


def test_a_card_is_kept_and_shown(lina, scene):
    assert lina.post("/settings/cards/", TYPED).status_code == 303
    page = lina.get("/settings/cards/").content.decode()
    assert "I find where a hospital&#x27;s supplies go missing." in page
    assert "Everything a card needs is on it." in page
    assert "40 cards left." in page
    kept = Seeker.objects.get(owner=scene.owner)
    assert kept.card["skills"] == ["Demand planning", "SQL"]


def test_a_card_not_written_yet_shows_what_is_known_and_what_is_missing(lina, scene):
    page = lina.get("/settings/cards/").content.decode()
    assert "Lina Haddad" in page
    assert "The back is empty. In 20 words: what do you bring?" in page
    assert "Ways to begin that line" in page


def test_too_many_skills_are_said_and_what_was_typed_is_kept(lina, scene):
    answer = lina.post("/settings/cards/", {**TYPED, "skills": "\n".join("abcdefghijklmnopqrstu")})
    assert answer.status_code == 422
    assert "This is more than a card can hold." in answer.content.decode()
    assert "Supply-chain analyst" in answer.content.decode()


@pytest.mark.parametrize(("sheet", "count"), [("", 1), ("letter", 10)])
def test_the_card_is_printed(lina, scene, sheet, count):
    lina.post("/settings/cards/", TYPED)
    answer = lina.get("/settings/cards/print/", {"kind": "skills", "size": "us", "sheet": sheet})
    assert answer["Content-Type"] == "application/pdf"
    front, back = PdfReader(io.BytesIO(answer.content)).pages
    assert front.extract_text().count("Lina Haddad") == count
    assert back.extract_text().count("Demand planning") == count


def test_a_card_without_a_name_is_not_printed(lina, scene):
    lina.post("/settings/cards/", {**TYPED, "name": ""})
    answer = lina.get("/settings/cards/print/", {"kind": "business", "size": "eu"}, follow=True)
    assert "Write your name first" in answer.content.decode()


def test_the_code_is_shown_over_the_whole_screen(lina, scene):
    lina.post("/settings/cards/", TYPED)
    assert "/settings/cards/qr.svg" in lina.get("/settings/cards/qr/").content.decode()
    picture = lina.get("/settings/cards/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"TEL" in lina.get("/settings/cards/card.vcf").content


def test_a_line_too_long_for_any_card_is_named_and_no_pdf_is_made(lina, scene):
    lina.post("/settings/cards/", {**TYPED, "role": "Analyst" * 17, "profile": "w" * 120})
    said = f"Too long for a card, even in the smallest print: {'Analyst' * 17}; {'w' * 120}"
    assert said in lina.get("/settings/cards/").content.decode()
    refused = lina.get("/settings/cards/print/?kind=business&size=eu&sheet=", follow=True)
    assert refused.redirect_chain[-1][0] == "/settings/cards/"
    assert refused.content.decode().count(said) == 2


def test_a_skill_too_long_is_named_on_the_page_and_keeps_no_other_card_from_print(lina, scene):
    lina.post("/settings/cards/", {**TYPED, "skills": "SQL\n" + "w" * 120})
    assert f"smallest print: {'w' * 120}" in lina.get("/settings/cards/").content.decode()
    assert (
        lina.get("/settings/cards/print/?kind=business&size=us&sheet=")["Content-Type"] == "application/pdf"
    )
    assert lina.get("/settings/cards/print/?kind=skills&size=us&sheet=").status_code in {302, 303}


def test_what_to_write_where_is_said_in_the_language_of_the_page(lina, scene):
    lina.cookies["language"] = "de"
    page = lina.get("/settings/cards/").content.decode()
    assert "At most 20 words" not in page
    assert "One a line, up to" not in page
    assert "Everything a card needs" not in page
