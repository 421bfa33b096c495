"""A notebook of a benchmark, and a browser that looks at its pages."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def set_up(folder: str) -> None:
    """Make Django ready for the notebook in a folder, at the moment ``NOW``."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    os.environ |= {"ASKWELL_DATA": folder, "ASKWELL_NOW": NOW.isoformat(), "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    call_command("migrate", verbosity=0)


@contextmanager
def browsing(browser_path: str, *arguments: str):
    """Give a page of the browser, let in, and the address before each path; the server is of this process."""
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from playwright.sync_api import sync_playwright

    from askwell.web import door
    from askwell.web.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_words):
            """Say nothing."""

    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox", *arguments])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{base}/?token={door.issue()}")
        yield page, base
        browser.close()
    server.shutdown()
