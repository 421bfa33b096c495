"""What is well to know before an act that nothing forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach import words
from askwell.outreach.facts import relationship, world
from askwell.outreach.facts.world import preset_of, seeker_of
from askwell.outreach.models import Outreach
from askwell.people.models import Contact
from askwell.rules.agenda import cancel_hint
from askwell.rules.capacity import ACTIVE, load_hints
from askwell.rules.facts import State

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Talk
    from askwell.outreach.queries.lines import ReasonLine


def load(owner: AbstractBaseUser, *, now: datetime) -> tuple[ReasonLine, ...]:
    """Hint, before one more is asked, that there are more people than one can do right by."""
    seeker = seeker_of(owner)
    asked = Outreach.objects.for_owner(owner)
    kept = Contact.objects.for_owner(owner).people().filter(keep_every_days__gt=0).order_by()
    in_touch = asked.filter(state=State.IN_TOUCH).order_by()
    hints = load_hints(
        active=asked.filter(state__in=ACTIVE).values("contact").distinct().count(),
        in_cadence=kept.values_list("pk").union(in_touch.values_list("contact_id")).count(),
        preset=preset_of(seeker),
    )
    voice = words.voice(seeker.zone, now=now)
    return tuple(voice.reason(each) for each in hints)


def late_to_cancel(talk: Talk, *, now: datetime) -> ReasonLine | None:
    """Hint that it is late to call a talk off or to move it; None while it is early enough."""
    around = world(talk.owner, now=now)
    theirs = relationship(talk.contact, now=now, given=around).calendar
    hint = cancel_hint(talk.starts_at, theirs, preset=around.preset, now=now)
    return words.voice(around.calendar.zone, now=now).reason(hint) if hint else None
