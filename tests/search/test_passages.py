"""Words of what was written, and the passage that shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.search.passages import LONGEST, may_be_begun, passage, words_written
from askwell.search.text import terms, words


def shown(text, *typed):
    found = passage(text, typed)
    return None if found is None else "".join(f"[{piece}]" if hit else piece for piece, hit in found.pieces)


@pytest.mark.parametrize(
    ("text", "typed", "said"),
    [
        ("She runs the hospital in Leeds.", ["hospital"], "She runs the [hospital] in Leeds."),
        ("She runs two hospitals.", ["hospital"], "She runs two [hospitals]."),
        ("Ann\n\n  announced   it", ["ann"], "[Ann] announced it"),
        ("Anna announced it", ["ann"], None),
        ("Das Universitätsklinikum", ["universitats"], "Das [Universitätsklinikum]"),
        ("Grüße aus Köln", ["koeln"], "Grüße aus [Köln]"),
        ("José met O’Brien", ["obrien", "jose"], "[José] met [O’Brien]"),
        ("قابلتها في المستشفى أمس", ["المستشفى"], "قابلتها في [المستشفى] أمس"),
        ("私は東京大学病院で働く", ["大学"], "私は東京[大学]病院で働く"),
        ("", ["x"], None),
        ("Nothing of it", [], None),
    ],
)
def test_a_word_is_shown_where_it_stands(text, typed, said):
    assert shown(text, *typed) == said


def test_a_long_text_is_cut_at_words_around_the_stretch_with_most_of_them():
    text = (
        f"The budget comes first. {'Filling words. ' * 40}Then the hospital and its budget. {'More. ' * 40}"
    )
    found = passage(text, ["hospital", "budget"])
    assert found.words == {"hospital", "budget"}
    assert str(found).startswith("… ")
    assert str(found).endswith(" …")
    assert "Then the hospital and its budget." in str(found)
    assert "comes first" not in str(found)
    assert len(str(found)) < 260


def test_a_word_without_end_is_shown_alone():
    assert shown("x" * 500 + " hospital " + "y" * 500, "hospital") == "… [hospital] …"


def test_a_text_is_read_so_far_and_no_further():
    assert passage("a " * LONGEST + "hospital", ["hospital"]) is None
    assert "hospital" not in words_written("a " * LONGEST + "hospital")


def test_a_run_without_spaces_is_found_by_what_stands_far_inside():
    run = "あ" * 150 + "病院" + "い" * 150
    assert any(term.startswith("病院") for term in words_written(run))
    assert passage(run, ["病院"]).words == {"病院"}


def test_the_beginning_of_a_word_needs_four_letters_unless_the_script_has_no_spaces():
    assert [may_be_begun(word) for word in ("ann", "anno", "病")] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("वह हिन्दी बोलती है", "हिन्दी"),
        ("Weiter\u00adbildung folgt", "weiterbildung"),
        ("O＇Brien rief an", "obrien"),
    ],
)
def test_marks_and_joiners_do_not_cut_a_word(text, typed):
    assert words(typed)[0] in words_written(text)
    assert passage(text, words(typed)).words == set(words(typed))


@given(st.text(max_size=60))
def test_a_short_text_has_the_terms_a_name_would_have(text):
    assert words_written(text) >= set(words(text))
    assert words_written(text) <= terms(text)


@given(st.text(max_size=300), st.text(max_size=20))
def test_a_passage_shows_the_text_and_finds_what_the_index_finds(text, typed):
    asked = words(typed)[:3]
    found = passage(text, asked)
    stored = words_written(text)
    for word in asked:
        held = any(term == word or (may_be_begun(word) and term.startswith(word)) for term in stored)
        assert held == (passage(text, [word]) is not None)
    if found:
        assert str(found).strip("… ") in " ".join(text.split())
