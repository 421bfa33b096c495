"""Steps: what is due now or later, derived from facts.

Theory of operation.  ``steps_for`` looks at one relationship, ``seeker_steps`` at the seeker's
own standing; each topic (courtesy, talks, leads, outreach, keeping in touch, upkeep) has its own
module of small functions that yield steps.  A step's times come from what happened, not from
``now``, so that it can be stored and read later; ``now`` only decides whether a step that time
itself takes away (preparing a talk that is over) is still there.

Every clock runs from the last thing logged, so a touch re-arms it.  Windows in business days end
at the close of business of the recipient's day; windows in hours end by the clock.  A person who
asked not to be contacted has no steps; with one whose outreach has ended only courtesy remains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.decisions import StepCode
from askwell.rules.facts import State
from askwell.rules.resume import resume_steps
from askwell.rules.steps.courtesy import courtesy_steps, deserves_notice
from askwell.rules.steps.giving import giving_steps
from askwell.rules.steps.keeping import check_in_steps, next_check_in
from askwell.rules.steps.leads import lead_steps
from askwell.rules.steps.outreach import closing_due, outreach_steps, touches_allowed
from askwell.rules.steps.talks import talk_steps
from askwell.rules.steps.trying import trial_steps
from askwell.rules.steps.upkeep import seeker_steps

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.rules.decisions import Step
    from askwell.rules.facts import Relationship
    from askwell.rules.presets import Preset

__all__ = [
    "closing_due",
    "deserves_notice",
    "next_check_in",
    "seeker_steps",
    "steps_for",
    "touches_allowed",
]

_PLACE = {code: place for place, code in enumerate(StepCode)}


def steps_for(relationship: Relationship, *, preset: Preset, now: datetime) -> tuple[Step, ...]:
    """Give all steps towards one contact, now or later, in the order of ``StepCode``, then by due time."""
    if _forbidden(relationship):
        return ()
    found = [
        *courtesy_steps(relationship, preset=preset),
        *resume_steps(relationship, preset=preset),
        *talk_steps(relationship, preset=preset, now=now),
        *trial_steps(relationship, preset=preset),
        *lead_steps(relationship, preset=preset),
        *outreach_steps(relationship, preset=preset, now=now),
        *giving_steps(relationship, preset=preset, now=now),
        *check_in_steps(relationship, preset=preset),
    ]
    if len(found) > 1:
        found.sort(key=_order)
    return tuple(found)


def _forbidden(relationship: Relationship) -> bool:
    if relationship.do_not_contact:
        return True
    return any(outreach.state is State.DO_NOT_CONTACT for outreach in relationship.outreaches)


def _order(step: Step) -> tuple[int, datetime, tuple[str, int]]:
    return _PLACE[step.code], step.due, step.about
