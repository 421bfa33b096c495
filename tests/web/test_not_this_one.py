"""Not this one: somebody suggested on Today is set aside, and comes back when asked to."""

from __future__ import annotations

import pytest
from tests.web.scene import person

from askwell.outreach.models import Snooze


@pytest.fixture
def ana(owner, clock):
    return person(owner, "Ana Reyes", now=clock, title="Product manager", organization="Lakeside Hospital")


def on_today(lina):
    return "Ana Reyes" in lina.get("/").content.decode()


def test_a_suggestion_is_set_aside_with_a_reason_and_brought_back(lina, ana):
    page = lina.get("/").content.decode()
    assert "Not this one" in page
    assert 'href="/aside/"' in page
    answer = lina.post(f"/people/{ana.pk}/aside/", {"because": "never"}, follow=True)
    assert "Ana Reyes is set aside." in answer.content.decode()
    assert "Undo" in answer.content.decode()
    listed = lina.get("/aside/").content.decode()
    assert "Never suggested, until you take that back." in listed
    lina.post(f"/people/{ana.pk}/suggest-again/")
    assert on_today(lina)
    assert "Nobody is set aside" in lina.get("/aside/").content.decode()


def test_a_reason_that_is_none_changes_nothing(lina, ana):
    answer = lina.post(f"/people/{ana.pk}/aside/", {"because": "maybe"}, follow=True)
    assert "Say whether it is for now" in answer.content.decode()
    assert not Snooze.objects.exists()
    answer = lina.post(f"/people/{ana.pk}/suggest-again/", follow=True)
    assert "Nobody set Ana Reyes aside." in answer.content.decode()


def test_nobody_sets_anothers_people_aside(client, other_owner, ana):
    client.force_login(other_owner)
    assert client.post(f"/people/{ana.pk}/aside/", {"because": "never"}).status_code == 404
    assert client.post(f"/people/{ana.pk}/suggest-again/").status_code == 404
    assert "Ana" not in client.get("/aside/").content.decode()
