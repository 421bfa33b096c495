"""Cards: set, cut, read back."""

from __future__ import annotations

import contextlib
import io
import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from askwell.formats.cards import (
    PAPERS,
    SIZES,
    Face,
    TooLong,
    cannot_fit,
    cannot_set,
    card_pdf,
    fit,
    qr_svg,
    sheet_pdf,
    vcard_of,
)
from askwell.formats.cards.fitting import MARGIN, POINT, SMALLEST, back_rows, front_rows, width_of
from askwell.formats.cards.scripts import as_seen, font_for, joined, leftwards
from askwell.formats.names import split_name
from askwell.formats.records import Name
from askwell.formats.vcard.reader import read

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LINA = Face(
    name="Lina Haddad",
    role="Supply-chain analyst",
    ways=("lina@northfield.example", "+1 312 555 0142", "", "linkedin.example/in/linahaddad"),
    back="I find where a hospital's supplies go missing.",
)


def millimetres(box):
    return round(float(box.width) * POINT, 1), round(float(box.height) * POINT, 1)


def pages(data):
    return PdfReader(io.BytesIO(data)).pages


@pytest.mark.parametrize(
    ("size", "cut", "bled"), [("eu", (85, 55), (91, 61)), ("us", (88.9, 50.8), (95.25, 57.15))]
)
def test_one_card_says_where_it_is_cut_and_how_far_the_print_reaches(size, cut, bled):
    front, back = pages(card_pdf(LINA, size=SIZES[size], now=NOW))
    for page in (front, back):
        assert millimetres(page.trimbox) == cut
        assert millimetres(page.bleedbox) == pytest.approx(bled, abs=0.11)
        assert millimetres(page.mediabox)[0] > bled[0]
        middle = [(float(box.left) + float(box.right)) / 2 for box in (page.trimbox, page.mediabox)]
        assert middle[0] == pytest.approx(middle[1], abs=0.02)


def test_what_stands_on_a_card_is_read_back():
    front, back = pages(card_pdf(LINA, size=SIZES["eu"], now=NOW))
    assert front.extract_text().split("\n") == [LINA.name, LINA.role, *filter(None, LINA.ways)]
    assert back.extract_text().replace("\n", " ") == LINA.back


@pytest.mark.parametrize(
    ("size", "paper", "cards"),
    [("eu", "a4", 10), ("us", "letter", 10), ("us", "a4", 10), ("eu", "letter", 8)],
)
def test_a_sheet_holds_ten_where_a_printer_reaches(size, paper, cards):
    fronts, backs = pages(sheet_pdf(LINA, size=SIZES[size], paper=PAPERS[paper], now=NOW))
    assert millimetres(fronts.mediabox) == (PAPERS[paper].width, PAPERS[paper].height)
    assert fronts.extract_text().count("Lina Haddad") == cards
    assert backs.extract_text().count("go missing") == cards


@pytest.mark.parametrize("size", SIZES.values())
@pytest.mark.parametrize("paper", PAPERS.values())
def test_every_back_falls_behind_its_front_when_the_paper_is_turned(size, paper):
    fronts, backs = fit(size, paper), fit(size, paper, mirrored=True)
    turned = [(paper.width - x - size.width, y) for x, y in backs]
    assert [(round(x, 6), round(y, 6)) for x, y in turned] == [(round(x, 6), round(y, 6)) for x, y in fronts]
    for x, y in fronts:
        assert min(x, y, paper.width - x - size.width, paper.height - y - size.height) >= 5


def test_a_card_of_skills_lists_them():
    skills = ("Demand planning", "Ελληνικά", "Русский", "Łódź", "Հայերեն", "ქართული")
    _front, back = pages(card_pdf(replace(LINA, skills=skills), size=SIZES["us"], now=NOW))
    assert back.extract_text().split("\n") == list(skills)


def test_every_line_is_looked_at_for_letters_that_cannot_be_set():
    assert cannot_set(replace(LINA, skills=("田",)).texts) == "田"


