"""Two entries, one person or two, on the command line."""

from __future__ import annotations

import pytest

from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Contact, Review


@pytest.fixture
def theas(owner, now):
    return [
        add_contact(
            owner,
            NewContact(
                name="Thea Bergson", emails=[mail], phones=["+13125550188"], organization="Mercy Lakes"
            ),
            now=now,
        )
        for mail in ("thea.bergson@mercy.example", "tbergson@post.example")
    ]


def test_pairs_are_looked_for_listed_and_kept_apart(askwell, theas):
    one, two = theas
    assert askwell("same").out == "Every pair is decided.\n"
    (row,) = askwell("same", "--look", "--json").rows
    assert (row["contact"], row["other"], row["reason"]) == (one.pk, two.pk, "alike")
    assert askwell("same").out == f"#{one.pk} Thea Bergson, #{two.pk} Thea Bergson: alike\n"
    said = askwell("same", f"#{one.pk}", f"#{two.pk}", "--apart")
    assert said.out == "Thea Bergson and Thea Bergson stay two people. askwell undo takes it back.\n"
    assert askwell("same", "--look").out == "Every pair is decided.\n"
    askwell("undo")
    assert Review.objects.get().state == "open"


def test_one_is_joined_into_the_other_and_taken_back(askwell, theas):
    one, two = theas
    assert askwell("same", f"#{one.pk}", f"#{two.pk}", "--json").row == {
        "contact": one.pk, "name": "Thea Bergson", "other": two.pk, "other_name": "Thea Bergson", "same": True,
    }  # fmt: skip
    assert Contact.objects.get(pk=two.pk).merged_into == one
    askwell("undo")
    assert Contact.objects.get(pk=two.pk).merged_into is None


@pytest.mark.parametrize(
    "words", [("thea",), ("--apart",), ("--look", "a", "b"), ("#1", "--apart"), ("{one}", "{one}")]
)
def test_what_cannot_be_decided_is_said(askwell, theas, words):
    ended = askwell("same", *(word.format(one=f"#{theas[0].pk}") for word in words))
    assert ended.code == 2
    assert ended.err
