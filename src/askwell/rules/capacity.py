"""The week's capacity: how much reaching out fits (K06).

Theory of operation.  A personal message costs about eight minutes (a figure of the Smith School's
students, not of research).  The minutes the seeker gives a week, divided by that, is the number of
new first messages that fit.  More is not forbidden, it asks for a reason.  The soft caps on how many
people one keeps active are an approximation and ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.decisions import because
from askwell.rules.facts import State

if TYPE_CHECKING:
    from askwell.rules.decisions import Reason
    from askwell.rules.presets import Preset


# Asked, and not yet through: each of these may need the seeker any day.
ACTIVE = frozenset({State.AWAITING_REPLY, State.PAUSED, State.ARRANGING, State.SCHEDULED, State.HELD})


def messages_a_week(weekly_minutes: int, *, preset: Preset) -> int:
    """How many first messages fit the seeker's weekly minutes."""
    return max(0, weekly_minutes) // preset.minutes_per_message


def room_this_week(weekly_minutes: int, *, sent: int, preset: Preset, chosen: int = 0) -> int:
    """How many more fit this week, after so many were sent; never below zero.

    ``chosen``: people one chose to ask this week and has not asked yet; each has a place of it.
    """
    return max(0, messages_a_week(weekly_minutes, preset=preset) - sent - chosen)


def load_hints(*, active: int, in_cadence: int, preset: Preset) -> tuple[Reason, ...]:
    """Hint when more people are active, or kept in touch with, than one can well attend to."""
    found = []
    if active > preset.active_cap:
        found.append(because("K06", "load.active", active=active, cap=preset.active_cap))
    if in_cadence > preset.cadence_cap:
        found.append(because("K06", "load.cadence", count=in_cadence, cap=preset.cadence_cap))
    return tuple(found)
