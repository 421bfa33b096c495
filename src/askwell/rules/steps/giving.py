"""Steps of giving: congratulate on a new job, and mention once what they promised (R05, F02).

Theory of operation.  Both are reasons to write that pass: after some weeks the step goes by itself.
Congratulations are for people one knows, not for everybody in an address book, and never for someone
who declined or did not answer.  What they promised counts as mentioned with the first letter, or call,
after the day from which one may.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from askwell.rules.decisions import Step, StepCode, because
from askwell.rules.facts import State
from askwell.rules.reciprocity import reminder_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.rules.facts import PromiseFacts, Relationship
    from askwell.rules.presets import Preset

_CLOSED = frozenset({State.DECLINED, State.CLOSED_NO_REPLY})
_GET_ON_WELL = 3


def giving_steps(relationship: Relationship, *, preset: Preset, now: datetime) -> Iterator[Step]:
    """Give what one may write for, and the day after which it is let go."""
    yield from _congratulate(relationship, preset, now)
    for promise in relationship.promises:
        if not promise.mine:
            yield from _recall(relationship, promise, preset, now)


def is_known(relationship: Relationship) -> bool:
    """Say whether the seeker knows them well enough to congratulate: a talk, an answer, a word of theirs."""
    history = relationship.history
    heard = history.last_talk_at is not None or history.last_in_at is not None
    chosen = bool(relationship.keep_every_days) or (relationship.closeness or 0) >= _GET_ON_WELL
    states = {outreach.state for outreach in relationship.outreaches}
    closed = bool(states & _CLOSED) and State.IN_TOUCH not in states
    return (heard or chosen) and not closed and not relationship.at_guarded_employer


def _congratulate(relationship: Relationship, preset: Preset, now: datetime) -> Iterator[Step]:
    if not relationship.job_changes or not is_known(relationship):
        return
    newest = max(relationship.job_changes, key=lambda change: (change.noticed_at, change.id))
    stale = newest.noticed_at + timedelta(days=preset.congratulate_stale_days)
    if now >= stale:
        return
    yield Step(
        code=StepCode.CONGRATULATE,
        contact=relationship.contact,
        about=("job_change", newest.id),
        earliest=newest.noticed_at,
        due=newest.noticed_at + timedelta(days=preset.congratulate_days),
        stale=stale,
        why=(because("R05", "job.new", days=preset.congratulate_days, noticed=newest.noticed_at),),
    )


def _recall(
    relationship: Relationship, promise: PromiseFacts, preset: Preset, now: datetime
) -> Iterator[Step]:
    start = reminder_from(promise, relationship.calendar, preset=preset)
    stale = start + timedelta(days=preset.recall_stale_days)
    written = relationship.history.last_out_at
    if now >= stale or (written is not None and written >= start):
        return
    yield Step(
        code=StepCode.RECALL_PROMISE,
        contact=relationship.contact,
        about=("promise", promise.id),
        earliest=start,
        due=stale,
        stale=stale,
        why=(because("F02", "promise.theirs", made=promise.made_at),),
    )
