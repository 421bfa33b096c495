"""When two contacts become one, and the seeker has asked both for the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import move_if_possible
from askwell.rules.facts import Happening, State
from askwell.rules.lifecycle import UNANSWERED

if TYPE_CHECKING:
    from askwell.outreach.models import Outreach
    from askwell.people.journal import Journal

_EARLY = {state.value: place for place, state in enumerate(State) if state in UNANSWERED}


def resolve_outreach(log: Journal, keep: Outreach, gone: Outreach) -> None:
    """Let the one that got further go on; the other is withdrawn, its history stays."""
    less, more = (keep, gone) if _reach(gone) > _reach(keep) else (gone, keep)
    if not move_if_possible(log, less, Happening.WITHDREW, at=log.now, data={"merged_into": more.pk}):
        move_if_possible(log, more, Happening.WITHDREW, at=log.now, data={"merged_into": less.pk})


def _reach(outreach: Outreach) -> tuple[bool, bool, int]:
    forbidden = outreach.state == State.DO_NOT_CONTACT
    return forbidden, outreach.state not in _EARLY, outreach.sent_count
