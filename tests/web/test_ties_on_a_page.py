"""On a contact's page: what the strength of the tie rests on, and whom they know."""

from __future__ import annotations

import re

import pytest
from tests.web.scene import person

from askwell.outreach import actions
from askwell.people.actions import add_position


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def ana(owner, clock):
    return person(owner, "Ana Reyes", now=clock, organization="Lakeside Hospital")


def test_the_page_says_whom_they_may_know_and_why(lina, owner, ana, clock):
    omar = person(owner, "Omar Said", now=clock)
    assert "Whom they may know" not in text(lina.get(f"/people/{ana.pk}/"))
    actions.record_name(ana, name="Omar Said", about=omar, now=clock)
    for contact, started, ended in ((ana, "2020", "2023"), (omar, "2021", "2024")):
        add_position(
            contact, organization="Acme Health", started=started, ended=ended, current=False, now=clock
        )
    for page in (lina.get(f"/people/{ana.pk}/"), lina.get(f"/people/{omar.pk}/")):
        assert "Ana Reyes told you of Omar Said ; Both at Acme Health 2021–2023" in text(page)


def test_many_are_folded_away(lina, owner, ana, clock):
    for number in range(6):
        other = person(owner, f"Anna Number{number}", now=clock)
        actions.record_name(ana, name=other.name, about=other, now=clock)
    page = text(lina.get(f"/people/{ana.pk}/"))
    assert "2 more" in page
    assert page.count("Ana Reyes told you of Anna") == 6


def test_the_page_says_what_the_strength_rests_on(lina, ana, clock):
    assert "The last time was on" not in text(lina.get(f"/people/{ana.pk}/"))
    actions.set_closeness(ana, closeness=4, now=clock)
    assert "You put it at 4 of 5 yourself." in text(lina.get(f"/people/{ana.pk}/"))
