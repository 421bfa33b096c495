"""One relationship as the rules themselves see it, from the same events that the arrays hold."""

import importlib.util
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

import askwell
from askwell.graph.due import CODES, NO_STEP, STATES, Events, Kind, People
from askwell.outreach.fold import fold
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Happening as H  # noqa: N817 - many rows
from askwell.rules.facts import Mode, OutreachFacts, Relationship, State, TalkFacts, TalkState, TouchKind
from askwell.rules.lifecycle import MOVES
from askwell.rules.steps import closing_due, steps_for

COVERED = {
    StepCode.ANSWER,
    StepCode.THANK,
    StepCode.ARRANGE_TALK,
    StepCode.WRITE_TO_REFERRED,
    StepCode.FINISH_DRAFT,
    StepCode.MEND_ADDRESS,
    StepCode.FOLLOW_UP,
    StepCode.CHECK_IN,
}

# Moves as the app logs them, most with the touch that brought them; then touches that move nothing.
KINDS = (
    Kind(move=H.MADE_READY),
    Kind(move=H.MADE_UNREADY),
    Kind(move=H.SENT, direction="out", answers=True, mode=Mode.INFORMATIONAL),
    Kind(move=H.SENT, direction="out", touch=TouchKind.CALL, mode=Mode.FOLLOW_UP),
    Kind(move=H.BOUNCED, direction="in", touch=TouchKind.BOUNCE),
    Kind(move=H.ADDRESS_MENDED),
    Kind(move=H.AUTO_REPLIED, direction="in", touch=TouchKind.AUTO_REPLY, dated=True),
    Kind(move=H.AUTO_REPLIED, direction="in", touch=TouchKind.AUTO_REPLY),
    Kind(move=H.RESUMED),
    Kind(move=H.REPLIED, direction="in", touch=TouchKind.REPLY, answers=True),
    Kind(move=H.SAID_YES, direction="in", touch=TouchKind.REPLY, answers=True),
    Kind(move=H.SAID_YES, direction="in", touch=TouchKind.REPLY, dated=True),
    Kind(move=H.SAID_NO, direction="in", touch=TouchKind.REPLY),
    Kind(move=H.SAID_LATER, direction="in", touch=TouchKind.REPLY, dated=True),
    Kind(move=H.SAID_LATER, direction="in", touch=TouchKind.REPLY),
    Kind(move=H.REDIRECTED, direction="in", touch=TouchKind.REPLY, answers=True),
    Kind(move=H.SCHEDULED),
    Kind(move=H.RESCHEDULED),
    Kind(move=H.CANCELLED),
    Kind(move=H.MISSED),
    Kind(move=H.HELD),
    Kind(move=H.THANKED, direction="out", touch=TouchKind.THANKS, mode=Mode.THANKS, thanks=True),
    Kind(move=H.CHECKED_IN, direction="out", touch=TouchKind.CHECK_IN, mode=Mode.CHECK_IN),
    Kind(move=H.HEARD_FROM, direction="in", answers=True),
    Kind(move=H.INTRODUCED, direction="in", touch=TouchKind.INTRODUCTION),
    Kind(move=H.GAVE_UP),
    Kind(move=H.WITHDREW),
    Kind(move=H.FORBADE, direction="in", touch=TouchKind.REPLY),
    Kind(direction="out", answers=True),
    Kind(direction="out", touch=TouchKind.MEETING),
    Kind(direction="out", touch=TouchKind.CALL, mode=Mode.CHECK_IN, news=True),
    Kind(direction="in"),
    Kind(direction="in", answers=True, news=True),
    Kind(direction="in", touch=TouchKind.BOUNCE),
    Kind(direction="in", touch=TouchKind.AUTO_REPLY),
    Kind(direction="out", touch=TouchKind.THANKS, thanks=True),
)


