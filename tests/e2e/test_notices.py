"""A notice on the screen: asked for in the settings, shown once, and gone when turned off."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.web.test_digest import mailbox

from askwell.mailroom import digests, feeds
from askwell.outreach import digest_links
from askwell.outreach.digest_links import Act, Link

# The browser's own notices are outside the page; this one writes down what it was asked to show.
SCREEN = """
window.Notification = class {
  constructor(title, told) {
    localStorage.shown = JSON.stringify([...JSON.parse(localStorage.shown ?? "[]"), `${title}: ${told.tag}`]);
  }
  addEventListener() {}
  static get permission() { return localStorage.allowed ?? "default"; }
  static async requestPermission() { return (localStorage.allowed = "granted"); }
};
"""


def shown(page):
    return page.evaluate("JSON.parse(localStorage.shown ?? '[]')")


def test_it_is_asked_for_shown_once_and_turned_off(open_page, scene, settings, now):
    settings.NOW = (now + timedelta(hours=3)).isoformat()
    page = open_page("/settings/calendar/")
    page.add_init_script(SCREEN)
    page.reload()
    expect(page.get_by_text("Off in this browser.")).to_be_visible()
    with page.expect_response("**/notices/"):
        page.get_by_role("button", name="Let it tell me").click()
    expect(page.get_by_text("On in this browser.")).to_be_visible()
    page.wait_for_function("() => localStorage.shown !== undefined")
    assert shown(page) == [f"Thank Amara Okafor for the talk: thank:talk:{scene.held.pk}"]
    page.evaluate("localStorage.removeItem('askwell-looked')")
    with page.expect_response("**/notices/"):
        page.goto(page.url.replace("/settings/calendar/", "/people/"))
    assert len(shown(page)) == 1
    page.go_back()
    page.get_by_role("button", name="Turn it off").last.click()
    expect(page.get_by_text("Off in this browser.")).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), [("desk", "light"), ("phone", "dark")])
def test_the_pages_of_reminders_can_be_used_by_everybody(open_page, scene, now, axe, size, theme):
    feeds.make_feed(scene.owner, now=now)
    digest = digests.turn_on(scene.owner, mailbox(scene.owner, now=now), hour=7, here=now)
    link = digest_links.make(
        Link(owner=scene.owner.pk, key=f"thank:talk:{scene.held.pk}", act=Act.DONE), now=now
    )
    page = open_page("/settings/calendar/", size=size, theme=theme)
    page.get_by_text("What to do in your calendar program").click()
    assert axe(page) == []
    start = page.url.removesuffix("/settings/calendar/")
    for path in (urlsplit(link).path, f"/digest/off/{digest.token}/", f"/talks/{scene.booked.pk}/"):
        page.goto(start + path)
        assert axe(page) == []
