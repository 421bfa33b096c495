"""Calendars on a server, asked: which there are, and when their owner is busy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from askwell.gateways import caldav
from askwell.gateways.dav_collections import Collection
from askwell.gateways.errors import Permanent, Trouble
from askwell.mailroom import dav, restoring, secrets
from askwell.mailroom.accounts import checked_secret
from askwell.mailroom.calendars import AHEAD
from askwell.mailroom.models import CalendarAccount, ServerCalendar

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.errors import GatewayError
    from askwell.gateways.webdav import Bounds, WebDav

_MOST_TIMES = 5000
_WORDS = {
    Trouble.NOT_THIS_PROTOCOL: gettext_lazy("%(server)s answers, but not as a calendar (CalDAV) does."),
    Trouble.NOT_FOUND: gettext_lazy(
        "No calendar was found at %(server)s. Its provider says which address programs are given for "
        "CalDAV: try that one."
    ),
    Trouble.FORBIDDEN: gettext_lazy("%(server)s does not let you do that with this calendar."),
}


def look_for(
    where: str, *, user: str, secret: str, agreed: AnyOf[str] = (), bounds: Bounds | None = None
) -> tuple[Collection, ...]:
    """Give the calendars at an address, a domain or an e-mail address.

    Without a ``user`` the secret is a token (OAuth).  ``agreed`` names servers of other sites the user agreed
    to.  Raises GatewayError; ``Elsewhere`` names a server to be agreed to.
    """
    with dav.signing_in(user, secret, agreed=agreed, bounds=bounds) as server:
        found = caldav.calendars(server, where)
    if not found:  # tasks alone
        raise Permanent(Trouble.NOT_FOUND, server=_bare(where))
    return found


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
    anew: dict[str, Any] = {
        "paused_at": None,
        "trouble": {},
        "look_at": None,
        "language": get_language() or "",
    }
    with transaction.atomic():
        account: CalendarAccount
        account, _new = CalendarAccount.objects.update_or_create(
            owner_id=owner.pk,
            where=_bare(where)[:1000],
            user=user,
            defaults=anew,
            create_defaults=anew | {"added_at": now},
        )
        _note(account, found)
        secrets.keep(owner, account.handle, secret)
    return account


def _bare(where: str) -> str:
    """Give an address without the name and password some write into one."""
    scheme, found, rest = where.strip().partition("://")
    if not found:
        return scheme
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


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


def forget(account: CalendarAccount) -> None:
    """Remove the secret and all that was kept; what stands in the calendars stays there."""
    secrets.forget(account.owner, account.handle)
    account.delete()


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


def said(error: GatewayError) -> str:
    """Say what is wrong, and what to do about it."""
    return dav.said(error, _WORDS)


def trouble_said(account: CalendarAccount) -> str:
    """Say what went wrong last; empty where nothing did."""
    trouble = account.trouble
    if not trouble or trouble.get("code") == restoring.RESTORED:
        return ""
    return dav.of_code(trouble["code"], trouble.get("server", ""), _WORDS)
