"""How far an import is, where another process can see it, and the wish to stop: files of its folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from askwell.people.working import ask_to_stop, progress_in

if TYPE_CHECKING:
    from askwell.people.models import Import

STAGES = ("reading", "matching", "people", "history", "finishing")


def folder_of(batch: Import) -> Path:
    """Give the folder that holds the files of an import, below the data folder."""
    return Path(settings.DATA_DIR) / (batch.folder or f"imports/{batch.pk}")


def read_progress(batch: Import) -> dict[str, Any]:
    """Give ``{"stage", "done", "total"}`` of a running import; ``{}`` when nothing is known.

    Stages come in this order: reading, matching, people, history, finishing.
    """
    return progress_in(folder_of(batch))


def ask_to_cancel(batch: Import) -> bool:
    """Ask whoever is at work to stop at the next part; False when its files are gone already."""
    return ask_to_stop(folder_of(batch))
