"""The loops of what is due: the rules, on what reading a relationship's events leaves.

Theory of operation.  ``due_read`` goes over the events up to the moment asked for.  ``_step`` and
``_check_in`` are ``rules.steps`` for what was read; every branch there has its line here, in the same order.
A rule in business days is two look-ups: the local day of the moment, and what that rule makes of the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import bare
from askwell.graph.due_read import CARE, Last, Tables, mark, read, since
from askwell.graph.due_tables import (
    ANSWERS,
    ARRANGE,
    ASKS,
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
    STATES,
    TALK,
    THANKED,
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
    end = events.starts[one + 1]
    while end > events.starts[one] and events.at[end - 1] > now:
        end -= 1
    return int(end)


@bare
def _at(events: Events, event: int) -> int:
    return int(np.int64(events.at[event])) if event >= 0 else 0


@bare
def _named(events: Events, event: int, place: int) -> int:
    """The date an event names; ``place`` is behind it among the dates."""
    if event < 0:
        return 0
    while events.dated[place - 1] > event:
        place -= 1
    return int(events.dates[place - 1])


@bare
def _day(days: Days, row: int, at: int) -> int:
    """The column of the local day of a moment: a day begins less than 24 hours from where UTC's does."""
    day = at // DAY - days.first
    return int(day - 1 + (days.begins[row, day] <= at) + (days.begins[row, day + 1] <= at))


@bare
def _close(days: Days, row: int, at: int, rule: int) -> int:
    """When business closes on the day by which the rule asks for something that began then."""
    return int(days.close[rule, row, _day(days, row, at)])


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
        earliest, due = yes, _close(days, row, yes, ARRANGE)
    if until > earliest:
        return _ARRANGE, until, max(due, _close(days, row, until, ARRANGE))
    return _ARRANGE, earliest, due


@bare
def _touches_left(work: Work, one: int, told: Told) -> bool:
    """Whether fewer went out than may, since it began anew."""
    allowed = work.numbers.touches
    if work.people.volunteer[one]:
        allowed = min(allowed, work.numbers.volunteer_touches)
    for event in range(max(told.begin, told.last.anew), told.last.sent + 1):
        if work.tables.plain[told.kinds[event - told.shift]] & SENT:
            allowed -= 1
    return allowed > 0


@bare
def _step(work: Work, one: int, told: Told, place: int) -> tuple[int, int, int]:
    """The step of the outreach, or that it closes; from when and by when."""
    events, days, row = work.events, work.days, work.people.calendar[one]
    here, last_sent = 1 << told.state, _at(events, told.last.sent)
    until = _named(events, told.last.date, place)
    opened = _at(events, told.last.anew) if told.last.anew >= 0 else work.people.opened[one]
    waits = here & _WAITING != 0
    if here & _TO_WRITE or (waits and last_sent == 0):
        referred = work.people.referred[one]
        if referred > 0:
            return _REFERRED, referred, _close(days, row, referred, REFERRED)
        return _DRAFT, opened, _close(days, row, opened, DRAFT)
    if waits:
        start, close = _wait_over(days, row, last_sent, until, told.state)
        return (_FOLLOW_UP if _touches_left(work, one, told) else _CLOSES), start, close
    if told.state == _ADDRESS:
        return _MEND, opened, _close(days, row, opened, MEND)
    if told.state == _LATER:
        back = (last_sent if last_sent > 0 else opened) + work.numbers.warm * DAY
        back = until if until > 0 else back
        day = _day(days, row, back)
        return _FOLLOW_UP, int(days.begin[NEXT, row, day]), int(days.close[PAUSE, row, day])
    step, start, due = _arrange(days, row, _at(events, told.last.yes), last_sent, until)
    return step, start, due


@bare
def _last_touch(events: Events, told: Told, plain: Any) -> int:
    for event in range(told.end - 1, told.begin - 1, -1):
        if plain[told.kinds[event - told.shift]] & (OUT | IN | TALK):
            return int(_at(events, event))
    return 0


@bare
def _unanswered(events: Events, told: Told, plain: Any) -> int:
    """Touches out since they were last heard."""
    count, heard = 0, _at(events, told.last.heard)
    for event in range(max(told.begin, told.last.heard + 1), told.end):
        if plain[told.kinds[event - told.shift]] & OUT and events.at[event] > heard:
            count += 1
    return count


@bare
def _shown(days: int) -> int:
    return days - min(7, days // 4)


@bare
def _check_in(work: Work, told: Told, talk: int, keep: int) -> tuple[int, int]:
    """From when and by when to check in; zeros for people one does not keep in touch with."""
    events, plain, numbers = work.events, work.tables.plain, work.numbers
    last = _last_touch(events, told, plain)
    known = keep > 0 or (
        (told.state == _IN_TOUCH or talk > 0) and _unanswered(events, told, plain) < numbers.touches
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
    """Write down the answer and the thanks owed, and the next check-in."""
    events, plain, found = work.events, work.tables.plain, work.found
    talk = _at(events, told.last.talk)
    span = (told.begin, told.shift)
    asked = _at(events, since(told.kinds, span, plain, told.last.asked, ASKS, ANSWERS))
    if asked > 0 and asked >= talk:
        found.answer_from[one] = asked
        found.answer_due[one] = _close(work.days, work.people.calendar[one], asked, REPLY)
    ended = _at(events, since(told.kinds, span, plain, told.last.unthanked, TALK, THANKED))
    if ended > 0:
        found.thank_from[one], found.thank_due[one] = ended, ended + work.numbers.thank
    if 1 << told.state & _SETTLED:
        found.check_from[one], found.check_due[one] = _check_in(work, told, talk, work.people.keep[one])


@bare
def _write_down(work: Work, one: int, told: Told, place: int) -> None:
    """Write down what is due for one relationship; ``place`` is behind its dates."""
    found, forbidden = work.found, work.people.forbidden[one] or told.state == _FORBIDDEN
    found.state[one], found.step[one] = told.state, NO_STEP
    if not forbidden:
        _courtesy(work, one, told)
    if 1 << told.state & _ASKING:
        step, start, due = _step(work, one, told, place)
        if step == _CLOSES:
            found.closes[one] = due
        elif not forbidden:
            found.step[one], found.step_from[one], found.step_due[one] = step, start, due


@bare
def recompute(work: Work, now: int, span: Any, place: int, copy: Any) -> int:
    """Write down what is due for the relationships of ``span``; give the first event not allowed, or -1.

    ``place`` is where their dates begin, ``copy`` has room for the events of any of them.
    """
    events, tables, wrong = work.events, work.tables, -1
    for one in range(span[0], span[1]):
        begin, end = events.starts[one], _known(events, one, now)
        while place < len(events.dated) and events.dated[place] < end:
            place += 1
        first = 0 if work.people.opened[one] > 0 else NO_OUTREACH
        state, met, last = read(events.kind, 0, tables, (begin, end), first)
        if met & CARE:
            bad = mark(events.kind, tables, (begin, end), first, copy)
            wrong = bad if wrong < 0 else wrong
            state, met, last = read(copy, begin, tables, (begin, end), first)
            _write_down(work, one, Told(begin, end, copy, begin, state, last), place)
        else:
            _write_down(work, one, Told(begin, end, events.kind, 0, state, last), place)
    return wrong
