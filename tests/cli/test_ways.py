"""``askwell ways``: who can introduce one to somebody, or into a place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from askwell.people.actions import add_position
from askwell.people.models import Contact


@pytest.fixture
def ana(askwell):
    """Ana, with whom one talked, named Ben of Harbor Clinic."""
    askwell("add", "Ana Sol <ana@acme.example>, nurse lead")
    askwell("sent", "ana", "--at", "2026-11-02T10:00", "--now", "2026-11-02T11:00")
    askwell("reply", "ana", "yes", "--at", "2026-11-03T10:00", "--now", "2026-11-03T11:00")
    askwell("reply", "ana", "named", "--name", "Ben Oye")
    ben = Contact.objects.get(name="Ben Oye")
    add_position(ben, organization="Harbor Clinic", now=datetime(2026, 11, 23, 15, tzinfo=UTC))
    return askwell


def test_the_way_says_why_and_whom_to_ask_next(ana):
    row = ana("ways", "ben", "--json").row
    assert [(hop["source_name"], hop["target_name"]) for hop in row["hops"]] == [
        ("", "Ana Sol"),
        ("Ana Sol", "Ben Oye"),
    ]
    assert row["hops"][1]["why"] == ["Ana Sol told you of Ben Oye"]
    assert row["next"] == f"askwell draft '#{row['ask']}' --mode intro_request --introduce-to 'Ben Oye'"
    assert ana("ways", "ben").out.startswith("You - Ana Sol - Ben Oye\n")


def test_the_next_step_can_be_run_as_it_stands(ana):
    ask = ana("ways", "ben", "--json").row["ask"]
    drafted = ana("draft", f"#{ask}", "--mode", "intro_request", "--introduce-to", "Ben Oye")
    assert "Ben Oye" in drafted.out


def test_a_place_is_asked_for_by_its_name(ana):
    row = ana("ways", "harbor clinic", "--json").row
    assert (row["ask_name"], row["to_name"]) == ("Ana Sol", "Ben Oye")


def test_without_a_way_it_says_what_would_help(ana):
    ana("add", "Dev Rao <dev@north.example>")
    assert ana("ways", "dev").out.startswith("No way is known.")
    assert ana("ways", "dev", "--json").rows == []


def test_what_stands_against_a_way_is_said(ana):
    ana("mark", "ana", "--leave-in-peace")
    assert ana("ways", "ben").out.startswith("There is a way, but something you noted stands against")


def test_nobody_by_that_name_is_not_found(ana):
    assert ana("ways", "zed").code == 3
