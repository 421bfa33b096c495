"""The outbox: messages put in, taken back, claimed and settled; each move by one conditional UPDATE.

Theory of operation.  A row moves only through ``lifecycle.MOVES``, and only while it stands where the mover
saw it: the UPDATE names the state, and for a worker its claim.  So of two workers one gets the row, a worker
whose lease ran out finds that it lost it, and nothing is done twice.  A claim names the machine and process:
what a process that is gone had claimed is free at once, not when the lease ends.
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q

from askwell.mailroom.lifecycle import Event, NotNow, State, after
from askwell.mailroom.models import Account, Evidence, Outgoing, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.errors import GatewayError

LEASE = timedelta(
    minutes=15
)  # longer than a server may take to answer DATA (RFC 5321, 4.5.3.2.6: 10 minutes)
GIVE_UP = timedelta(days=5)  # RFC 5321, 4.5.4.1: four to five days
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


def worker_name() -> str:
    """Make a name for this worker that tells where it runs."""
    return f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid4().hex[:8]}"


def new_message_id(address: str) -> str:
    """Make a Message-ID of the sender's own domain; it names no program."""
    domain = address.rpartition("@")[2].lower()
    return f"<{uuid4().hex}@{domain if domain.isascii() and domain else 'mail.invalid'}>"


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, twice as long each time, an hour at most."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def claim_next(name: str, *, now: datetime, owner: AbstractBaseUser | None = None) -> Outgoing | None:
    """Take up the message that has waited longest for its hour; None where nothing is due.

    Of a paused account, or one without a server to send by, nothing is taken.
    """
    due = Outgoing.objects.filter(
        state=State.QUEUED, due_at__lte=now, account__paused_at=None, owner__is_active=True
    ).exclude(account__smtp_host="")
    if owner is not None:
        due = due.filter(owner=owner)
    for pk in due.order_by("due_at", "pk").values_list("pk", flat=True)[:20]:
        taken = Outgoing.objects.filter(pk=pk, state=State.QUEUED, account__paused_at=None).update(
            state=after(State.QUEUED, Event.CLAIM), claim=name, claimed_until=now + LEASE
        )
        if taken:
            return _whole(pk)
    return None


def move(row: Outgoing, event: Event, **columns: Any) -> bool:
    """Move a message its worker has; False where it is this worker's no more.  ``row`` is kept in step."""
    state = after(row.state, event)
    held = Outgoing.objects.filter(pk=row.pk, state=row.state, claim=row.claim)
    if not held.update(state=state, **columns):
        return False
    row.state = state
    for name, value in columns.items():
        setattr(row, name, value)
    return True


def release(row: Outgoing, error: GatewayError | None, *, now: datetime) -> bool:
    """Put a message back that could not go now; given up on, once it has waited too long."""
    if error is not None and now + wait_after(row.attempts + 1) > row.give_up_at:
        return refuse(row, trouble_of(error, now=now), by=Evidence.ANSWER, now=now)
    due, attempts = (
        (now, row.attempts) if error is None else (now + wait_after(row.attempts + 1), row.attempts + 1)
    )
    trouble = trouble_of(error, now=now) if error else row.trouble
    return move(
        row,
        Event.RELEASE,
        due_at=due,
        attempts=attempts,
        trouble=trouble,
        claim="",
        claimed_until=None,
        data="",
        dated=None,
    )


def still_mine(row: Outgoing) -> bool:
    """Whether the worker still has the message; the row is locked until the transaction ends."""
    held = Outgoing.objects.select_for_update().filter(pk=row.pk, state=row.state, claim=row.claim)
    return held.first() is not None


def doubt(row: Outgoing, error: GatewayError, *, now: datetime) -> bool:
    """Note that nobody knows whether it went out."""
    return move(row, Event.LOSE, trouble=trouble_of(error, now=now), claimed_until=None)


def accepted(row: Outgoing, *, now: datetime) -> bool:
    """Settle a message as sent: the server said so.

    A worker so slow that its lease ran out finds its message in doubt; its answer settles that too.
    """
    columns = {"settled_at": now, "settled_by": Evidence.ANSWER, "trouble": {}, "claimed_until": None}
    if move(row, Event.ACCEPTED, **columns):
        return True
    row.state = State.IN_DOUBT
    return move(row, Event.FOUND, **columns)


