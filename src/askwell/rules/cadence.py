"""Cadence: how often to be in touch, and when a relationship lapses (K01, K02, K05).

Theory of operation.  After a talk about monthly for three months; then, or without a talk, every 90
days; the seeker's own cadence goes before both.  A cadence is a stretch of days after the last touch:
shown from the first, due by the last.  Whoever has not been in touch for a year is lapsing, after
three years dormant: worth reconnecting with, which people do less often than is good for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.rules.facts import History, Relationship
    from askwell.rules.presets import Preset

_MONTH = timedelta(days=30)
_LEAD_DAYS = 7


class Kind(StrEnum):
    """Why this cadence; each has its sentence ``check_in.<kind>``."""

    OWN = "own"
    AFTER_TALK = "after_talk"
    WARM = "warm"


class Lapse(StrEnum):
    """How long it has been quiet."""

    CURRENT = "current"
    LAPSING = "lapsing"
    DORMANT = "dormant"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """Days after the last touch: shown from ``first``, due by ``last``."""

    kind: Kind
    first: int
    last: int


def last_touch(history: History) -> datetime | None:
    """Find the last thing that happened, either way."""
    moments = (history.last_out_at, history.last_in_at, history.last_check_in_at, history.last_talk_at)
    return max((moment for moment in moments if moment is not None), default=None)


def cadence_of(relationship: Relationship, *, preset: Preset) -> Cadence | None:
    """How often to be in touch; None where the seeker said never (``keep_every_days`` is 0)."""
    own = relationship.keep_every_days
    if own == 0:
        return None
    if own is not None:
        return Cadence(kind=Kind.OWN, first=_shown(own), last=own)
    last, talk = last_touch(relationship.history), relationship.history.last_talk_at
    if talk is not None and last is not None and last < talk + preset.after_talk_months * _MONTH:
        first, most = preset.check_in_days
        return Cadence(kind=Kind.AFTER_TALK, first=first, last=most)
    warm = preset.keep_warm_days
    return Cadence(kind=Kind.WARM, first=_shown(warm), last=warm)


def _shown(days: int) -> int:
    """A step is shown a week ahead, or a quarter of a short cadence."""
    return days - min(_LEAD_DAYS, days // 4)


def lapse_of(last: datetime | None, *, now: datetime, preset: Preset) -> Lapse:
    """How long it has been quiet between the two, from the last touch on."""
    if last is None:
        return Lapse.NEVER
    quiet = now - last
    if quiet >= timedelta(days=preset.dormant_days):
        return Lapse.DORMANT
    return Lapse.LAPSING if quiet >= timedelta(days=preset.lapsing_days) else Lapse.CURRENT
