"""Names people gave: leave to use theirs guards every letter; from the request to the report."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.errors import Refused
from askwell.outreach.models import Advice, Introduction, Step
from askwell.people.actions import NewContact, add_contact
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Leave


@pytest.fixture
def ana(owner, now):
    return add_contact(owner, NewContact(name="Ana Sol", emails=["ana@harbor.example"]), now=now)


@pytest.fixture
def ben(owner, now):
    new = NewContact(name="Ben Oye", emails=["ben@lake.example"], organization="Lake Clinic", title="Planner")
    return add_contact(owner, new, now=now)


def refusals(contact, words, now, **more):
    reasons = dict.fromkeys(("M00", "K02", "P01", "K06", "T03"), "It is right so.")
    try:
        actions.record_sent(
            contact,
            channel="email",
            at=now,
            now=now,
            subject="Your work",
            body=words,
            overrides=reasons,
            **more,
        )
    except Refused as refused:
        return [each.reason.text for each in refused.decision.refusals if each.hard]
    return []


WITHOUT_LEAVE = ["refuse.name_without_leave"]


@pytest.mark.parametrize(
    "words",
    [
        "Ana Sol suggested that I write.",
        "ANA  SOL gave me your name.",
        "Ána Sól sent me.",
        "Ana suggested you.",
    ],
)
@pytest.mark.parametrize("mode", ["informational", "check_in", "reconnect", "event_follow_up"])
def test_a_name_without_leave_goes_into_no_letter_however_it_is_written(ana, ben, now, words, mode):
    actions.record_name(ana, name="Ben Oye", about=ben, now=now)
    actions.open_outreach(ben, purpose="explore", now=now, overrides={"P01": "It will come."})
    assert refusals(ben, f"Dear Ben,\n\n{words} Could we talk?\n", now, mode=mode) == WITHOUT_LEAVE


def test_with_leave_it_passes_with_and_without_an_outreach(ana, ben, now):
    actions.record_name(ana, name="Ben Oye", about=ben, leave=Leave.GIVEN, now=now)
    words = "Dear Ben,\n\nAna Sol suggested that I write. Here is the list of wards we spoke of.\n"
    assert refusals(ben, words, now, mode="check_in") == []


def test_leave_refused_later_shuts_the_door_again(ana, ben, now):
    named = actions.record_name(ana, name="Ben Oye", about=ben, leave=Leave.GIVEN, now=now)
    actions.set_leave(named, leave=Leave.REFUSED, now=now)
    words = "Dear Ben,\n\nAna Sol suggested that I write.\n"
    assert refusals(ben, words, now, mode="check_in") == WITHOUT_LEAVE


def test_whoever_told_of_an_opening_is_not_named_there_without_leave(ana, ben, now):
    actions.add_lead(ana, title="Planner", organization="Lake Clinic", now=now)
    words = "Dear Ben,\n\nAna Sol told me about the opening.\n"
    assert refusals(ben, words, now, mode="check_in") == WITHOUT_LEAVE
    actions.record_name(ana, name="Ben Oye", about=ben, leave=Leave.GIVEN, now=now)
    assert refusals(ben, words, now, mode="check_in") == []


def test_a_namesake_of_whoever_gave_the_name_is_nobodys_secret(ana, ben, now):
    actions.record_name(ana, name="Ben Oye", about=ben, now=now)
    words = "Dear Ben,\n\nI have read what Ana Solberg wrote about your wards, and it helped me.\n"
    assert refusals(ben, words, now, mode="check_in") == []


def test_the_same_name_given_again_keeps_the_leave_and_owes_one_report(ana, ben, now):
    actions.record_name(ana, name="Ben Oye", about=ben, leave=Leave.GIVEN, now=now)
    again = actions.record_name(ana, name="Ben Oye", about=ben, now=now + timedelta(days=3))
    assert again.leave == Leave.GIVEN
    assert Advice.objects.count() == 1
    assert not Step.objects.filter(code=StepCode.GET_LEAVE).exists()
    actions.undo_last(ana.owner, now=now + timedelta(days=3))
    assert Introduction.objects.count() == 1


def test_from_the_request_to_the_report(owner, ana, ben, now):
    """Ana is asked, asks Ben, who says yes; the letter opens with Ana; after the talk Ana is told in a week."""
    actions.set_goal(owner, text="Work as a data analyst in public health in Leeds", now=now)
    request = actions.new_draft(
        ana,
        mode="intro_request",
        given={"introduce_to": "Ben Oye", "introduce_why": "how his team plans"},
        now=now,
    )
    assert "forward" in request.body or "pass" in request.body
    assert request.outreach is None
    actions.record_sent(ana, mode="intro_request", channel="email", at=now, now=now, draft=request,
                        overrides={"M00": "So.", "P01": "So."})  # fmt: skip
    day = now + timedelta(days=1)
    named = actions.record_name(ana, name="Ben Oye", about=ben, leave=Leave.ASKED, now=day)
    actions.set_leave(named, leave=Leave.GIVEN, now=day)
    due = Step.objects.get(code=StepCode.WRITE_TO_REFERRED)
    assert (due.contact, due.about_id) == (ben, named.pk) or due.contact == ben
    outreach = actions.open_outreach(ben, purpose="explore", referrer=ana, now=day, overrides={"R01": "So."})
    letter = actions.new_draft(ben, mode="informational", outreach=outreach, now=day)
    first = letter.body.split("\n\n")[1]
    assert "Ana Sol" in first.split(".")[0]
    actions.record_sent(ben, mode="informational", channel="email", at=day, now=day, draft=letter,
                        outreach=outreach, overrides={"M00": "So.", "R01": "So."})  # fmt: skip
    held = day + timedelta(days=4)
    actions.record_talk(ben, ended_at=held, outreach=outreach, now=held)
    report = Step.objects.get(code=StepCode.CLOSE_LOOP, contact=ana)
    assert report.due <= held + timedelta(days=7)
