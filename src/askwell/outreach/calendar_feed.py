"""What a calendar program reads under the secret address: talks and steps, bounded.

Theory of operation.  Talks of the last ninety days and all to come, each with its zone; a step on the day
it is due, one put off on the day it comes back, one that is late on the present day, where it can be seen.
Talks called off are told as called off, so that a program that keeps what it once read takes them away.
Under a confidential search every title is neutral.  A body differs from the one before only where
something changed, but for the moment it was made at: ``fingerprint`` leaves that out.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, gettext

from askwell.formats.ics import CalendarEvent, calendar
from askwell.mailroom import address, feeds
from askwell.outreach.actions.talks import talk_event
from askwell.outreach.calendars import of_seeker
from askwell.outreach.models import Talk
from askwell.outreach.open_formats import step_uid
from askwell.outreach.queries import seeker_of, steps
from askwell.rules.facts import TalkState
from askwell.rules.timing import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.mailroom.models import CalendarFeed
    from askwell.outreach.models import Seeker

BACK = timedelta(days=90)
MOST_TALKS, MOST_STEPS = 1000, 300
REFRESH = timedelta(hours=1)
_NINE = -9 * 60  # a step's alarm: nine in the morning of its day
_STAMP = re.compile(rb"^DTSTAMP:.*\r\n", re.MULTILINE)


def feed_file(feed: CalendarFeed, *, now: datetime) -> bytes:
    """Give the feed as one .ics file."""
    seeker = seeker_of(feed.owner)
    events = [*_talks(feed, seeker, now), *(_steps(feed, seeker, now) if feed.steps else ())]
    return calendar(events, now=now, name="Askwell", refresh=REFRESH)


def feed_link(feed: CalendarFeed) -> str:
    """Give its whole address; it will speak the language it was asked for in."""
    language = (get_language() or "en").partition("-")[0]
    path = reverse("feed", args=[feeds.address_of(feed)])
    return address.link(path) + ("" if language == "en" else f"?lang={language}")


def fingerprint(body: bytes) -> str:
    """Give an entity tag that stays the same while the calendar says the same (weak: RFC 9110, 8.8.3)."""
    return f'W/"{hashlib.sha256(_STAMP.sub(b"", body)).hexdigest()[:32]}"'


def _talks(feed: CalendarFeed, seeker: Seeker, now: datetime) -> Iterator[CalendarEvent]:
    rows = Talk.objects.for_owner(feed.owner).filter(starts_at__gte=now - BACK)
    rows = rows.exclude(state=TalkState.MISSED).select_related("contact")
    for talk in rows.order_by("starts_at", "pk")[:MOST_TALKS]:
        ahead = talk.state == TalkState.SCHEDULED
        yield replace(talk_event(talk, seeker=seeker), alarm_minutes=feed.alarm_minutes if ahead else None)


def _steps(feed: CalendarFeed, seeker: Seeker, now: datetime) -> Iterator[CalendarEvent]:
    days = of_seeker(seeker.zone, seeker.country, now=now)
    for line in steps(feed.owner, now=now, limit=MOST_STEPS):
        shown = max(line.due, line.snoozed_until or line.due, now)
        yield CalendarEvent(
            uid=f"{step_uid(line.key, discreet=seeker.confidential)}@askwell",
            starts=local(shown, days).date(),
            summary=line.title,
            alarm_minutes=None if feed.alarm_minutes is None else _NINE,
            confidential=seeker.confidential,
            neutral_summary=gettext("Something to do"),
        )
