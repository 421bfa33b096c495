"""Accounts of calendar servers: chosen from, rested, claimed for a look, and what was read.

Theory of operation.  An account is looked at by whoever claims it, every few minutes; ``hurry`` makes that
now.  Claiming sets the next time, so that what is hurried while somebody looks is looked at once more.  When
its owner is busy is kept with the moment it was read: pages offer times without waiting for a server.  What
becomes of the talks in a calendar is the business of the app above.

These are settings of a connection and no facts of the notebook: nothing here is journalled.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from askwell.gateways.errors import Permanent
from askwell.mailroom import outbox, restoring
from askwell.mailroom.models import CalendarAccount, ServerCalendar
from askwell.people.errors import BadField

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.formats.busy import Interval
    from askwell.gateways.errors import GatewayError

EVERY = timedelta(minutes=5)
EVERY_PUBLISHED = timedelta(minutes=30)  # which is fetched whole, each time
LEASE = timedelta(minutes=10)
AHEAD = timedelta(days=35)  # ten business days with every holiday there is
FRESH = timedelta(hours=1)  # after that, what is known of busy times is told with its age


def accounts_of(owner: AbstractBaseUser) -> QuerySet[CalendarAccount]:
    """Give the accounts, the oldest first, each with its calendars."""
    rows: QuerySet[CalendarAccount] = CalendarAccount.objects.for_owner(owner)
    return rows.select_related("owner").prefetch_related("calendars").order_by("added_at", "pk")


def calendar_of_talks(owner: AbstractBaseUser) -> ServerCalendar | None:
    """Give the calendar talks are put into; None where none was chosen."""
    found: ServerCalendar | None = ServerCalendar.objects.for_owner(owner).filter(writes=True).first()
    return found


def choose(account: CalendarAccount, *, counts: AnyOf[int], writes: int | None) -> None:
    """Say which calendars of an account are busy time, and which one, if any, takes talks.  Raises BadField.

    One takes them in all: choosing it here ends that of another account.
    """
    known = {row.pk: row for row in account.calendars.all()}
    if not set(counts) <= known.keys():
        raise BadField("counts", "unknown")
    if writes is not None and writes not in known:
        raise BadField("writes", "unknown")
    if writes is not None and known[writes].read_only:
        raise BadField("writes", "read-only")
    with transaction.atomic():
        account.calendars.update(counts=False, writes=False)
        account.calendars.filter(pk__in=counts).update(counts=True)
        if writes is not None:
            ServerCalendar.objects.for_owner(account.owner).update(writes=False)
            account.calendars.filter(pk=writes).update(writes=True)
    hurry(account.owner)


def pause(account: CalendarAccount, *, now: datetime | None) -> None:
    """Let it rest from a moment on, or with None look at it again."""
    account.paused_at, account.look_at = now, None
    if now is None:
        account.trouble = {}
    account.save(update_fields=["paused_at", "look_at", "trouble"])


def was_restored(account: CalendarAccount) -> bool:
    """Whether it rests because this notebook is a copy."""
    return account.paused_at is not None and account.trouble.get("code") == restoring.RESTORED


# -- looking -------------------------------------------------------------------------------------------


def due(*, now: datetime) -> list[CalendarAccount]:
    """Give the accounts to be looked at now."""
    rows = _resting(CalendarAccount.objects.all(), now=now).exclude(look_at__gt=now)
    return list(rows.filter(owner__is_active=True).select_related("owner").order_by("look_at", "pk"))


def claim(account: CalendarAccount, *, now: datetime) -> bool:
    """Take an account for one look; False where somebody else has it."""
    rows = _resting(CalendarAccount.objects.filter(pk=account.pk), now=now)
    every = EVERY_PUBLISHED if account.published else EVERY
    return bool(rows.update(claimed_until=now + LEASE, look_at=now + every))


def _resting(rows: Any, *, now: datetime) -> Any:
    return rows.filter(paused_at=None).exclude(claimed_until__gt=now)


def let_go_of(account: CalendarAccount, *, now: datetime, error: GatewayError | None = None) -> None:
    """End a look: how it went is kept."""
    columns: dict[str, Any] = {"claimed_until": None, "trouble": {}, "looked_at": now}
    if error is not None:
        columns = {"claimed_until": None, "trouble": outbox.trouble_of(error, now=now)}
        if isinstance(error, Permanent):  # asking again at once locks some accounts
            columns["look_at"] = now + outbox.LONGEST_WAIT
    CalendarAccount.objects.filter(pk=account.pk).update(**columns)


def hurry(owner: AbstractBaseUser) -> None:
    """Have the accounts of an owner looked at next; one whose server said no keeps its time."""
    CalendarAccount.objects.for_owner(owner).filter(trouble={}).update(look_at=None)


def busy_of(account: CalendarAccount) -> list[Interval]:
    """Give when its owner is busy, as last read."""
    return [
        (datetime.fromisoformat(one).astimezone(UTC), datetime.fromisoformat(other).astimezone(UTC))
        for one, other in account.busy
    ]
