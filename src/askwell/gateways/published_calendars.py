"""A calendar under a secret address: whoever knows it may read all of it, and nobody may write.

Google, Outlook and iCloud publish calendars so, and two of them let a program in by no password.  The address
is the secret: it stands in no error, and is sent to its own site alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from askwell.formats.busy import busy_times
from askwell.formats.published_calendars import is_calendar, nearby, told_of
from askwell.gateways.dav_collections import Collection
from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.webdav import same_site, server_of

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from datetime import datetime, tzinfo

    from askwell.formats.busy import Interval
    from askwell.gateways.webdav import Answer, WebDav

_SCHEMES = {"webcal": "https", "webcals": "https"}


def is_published(where: str) -> bool:
    """Whether this is the address of a published calendar, and no server of calendars."""
    scheme, _found, rest = where.strip().partition("://")
    if scheme.lower() in _SCHEMES:
        return True
    return scheme.lower() in {"http", "https"} and rest.partition("?")[0].lower().endswith(".ics")


def address_of(where: str) -> str:
    """Give the address to ask, which is never without encryption but on this machine."""
    scheme, _found, rest = where.strip().partition("://")
    return f"{_SCHEMES.get(scheme.lower(), scheme.lower())}://{rest}"


def host_of(where: str) -> str:
    """Give what of the address may be shown."""
    return f"https://{server_of(address_of(where))}"


def look_at(dav: WebDav, where: str) -> Collection:
    """Give the calendar under an address; its ``url`` is the secret to keep.

    That is the address as given, but on another site that the user agreed to: the one it led to.  Raises
    Transient, Permanent, Elsewhere.
    """
    url = address_of(where)
    answer = _fetched(dav, url)
    host = urlsplit(answer.url).hostname or ""
    kept = url if same_site(host, urlsplit(url).hostname or "") else answer.url
    return Collection(url=kept, name=told_of(answer.body).name or host, read_only=True)


def busy(
    dav: WebDav,
    where: str,
    start: datetime,
    end: datetime,
    *,
    zone: tzinfo,
    own_addresses: AnyOf[str] = (),
) -> tuple[Interval, ...]:
    """Give when somebody is busy in it, as ``caldav.busy`` does.  Raises Transient, Permanent, Elsewhere."""
    url = address_of(where)
    data = _fetched(dav, url).body
    its_zone = told_of(data).zone or zone
    found = busy_times([nearby(data, start, end)], start, end, zone=its_zone, own_addresses=own_addresses)
    if found.unread:
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(url), said="unreadable")
    return found.times


def _fetched(dav: WebDav, url: str) -> Answer:
    answer = dav.ask("GET", url, most=dav.bounds.answer_bytes)
    if not is_calendar(answer.body):
        raise Permanent(Trouble.NOT_THIS_PROTOCOL, server=server_of(url), said="no calendar")
    return answer
