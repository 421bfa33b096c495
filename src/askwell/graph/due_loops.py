"""The loops of what is due: the rules, on what reading a relationship's events leaves.

Theory of operation.  ``due_read`` goes over the events up to the moment asked for.  ``_step`` and
``_check_in`` are ``rules.steps`` for what was read; every branch there has its line here, in the same order.
A rule in business days is two look-ups: the local day of the moment, and what that rule makes of the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import bare
from askwell.graph.due_read import PLACES, UNSURE, Last, Tables, lasts, mark, read_copy, sweep
from askwell.graph.due_tables import (
    ARRANGE,
    DATED,
    DAY,
    DRAFT,
    IN,
    MEND,
    NEXT,
    NO_OUTREACH,
    OUT,
    PAUSE,
    REFERRED,
    REPLY,
    SENT,
    STATE,
    STATES,
    TALK,
    WAIT,
)
from askwell.rules.decisions import StepCode
from askwell.rules.facts import State

if TYPE_CHECKING:
    from askwell.graph.due_tables import Days

CODES = tuple(StepCode)
_FOLLOW_UP, _MEND = CODES.index(StepCode.FOLLOW_UP), CODES.index(StepCode.MEND_ADDRESS)
_DRAFT, _REFERRED = CODES.index(StepCode.FINISH_DRAFT), CODES.index(StepCode.WRITE_TO_REFERRED)
_ARRANGE = CODES.index(StepCode.ARRANGE_TALK)
NO_STEP = 255
_CLOSES = 254  # no step: the touches are used up, and when the last wait is over it rests for good
_PLANNED, _READY = STATES.index(State.PLANNED), STATES.index(State.READY)
_AWAITING, _PAUSED = STATES.index(State.AWAITING_REPLY), STATES.index(State.PAUSED)
_ADDRESS, _LATER = STATES.index(State.NEEDS_ADDRESS), STATES.index(State.LATER)
_ARRANGING, _IN_TOUCH = STATES.index(State.ARRANGING), STATES.index(State.IN_TOUCH)
_WITHDRAWN, _FORBIDDEN = STATES.index(State.WITHDRAWN), STATES.index(State.DO_NOT_CONTACT)
_TO_WRITE = 1 << _PLANNED | 1 << _READY  # sets of states, a bit for each
_WAITING = 1 << _AWAITING | 1 << _PAUSED
_SETTLED = 1 << _IN_TOUCH | 1 << _WITHDRAWN | 1 << NO_OUTREACH
_ASKING = _TO_WRITE | _WAITING | 1 << _ADDRESS | 1 << _LATER | 1 << _ARRANGING
_MONTH = 30 * DAY


class Numbers(NamedTuple):
    """The parameters of the rules that are no business days: days, but for ``thank`` in seconds."""

    thank: int
    touches: int
    volunteer_touches: int
    warm: int
    after_talk_months: int
    check_in_first: int
    check_in_last: int


class People(NamedTuple):
    """A relationship each.  Moments are 0 for none; ``keep`` is -1 where the preset decides."""

    calendar: Any  # int32: the row among the days
    opened: Any  # int64: when the outreach was opened; 0: there is none
    referred: Any  # int64: when somebody gave the name
    keep: Any  # int32: the seeker's own cadence in days
    volunteer: Any  # bool
    forbidden: Any  # bool: asked not to be contacted


class Events(NamedTuple):
    """What happened, relationship after relationship, each in the order it happened."""

    starts: Any  # int64, one more than people
    at: Any  # uint32: seconds since 1970
    kind: Any  # uint8
    dated: Any  # int64: the events that name a date, in order
    dates: Any  # int64: the date of each


class Found(NamedTuple):
    """What is due, a row a relationship; moments are 0 where there is nothing."""

    state: Any  # uint8: the place in STATES, or NO_OUTREACH
    answer_from: Any
    answer_due: Any
    thank_from: Any
    thank_due: Any
    step: Any  # uint8: the place in CODES, or NO_STEP
    step_from: Any
    step_due: Any
    check_from: Any
    check_due: Any
    closes: Any  # when the outreach rests for good


class Work(NamedTuple):
    """All that is asked about, and where the answers go."""

    events: Events
    people: People
    tables: Tables
    days: Days
    numbers: Numbers
    found: Found


class Room(NamedTuple):
    """What a part of the work writes on for itself."""

    copy: Any  # uint8: as many as the events of any relationship
    place: Any  # int64, one: where among the dates was looked last
    ends: Any  # int64, a block's: where the events end that are known
    words: Any  # uint64
    rows: Any  # uint8
    stand: Any  # int32, 16 x block: who stands in each state
    count: Any  # int64, 16: how many


class Told(NamedTuple):
    """What was read of one relationship; the kind of an event is ``kinds[event - shift]``."""

    begin: int
    end: int
    kinds: Any
    shift: int
    state: int
    last: Last


@bare
def _known(events: Events, one: int, now: int) -> int:
    """Where the events of a relationship end that had happened by ``now``."""
    begin, end = events.starts[one], events.starts[one + 1]
    while end > begin and events.at[np.uint64(end - 1)] > now:
        end -= 1
    return int(end)


@bare
def _at(events: Events, event: int) -> int:
    """The moment of an event, 0 for none.  No jump, so that there must be one event to look at."""
    return int(np.int64(events.at[np.uint64(max(event, 0))]) * (event >= 0))


@bare
def _is(work: Work, told: Told, event: int, sort: int) -> Any:
    """Whether there is such an event, and it is of that sort."""
    return event >= 0 and work.tables.noted[told.kinds[event - told.shift]] & sort != 0


@bare
def _named(events: Events, event: int, room: Any) -> int:
    """The date an event names; whoever asks next asks of one further on, mostly."""
    place = room.place[0]
    while events.dated[place] < event:
        place += 1
    while events.dated[place] > event:
        place -= 1
    room.place[0] = place
    return int(events.dates[place])


@bare
def _day(days: Days, row: int, at: int) -> int:
    """The column of the local day of a moment: a day begins less than 24 hours from where UTC's does."""
    day, rows = np.uint64(at) // np.uint64(DAY) - np.uint64(days.first), np.uint64(row)
    begins = days.begins
    return int(np.int64(day) - 1 + (begins[rows, day] <= at) + (begins[rows, day + np.uint64(1)] <= at))


