"""What is well to know before an act that nothing forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach import words
from askwell.outreach.facts import relationship, world
from askwell.rules.agenda import cancel_hint

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Talk
    from askwell.outreach.queries.lines import ReasonLine


def late_to_cancel(talk: Talk, *, now: datetime) -> ReasonLine | None:
    """Hint that it is late to call a talk off or to move it; None while it is early enough."""
    around = world(talk.owner, now=now)
    theirs = relationship(talk.contact, now=now, given=around).calendar
    hint = cancel_hint(talk.starts_at, theirs, preset=around.preset, now=now)
    return words.voice(around.calendar.zone, now=now).reason(hint) if hint else None
