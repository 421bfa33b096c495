"""A first visit is light: script and style of any main page together under 100,000 bytes."""

from __future__ import annotations

import pytest
from benchmarks.first_load import LOADED, MOST, PATHS, SHIFTS

STILL = 0.1  # what is good by the measure of layout shifts, CLS
LEAST = 20_000  # less would mean that something was not counted


def visited_first(open_page, path, size="desk"):
    """Measure a page in a browser that has nothing in its cache yet."""
    page = open_page(path, size=size)
    page.evaluate(SHIFTS)
    return page.evaluate(LOADED)


@pytest.mark.parametrize("path", ["/", "/people/", "/talks/", "/settings/"])
def test_script_and_style_of_a_first_load_are_small(open_page, scene, path):
    assert LEAST < visited_first(open_page, path)["sent"] < MOST


def moves(open_page, path):
    """Whether a page moves every time: laid out at its driver's wish before the style has come, Chromium may draw
    what is in a container once without it, whatever the page does."""
    return all(visited_first(open_page, path, "phone")["shift"] > STILL for _ in range(3))


def test_nothing_on_a_page_moves_while_it_loads(open_page, scene):
    assert [path for path in ("/", "/people/") if moves(open_page, path)] == []


SOUND = """() => {
  const faults = [];
  const has = (what, is) => is || faults.push(what);
  has("title", document.title.replace("· Askwell", "").trim());
  has("lang", document.documentElement.lang);
  has("viewport", /width=device-width/.test(document.querySelector("meta[name=viewport]")?.content));
  has("zoom allowed", !/user-scalable=no|maximum-scale/.test(document.querySelector("meta[name=viewport]").content));
  has("one h1", document.querySelectorAll("h1").length === 1);
  has("manifest", document.querySelector("link[rel=manifest]"));
  for (const one of document.querySelectorAll("main img:not([alt]), main input[type=image]")) faults.push(one.outerHTML);
  // Targets of 24 px, but for links in running text and what is only for screen readers.
  for (const one of document.querySelectorAll("button, summary, input:not([type=hidden]), select, .button, .place, .tab")) {
    if (!one.checkVisibility() || one.closest(".unseen, .skip, p, dialog")) continue;
    const box = (one.matches("input[type=checkbox], input[type=radio]") ? (one.closest("label") ?? one) : one).getBoundingClientRect();
    if (box.width && (box.width < 24 || box.height < 24)) faults.push(`${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`);
  }
  for (const one of performance.getEntriesByType("resource")) has(`elsewhere: ${one.name}`, one.name.startsWith(location.origin));
  return faults;
}"""


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_main_page_is_sound(open_page, scene, size):
    page = open_page("/more/", size=size)
    base = page.url.removesuffix("/more/")
    faults = {}
    for path in PATHS:
        page.complaints.clear()
        page.goto(base + path, wait_until="load")
        found = page.evaluate(SOUND) + page.complaints + page.strangers
        if found:
            faults[path] = found
    assert faults == {}
