"""The palette, by keyboard and by ear: a field and a list to choose from."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.e2e.test_hands import at


def opened(page, text=""):
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    return page.get_by_role("combobox", name="Find a person or a place")


def test_one_stays_in_the_field_while_the_arrows_choose(page, scene):
    at(page, "/talks/")
    field = opened(page, "note to okaf")
    options = page.get_by_role("option")
    expect(options.first).to_have_text("Note about Amara Okafor")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/people/{scene.amara.pk}/do/note/$"))


def test_it_opens_with_the_places_and_goes_to_any(page, scene):
    at(page, "/")
    opened(page)
    expect(page.get_by_role("listbox", name="Places")).to_be_visible()
    page.keyboard.type("employers")
    expect(page.get_by_role("option").first).to_have_text("Employers")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/leads/employers/$"))


def test_it_is_accessible_with_finds_in_it(page, scene, axe, shot):
    at(page, "/")
    opened(page, "ama")
    expect(page.get_by_role("option").first).to_contain_text("Amara")
    shot(page, "palette")
    assert axe(page) == []
    assert page.complaints == []


def test_without_script_it_is_a_page_of_links(open_page, scene):
    page = open_page("/find/", script=False)
    page.get_by_role("searchbox", name="Find a person or a place").fill("note to okaf")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Note about Amara Okafor").click()
    expect(page).to_have_url(re.compile(f"/people/{scene.amara.pk}/do/note/$"))
