"""Several actions as one step back: theirs alone, whatever others do at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from askwell.people.actions import NewContact, add_contact
from askwell.people.journal import as_one, last_change, undo
from askwell.people.models import Change, Contact


def names(owner):
    return sorted(Contact.objects.for_owner(owner).filter(is_self=False).values_list("name", flat=True))


@pytest.mark.django_db
def test_one_within_another_is_one_step_with_it(owner, add, now):
    add("Omar Haddad")
    with as_one(owner):
        add("Jane Doe")
        with as_one(owner, named_by_first=True):
            add("Tom Okafor")
            add("Mia Lindqvist")
    assert Change.objects.for_owner(owner).count() == 2
    undo(last_change(owner), now=now)
    assert names(owner) == ["Omar Haddad"]


@pytest.mark.django_db
def test_what_was_only_tried_in_it_is_no_part_of_it(owner, add, now):
    with as_one(owner):
        with transaction.atomic():
            add("Nobody")
            transaction.set_rollback(True)
        add("Jane Doe")
        add("Tom Okafor")
    undo(last_change(owner), now=now)
    assert names(owner) == []


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_does_meanwhile_stays_a_step_of_its_own(owner, add, now):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")

    def elsewhere():
        add_contact(owner, NewContact(name="Omar Haddad"), now=now)
        connection.close()

    add("Mia Lindqvist")  # what every notebook has is there
    with as_one(owner):
        add("Jane Doe")
        worker = threading.Thread(target=elsewhere)
        worker.start()
        worker.join(60)
        add("Tom Okafor")
    assert Change.objects.for_owner(owner).count() == 3
    undo(last_change(owner), now=now)
    assert names(owner) == ["Mia Lindqvist", "Omar Haddad"]