@bare
def close_of(days: Days, row: int, at: int, rule: int) -> int:
    """When business closes on the day by which the rule asks for something that began then."""
    return int(days.close[rule, np.uint64(row), np.uint64(_day(days, row, at))])


@bare
def _wait_over(days: Days, row: int, last_sent: int, until: int, state: int) -> tuple[int, int]:
    """Begin and close of the day the wait after the last touch is over."""
    day = _day(days, row, last_sent)
    begin, close = int(days.begin[WAIT, row, day]), int(days.close[WAIT, row, day])
    if state == _PAUSED:
        back = _day(days, row, until if until > 0 else close)
        begin = max(begin, int(days.begin[PAUSE, row, back]))
        close = max(close, int(days.close[PAUSE, row, back]))
    return begin, close


@bare
def _arrange(days: Days, row: int, yes: int, last_sent: int, until: int) -> tuple[int, int, int]:
    if last_sent > yes:
        earliest, due = _wait_over(days, row, last_sent, 0, _ARRANGING)
    else:
        earliest, due = yes, close_of(days, row, yes, ARRANGE)
    if until > earliest:
        return _ARRANGE, until, max(due, close_of(days, row, until, ARRANGE))
    return _ARRANGE, earliest, due


@bare
def _touches_left(work: Work, one: int, told: Told) -> bool:
    """Whether fewer went out than may, since it began anew."""
    allowed = work.numbers.touches
    if work.people.volunteer[one]:
        allowed = min(allowed, work.numbers.volunteer_touches)
    for event in range(max(told.begin, told.last.anew), told.last.sent + 1):
        if _is(work, told, event, SENT):
            allowed -= 1
    return allowed > 0


