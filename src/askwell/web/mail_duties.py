"""What the worker does about mail: the mailroom's machinery wired to the rules of outreach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from askwell.web.middleware import read_clock

Clock = Callable[[], datetime]


def send(_now: datetime, *, clock: Clock = read_clock) -> int:
    """Send the letters that are due.  Gives how many went out."""
    from askwell.mailroom import sending
    from askwell.mailroom.models import Outgoing
    from askwell.outreach.posts import post

    if not Outgoing.objects.filter(state__in=sending.AT_WORK).exists():
        return 0
    return sending.send_due(post(), clock=clock)


def look_after(now: datetime, *, clock: Clock = read_clock) -> int:
    """Settle what is in doubt by what lies in Sent, and see that copies lie there."""
    from askwell.mailroom import sending
    from askwell.outreach.posts import post

    return sending.settle_doubts(post(), now=now) + sending.file_copies(clock=clock)


def make_digests(now: datetime) -> int:
    """Put the mail of the day into the outbox of whoever asked for one.  Gives how many."""
    from askwell.outreach import digest

    return digest.make_digests(now=now)


def read(now: datetime, *, clock: Clock = read_clock) -> int:
    """Look into the mailboxes that are due, and take in what came.  Gives how many messages were kept."""
    from askwell.mailroom import inbox
    from askwell.outreach.actions.arrivals import is_of_ours, take_in_new

    kept = 0
    for account in inbox.due(now=now):
        if inbox.claim(account, now=now):
            kept += inbox.poll(account, is_of_ours, now=clock()).kept
    take_in_new(now=clock())
    return kept


def once(clock: Clock) -> tuple[int, int]:
    """Do what is due about mail, now.  Gives how many letters went out, and how many messages were kept."""
    now = clock()
    make_digests(now)
    sent = send(now, clock=clock)
    look_after(now, clock=clock)
    return sent, read(now, clock=clock)
