"""Leads on the command line: from the first word to telling what came of it."""

from __future__ import annotations

import pytest

from askwell.outreach.models import Lead


@pytest.fixture
def luis(askwell):
    askwell("add", "Luis Marin <luis@mercy.example>, buyer at Mercy Lakes")
    askwell("add", "Ana Ruiz <ana@calder.example>, nurse at Calder")


@pytest.fixture
def kept(askwell, luis):
    return askwell(
        "lead", "add", "Data nurse", "--from", "luis", "--at-place", "Calder", "--until", "2026-12-01"
    )


def test_a_lead_is_kept_with_whom_one_knows_there(askwell, kept):
    assert kept.code == 0
    assert "thank Luis Marin within a day" in kept.out
    assert "ask before you apply: Ana Ruiz" in kept.out
    (row,) = askwell("lead", "--json").rows
    assert (row["title"], row["organization"], row["source_name"]) == ("Data nurse", "Calder", "Luis Marin")
    assert row["expires"].startswith("2026-12-01")
    shown = askwell("lead", "show", "nurse", "--json").row
    assert [one["name"] for one in shown["there"]] == ["Ana Ruiz"]
    assert "to act on" in askwell("lead").out


def test_from_acting_to_telling(askwell, kept):
    assert "Acted on: Data nurse." in askwell("lead", "acted", "nurse").out
    assert "Thanked Luis Marin" in askwell("lead", "thanked", "nurse").out
    assert "lead_told" in askwell("lead", "outcome", "nurse", "An interview").out
    assert "to tell them" in askwell("lead").out
    assert "knows what came of it" in askwell("lead", "told", "nurse").out
    row = askwell("lead", "close", "nurse", "--json").row
    assert row["closed_at"]
    assert row["outcome"] == "An interview"
    assert askwell("lead").out == "No leads are open.\n"
    assert "closed" in askwell("lead", "list", "--closed").out


def test_the_letters_to_whoever_told_settle_what_is_owed(askwell, kept):
    draft = askwell("draft", "luis", "--occasion", "lead_thanks")
    assert "Data nurse" in draft.out
    askwell("sent", "luis", "--mode", "thanks")
    assert Lead.objects.get().source_thanked_at is not None
    assert "waits for that letter" in askwell("draft", "luis", "--occasion", "lead_told").err
    askwell("lead", "outcome", "nurse", "An interview")
    assert "An interview" in askwell("draft", "luis", "--occasion", "lead_told").out
    askwell("sent", "luis", "--mode", "check_in", "--because", "they asked")
    assert Lead.objects.get().outcome_told_at is not None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("lead", "add", "Clerk"), 2, "--from"),
        (("lead", "add", "--from", "luis"), 2, "empty"),
        (("lead", "acted", "nothing"), 3, "nothing here called"),
        (("lead", "acted"), 2, "which lead"),
        (("lead", "dance", "nurse"), 2, "none of list"),
        (("lead", "outcome", "nurse"), 2, "empty"),
        (("draft", "luis", "--occasion", "lead_thanks", "--mode", "lead"), 2, "--mode thanks"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(askwell, kept, words, code, said):
    before = askwell("lead", "--json").out
    ended = askwell(*words)
    assert (ended.code, said in ended.err) == (code, True), ended
    assert askwell("lead", "--json").out == before


def test_of_two_alike_the_number_is_asked_for(askwell, kept):
    askwell("lead", "add", "Night nurse", "--from", "luis")
    assert "#" in askwell("lead", "acted", "nurse").err
    number = Lead.objects.get(title="Night nurse").pk
    assert "Night nurse" in askwell("lead", "acted", f"#{number}").out
