"""The talks of a day: what Today puts on top, from the morning until the last minute."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from askwell.outreach.models import Talk
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from django.contrib.auth.base_user import AbstractBaseUser

_LONGEST = timedelta(hours=8)  # how long ago a talk may have begun that still goes on
_SOON = timedelta(hours=3)


def is_over(talk: Talk, *, now: datetime) -> bool:
    """Say whether its last booked minute has passed."""
    return talk.starts_at + timedelta(minutes=talk.minutes) <= now


def still_booked(owner: AbstractBaseUser, *, now: datetime, until: datetime | None = None) -> list[Talk]:
    """Give booked talks that are not over, soonest first: those to come and those that go on now."""
    rows = Talk.objects.for_owner(owner).select_related("contact")
    rows = rows.filter(state=TalkState.SCHEDULED, starts_at__gt=now - _LONGEST)
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    return _not_over(rows.order_by("starts_at", "id"), now=now)


def talks_of_the_day(owner: AbstractBaseUser, *, now: datetime, zone: tzinfo) -> list[Talk]:
    """Give the talks of this day that are not over; late at night, also the one that begins soon."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time.min, tzinfo=zone)
    return still_booked(owner, now=now, until=max(midnight, now + _SOON))


def _not_over(rows: Iterable[Talk], *, now: datetime) -> list[Talk]:
    return [talk for talk in rows if not is_over(talk, now=now)]
