"""The resume: sent when asked for, within a business day, never unasked, and not when it has grown old (D02).

Theory of operation.  Someone's asking is a fact of the relationship and makes a step; sending without it is
a soft refusal, for the seeker may know better.  An old version forbids nothing: it is said beside it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Decision, Refusal, Step, StepCode, because
from askwell.rules.timing import day_close

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Relationship
    from askwell.rules.presets import Preset


def resume_steps(relationship: Relationship, *, preset: Preset) -> Iterator[Step]:
    """Send it to whoever asked."""
    days = preset.resume_send_business_days
    for request in relationship.resume_requests:
        yield Step(
            code=StepCode.SEND_RESUME,
            contact=relationship.contact,
            about=("resume_request", request.id),
            earliest=request.asked_at,
            due=day_close(request.asked_at, days, relationship.calendar, preset=preset),
            why=(because("D02", "resume.asked", days=days, asked=request.asked_at),),
        )


def may_send_resume(*, asked: bool, made_at: datetime | None, preset: Preset, now: datetime) -> Decision:
    """May this version go to them?  ``made_at`` is its age; None where no version is named."""
    refusals = () if asked else (Refusal(reason=because("D02", "resume.unasked"), hard=False),)
    old = None if made_at is None else age_hint(made_at, preset=preset, now=now)
    return Decision(refusals=refusals, hints=(old,) if old else ())


def age_hint(made_at: datetime, *, preset: Preset, now: datetime) -> Reason | None:
    """Say that a version has grown old; None while it has not."""
    age = now - made_at
    if age <= timedelta(days=preset.resume_review_days):
        return None
    return because("D02", "resume.old", days=age.days, most=preset.resume_review_days)
