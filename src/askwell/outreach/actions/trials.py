"""Ways to try the work out that a talk opened: a day beside someone, an internship, a voluntary post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, one_of, towards
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Trial

if TYPE_CHECKING:
    from datetime import date, datetime

    from askwell.outreach.models import Talk
    from askwell.people.models import Contact


def note_trial(
    contact: Contact,
    *,
    kind: Trial.Kind | str,
    now: datetime,
    text: str = "",
    on: date | None = None,
    talk: Talk | None = None,
) -> Trial:
    """Keep a way to try the work out, with its day where it is known.  Raises BadValue."""
    which = one_of(Trial.Kind, "kind", kind)
    said = text.strip()[:500]
    if which is Trial.Kind.OTHER and not said:
        raise BadValue("text", "empty")
    with towards(contact, "trial_noted", now=now) as log:
        return log.create(
            Trial(
                owner_id=contact.owner_id,
                contact=contact,
                talk=talk,
                kind=which.value,
                text=said,
                noted_at=now,
                on=on,
            )
        )


def move_trial(trial: Trial, *, on: date | None, now: datetime) -> Trial:
    """Set its day, another day, or none."""
    with towards(trial.contact, "trial_moved", now=now) as log:
        log.change(fresh(trial), on=on)
    return trial


def end_trial(trial: Trial, *, outcome: str = "", now: datetime) -> Trial:
    """It was done; ``outcome`` is what one makes of it.  Once more: the outcome in other words."""
    with towards(trial.contact, "trial_done", now=now) as log:
        fresh(trial)
        log.change(trial, done_at=trial.done_at or now, outcome=outcome.strip(), dropped_at=None)
    return trial


def drop_trial(trial: Trial, *, now: datetime) -> Trial:
    """It will not be done, and that is fine."""
    with towards(trial.contact, "trial_dropped", now=now) as log:
        log.change(fresh(trial), dropped_at=now)
    return trial
