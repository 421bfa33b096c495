"""The whole method once, end to end, with the steps at each moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.errors import Refused
from askwell.outreach.models import Advice, Promise, Step

from .conftest import GOOD_LETTER, utc

pytestmark = pytest.mark.django_db


def due(owner, *, now):
    """Codes of the steps that are shown at this moment, in the order of Today; upkeep has tests of its own."""
    shown = Step.objects.for_owner(owner).filter(earliest__lte=now).order_by("rank", "due")
    return [step.code for step in shown if step.code not in {"renew_goal", "review_week"}]


def test_the_whole_method_once_from_goal_to_staying_in_touch(lina, jane):
    monday = utc(2026, 11, 2, 15, 0)
    outreach = actions.open_outreach(
        jane, purpose="explore", now=monday, hook="her talk on triage dashboards"
    )
    assert due(lina, now=monday) == ["finish_draft"]

    actions.record_sent(
        jane, mode="informational", channel="email", at=monday, now=monday,
        subject="Riverton alumni: twenty minutes on hospital products?", body=GOOD_LETTER,
    )  # fmt: skip
    outreach.refresh_from_db()
    assert outreach.state == "awaiting_reply"
    assert due(lina, now=monday) == []

    assert due(lina, now=utc(2026, 11, 11, 15, 30)) == []  # Veterans Day is no business day
    week_later = utc(2026, 11, 12, 15, 30)  # seven business days
    assert due(lina, now=week_later) == ["follow_up"]
    actions.record_sent(jane, mode="follow_up", channel="email", at=week_later, now=week_later)
    assert due(lina, now=week_later) == []

    friday = utc(2026, 11, 13, 16, 0)
    actions.record_reply(jane, what="yes", at=friday, now=friday, text="Gladly. Next week?")
    outreach.refresh_from_db()
    assert outreach.state == "arranging"
    assert due(lina, now=friday) == ["arrange_talk"]

    talk = actions.schedule_talk(
        outreach, starts_at=utc(2026, 11, 18, 16, 0), now=friday, zone="America/Chicago", where="+13125550123"
    )
    assert due(lina, now=friday) == ["prepare_talk"]
    day_before = utc(2026, 11, 17, 16, 0)
    assert due(lina, now=day_before) == ["confirm_talk", "prepare_talk"]
    actions.confirm_talk(talk, now=day_before)
    actions.save_homework(outreach, homework={"prepared": True}, now=day_before)
    assert due(lina, now=day_before) == []

    after = utc(2026, 11, 18, 16, 25)
    actions.record_held(talk, now=after, ended_at=utc(2026, 11, 18, 16, 21), share_theirs=75)
    assert due(lina, now=after) == ["thank", "reflect"]

    named = actions.record_name(jane, name="Omar Reyes", email="omar@beta.example", talk=talk, now=after)
    promise = actions.make_promise(jane, text="Send the reading list", mine=True, talk=talk, now=after)
    assert due(lina, now=after) == ["thank", "keep_promise", "get_leave", "reflect", "write_to_referred"]
    write = Step.objects.get(code="write_to_referred")
    assert write.contact == named.about
    assert write.blocked_by["rule"] == "I04"

    actions.set_leave(named, leave="given", now=after)
    actions.record_thanks(jane, talk=talk, now=after)
    actions.keep_promise(promise, now=after)
    actions.reflect(talk, answers={"learnt": "Wards decide", "happy_there": "I think so"}, now=after)
    outreach.refresh_from_db()
    assert outreach.state == "in_touch"
    assert due(lina, now=after) == ["write_to_referred"]
    assert Step.objects.get(code="write_to_referred").blocked_by is None
    assert Promise.objects.get().kept_at == after
    assert Advice.objects.get().introduction == named

    three_weeks = after + timedelta(days=22)
    assert "check_in" in due(lina, now=three_weeks)
    recompute(lina, now=three_weeks)
    actions.record_sent(jane, mode="check_in", channel="email", at=three_weeks, now=three_weeks)
    assert "check_in" not in due(lina, now=three_weeks)
    assert recompute(lina, now=three_weeks).changed == 0


def test_two_unanswered_tries_and_one_more_end_in_a_refusal(lina, jane):
    first = utc(2026, 11, 2, 15, 0)
    outreach = actions.open_outreach(jane, purpose="explore", now=first)
    actions.record_sent(jane, mode="informational", channel="email", at=first, now=first)
    for at in (utc(2026, 11, 12, 15, 0), utc(2026, 11, 23, 15, 0)):
        actions.record_sent(jane, mode="follow_up", channel="email", at=at, now=at)
    fourth = utc(2026, 12, 4, 15, 0)
    with pytest.raises(Refused) as refused:
        actions.record_sent(jane, mode="follow_up", channel="email", at=fourth, now=fourth)
    assert refused.value.decision.forbidden
    assert [one.reason.text for one in refused.value.decision.refusals] == ["refuse.touches_used_up"]

    assert actions.settle(lina, now=fourth) == 1
    assert actions.settle(lina, now=fourth) == 0
    outreach.refresh_from_db()
    assert outreach.state == "closed_no_reply"
    assert not Step.objects.filter(contact=jane).exists()
    with pytest.raises(Refused) as refused:
        actions.open_outreach(jane, purpose="explore", now=fourth)
    assert refused.value.decision.forbidden
