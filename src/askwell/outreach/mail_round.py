"""The round of whoever looks after mail: the mailroom's machinery, wired to the rules and the notebook.

Each step may be done alone, by a worker that looks at it often, or all of them once, from the command line.
``clock`` gives the moment: sending takes time.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from askwell.gateways.errors import GatewayError
from askwell.mailroom import calendars, inbox, sending
from askwell.mailroom.models import Outgoing
from askwell.outreach import digest
from askwell.outreach.actions.arrivals import is_of_ours, take_in_new
from askwell.outreach.posts import post

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Clock = Callable[[], datetime]


def make_digests(clock: Clock) -> int:
    """Put the mail of the day into the outbox of whoever asked for one.  Gives how many."""
    return digest.make_digests(now=clock())


def send(clock: Clock) -> int:
    """Send the messages that are due.  Gives how many went out."""
    if not Outgoing.objects.filter(state__in=sending.AT_WORK).exists():
        return 0
    return sending.send_due(post(), clock=clock)


def look_after(clock: Clock) -> int:
    """Settle what is in doubt by what lies in Sent, and see that copies lie there."""
    return sending.settle_doubts(post(), now=clock()) + sending.file_copies(clock=clock)


def read(clock: Clock) -> int:
    """Look into the mailboxes that are due, and take in what came.  Gives how many messages were kept."""
    kept = 0
    for account in inbox.due(now=clock()):
        if inbox.claim(account, now=clock()):
            kept += inbox.poll(account, is_of_ours, now=clock()).kept
    take_in_new(now=clock())
    return kept


def look_into_calendars(clock: Clock) -> int:
    """Look into the calendars that are due.  Gives how many talks were moved or asked about."""
    due = calendars.due(now=clock())
    if not due:
        return 0
    from askwell.outreach.talks_in_calendar.round import look  # slow to load, and most have no calendar

    news = 0
    for account in due:
        with suppress(GatewayError):  # it is kept with the account, and its page says it
            done = look(account, clock=clock)
            news += len(done.moved) + len(done.asked) if done else 0
    return news


def once(clock: Clock) -> tuple[int, int]:
    """Do all of it.  Gives how many messages went out, and how many that came in were kept."""
    look_into_calendars(clock)
    make_digests(clock)
    sent = send(clock)
    look_after(clock)
    return sent, read(clock)
