"""Setting aside somebody suggested, with a reason, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import one_of, towards
from askwell.outreach.errors import BadValue, NotFound
from askwell.outreach.facts import goal_of
from askwell.outreach.models import Snooze
from askwell.rules.passing import NotThis, held_until, key_of

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.people.models import Contact


def set_aside(contact: Contact, *, because: NotThis | str, now: datetime) -> Snooze:
    """Suggest them no more: for a while, for this goal, or never.  Raises BadValue (no goal to be for)."""
    kind = one_of(NotThis, "because", because)
    if kind is NotThis.GOAL and goal_of(contact.owner) is None:
        raise BadValue("because", "no-goal")
    key = key_of(kind, contact.pk)
    with towards(contact, "set_aside", now=now) as log:
        kept: Snooze | None = Snooze.objects.for_owner(contact.owner).filter(key=key).first()
        if kept is None:
            until = held_until(kind, now=now)
            return log.create(Snooze(owner_id=contact.owner_id, key=key, until=until, at=now))
        if kind is not NotThis.NOW or kept.until <= now:  # said twice of one suggestion is said once
            log.change(kept, until=held_until(kind, now=now, before=kept.until - kept.at), at=now)
        return kept


def suggest_again(contact: Contact, *, now: datetime) -> None:
    """Take back whatever was said against suggesting them.  Raises NotFound where nothing was."""
    keys = [key_of(kind, contact.pk) for kind in NotThis]
    kept = list(Snooze.objects.for_owner(contact.owner).filter(key__in=keys))
    if not kept:
        raise NotFound("suggestion", contact.name)
    with towards(contact, "suggested_again", now=now) as log:
        for each in kept:
            log.delete(each)
