"""The strength of many ties over arrays is what the rules say of each, one by one."""

from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.graph import ties
from askwell.graph.ties import NEVER, Ledger, What, micros, moment, strengths
from askwell.rules import ranking
from askwell.rules.ranking import Candidate

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
COUNT = 4
TOUCH = st.tuples(
    st.integers(0, COUNT - 1),
    st.integers(-60, 20_000).map(lambda hours: NOW - hours * HOUR),
    st.sampled_from(What),
)
TOUCHES = st.lists(TOUCH, max_size=40)
CLOSENESS = st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=COUNT, max_size=COUNT)


def arrays(touches):
    return (
        np.array([tie for tie, _, _ in touches], np.int64),
        np.array([micros(at) for _, at, _ in touches], np.int64),
        np.array([what for _, _, what in touches], np.uint8),
    )


def said(closeness):
    return np.array([np.nan if one is None else one for one in closeness])


def plainly(touches, closeness):
    """Sum the touches of one tie up as one would by hand, and ask the rules."""
    arrived = []
    for at, what in sorted(((at, what) for at, what in touches if at <= NOW), key=lambda touch: touch[0]):
        if what is What.BOUNCE:
            sent = [touch for touch in arrived if touch[1] in {What.OUT, What.TOGETHER}]
            if sent:
                place = max(place for place, touch in enumerate(arrived) if touch is sent[-1])
                del arrived[place]
        elif what is not What.AUTO_REPLY:
            arrived.append([at, what])
    year = NOW - 365 * DAY
    open_out, waits = [], []
    for at, what in arrived:
        if what is What.IN:
            if at >= year and open_out:
                waits.append((at - open_out[-1]).total_seconds() / 3600.0)
            open_out = []
        elif what is What.OUT:
            open_out.append(at)
        elif what is What.TOGETHER:
            open_out = []
    out = sum(at >= year for at, what in arrived if what in {What.OUT, What.TOGETHER})
    came = sum(at >= year for at, what in arrived if what is What.IN)
    talks = sum(at >= year for at, what in arrived if what is What.TALK)
    heard = any(what is not What.OUT for _, what in arrived)
    candidate = Candidate(
        contact=1,
        last_touch_at=max((at for at, _ in arrived), default=None),
        unheard=bool(arrived) and not heard,
        exchanges=min(out, came) + talks,
        median_reply_hours=median(waits) if waits else None,
        closeness=closeness,
    )
    return candidate, ranking.strength(candidate, now=NOW)


@given(TOUCHES, CLOSENESS)
def test_every_tie_is_as_strong_as_the_rules_say(touches, closeness):
    found = strengths(*arrays(touches), count=COUNT, now=micros(NOW), closeness=said(closeness))
    for tie in range(COUNT):
        candidate, strength = plainly([touch[1:] for touch in touches if touch[0] == tie], closeness[tie])
        assert found.strength[tie] == pytest.approx(strength, abs=1e-12)
        assert found.exchanges[tie] == candidate.exchanges
        last = None if found.last[tie] == NEVER else moment(found.last[tie])
        assert last == candidate.last_touch_at
        hours = None if np.isnan(found.hours[tie]) else found.hours[tie]
        assert hours == candidate.median_reply_hours
        assert bool(found.heard[tie]) is (last is not None and not candidate.unheard)


@given(st.lists(TOUCHES, max_size=5), CLOSENESS)
def test_adding_bit_by_bit_gives_what_all_at_once_gives(batches, closeness):
    ledger = Ledger(2)
    for tie, one in enumerate(closeness):
        ledger.add(*arrays([]), count=COUNT)
        ledger.say(tie, one)
    for batch in batches:
        ledger.add(*arrays(batch))
        ledger.strengths(now=micros(NOW))
    everything = [touch for batch in batches for touch in batch]
    whole = strengths(*arrays(everything), count=COUNT, now=micros(NOW), closeness=said(closeness))
    found = ledger.strengths(now=micros(NOW))
    for name in ("strength", "exchanges", "last", "hours", "closeness", "unanswered", "heard"):
        assert np.array_equal(getattr(found, name), getattr(whole, name), equal_nan=name != "heard"), name


@given(TOUCHES)
def test_a_loop_compiled_gives_what_it_gives_as_written(touches):
    whole = strengths(*arrays(touches), count=COUNT, now=micros(NOW))
    few = ties.FEW
    try:
        ties.FEW = -1
        compiled = strengths(*arrays(touches), count=COUNT, now=micros(NOW))
    finally:
        ties.FEW = few
    assert np.allclose(compiled.strength, whole.strength, rtol=0, atol=1e-15)
    assert np.array_equal(compiled.unanswered, whole.unanswered)


def test_letters_nobody_answered_are_counted_and_make_no_tie():
    sent = [(0, NOW - days * DAY, What.OUT) for days in (9, 5, 1)]
    alone = strengths(*arrays(sent), count=1, now=micros(NOW))
    assert (alone.strength[0], alone.unanswered[0], bool(alone.heard[0])) == (0.0, 3, False)
    talked = strengths(*arrays([*sent, (0, NOW - 3 * DAY, What.TALK)]), count=1, now=micros(NOW))
    assert (talked.unanswered[0], bool(talked.heard[0])) == (1, True)


def test_a_moment_comes_back_as_it_went():
    at = datetime(2026, 3, 2, 9, 0, 0, 123457, tzinfo=UTC)
    assert moment(micros(at)) == at


def test_what_was_given_out_does_not_change_later():
    ledger = Ledger(1)
    ledger.add(*arrays([(0, NOW - DAY, What.IN)]))
    before = ledger.strengths(now=micros(NOW))
    first = before.strength[0]
    ledger.add(*arrays([(0, NOW, What.TALK)]))
    assert ledger.strengths(now=micros(NOW)).strength[0] > first == before.strength[0]
    assert ledger.strengths(now=micros(NOW + 90 * DAY)).strength[0] < first
    assert len(ledger) == 1


@pytest.mark.parametrize(
    ("tie", "at", "what", "closeness"),
    [
        ([0, 0], [0], [0], None),
        ([1], [0], [0], None),
        ([-1], [0], [0], None),
        ([0], [0], [6], None),
        ([0], [0], [0], [9.0]),
        ([0], [0], [0], [1.0, 2.0]),
    ],
)
def test_arrays_that_do_not_fit_are_named(tie, at, what, closeness):
    with pytest.raises(ValueError, match=r"tie|what|closeness"):
        strengths(tie, at, what, count=1, now=0, closeness=closeness)


def test_no_ties_and_no_touches_are_fine():
    assert len(strengths(*arrays([]), count=0, now=0).strength) == 0
    assert strengths(*arrays([]), count=2, now=0).strength.tolist() == [0.0, 0.0]
    assert Ledger().strengths(now=0).strength.tolist() == []
