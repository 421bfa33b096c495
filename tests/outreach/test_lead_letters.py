"""Letters to whoever told of a lead: begun from it, checked as any letter, and settling what was owed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.models import Favor, Step
from askwell.rules.facts import Channel, Mode, Occasion

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(jane, now):
    return actions.add_lead(jane, title="Data nurse", organization="Harbor Clinic", now=now)


def steps():
    return set(Step.objects.values_list("code", flat=True))


def send(draft, *, now, **more):
    return actions.record_sent(
        draft.contact, mode=draft.mode, channel=Channel.EMAIL, at=now, now=now, draft=draft, **more
    )


def test_thanks_for_a_lead_name_it_and_settle_the_step(lead, now):
    draft = actions.write_about_lead(lead, occasion=Occasion.LEAD_THANKS, now=now)
    assert draft.mode == Mode.THANKS
    assert "the opening “Data nurse” at Harbor Clinic" in draft.body
    assert actions.write_about_lead(lead, occasion=Occasion.LEAD_THANKS, now=now).pk == draft.pk
    assert "thank_for_lead" in steps()
    send(draft, now=now)
    lead.refresh_from_db()
    assert lead.source_thanked_at == now
    assert "thank_for_lead" not in steps()
    actions.undo_last(lead.owner, now=now)
    lead.refresh_from_db()
    assert lead.source_thanked_at is None
    assert "thank_for_lead" in steps()


def test_a_talk_not_thanked_for_yet_is_left_alone(lead, jane, now):
    talk = actions.record_talk(jane, ended_at=now - timedelta(hours=1), minutes=20, channel="phone", now=now)
    send(actions.write_about_lead(lead, occasion="lead_thanks", now=now), now=now)
    talk.refresh_from_db()
    assert talk.thanked_at is None


def test_what_came_of_it_is_told_by_letter_and_counts_as_given(lead, jane, now):
    actions.record_outcome(lead, outcome="An interview on Tuesday.", now=now)
    draft = actions.write_about_lead(lead, occasion="lead_told", now=now)
    assert "came of it: An interview on Tuesday." in draft.body
    send(draft, now=now)
    lead.refresh_from_db()
    assert lead.outcome_told_at == now
    assert "report_outcome" not in steps()
    assert Favor.objects.filter(contact=jane, kind="give", text="Data nurse").exists()


def test_of_two_leads_the_one_named_in_the_letter_is_meant(lead, jane, now):
    other = actions.add_lead(jane, title="Ward clerk", now=now)
    send(actions.write_about_lead(other, occasion="lead_thanks", now=now), now=now)
    lead.refresh_from_db()
    other.refresh_from_db()
    assert (lead.source_thanked_at, other.source_thanked_at) == (None, now)


def test_nobody_who_asked_for_no_contact_is_written_to(lead, jane, now):
    draft = actions.write_about_lead(lead, occasion="lead_thanks", now=now)
    actions.forbid(jane, now=now)
    with pytest.raises(Refused):
        send(draft, now=now)
    lead.refresh_from_db()
    assert lead.source_thanked_at is None


def test_there_is_no_other_letter_about_a_lead(lead, now):
    for occasion in ("confirm", "nonsense"):
        with pytest.raises(BadValue):
            actions.write_about_lead(lead, occasion=occasion, now=now)
