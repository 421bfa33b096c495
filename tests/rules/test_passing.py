"""Somebody suggested is set aside: until when, and what is learnt from it."""

from datetime import UTC, datetime, timedelta

import pytest

from askwell.rules.explain import sentence
from askwell.rules.facts import Stage
from askwell.rules.passing import (
    FIRST,
    FOREVER,
    LONGEST,
    NotThis,
    alike,
    held_until,
    holds,
    key_of,
    learnt,
    read_key,
    said,
)
from askwell.rules.ranking import Candidate, base_score

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_not_now_rests_thirty_days_and_twice_as_long_each_time_it_is_said_again():
    spans = [FIRST]
    while spans[-1] < LONGEST:
        spans.append(held_until(NotThis.NOW, now=NOW, before=spans[-1]) - NOW)
    assert [span.days for span in spans] == [30, 60, 120, 240, 360]
    assert held_until(NotThis.NOW, now=NOW) == NOW + FIRST
    assert held_until(NotThis.NEVER, now=NOW) == held_until(NotThis.GOAL, now=NOW, before=DAY) == FOREVER


@pytest.mark.parametrize(
    ("kind", "goal_set_at", "holding"),
    [
        (NotThis.NOW, None, True),
        (NotThis.NEVER, None, True),
        (NotThis.GOAL, NOW - 9 * DAY, True),
        (NotThis.GOAL, NOW + DAY, False),  # another goal since
        (NotThis.GOAL, None, False),
    ],
)
def test_what_was_said_holds_as_long_as_it_was_meant(kind, goal_set_at, holding):
    until = held_until(kind, now=NOW)
    assert holds(kind, at=NOW, until=until, goal_set_at=goal_set_at, now=NOW + 2 * DAY) is holding
    assert not holds(NotThis.NOW, at=NOW, until=NOW + FIRST, goal_set_at=None, now=NOW + FIRST)


@pytest.mark.parametrize("kind", NotThis)
def test_it_is_kept_under_a_name_like_a_steps(kind):
    assert read_key(key_of(kind, 7)) == (kind, 7)


@pytest.mark.parametrize("key", ["thank:talk:7", "suggest_maybe:contact:7", "now:contact:7", ""])
def test_a_name_of_something_else_is_none_of_ours(key):
    assert read_key(key) is None


def test_work_is_alike_that_shares_half_its_words():
    sales = frozenset({"sales", "manager"})
    assert (
        alike(sales, [frozenset({"sales"}), frozenset({"nurse"}), frozenset({"manager", "bank", "risk"})])
        == 2
    )
    assert alike(frozenset(), [sales]) == alike(sales, [frozenset()]) == 0


def test_what_is_decided_and_learnt_is_said():
    assert sentence(said(NotThis.NOW, until=NOW)) == "Not now: comes up again on 2026-03-02."
    assert sentence(said(NotThis.GOAL, until=FOREVER)).endswith("when your goal changes.")
    assert sentence(said(NotThis.NEVER, until=FOREVER)).startswith("Never suggested")
    assert learnt(1) is None
    assert sentence(learnt(2)).startswith("You set aside 2 people who do such work")


def test_such_work_comes_later_from_the_second_set_aside_on_and_never_not_at_all():
    scores = [
        base_score(Candidate(contact=1, title_match=0.8, passed_like=count), stage=Stage.INTERVIEWS, now=NOW)
        for count in range(8)
    ]
    assert scores[0] == scores[1] > scores[2] > scores[3] > scores[4] > scores[5] == scores[7] > 0
