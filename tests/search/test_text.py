"""Folding and cutting words, for people whose names are written in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.search.text import fold, is_latin, terms, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Łukasz  ÅNGSTRÖM-Straße ", "lukasz angstrom-strasse"),
        ("Ǆenana Ðurić", "dzenana duric"),
        ("Søren Ærø", "soren aero"),
        ("İpek Işık", "ipek isik"),
        ("Ёлкин Йорг", "елкин иорг"),
        ("مُحَمَّد", "محمد"),
        ("ＪＡＮＥ", "jane"),
        ("Zoë\u200d", "zoe"),
    ],
)
def test_spelling_marks_case_and_width_do_not_matter(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_an_apostrophe_or_dot_inside_a_word_does_not_cut_it():
    assert words("O'Brien, U.S.A. – Jean-Pierre") == ["obrien", "usa", "jean", "pierre"]


def test_every_tail_of_an_unspaced_name_can_be_found():
    assert terms("王小明") == {"王小明", "小明", "明"}


def test_an_umlaut_is_found_by_both_spellings():
    assert terms("Müller") == {"muller", "mueller"}


def test_scripts_are_told_apart():
    assert is_latin("Jürgen O’Hara 3")
    assert not is_latin("Иван")
    assert not is_latin("Jane 王")


@given(st.text(max_size=60))
def test_every_word_of_a_text_is_one_of_its_terms(text):
    assert set(words(text)) <= terms(text) | {word for word in words(text) if len(word) > 80}
