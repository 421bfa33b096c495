"""Bringing files in: see what would happen, do it, take it back.

``start_import`` takes the files in, ``run_reading`` works out what they would do (``Import.summary``),
``apply_import`` does it, ``undo_import`` takes it back.  ``read_progress`` shows, from any process, how
far a running one is; ``ask_to_cancel`` stops it at the next part.
"""

from askwell.people.importing.asking import ask_to_apply, ask_to_read
from askwell.people.importing.batches import (
    apply_import,
    discard_import,
    run_reading,
    start_import,
    tidy_files,
)
from askwell.people.importing.lease import is_at_work
from askwell.people.importing.mappings import column_preview, set_mapping
from askwell.people.importing.progress import STAGES, ask_to_cancel, read_progress
from askwell.people.importing.undoing import Undone, undo_import

__all__ = [
    "STAGES",
    "Undone",
    "apply_import",
    "ask_to_apply",
    "ask_to_cancel",
    "ask_to_read",
    "column_preview",
    "discard_import",
    "is_at_work",
    "read_progress",
    "run_reading",
    "set_mapping",
    "start_import",
    "tidy_files",
    "undo_import",
]
