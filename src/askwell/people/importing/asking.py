"""What a page asks of the worker: read this import again, or carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.errors import WrongState
from askwell.people.models import Import, ImportState

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAY_READ = (ImportState.PLANNED, ImportState.FAILED, ImportState.CANCELLED)
_MAY_APPLY = (ImportState.PLANNED, ImportState.FAILED, ImportState.CANCELLED)


def ask_to_read(batch: Import) -> None:
    """Leave it to the worker to read the files again.  Raises WrongState."""
    _ask(batch, ImportState.READING, _MAY_READ)


def ask_to_apply(batch: Import) -> None:
    """Leave it to the worker to carry the import out.  Raises WrongState."""
    _ask(batch, ImportState.APPLYING, _MAY_APPLY)


def _ask(batch: Import, state: str, before: Iterable[str]) -> None:
    # One statement, so that a button pressed twice asks once.
    waiting = Import.objects.filter(pk=batch.pk, state__in=list(before), finished_at=None)
    if not waiting.update(state=state, error=""):
        raise WrongState(state=batch.state)
    batch.state, batch.error = state, ""
