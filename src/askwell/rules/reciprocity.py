"""Reciprocity: what was given and asked, shown but never summed into a debt (R01 to R04, K04).

Theory of operation.  Gives and asks are logged; after two asks without a give a hint says so.  Whoever
is junior and has little to give can always tell what came of the advice: closing the loop is a give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import because
from askwell.rules.timing import day_close

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Calendar, History, PromiseFacts, Relationship
    from askwell.rules.presets import Preset


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Gives and asks with one contact.  Deliberately no number for who owes whom."""

    last_give_at: datetime | None
    last_ask_at: datetime | None
    my_promises: tuple[int, ...]
    their_promises: tuple[int, ...]
    hints: tuple[Reason, ...]


def standing_of(relationship: Relationship, *, preset: Preset) -> Standing:
    """Show how giving and asking stand with a contact."""
    history, promises = relationship.history, relationship.promises
    return Standing(
        last_give_at=history.last_give_at,
        last_ask_at=history.last_ask_at,
        my_promises=tuple(promise.id for promise in promises if promise.mine),
        their_promises=tuple(promise.id for promise in promises if not promise.mine),
        hints=_hints(relationship, preset),
    )


def give_first(asks_since_give: int, *, preset: Preset) -> Reason | None:
    """Hint to give something first, to whoever was asked so often since the last give (R01)."""
    if asks_since_give < preset.asks_without_give:
        return None
    return because("R01", "give.first", asks=asks_since_give)


def _hints(relationship: Relationship, preset: Preset) -> tuple[Reason, ...]:
    history, found = relationship.history, []
    first = give_first(history.asks_since_give, preset=preset)
    if first is not None:
        found.append(first)
        if relationship.loops:
            found.append(because("R03", "give.close_loop"))
    if _ask_open(history):
        found.append(because("K04", "give.ask_open"))
    return tuple(found)


def _ask_open(history: History) -> bool:
    asked, heard = history.last_ask_at, history.last_in_at
    return asked is not None and history.unanswered > 0 and (heard is None or heard < asked)


def reminder_from(promise: PromiseFacts, calendar: Calendar, *, preset: Preset) -> datetime:
    """From when one may gently mention what they promised, once (F02); a date they named goes first."""
    since = promise.due or promise.made_at
    days = 1 if promise.due is not None else preset.their_promise_business_days
    return day_close(since, days, calendar, preset=preset)


def help_due(asked_at: datetime, calendar: Calendar, *, preset: Preset) -> datetime:
    """By when to answer another seeker who asks for help, or to decline kindly (R04)."""
    return day_close(asked_at, preset.help_business_days, calendar, preset=preset)
