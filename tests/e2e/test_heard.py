"""The main job by ear: docs/screen-reader.md says what stands in the accessibility tree at each stop.

ASKWELL_WRITE=1 python -m pytest tests/e2e/test_heard.py     writes the page anew
"""

from __future__ import annotations

import os
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "screen-reader.md"
BEGIN = "<!-- What follows is written by tests/e2e/test_heard.py. -->\n"
HEARD = re.compile(
    r"^\s*- (?P<what>(?P<role>heading|textbox|searchbox|button|combobox|radio|checkbox|spinbutton|timer)\b"
    r'(?: "(?:[^"\\]|\\.)*")?)'
)


def stops(scene):
    return {
        "Say the goal": "/goal/",
        "Find somebody": "/find/?q=okafor",
        "Ask": f"/people/{scene.maria.pk}/ask/",
        "The letter, and that it was sent": f"/letters/{scene.draft.pk}/",
        "The reply": f"/outreach/{scene.silent.pk}/reply/",
        "Schedule the talk": f"/outreach/{scene.silent.pk}/schedule/",
        "During the talk": f"/talks/{scene.booked.pk}/live/",
        "Thanks": f"/talks/{scene.held.pk}/after/",
    }


def heard(page):
    """List headings and controls of the page proper, in the order they are read."""
    lines = page.locator("main").aria_snapshot().split("\n")
    return [found["what"] for line in lines if (found := HEARD.match(line))]


def section(title, page):
    spoken = "\n".join(heard(page))
    return f"## {title}\n\nTitle of the window: {page.title()}\n\n```text\n{spoken}\n```\n"


def test_what_is_heard_at_each_stop_of_the_main_job_is_as_written(open_page, scene):
    page = open_page("/more/")
    base = page.url.removesuffix("/more/")
    written = []
    for title, path in stops(scene).items():
        page.goto(base + path, wait_until="domcontentloaded")
        page.wait_for_function("() => document.readyState === 'complete'")
        written.append(section(title, page))
    before, _begin, after = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    now = "\n".join(written)
    if os.environ.get("ASKWELL_WRITE"):
        PAGE.write_text(before + BEGIN + "\n" + now, encoding="utf-8")
    else:
        assert after.lstrip("\n") == now, "run it with ASKWELL_WRITE=1 and read what changed"


def test_every_control_at_every_stop_has_a_name(open_page, scene):
    page = open_page("/more/")
    base = page.url.removesuffix("/more/")
    nameless = {}
    for title, path in stops(scene).items():
        page.goto(base + path, wait_until="domcontentloaded")
        found = [what for what in heard(page) if '"' not in what]
        if found:
            nameless[title] = found
    assert nameless == {}
