"""Calendars on a server, or under a secret address, asked: which there are, and when their owner is busy."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from askwell.gateways import caldav, published_calendars
from askwell.gateways.dav_collections import Collection
from askwell.gateways.errors import Permanent, Trouble
from askwell.mailroom import dav, restoring, secrets
from askwell.mailroom.accounts import checked_secret
from askwell.mailroom.calendars import AHEAD
from askwell.mailroom.models import CalendarAccount, ServerCalendar

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from collections.abc import Iterable, Iterator
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
_GONE = gettext_lazy(
    "%(server)s knows no calendar under this secret address: it was made anew, or taken back. Get the one "
    "that counts now, and connect it."
)
_WORDS_OF_PUBLISHED = {
    Trouble.NOT_THIS_PROTOCOL: gettext_lazy(
        "%(server)s answers, but not with a calendar (iCalendar). Copy the whole address."
    ),
    **dict.fromkeys((Trouble.PASSWORD, Trouble.FORBIDDEN, Trouble.NOT_FOUND), _GONE),
}


def look_for(
    where: str, *, user: str, secret: str, agreed: AnyOf[str] = (), bounds: Bounds | None = None
) -> tuple[Collection, ...]:
    """Give the calendars at an address, a domain or an e-mail address; or the one under a secret address.

    That one wants neither name nor password.  Without a ``user`` the secret is a token (OAuth).  ``agreed``
    names servers of other sites the user agreed to.  Raises GatewayError; ``Elsewhere`` names a server to be
    agreed to.
    """
    if is_published(where):
        with dav.signing_in("", "", agreed=agreed, bounds=bounds) as server:
            return (published_calendars.look_at(server, where),)
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
    found = tuple(found)
    published = is_published(where)
    if published:
        secret, found = found[0].url, (replace(found[0], url=""),)
        where, user = published_calendars.host_of(secret), _name_for(owner, secret, found[0].name)
    secret = checked_secret(secret)
    anew: dict[str, Any] = {
        "published": published,
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


def is_published(where: str) -> bool:
    """Whether this is the secret address of one calendar, and no server to sign in to."""
    return published_calendars.is_published(where)


def _name_for(owner: AbstractBaseUser, address: str, name: str) -> str:
    """Give the name of a published calendar, told apart from another one of that name on that site."""
    host = published_calendars.host_of(address)
    rows = CalendarAccount.objects.for_owner(owner).filter(where=host, published=True)
    known = {row.user: _secret_of(row) for row in rows}
    tried = name = name[:300]
    for number in range(2, len(known) + 2):
        if known.get(tried, address) in {address, ""}:
            break
        tried = f"{name} {number}"
    return tried


def _secret_of(account: CalendarAccount) -> str:
    try:
        return secrets.secret_of(account.owner, account.handle)
    except secrets.NoSecret:
        return ""


@contextmanager
def signed_in(account: CalendarAccount, *, bounds: Bounds | None = None) -> Iterator[WebDav]:
    """Open the server of an account.  Raises Permanent PASSWORD where no secret is kept any more."""
    if not account.published:
        with dav.signed_in(account, bounds=bounds) as server:
            yield server
        return
    with dav.signing_in("", "", bounds=bounds) as server:
        yield server


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
    if not account.published:
        times = caldav.busy(server, counting, now, now + AHEAD, zone=zone, own_addresses=own)
    elif not counting:
        times = ()
    elif address := _secret_of(account):
        times = published_calendars.busy(server, address, now, now + AHEAD, zone=zone, own_addresses=own)
    else:
        raise Permanent(Trouble.NOT_FOUND, server=str(account))
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


def said(error: GatewayError, *, published: bool = False) -> str:
    """Say what is wrong, and what to do about it."""
    return dav.said(error, _WORDS_OF_PUBLISHED if published else _WORDS)


def trouble_said(account: CalendarAccount) -> str:
    """Say what went wrong last; empty where nothing did."""
    trouble = account.trouble
    if not trouble or trouble.get("code") == restoring.RESTORED:
        return ""
    words = _WORDS_OF_PUBLISHED if account.published else _WORDS
    return dav.of_code(trouble["code"], trouble.get("server", ""), words)
