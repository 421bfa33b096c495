"""Times to offer somebody, when the seeker is free: neither in a talk nor busy in a calendar.

Theory of operation.  When the seeker is busy is what was last read of their calendars; nobody waits here
for a server.  Where that is old, or could not be read, times are offered all the same, and ``warning`` says
plainly what they leave out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from askwell.mailroom import calendars
from askwell.outreach.calendars import of_seeker
from askwell.outreach.facts import relationship, world
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.models import Talk
from askwell.rules.facts import TalkState
from askwell.rules.windows import Clocks, Proposal, Window, propose

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.mailroom.models import CalendarAccount
    from askwell.outreach.facts import World
    from askwell.people.models import Contact
    from askwell.rules.facts import Calendar

_MOST_TALKS = 200
_WARNINGS = {  # why, and whether it was ever read
    ("paused", False): _("Your calendar (%(calendar)s) is paused: these times leave it out."),
    ("paused", True): _("Your calendar (%(calendar)s) is paused: what is new since %(when)s is not known."),
    ("trouble", False): _("Your calendar (%(calendar)s) did not answer: these times leave it out."),
    ("trouble", True): _(
        "Your calendar (%(calendar)s) does not answer: what is new in it since %(when)s is not known."
    ),
    ("old", False): _("Your calendar (%(calendar)s) was not read yet: these times leave it out."),
    ("old", True): _(
        "Your calendar (%(calendar)s) was last read %(when)s: what is new in it since is not known."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimes:
    """Windows to offer, on whose clock, and what they rest on.

    ``read_at``: when the calendars were last read, the oldest of them; None where none counts, or one never
    was.  ``warning`` is empty where all is known.
    """

    clock: Calendar
    proposal: Proposal
    counts: bool  # a calendar is asked
    read_at: datetime | None
    warning: str


def free_times(contact: Contact, *, now: datetime, around: World | None = None) -> FreeTimes:
    """Give up to three windows three to ten business days ahead."""
    around = around or world(contact.owner, now=now)
    clock = relationship(contact, now=now, given=around).calendar
    return times_for(contact.owner, clock, around, now=now)


def times_for(owner: AbstractBaseUser, clock: Calendar, around: World, *, now: datetime) -> FreeTimes:
    """Give the windows for somebody with that clock."""
    counting = counting_accounts(owner)
    taken = _taken(owner, counting, now=now)
    read = [account.busy_at for account in counting]
    return FreeTimes(
        clock=clock,
        proposal=propose(now, Clocks(theirs=clock, own=around.calendar), preset=around.preset, busy=taken),
        counts=bool(counting),
        read_at=min((at for at in read if at), default=None) if all(read) else None,
        warning=_warning(counting, now=now),
    )


def is_busy(owner: AbstractBaseUser, start: datetime, minutes: int, *, now: datetime) -> bool:
    """Say whether the seeker has something else then, as far as is known."""
    end = start + timedelta(minutes=minutes)
    return any(
        one.start < end and start < one.end for one in _taken(owner, counting_accounts(owner), now=now)
    )


def counting_accounts(owner: AbstractBaseUser) -> list[CalendarAccount]:
    """Give the accounts that have a calendar which counts."""
    rows = calendars.accounts_of(owner).filter(calendars__counts=True).distinct()
    return list(rows.prefetch_related(None))


def warning(owner: AbstractBaseUser, *, now: datetime) -> str:
    """Say what times offered now would leave out; empty: nothing."""
    return _warning(counting_accounts(owner), now=now)


def _taken(owner: AbstractBaseUser, counting: list[CalendarAccount], *, now: datetime) -> list[Window]:
    return [*_talks(owner, now=now), *(one for each in counting for one in _busy(each))]


def _talks(owner: AbstractBaseUser, *, now: datetime) -> list[Window]:
    booked = Talk.objects.for_owner(owner).filter(state=TalkState.SCHEDULED, starts_at__gte=now)
    return [
        Window(start=talk.starts_at, end=talk.starts_at + timedelta(minutes=talk.minutes))
        for talk in booked.order_by("starts_at")[:_MOST_TALKS]
    ]


def _busy(account: CalendarAccount) -> list[Window]:
    return [Window(start=start, end=end) for start, end in calendars.busy_of(account)]


def _warning(accounts: list[CalendarAccount], *, now: datetime) -> str:
    return " ".join(dict.fromkeys(filter(None, (_of_one(account, now=now) for account in accounts))))


def _of_one(account: CalendarAccount, *, now: datetime) -> str:
    if account.busy_at is not None and now - account.busy_at <= calendars.FRESH:
        return ""
    return str(_WARNINGS[_why(account), account.busy_at is not None]) % {
        "calendar": str(account),
        "when": _when(account, now=now),
    }


def _why(account: CalendarAccount) -> str:
    if account.paused_at is not None:
        return "paused"
    return "trouble" if account.trouble else "old"


def _when(account: CalendarAccount, *, now: datetime) -> str:
    if account.busy_at is None:
        return ""
    zone = ZoneInfo(of_seeker(seeker_of(account.owner).zone, "", now=now).zone)
    at = account.busy_at.astimezone(zone)
    return f"{formats.date_format(at, 'l j F')} {formats.date_format(at, 'TIME_FORMAT')}"
