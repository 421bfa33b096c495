"""What a first visit loads: bytes of script and style, requests, and how far the page shifts.

    python benchmarks/first_load.py [--data FOLDER] [--port 8808]

Serves the notebook in FOLDER (made, with the sample network, where there is none) and opens each main
page in Chromium with an empty cache, on a desk and a phone.  ``sent`` is what came over the line
(compressed where the browser takes it), ``whole`` the same unpacked, both in kB of 1,000 bytes, script
and style together; ``all sent`` is with the page, fonts and pictures.  ``shift`` is the sum of layout
shifts (CLS) until the page rests.  Ends with 1 where script and style of a page pass 100 kB sent.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MOST = 100_000
PATHS = (
    "/",
    "/people/",
    "/talks/",
    "/introductions/",
    "/leads/",
    "/events/",
    "/settings/",
    "/add/",
    "/find/",
    "/help/",
)
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
BROWSER = "/usr/bin/chromium-headless-shell"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
SHIFTS = """
self.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach(
  (one) => (self.shifted += one.hadRecentInput ? 0 : one.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
LOADED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const all = performance.getEntriesByType("resource").filter((one) => !one.name.endsWith("/sw.js"));
  const code = all.filter((one) => /\\.(js|css)(\\?|$)/.test(one.name));
  const sum = (list, what) => list.reduce((total, one) => total + one[what], 0);
  return {
    sent: sum(code, "encodedBodySize"), whole: sum(code, "decodedBodySize"),
    all: sum([page, ...all], "encodedBodySize"), requests: all.length + 1, shift: self.shifted ?? 0,
  };
}"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    options = _options()
    data = options.data or tempfile.mkdtemp(prefix="askwell-first-load-")
    server, link = _serve(data, options.port)
    worst = 0
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=list(ARGS))
            print(f"{'page':18}{'size':7}{'sent':>7}{'whole':>7}{'all sent':>10}{'requests':>10}{'shift':>8}")
            for size, path, found in _visits(browser, link):
                worst = max(worst, found["sent"])
                kilo = [f"{found[name] / 1000:.1f}" for name in ("sent", "whole", "all")]
                row = f"{path:18}{size:7}{kilo[0]:>7}{kilo[1]:>7}{kilo[2]:>10}"
                print(f"{row}{found['requests']:10}{found['shift']:8.3f}")
            browser.close()
    finally:
        server.terminate()
        server.wait()
    sys.exit(worst > MOST)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="folder of the notebook; made and kept")
    parser.add_argument("--port", type=int, default=8808)
    return parser.parse_args()


def _serve(data: str, port: int) -> tuple[subprocess.Popen[str], str]:
    """Give the server and the link that opens it."""
    command = str(Path(sys.executable).with_name("askwell"))
    here = {**os.environ, "ASKWELL_DATA": data, "ASKWELL_PORT": str(port), "ASKWELL_NO_BROWSER": "1"}
    if not (Path(data) / "askwell.sqlite3").exists():
        subprocess.run([command, "demo"], env=here, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([command, "serve"], env=here, stdout=subprocess.PIPE, text=True)
    for line in server.stdout or ():
        if found := re.search(r"http://\S+token=[\w-]+", line):
            return server, found.group()
    sys.exit("The server did not start.")


def _visits(browser, link: str):
    """Open every page as for the first time: known at the door, nothing in the cache."""
    inside = browser.new_context()
    inside.new_page().goto(link)
    known = inside.storage_state()
    base = link.partition("/?")[0]
    for size, viewport in SIZES.items():
        for path in PATHS:
            context = browser.new_context(viewport=viewport, storage_state=known)
            context.add_init_script(SHIFTS)
            page = context.new_page()
            page.goto(base + path, wait_until="networkidle")
            yield size, path, page.evaluate(LOADED)
            context.close()


if __name__ == "__main__":
    main()
