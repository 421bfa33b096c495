"""A photographed card, read in a process of its own; the picture is not kept."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import Any

from askwell.formats.card_photo import Line, check_bytes, is_there
from askwell.formats.errors import FormatError

__all__ = ["CardUnread", "can_read_cards", "read_card"]

SECONDS = 90
_one_at_a_time = threading.Lock()  # each takes half a gigabyte


class CardUnread(Exception):
    """Nothing came of a photograph.

    ``code`` is ``too-large``, ``too-many-pixels``, ``not-a-picture``, ``reader-absent``, ``nothing`` (no
    words on it) or ``broken`` (the reader gave up).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def can_read_cards() -> bool:
    """Say whether the extra that reads them is installed."""
    return is_there()


def read_card(data: bytes) -> list[Line]:
    """Give the lines of a card from the top down.  Raises CardUnread."""
    try:
        check_bytes(len(data))
    except FormatError as error:
        raise CardUnread(error.code) from error
    said = _asked(data)
    if "error" in said:
        raise CardUnread(said["error"])
    if not said["lines"]:
        raise CardUnread("nothing")
    return [Line(text, confidence) for text, confidence in said["lines"]]


def _asked(data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "askwell.formats.card_photo"]
    try:
        with _one_at_a_time:
            ran = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
        answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, OSError, ValueError, IndexError) as error:
        raise CardUnread("broken") from error
    return answer
