"""What is due in bulk is what the rules say of each relationship, one by one."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.graph.by_rules import KINDS, by_arrays, by_rules, columns, history, moment, relationship

from askwell.graph import due_loops, due_tables
from askwell.graph.due import Kind, days_for, due
from askwell.graph.due_tables import days_of
from askwell.rules.errors import BadCalendar
from askwell.rules.facts import Calendar, Happening
from askwell.rules.presets import PRESETS, choose
from askwell.rules.timing import day_close, day_start

ASKWELL = PRESETS["askwell"]
BEGAN = int(datetime(2024, 1, 3, 9, tzinfo=UTC).timestamp())
CALENDARS = (
    Calendar(),
    Calendar(
        zone="America/New_York", zone_known=True, holidays=frozenset({date(2024, 7, 4), date(2025, 1, 1)})
    ),
    Calendar(zone="Asia/Kolkata", zone_known=True),
    Calendar(zone="Asia/Riyadh", zone_known=True, weekend=frozenset({4, 5})),
    Calendar(zone="Australia/Lord_Howe", zone_known=True, weekend=frozenset({6})),
    Calendar(zone="Pacific/Kiritimati", zone_known=True),
    Calendar(zone="Asia/Beirut", zone_known=True, weekend=frozenset()),
)


def invented(seed, count, length):
    """Relationships with lives of their own."""
    chance = np.random.default_rng(seed)
    people, lives = [], []
    for _ in range(count):
        began = BEGAN + int(chance.integers(0, 400 * 86_400))
        opened = began if chance.random() < 0.9 else 0
        referred = began - int(chance.integers(0, 10**6)) if chance.random() < 0.2 else 0
        keep = int(chance.choice([-1, -1, -1, 0, 1, 30, 200]))
        people.append(
            (int(chance.integers(len(CALENDARS))), opened, referred, keep, *(chance.random(2) < 0.1))
        )
        life = history(chance, began, int(chance.integers(0, length)))
        lives.append(life if opened else [row for row in life if KINDS[row[1]].move is None])
    return columns(lives, people)


def check(events, people, now, preset=ASKWELL):
    days = days_for(CALENDARS, events, people, preset=preset, now=now)
    found = due(events, people, KINDS, days, preset=preset, now=now)
    for one in range(len(people.opened)):
        facts = relationship(one, people, events, CALENDARS, now=now)
        assert by_arrays(found, one) == by_rules(facts, preset=preset, now=now)


@given(seed=st.integers(0, 2**32), preset=st.sampled_from(sorted(PRESETS)), after=st.integers(1, 900))
@example(seed=159, preset="askwell", after=285)  # a letter comes back after the moment
@settings(max_examples=60, deadline=None)
def test_every_relationship_has_what_the_rules_give_it(seed, preset, after):
    events, people = invented(seed, 30, 25)
    check(events, people, BEGAN + after * 86_400, PRESETS[preset])


def test_in_two_threads_too():
    events, people = invented(5, 2_500, 25)
    assert len(events.at) > 20_000
    check(events, people, BEGAN + 700 * 86_400)


@given(
    seed=st.integers(0, 2**32),
    field=st.sampled_from(["wait", "pause", "reply", "draft", "mend_address", "arrange"]),
)
@settings(max_examples=20, deadline=None)
def test_the_numbers_of_the_rules_may_be_others(seed, field):
    preset = choose("askwell", **{f"{field}_business_days": 30, "max_touches": 5, "keep_warm_days": 40})
    events, people = invented(seed, 30, 20)
    check(events, people, BEGAN + 600 * 86_400, preset)


def test_nobody_and_nothing_happening_is_fine():
    check(*columns([], []), BEGAN)
    check(*columns([[]], [(0, 0, 0, -1, False, False)]), BEGAN)
    check(*columns([[]], [(0, BEGAN, 0, -1, False, False)]), BEGAN)


def test_what_happens_after_the_moment_does_not_count():
    life = [(BEGAN + 10, 2, None), (BEGAN + 20, 10, None)]
    events, people = columns([life], [(0, BEGAN, 0, -1, False, False)])
    for now in (BEGAN + 9, BEGAN + 10, BEGAN + 19, BEGAN + 20):
        check(events, people, now)


def test_a_move_the_table_does_not_have_is_named():
    held_twice = [(BEGAN, 20, None), (BEGAN + 1, 20, None)]
    fine = [(BEGAN, 2, None)]
    events, people = columns([fine, held_twice], [(0, BEGAN, 0, -1, False, False)] * 2)
    days = days_for(CALENDARS, events, people, preset=ASKWELL, now=BEGAN)
    due(events, people, KINDS, days, preset=ASKWELL, now=BEGAN)
    with pytest.raises(ValueError, match="relationship 1, event 2: held is not allowed there"):
        due(events, people, KINDS, days, preset=ASKWELL, now=BEGAN + 1)


def test_a_move_without_an_outreach_is_named():
    events, people = columns([[(BEGAN, 0, None)]], [(0, 0, 0, -1, False, False)])
    days = days_for(CALENDARS, events, people, preset=ASKWELL, now=BEGAN)
    with pytest.raises(ValueError, match="relationship 0, event 0: made_ready"):
        due(events, people, (Kind(move=Happening.MADE_READY),), days, preset=ASKWELL, now=BEGAN)


WIDE = choose("askwell", wait_business_days=12, draft_business_days=7, arrange_business_days=1)
DAYS = days_of(CALENDARS, preset=WIDE, since=BEGAN, until=BEGAN + 10**8)
RULES = {
    due_tables.NEXT: 0,
    due_tables.REPLY: WIDE.reply_business_days,
    due_tables.WAIT: 12,
    due_tables.DRAFT: 7,
    due_tables.ARRANGE: 1,
}


@given(
    at=st.integers(BEGAN, BEGAN + 10**8),
    rule=st.sampled_from(sorted(RULES)),
    row=st.integers(0, len(CALENDARS) - 1),
)
@settings(max_examples=300, deadline=None)
def test_days_are_counted_as_the_rules_count_them(at, rule, row):
    day, count = due_loops._day(DAYS, row, at), RULES[rule]
    assert moment(DAYS.begin[rule, row, day]) == day_start(moment(at), count, CALENDARS[row])
    assert moment(DAYS.close[rule, row, day]) == day_close(moment(at), count, CALENDARS[row], preset=WIDE)


@pytest.mark.parametrize("length", [253, 254, 255, 256, 509, 700])
def test_a_long_history_is_read_as_a_short_one(length):
    chance = np.random.default_rng(length)
    lives = [history(chance, BEGAN, length, step=86_400) for _ in range(8)]
    events, people = columns(lives, [(0, BEGAN, 0, -1, False, False)] * len(lives))
    for now in (BEGAN + 300 * 86_400, BEGAN + 800 * 86_400):
        check(events, people, now)


def test_more_kinds_than_there_is_room_for_are_said():
    events, people = columns([[]], [(0, 0, 0, -1, False, False)])
    days = days_for(CALENDARS, events, people, preset=ASKWELL, now=BEGAN)
    with pytest.raises(ValueError, match="more than 64 kinds"):
        due(events, people, KINDS * 2, days, preset=ASKWELL, now=BEGAN)


def test_a_kind_that_is_not_there_is_said():
    events, people = columns([[(BEGAN, 200, None)]], [(0, BEGAN, 0, -1, False, False)])
    days = days_for(CALENDARS, events, people, preset=ASKWELL, now=BEGAN)
    with pytest.raises(ValueError, match="kind 200, of 36"):
        due(events, people, KINDS, days, preset=ASKWELL, now=BEGAN)


def test_a_calendar_without_working_days_is_said():
    with pytest.raises(BadCalendar):
        days_of([Calendar(weekend=frozenset(range(7)))], preset=ASKWELL, since=BEGAN, until=BEGAN)


@pytest.mark.parametrize(("since", "until"), [(0, 5), (9, 5), (5, 2**32)])
def test_a_moment_out_of_range_is_said(since, until):
    with pytest.raises(ValueError, match="1970 and 2100"):
        days_of(CALENDARS, preset=ASKWELL, since=since, until=until)
