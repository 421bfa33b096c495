"""Kept among the programs of a phone or a desk: what one sees while Askwell is not running."""

from __future__ import annotations

from playwright.sync_api import expect


def installed(open_page, path="/"):
    page = open_page(path)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def test_while_it_is_not_running_a_plain_page_says_so(open_page, owner, clock, axe):
    page = installed(open_page)
    page.context.set_offline(True)
    page.goto(page.url + "people/")
    expect(page.get_by_role("heading", name="Not reachable")).to_be_visible()
    expect(page.get_by_text("Askwell is not running")).to_be_visible()
    assert axe(page) == []
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()


def test_no_page_of_somebody_is_kept(open_page, scene):
    page = installed(open_page, f"/people/{scene.amara.pk}/")
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (room) => (await (await caches.open(room)).keys()).map((one) => one.url)))).flat()"
    )
    assert kept == []


def test_what_a_browser_asks_for_before_it_offers_to_install(open_page, owner, clock):
    page = installed(open_page)
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],  # a browser under test has no profile
    )
