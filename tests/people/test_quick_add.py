"""One pasted text to one person."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.people.quick_add import parse_quick
from askwell.people.quick_add.rest import JOINING
from askwell.people.quick_add.words import SIGN_OFF
from askwell.search.text import fold

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday


def read(text, **values):
    return parse_quick(text, now=NOW, **values)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe <jane@acme.example>",
        '"Jane Doe" <jane@acme.example>',
        "jane@acme.example (Jane Doe)",
        "Doe, Jane <jane@acme.example>",
        "Jane Doe jane@acme.example",
        "Jane Doe <mailto:jane@acme.example>",
    ],
)
def test_an_address_line_gives_name_and_email(text):
    quick = read(text)
    assert (quick.name.given, quick.name.family) == ("Jane", "Doe")
    assert quick.name.formatted == "Jane Doe"
    assert quick.emails == ("jane@acme.example",)
    assert quick.notes == ""


def test_a_line_with_title_organization_and_number():
    quick = read("Jane Doe, PM at Acme, +1 312 555 0100")
    assert quick.name.formatted == "Jane Doe"
    assert (quick.title, quick.organization) == ("PM", "Acme")
    assert quick.phones == ("+1 312 555 0100",)


def test_a_local_number_is_one_where_the_country_is_known():
    assert read("Jane Doe, 312 555 0100", default_country="US").phones == ("312 555 0100",)


def test_a_signature_of_several_lines():
    quick = read(
        """Best regards,
        Jane Doe, PhD
        Senior Product Manager | Acme GmbH
        Tel: +49 30 901820
        E-Mail: jane.doe@acme.example
        www.acme.example
        Lindenallee 1, 10115 Berlin"""
    )
    assert (quick.name.given, quick.name.family, quick.name.suffix) == ("Jane", "Doe", "PhD")
    assert (quick.title, quick.organization) == ("Senior Product Manager", "Acme GmbH")
    assert quick.phones == ("+49 30 901820",)
    assert quick.emails == ("jane.doe@acme.example",)
    assert quick.urls == ("www.acme.example",)
    assert "Lindenallee 1" in quick.notes
    assert "Berlin" in quick.notes


def test_a_signature_with_the_organization_on_its_own_line():
    quick = read("Tom Okafor\nHead of Research\nAcme Labs\n+44 20 7946 0000")
    assert quick.name.formatted == "Tom Okafor"
    assert (quick.title, quick.organization) == ("Head of Research", "Acme Labs")


def test_a_profile_link_gives_the_name_it_spells():
    quick = read("https://www.linkedin.com/in/jane-doe-1a2b3c/")
    assert quick.name.formatted == "Jane Doe"
    assert quick.urls == ("https://www.linkedin.com/in/jane-doe-1a2b3c/",)


def test_a_name_beside_the_link_wins():
    assert read("Jane van der Berg linkedin.com/in/jvdb").name.family == "van der Berg"


def test_an_address_alone_gives_a_name_only_when_it_spells_one():
    assert read("jane.doe@acme.example").name.formatted == "Jane Doe"
    assert read("jdoe77@acme.example").name.formatted == ""
    assert not read("jdoe77@acme.example").is_empty


@pytest.mark.parametrize(
    ("text", "where", "day"),
    [
        ("met Jane Doe, PM at Acme, at PyCon yesterday", "at PyCon", date(2026, 11, 22)),
        (
            "Met Jane Doe, PM at Acme, at the alumni mixer last Friday",
            "at the alumni mixer",
            date(2026, 11, 20),
        ),
        ("I met Jane Doe, PM at Acme, today", "", date(2026, 11, 23)),
        ("met Jane Doe, PM at Acme, through Tom, two weeks ago", "through Tom", date(2026, 11, 9)),
        ("met Jane Doe, PM at Acme, at PyCon on 2026-11-02", "at PyCon", date(2026, 11, 2)),
        ("met Jane Doe, PM at Acme, on Monday", "", date(2026, 11, 16)),
    ],
)
def test_a_meeting_told_in_a_sentence(text, where, day):
    quick = read(text)
    assert quick.name.formatted == "Jane Doe"
    assert (quick.title, quick.organization) == ("PM", "Acme")
    assert (quick.met_where, quick.met_on) == (where, day)
    assert quick.how_met == ", ".join(part for part in (where, f"{day.day} November 2026") if part)


def test_a_meeting_without_anything_else():
    quick = read("Met Tom Okafor at the career fair")
    assert quick.name.formatted == "Tom Okafor"
    assert quick.met_where == "at the career fair"
    assert quick.organization == ""


def test_someone_from_an_organization():
    quick = read("met Jane Doe from Acme at PyCon yesterday")
    assert quick.name.formatted == "Jane Doe"
    assert quick.organization == "Acme"
    assert quick.met_where == "at PyCon"


def test_a_name_in_another_script():
    quick = read("王小明 <xm@acme.example>")
    assert (quick.name.family, quick.name.given) == ("王", "小明")


def test_several_addresses_are_all_kept():
    quick = read("Jane Doe, jane@acme.example, jd@home.example, +1 312 555 0100, +1 312 555 0101")
    assert quick.emails == ("jane@acme.example", "jd@home.example")
    assert quick.phones == ("+1 312 555 0100", "+1 312 555 0101")


@pytest.mark.parametrize("text", ["", "   \n ", "<>", "--", "!!!"])
def test_nobody_is_in_an_empty_text(text):
    assert read(text).is_empty


def test_years_are_no_telephone_number():
    assert read("Jane Doe, Analyst at Acme 2019-2024").phones == ()


@given(st.text(max_size=300))
def test_reading_never_fails(text):
    quick = read(text)
    assert quick.is_empty or quick.name.formatted or quick.points


@given(st.from_regex(r"[a-z]{1,8}@[a-z]{2,8}\.example", fullmatch=True), st.text(max_size=60))
def test_an_address_in_any_text_is_found(address, around):
    assert address in read(f"{around} {address}").emails


@pytest.mark.parametrize(
    ("text", "name", "title", "organization", "day"),
    [
        ("Gestern Lena Brandt auf der Messe getroffen, Ärztin bei Feldweg", "Lena Brandt", "Ärztin", "Feldweg", 22),
        ("rencontré Julien Moreau hier, avocat chez Aérolys", "Julien Moreau", "avocat", "Aérolys", 22),
        ("conocí a Carla Méndez ayer, abogada en Lumbre", "Carla Méndez", "abogada", "Lumbre", 22),
        ("conheci Mariana Costa ontem, advogada na Farol", "Mariana Costa", "advogada", "Farol", 22),
        ("ho conosciuto Elisa Greco ieri, avvocata presso Scintilla", "Elisa Greco", "avvocata", "Scintilla", 22),
        ("wczoraj spotkałam Adama Sikorę, lekarz w Latarnia", "Adama Sikorę", "lekarz", "Latarnia", 22),
        ("昨日、鈴木美咲さんに会った。株式会社灯台の部長", "鈴木美咲", "部長", "株式会社灯台", 22),
        ("vor zwei Wochen Lena Brandt getroffen, Ärztin, Feldweg", "Lena Brandt", "Ärztin", "Feldweg", 9),
        ("croisé Inès Garnier il y a trois jours (DRH, Soleane)", "Inès Garnier", "DRH", "Soleane", 20),
    ],
)  # fmt: skip
def test_a_meeting_told_in_other_languages(text, name, title, organization, day):
    quick = read(text)
    assert quick.name.formatted == name
    assert (quick.title, quick.organization) == (title, organization)
    assert quick.met_on == date(2026, 11, day)


def test_here_in_german_is_not_yesterday():
    assert read("Lena Brandt hier getroffen").met_on is None


def test_a_german_signature():
    quick = read(
        "Mit freundlichen Grüßen\nDr. Katrin Vogel\nPersonalleiterin\nNordlicht Energie GmbH\n"
        "Hafenstraße 12, 20457 Hamburg\nFon +49 40 66969 112\nFax +49 40 66969 199\n"
        "Geschäftsführer: Uwe Brandt, Amtsgericht Hamburg HRB 12345"
    )
    assert quick.name.formatted == "Dr. Katrin Vogel"
    assert (quick.title, quick.organization) == ("Personalleiterin", "Nordlicht Energie GmbH")
    assert quick.place == "Hamburg"
    assert quick.phones == ("+49 40 66969 112",)
    assert quick.notes.splitlines() == [
        "Hafenstraße 12, 20457 Hamburg",
        "Fax +49 40 66969 199",
        "Geschäftsführer: Uwe Brandt, Amtsgericht Hamburg HRB 12345",
    ]


def test_a_japanese_card():
    quick = read("株式会社青葉\n開発部長 田中 遥\n〒100-0001 東京都千代田区青葉1-2-3\nTEL: 03-5550-0112")
    assert (quick.name.family, quick.name.given) == ("田中", "遥")
    assert (quick.title, quick.organization) == ("開発部長", "株式会社青葉")
    assert quick.place == "東京都千代田区"
    assert quick.phones == ("03-5550-0112",)


def test_a_registered_number_is_not_dialled():
    assert read("Hugo Blanchard\nSIRET 123 456 789 00012").phones == ()


def test_the_family_name_in_capitals_comes_last():
    assert read("LAMBERT Isabelle\nAvocate").name.formatted == "Isabelle LAMBERT"


def test_the_address_tells_which_line_is_the_name():
    quick = read("Harbour Light\nRosa Quispe\nrosa.quispe@harbourlight.example")
    assert (quick.name.formatted, quick.organization) == ("Rosa Quispe", "Harbour Light")


def test_a_sentence_in_small_letters_is_a_note_and_nobody():
    quick = read("call tom tomorrow about the lease")
    assert quick.is_empty
    assert quick.notes == "call tom tomorrow about the lease"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Sam Patel\nWashington, DC", "Washington, DC"),
        ("Sam Patel\nLagos, Nigeria", "Lagos, Nigeria"),
        ("Sam Patel\n81-712 Sopot", "Sopot"),
        ("Sam Patel\nMill Lane, Bristol BS1 4DJ", "Bristol"),
        ("Sam Patel, MD", ""),
        ("Lyon Martin", ""),
    ],
)
def test_a_town_is_taken_only_where_something_proves_it(text, place):
    assert read(text).place == place


def samples():
    file = Path(__file__).parents[2] / "benchmarks" / "paste_samples.jsonl"
    return [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]


def kept_words(quick, text):
    """Every word that stands in a field or the note, or that the closed lists say only joins others."""
    fields = (
        quick.name.formatted,
        quick.organization,
        quick.title,
        quick.place,
        quick.met_where,
        quick.notes,
    )
    points = (value for _kind, value in quick.points)
    return re.findall(r"\w+", fold("\n".join((*fields, *points)))), JOINING


def is_kept(text, **values):
    """Say which words of the text went lost; scripts without spaces are looked at letter by letter."""
    quick = read(text, **values)
    words, joining = kept_words(quick, text)
    letters, left = set("".join(words)) | set("さんにとがをのはでた会話し"), []
    for line in text.splitlines():
        if SIGN_OFF.match(fold(line)) or SIGN_OFF.match(line) or quick.met_on:
            continue
        for word in re.findall(r"\w+", fold(line)):
            unspaced = any("\u3040" <= char <= "\u9fff" for char in word)
            if word not in words and word not in joining and not (unspaced and set(word) <= letters):
                left.append(word)
    return left


@pytest.mark.parametrize("text", samples())
def test_no_word_of_a_signature_is_lost(text):
    assert is_kept(text) == []


@given(st.lists(st.sampled_from([line for text in samples() for line in text.split("\n")]), max_size=12))
def test_no_word_of_lines_thrown_together_is_lost(lines):
    assert is_kept("\n".join(lines)) == []


@given(st.text(max_size=200))
def test_no_word_of_any_text_is_lost(text):
    assert is_kept(text) == []
