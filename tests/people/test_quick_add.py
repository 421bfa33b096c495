"""One pasted text to one person."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.people.quick_add import parse_quick

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
