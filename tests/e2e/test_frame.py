"""The frame every page stands in, seen by a real browser."""

from __future__ import annotations

import pytest

PLAIN_PAGES = ["/help/", "/more/", "/changes/", "/find/", "/add/", "/rules/"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PLAIN_PAGES)
def test_pages_of_the_frame_are_accessible_and_keep_to_themselves(open_page, axe, shot, path, theme):
    page = open_page(path, theme=theme)
    shot(page, f"frame{path}{theme}")
    assert axe(page) == []
    assert page.strangers == []
    assert page.complaints == []


def test_a_short_page_fills_the_window_and_no_more(open_page):
    page = open_page("/giving/")
    room = "[document.documentElement.scrollHeight, document.querySelector('.side').scrollWidth]"
    given = "[window.innerHeight, document.querySelector('.side').clientWidth]"
    assert page.evaluate(room) == page.evaluate(given)
