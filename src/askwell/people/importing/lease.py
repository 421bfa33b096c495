"""One import of a notebook at a time, and none stuck for ever.

Theory of operation.  A worker claims an import by a conditional UPDATE that sets ``claimed_until``;
while another import of the same owner is claimed, nobody else can.  The claim also names the process
(``options["worker"]``): a process that was killed holds nothing, so its import can be run again at
once instead of when the lease ends.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import DatabaseError, OperationalError, transaction

from askwell.people.errors import ImportBusy
from askwell.people.models import Import
from askwell.people.working import is_this, lives, this_process

if TYPE_CHECKING:
    from collections.abc import Iterator

LEASE = timedelta(minutes=30)

_held: set[int] = set()  # claimed by this process


@contextmanager
def claimed(batch: Import, *, now: datetime) -> Iterator[None]:
    """Hold an import while the block runs.  Raises ImportBusy."""
    _claim(batch, now=now)
    _held.add(batch.pk)
    try:
        yield
    finally:
        _held.discard(batch.pk)
        # On a full disk even this may fail; a claim of a block that ended counts for nothing.
        with suppress(DatabaseError):
            Import.objects.filter(pk=batch.pk).update(claimed_until=None)
        batch.claimed_until = None


def _claim(batch: Import, *, now: datetime) -> None:
    _refuse_if_busy(batch, now)  # first without a lock: a long import holds SQLite's
    options = {**batch.options, "worker": this_process()}
    try:
        with transaction.atomic():
            get_user_model().objects.select_for_update().get(pk=batch.owner_id)
            _refuse_if_busy(batch, now)
            Import.objects.filter(pk=batch.pk).update(claimed_until=now + LEASE, options=options)
    except OperationalError as error:
        if "locked" in str(error):
            raise ImportBusy(names=[]) from error
        raise
    batch.claimed_until, batch.options = now + LEASE, options


def _refuse_if_busy(batch: Import, now: datetime) -> None:
    for other in Import.objects.filter(owner_id=batch.owner_id, claimed_until__gt=now).defer("summary"):
        if is_at_work(other, now=now):
            raise ImportBusy(names=other.names, batch=other.pk)


def is_at_work(batch: Import, *, now: datetime) -> bool:
    """Say whether somebody is reading or applying this import."""
    if batch.claimed_until is None or batch.claimed_until <= now:
        return False
    worker = batch.options.get("worker", {})
    return batch.pk in _held if is_this(worker) else lives(worker)
