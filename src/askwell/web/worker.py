"""The worker: does what waits, a little at a time, and never takes the server down with it.

Work that waits is a row with a due time, claimed with a lease; a worker killed in the middle leaves a
row that the next one claims again.  ``askwell serve`` runs this loop in a thread; ``manage worker`` alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event as ThreadEvent
from threading import Thread
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import close_old_connections, connection

from askwell.web.mail_watch import watch
from askwell.web.middleware import read_clock

if TYPE_CHECKING:
    from threading import Event

    from askwell.people.models import Import

log = logging.getLogger(__name__)
_here = ThreadEvent()
Job = Callable[[datetime], object]
TICK_SECONDS = 1.0
_PARTING_SECONDS = 5.0  # what is in the middle of something then is taken up again later


@dataclass(slots=True, kw_only=True)
class Duty:
    """A job, how often it is looked at, and when it was last."""

    job: Job
    every: timedelta
    last: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        return self.last is None or now - self.last >= self.every


def settle_all(now: datetime) -> int:
    """Let time pass in every notebook: pauses end, last waits are over.  Gives how many moved."""
    from askwell.outreach.actions import settle

    return sum(settle(owner, now=now) for owner in get_user_model().objects.filter(is_active=True))


def do_imports(now: datetime) -> int:
    """Read and apply imports that a page asked for; gives how many were worked on.

    A page leaves an import in state ``reading`` (work out what it would do) or sets it ``applying``
    (do it).  One whose worker was killed is taken up again.  Those of the command line are its own.
    """
    from askwell.people import importing
    from askwell.people.models import Import, ImportState

    asked: dict[str, Callable[..., object]] = {
        ImportState.READING: importing.run_reading,
        ImportState.APPLYING: importing.apply_import,
    }
    waiting = Import.objects.filter(state__in=asked).exclude(folder="").defer("summary").order_by("pk")
    done = 0
    for batch in waiting:
        if batch.options.get("by") != "command" and not importing.is_at_work(batch, now=now):
            _bring_in(batch, asked[batch.state], now)
            done += 1
    return done


def do_address_books(now: datetime) -> int:
    """Bring address books in step that a page asked for; gives how many were worked on."""
    from askwell.people.models import AddressBook

    if not AddressBook.objects.filter(claimed_until__isnull=False).exists():
        return 0
    from askwell.mailroom.address_books import do_all_asked

    return do_all_asked(now=now)


def tidy_all(_now: datetime) -> int:
    """Remove what interrupted imports left in the data folder.  Gives how many folders went."""
    from askwell.people.importing import tidy_files

    return sum(tidy_files(owner) for owner in get_user_model().objects.filter(is_active=True))


def _bring_in(batch: Import, act: Callable[..., object], now: datetime) -> None:
    from askwell.formats.errors import FormatError
    from askwell.people.errors import ImportFailed
    from askwell.people.models import Import, ImportState

    try:
        act(batch, now=now)
    except ImportFailed as error:
        # The row says so, and its page shows it.
        log.info("Import %s ended: %s", batch.pk, error)
    except FormatError as error:
        log.info("Import %s cannot be read: %s", batch.pk, error)
        Import.objects.filter(pk=batch.pk).update(state=ImportState.FAILED, error=error.code)


def is_at_hand() -> bool:
    """Say whether a worker takes up what a page asks: here in a thread, or beside a server of many."""
    return _here.is_set() or not settings.LOCAL


def _mail(step: str) -> Job:
    """Give a step of the round of mail as a job; what it needs is loaded when it is first done."""

    def job(_now: datetime) -> object:
        from askwell.outreach import mail_round

        return getattr(mail_round, step)(read_clock)

    job.__name__ = step
    return job


def lanes() -> tuple[list[Duty], ...]:
    """Give everything there is to sweep, in lanes that do not wait for each other."""
    return (
        [
            Duty(job=settle_all, every=timedelta(hours=1)),
            Duty(job=tidy_all, every=timedelta(days=1)),
            Duty(job=do_imports, every=timedelta(0)),
            Duty(job=do_address_books, every=timedelta(0)),
        ],
        [
            Duty(job=_mail("make_digests"), every=timedelta(minutes=1)),
            Duty(job=_mail("send"), every=timedelta(0)),
            Duty(job=_mail("look_after"), every=timedelta(minutes=1)),
        ],
        [Duty(job=_mail("read"), every=timedelta(seconds=1))],
        [Duty(job=_mail("look_into_calendars"), every=timedelta(seconds=5))],
    )


def sweep(found: list[Duty], *, now: datetime) -> None:
    """Do each duty that is due once.  A failing one is logged and tried again at its next time."""
    for duty in found:
        if not duty.is_due(now):
            continue
        duty.last = now
        try:
            duty.job(now)
        except Exception:
            log.exception("The worker could not finish %s", getattr(duty.job, "__name__", duty.job))


def work(stop: Event) -> None:
    """Sweep every lane until told to stop."""
    first, *others = lanes()
    threads = [Thread(target=_run, args=(lane, stop), daemon=True) for lane in others]
    threads.append(Thread(target=watch, args=(stop,), daemon=True))
    _here.set()
    try:
        for thread in threads:
            thread.start()
        _run(first, stop)
    finally:
        _here.clear()
        for thread in threads:
            thread.join(_PARTING_SECONDS)


def _run(lane: list[Duty], stop: Event) -> None:
    try:
        while not stop.is_set():
            sweep(lane, now=read_clock())
            close_old_connections()
            stop.wait(TICK_SECONDS)
    finally:
        connection.close()
