"""Looking back on a week; it can be left and gone on with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from askwell.outreach.actions._doing import doing
from askwell.outreach.actions.seeker import change_seeker
from askwell.outreach.calendars import of_seeker
from askwell.outreach.errors import BadValue
from askwell.outreach.facts import seeker_of
from askwell.outreach.models import WeeklyReview
from askwell.people.journal import as_one
from askwell.rules.looking_back import QUESTIONS, week_to_review
from askwell.rules.timing import local

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Step

_MOST_TEXT, _MOST_PEOPLE = 4000, 20
_KEYS = frozenset(QUESTIONS) | {"people", "at"}


def keep_review(
    owner: AbstractBaseUser, *, week: date, answers: Mapping[str, Any], now: datetime
) -> WeeklyReview:
    """Keep some answers of the review of the week that began on that Monday; begun where there is none.

    ``answers``: a text for a question of ``rules.looking_back``, ``people`` (contact ids), ``at`` (the part).
    Raises BadValue: no Monday, a week to come.
    """
    if week.weekday() != 0:
        raise BadValue("week", "not-a-monday")
    seeker = seeker_of(owner)
    if week > local(now, of_seeker(seeker.zone, seeker.country, now=now)).date():
        raise BadValue("week", "in-the-future")
    if unknown := set(answers) - _KEYS:
        raise BadValue(min(unknown), "unknown")
    with doing(owner, "review_kept", now=now, week=week.isoformat()) as log:
        row = WeeklyReview.objects.for_owner(owner).filter(week=week).first()
        if row is None:
            row = log.create(WeeklyReview(owner_id=owner.pk, week=week, begun_at=now))
        kept = {**row.answers, **{key: _clean(value) for key, value in answers.items()}}
        if kept != row.answers:
            log.change(row, answers=kept)
    found: WeeklyReview = row
    return found


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()[:_MOST_TEXT]
    return list(value)[:_MOST_PEOPLE] if isinstance(value, list | tuple) else int(value)


def finish_review(
    owner: AbstractBaseUser, *, week: date, now: datetime, weekly_minutes: int | None = None
) -> WeeklyReview:
    """The week is looked back on; next week has so many minutes."""
    with as_one(owner):
        if weekly_minutes is not None and weekly_minutes != seeker_of(owner).weekly_minutes:
            change_seeker(owner, weekly_minutes=weekly_minutes, now=now)
        row = keep_review(owner, week=week, answers={}, now=now)
        with doing(owner, "review_done", now=now, week=week.isoformat()) as log:
            if row.done_at is None:
                log.change(row, done_at=now)
    return row


def week_of(owner: AbstractBaseUser, step: Step, *, now: datetime) -> date:
    """Give the week a step asks for; one long gone by is let go for the week at hand."""
    seeker = seeker_of(owner)
    calendar = of_seeker(seeker.zone, seeker.country, now=now)
    asked = date.fromordinal(step.about_id)
    return max(asked, week_to_review(now, calendar, reviewed=asked - timedelta(days=7)))
