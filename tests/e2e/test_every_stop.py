"""Every link, button and field of every page is reached with the keyboard, shows where one is, and is large enough."""

from __future__ import annotations

import pytest
from tests.e2e.test_hands import at
from tests.e2e.test_pages import paths

# What stands before every check: which elements one may act upon, and what they are called here.
HERE = """
const acts = "a[href], button, input, select, textarea, summary, [tabindex]";
const called = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
const seen = (one) => one.checkVisibility({ checkVisibilityCSS: true }) && one.type !== "hidden" && !one.disabled;
const all = [...document.querySelectorAll(acts)].filter(seen);
const own = (one) => one.matches("a, button, input, select, textarea, summary");
// Radios that belong together are one stop; arrows go on from there.
const grouped = (one) => one.type === "radio" && [...document.getElementsByName(one.name)].some(
  (other) => other !== one && other.form === one.form && other.checked);
const stops = all.filter((one) => one.tabIndex >= 0 && !grouped(one));
"""

CHECKED = (
    """() => {"""
    + HERE
    + """
  const faults = [];
  const look = (one) => [one, one.parentElement, one.labels?.[0], one.nextElementSibling].filter(Boolean).map((part) => {
    const style = getComputedStyle(part);
    const ring = style.outlineStyle === "none" ? "" : style.outlineStyle + style.outlineWidth + style.outlineColor;
    return [ring, style.boxShadow, style.borderColor, style.backgroundColor].join();
  }).join("|");
  for (const one of all) {
    if (one.tabIndex > 0) faults.push(`out of order: ${called(one)}`);
    // What j and k walk, and what a list of finds or the script itself moves to, is no stop of its own.
    if (own(one) && one.tabIndex < 0 && !one.closest("[data-step], [role=listbox]"))
      faults.push(`not reached: ${called(one)}`);
  }
  for (const one of stops) {
    document.activeElement?.blur();
    const before = look(one);
    one.focus({ preventScroll: true });
    if (document.activeElement !== one) faults.push(`takes no focus: ${called(one)}`);
    else if (look(one) === before) faults.push(`no mark: ${called(one)}`);
  }
  document.activeElement?.blur();
  return faults;
}"""
)

# WCAG 2.2, 2.5.8: 24 by 24, or a circle of that width that touches no other; a link in a sentence may be as it is.
SIZES = (
    """() => {"""
    + HERE
    + """
  const LEAST = 24 - 0.5;
  const box = (one) => {
    const boxes = [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect()).filter((b) => b.width);
    const left = Math.min(...boxes.map((b) => b.left)), right = Math.max(...boxes.map((b) => b.right));
    const top = Math.min(...boxes.map((b) => b.top)), bottom = Math.max(...boxes.map((b) => b.bottom));
    return { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
  };
  const inText = (one) => one.matches("a") && getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const targets = all.filter((one) => own(one)).map((one) => ({ one, ...box(one) }));
  const small = (t) => t.right - t.left < LEAST || t.bottom - t.top < LEAST;
  const near = (t, other) => {
    if (small(other)) return Math.hypot(t.x - other.x, t.y - other.y) < LEAST;
    const dx = Math.max(other.left - t.x, 0, t.x - other.right), dy = Math.max(other.top - t.y, 0, t.y - other.bottom);
    return Math.hypot(dx, dy) < LEAST / 2;
  };
  return targets.filter((t) => small(t) && !inText(t.one) && t.right > 0 && targets.some((other) => {
    return other.one !== t.one && !other.one.contains(t.one) && !t.one.contains(other.one) && near(t, other);
  })).map((t) => `${Math.round(t.right - t.left)} by ${Math.round(t.bottom - t.top)}: ${called(t.one)}`);
}"""
)

# Down a form, a stop never stands above the one before it, nor before it in one line.
ORDER = (
    """() => {"""
    + HERE
    + """
  const faults = [];
  const forward = getComputedStyle(document.documentElement).direction === "rtl" ? -1 : 1;
  for (const form of document.querySelectorAll("main form")) {
    const inside = stops.filter((one) => one.form === form && form.contains(one) && !one.closest("[popover], dialog"));
    inside.slice(1).forEach((one, place) => {
      const before = inside[place].getBoundingClientRect(), now = one.getBoundingClientRect();
      if (!before.width || !now.width) return;
      const above = now.bottom <= before.top + 1;
      const back = now.top < before.bottom - 2 && now.bottom > before.top + 2 && (now.left - before.left) * forward < -2;
      if (above || back) faults.push(`${called(inside[place])} then ${called(one)}`);
    });
  }
  return faults;
}"""
)


FAULTY = """<main><style>.bare:focus { outline: none } .row { display: flex; flex-direction: row-reverse }</style>
<button class="bare">No mark</button><a href="/" tabindex="3">Early</a><button tabindex="-1">Never</button>
<p><button style="all: unset">x</button><button style="all: unset">y</button></p>
<form class="row"><input aria-label="First"><input aria-label="Second"></form></main>"""


def test_what_is_wrong_with_a_page_is_found(browser):
    page = browser.new_page()
    page.set_content(FAULTY)
    page.keyboard.press("Tab")
    found = [fault.partition(":")[0] for fault in page.evaluate(CHECKED)]
    assert {"no mark", "out of order", "not reached"} == set(found)
    assert len(page.evaluate(SIZES)) >= 2
    assert len(page.evaluate(ORDER)) == 1
    page.close()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_stop_of_every_page_is_reached_marked_and_large_enough(open_page, scene, size):
    page = open_page("/more/", size=size)
    faults = {}
    for name, path in paths(scene).items():
        at(page, path)
        page.keyboard.press("Tab")  # from here on it is the keyboard that moves
        found = [*page.evaluate(CHECKED), *page.evaluate(SIZES), *page.evaluate(ORDER)]
        if found:
            faults[name] = found
    assert faults == {}


WALKED = "() => {" + HERE + "return stops.length; }"
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  window.walked ??= new Map();
  if (!window.walked.has(one)) window.walked.set(one, window.walked.size);
  return window.walked.get(one);
}"""


@pytest.mark.parametrize(
    "name", ["today", "person", "ask", "letter", "live", "compare", "employers", "cards"]
)
def test_tab_goes_through_the_whole_page_and_out_of_it(open_page, scene, name):
    page = open_page("/more/")
    at(page, paths(scene)[name])
    page.evaluate("document.activeElement?.blur()")
    count, met = page.evaluate(WALKED), []
    for _stop in range(count + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (met and stop <= met[-1]):
            break
        met.append(stop)
    else:
        pytest.fail(f"after {len(met)} stops one is still within the page")
    assert len(met) > count / 2, "a trap, or an early end"
