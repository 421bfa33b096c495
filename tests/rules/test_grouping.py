from datetime import UTC, datetime, timedelta

import pytest

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.facts import Calendar
from askwell.rules.grouping import Group, is_overdue, is_stale, is_urgent, order, place

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SEEKER = Calendar(zone="America/New_York", zone_known=True)


def step(code, earliest=0.0, due=0.1, *, blocked=False, about=1, **marks):
    return Step(
        code=code,
        contact=1,
        about=("thing", about),
        earliest=NOW + earliest * DAY,
        due=NOW + due * DAY,
        why=(),
        blocked_by=because("I04", "leave.first") if blocked else None,
        **marks,
    )


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (step(StepCode.THANK, -1, 0.5), Group.OWED),
        (step(StepCode.THANK, 0, 1), Group.OWED),
        (step(StepCode.CLOSE_LOOP, -1, 6), Group.OWED),
        (step(StepCode.THANK, 0.1, 1.1), Group.THIS_WEEK),
        (step(StepCode.FOLLOW_UP, -1, 0.2), Group.TODAY),
        (step(StepCode.FOLLOW_UP, -5, -3), Group.TODAY),
        (step(StepCode.CHECK_IN, -1, 5), Group.THIS_WEEK),
        (step(StepCode.CHECK_IN, 6, 12), Group.THIS_WEEK),
        (step(StepCode.CHECK_IN, 8, 12), Group.LATER),
        (step(StepCode.LOG_TALK, 2, 3), Group.LATER),
        (step(StepCode.LOG_TALK, -0.1, 0.1), Group.TODAY),
        (step(StepCode.WRITE_TO_REFERRED, -3, -1, blocked=True), Group.THIS_WEEK),
    ],
)
def test_where_a_step_stands(one, group):
    assert place(one, now=NOW, calendar=SEEKER) is group


def test_today_ends_at_the_seekers_midnight():
    tonight = step(StepCode.FOLLOW_UP, 0, 0.5)  # 22 o'clock in New York, tomorrow in UTC
    assert place(tonight, now=NOW, calendar=SEEKER) is Group.TODAY
    assert place(tonight, now=NOW, calendar=Calendar(zone="UTC")) is Group.THIS_WEEK


def test_courtesy_comes_first_whatever_is_due_sooner():
    new, thanks, answer = step(StepCode.CHECK_IN, -9, -9), step(StepCode.THANK), step(StepCode.ANSWER, 0, 3)
    later = step(StepCode.THANK, 0, 2, about=2)
    assert order([new, later, thanks, answer]) == [answer, thanks, later, new]


def test_overdue_urgent_and_stale_are_later_marks():
    old = step(StepCode.ACT_ON_LEAD, -9, -8, urgent=NOW - 7 * DAY, stale=NOW - 4 * DAY)
    assert is_overdue(old, now=NOW)
    assert is_urgent(old, now=NOW)
    assert is_stale(old, now=NOW)
    fresh = step(StepCode.ANSWER)
    for mark in (is_overdue, is_urgent, is_stale):
        assert not mark(fresh, now=NOW)
