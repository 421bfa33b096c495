"""One-time links to a local notebook.

A link's secret is kept as an empty file named by its hash in the data folder; using it removes
the file, which is atomic, so that a link works once even when two requests race.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from django.conf import settings


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "door"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(token: str) -> Path:
    return _folder() / hashlib.sha256(token.encode()).hexdigest()


def issue() -> str:
    """Make a one-time secret for a link."""
    token = secrets.token_urlsafe(32)
    _path(token).touch(mode=0o600)
    return token


def consume(token: str) -> bool:
    """True once for each issued secret, then never again."""
    if not token:
        return False
    try:
        _path(token).unlink()
    except FileNotFoundError:
        return False
    return True
