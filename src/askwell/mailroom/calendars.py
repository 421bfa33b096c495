"""Calendars on a server, for every door: found, taken up with the password, chosen from, looked at, let go.

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
from django.utils.translation import gettext_lazy

from askwell.gateways import caldav
from askwell.gateways.dav_collections import Collection
from askwell.gateways.errors import Permanent, Trouble
from askwell.mailroom import dav, outbox, restoring, secrets
from askwell.mailroom.accounts import checked_secret
from askwell.mailroom.models import CalendarAccount, ServerCalendar
from askwell.people.errors import BadField

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from collections.abc import Iterable
    from datetime import tzinfo

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.formats.busy import Interval
    from askwell.gateways.errors import GatewayError
    from askwell.gateways.webdav import WebDav

EVERY = timedelta(minutes=5)
LEASE = timedelta(minutes=10)
AHEAD = timedelta(days=35)  # ten business days with every holiday there is
FRESH = timedelta(hours=1)  # after that, what is known of busy times is told with its age
_MOST_TIMES = 5000
_WORDS = {
    Trouble.NOT_THIS_PROTOCOL: gettext_lazy("%(server)s answers, but not as a calendar (CalDAV) does."),
    Trouble.NOT_FOUND: gettext_lazy(
        "No calendar was found at %(server)s. Its provider says which address programs are given for "
        "CalDAV: try that one."
    ),
    Trouble.FORBIDDEN: gettext_lazy("%(server)s does not let you do that with this calendar."),
}


def look_for(where: str, *, user: str, secret: str, agreed: AnyOf[str] = ()) -> tuple[Collection, ...]:
    """Give the calendars at an address, a domain or an e-mail address.

    Without a ``user`` the secret is a token (OAuth).  ``agreed`` names servers of other sites the user agreed
    to.  Raises GatewayError; ``Elsewhere`` names a server to be agreed to.
    """
    with dav.signing_in(user, secret, agreed=agreed) as server:
        return caldav.calendars(server, where)


def take_up(
    owner: AbstractBaseUser,
    where: str,
    found: Iterable[Collection],
    *,
    user: str,
    secret: str,
    now: datetime,
) -> CalendarAccount:
    """Keep an account and its secret; the same one again is looked at anew.  Raises BadField."""
    secret = checked_secret(secret)
    with transaction.atomic():
        account: CalendarAccount
        account, _new = CalendarAccount.objects.update_or_create(
            owner_id=owner.pk,
            where=where.strip()[:1000],
            user=user,
            defaults={"paused_at": None, "trouble": {}, "look_at": None},
            create_defaults={"added_at": now},
        )
        _note(account, found)
        secrets.keep(owner, account.handle, secret)
    return account


def _note(account: CalendarAccount, found: Iterable[Collection]) -> None:
    """Keep which calendars there are; what was chosen of those known stays."""
    seen = set()
    for one in found:
        told = {
            "name": one.name[:200],
            "read_only": one.read_only or one.free_busy_only,
            "free_busy_only": one.free_busy_only,
            "timezone": one.timezone,
        }
        row, _new = ServerCalendar.objects.update_or_create(
            account=account,
            url=one.url[:1000],
            defaults=told,
            create_defaults=told | {"owner_id": account.owner_id},
        )
        seen.add(row.pk)
    account.calendars.exclude(pk__in=seen).delete()


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
        rows = ServerCalendar.objects.for_owner(account.owner).filter(writes=True)
        (rows.filter(account=account) if writes is None else rows).exclude(pk=writes).update(writes=False)
        account.calendars.update(counts=False)
        account.calendars.filter(pk__in=counts).update(counts=True)
        account.calendars.filter(pk=writes).update(writes=True)
    hurry(account.owner)


def pause(account: CalendarAccount, *, now: datetime | None) -> None:
    """Let it rest from a moment on, or with None look at it again."""
    account.paused_at, account.look_at = now, None
    if now is None:
        account.trouble = {}
    account.save(update_fields=["paused_at", "look_at", "trouble"])


def forget(account: CalendarAccount) -> None:
    """Remove the secret and all that was kept; what stands in the calendars stays there."""
    secrets.forget(account.owner, account.handle)
    account.delete()


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
    return bool(rows.update(claimed_until=now + LEASE, look_at=now + EVERY))


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


def read_busy(
    account: CalendarAccount, server: WebDav, *, zone: tzinfo, own: AnyOf[str], now: datetime
) -> None:
    """Read when its owner is busy, and keep that.  Raises GatewayError."""
    counting = [collection_of(row) for row in account.calendars.filter(counts=True)]
    times = caldav.busy(server, counting, now, now + AHEAD, zone=zone, own_addresses=own)
    account.busy = [[one.isoformat(), other.isoformat()] for one, other in times[:_MOST_TIMES]]
    account.busy_at = now
    CalendarAccount.objects.filter(pk=account.pk).update(busy=account.busy, busy_at=now)


def collection_of(row: ServerCalendar) -> Collection:
    """Give a calendar as the gateway knows it."""
    return Collection(
        url=row.url,
        name=row.name,
        read_only=row.read_only,
        free_busy_only=row.free_busy_only,
        timezone=row.timezone,
    )


def busy_of(account: CalendarAccount) -> list[Interval]:
    """Give when its owner is busy, as last read."""
    return [
        (datetime.fromisoformat(one).astimezone(UTC), datetime.fromisoformat(other).astimezone(UTC))
        for one, other in account.busy
    ]


def said(error: GatewayError) -> str:
    """Say what is wrong, and what to do about it."""
    return dav.said(error, _WORDS)


def trouble_said(account: CalendarAccount) -> str:
    """Say what went wrong last; empty where nothing did."""
    trouble = account.trouble
    if not trouble or trouble.get("code") == restoring.RESTORED:
        return ""
    return dav.of_code(trouble["code"], trouble.get("server", ""), _WORDS)
