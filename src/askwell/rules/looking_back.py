"""Looking back on a week: when it is time, which week it is about, its questions, whom one chose (K09).

Theory of operation.  The week is the seeker's, Monday to Sunday.  It is looked back on from its last
business day on; on a Monday or Tuesday it is still the week before, unless that was done.  The step
stands from the week in which the first outreach was begun, and after that for the week after the last
one looked back on: a week left out is not asked for again.  Day and minutes are ours.

Whom one chose then to ask next is a step of the week after: from its Monday, due when its last business
day ends, gone with the week.  Chosen in two weeks running, they stand in the later one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.sentences.marks import _
from askwell.rules.timing import is_business_day, local, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from askwell.rules.facts import Calendar, SeekerFacts

MINUTES = 10
PARTS = ("happened", "owed", "learnt", "people", "minutes")
QUESTIONS: Mapping[str, str] = {
    "well": _("What went well?"),
    "learnt": _("What did you learn?"),
    "next": _("What will you try next week?"),
}
_WEEK, _DAY, _DAYS, _STILL = timedelta(days=7), timedelta(days=1), 7, 1


def monday_of(day: date) -> date:
    """Give the Monday of its week."""
    return day - timedelta(days=day.weekday())


def week_to_review(now: datetime, calendar: Calendar, *, reviewed: date | None) -> date:
    """Give the Monday of the week to look back on at that moment."""
    today = local(now, calendar).date()
    this = monday_of(today)
    early = today.weekday() <= _STILL and (reviewed is None or reviewed < this - _WEEK)
    return this - _WEEK if early else this


def last_day(monday: date, calendar: Calendar) -> date:
    """Give the last business day of a week; the Sunday of a week that has none."""
    days = [monday + timedelta(days=at) for at in range(_DAYS)]
    return next((day for day in reversed(days) if is_business_day(day, calendar)), days[-1])


def review_step(seeker: SeekerFacts) -> Step | None:
    """Give the step to look back; None before anything was begun."""
    if seeker.reviewed_week is not None:
        monday = seeker.reviewed_week + _WEEK
    elif seeker.began_at is not None:
        monday = monday_of(local(seeker.began_at, seeker.calendar).date())
    else:
        return None
    return Step(
        code=StepCode.REVIEW_WEEK,
        contact=None,
        about=("week", monday.toordinal()),
        earliest=_midnight(last_day(monday, seeker.calendar), seeker.calendar),
        due=_midnight(monday + _WEEK, seeker.calendar),
        why=(because("K09", "review.week", minutes=MINUTES),),
    )


def chosen_steps(seeker: SeekerFacts, *, now: datetime) -> Iterator[Step]:
    """Ask those chosen for the week, till it is over; whoever was met at an event has a step from there."""
    latest = {one.contact: one.week for one in sorted(seeker.chosen, key=lambda one: one.week)}
    met = {contact for event in seeker.events if event.attended for contact in event.to_write}
    for contact, week in latest.items():
        monday, calendar = week + _WEEK, seeker.calendar
        begins, ends = _midnight(monday, calendar), _midnight(monday + _WEEK, calendar)
        if now < ends and contact not in met:
            yield Step(
                code=StepCode.ASK_CHOSEN,
                contact=contact,
                about=("contact", contact),
                earliest=begins,
                due=_midnight(last_day(monday, calendar) + _DAY, calendar),
                stale=ends,
                why=(because("K09", "review.chosen", monday=begins),),
            )


def _midnight(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, time(0), tzinfo=zone_of(calendar.zone)).astimezone(UTC)
