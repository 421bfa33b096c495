"""Whether two names may be one person's: only ever asked when they share an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.records import Name
from askwell.search.naming import compatible_names, is_weak_key, name_key, organization_key, sort_key

SAME = [
    ("Jane Doe", "jane DOE"),
    ("Bob Smith", "Robert Smith"),
    ("Liz Tan", "Elizabeth Tan"),
    ("Kate Lee", "Katie Lee"),
    ("J. Doe", "Jane Doe"),
    ("Jane D.", "Jane Doe"),
    ("Jane A. Doe", "Jane Doe"),
    ("Jane Anne Doe", "Jane A. Doe"),
    ("Mary Jane Doe", "Jane Doe"),
    ("J. Robert Okafor", "Robert Okafor"),
    ("Jane Doe Smith", "Jane Doe"),
    ("Jane Smith-Doe", "Jane Doe"),
    ("Jane van der Berg", "Jane Berg"),
    ("Ludwig von Aue", "Ludwig Aue"),
    ("Jane Doe, PhD", "Dr. Jane Doe"),
    ("Jean-Pierre Martin", "Jean Pierre Martin"),
    ("Müller, Hans", "Hans Mueller"),
    ("Søren Kjær", "Soren Kjaer"),
    ("Wei Li", "Li Wei"),
    ("Jane", "Jane Doe"),
    ("John Smith Jr.", "John Smith"),
    ("王小明", "王 小明"),
    ("Иван Петров", "ПЕТРОВ Иван"),
    ("jane.doe@example.com", "Jane Doe"),
    ("", "Jane Doe"),
]
DIFFERENT = [
    ("Jane Doe", "John Doe"),
    ("Jane Doe", "Jane Smith"),
    ("Jane Doe", "Tom Okafor"),
    ("John Smith Jr.", "John Smith Sr."),
    ("Ann Beth Doe", "Ann Carla Doe"),
    ("王小明", "Wang Xiaoming"),
    ("王小明", "王小红"),
    ("Иван Петров", "Ivan Petrov"),
    ("Bob", "Alice"),
    ("Bob Smith", "Alice Smith"),
    ("Patrick Lee", "Patricia Lee"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_may_be_one_person(one, other):
    assert compatible_names(one, other)
    assert compatible_names(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_contradict_each_other(one, other):
    assert not compatible_names(one, other)
    assert not compatible_names(other, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_never_fails_and_has_no_direction(one, other):
    assert compatible_names(one, other) == compatible_names(other, one)


@given(st.text(min_size=1, max_size=30))
def test_every_name_agrees_with_itself(name):
    assert compatible_names(name, name)


def test_a_nickname_in_its_own_field_counts():
    assert compatible_names(Name(given="Aleksandra", family="Nowak", nickname="Ola"), "Ola Nowak")


def test_the_key_leaves_out_titles_letters_particles_and_order():
    assert name_key("Dr. Ludwig van Beethoven, PhD") == name_key("BEETHOVEN, Ludwig") == "beethoven ludwig"


def test_an_address_is_no_name():
    assert name_key("jane.doe@example.com") == ""


def test_people_are_listed_by_family_name_without_particle():
    assert sort_key("Jane van der Berg") == "berg jane"
    assert sort_key(given="Jane", family="Doe") == "doe jane"
    assert sort_key("王小明") == "王 小明"


def test_one_latin_word_is_too_little_to_call_people_namesakes():
    assert is_weak_key("jane")
    assert not is_weak_key("王小明")
    assert not is_weak_key("doe jane")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("The Acme Corp., Inc.", "acme"),
        ("ACME", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Société Générale S.A.", "societe generale"),
        ("AT&T", "at and t"),
        ("Johnson & Johnson Ltd.", "johnson and johnson"),
        ("Co", "co"),
        ("The The", "the"),
        ("- – ?", ""),
        ("株式会社ナラ", "株式会社ナラ"),
    ],
)
def test_two_spellings_of_an_organization_share_a_key(written, key):
    assert organization_key(written) == key
