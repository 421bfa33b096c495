"""Who can introduce Lina: the page, and the letter it leads to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web.scene import person

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.models import Draft, Touch
from askwell.people.bulk import insert
from askwell.people.models import Organization


@pytest.fixture
def ana(owner, clock):
    contact = person(owner, "Ana Reyes", now=clock)
    kept = {"owner": owner, "contact": contact, "recorded_at": clock, "kind": "meeting"}
    insert([Touch(at=clock - timedelta(days=30), direction=way, **kept) for way in ("out", "in")])
    recompute(owner, now=clock)
    return contact


@pytest.fixture
def cho(owner, clock, ana):
    contact = person(owner, "Cho Park", now=clock, organization="Harbor Clinic")
    actions.record_name(ana, name="Cho Park", about=contact, now=clock)
    return contact


def read(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_of_a_person_leads_to_who_can_introduce_one(lina, cho):
    assert f"/people/{cho.pk}/ways/" in read(lina.get(f"/people/{cho.pk}/"))
    shown = read(lina.get(f"/people/{cho.pk}/ways/"))
    assert "Ana Reyes told you of Cho Park" in shown
    assert "Ask Ana Reyes: the note to pass on is drafted" in shown


def test_asking_opens_a_letter_to_the_first_about_the_second_once(lina, ana, cho):
    for _ in range(2):
        answer = lina.post(f"/people/{ana.pk}/introduction/", {"to": cho.pk})
        draft = Draft.objects.get(contact=ana)
        assert answer["Location"] == f"/letters/{draft.pk}/"
    assert draft.mode == "intro_request"
    assert "Cho Park" in draft.body


def test_an_introduction_to_nobody_is_not_found(lina, ana):
    for to in ("", "x", "999999"):
        assert lina.post(f"/people/{ana.pk}/introduction/", {"to": to}).status_code == 404
    assert not Draft.objects.filter(contact=ana).exists()


def test_a_place_says_who_leads_there(lina, owner, ana, cho):
    harbor = Organization.objects.for_owner(owner).get(name="Harbor Clinic")
    assert f"/organizations/{harbor.pk}/ways/" in read(lina.get(f"/organizations/{harbor.pk}/"))
    assert "Ask Ana Reyes" in read(lina.get(f"/organizations/{harbor.pk}/ways/"))


def test_somebody_known_at_a_place_is_asked_themselves(lina, owner, clock, ana):
    actions.add_employers(owner, ["Acme Health"], now=clock)
    acme = Organization.objects.for_owner(owner).get(name="Acme Health")
    assert f"/organizations/{acme.pk}/ways/" in read(lina.get("/leads/employers/"))
    assert "No way is known yet" in read(lina.get(f"/organizations/{acme.pk}/ways/"))
    from askwell.people.actions import add_position

    add_position(ana, organization="Acme Health", now=clock)
    assert "Ask Ana Reyes for twenty minutes" in read(lina.get(f"/organizations/{acme.pk}/ways/"))


def test_without_a_way_the_page_says_what_would_help(lina, owner, clock):
    stranger = person(owner, "Dev Rao", now=clock)
    assert "No way is known yet" in read(lina.get(f"/people/{stranger.pk}/ways/"))


def test_where_something_stands_against_it_the_page_says_so(lina, ana, cho, clock):
    actions.forbid(ana, now=clock)
    shown = read(lina.get(f"/people/{cho.pk}/ways/"))
    assert "Nobody is to be asked" in shown
    assert "the note to pass on" not in shown
