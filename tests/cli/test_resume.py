"""The resume from the command line."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(askwell):
    askwell("add", "Jane Doe <jane@acme.example>, data lead at Acme Health")


def test_a_version_is_kept_asked_for_and_sent(askwell, jane):
    assert askwell("resume").out == "No version yet: askwell resume --add NAME.\n"
    askwell("resume", "--add", "Analyst, two pages", "--where", "cv.pdf", "--made", "2026-08-01")
    done = askwell("resume", "jane", "--asked")
    assert done.out == "Jane Doe asked for it: send it within a business day.\n"
    assert "Send your resume to Jane Doe" in askwell("today").out
    waiting, version = askwell("resume", "--json").rows
    assert (waiting["kind"], waiting["person"]) == ("waiting", "Jane Doe")
    assert (version["name"], version["days"] > 90) == ("Analyst, two pages", True)
    assert askwell("resume", "jane", "--sent", "--version", "analyst", "--because", "she waits").code == 0
    assert "went to Jane Doe" in askwell("resume").out


def test_unasked_it_takes_a_reason(askwell, jane):
    done = askwell("resume", "jane", "--sent")
    assert done.code == 1
    assert "They have not asked for your resume." in done.err
    assert askwell("resume", "jane", "--sent", "--because", "She offered to look").code == 0


def test_a_request_is_let_go(askwell, jane):
    assert askwell("resume", "jane", "--drop").code == 3
    askwell("resume", "jane", "--asked")
    assert askwell("resume", "jane", "--drop").out == "No resume to Jane Doe after all.\n"


def test_a_version_is_put_away_by_part_of_its_name(askwell):
    askwell("resume", "--add", "Analyst, one page")
    askwell("resume", "--add", "Analyst, two pages")
    assert "could be several" in askwell("resume", "--retire", "analyst").err
    assert askwell("resume", "--retire", "poet").code == 3
    assert askwell("resume", "--retire", "one page").code == 0
    assert [row["name"] for row in askwell("resume", "--json").rows] == ["Analyst, two pages"]


@pytest.mark.parametrize("words", [("jane",), ("jane", "--asked", "--sent"), ("--asked",)])
def test_what_is_missing_is_said(askwell, jane, words):
    assert askwell("resume", *words).code == 2
