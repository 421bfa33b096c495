"""Trying the work out, and what a talk was about, from the command line."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(askwell):
    askwell("add", "Jane Doe <jane@acme.example>, data lead at Acme Health")
    askwell("held", "jane")


class TestTryingItOut:
    def test_its_day_brings_it_to_today_and_how_it_was_is_kept(self, askwell, jane):
        done = askwell("try", "jane", "a morning in receiving", "--kind", "shadowing", "--on", "2026-11-23")
        assert done.out == "Kept. When you did it: askwell try PERSON --done.\n"
        row = askwell("try", "--json").row
        assert (row["person"], row["kind"], row["on"]) == ("Jane Doe", "shadowing", "2026-11-23")
        assert row["talk"] is not None
        assert "try_out" in askwell("today", "--json", "--now", "2026-11-24T09:00").out
        said = askwell("try", "jane", "--done", "--outcome", "Loud, and I liked it.")
        assert said.out == "Done: a morning in receiving. askwell undo takes it back.\n"
        assert askwell("try").out == "Nothing to try out is noted.\n"
        assert askwell("try", "jane").out == (
            "Jane Doe: shadowing, a morning in receiving (done)\n    Loud, and I liked it.\n"
        )
        assert askwell("undo").code == 0
        assert askwell("try", "--json").row["done_at"] is None

    def test_its_day_is_moved_and_given_up(self, askwell, jane):
        askwell("try", "jane", "--kind", "internship")
        assert askwell("try").out == "Jane Doe: internship (no day yet)\n"
        assert "2027-01-11" in askwell("try", "jane", "--on", "2027-01-11").out
        assert askwell("try", "--json").row["on"] == "2027-01-11"
        askwell("try", "jane", "--no-day")
        assert askwell("try", "--json").row["on"] is None

    def test_it_is_let_go(self, askwell, jane):
        askwell("try", "jane", "--kind", "course")
        assert askwell("try", "jane", "--drop", "--json").row["dropped_at"]
        assert not askwell("try", "jane", "--json").out

    def test_of_several_one_is_said_by_a_word_of_it(self, askwell, jane):
        askwell("try", "jane", "a morning with Ana", "--kind", "shadowing")
        askwell("try", "jane", "a winter with Ana", "--kind", "internship")
        done = askwell("try", "jane", "ana", "--done")
        assert (done.code, "a morning with Ana; a winter with Ana" in done.err) == (2, True)
        assert askwell("try", "jane", "winter", "--done").code == 0
        assert askwell("try", "jane", "poetry", "--done").code == 3

    @pytest.mark.parametrize(
        "words",
        [
            ("jane", "--kind", "dancing"),
            ("jane", "--kind", "other"),
            ("jane", "--done", "--drop"),
            ("jane", "--outcome", "Fine"),
            ("--done",),
        ],
    )
    def test_what_cannot_be_meant_is_said(self, askwell, jane, words):
        done = askwell("try", *words)
        assert done.code == 2
        assert done.err
        assert not askwell("try", "--json").out


class TestWhatATalkWasAbout:
    def test_it_is_said_and_compared_by(self, askwell, jane):
        row = askwell("occupation", "jane", "Night  nurse", "--json").row
        assert (row["person"], row["occupation"], row["compared_as"]) == (
            "Jane Doe",
            "Night nurse",
            "Night nurse",
        )
        assert askwell("compare", "night nurse").out.startswith("Night nurse: one person so far")
        assert ": Night nurse  [" in askwell("occupation").out
        askwell("undo")
        assert "Night nurse" not in askwell("occupation").out

    def test_an_earlier_talk_is_meant_by_its_number(self, askwell, jane):
        first = askwell("occupation", "--json").row["talk"]
        askwell("held", "jane")
        askwell("occupation", "jane", "Night nurse", "--talk", str(first))
        rows = {row["talk"]: row["occupation"] for row in askwell("occupation", "jane", "--json").rows}
        assert rows.pop(first) == "Night nurse"
        assert "Night nurse" not in rows.values()

    def test_taken_back_it_is_about_what_they_do_now(self, askwell, jane):
        askwell("occupation", "jane", "Night nurse")
        assert askwell("occupation", "jane", "--clear", "--json").row["compared_as"].lower() == "data lead"

    def test_without_a_talk_there_is_nothing_to_say_it_of(self, askwell):
        assert askwell("occupation").out == "No talk was held yet.\n"
        askwell("add", "Ravi Patel")
        assert askwell("occupation", "ravi", "Poet").code == 3

    @pytest.mark.parametrize("words", [("--clear",), ("jane", "Poet", "--clear"), ("jane", "--talk", "1")])
    def test_what_cannot_be_meant_is_said(self, askwell, jane, words):
        assert askwell("occupation", *words).code == 2
