"""How far an import is, where another process can see it, and the wish to stop.

Theory of operation.  The worker is inside one long transaction, so neither side can speak through
the database.  They speak through two files in the import's folder: ``progress.json``, replaced whole
at most a few times a second, and ``cancel``, whose existence is the wish.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from askwell.people.errors import ImportCancelled

if TYPE_CHECKING:
    from askwell.people.models import Import

Watcher = Callable[[str, int, "int | None"], None]  # stage, done, in all (or None)

_SECONDS_BETWEEN = 0.2
STAGES = ("reading", "matching", "people", "history", "finishing")


def folder_of(batch: Import) -> Path:
    """Give the folder that holds the files of an import, below the data folder."""
    return Path(settings.DATA_DIR) / (batch.folder or f"imports/{batch.pk}")


def read_progress(batch: Import) -> dict[str, Any]:
    """Give ``{"stage", "done", "total"}`` of a running import; ``{}`` when nothing is known.

    Stages come in this order: reading, matching, people, history, finishing.
    """
    try:
        found: dict[str, Any] = json.loads((folder_of(batch) / "progress.json").read_text())
    except (OSError, ValueError):
        return {}
    return found


def ask_to_cancel(batch: Import) -> bool:
    """Ask whoever is at work to stop at the next part; False when its files are gone already."""
    try:
        (folder_of(batch) / "cancel").touch()
    except OSError:
        return False
    return True


class Reporter:
    """Tells how far the work is.  Every call may raise ImportCancelled."""

    def __init__(self, batch: Import, watcher: Watcher | None = None) -> None:
        self._folder, self._watcher = folder_of(batch), watcher
        self._last, self._stage, self._done = 0.0, "", 0
        with suppress(OSError):
            (self._folder / "cancel").unlink()

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Tell where the work is; raises ImportCancelled when somebody asked for an end."""
        if self._watcher:
            self._watcher(stage, done, total)
        moment = time.monotonic()
        if stage == self._stage and moment - self._last < _SECONDS_BETWEEN:
            return
        self._stage, self._last = stage, moment
        if (self._folder / "cancel").exists():
            raise ImportCancelled
        self._write({"stage": stage, "done": done, "total": total})

    def ticker(self, stage: str, total: int | None) -> Callable[[int], None]:
        """Give a function that is told how many more are done."""
        done = 0

        def tick(more: int) -> None:
            nonlocal done
            done += more
            self(stage, done, total)

        return tick

    def _write(self, state: dict[str, Any]) -> None:
        # Nobody loses anything when this file cannot be written.
        with suppress(OSError):
            temporary = self._folder / f"progress.{os.getpid()}"
            temporary.write_text(json.dumps(state))
            temporary.replace(self._folder / "progress.json")
