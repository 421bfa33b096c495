"""What the rules say, as tables that loops can read: moves, kinds of touch, days of a calendar.

Theory of operation. An event has a kind; a ``Kind`` says which move of the life cycle it is, which touch,
or both. For every state and kind one number says what follows: the next state and what is to be noted, so
that an event costs one look-up. It is made of ``rules.lifecycle``, and of how an outreach is folded from
its moves and a history from its touches.

A calendar is laid out day by day: when the day begins (a moment), and for each rule in business days when the
day begins, and business closes, that the rule leads to from there. Moments are whole seconds since 1970, 0 is
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from askwell.rules.errors import BadCalendar
from askwell.rules.facts import Happening, State, TouchKind
from askwell.rules.lifecycle import ENDED, MOVES
from askwell.rules.timing import zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from askwell.rules.facts import Calendar
    from askwell.rules.presets import Preset

STATES = tuple(State)
NO_OUTREACH = len(STATES)  # the state of whom nobody has ever planned to ask
DAY = 86_400
LATEST = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
_EPOCH = date(1970, 1, 1).toordinal()
_SLACK = 60  # days beyond the last date for business days to run on, and eight for each of them

# What follows, beside the next state in the lowest four bits.
STATE = 0b1111
ANEW, SENT, UNSENT = 1 << 4, 1 << 5, 1 << 6
YES, NO_YES = 1 << 7, 1 << 8
DATED, DATE_GONE = 1 << 11, 1 << 12
OUT, IN, TOGETHER = 1 << 13, 1 << 14, 1 << 15
ANSWERS, ASKS = 1 << 16, 1 << 17
TALK, THANKED = 1 << 19, 1 << 20
RETURNED = 1 << 22
NOT_ALLOWED = 1 << 23
TOUCH = OUT | IN | TOGETHER | ANSWERS | ASKS

_SAID = {
    Happening.SAID_YES,
    Happening.CANCELLED,
    Happening.MISSED,
    Happening.REPLIED,
    Happening.HEARD_FROM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What an event is: a ``move`` of the outreach, a touch (``direction`` out or in), or both.

    ``answers``: inbound it asks for an answer, outbound it gives one.  ``dated``: it names a date.
    ``thanks``: thanks for the talks held before.  ``news``: of nothing here, as the touch that brings news is
    itself the last one.
    """

    move: Happening | None = None
    direction: str = ""
    touch: TouchKind = TouchKind.MESSAGE
    mode: str = ""
    answers: bool = False
    news: bool = False
    dated: bool = False
    thanks: bool = False


def moves_table(kinds: Sequence[Kind]) -> NDArray[np.int32]:
    """Say what follows of each kind in each state: (states + 1) x kinds."""
    rows = [[_follows(state, kind) for kind in kinds] for state in (*STATES, None)]
    return np.array(rows, dtype=np.int32).reshape(len(STATES) + 1, len(kinds))


def _follows(state: State | None, kind: Kind) -> int:
    return _move(state, kind) | _touch(kind)


def _move(state: State | None, kind: Kind) -> int:
    here = NO_OUTREACH if state is None else STATES.index(state)
    if kind.move is None:
        return here
    if state is None or kind.move not in MOVES[state]:
        return here | NOT_ALLOWED
    after = MOVES[state][kind.move]
    anew = (state in ENDED and after not in ENDED) or (state is State.LATER and after is not State.LATER)
    stays = state is after and state in {State.PAUSED, State.LATER}
    return (
        STATES.index(after)
        | anew * ANEW
        | (kind.move is Happening.SENT) * SENT
        | (kind.move is Happening.BOUNCED) * UNSENT
        | (kind.move is Happening.HELD) * TALK
        | (DATED if kind.dated else (not stays) * DATE_GONE)
        | _answered(state, after, kind.move)
    )


def _answered(state: State, after: State, move: Happening) -> int:
    """From when one is to arrange a talk."""
    if after is not State.ARRANGING:
        return NO_YES
    return YES if state is not State.ARRANGING or move in _SAID else 0


