"""The daily mail to oneself: turned on and off, and each day taken once.

Theory of operation.  A day is the seeker's.  ``take_day`` moves ``last_on`` forward by one conditional UPDATE
inside the transaction that puts the mail into the outbox: of two workers one gets the day.  Since the day
only moves forward, an hour that comes twice in autumn, or a flight to the west, brings no second mail; since
it is asked whether the hour has *come*, one left out in spring is made up for by the next.

None of it stands in the journal: what a mail program turns off with one click is not to come back with undo.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.mailroom.models import Digest
from askwell.people.errors import BadField

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.mailroom.models import Account

USUAL_HOUR = 8
_LAST_HOUR = 23


def digest_of(owner: AbstractBaseUser) -> Digest | None:
    """Give the daily mail's settings; None where it was never asked for."""
    found: Digest | None = Digest.objects.for_owner(owner).select_related("account", "owner").first()
    return found


def turn_on(
    owner: AbstractBaseUser, account: Account, *, hour: int, here: datetime, language: str = ""
) -> Digest:
    """Let it come every day at that hour, ``here`` being the present moment in the seeker's zone.

    Where the hour has passed, the first comes tomorrow.  Raises BadField: no such hour, an account that is
    another's or does not send.
    """
    if not 0 <= hour <= _LAST_HOUR:
        raise BadField("hour", "out-of-range")
    if account.owner_id != owner.pk or not account.smtp_host:
        raise BadField("account", "does-not-send")
    found = digest_of(owner) or Digest(owner_id=owner.pk, token=secrets.token_urlsafe(24))
    found.account, found.hour, found.language = account, hour, language
    found.on_since = found.on_since or here
    before = here.date() if here.hour >= hour else here.date() - timedelta(days=1)
    found.last_on = max(found.last_on or before, before)
    found.save()
    return found


def turn_off(owner: AbstractBaseUser) -> bool:
    """Let it come no more; False where it did not."""
    return _off(Digest.objects.for_owner(owner))


def turn_off_by(token: str) -> bool:
    """Turn off the one with this token, as often as it is asked; False where there is none."""
    rows = Digest.objects.filter(token=token)
    return rows.exists() and (_off(rows) or True)


def with_token(token: str) -> Digest | None:
    """Give the one with this token."""
    found: Digest | None = Digest.objects.filter(token=token).first()
    return found


def asked_for() -> list[Digest]:
    """Give all that are on and could go out now."""
    rows = Digest.objects.filter(on_since__isnull=False, owner__is_active=True, account__paused_at=None)
    return list(rows.exclude(account__smtp_host="").select_related("account", "owner").order_by("pk"))


def take_day(digest: Digest, day: date) -> bool:
    """Take this day for its mail; False where somebody has, or it was turned off meanwhile."""
    free = Digest.objects.filter(pk=digest.pk, on_since__isnull=False)
    return bool(free.filter(Q(last_on=None) | Q(last_on__lt=day)).update(last_on=day))


def _off(rows: object) -> bool:
    return bool(rows.exclude(on_since=None).update(on_since=None))  # type: ignore[attr-defined]
