"""Somebody by what they do, where no word of theirs is the one that was typed."""

import pytest

from askwell.people.actions import remove_contacts
from askwell.people.queries import by_what_they_do

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(add):
    return [
        add("Mara Lindt", title="Lawyer", organization="Berg Ltd"),
        add("Tom Okafor", title="Data Analyst", organization="Ministry of Health"),
        add("Ines Prado", notes="Journalist"),
        add("Paul Reiter", notes="Physician, met on a train"),
        add("Without Work"),
    ]


def named(owner, text):
    return [(one.contact.name, one.words) for one in by_what_they_do(owner, text)]


def test_other_words_for_a_title_find_whoever_has_it_and_say_by_which(owner, network):
    assert named(owner, "attorney") == [("Mara Lindt", ("lawyer",))]


def test_a_title_with_its_place_says_more_than_either(owner, network):
    name, words = named(owner, "public health data")[0]
    assert (name, set(words)) == ("Tom Okafor", {"data", "health"})


def test_what_was_noted_counts(owner, network):
    assert named(owner, "news reporter")[0][0] == "Ines Prado"
    assert named(owner, "physicians") == [("Paul Reiter", ("physician",))]


def test_nobody_is_named_for_work_nobody_does_nor_for_the_beginning_of_a_name(owner, network):
    assert named(owner, "poet") == named(owner, "law") == named(owner, "") == []


def test_who_was_removed_and_others_people_are_not_found(owner, other_owner, network, now):
    remove_contacts(owner, [network[0].pk], now=now)
    assert named(owner, "attorney") == []
    assert named(other_owner, "news reporter") == []
