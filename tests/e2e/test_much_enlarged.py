"""A window of 1280 by 1024 at 400 %, and a phone with letters of 200 %: every page fits, and nothing in it is cut off."""

from __future__ import annotations

from tests.e2e.test_pages import paths

ENLARGED = {"width": 320, "height": 256}
# Wider than the window, or with more in it than it shows, and no way to get there.
CUT_OFF = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  const inside = (one) => { for (let up = one; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return true; return false; };
  const faults = [];
  if (document.documentElement.scrollWidth > wide) faults.push(`sideways by ${document.documentElement.scrollWidth - wide}`);
  for (const one of document.querySelectorAll("main *, .side *")) {
    if (!one.checkVisibility() || one.closest(".unseen, .skip, svg, dialog") || inside(one)) continue;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (!box.width || !box.height || style.clipPath === "inset(50%)") continue; // the last: for the ear alone
    const words = `${one.outerHTML.slice(0, 110)}`;
    if (box.right > wide + 1 || box.left < -1) faults.push(`outside: ${words}`);
    const clips = style.overflowX === "hidden" || style.overflowX === "clip";
    if (clips && style.textOverflow !== "ellipsis" && one.scrollWidth > one.clientWidth + 1 && !one.matches("input, select")) faults.push(`cut off: ${words}`);
  }
  return faults.slice(0, 5);
}"""


def test_every_page_fits_four_times_enlarged(open_page, scene):
    page = open_page("/more/")
    page.set_viewport_size(ENLARGED)
    base = page.url.removesuffix("/more/")
    faults = {}
    for name, path in paths(scene).items():
        page.goto(base + path, wait_until="domcontentloaded")
        if found := page.evaluate(CUT_OFF):
            faults[name] = found
    assert faults == {}


def test_every_page_fits_a_phone_with_letters_twice_as_large(open_page, scene):
    page = open_page("/more/", size="phone")
    base = page.url.removesuffix("/more/")
    faults = {}
    for name, path in paths(scene).items():
        page.goto(base + path, wait_until="domcontentloaded")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if found := page.evaluate(CUT_OFF):
            faults[name] = found
    assert faults == {}


def test_who_knows_whom_fits_a_phone_with_large_letters_before_its_script_is_there(open_page, scene):
    """Until the script hides it, a button stands beside the field."""
    page = open_page("/more/", size="phone")
    page.route("**/web.js*", lambda asked: asked.abort())
    page.goto(page.url.removesuffix("/more/") + paths(scene)["web"], wait_until="domcontentloaded")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.locator("[data-web-submit]").is_visible()
    assert page.evaluate(CUT_OFF) == []
