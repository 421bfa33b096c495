"""The frame every page stands in, seen by a real browser."""

from __future__ import annotations

import pytest
from tests.e2e.test_pages import LOOKS, look

PLAIN_PAGES = ["/help/", "/more/", "/changes/", "/find/", "/add/", "/rules/"]


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_pages_of_the_frame_are_accessible_and_keep_to_themselves(open_page, axe, shot, size, theme):
    page = open_page("/more/", size=size, theme=theme)
    assert look(page, {path: path for path in PLAIN_PAGES}, axe, shot, f"frame-{theme}") == {}


def test_a_short_page_fills_the_window_and_no_more(open_page):
    page = open_page("/giving/")
    room = "[document.documentElement.scrollHeight, document.querySelector('.side').scrollWidth]"
    given = "[window.innerHeight, document.querySelector('.side').clientWidth]"
    assert page.evaluate(room) == page.evaluate(given)
