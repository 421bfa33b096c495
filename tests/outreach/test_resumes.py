"""The resume Jane asked for: owed, sent by a letter that may have it with it, counted as gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.letters import correspondence, lint_context, lint_letter
from askwell.outreach.models import Resume, ResumeRequest, Seeker, Step
from askwell.people.journal import last_change, undo
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Channel, Mode, Occasion

ATTACHED = """Dear Jane Doe,

It was good to hear how the wards went over to the new lists, and what you would do otherwise today.
Please find my resume attached. Thank you for your time, and all the best for the winter.

Kind regards,
Lina Berg
"""


def codes(contact):
    return list(Step.objects.filter(contact=contact).values_list("code", flat=True))


def test_asking_for_it_makes_a_debt_that_a_letter_settles(lina, jane, now):
    version = actions.add_resume(lina, name="Product, two pages", where="~/cv.pdf", now=now)
    actions.resume_asked(jane, now=now)
    assert StepCode.SEND_RESUME in codes(jane)
    draft = actions.new_draft(jane, mode=Mode.CHECK_IN, occasion=Occasion.RESUME, now=now)
    assert "I attach my resume (Product, two pages)" in draft.body
    later = now + timedelta(hours=1)
    actions.record_sent(
        jane, mode=Mode.CHECK_IN, channel=Channel.EMAIL, draft=draft, at=later, now=later,
        overrides={"M00": "checked", "T01": "they wait"},
    )  # fmt: skip
    request = ResumeRequest.objects.get()
    assert (request.resume, request.sent_at) == (version, later)
    assert StepCode.SEND_RESUME not in codes(jane)
    undo(last_change(lina), now=later)
    assert ResumeRequest.objects.get().sent_at is None
    assert StepCode.SEND_RESUME in codes(jane)


def test_the_check_of_a_letter_learns_that_they_asked(lina, jane, now):
    def found():
        about = correspondence(jane, now=now)
        words = lint_letter(
            about, mode=Mode.CHECK_IN, channel=Channel.EMAIL, subject="My resume", body=ATTACHED
        )
        return {finding.code for finding in words} & {"M11", "D02"}

    assert found() == {"M11"}
    actions.resume_asked(jane, now=now)
    assert found() == set()
    assert lint_context(
        correspondence(jane, now=now), mode=Mode.CHECK_IN, channel=Channel.EMAIL
    ).resume_requested


def test_unasked_it_stays_at_home_unless_there_is_a_reason(lina, jane, now):
    with pytest.raises(Refused) as refused:
        actions.send_resume(jane, now=now)
    assert [one.reason.rule for one in refused.value.decision.refusals] == ["D02"]
    assert not ResumeRequest.objects.exists()
    sent = actions.send_resume(jane, now=now, overrides={"D02": "She offered on the phone", "T01": "-"})
    assert sent.sent_at == now


def test_nobody_who_asked_to_be_left_in_peace_is_sent_one(lina, jane, now):
    actions.resume_asked(jane, now=now)
    actions.forbid(jane, now=now)
    with pytest.raises(Refused) as refused:
        actions.send_resume(jane, now=now, overrides={"D02": "yes", "Q04": "yes"})
    assert refused.value.decision.forbidden


def test_asked_twice_is_asked_once_and_the_version_may_be_chosen(lina, jane, now):
    first = actions.resume_asked(jane, now=now)
    short = actions.add_resume(
        lina, name="One page", now=now - timedelta(days=9), made_at=now - timedelta(days=9)
    )
    actions.add_resume(lina, name="Two pages", now=now)
    assert actions.resume_asked(jane, resume=short, now=now).pk == first.pk
    done = actions.send_resume(jane, now=now, overrides={"T01": "-"})
    assert done.resume == short


def test_a_request_is_let_go_but_not_once_it_was_sent(lina, jane, now):
    request = actions.resume_asked(jane, now=now)
    actions.drop_request(request, now=now)
    assert StepCode.SEND_RESUME not in codes(jane)
    again = actions.resume_asked(jane, now=now)
    assert again.pk != request.pk
    actions.send_resume(jane, now=now, overrides={"T01": "-"})
    with pytest.raises(BadValue):
        actions.drop_request(again, now=now)


def test_the_newest_version_says_how_fresh_the_resume_is(lina, now):
    old = now - timedelta(days=100)
    actions.add_resume(lina, name="Of spring", made_at=old, now=now)
    assert Seeker.objects.get(owner=lina).resume_updated_at == old
    actions.add_resume(lina, name="Of today", now=now)
    actions.add_resume(lina, name="Found again", made_at=old, now=now)
    assert Seeker.objects.get(owner=lina).resume_updated_at == now


def test_a_version_put_away_is_not_sent_any_more(lina, jane, now):
    version = actions.add_resume(lina, name="Of spring", now=now)
    actions.retire_resume(version, now=now)
    actions.resume_asked(jane, now=now)
    assert (
        "I attach my resume."
        in actions.new_draft(jane, mode=Mode.CHECK_IN, occasion=Occasion.RESUME, now=now).body
    )
    actions.retire_resume(version, retired=False, now=now)
    actions.change_resume(version, name="Of autumn", made_at=now, now=now)
    assert Resume.objects.get(retired_at=None).name == "Of autumn"


def test_done_says_that_it_went(lina, jane, now):
    actions.resume_asked(jane, now=now)
    step = Step.objects.get(code=StepCode.SEND_RESUME)
    actions.mark_done(lina, key=step.key, now=now)
    assert ResumeRequest.objects.get().sent_at == now


def test_versions_are_listed_with_their_age_and_to_whom_they_went(lina, jane, now):
    old = now - timedelta(days=100)
    actions.add_resume(lina, name="Of spring", made_at=old, now=now)
    actions.resume_asked(jane, now=now)
    page = queries.resumes(lina, now=now)
    (line,) = page.versions
    assert (line.resume.name, line.days, line.sent) == ("Of spring", 100, ())
    assert line.hint.rule == "D02"
    assert [one.contact for one in page.waiting] == [jane]
    actions.send_resume(jane, now=now, overrides={"T01": "-"})
    page = queries.resumes(lina, now=now)
    assert [one.contact for one in page.versions[0].sent] == [jane]
    assert page.waiting == ()
