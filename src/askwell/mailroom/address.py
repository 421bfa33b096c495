"""Where this notebook answers: what a link in a mail or a calendar begins with."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

DEFAULT_PORT = 8765  # of ``askwell serve``


def base() -> str:
    """Give ``https://askwell.school.example`` where that is set, else the address on this machine."""
    return settings.ADDRESS.rstrip("/") or f"http://127.0.0.1:{_port()}"


def link(path: str) -> str:
    """Make a whole link of a path."""
    return base() + path


def is_local() -> bool:
    """Say whether only this machine reaches it, as far as the settings tell."""
    return not settings.ADDRESS


def _port() -> int:
    """Give the port that is, or was last, served on (``serve`` writes it down), or would be."""
    try:
        written = (Path(settings.DATA_DIR) / "serving.lock").read_text().strip()
    except OSError:
        written = ""
    wanted = written or os.environ.get("ASKWELL_PORT", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() else DEFAULT_PORT
