"""What is prepared for a talk, and what is not, from the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def jane(askwell):
    askwell("goal", "Work as a data analyst in public health")
    askwell("add", "Jane Doe <jane@acme.example>, data lead at Acme Health")
    return askwell


def groups(ended):
    found = {}
    for row in ended.rows:
        found.setdefault(row["group"], []).append(row)
    return found


def test_what_is_missing_is_said_before_anything_is_under_way(jane):
    said = jane("prepare", "jane")
    assert said.code == 0
    assert said.out.startswith("Jane Doe\n\nIn common\n  Nothing that the notebook knows of.")
    assert "P02 Read their profile." in said.out
    assert "None yet: askwell questions suggests some." in said.out
    assert "0 words, about 0 seconds at 130 a minute (our default)." in said.out


def test_questions_and_the_story_are_shown(jane):
    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    jane("questions", "jane", "--take", "closers.who_else")
    jane("me", "--story", "word " * 130)
    said = jane("prepare", "jane")
    assert "130 words, about 60 seconds" in said.out
    assert "Who else" in said.out


def test_a_story_of_one_word_is_counted_as_one(jane):
    jane("me", "--story", "Hello.")
    assert "Your story: 1 word, about 0 seconds" in jane("prepare", "jane").out


def test_as_json_each_thing_is_an_object_of_its_group(jane):
    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    jane("questions", "jane", "--take", "closers.who_else")
    rows = groups(jane("prepare", "jane", "--json"))
    assert set(rows) == {"missing", "questions", "story"}
    assert rows["story"] == [{"group": "story", "words": 0, "seconds": 0}]
    assert {row["severity"] for row in rows["missing"]} <= {"error", "warning", "hint"}
    assert all(row["reason"]["rule"] and row["reason"]["sentence"] for row in rows["missing"])


def test_nobody_of_that_name_ends_with_an_error(jane):
    assert jane("prepare", "zoe").code != 0
