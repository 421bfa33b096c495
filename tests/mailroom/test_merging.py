"""When two contacts become one, what was sent to both and came from both is of the one; and back again."""

from __future__ import annotations

import pytest

from askwell.mailroom.accounts import Connection, connect_account
from askwell.mailroom.models import Arrival, Outgoing
from askwell.people.actions import merge_contacts
from askwell.people.journal import last_change, undo
from askwell.people.models import Contact

from .conftest import put_in


@pytest.fixture
def twice(owner, now, monkeypatch):
    """Jane Doe, kept twice; a letter went to the second, and her answer came."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    reached = Connection(address="lina@northfield.example", smtp_host="smtp.northfield.example")
    mailbox = connect_account(owner, reached, "blue kettle 7", now=now)
    keep, gone = (
        Contact.objects.create(owner=owner, name=name, created_at=now) for name in ("Jane Doe", "J. Doe")
    )
    put_in(mailbox, "jane@acme.example", now=now)
    Outgoing.objects.update(contact=gone, state="sent")
    Arrival.objects.create(
        owner=owner, account=mailbox, contact=gone, answers=Outgoing.objects.get(), message_id="<1@acme.example>",
        kind="reply", at=now, received_at=now,
    )  # fmt: skip
    return keep, gone


def whose():
    return Outgoing.objects.get().contact, Arrival.objects.get().contact


def test_letters_and_answers_go_along_with_whoever_is_merged(twice, now):
    keep, gone = twice
    merge_contacts(keep, gone, now=now)
    assert whose() == (keep, keep)


def test_undone_they_are_whose_they_were(twice, now):
    keep, gone = twice
    merge_contacts(keep, gone, now=now)
    undo(last_change(keep.owner), now=now)
    assert whose() == (gone, gone)
    assert Arrival.objects.get().answers == Outgoing.objects.get()
