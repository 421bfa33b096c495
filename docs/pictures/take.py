"""Takes the pictures of README and guide from the sample network, at one fixed moment.

    .venv-dev/bin/python docs/pictures/take.py

Those of mail come from the test that tells the whole way before real servers:

    ASKWELL_SHOTS=docs/pictures .venv-dev/bin/pytest tests/e2e/test_mail_from_end_to_end.py

Needs chromium.  Every picture is of the running product: a server of its own in a folder of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
NOW = "2026-11-23T15:00:00+00:00"
BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# name, address, theme, width, language
PICTURES = (
    ("today-light", "/", "light", 1280, "en"),
    ("today-dark", "/", "dark", 1280, "en"),
    ("today-phone", "/", "light", 390, "en"),
    ("today-arabic", "/", "light", 1280, "ar"),
    ("people-light", "/people/", "light", 1280, "en"),
    ("person-dark", "/people/{talked}/", "dark", 1280, "en"),
    ("prepare-phone", "/talks/{booked}/prepare/", "light", 390, "en"),
    ("live-phone", "/talks/{booked}/live/", "light", 390, "en"),
    ("compare-light", "/talks/compare/", "light", 1280, "en"),
    ("tree-light", "/introductions/tree/", "light", 1280, "en"),
    ("employers-light", "/leads/employers/", "light", 1280, "en"),
    ("giving-german", "/giving/", "light", 1280, "de"),
    ("record-dark", "/back/record/", "dark", 1280, "en"),
    ("import-light", "/import/", "light", 1280, "en"),
    ("rule-light", "/rules/F04/", "light", 1280, "en"),
)


def askwell(*words: str, env: dict[str, str]) -> list[str]:
    """Run one command of the product to its end; give its lines."""
    command = [sys.executable, "-c", "from askwell.cli.main import run; run()", *words]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def opened(env: dict[str, str]) -> tuple[subprocess.Popen[str], str]:
    """Start the server; give it and its one-time link."""
    command = [sys.executable, "-c", "from askwell.cli.main import run; run()", "serve"]
    server = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout or ():
        if link := re.search(r"http://\S+token=[\w-]+", line):
            return server, link.group(0)
    raise SystemExit("the server did not open")


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "ASKWELL_DATA": data, "ASKWELL_NO_BROWSER": "1", "ASKWELL_NOW": NOW}
        askwell("demo", "--now", NOW, env=env)
        steps = [json.loads(line) for line in askwell("today", "--json", "--now", NOW, env=env)]
        known = {
            "talked": next(step["contact"] for step in steps if step["code"] == "thank"),
            "booked": next(step["key"].rsplit(":", 1)[1] for step in steps if step["code"] == "prepare_talk"),
        }
        server, link = opened(env)
        try:
            take_all(link, known)
        finally:
            server.terminate()
            server.wait(20)


def take_all(link: str, known: dict[str, Any]) -> None:
    """Walk the pages with one browser."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER)
        state: Any = None
        for name, path, theme, width, language in PICTURES:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if theme == "dark" else "light",
                locale=language,
                storage_state=state,
            )
            page = context.new_page()
            if state is None:
                page.goto(link)
                state = context.storage_state()
            page.goto(link.split("/?", maxsplit=1)[0] + path.format(**known))
            page.screenshot(path=HERE / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