def test_the_fonts_are_in_the_file():
    front = pages(card_pdf(LINA, size=SIZES["eu"], now=NOW))[0]
    for font in front["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()


def test_the_same_card_makes_the_same_file():
    assert card_pdf(LINA, size=SIZES["eu"], now=NOW) == card_pdf(LINA, size=SIZES["eu"], now=NOW)


def test_a_card_of_a_name_alone_and_an_empty_back():
    front, back = pages(card_pdf(Face(name="Lina"), size=SIZES["eu"], now=NOW))
    assert front.extract_text() == "Lina"
    assert back.extract_text() == ""


LONG = Face(
    name="Maria-Magdalena Konstantinopolskaya von Hohenlohe-Langenburg",
    role="Senior supply-chain analyst and coordinator of hospital groups, Northfield Regional Medical",
    ways=(
        "maria.magdalena.konstantinopolskaya@department.northfield-regional.example",
        "+1 312 555 0142 extension 88431",
        "linkedin.example/in/maria-magdalena-konstantinopolskaya-von-hohenlohe",
    ),
    back="I find where a hospital's supplies go missing, and what the wards count themselves. " * 4,
)
LISTED = replace(LONG, skills=("Demand planning " * 5, *("Cycle counts",) * 7))
ARABIC = replace(LONG, name="عبد الرحمن محمد عبد الله الحسيني المنصوري", role="محلل سلاسل الإمداد " * 4)


def spans(page):
    """Where each row of a page begins and ends, its base line, and its size, in points of the page."""
    found = []

    def note(text, _cm, tm, font, size):
        if text.strip():
            wide = width_of(text.strip(), strong="Semibold" in font["/BaseFont"]) / POINT * size
            found.append((tm[4], tm[4] + wide, tm[5], size))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("size", SIZES.values())
@pytest.mark.parametrize("face", [LINA, LONG, LISTED, ARABIC])
def test_every_row_stays_off_the_edge_is_large_enough_to_read_and_meets_no_other(face, size):
    for page in pages(card_pdf(face, size=size, now=NOW)):
        box, rows = page.trimbox, spans(page)
        for begin, end, down, points in rows:
            assert float(box.left) + 6.9 / POINT <= begin
            assert end <= float(box.right) - 6.9 / POINT
            assert float(box.bottom) + 5 / POINT < down < float(box.top) - 5 / POINT
            assert points >= SMALLEST
        lines = sorted({(round(down, 2), points) for _begin, _end, down, points in rows})
        for (lower, _), (higher, points) in itertools.pairwise(lines):
            assert higher - lower >= points


def test_a_name_that_is_long_goes_on_in_a_second_row_before_it_gets_small():
    front, _back = pages(card_pdf(LONG, size=SIZES["eu"], now=NOW))
    first, second, *_rest = front.extract_text().split("\n")
    assert f"{first} {second}" == LONG.name
    assert min(points for _begin, _end, _down, points in spans(front)[:2]) > 9.5


def test_an_address_goes_on_before_a_sign_so_that_nothing_is_read_into_it():
    rows = [row.text for row in front_rows(LONG, SIZES["us"])]
    assert rows[4:6] == ["maria.magdalena.konstantinopolskaya", "@department.northfield-regional.example"]


def test_a_line_of_a_list_that_goes_on_is_set_in():
    rows = back_rows(LISTED, SIZES["us"])
    assert [bool(row.inset) for row in rows[:3]] == [False, True, False]


WIDE = "W" * 120


@pytest.mark.parametrize(
    ("face", "lines"),
    [
        (replace(LINA, name=WIDE), (WIDE,)),
        (replace(LINA, role=WIDE), (WIDE,)),
        (
            replace(LINA, role=f"{WIDE} {WIDE}", ways=(f"{WIDE}@{WIDE}",)),
            (f"{WIDE} {WIDE}", f"{WIDE}@{WIDE}"),
        ),
        (replace(LINA, ways=tuple(f"{number}@northfield.example" for number in range(30))), None),
        (replace(LINA, back=WIDE), (WIDE,)),
        (replace(LINA, back="word " * 300), ("word " * 300,)),
        (replace(LINA, skills=("Cycle counts", WIDE)), (WIDE,)),
        (replace(LINA, skills=tuple(f"Skill {number}" for number in range(30))), None),
    ],
)
def test_what_would_have_to_be_unreadably_small_is_refused_and_named(face, lines):
    found = cannot_fit(face)
    assert set(found) <= {face.name, face.role, *face.ways, face.back, *face.skills}
    assert found == lines if lines else found
    with pytest.raises(TooLong) as refused:
        card_pdf(face, size=SIZES["us"], now=NOW)
    assert set(refused.value.lines) <= set(found)


def test_an_ordinary_card_fits_on_every_size():
    assert cannot_fit(LINA) == cannot_fit(LONG) == cannot_fit(LISTED) == ()


@given(st.text(alphabet="aW .@/-", min_size=1, max_size=120))
def test_a_line_is_set_within_its_place_or_refused(text):
    face = replace(LINA, name=text, role=text, ways=(text,), back=text, skills=())
    for size in SIZES.values():
        for side in (front_rows, back_rows):
            rows = []
            with contextlib.suppress(TooLong):
                rows = side(face, size)
            for row in rows:
                wide = width_of(row.text, strong=row.strong) * row.points
                assert wide <= size.width - 2 * MARGIN + 0.01
                assert row.points >= SMALLEST


def test_a_card_from_right_to_left_stands_on_the_right():
    name = "لينا حداد"
    front, _back = pages(card_pdf(replace(LINA, name=name), size=SIZES["eu"], now=NOW))
    starts = []
    front.extract_text(visitor_text=lambda text, _cm, tm, _f, _s: text.strip() and starts.append(tm[4]))
    middle = (float(front.trimbox.left) + float(front.trimbox.right)) / 2
    assert max(starts) > middle


# --- letters


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Jürgen", "Jürgen"),
        ("Ju\u0308rgen", "Jürgen"),
        ("לינה", "הניל"),
        ("לינה (חיפה) 12", "12 (הפיח) הניל"),
        ("سلام", "\ufee1\ufefc\ufeb3"),  # lam and alef are one letter, joined to the one before
        ("لا", "\ufefb"),
        ("پارس", "\ufeb1\ufead\ufe8e\ufb58"),
        ("ء", "\ufe80"),
        ("ـب", "\ufe90\u0640"),
        ("بـ", "\u0640\ufe91"),
    ],
)
def test_letters_stand_as_they_are_seen(text, seen):
    assert as_seen(text) == seen