def _touch(kind: Kind) -> int:
    noted = kind.thanks * THANKED
    if not kind.direction or kind.touch is TouchKind.AUTO_REPLY:
        return noted
    if kind.touch is TouchKind.BOUNCE:
        return noted | RETURNED
    if kind.direction == "in":
        return noted | IN | kind.answers * ASKS
    together = kind.touch in {TouchKind.MEETING, TouchKind.CALL} and not kind.mode
    return noted | OUT | together * TOGETHER | kind.answers * ANSWERS


class Days(NamedTuple):
    """Calendars day by day, each a row; ``first`` is the day number (1970-01-01 is 0) of the first column.

    ``begin[rule, row, column]``: when the business day begins that is as many after this day as the rule
    says, and ``close``: when business closes on it.
    """

    first: int
    begins: NDArray[np.uint32]
    begin: NDArray[np.uint32]
    close: NDArray[np.uint32]


# The rules in business days, by their place in ``begin`` and ``close``.
NEXT, REPLY, WAIT, PAUSE, REFERRED, DRAFT, MEND, ARRANGE = range(8)


# And of leads, in days laid out for these alone.
ACT, ACT_URGENT, ACT_STALE = range(3)


def lead_days(preset: Preset) -> tuple[int, ...]:
    """Business days of what is done about a lead."""
    return preset.lead_business_days, preset.lead_urgent_business_days, preset.lead_stale_business_days


def business_days(preset: Preset) -> tuple[int, ...]:
    """Business days of each of these rules."""
    return (
        0,
        preset.reply_business_days,
        preset.wait_business_days,
        preset.pause_business_days,
        preset.referred_business_days,
        preset.draft_business_days,
        preset.mend_address_business_days,
        preset.arrange_business_days,
    )


def days_of(
    calendars: Sequence[Calendar],
    *,
    preset: Preset,
    since: int,
    until: int,
    counts: tuple[int, ...] = (),
) -> Days:
    """Lay out calendars from a moment to another, and on, for rules of ``counts`` business days.

    Without ``counts`` for the rules of an outreach.  Raises ``BadCalendar``.
    """
    if not 0 < since <= until < LATEST:
        raise ValueError("moments are seconds between 1970 and 2100")
    counts = counts or business_days(preset)
    counted = 2 * max(counts)
    first = since // DAY - 2
    days = np.arange(first, until // DAY + 2 + _SLACK + 8 * counted)
    zones = {
        calendar.zone: (_moments(days, time(0), calendar), _moments(days, preset.quiet_from, calendar))
        for calendar in calendars
    }
    shape = (len(counts), len(calendars), len(days))
    begin, close = np.empty(shape, np.uint32), np.empty(shape, np.uint32)
    for row, calendar in enumerate(calendars):
        begins, closes = zones[calendar.zone]
        open_days = _open_days(days, calendar)
        if open_days[until // DAY + 2 - first :].sum() <= counted:
            raise BadCalendar("", "there are hardly any working days")
        for rule, count in enumerate(counts):
            column = _business_day_after(open_days, count)
            begin[rule, row], close[rule, row] = begins[column], closes[column]
    rows = [zones[calendar.zone][0] for calendar in calendars]
    return Days(first, np.array(rows, np.uint32).reshape(shape[1:]), begin, close)


def _open_days(days: NDArray[np.int64], calendar: Calendar) -> NDArray[np.bool_]:
    """Which days are business days, as ``rules.timing`` has it."""
    weekdays = (days + date(1970, 1, 1).weekday()) % 7
    closed = np.isin(weekdays, list(calendar.weekend))
    holidays = [day.toordinal() - _EPOCH for day in calendar.holidays]
    return ~(closed | np.isin(days, holidays))


def _business_day_after(open_days: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """Of each day the column of the business day so many after it; 0 is its own, or the next."""
    columns, worked = np.flatnonzero(open_days), np.cumsum(open_days)
    nth = worked + count - 1 if count else worked - open_days
    found: NDArray[np.int64] = columns[np.minimum(nth, len(columns) - 1)]
    return found


def _moments(days: NDArray[np.int64], clock: time, calendar: Calendar) -> NDArray[np.int64]:
    """The moment of that local time on each day."""
    zone = zone_of(calendar.zone)
    return np.array(
        [
            round(datetime.combine(date.fromordinal(int(day) + _EPOCH), clock, zone).timestamp())
            for day in days
        ]
    )
