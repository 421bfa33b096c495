"""A real browser before a real server, let in through the door as a seeker is."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread

BROWSER = "/usr/bin/chromium-headless-shell"  # the same browser, without windows to draw
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SHOTS = Path(os.environ.get("ASKWELL_SHOTS", ""))


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser():
    if not Path(BROWSER).exists():
        pytest.skip("no Chromium here")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(ARGS))
        yield browser
        browser.close()


@pytest.fixture
def clock(settings, now):
    """The pages read this moment, so that a picture of today is the same tomorrow."""
    settings.NOW = now.isoformat()
    return now


@pytest.fixture
def open_page(browser, live_server, owner, clock, request):
    """Give a function: a page of a size and theme, already inside; nothing may leave this machine."""
    from askwell.web import door

    contexts = []

    def open_at(path="/", *, size="desk", theme="light", script=True, locale="en-US"):
        context = browser.new_context(
            viewport=SIZES[size],
            color_scheme=theme,
            reduced_motion="reduce",
            java_script_enabled=script,
            locale=locale,
        )
        contexts.append(context)
        page = context.new_page()
        page.strangers, page.complaints = [], []
        page.on(
            "request",
            lambda r: (
                page.strangers.append(r.url)
                if not r.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        page.on(
            "console",
            lambda m: (
                page.complaints.append(m.text)
                # A machine without a graphics card says that it draws slowly: no fault of the page.
                if m.type in {"error", "warning"} and "GL Driver Message" not in m.text
                else None
            ),
        )
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        # A browser draws the first page of a new process before it hears of the window's size: not this one.
        page.goto(f"{live_server.url}/healthz")
        page.goto(f"{live_server.url}{path}?token={door.issue()}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """Today, on a desk, in daylight."""
    return open_page()


@pytest.fixture
def shot(request):
    """Give a function that keeps a picture when ASKWELL_SHOTS names a folder."""

    def keep(page, name):
        if os.environ.get("ASKWELL_SHOTS"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)

    return keep


def axe_violations(page):
    """What axe-core finds wrong with the page as it stands, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {
            resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        })).violations"""
    )
    return [
        f"{v['id']}: {node['html'][:160]} — {node['failureSummary'][:240]}"
        for v in found
        for node in v["nodes"]
    ]


@pytest.fixture
def axe():
    return axe_violations


@pytest.fixture
def scene(owner, clock):
    """Lina's notebook with every kind of person in it."""
    from tests.web.scene import laid_out

    return laid_out(owner, now=clock)
