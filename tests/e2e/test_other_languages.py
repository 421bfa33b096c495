"""The pages in the other languages: one runs from right to left, one has the longest words."""

from __future__ import annotations

import pytest
from tests.e2e.test_pages import is_sound, paths

RUNS = [("ar", "rtl"), ("de", "ltr")]
BY_AXE = ("today", "person", "letter", "live", "compare")


@pytest.mark.parametrize(("locale", "direction"), RUNS)
def test_a_page_in_another_language_keeps_its_shape_where_there_is_least_room(
    open_page, scene, axe, shot, locale, direction
):
    page = open_page("/more/", size="phone", locale=locale)
    root = "/".join(page.url.split("/")[:3])
    faults = {}
    for name, path in paths(scene).items():
        if direction == "ltr" and name not in BY_AXE:
            continue  # what another language changes there is the length of its words
        page.complaints.clear()
        page.goto(root + path)
        shot(page, f"{locale}-{name}")
        try:
            assert page.locator("html").get_attribute("dir") == direction
            is_sound(page, axe if name in BY_AXE else lambda _page: [])
        except AssertionError as fault:
            faults[name] = str(fault)[:1500]
    assert faults == {}


def test_the_places_stand_where_a_line_begins(open_page):
    for locale, direction in RUNS:
        page = open_page("/talks/", locale=locale)
        places, content = page.locator(".side").bounding_box(), page.locator("#content").bounding_box()
        assert (places["x"] > content["x"]) == (direction == "rtl")


def test_an_english_letter_in_a_page_from_right_to_left_runs_from_left_to_right(open_page, scene):
    page = open_page(f"/letters/{scene.draft.pk}/", locale="ar")
    first = page.evaluate(
        """() => { const area = document.querySelector("[data-body]");
                   return [getComputedStyle(area).unicodeBidi, area.value.slice(0, 4)]; }"""
    )
    assert first == ["plaintext", "Dear"]


def test_the_language_is_changed_by_a_press_and_stays(open_page):
    page = open_page("/talks/")
    page.get_by_role("button", name="Deutsch").first.click()
    page.wait_for_url("**/talks/")
    assert page.locator("html").get_attribute("lang") == "de"
    page.goto(page.url)
    assert page.get_by_role("heading", level=1).inner_text() == "Gespräche"