@bare
def _step(work: Work, one: int, told: Told, room: Any) -> tuple[int, int, int]:
    """The step of the outreach, or that it closes; from when and by when."""
    events, days, row = work.events, work.days, work.people.calendar[one]
    here, last = 1 << told.state, told.last
    last_sent = _at(events, last.sent) if _is(work, told, last.sent, SENT) else 0
    until = _named(events, last.date, room) if _is(work, told, last.date, DATED) else 0
    opened = _at(events, last.anew) if last.anew >= 0 else work.people.opened[one]
    waits = here & _WAITING != 0
    if here & _TO_WRITE or (waits and last_sent == 0):
        referred = work.people.referred[one]
        if referred > 0:
            return _REFERRED, referred, close_of(days, row, referred, REFERRED)
        return _DRAFT, opened, close_of(days, row, opened, DRAFT)
    if waits:
        start, close = _wait_over(days, row, last_sent, until, told.state)
        return (_FOLLOW_UP if _touches_left(work, one, told) else _CLOSES), start, close
    if told.state == _ADDRESS:
        return _MEND, opened, close_of(days, row, opened, MEND)
    if told.state == _LATER:
        back = (last_sent if last_sent > 0 else opened) + work.numbers.warm * DAY
        back = until if until > 0 else back
        day = _day(days, row, back)
        return _FOLLOW_UP, int(days.begin[NEXT, row, day]), int(days.close[PAUSE, row, day])
    step, start, due = _arrange(days, row, _at(events, last.yes), last_sent, until)
    return step, start, due


@bare
def _last_touch(events: Events, told: Told, noted: Any) -> int:
    for event in range(told.end - 1, told.begin - 1, -1):
        if noted[told.kinds[event - told.shift]] & (OUT | IN | TALK):
            return int(_at(events, event))
    return 0


@bare
def _unanswered(events: Events, told: Told, noted: Any) -> int:
    """Touches out since they were last heard."""
    count, heard = 0, _at(events, told.last.heard)
    for event in range(max(told.begin, told.last.heard + 1), told.end):
        if noted[told.kinds[event - told.shift]] & OUT and events.at[event] > heard:
            count += 1
    return count


