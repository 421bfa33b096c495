"""A line typed whole finds the people it asks for, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.queries import PeopleFilter, filter_of, people_page
from askwell.people.actions import NewContact, add_contact, edit_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(lina, now):
    return add_contact(
        lina, NewContact(name="Ana Ruiz", organization="Acme Health", title="Head nurse"), now=now
    )


def names(owner, line, now):
    where = filter_of(owner, line, now=now)
    assert where is not None
    return [row.name for row in people_page(owner, where, now=now).rows]


def test_where_when_and_by_whom_are_each_a_filter(lina, jane, kenji, ana, now):
    edit_contact(jane, place="Chicago, Illinois", now=now)
    actions.record_talk(kenji, ended_at=now - timedelta(days=2), now=now)
    assert names(lina, "managers in chicago", now) == ["Jane Doe"]
    assert names(lina, "stories in chicago", now) == []
    assert names(lina, "not talked to this month", now) == ["Jane Doe", "Ana Ruiz"]
    assert names(lina, "talked to this month", now) == ["Kenji Sato"]
    assert names(lina, "never talked to, at Acme Health", now) == ["Jane Doe", "Ana Ruiz"]
    assert names(lina, "at Hikari without e-mail", now) == []
    assert filter_of(lina, "who hires, at acme health", now=now) == PeopleFilter(
        hires=True, organization=ana.positions.get().organization_id, said=True
    )


def test_words_stay_as_they_were_typed_and_find_one_of_several(lina, jane, ana, now):
    edit_contact(ana, place="Chicago", now=now)
    for line in ("nurses in Chicago", "nurse in Chicago"):
        assert filter_of(lina, line, now=now).text == line.split()[0]
        assert names(lina, line, now) == ["Ana Ruiz"]


def test_whom_somebody_knows_is_who_is_recorded_to_know_them(lina, jane, ana, kenji, now):
    actions.record_name(jane, name="Omar Said", given_at=now, now=now)
    assert "Omar Said" in names(lina, "someone Jane knows", now)
    assert names(lina, "someone Kenji knows", now) == []


def test_a_line_may_be_german_or_arabic(lina, jane, kenji, ana, now):
    edit_contact(jane, place="Köln", now=now)
    actions.record_name(jane, name="Omar Said", given_at=now, now=now)
    actions.record_talk(kenji, ended_at=now - timedelta(days=2), now=now)
    assert names(lina, "manager in Köln, diesen Monat nicht gesprochen", now) == ["Jane Doe"]
    assert "Omar Said" in names(lina, "jemand, den Jane kennt", now)
    assert names(lina, "تحدثت معه هذا الشهر", now) == ["Kenji Sato"]


def test_a_day_is_the_seekers_own(lina, jane, now):
    """Eleven at night of the last of October in Chicago is November in Greenwich."""
    late = now.replace(month=11, day=1, hour=4)
    actions.record_talk(jane, ended_at=late, now=now)
    assert names(lina, "not in touch since November", now) == ["Jane Doe"]


@pytest.mark.parametrize("line", ["jane doe", "nurses in Atlantis", "someone Zoe knows", "at Globex", ""])
def test_what_the_notebook_does_not_know_stays_words(lina, jane, now, line):
    assert filter_of(lina, line, now=now) is None


def test_places_and_people_of_others_are_not_known(lina, jane, other_owner, now):
    edit_contact(jane, place="Chicago", now=now)
    assert filter_of(other_owner, "in Chicago", now=now) is None
    assert filter_of(other_owner, "someone Jane knows", now=now) is None
    where = PeopleFilter(known_to=jane.pk, quiet_since=date.min)
    assert people_page(other_owner, where, now=now).rows == []
