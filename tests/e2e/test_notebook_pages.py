"""People, imports, settings, leads, events: accessible, quiet and upright, full and empty, in both themes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.e2e.test_pages import LOOKS, look

from askwell.outreach import actions
from askwell.people import importing
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Review

EMPTY = [
    "/people/", "/organizations/", "/import/", "/review/", "/welcome/", "/goal/", "/settings/", "/settings/numbers/",
    "/settings/confidential/", "/settings/data/", "/leads/", "/events/", "/introductions/",
    "/introductions/tree/", "/introductions/offers/",
]  # fmt: skip
TABLE = "Who,Firm,Mail\nTom Brandt,Mercy Health,tom@mercy.example\nNia Adeyemi,Mercy Health,not-an-address\n"


@pytest.fixture
def full(scene, owner, clock, tmp_path):
    """What the notebook's scene does not have: imports, a pair, a lead, events."""
    twin = add_contact(owner, NewContact(name="Amara Okafor", organization="Mercy Health"), now=clock)
    Review.objects.create(owner=owner, left=scene.amara, right=twin, reason="same-name", at=clock)
    lead = actions.add_lead(scene.luis, title="Analyst at Mercy", now=clock)
    coming = actions.add_event(owner, name="Alumni dinner", starts_at=clock + timedelta(days=3), now=clock)
    was = actions.add_event(owner, name="Night of logistics", starts_at=clock - timedelta(days=1), now=clock)
    actions.add_encounter(was, contact=scene.jonas, said="night deliveries", now=clock)
    actions.record_name(scene.luis, name="Tom Brandt", now=clock)
    offer = actions.begin_offer(scene.luis, scene.jonas, why="Both plan nights.", now=clock)
    agreed = actions.begin_offer(scene.amara, scene.chen, now=clock)
    for side in ("left", "right"):
        actions.record_offer_answer(agreed, side, yes=True, now=clock)
    planned, brought = (_import(owner, tmp_path, clock, name) for name in ("friends.csv", "others.csv"))
    importing.apply_import(brought, now=clock)
    organization = scene.amara.positions.first().organization_id
    return {
        "people": "/people/",
        "people-by-touch": "/people/?sort=touch&q=l",
        "organizations": "/organizations/",
        "organization": f"/organizations/{organization}/",
        "review": "/review/",
        "merge": f"/people/{scene.amara.pk}/merge/?with={scene.luis.pk}",
        "merge-find": f"/people/{scene.amara.pk}/merge/",
        "imports": "/import/",
        "import-plan": f"/import/{planned.pk}/",
        "import-columns": f"/import/{planned.pk}/columns/",
        "import-problems": f"/import/{planned.pk}/problems/",
        "import-done": f"/import/{brought.pk}/",
        "welcome": "/welcome/",
        "goal": "/goal/",
        "settings": "/settings/",
        "numbers": "/settings/numbers/",
        "confidential": "/settings/confidential/",
        "data": "/settings/data/",
        "leads": "/leads/",
        "lead": f"/leads/{lead.pk}/",
        "events": "/events/",
        "event": f"/events/{coming.pk}/",
        "event-after": f"/events/{was.pk}/",
        "introductions": "/introductions/",
        "tree": "/introductions/tree/?find=amara",
        "tree-list": "/introductions/tree/?as=list",
        "offers": "/introductions/offers/",
        "offer": f"/introductions/offers/{offer.pk}/",
        "offer-agreed": f"/introductions/offers/{agreed.pk}/",
    }


def _import(owner, folder, clock, name):
    path = folder / name
    path.write_text(TABLE.replace("Tom", name.split(".")[0].title()))
    batch = importing.start_import(owner, [(name, path)], now=clock)
    importing.run_reading(batch, now=clock)
    return batch


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_a_full_notebook_is_accessible(open_page, full, axe, shot, size, theme):
    page = open_page("/more/", size=size, theme=theme)
    assert look(page, full, axe, shot, f"{size}-{theme}") == {}


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_an_empty_notebook_is_accessible(open_page, axe, shot, size, theme):
    page = open_page("/more/", size=size, theme=theme)
    assert look(page, {path: path for path in EMPTY}, axe, shot, f"empty-{theme}") == {}


def test_a_tree_wider_than_the_screen_begins_at_its_beginning_and_says_how_all_of_it_is_seen(open_page, full):
    page = open_page("/introductions/tree/", size="phone")
    view, whole = page.locator(".grown-view"), page.get_by_role("button", name="All of it")
    page.locator(".grown-view.goes-on").wait_for()
    assert view.evaluate("view => view.scrollLeft") == 0
    assert "button--do" in whole.get_attribute("class")
    whole.click()
    page.locator(".grown-view:not(.goes-on)").wait_for()
    assert view.evaluate("view => view.scrollWidth - view.clientWidth") <= 1
    assert "button--do" not in whole.get_attribute("class")


def test_of_a_card_with_long_lines_nothing_is_hidden(open_page, full, owner, clock):
    way = "linkedin.example/in/maria-magdalena-konstantinopolskaya-von-hohenlohe"
    name, role = "Maria-Magdalena Konstantinopolskaya von Hohenlohe", "Analyst for hospital groups " * 3
    actions.keep_card(owner, name=name, role=role, phone="+1 312 555 0142", profile=way, now=clock)
    page = open_page("/settings/cards/", size="phone")
    card = page.locator(".bizcard").first
    assert card.evaluate("card => card.scrollHeight - card.clientHeight") <= 1
    inside, around = card.get_by_text(way).bounding_box(), card.bounding_box()
    assert inside["y"] + inside["height"] <= around["y"] + around["height"]
