"""What is known of a person decides which questions are suggested for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from askwell.outreach import actions
from askwell.outreach.queries.questions import questions, with_taken
from askwell.people.actions import NewContact, add_contact, add_position
from askwell.rules.facts import Purpose
from askwell.rules.questions.bank import QUESTIONS

pytestmark = pytest.mark.django_db


def keys(page):
    return [line.key for line in page.suggested]


def everything(contact, outreach, *, now):
    """Keys of all variants: what may be suggested at all."""
    return {
        key for number in range(10) for key in keys(questions(contact, outreach, variant=number, now=now))
    }


@pytest.fixture
def asked(jane, now):
    return actions.open_outreach(jane, purpose=Purpose.EXPLORE, now=now)


def test_the_length_of_the_talk_booked_is_what_counts(jane, asked, now):
    assert questions(jane, asked, now=now).minutes == 20
    actions.schedule_talk(asked, starts_at=now + timedelta(days=8), minutes=30, now=now)
    page = questions(jane, asked, now=now)
    assert (page.minutes, page.fit, len(page.suggested)) == (30, 9, 10)


def test_a_path_that_was_imported_is_not_asked_for_again(jane, asked, now):
    assert "path.steps" in everything(jane, asked, now=now)
    add_position(jane, organization="Riverton Clinic", title="Nurse", started="2012", ended="2018", now=now)
    add_position(jane, organization="Lakeside", title="Analyst", started="2018", ended="2021", now=now)
    assert "path.steps" not in everything(jane, asked, now=now)
    first = questions(jane, asked, now=now).suggested[0]
    assert "Their profile says what they did; this asks what it cannot say." in [
        reason.sentence for reason in first.reasons
    ]


def test_who_came_there_lately_is_not_asked_how_the_role_grew(jane, asked, now):
    assert "path.role_today" in everything(jane, asked, now=now)
    jane.positions.update(started=(now - timedelta(days=90)).date().isoformat()[:7])
    assert "path.role_today" not in everything(jane, asked, now=now)


def test_without_an_organization_nothing_is_asked_of_it(lina, now):
    noor = add_contact(lina, NewContact(name="Noor Aziz", title="Freelance researcher"), now=now)
    found = everything(noor, None, now=now)
    assert found
    assert not {"insights.surprised", "insights.idea_to_deed", "role.company"} & found


def test_a_talk_that_was_held_makes_a_stranger_someone_known(jane, asked, now):
    assert keys(questions(jane, asked, now=now))[0] == "path.pull"
    actions.record_talk(jane, ended_at=now - timedelta(hours=1), now=now)
    assert keys(questions(jane, asked, now=now))[0] == "path.since_then"


def test_an_old_key_is_taken_and_an_unknown_one_left(asked, now):
    kept = with_taken(asked, (), ["culture.lunch", "nothing.there"], now=now)
    assert kept == [{"text": QUESTIONS["culture.lunch"].text, "starred": False}]


def test_the_number_of_queries_is_bounded(jane, asked, now):
    with CaptureQueriesContext(connection) as asking:
        questions(jane, asked, now=now)
    assert len(asking) <= 24
