"""Names taken apart: parts for greeting and comparing, the shown form untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.names import name_of_parts, split_name
from askwell.formats.records import Name


@pytest.mark.parametrize(
    ("full", "given_name", "family", "suffix"),
    [
        ("Ludwig van der Berg", "Ludwig", "van der Berg", ""),
        ("Jean-Luc de la Tour", "Jean-Luc", "de la Tour", ""),
        ("José bin Salem al-Amin", "José", "bin Salem al-Amin", ""),
        ("Jane Doe, PhD, PMP 🚀", "Jane", "Doe", "PhD, PMP"),
        ("JANE DOE MBA", "Jane", "Doe", "MBA"),
        ("jane doe", "Jane", "Doe", ""),
        ("DE LA CRUZ, MARIA", "Maria", "de la Cruz", ""),
        ("Doe, Jane", "Jane", "Doe", ""),
        ("Sinéad O’CONNOR-SMITH CPA, CFA", "Sinéad", "O’Connor-Smith", "CPA, CFA"),
        ("Jack Ma", "Jack", "Ma", ""),
        ("Jane Doe, XYZA", "Jane", "Doe", "XYZA"),
        ("Jane Doe | Hiring!", "Jane", "Doe", ""),
        ("Jane Doe, PhD, Open to Work", "Jane", "Doe", "PhD"),
        ("Sukarno", "Sukarno", "", ""),
        ("X", "X", "", ""),
        ("王小明", "小明", "王", ""),
        ("欧阳修", "修", "欧阳", ""),
        ("山田 太郎", "太郎", "山田", ""),
        ("김민준", "민준", "김", ""),
        ("ジョン・スミス", "ジョン・スミス", "", ""),
        ("WEI LI", "Wei", "Li", ""),
        ("Dr", "Dr", "", ""),
    ],
)
def test_a_whole_name_is_split(full: str, given_name: str, family: str, suffix: str) -> None:
    name = split_name(full)
    assert (name.given, name.family, name.suffix, name.formatted) == (given_name, family, suffix, full)


def test_a_middle_name_and_a_title_have_their_own_parts() -> None:
    name = split_name("Dr. Jane Q. Doe")
    assert (name.prefix, name.given, name.middle, name.family) == ("Dr.", "Jane", "Q.", "Doe")


def test_a_nickname_in_brackets_is_one_but_pronouns_are_not() -> None:
    assert split_name("Robert (Bob) Smith").nickname == "Bob"
    assert split_name("Jane Doe (she/her)").nickname == ""
    assert split_name("山田 太郎 (Taro)").nickname == "Taro"


@pytest.mark.parametrize("full", ["", "🚀🚀", "---", "☆"])
def test_a_name_without_letters_has_no_parts(full: str) -> None:
    assert split_name(full) == Name(formatted=full)


def test_parts_are_cleaned_and_the_shown_name_is_not() -> None:
    name = name_of_parts(given="Jane 🚀", family="Doe, PhD, PMP")
    assert (name.given, name.family, name.suffix) == ("Jane", "Doe", "PhD, PMP")
    assert name.formatted == "Jane 🚀 Doe, PhD, PMP"


def test_capitals_in_parts_are_set_in_ordinary_case_with_small_particles() -> None:
    name = name_of_parts(given="MARIA", middle="ANNA", family="VAN DER BERG")
    assert (name.given, name.middle, name.family) == ("Maria", "Anna", "van der Berg")
    assert name_of_parts(given="JP", family="Morgan").given == "JP"


def test_a_family_name_comes_first_in_east_asian_scripts() -> None:
    assert name_of_parts(given="太郎", family="山本").formatted == "山本 太郎"


def test_a_suffix_is_joined_as_people_write_it() -> None:
    assert name_of_parts(given="John", family="Doe", suffix="Jr.").formatted == "John Doe Jr."
    assert name_of_parts(given="John", family="Doe", suffix="PhD").formatted == "John Doe, PhD"


def test_parts_without_letters_fall_back_to_the_shown_name() -> None:
    name = name_of_parts(given="🚀", family="", formatted="Ada Abara", prefix="Dr.", nickname="Ad")
    assert (name.prefix, name.given, name.family, name.nickname) == ("Dr.", "Ada", "Abara", "Ad")
    assert name_of_parts(prefix="Mr.") == Name(prefix="Mr.")


def test_a_nickname_among_the_parts_is_found() -> None:
    assert name_of_parts(given="Robert", family="(Bob) Ng MBA").nickname == "Bob"
    assert name_of_parts(given="Robert", family="Ng", nickname="Rob").nickname == "Rob"


@given(st.text(max_size=60))
def test_no_name_raises_and_the_shown_form_keeps_its_words(full: str) -> None:
    assert split_name(full).formatted == " ".join(full.split())
    name_of_parts(given=full, family=full)


def test_a_megabyte_is_not_taken_apart() -> None:
    assert split_name("x" * 1_000_000).given == ""
    assert name_of_parts(given="x" * 1_000_000, family="y").family == "y"
