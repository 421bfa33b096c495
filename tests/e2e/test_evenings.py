"""Evenings out, cards and versions with something in them: accessible, on a desk and a phone, in both themes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.e2e.test_pages import LOOKS, look

from askwell.outreach import actions


@pytest.fixture
def evening(scene, clock):
    """An evening that goes on, planned, with two people met; a card; a version; somebody who asked."""
    owner = scene.owner
    actions.keep_card(
        owner, email="lina@northfield.example", back="I find what is lost", skills=["SQL"], now=clock
    )
    actions.add_resume(owner, name="Analyst", where="cv.pdf", made_at=clock - timedelta(days=99), now=clock)
    actions.resume_asked(scene.luis, now=clock)
    place = actions.add_place(owner, name="Hospital circle", look_again_on=clock.date(), now=clock)
    event = actions.add_event(
        owner, name="Meeting", starts_at=clock - timedelta(hours=1), community=place, now=clock
    )
    plan = {"people": "Chen Wei", "questions": "How?", "introduction": "I am Lina.", "offer": "A list"}
    actions.plan_event(event, plan=plan, now=clock)
    actions.add_encounter(event, contact=scene.chen, said="levels", card_given=True, now=clock)
    actions.add_encounter(event, contact=scene.maria, card_given=True, card_taken=True, now=clock)
    return event


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_an_evening_and_the_tools_for_it_are_accessible(open_page, evening, axe, shot, theme, size):
    page = open_page("/settings/cards/", size=size, theme=theme)
    met = evening.encounters.first()
    paths = [
        "/settings/cards/",
        "/settings/cards/qr/",
        "/settings/resumes/",
        "/events/",
        "/events/places/",
        f"/events/places/{evening.community_id}/",
        f"/events/{evening.pk}/",
        f"/events/{evening.pk}/edit/",
        f"/events/{evening.pk}/here/",
        f"/events/{evening.pk}/plan/",
        f"/events/{evening.pk}/met/{met.pk}/",
    ]
    assert look(page, {f"evening{path}": path for path in paths}, axe, shot, f"{size}-{theme}") == {}


def test_somebody_is_added_with_the_keyboard_alone_in_one_field(open_page, evening):
    page = open_page(f"/events/{evening.pk}/here/", size="phone")
    page.keyboard.type("Noor Haddad, buyer at Mercy")  # the field has the caret already
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Met Noor Haddad.")
    assert page.locator("#id_who").evaluate("field => document.activeElement === field")
