"""Keeping in touch, putting off, marking done, and the passing of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from askwell.outreach.actions._doing import aware, doing, move, towards
from askwell.outreach.actions._finishing import finish
from askwell.outreach.errors import BadValue, NotFound
from askwell.outreach.facts import relationships, world
from askwell.outreach.models import Outreach, Snooze, Step
from askwell.people.journal import CannotUndo, last_change, undo
from askwell.people.models import Change
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Happening, State
from askwell.rules.lifecycle import WAITED_FOR
from askwell.rules.steps import closing_due, steps_for

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.models import Contact


def set_cadence(contact: Contact, *, keep_every_days: int | None, now: datetime) -> Contact:
    """How often to be in touch: None lets the preset decide, 0 means never."""
    if keep_every_days is not None and not 0 <= keep_every_days <= _LONGEST_DAYS:
        raise BadValue("keep_every_days", "out-of-range")
    with towards(contact, "cadence", now=now, days=keep_every_days) as log:
        log.change(contact, keep_every_days=keep_every_days)
    return contact


def set_closeness(contact: Contact, *, closeness: int | None, now: datetime) -> Contact:
    """How well they know each other, 1 to 5; None: not said."""
    if closeness is not None and closeness not in range(1, 6):
        raise BadValue("closeness", "out-of-range")
    with towards(contact, "closeness", now=now) as log:
        log.change(contact, closeness=closeness)
    return contact


def snooze(owner: AbstractBaseUser, *, key: str, until: datetime, now: datetime) -> Snooze:
    """Put a step off until a date.  Raises NotFound (no such step), BadValue (not in the future)."""
    if aware("until", until) <= now:
        raise BadValue("until", "not-later")
    step = _step(owner, key)
    with doing(owner, "snoozed", now=now, key=key, name=_name(step)) as log:
        held: Snooze | None = Snooze.objects.for_owner(owner).filter(key=key).first()
        if held is not None:
            log.change(held, until=until, at=now)
            return held
        return log.create(Snooze(owner_id=owner.pk, key=key, until=until, at=now))


def unsnooze(owner: AbstractBaseUser, *, key: str, now: datetime) -> None:
    """Bring a step back at once."""
    held = Snooze.objects.for_owner(owner).filter(key=key).first()
    if held is None:
        raise NotFound("snooze", key)
    with doing(owner, "unsnoozed", now=now, key=key) as log:
        log.delete(held)


def mark_done(owner: AbstractBaseUser, *, key: str, now: datetime) -> Change | None:
    """Do what completes a step where that is plain; gives the change, for undo.

    Raises NeedsMore naming the action to call where more must be said, NotFound for no such step.
    """
    step = _step(owner, key)
    before = last_change(owner)
    finish(owner, step, now=now)
    after = last_change(owner)
    return after if after != before else None


def settle(owner: AbstractBaseUser, *, now: datetime) -> int:
    """Let time pass: close outreaches whose last wait is over, resume pauses.  Gives how many moved.

    Idempotent; one undoable change at most.
    """
    waiting = _due_outreaches(owner, now=now)
    if not waiting:
        return 0
    with doing(owner, SETTLED, now=now, count=len(waiting)) as log:
        for outreach, happening in _due_outreaches(owner, now=now):
            move(log, outreach, happening, at=now)
    return len(waiting)


def undo_last(owner: AbstractBaseUser, *, now: datetime) -> Change | None:
    """Take the newest action back; None where there is none.  Raises people.journal.CannotUndo."""
    done = Change.objects.for_owner(owner).filter(undone_at=None).exclude(code=_TIME)
    change: Change | None = done.order_by("-pk").first()
    if change is not None:
        undo_change(change, now=now)
    return change


def undo_change(change: Change, *, now: datetime) -> None:
    """Take one action back; what time settled upon it goes too, and is settled again.

    Raises people.journal.CannotUndo where something later rests on it that the seeker did.
    """
    with transaction.atomic():
        try:
            undo(change, now=now)
        except CannotUndo:
            passed = Change.objects.filter(owner_id=change.owner_id, code=_TIME, pk__gt=change.pk)
            settled = list(passed.filter(undone_at=None).order_by("-pk"))
            if not settled:
                raise
            for each in settled:
                undo(each, now=now)
            undo(change, now=now)
            settle(change.owner, now=now)


SETTLED = "settled"
_TIME = f"outreach.{SETTLED}"
_LONGEST_DAYS = 3650


def _step(owner: AbstractBaseUser, key: str) -> Step:
    found: Step | None = Step.objects.for_owner(owner).filter(key=key).select_related("contact").first()
    if found is None:
        raise NotFound("step", key)
    return found


def _name(step: Step) -> str:
    return step.contact.name if step.contact is not None else ""


def _due_outreaches(owner: AbstractBaseUser, *, now: datetime) -> list[tuple[Outreach, Happening]]:
    """Outreaches whose last wait is over, and those whose named date has come."""
    rows = {row.pk: row for row in Outreach.objects.for_owner(owner).filter(state__in=WAITED_FOR)}
    if not rows:
        return []
    around = world(owner, now=now)
    found: list[tuple[Outreach, Happening]] = []
    for known in relationships(owner, {row.contact_id for row in rows.values()}, now=now, given=around):
        back = {
            step.about[1]: step.earliest
            for step in steps_for(known, preset=around.preset, now=now)
            if step.code is StepCode.FOLLOW_UP
        }
        for facts in known.outreaches:
            if facts.id not in rows:
                continue
            closing = closing_due(known, facts, preset=around.preset)
            if closing is not None and closing <= now:
                found.append((rows[facts.id], Happening.GAVE_UP))
            elif facts.state is State.LATER and facts.id in back and back[facts.id] <= now:
                found.append((rows[facts.id], Happening.RESUMED))
    return found
