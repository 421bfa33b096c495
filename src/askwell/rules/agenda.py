"""The agenda of an informational interview: who speaks of what, for how long (C01 to C06).

Theory of operation.  The booked minutes are divided into blocks whose sum is always the booked time.
Thanks, context and closing take little and hardly grow; the questions get the rest.  At twenty
minutes that is 2 / 2 / 13 / 2 and one to spare, inside S1's ranges, which sum to 17 to 22.  Other
styles divide the questions (TIARA) or name the blocks otherwise; a style never changes the sum.

The seeker leads and ends on time: three minutes before the end comes the cue to wrap up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import because
from askwell.rules.errors import BadParameter
from askwell.rules.presets import AgendaStyle, FurtherNames
from askwell.rules.timing import add_business_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset

MINUTES_LEAST, MINUTES_MOST = 10, 240
_SHORT, _USUAL, _LONG = 15, 20, 25

# S1's own ranges, least and most minutes.
KELLEY_RANGES: Mapping[str, tuple[int, int]] = {
    "thanks": (2, 3),
    "context": (1, 2),
    "questions": (12, 15),
    "wrap": (2, 2),
}

_CORE: Mapping[AgendaStyle, tuple[str, ...]] = {
    AgendaStyle.ASKWELL: ("questions",),
    AgendaStyle.KELLEY: ("questions",),
    AgendaStyle.CASE_WESTERN: ("questions",),
    AgendaStyle.OWN: ("aims",),
    AgendaStyle.TIARA: ("trends", "insights", "advice", "resources", "assignments"),
}
_QUESTION_QUARTERS = 9  # a question with its follow-up takes about 2 1/4 minutes (default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One stretch of the talk: ``starts`` and ``minutes`` from its beginning."""

    key: str
    starts: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A talk's agenda.  ``cue_at`` is the minute to begin wrapping up."""

    minutes: int
    style: AgendaStyle
    blocks: tuple[Block, ...]
    cue_at: int
    questions_that_fit: int
    closing: tuple[str, ...]
    reminders: tuple[Reason, ...]

    @property
    def total(self) -> int:
        """Sum of the blocks; always the booked minutes."""
        return sum(block.minutes for block in self.blocks)


def agenda_for(minutes: int, *, preset: Preset, cool: bool = False, went_well: bool = True) -> Agenda:
    """Divide a talk of 10 to 240 minutes.  Raises ``BadParameter`` for other lengths.

    ``cool`` marks a talk in which one does not ask for further names.
    """
    if not MINUTES_LEAST <= minutes <= MINUTES_MOST:
        raise BadParameter("minutes", minutes, f"must be from {MINUTES_LEAST} to {MINUTES_MOST}")
    sizes = _sizes(minutes, preset.agenda)
    core = sum(size for key, size in sizes if key not in {"thanks", "context", "wrap", "spare"})
    return Agenda(
        minutes=minutes,
        style=preset.agenda,
        blocks=_blocks(sizes),
        cue_at=max(0, minutes - preset.wrap_cue_minutes),
        questions_that_fit=max(1, core * 4 // _QUESTION_QUARTERS),
        closing=closing_questions(preset=preset, cool=cool, went_well=went_well),
        reminders=_reminders(preset),
    )


def closing_questions(*, preset: Preset, cool: bool = False, went_well: bool = True) -> tuple[str, ...]:
    """Questions to end with, in order (C05).  A cool talk ends without asking for names."""
    no_names = cool or (preset.further_names is FurtherNames.IF_WENT_WELL and not went_well)
    skipped = {"who_else", "use_name"} if no_names else set()
    return tuple(key for key in preset.closing_questions if key not in skipped)


def extension_asked(minutes: int, *, preset: Preset) -> Reason | None:
    """Why not to run on longer than that; None where one may ask for it, once (C02)."""
    if minutes <= preset.extension_minutes:
        return None
    return because("C02", "agenda.extension", minutes=minutes, most=preset.extension_minutes)


def cancel_hint(starts_at: datetime, calendar: Calendar, *, preset: Preset, now: datetime) -> Reason | None:
    """Hint when it is late to call a talk off or to ask for another time (C03)."""
    days = preset.own_cancel_business_days
    if now <= add_business_days(starts_at, -days, calendar):
        return None
    return because("C03", "talk.cancel_late", days=days)


def _sizes(minutes: int, style: AgendaStyle) -> list[tuple[str, int]]:
    long = minutes >= _LONG
    thanks, wrap = (3, 3) if long else (2, 2)
    context = 1 if minutes <= _SHORT else 2
    spare = 1 if _USUAL <= minutes < _LONG else 0
    core = _share(minutes - thanks - context - wrap - spare, _CORE[style])
    sizes = [("thanks", thanks), ("context", context), *core, ("wrap", wrap), ("spare", spare)]
    return [(key, size) for key, size in sizes if size > 0]


def _share(minutes: int, keys: tuple[str, ...]) -> list[tuple[str, int]]:
    each, rest = divmod(minutes, len(keys))
    return [(key, each + (place < rest)) for place, key in enumerate(keys)]


def _blocks(sizes: list[tuple[str, int]]) -> tuple[Block, ...]:
    found, clock = [], 0
    for key, size in sizes:
        found.append(Block(key=key, starts=clock, minutes=size))
        clock += size
    return tuple(found)


def _reminders(preset: Preset) -> tuple[Reason, ...]:
    return (
        because("C03", "agenda.on_time", early=preset.early_minutes_max),
        because("C04", "agenda.they_talk", percent=preset.they_talk_percent),
        because("C06", "agenda.no_job_ask"),
        because("C02", "agenda.wrap_cue", minutes=preset.wrap_cue_minutes),
        because("C05", f"agenda.names_{preset.further_names}"),
    )
