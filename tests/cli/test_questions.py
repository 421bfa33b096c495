"""What to ask, from the command line: the same questions, the same reasons."""

from __future__ import annotations

import pytest

from askwell.rules.questions.bank import QUESTIONS


@pytest.fixture
def jane(askwell):
    """Somebody to ask, and a goal to ask with."""
    askwell("goal", "Work as a data analyst in public health")
    askwell("add", "Jane Doe <jane@acme.example>, data lead at Acme Health")
    return askwell


def groups(ended):
    found = {}
    for row in ended.rows:
        found.setdefault(row["group"], []).append(row)
    return found


def test_questions_are_suggested_before_anything_is_under_way(jane):
    said = jane("questions", "jane")
    assert said.code == 0
    assert said.out.startswith("For Jane Doe, 20 minutes; about 5 fit before the closing ones.")
    assert said.out.count("\n* ") == 5
    assert "[closers.who_else]\n    Every talk ends with it." in said.out


def test_as_json_each_question_is_an_object_with_its_reasons(jane):
    rows = groups(jane("questions", "jane", "--json"))
    assert list(rows) == ["suggested", "unasked"]
    assert {row["reason"]["rule"] for row in rows["unasked"]} >= {"C06", "C09", "P02"}
    assert 8 <= len(rows["suggested"]) <= 10
    assert sum(row["starred"] for row in rows["suggested"]) == 5
    for row in rows["suggested"]:
        assert row["text"] == QUESTIONS[row["key"]].text
        assert row["reasons"][0]["rule"]
        assert row["reasons"][0]["sentence"]
        assert row["reasons"][0]["sources"]
        assert row["follow_ups"]
        assert row["about"]
        assert not row["taken"]


def test_the_questions_and_their_order_are_those_of_the_page(jane, client, owner, settings):
    from askwell.outreach.models import Outreach

    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    rows = groups(jane("questions", "jane", "--json"))["suggested"]
    client.force_login(owner)
    page = client.get(f"/outreach/{Outreach.objects.get().pk}/homework/").content.decode()
    places = [page.index(f'value="{row["key"]}"') for row in rows]
    assert places == sorted(places)


def test_a_question_taken_over_is_among_ones_own_and_one_step_back(jane):
    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    taken = jane("questions", "jane", "--take", "role.week", "--take", "path.pull", "--json")
    rows = groups(taken)
    assert [row["text"] for row in rows["yours"]] == [
        QUESTIONS["path.pull"].text,
        QUESTIONS["role.week"].text,
    ]
    assert rows["amiss"][0]["reason"]["rule"] == "P04"
    said = jane("questions", "jane").out
    assert "[among yours]" in said
    assert "Yours\n* What first pulled you towards this work?" in said
    assert "P04 2 questions; 5 or more keep you from running dry." in said
    jane("undo")
    assert "yours" not in groups(jane("questions", "jane", "--json"))


def test_other_questions_are_given_for_the_asking(jane):
    first, others = (
        {row["key"] for row in groups(jane("questions", "jane", "--variant", number, "--json"))["suggested"]}
        for number in "01"
    )
    assert len(first & others) == 3  # the closing ones


def test_all_are_taken_over_with_one_word(jane):
    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    rows = groups(jane("questions", "jane", "--take", "all", "--json"))
    assert [row["text"] for row in rows["yours"]] == [row["text"] for row in rows["suggested"]]
    assert all(row["taken"] for row in rows["suggested"])
    assert "amiss" not in rows


def test_a_question_that_is_not_there_and_a_person_not_asked_yet_are_told(jane):
    said = jane("questions", "jane", "--take", "role.week")
    assert said.code == 3
    assert "Nothing is under way with Jane Doe" in said.err
    jane("draft", "jane", "--hook", "your talk on vaccine supply")
    said = jane("questions", "jane", "--take", "role.nothing", "--json")
    assert said.code == 3
    assert said.row["error"] == "not-found"
    assert jane("questions", "nobody").code == 3