def _summarise():
    """The pass over touches, without the app around it."""
    path = Path(askwell.__file__).parent / "outreach" / "facts" / "history.py"
    spec = importlib.util.spec_from_file_location("history_of_touches", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.summarise


summarise = _summarise()


def moment(seconds):
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None


def relationship(one, people, events, calendars, *, kinds=KINDS, now):
    """The facts of one relationship: what happened to it up to now."""
    moves, touches, ends, open_talks, talks = [], [], [], [], []
    for event in range(events.starts[one], events.starts[one + 1]):
        at, kind = moment(events.at[event]), kinds[events.kind[event]]
        if events.at[event] > now:
            break
        if kind.move:
            until = moment(events.dates[np.searchsorted(events.dated, event)]) if kind.dated else None
            moves.append((kind.move, at, until))
        if kind.direction:
            touches.append((at, kind.direction, kind.touch.value, str(kind.mode), kind.answers, kind.news))
        if kind.move is H.HELD:
            ends.append(at)
            open_talks.append(at)
        if kind.thanks:
            talks += [(end, at) for end in open_talks]
            open_talks.clear()
    talks += [(end, None) for end in open_talks]
    keep = int(people.keep[one])
    return Relationship(
        contact=one,
        calendar=calendars[people.calendar[one]],
        do_not_contact=bool(people.forbidden[one]),
        volunteer=bool(people.volunteer[one]),
        keep_every_days=None if keep < 0 else keep,
        history=summarise(touches, now=moment(now), talk_ends=ends),
        outreaches=tuple(_outreach(one, people, moves)),
        talks=tuple(_talk(number, end, thanked) for number, (end, thanked) in enumerate(talks)),
    )


def _outreach(one, people, moves):
    opened = moment(people.opened[one])
    if opened is None:
        assert not moves
        return
    folded = fold(moves)
    yield OutreachFacts(
        id=1,
        state=folded.state,
        sent=folded.sent,
        opened_at=folded.anew_at or opened,
        until=folded.until,
        yes_at=folded.yes_at,
        agreed=folded.agreed,
        referred_at=moment(people.referred[one]),
    )


def _talk(number, end, thanked):
    return TalkFacts(
        id=number,
        state=TalkState.HELD,
        starts_at=end - timedelta(minutes=20),
        ended_at=end,
        thanked_at=thanked,
        reflected_at=end,
    )


def by_rules(facts, *, preset, now):
    """What the rules say: state, steps by code with from and due, closing."""
    found = {}
    for step in steps_for(facts, preset=preset, now=moment(now)):
        if step.code in COVERED:
            found.setdefault(str(step.code), (step.earliest, step.due))
    closes = [closing_due(facts, outreach, preset=preset) for outreach in facts.outreaches]
    state = str(facts.outreaches[0].state) if facts.outreaches else None
    return state, found, closes[0] if closes else None


def by_arrays(found, one):
    """The same of the arrays."""
    steps = {}
    for code, start, due in (
        ("answer", found.answer_from[one], found.answer_due[one]),
        ("thank", found.thank_from[one], found.thank_due[one]),
        ("check_in", found.check_from[one], found.check_due[one]),
    ):
        if due:
            steps[code] = (moment(start), moment(due))
    if found.step[one] != NO_STEP:
        steps[str(CODES[found.step[one]])] = (moment(found.step_from[one]), moment(found.step_due[one]))
    state = str(STATES[found.state[one]]) if found.state[one] < len(STATES) else None
    return state, steps, moment(found.closes[one])


def history(chance, opened, length, *, kinds=KINDS, step=9 * 86_400):
    """A life the table of moves allows: kinds, moments and dates of that many events."""
    state, at, rows = State.PLANNED, opened, []
    for _ in range(length):
        at += int(chance.exponential(step)) if chance.random() < 0.95 else 0
        known = opened > 0
        fitting = [
            n for n, kind in enumerate(kinds) if kind.move is None or (known and kind.move in MOVES[state])
        ]
        number = int(chance.choice(fitting))
        kind = kinds[number]
        state = MOVES[state][kind.move] if kind.move else state
        rows.append((at, number, at + int(chance.integers(-5, 60) * 86_400) if kind.dated else None))
    return rows


def columns(lives, people):
    """Rows of (moment, kind, date) for each relationship as columns."""
    rows = [row for life in lives for row in life]
    dated = [place for place, row in enumerate(rows) if row[2] is not None]
    return Events(
        starts=np.concatenate(([0], np.cumsum([len(life) for life in lives]))).astype(np.int64),
        at=np.array([row[0] for row in rows], dtype=np.uint32),
        kind=np.array([row[1] for row in rows], dtype=np.uint8),
        dated=np.array(dated, dtype=np.int64),
        dates=np.array([rows[place][2] for place in dated], dtype=np.int64),
    ), People(
        calendar=np.array([one[0] for one in people], dtype=np.int32),
        opened=np.array([one[1] for one in people], dtype=np.int64),
        referred=np.array([one[2] for one in people], dtype=np.int64),
        keep=np.array([one[3] for one in people], dtype=np.int32),
        volunteer=np.array([one[4] for one in people], dtype=np.bool_),
        forbidden=np.array([one[5] for one in people], dtype=np.bool_),
    )
