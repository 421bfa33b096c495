"""The history a notebook sums up and the arrays of ``graph.ties`` say the same of one tie."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.graph.ties import NEVER, What, micros, moment, strengths
from askwell.outreach.facts.history import summarise
from askwell.rules import ranking
from askwell.rules.cadence import last_touch
from askwell.rules.ties import unheard

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
# direction, kind and mode of a touch, and what the arrays make of it
KINDS = {
    ("out", "message", ""): What.OUT,
    ("out", "call", "follow_up"): What.OUT,
    ("in", "reply", ""): What.IN,
    ("in", "meeting", ""): What.IN,
    ("out", "call", ""): What.TOGETHER,
    ("out", "meeting", ""): What.TOGETHER,
    ("in", "bounce", ""): What.BOUNCE,
    ("in", "auto_reply", ""): What.AUTO_REPLY,
}
AGO = st.integers(0, 20_000).map(lambda hours: NOW - timedelta(hours=hours))


@given(
    st.lists(st.tuples(AGO, st.sampled_from(sorted(KINDS))), max_size=30),
    st.lists(AGO, max_size=3),
    st.one_of(st.none(), st.integers(1, 5)),
)
def test_one_touch_after_the_other_or_as_arrays(touches, talks, closeness):
    touches.sort(key=lambda touch: touch[0])
    rows = [(at, way, kind, mode, False, False) for at, (way, kind, mode) in touches]
    history = summarise(rows, now=NOW, talk_ends=talks)
    codes = [(at, KINDS[what]) for at, what in touches] + [(at, What.TALK) for at in talks]
    found = strengths(
        np.zeros(len(codes), np.int64),
        np.array([micros(at) for at, _ in codes], np.int64),
        np.array([code for _, code in codes], np.uint8),
        count=1,
        now=micros(NOW),
        closeness=None if closeness is None else np.array([float(closeness)]),
    )
    last = last_touch(history)
    candidate = ranking.Candidate(
        contact=1,
        last_touch_at=last,
        unheard=unheard(history),
        exchanges=history.exchanges,
        median_reply_hours=history.median_reply_hours,
        closeness=closeness,
    )
    assert found.exchanges[0] == history.exchanges
    assert (None if found.last[0] == NEVER else moment(found.last[0])) == last
    assert (None if np.isnan(found.hours[0]) else found.hours[0]) == history.median_reply_hours
    assert found.unanswered[0] == history.unanswered
    assert found.strength[0] == pytest.approx(ranking.strength(candidate, now=NOW), abs=1e-12)
