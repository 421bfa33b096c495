"""What was written anew is told from what is quoted and passed on, in the shapes of every mail program."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import every

from askwell.formats.mail.quoting import LONGEST_LINE, split_quotation

CORPUS = Path(__file__).resolve().parents[2] / "corpus/mail/quotations.jsonl"
SHAPES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
LINES = st.sampled_from(
    [
        "", " ", "Sure.", "> quoted", ">> twice", "On Tue, Nov 24, 2026 at 3:15 PM Sam <sam@reed.example> wrote:",
        "On Tue, Nov 24, 2026 Sam Reed", "wrote:", "From: Sam", "Sent: Tuesday", "To: Ana", "Subject: hello",
        "-----Original Message-----", "________________", "---------- Forwarded message ---------",
        "Am 24.11.2026 um 15:15 schrieb Sam:", "x" * (LONGEST_LINE + 1), "*From:* Sam", "Von: Sam", "نعم",
    ]
)  # fmt: skip


def worth(text):
    return [
        line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()
    ]


def test_a_program_of_the_world_quotes_and_only_the_new_text_remains():
    def remains(sample):
        found = split_quotation(sample["text"])
        assert found.new_text == sample["new_text"]
        assert bool(found.forwarded) is sample["forwarded"]

    every(SHAPES, remains)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_the_ends_of_lines_make_no_difference(ending):
    def is_the_same(sample):
        assert split_quotation(sample["text"].replace("\n", ending)) == split_quotation(sample["text"])

    every(SHAPES, is_the_same)


def test_there_are_sixty_shapes_and_more():
    assert len(SHAPES) >= 60


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_every_line_that_is_not_blank_is_in_one_place_and_in_order(text):
    found = split_quotation(text)
    for part in (found.new_text, found.quoted, found.forwarded):
        rest = iter(worth(text))
        assert all(line in rest for line in worth(part))
    kept = worth(found.new_text) + worth(found.quoted) + worth(found.forwarded)
    assert sorted(kept) == sorted(worth(text))


@given(st.text())
def test_any_text_is_taken_apart_without_complaint(text):
    found = split_quotation(text)
    assert sorted("".join(worth(found.new_text + "\n" + found.quoted + "\n" + found.forwarded))) == sorted(
        "".join(worth(text))
    )


def test_what_was_written_stands_when_it_is_read_again():
    for sample in SHAPES:
        if sample["shape"] not in {"none", "empty"}:
            new = split_quotation(sample["text"]).new_text
            assert split_quotation(new).new_text == new


def test_a_line_too_long_for_a_mark_is_text():
    line = "On " + "very " * LONGEST_LINE + "2026 Sam wrote:"
    assert split_quotation(f"Yes.\n{line}\n> no").new_text == f"Yes.\n{line}"


def test_an_introduction_of_more_than_four_lines_is_none():
    text = "On Tue, Nov 24, 2026\nSam\nReed\nof Lisbon\nwrote:\n> hello"
    assert "of Lisbon" in split_quotation(text).new_text


def test_an_introduction_without_anything_above_or_quoted_below_stays():
    text = "On Tue, Nov 24, 2026 at 15:15 Sam <sam@reed.example> wrote:\nthat he comes."
    assert split_quotation(text).new_text == text


def test_several_lines_that_end_in_wrote_need_an_address_to_introduce():
    text = "Sure.\nSee page 4:\nit says\nwhat Sam wrote:\nnothing."
    assert split_quotation(text).new_text == text


def test_a_line_before_a_blank_one_is_no_introduction():
    assert split_quotation("Yes.\nOn Tuesday 24.11.2026\n\nwrote:").new_text.startswith("Yes.\nOn Tuesday")


def test_a_rule_at_the_end_is_text():
    assert split_quotation("Yes.\n____________\n").new_text == "Yes.\n____________"


def test_a_forwarded_letter_named_with_who_passed_it_on():
    found = split_quotation("Look.\n----- Forwarded by Ana Lopes -----\nHello")
    assert found.new_text == "Look."
    assert found.forwarded