def refuse(row: Outgoing, trouble: dict[str, Any], *, by: Evidence, now: datetime) -> bool:
    """Settle a message as not sent, for good."""
    return move(
        row,
        Event.REFUSED,
        trouble=trouble,
        settled_at=now,
        settled_by=by,
        claim="",
        claimed_until=None,
    )


def trouble_of(error: GatewayError, *, now: datetime) -> dict[str, Any]:
    """Keep what went wrong as plain values."""
    return {"code": error.code.value, "server": error.server, "said": error.said, "at": now.isoformat()}


def recover(*, now: datetime) -> tuple[int, int]:
    """Look after what workers that are gone had claimed: back to the queue, or in doubt.  Counts of each.

    What was only claimed had not been handed over; of what was being sent nobody knows.
    """
    back = _left(State.CLAIMED, now=now)
    freed = Outgoing.objects.filter(pk__in=back, state=State.CLAIMED).update(
        state=after(State.CLAIMED, Event.RELEASE), claim="", claimed_until=None
    )
    lost = _left(State.SENDING, now=now)
    doubted = Outgoing.objects.filter(pk__in=lost, state=State.SENDING).update(
        state=after(State.SENDING, Event.LOSE), claimed_until=None
    )
    return freed, doubted


def _left(state: State, *, now: datetime) -> list[int]:
    rows = Outgoing.objects.filter(state=state).values_list("pk", "claim", "claimed_until")
    return [pk for pk, claim, until in rows if until is None or until < now or _has_died(claim)]


def _has_died(claim: str) -> bool:
    """Whether a claim is of a process of this machine that is no more."""
    host, _, rest = claim.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname()[:20] or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def settle(row: Outgoing, event: Event, *, by: Evidence, now: datetime) -> Outgoing:
    """Settle a message in doubt by evidence.  Raises NotNow where it is in doubt no more."""
    state = after(State.IN_DOUBT, event)
    columns: dict[str, Any] = {"settled_at": now, "settled_by": by, "claim": "", "claimed_until": None}
    if state is State.QUEUED:
        columns |= {"settled_at": None, "settled_by": "", "due_at": now, "data": "", "dated": None}
    if not Outgoing.objects.filter(pk=row.pk, state=State.IN_DOUBT).update(state=state, **columns):
        raise NotNow(_whole(row.pk).state, event)
    return _whole(row.pk)


def pause(account: Account, *, now: datetime | None) -> Account:
    """Turn the pause switch of an account on (``now``) or off (None): paused, nothing more is taken up."""
    account.paused_at = now
    account.save(update_fields=["paused_at"])
    return account


def of_letter(owner_id: int, about: int, *states: State) -> Outgoing | None:
    """Give the message made from this draft that stands in one of these states."""
    found = Outgoing.objects.filter(owner_id=owner_id, purpose=Purpose.LETTER, about=about)
    row: Outgoing | None = found.filter(state__in=states).select_related("account").order_by("-pk").first()
    return row


@contextmanager
def durable() -> Iterator[None]:
    """Open a transaction that is on the disk when it ends, also if the power fails in the next moment.

    SQLite in WAL mode leaves the last commits to the system otherwise; PostgreSQL does not.
    """
    whole = connection.vendor == "sqlite" and not connection.in_atomic_block
    if whole:
        _synchronous("FULL")
    try:
        with transaction.atomic():
            yield
    finally:
        if whole:
            _synchronous("NORMAL")


def _synchronous(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")


def _whole(pk: int) -> Outgoing:
    row: Outgoing = Outgoing.objects.select_related("account", "contact", "owner").get(pk=pk)
    return row


def unfiled(*, now: datetime) -> list[Outgoing]:
    """Give messages sent whose copy is not known to lie in Sent, for a day at most."""
    rows = Outgoing.objects.filter(state=State.SENT, filed_at=None, settled_at__gt=now - timedelta(days=1))
    rows = rows.filter(~Q(account__imap_host=""), ~Q(data=""), account__saves_sent=False)
    return list(rows.select_related("account", "owner").order_by("account", "pk")[:50])
