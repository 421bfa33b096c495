"""The loops of what is due: one pass over a relationship's events, then the rules on what it left.

Theory of operation.  ``_read`` goes over the events up to the moment asked for, one look-up each, no jumps.
A message that came back takes the one before it away, which one pass cannot know: where one is met the
events are read again with care.  ``_step`` and ``_check_in`` are ``rules.steps`` for what was read; every
branch there has its line here, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.compiled import compiled
from askwell.graph.due_tables import (
    ANEW,
    ANSWERS,
    ASKS,
    DATE_GONE,
    DATED,
    DAY,
    IN,
    NEWS,
    NO_OUTREACH,
    NO_YES,
    NOT_ALLOWED,
    OUT,
    RETURNED,
    SENT,
    STATE,
    STATES,
    TALK,
    THANKED,
    TOGETHER,
    TOUCH,
    UNSENT,
    YES,
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
_MONTH = 30 * DAY


class Numbers(NamedTuple):
    """The parameters of the rules that are needed here: days, but for ``thank`` in seconds."""

    reply: int
    thank: int
    touches: int
    volunteer_touches: int
    wait: int
    pause: int
    referred: int
    draft: int
    mend: int
    arrange: int
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


class Read(NamedTuple):
    """What the events of one relationship leave."""

    state: int
    sent: int
    last_sent: int
    anew: int
    date: int  # the event that names it, or -1
    yes: int
    last: int  # touch of any kind
    talk: int
    news: int
    owed: int
    unanswered: int
    thank: int


@compiled
def _leave_out(events: Events, table: Any, span: Any, gone: Any) -> None:
    """Mark the touches that never arrived; whether it is a touch, the state does not say."""
    for event in range(span[0], span[1]):
        if table[0, events.kind[event]] & RETURNED:
            for place in range(event - 1, span[0] - 1, -1):
                if table[0, events.kind[place]] & OUT and not gone[place - span[0]]:
                    gone[place - span[0]] = True
                    break


@compiled
def _read(events: Events, table: Any, span: Any, state: int) -> tuple[Read, int]:
    """Go over the events of ``span`` from a state on; also all that was met.  No jumps: they cost most."""
    sent = last_sent = anew = yes = last = talk = news = owed = unanswered = thank = heard = met = 0
    date = -1
    for event in range(span[0], span[1]):
        at = int(np.int64(events.at[event]))  # an unsigned number would make the rest real numbers
        what = int(table[state, events.kind[event]])
        state = what & STATE
        met |= what
        sent = (0 if what & ANEW else sent) + ((what & SENT) // SENT)
        last_sent = at if what & SENT else last_sent
        anew = at if what & ANEW else anew
        date = event if what & DATED else (-1 if what & DATE_GONE else date)
        yes = at if what & YES else (0 if what & NO_YES else yes)
        talk = at if what & TALK else talk
        thank = 0 if what & THANKED else (at if (what & TALK) * (thank == 0) else thank)
        last = at if what & (OUT | IN | TALK) else last
        owed = 0 if what & ANSWERS else (at if (what & ASKS) * (owed == 0) else owed)
        news = at if what & NEWS else news
        unanswered = 0 if what & (IN | TOGETHER | TALK) else unanswered + ((what & OUT) // OUT) * (at > heard)
        heard = at if what & (IN | TOGETHER | TALK) else heard
    owed = 0 if talk > owed else owed
    return Read(state, sent, last_sent, anew, date, yes, last, talk, news, owed, unanswered, thank), met


@compiled
def _read_carefully(events: Events, table: Any, span: Any, state: int) -> tuple[Read, int]:
    """Do the same where letters came back; give the first event that was not allowed too, or -1.

    Touches that never arrived are left out of a copy; what is sent is kept on a stack.
    """
    count = span[1] - span[0]
    gone, letters = np.zeros(count, dtype=np.bool_), np.empty(count, dtype=np.int64)
    _leave_out(events, table, span, gone)
    plain = np.empty((table.shape[0], count), dtype=table.dtype)
    kinds = np.empty(count, dtype=np.int64)
    wrong, sent, here = -1, 0, state
    for place in range(count):
        kind = events.kind[span[0] + place]
        what = table[here, kind]
        kinds[place] = place
        for row in range(table.shape[0]):
            plain[row, place] = table[row, kind] & ~TOUCH if gone[place] else table[row, kind]
        if what & NOT_ALLOWED and wrong < 0:
            wrong = span[0] + place
        sent = 0 if what & ANEW else sent
        if what & SENT:
            letters[sent] = events.at[span[0] + place]
            sent += 1
        elif what & UNSENT and sent > 0:
            sent -= 1
        here = what & STATE
    copy = Events(events.starts, events.at[span[0] : span[1]], kinds, events.dated, events.dates)
    read = _read(copy, plain, (0, count), state)[0]
    return Read(
        read.state,
        sent,
        letters[sent - 1] if sent > 0 else 0,
        read.anew,
        read.date + span[0] if read.date >= 0 else -1,
        read.yes,
        read.last,
        read.talk,
        read.news,
        read.owed,
        read.unanswered,
        read.thank,
    ), wrong


@compiled
def _known(events: Events, one: int, now: int) -> int:
    """Where the events of a relationship end that had happened by ``now``."""
    end = events.starts[one + 1]
    while end > events.starts[one] and events.at[end - 1] > now:
        end -= 1
    return int(end)


@compiled
def _day(days: Days, row: int, at: int) -> int:
    """The column of the local day of a moment."""
    day = at // DAY - days.first
    while days.begins[row, day + 1] <= at:
        day += 1
    while days.begins[row, day] > at:
        day -= 1
    return day


@compiled
def _shifted(days: Days, row: int, at: int, count: int) -> int:
    """The column of the business day so many after a moment; 0 is its own, or the next."""
    day = _day(days, row, at)
    if count == 0:
        return int(days.nth[row, days.worked[row, day - 1]])
    return int(days.nth[row, days.worked[row, day] + count - 1])


@compiled
def _begin(days: Days, row: int, at: int, count: int) -> int:
    return int(days.begins[row, _shifted(days, row, at, count)])


@compiled
def _close(days: Days, row: int, at: int, count: int) -> int:
    return int(days.closes[row, _shifted(days, row, at, count)])


@compiled
def _wait_over(days: Days, row: int, read: Read, until: int, numbers: Numbers) -> tuple[int, int]:
    """Begin and close of the day the wait after the last touch is over."""
    over = _shifted(days, row, read.last_sent, numbers.wait)
    if read.state == _PAUSED:
        back = until if until > 0 else days.closes[row, over]
        over = max(over, _shifted(days, row, back, numbers.pause))
    return int(days.begins[row, over]), int(days.closes[row, over])


@compiled
def _arrange(days: Days, row: int, read: Read, until: int, numbers: Numbers) -> tuple[int, int, int]:
    count, start = numbers.arrange, read.yes
    earliest = start
    if read.sent > 0 and read.last_sent > read.yes:
        count, start = numbers.wait, read.last_sent
        earliest = _begin(days, row, start, count)
    due = _close(days, row, start, count)
    if until > earliest:
        earliest = until
        due = max(due, _close(days, row, until, numbers.arrange))
    return _ARRANGE, earliest, due


@compiled
def _step(days: Days, row: int, read: Read, since: Any, numbers: Numbers) -> Any:
    """The step of the outreach, or that it closes; ``since``: opened, referred, until, touches allowed."""
    opened, referred, until, allowed = since
    opened = read.anew if read.anew > 0 else opened
    here = 1 << read.state
    waits = here & _WAITING != 0
    if here & _TO_WRITE or (waits and read.sent == 0):
        if referred > 0:
            return _REFERRED, referred, _close(days, row, referred, numbers.referred)
        return _DRAFT, opened, _close(days, row, opened, numbers.draft)
    if waits:
        start, close = _wait_over(days, row, read, until, numbers)
        return (_FOLLOW_UP if read.sent < allowed else _CLOSES), start, close
    if read.state == _ADDRESS:
        return _MEND, opened, _close(days, row, opened, numbers.mend)
    if read.state == _LATER:
        back = read.last_sent if read.sent > 0 else opened
        back = until if until > 0 else back + numbers.warm * DAY
        return _FOLLOW_UP, _begin(days, row, back, 0), _close(days, row, back, numbers.pause)
    if read.state == _ARRANGING:
        return _arrange(days, row, read, until, numbers)
    return NO_STEP, 0, 0


@compiled
def _shown(days: int) -> int:
    return days - min(7, days // 4)


@compiled
def _check_in(read: Read, keep: int, numbers: Numbers) -> tuple[int, int]:
    """From when and by when to check in; zeros for people one does not keep in touch with."""
    last = read.last
    known = read.state == _IN_TOUCH or read.talk > 0
    kept = keep >= 0 or (known and read.unanswered < numbers.touches)
    if last == 0 or keep == 0 or not kept or not 1 << read.state & _SETTLED:
        return 0, 0
    if keep > 0:
        first, most = _shown(keep), keep
    elif read.talk > 0 and last < read.talk + numbers.after_talk_months * _MONTH:
        first, most = numbers.check_in_first, numbers.check_in_last
    else:
        first, most = _shown(numbers.warm), numbers.warm
    earliest = last + first * DAY
    if last < read.news < earliest:
        earliest = read.news
    return earliest, last + most * DAY


@compiled
def _until(events: Events, event: int) -> int:
    """The date an event names."""
    if event < 0:
        return 0
    return int(events.dates[np.searchsorted(events.dated, event)])


@compiled
def recompute(
    events: Events,
    people: People,
    table: Any,
    days: Days,
    numbers: Numbers,
    now: int,
    span: Any,
    found: Found,
) -> int:
    """Write down what is due for the relationships of ``span``; give the first event not allowed, or -1."""
    wrong = -1
    for one in range(span[0], span[1]):
        row = people.calendar[one]
        opened = people.opened[one]
        begin = 0 if opened > 0 else NO_OUTREACH
        stretch = (events.starts[one], _known(events, one, now))
        read, met = _read(events, table, stretch, begin)
        if met & (UNSENT | RETURNED | NOT_ALLOWED):
            read, bad = _read_carefully(events, table, stretch, begin)
            wrong = bad if wrong < 0 else wrong
        until = _until(events, read.date)
        allowed = numbers.touches
        if people.volunteer[one]:
            allowed = min(allowed, numbers.volunteer_touches)
        step, start, due = _step(days, row, read, (opened, people.referred[one], until, allowed), numbers)
        found.state[one] = read.state
        found.closes[one] = due if step == _CLOSES else 0
        owed, thank = read.owed, read.thank
        check_from, check_due = _check_in(read, people.keep[one], numbers)
        if people.forbidden[one] or read.state == _FORBIDDEN:
            step, owed, thank, check_from, check_due = NO_STEP, 0, 0, 0, 0
        if step >= _CLOSES:
            step, start, due = NO_STEP, 0, 0
        found.step[one], found.step_from[one], found.step_due[one] = step, start, due
        found.check_from[one], found.check_due[one] = check_from, check_due
        found.answer_from[one], found.thank_from[one] = owed, thank
        found.answer_due[one] = _close(days, row, owed, numbers.reply) if owed > 0 else 0
        found.thank_due[one] = thank + numbers.thank if thank > 0 else 0
    return wrong
