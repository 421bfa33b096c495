"""Grouping: where on Today a step stands.

Theory of operation.  Debts that may be settled now come first, whatever else there is; then what is
due today or has been waiting; then what opens or falls due within seven days; the rest is later.
Days are the seeker's.  A step that something else must precede is never in the first two, and
nobody is asked how a talk went before it is over.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.decisions import StepCode
from askwell.rules.timing import day_end

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from askwell.rules.decisions import Step
    from askwell.rules.facts import Calendar


class Group(StrEnum):
    """The parts of Today, in order."""

    OWED = "owed"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


DEBTS = frozenset(
    {
        StepCode.ANSWER,
        StepCode.THANK,
        StepCode.KEEP_PROMISE,
        StepCode.SEND_RESUME,
        StepCode.CLOSE_LOOP,
        StepCode.GET_LEAVE,
        StepCode.THANK_FOR_LEAD,
        StepCode.REPORT_OUTCOME,
    },
)
_PLACE = {code: place for place, code in enumerate(StepCode)}
_WEEK = timedelta(days=7)


def place(step: Step, *, now: datetime, calendar: Calendar) -> Group:
    """Which part of Today the step belongs to; ``calendar`` is the seeker's."""
    tonight = day_end(now, calendar)
    free = step.blocked_by is None
    if free and step.code in DEBTS and step.earliest <= now:
        return Group.OWED
    if step.code is StepCode.LOG_TALK and step.earliest > now:
        return Group.LATER
    if free and step.earliest < tonight and step.due < tonight:
        return Group.TODAY
    return Group.THIS_WEEK if step.earliest < now + _WEEK else Group.LATER


def order(steps: Iterable[Step]) -> list[Step]:
    """Sort as Today shows them: by the order of ``StepCode``, then by due time."""
    return sorted(steps, key=lambda step: (_PLACE[step.code], step.due, step.key))


def is_overdue(step: Step, *, now: datetime) -> bool:
    """Its time is over."""
    return now > step.due


def is_urgent(step: Step, *, now: datetime) -> bool:
    """Its second mark is over, where the rule has one."""
    return step.urgent is not None and now > step.urgent


def is_stale(step: Step, *, now: datetime) -> bool:
    """Too late to do much good, where the rule says so."""
    return step.stale is not None and now > step.stale
