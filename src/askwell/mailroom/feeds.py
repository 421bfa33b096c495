"""The secret address of a calendar: made, renewed, ended, and found again from what stands in a request.

Theory of operation.  The address holds a name drawn at random and its signature by the notebook's key.
The row is found by the name, and the signature is compared in constant time, so that how long an answer
takes tells nothing; and whoever reads the database or a backup, but not the key, has no address.

Nothing of this stands in the journal: an address that was ended because it leaked is not to come back
with an undo.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer

from askwell.mailroom.models import CalendarFeed

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

ALARMS = (None, 0, 15, 30, 60, 120, 1440)  # minutes before a talk that may be chosen
_SEEN_AGAIN = timedelta(minutes=10)  # a calendar that asks all the time is not noted all the time


def feed_of(owner: AbstractBaseUser) -> CalendarFeed | None:
    """Give the feed of this notebook; None where none was made."""
    found: CalendarFeed | None = CalendarFeed.objects.for_owner(owner).first()
    return found


def make_feed(owner: AbstractBaseUser, *, now: datetime) -> CalendarFeed:
    """Give the feed of this notebook, made where there is none."""
    values = {"token": _new_token(), "made_at": now}
    feed: CalendarFeed = CalendarFeed.objects.get_or_create(owner_id=owner.pk, defaults=values)[0]
    return feed


def renew_feed(owner: AbstractBaseUser, *, now: datetime) -> CalendarFeed:
    """Give it a new address; the old one answers no more."""
    feed = make_feed(owner, now=now)
    feed.token, feed.made_at, feed.read_at = _new_token(), now, None
    feed.save(update_fields=["token", "made_at", "read_at"])
    return feed


def change_feed(owner: AbstractBaseUser, *, steps: bool, alarm_minutes: int | None) -> None:
    """Choose what is in it; nothing happens where there is none."""
    CalendarFeed.objects.for_owner(owner).update(steps=steps, alarm_minutes=alarm_minutes)


def end_feed(owner: AbstractBaseUser) -> bool:
    """Let the address answer no more; False where there was none."""
    return bool(CalendarFeed.objects.for_owner(owner).delete()[0])


def address_of(feed: CalendarFeed) -> str:
    """Give what stands in its address."""
    return str(_signer().sign(feed.token))


def find_feed(address: str) -> CalendarFeed | None:
    """Give the feed with this address, of a user who may still come in; None for any other."""
    try:
        token = _signer().unsign(address)
    except BadSignature:
        return None
    found: CalendarFeed | None = (
        CalendarFeed.objects.filter(token=token, owner__is_active=True).select_related("owner").first()
    )
    return found


def note_reading(feed: CalendarFeed, *, now: datetime) -> None:
    """Keep when a calendar read it last, to the ten minutes."""
    if feed.read_at is None or not timedelta() <= now - feed.read_at < _SEEN_AGAIN:
        CalendarFeed.objects.filter(pk=feed.pk, token=feed.token).update(read_at=now)


def _signer() -> Any:
    return Signer(salt="askwell.feed", sep=".")


def _new_token() -> str:
    return secrets.token_urlsafe(16)
