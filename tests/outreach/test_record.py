"""One's own record: whose weeks, which letters, and what is not decided yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.outreach.conftest import utc

from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Talk, Touch

NOW = utc(2026, 11, 25, 18, 0)


def out(contact, at, mode="informational", **more):
    return Touch.objects.create(
        owner=contact.owner, contact=contact, kind="message", direction="out", mode=mode, at=at, recorded_at=at, **more
    )  # fmt: skip


def back(contact, at, kind="reply"):
    return Touch.objects.create(
        owner=contact.owner, contact=contact, kind=kind, direction="in", at=at, recorded_at=at
    )


def test_weeks_are_the_seekers(lina, jane):
    out(jane, utc(2026, 11, 23, 4, 0))  # Sunday evening in Chicago
    out(jane, utc(2026, 11, 23, 15, 0), mode="follow_up")
    found = queries.record(lina, now=NOW, weeks=2).weeks
    assert [(one.monday, one.first_messages, one.follow_ups) for one in found] == [
        (date(2026, 11, 16), 1, 0),
        (date(2026, 11, 23), 0, 1),
    ]


def test_talks_stand_in_their_week(lina, jane):
    Talk.objects.create(owner=lina, contact=jane, state="held", starts_at=utc(2026, 11, 24, 16), uid="a")
    assert [one.talks for one in queries.record(lina, now=NOW, weeks=2).weeks] == [0, 1]


def test_an_answer_is_what_they_wrote_afterwards_and_no_machine(lina, jane, kenji):
    long_ago = NOW - timedelta(days=40)
    out(jane, long_ago)
    back(jane, long_ago - timedelta(days=1))
    back(jane, long_ago + timedelta(hours=1), kind="auto_reply")
    back(jane, long_ago + timedelta(days=3))
    out(kenji, NOW - timedelta(days=2))
    share = queries.record(lina, now=NOW).replies
    assert (share.share.hits, share.share.cases, share.share.open) == (1, 1, 1)
    assert {first: count for first, _last, count in share.bars}[2] == 1


def test_a_letter_that_bounced_never_asked_anybody(lina, jane):
    out(jane, NOW - timedelta(days=40))
    back(jane, NOW - timedelta(days=40) + timedelta(minutes=2), kind="bounce")
    assert queries.record(lina, now=NOW).replies.share.cases == 0


def test_what_comes_back_late_takes_back_the_newest_letter_and_no_older_one(lina, jane, kenji):
    out(jane, NOW - timedelta(days=60))
    out(jane, NOW - timedelta(days=57), mode="follow_up")
    back(jane, NOW - timedelta(days=56), kind="bounce")
    out(kenji, NOW - timedelta(days=60))
    back(kenji, NOW - timedelta(days=40), kind="bounce")
    assert queries.record(lina, now=NOW).replies.share.cases == 1


def test_thanks_and_promises_count_once_their_time_is_over(lina, jane):
    def talk(ended, thanked):
        Talk.objects.create(
            owner=lina, contact=jane, state="held", starts_at=ended, ended_at=ended, thanked_at=thanked, uid=str(ended)
        )  # fmt: skip

    talk(NOW - timedelta(days=5), NOW - timedelta(days=5) + timedelta(hours=2))
    talk(NOW - timedelta(days=4), None)
    talk(NOW - timedelta(hours=4), None)
    actions.make_promise(jane, mine=True, text="a list", now=NOW - timedelta(days=20))
    actions.make_promise(jane, mine=True, text="a link", now=NOW)
    found = queries.record(lina, now=NOW)
    assert (found.thanks.hits, found.thanks.cases, found.thanks.open) == (1, 2, 1)
    assert (found.promises.hits, found.promises.cases, found.promises.open) == (0, 1, 1)


def test_many_letters_cost_no_more_queries_than_one(lina, jane):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            queries.record(lina, now=NOW)
        return len(seen)

    out(jane, NOW - timedelta(days=30))
    few = asked()
    for day in range(60):
        out(jane, NOW - timedelta(days=day, hours=1))
    assert asked() == few <= 12


class TestTheReview:
    def test_texts_are_kept_beside_each_other(self, lina):
        week = date(2026, 11, 23)
        actions.keep_review(lina, week=week, answers={"well": " Jane "}, now=NOW)
        row = actions.keep_review(lina, week=week, answers={"learnt": "call"}, now=NOW)
        assert row.answers == {"well": "Jane", "learnt": "call"}

    @pytest.mark.parametrize(
        ("week", "answers"), [(date(2026, 11, 24), {}), (date(2026, 11, 23), {"x": "y"})]
    )
    def test_another_day_or_question_is_refused(self, lina, week, answers):
        with pytest.raises(BadValue):
            actions.keep_review(lina, week=week, answers=answers, now=NOW)

    def test_finishing_is_one_step_back(self, lina):
        before = queries.seeker_of(lina).weekly_minutes
        actions.finish_review(lina, week=date(2026, 11, 23), weekly_minutes=before + 8, now=NOW)
        assert queries.review(lina, now=NOW).done
        actions.undo_last(lina, now=NOW)
        assert queries.seeker_of(lina).weekly_minutes == before
        assert not queries.review(lina, now=NOW).done
