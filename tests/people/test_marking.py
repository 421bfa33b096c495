"""Who hires and who connects people: marked, filtered, joined, written out and read back."""

from __future__ import annotations

import pytest
from tests.people.conftest import record

from askwell.people.actions import NewContact, add_contact, add_point, mark_contacts, merge_contacts
from askwell.people.errors import BadField
from askwell.people.journal import last_change, undo
from askwell.people.models import Contact
from askwell.people.queries import ContactFilter, contacts

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana(owner, now):
    return add_contact(owner, NewContact(name="Hana Ito"), now=now)


@pytest.fixture
def ben(owner, now):
    return add_contact(owner, NewContact(name="Ben Okoro"), now=now)


def marks(contact):
    contact.refresh_from_db()
    return contact.hires, contact.connector


def test_a_mark_is_set_for_many_at_once_and_taken_back(owner, hana, ben, other_owner, now):
    stranger = add_contact(other_owner, NewContact(name="Not Ours"), now=now)
    assert mark_contacts(owner, [hana, ben, stranger], now=now, hires=True) == 2
    assert mark_contacts(owner, [hana], now=now, hires=True) == 0
    assert mark_contacts(owner, [ben], now=now, hires=False, connector=True) == 1
    assert (marks(hana), marks(ben), marks(stranger)) == ((True, False), (False, True), (False, False))
    undo(last_change(owner), now=now)
    assert marks(ben) == (True, False)
    with pytest.raises(BadField):
        mark_contacts(owner, [hana], now=now)


def test_people_are_listed_by_their_marks(owner, hana, ben, now):
    mark_contacts(owner, [hana], now=now, hires=True)
    mark_contacts(owner, [ben], now=now, connector=True)
    assert [one.name for one in contacts(owner, ContactFilter(hires=True))] == ["Hana Ito"]
    assert [one.name for one in contacts(owner, ContactFilter(connector=True))] == ["Ben Okoro"]
    assert [one.name for one in contacts(owner, ContactFilter(hires=False))] == ["Ben Okoro"]
    assert not contacts(owner, ContactFilter(hires=True, connector=True)).exists()


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (False, False)])
def test_joined_into_one_they_keep_what_either_had(owner, hana, ben, now, first, second):
    mark_contacts(owner, [hana], now=now, hires=first, connector=second)
    mark_contacts(owner, [ben], now=now, hires=second, connector=second)
    for one in (hana, ben):
        one.refresh_from_db()
    merge_contacts(hana, ben, now=now)
    assert marks(hana) == (first or second, second)
    undo(last_change(owner), now=now)
    assert (marks(hana), marks(ben)) == ((first, second), (second, second))


def test_a_file_of_ours_brings_the_marks_back_and_never_takes_one_away(owner, hana, bring_in, now):
    mark_contacts(owner, [hana], now=now, connector=True)
    again = record("Hana Ito", email="hana@post.example", kept=(("X-ASKWELL-HIRES", "1"), ("X-OTHER", "a")))
    add_point(hana, "email", "hana@post.example", now=now)
    bring_in(again)
    assert marks(hana) == (True, True)
    assert hana.kept == [["X-OTHER", "a"]]
    bring_in(record("New Person", email="new@post.example", kept=(("X-ASKWELL-HIRES", "1"),)))
    assert marks(Contact.objects.get(name="New Person")) == (True, False)
