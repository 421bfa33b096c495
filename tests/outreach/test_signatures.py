"""What a signature says that is not known yet is offered, and kept when told to."""

from __future__ import annotations

import pytest

from askwell.mailroom.models import Arrival
from askwell.outreach.actions.signatures import keep_news, news_of
from askwell.outreach.errors import BadValue
from askwell.people.journal import last_change, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrival(lina, jane, now):
    def came(**fields):
        said = [{"kind": kind, "value": value, "line": 1} for kind, value in fields.items()]
        return Arrival(owner=lina, contact=jane, at=now, reading={"signature": {"fields": said}})

    return came


def told(arrival):
    return [(news.kind, news.value, news.organization) for news in news_of(arrival)]


def test_what_is_known_is_not_offered(arrival):
    same = arrival(email="JANE@acme.example", title="product manager", organization="Acme Health")
    assert told(same) == []


def test_a_number_is_kept_and_taken_back(arrival, jane, lina, now):
    came = arrival(phone="(312) 555-0147")
    assert told(came) == [("phone", "(312) 555-0147", "")]
    keep_news(came, "phone", now=now)
    assert jane.points.get(kind="phone").norm == "+13125550147"
    assert told(came) == []
    undo(last_change(lina), now=now)
    assert not jane.points.filter(kind="phone").exists()


def test_another_title_at_the_same_place_changes_the_job(arrival, jane, now):
    keep_news(arrival(title="Head of Product"), "job", now=now)
    (job,) = jane.positions.all()
    assert (job.title, job.organization.name) == ("Head of Product", "Acme Health")


def test_another_place_is_another_job(arrival, jane, now):
    keep_news(arrival(title="Head of Product", organization="Globex"), "job", now=now)
    assert {job.organization.name for job in jane.positions.all()} == {"Acme Health", "Globex"}


def test_nothing_is_kept_that_was_not_said(arrival, now):
    with pytest.raises(BadValue):
        keep_news(arrival(), "phone", now=now)


def test_a_message_of_nobody_says_nothing(lina, now):
    assert news_of(Arrival(owner=lina, at=now, reading={})) == ()
