"""Keeping in touch: when the next check-in is due (K01, K02).

Theory of operation.  The clock runs from the last touch of any kind, either way; ``cadence`` says how
long.  While something is open (a question asked, a talk to come, thanks owed) nobody checks in: that
step would be beside the point.  Nor does one with whoever declined or never answered.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.cadence import cadence_of, last_touch
from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.facts import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Relationship
    from askwell.rules.presets import Preset

_CLOSED = frozenset({State.DECLINED, State.CLOSED_NO_REPLY})
_SETTLED = _CLOSED | {State.IN_TOUCH, State.WITHDRAWN}


def check_in_steps(relationship: Relationship, *, preset: Preset) -> Iterator[Step]:
    """Give the next check-in, if this is someone to keep in touch with."""
    window = next_check_in(relationship, preset=preset)
    if window is None:
        return
    earliest, due, why = window
    yield Step(
        code=StepCode.CHECK_IN,
        contact=relationship.contact,
        about=("contact", relationship.contact),
        earliest=earliest,
        due=due,
        why=(why,),
    )


def next_check_in(relationship: Relationship, *, preset: Preset) -> tuple[datetime, datetime, Reason] | None:
    """From when, by when and why to check in; None for people one does not keep in touch with."""
    last = last_touch(relationship.history)
    if last is None or not _is_kept(relationship, preset):
        return None
    cadence = cadence_of(relationship, preset=preset)
    if cadence is None:
        return None
    earliest, due = last + timedelta(days=cadence.first), last + timedelta(days=cadence.last)
    news = relationship.history.last_news_at
    if news is not None and last < news < earliest:
        return news, due, because("K02", "check_in.news", days=cadence.last, last=last)
    return earliest, due, because("K01", f"check_in.{cadence.kind}", days=cadence.last, last=last)


def _is_kept(relationship: Relationship, preset: Preset) -> bool:
    states = {outreach.state for outreach in relationship.outreaches}
    if states - _SETTLED:
        return False  # something is open
    if states & _CLOSED and State.IN_TOUCH not in states:
        return False
    if relationship.keep_every_days is not None:
        return True
    known = State.IN_TOUCH in states or relationship.history.last_talk_at is not None
    return known and relationship.history.unanswered < preset.max_touches
