"""The seeker's own steps: events, goal, resume, cards (P01, V01, V03, D01, D02, K09, L05, V05).

Theory of operation.  These belong to nobody but the seeker, so they count in the seeker's
calendar, an event's in its own.  Writing to people met at an event is one step per person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Reason, Step, StepCode, because
from askwell.rules.employers import look_again
from askwell.rules.gatherings import look_next
from askwell.rules.looking_back import chosen_steps, review_step
from askwell.rules.steps.trying import decision_steps
from askwell.rules.timing import day_close, day_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import EventFacts, SeekerFacts
    from askwell.rules.presets import Preset

_PLACE = {code: place for place, code in enumerate(StepCode)}


def seeker_steps(seeker: SeekerFacts, *, preset: Preset, now: datetime) -> tuple[Step, ...]:
    """Give the seeker's own steps, now or later, in the order of ``StepCode``."""
    found = [
        *(step for event in seeker.events for step in _event_steps(event, preset, now)),
        *_goal(seeker, preset, now),
        *_resume(seeker, preset),
        *_cards(seeker, preset, now),
        *filter(None, (review_step(seeker),)),
        *chosen_steps(seeker, now=now),
        *decision_steps(seeker, preset=preset),
        *filter(None, (look_again(one, calendar=seeker.calendar, preset=preset) for one in seeker.employers)),
        *filter(None, (look_next(one, calendar=seeker.calendar, preset=preset) for one in seeker.places)),
    ]
    return tuple(sorted(found, key=lambda step: (_PLACE[step.code], step.due, step.key)))


def _event_steps(event: EventFacts, preset: Preset, now: datetime) -> Iterator[Step]:
    if not event.planned and not event.attended and now < event.starts_at:
        yield _plan(event, preset)
    for contact in event.to_write if event.attended else ():
        yield _write_after(event, contact, preset)


def _plan(event: EventFacts, preset: Preset) -> Step:
    starts, calendar = event.starts_at, event.calendar
    return Step(
        code=StepCode.PLAN_EVENT,
        contact=None,
        about=("event", event.id),
        earliest=day_start(starts, -preset.event_plan_ahead_business_days, calendar),
        due=day_close(starts, -preset.event_plan_business_days, calendar, preset=preset),
        stale=starts,
        why=(
            because(
                "V01",
                "event.plan",
                starts=starts,
                least=preset.event_people_min,
                most=preset.event_people_max,
            ),
        ),
    )


def _write_after(event: EventFacts, contact: int, preset: Preset) -> Step:
    starts = event.starts_at
    return Step(
        code=StepCode.WRITE_AFTER_EVENT,
        contact=contact,
        about=("contact", contact),
        earliest=starts,
        due=day_close(starts, preset.event_write_business_days, event.calendar, preset=preset),
        urgent=starts + timedelta(days=preset.event_urgent_days),
        stale=starts + timedelta(days=preset.event_stale_days),
        why=(
            because(
                "V03",
                "event.write",
                days=preset.event_write_business_days,
                stale_days=preset.event_stale_days,
                event=event.id,
                starts=starts,
            ),
        ),
    )


def _goal(seeker: SeekerFacts, preset: Preset, now: datetime) -> Iterator[Step]:
    days = preset.goal_review_days
    if not seeker.goal_text.strip():
        yield _own(StepCode.RENEW_GOAL, now, because("P01", "goal.first"))
    elif seeker.goal_set_at is not None:
        due = seeker.goal_set_at + timedelta(days=days)
        yield _own(
            StepCode.RENEW_GOAL,
            due,
            because("P01", "goal.review", days=days, set=seeker.goal_set_at),
        )


def _resume(seeker: SeekerFacts, preset: Preset) -> Iterator[Step]:
    if seeker.resume_updated_at is None:
        return
    days = preset.resume_review_days
    due = seeker.resume_updated_at + timedelta(days=days)
    yield _own(
        StepCode.RENEW_RESUME,
        due,
        because("D02", "resume.review", days=days, updated=seeker.resume_updated_at),
    )


def _cards(seeker: SeekerFacts, preset: Preset, now: datetime) -> Iterator[Step]:
    left = seeker.cards_left
    if left is not None and left <= preset.cards_low:
        yield _own(StepCode.REPRINT_CARDS, now, because("D01", "cards.low", left=left))


_ABOUT = {StepCode.RENEW_GOAL: "goal", StepCode.RENEW_RESUME: "resume", StepCode.REPRINT_CARDS: "cards"}


def _own(code: StepCode, due: datetime, why: Reason) -> Step:
    return Step(code=code, contact=None, about=(_ABOUT[code], 0), earliest=due, due=due, why=(why,))
