"""The resume: when someone asks, they mean now; when nobody asks, it stays at home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from askwell.rules.decisions import StepCode
from askwell.rules.explain import reasons, sentence, title
from askwell.rules.facts import Calendar, Relationship, ResumeRequestFacts
from askwell.rules.grouping import Group, place
from askwell.rules.presets import PRESETS
from askwell.rules.resume import age_hint, may_send_resume
from askwell.rules.steps import steps_for

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
PRESET = PRESETS["askwell"]


def asked(**more):
    return Relationship(contact=7, resume_requests=(ResumeRequestFacts(id=3, asked_at=FRIDAY),), **more)


def test_whoever_asked_gets_it_by_the_next_business_day():
    (step,) = steps_for(asked(), preset=PRESET, now=FRIDAY)
    assert (step.code, step.key) == (StepCode.SEND_RESUME, "send_resume:resume_request:3")
    assert step.due.date() == datetime(2026, 11, 23, tzinfo=UTC).date()
    assert title(step, name="Jane") == "Send your resume to Jane"
    assert reasons(step)[0].startswith("They asked for your resume. It goes out within a business day")
    assert place(step, now=FRIDAY, calendar=Calendar()) is Group.OWED


def test_it_stands_right_after_a_promise():
    codes = list(StepCode)
    assert codes.index(StepCode.SEND_RESUME) == codes.index(StepCode.KEEP_PROMISE) + 1


def test_nothing_is_owed_to_whoever_asked_to_be_left_in_peace():
    assert steps_for(asked(do_not_contact=True), preset=PRESET, now=FRIDAY) == ()


def test_unasked_it_needs_a_reason():
    decision = may_send_resume(asked=False, made_at=None, preset=PRESET, now=FRIDAY)
    assert not decision.allowed
    assert not decision.forbidden
    assert decision.with_overrides([("D02", "She is my aunt")]).allowed
    assert may_send_resume(asked=True, made_at=FRIDAY, preset=PRESET, now=FRIDAY).allowed


def test_a_version_over_ninety_days_is_hinted_at_and_no_more():
    made = FRIDAY - timedelta(days=91)
    decision = may_send_resume(asked=True, made_at=made, preset=PRESET, now=FRIDAY)
    assert decision.allowed
    (hint,) = decision.hints
    assert sentence(hint) == "This version is 91 days old, more than 90; look it over before it goes out."
    assert age_hint(FRIDAY - timedelta(days=90), preset=PRESET, now=FRIDAY) is None