@bare
def _shown(days: int) -> int:
    return days - min(7, days // 4)


@bare
def _check_in(work: Work, told: Told, keep: int) -> tuple[int, int]:
    """From when and by when to check in; zeros for people one does not keep in touch with."""
    events, noted, numbers = work.events, work.tables.noted, work.numbers
    last, talk = _last_touch(events, told, noted), _at(events, told.last.talk)
    known = keep > 0 or (
        (told.state == _IN_TOUCH or talk > 0) and _unanswered(events, told, noted) < numbers.touches
    )
    if last == 0 or keep == 0 or not known:
        return 0, 0
    if keep > 0:
        first, most = _shown(keep), keep
    elif talk > 0 and last < talk + numbers.after_talk_months * _MONTH:
        first, most = numbers.check_in_first, numbers.check_in_last
    else:
        first, most = _shown(numbers.warm), numbers.warm
    return last + first * DAY, last + most * DAY


@bare
def _courtesy(work: Work, one: int, told: Told) -> None:
    """Write down where it stands, and the answer and the thanks owed.

    Half of all owe an answer, and which nobody can guess: so no jumps.
    """
    events, days, found = work.events, work.days, work.found
    allowed = (not work.people.forbidden[one]) & (told.state != _FORBIDDEN)
    talk, asked = _at(events, told.last.talk), _at(events, told.last.asked)
    ended = _at(events, told.last.unthanked)
    close = close_of(days, work.people.calendar[one], max(asked, (days.first + 1) * DAY), REPLY)
    owed, thanks = allowed & (asked > 0) & (asked >= talk), allowed & (ended > 0)
    found.state[one], found.step[one] = told.state, NO_STEP
    found.answer_from[one], found.answer_due[one] = asked * owed, close * owed
    found.thank_from[one], found.thank_due[one] = ended * thanks, (ended + work.numbers.thank) * thanks


@bare
def _next(work: Work, one: int, told: Told, room: Room) -> None:
    """Write down the step of the outreach, when it closes, and the next check-in."""
    found, forbidden = work.found, work.people.forbidden[one]
    if 1 << told.state & _SETTLED and not forbidden:
        found.check_from[one], found.check_due[one] = _check_in(work, told, work.people.keep[one])
    if 1 << told.state & _ASKING:
        step, start, due = _step(work, one, told, room)
        if step == _CLOSES:
            found.closes[one] = due
        elif not forbidden:
            found.step[one], found.step_from[one], found.step_due[one] = step, start, due


@bare
def _first(work: Work, one: int) -> int:
    """Where the outreach of a relationship stands at first."""
    return 0 if work.people.opened[one] > 0 else NO_OUTREACH


@bare
def _told(work: Work, one: int, mine: int, room: Room) -> Told:
    """What was read of a relationship of the block."""
    begin, row = work.events.starts[one], np.uint64(room.rows[mine])
    last = lasts(room.words[mine], row, begin, Last(-1, -1, -1, -1, -1, -1, -1, -1))
    return Told(begin, room.ends[mine], work.events.kind, 0, int(np.int64(row)) & STATE, last)


@bare
def _read(work: Work, now: int, block: Any, room: Room) -> None:
    """Read a block of relationships, write down what is owed, and say who stands where."""
    events, size = work.events, len(room.ends)
    for state in range(len(room.count)):
        room.count[state] = 0
    for one in range(block[0], block[1]):
        begin, end, mine = events.starts[one], _known(events, one, now), one - block[0]
        short = end - begin <= PLACES
        row, word = np.uint64(_first(work, one)), np.uint64(0)
        row, word = sweep(events.kind, work.tables.plain, (begin, end if short else begin), row, word)
        room.ends[mine], room.words[mine], room.rows[mine] = end, word, row
        told = _told(work, one, mine, room)
        _courtesy(work, one, told)
        state = told.state if short else UNSURE
        room.stand[state * size + room.count[state]] = mine
        room.count[state] += 1


@bare
def _reread(work: Work, one: int, end: int, room: Room) -> int:
    """Read a relationship with marks and write it down; give the first event not allowed, or -1."""
    events, tables, span = work.events, work.tables, (work.events.starts[one], end)
    bad = mark(events.kind, tables, span, _first(work, one), room.copy)
    state, last = read_copy(room.copy, tables.marked, span, _first(work, one))
    told = Told(span[0], end, room.copy, span[0], state, last)
    _courtesy(work, one, told)
    _next(work, one, told, room)
    return int(bad)


@bare
def recompute(work: Work, now: int, span: Any, room: Room) -> int:
    """Write down what is due for the relationships of ``span``; give the first event not allowed, or -1.

    Block by block, and in a block state by state: one after the other goes the same way through the rules,
    so that the processor guesses each turn.
    """
    size, wrong = len(room.ends), -1
    for start in range(span[0], span[1], size):
        _read(work, now, (start, min(start + size, span[1])), room)
        for state in range(UNSURE):
            if 1 << state & (_ASKING | _SETTLED):
                for place in range(room.count[state]):
                    mine = room.stand[state * size + place]
                    _next(work, start + mine, _told(work, start + mine, mine, room), room)
        for place in range(room.count[UNSURE]):
            mine = room.stand[UNSURE * size + place]
            bad = _reread(work, start + mine, room.ends[mine], room)
            wrong = bad if wrong < 0 else wrong
    return wrong
