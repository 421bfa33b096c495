"""Days one set oneself: to try the work out, and to look at a decision again (C10, P08).

Theory of operation.  A day has no hour, so it is read at noon of the seeker's calendar: shown from the
morning on, due by the close of the business day after, when how it was can be said.  A decision is looked
at on its day; only the newest about its subject is among the facts.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.timing import day_close, day_start, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from askwell.rules.facts import Calendar, Relationship, SeekerFacts
    from askwell.rules.presets import Preset

_NOON = time(12)


def trial_steps(relationship: Relationship, *, preset: Preset) -> Iterator[Step]:
    """Try the work out on the day agreed on, and say how it was; none where no day is set."""
    calendar = relationship.calendar
    for trial in relationship.trials:
        if trial.on is not None:
            noon = _noon(trial.on, calendar)
            yield Step(
                code=StepCode.TRY_OUT,
                contact=relationship.contact,
                about=("trial", trial.id),
                earliest=day_start(noon, 0, calendar),
                due=day_close(noon, 1, calendar, preset=preset),
                why=(because("C10", "trial.day"),),
            )


def decision_steps(seeker: SeekerFacts, *, preset: Preset) -> Iterator[Step]:
    """Look at a decision again on the day one set."""
    for decision in seeker.decisions:
        if decision.look_again_on is not None:
            noon = _noon(decision.look_again_on, seeker.calendar)
            yield Step(
                code=StepCode.REVISIT_DECISION,
                contact=None,
                about=("decision", decision.id),
                earliest=day_start(noon, 0, seeker.calendar),
                due=day_close(noon, 1, seeker.calendar, preset=preset),
                why=(because("P08", "decision.look_again"),),
            )


def _noon(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, _NOON, zone_of(calendar.zone))
