"""The notebook in other programs' formats: people as vCard or CSV, talks and steps as iCalendar."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from askwell.formats.ics import CalendarEvent, calendar
from askwell.outreach.actions.talks import talk_event
from askwell.outreach.queries import seeker_of, steps, talks
from askwell.people.models import Contact
from askwell.people.records import HANGING_ON, record_of
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.formats.records import PersonRecord


def person_records(owner: AbstractBaseUser) -> Iterator[PersonRecord]:
    """Give every contact as a neutral record, by name, with what a source gave and we do not understand."""
    people = (
        Contact.objects.for_owner(owner)
        .people()
        .prefetch_related(*HANGING_ON)
        .select_related("introduced_by")
        .order_by("sort_key", "pk")
    )
    for contact in people.iterator(chunk_size=1000):
        yield record_of(contact)


def calendar_file(owner: AbstractBaseUser, *, now: datetime) -> bytes:
    """Give the talks booked or held, and the day of every step, as one iCalendar file."""
    booked = talks(owner, now=now).exclude(state__in=[TalkState.CANCELLED, TalkState.MISSED])
    events = [talk_event(talk) for talk in booked]
    return calendar([*events, *_step_days(owner, now=now)], now=now, name="Askwell")


def _step_days(owner: AbstractBaseUser, *, now: datetime) -> Iterator[CalendarEvent]:
    seeker = seeker_of(owner)
    for line in steps(owner, now=now, limit=10_000):
        yield CalendarEvent(
            uid=f"{step_uid(line.key, discreet=seeker.confidential)}@askwell",
            starts=line.due.astimezone(ZoneInfo(seeker.zone)).date(),
            summary=line.title,
            confidential=seeker.confidential,
            neutral_summary=gettext("Something to do"),
        )


def step_uid(key: str, *, discreet: bool) -> str:
    """Name a step for a calendar; in a confidential search without saying what kind of step it is."""
    return hashlib.sha256(key.encode()).hexdigest()[:32] if discreet else key.replace(":", "-")