def test_a_mark_between_two_letters_does_not_part_them():
    assert joined("ب\u064eب") == "\ufe91\u064e\ufe90"


def test_a_letter_that_does_not_reach_on_parts_the_word():
    assert joined("دب") == "\ufea9\ufe8f"


@pytest.mark.parametrize(
    ("text", "is_left"), [("Lina", False), ("لينا", True), ("12 חיפה", True), ("+1 312", False)]
)
def test_a_line_runs_the_way_of_its_first_letter(text, is_left):
    assert leftwards(text) is is_left


def test_what_no_font_has_is_named():
    assert cannot_set(["Lina 田中", "田 देव"]) == "田中देव"
    assert cannot_set(["Łódź Ελένη Дмитрий Հայ ქარ לינה سلام", "\u200f"]) == ""


def test_a_name_is_strong_where_the_serif_has_it():
    assert [font_for("Lina", strong=True), font_for("Lina"), font_for("Ελένη", strong=True)] == [
        "AskwellSerif-Semibold",
        "AskwellSerif-Regular",
        "DejaVuSans",
    ]


@given(st.text(max_size=40))
def test_any_text_is_set_in_one_pass(text):
    seen = as_seen(text)
    assert len(seen) <= len(text) + 40
    assert as_seen(text) == seen


# --- the code


def test_the_code_holds_a_vcard_a_telephone_reads():
    data = vcard_of(
        name=Name(given="Lina", family="Haddad", formatted="Lina Haddad"),
        role="Analyst",
        email="lina@northfield.example",
        phone="+1 312 555 0142",
        profile="linkedin.example/in/linahaddad",
    )
    assert b"VERSION:3.0" in data
    (person,) = read(data, file="card.vcf").people
    assert (person.name.family, person.title, person.emails[0].value) == (
        "Haddad", "Analyst", "lina@northfield.example",
    )  # fmt: skip
    assert person.urls[0].value == "https://linkedin.example/in/linahaddad"
    assert person.phones[0].value == "+1 312 555 0142"


def test_a_vcard_of_a_name_alone_and_a_profile_with_its_scheme():
    assert b"URL" not in vcard_of(name=Name(formatted="Lina"))
    assert b"https://x.example/lina" in vcard_of(
        name=Name(formatted="Lina"), profile="https://x.example/lina"
    )


def test_the_code_is_drawn_dark_on_light_and_scales():
    drawn = qr_svg(vcard_of(name=Name(formatted="Zoë"), email="z@x.example")).decode()
    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
    assert 'width="' not in drawn.split(">")[0]


def test_the_fullest_card_still_has_a_code():
    letters = "𝒲" * 120
    name = split_name("𝒲" * 60 + " " + "𝒲" * 59)
    full = vcard_of(name=name, role=letters, email=letters, phone="1" * 40, profile=letters)
    assert len(full) > 2331  # more than the usual kind of code can hold
    assert qr_svg(full).startswith(b"<svg")
