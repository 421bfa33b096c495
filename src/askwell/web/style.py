"""The style sheets as one: a page is drawn with all of them or not yet, never with some."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

_FOLDER = Path(__file__).resolve().parent / "static" / "web" / "css"
SHEETS = (
    "tokens",
    "base",
    "layout",
    "components",
    "pages",
    "pages-people",
    "grown",
    "web",
    "employers",
    "pages-compare",
    "tools",
    "back",
)  # in the order of the layers


def _joined() -> bytes:
    text = "\n".join((_FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    return text.replace('url("../', f'url("{static("web/")}').encode()


@cache
def _kept() -> bytes:
    return _joined()


def sheet() -> bytes:
    """Give all style sheets but the one for print."""
    return _joined() if settings.DEBUG else _kept()


def version() -> str:
    """Name what the sheet says, so that a browser may keep it for good."""
    return hashlib.sha256(sheet()).hexdigest()[:12]
