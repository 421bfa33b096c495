"""Windows to offer: when both work, on different days, and never a time one would have to ask about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.errors import BadCalendar
from askwell.rules.facts import Calendar
from askwell.rules.presets import PRESETS, choose
from askwell.rules.timing import add_business_days, is_business_day, local
from askwell.rules.windows import Clocks, Hours, Proposal, Why, Window, propose, spoken

ASKWELL = PRESETS["askwell"]
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)


def at(zone: str, **more) -> Calendar:
    return Calendar(zone=zone, zone_known=True, **more)


BERLIN, NEW_YORK, AUCKLAND, LONDON = (
    at(name) for name in ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Europe/London")
)
ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Los_Angeles",
        "Pacific/Auckland",
        "Asia/Dubai",
        "UTC",
    ]
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def busy(*spans: tuple[str, str]) -> list[Window]:
    return [
        Window(start=datetime.fromisoformat(one), end=datetime.fromisoformat(other)) for one, other in spans
    ]


def offered(theirs: Calendar, own: Calendar | None = None, taken=(), now=MONDAY, **options) -> Proposal:
    return propose(now, Clocks(theirs=theirs, own=own, **options), preset=ASKWELL, busy=taken)


def clocks(found: Proposal, calendar: Calendar) -> list[str]:
    return [
        f"{local(one.start, calendar):%a %d %H:%M}-{local(one.end, calendar):%H:%M}" for one in found.windows
    ]


def test_two_in_one_zone_are_offered_mornings_and_afternoons_on_days_apart():
    found = offered(BERLIN, BERLIN)
    assert clocks(found, BERLIN) == ["Thu 26 10:00-11:30", "Mon 30 14:00-15:30", "Wed 02 10:00-11:30"]
    assert found.why is Why.NOTHING


def test_where_ones_own_clock_is_not_known_theirs_counts():
    assert offered(BERLIN).windows == offered(BERLIN, BERLIN).windows


def test_across_the_ocean_both_work_in_their_morning():
    found = offered(NEW_YORK, BERLIN)
    assert clocks(found, NEW_YORK) == ["Thu 26 10:00-11:00", "Mon 30 10:00-11:00", "Wed 02 10:00-11:00"]
    assert found.why is Why.NOTHING


def test_where_nobody_shares_working_hours_one_is_awake_and_that_is_told():
    found = offered(at("America/Los_Angeles"), BERLIN)
    assert len(found.windows) == 3
    assert found.why is Why.OWN_HOURS
    assert all(local(one.end, BERLIN).time() <= time(21, 30) for one in found.windows)


def test_where_one_would_have_to_stay_up_nothing_is_offered_and_that_is_told():
    found = offered(at("Pacific/Auckland"), at("Europe/Berlin"), their_hours=Hours(time(13), time(17)))
    assert found == Proposal(windows=(), why=Why.APART)


def test_a_full_fortnight_offers_nothing_and_that_is_told():
    found = offered(BERLIN, BERLIN, busy(("2026-11-20T00:00Z", "2026-12-20T00:00Z")))
    assert found == Proposal(windows=(), why=Why.BUSY)


def test_a_busy_fortnight_offers_two_halves_of_one_day():
    free = busy(("2026-11-20T00:00Z", "2026-11-27T06:00Z"), ("2026-11-27T20:00Z", "2026-12-20T00:00Z"))
    found = offered(BERLIN, BERLIN, free)
    assert clocks(found, BERLIN) == ["Fri 27 10:00-11:30", "Fri 27 14:00-15:30"]
    assert found.why is Why.FEW


def test_between_two_talks_a_shorter_window_is_offered():
    taken = busy(("2026-11-20T00:00Z", "2026-11-27T09:00Z"), ("2026-11-27T09:45Z", "2026-12-20T00:00Z"))
    assert clocks(offered(BERLIN, BERLIN, taken), BERLIN) == ["Fri 27 10:00-10:30"]


def test_what_ends_as_a_window_begins_does_not_touch_it():
    taken = busy(("2026-11-26T08:00Z", "2026-11-26T09:00Z"), ("2026-11-26T10:30Z", "2026-11-26T16:00Z"))
    assert clocks(offered(BERLIN, BERLIN, taken), BERLIN)[0] == "Thu 26 10:00-11:30"


def test_their_holidays_and_weekend_are_left_out():
    friday_off = at("Asia/Dubai", weekend=frozenset({4, 5}), holidays=frozenset({date(2026, 11, 26)}))
    days = {local(one.start, friday_off).date() for one in offered(friday_off, friday_off).windows}
    assert all(is_business_day(day, friday_off) for day in days)


def test_ones_own_day_off_is_taken_only_where_nothing_better_is_free():
    off = at(
        "Europe/Berlin", weekend=frozenset(), holidays=frozenset(date(2026, 11, day) for day in range(24, 31))
    )
    assert all(local(one.start, BERLIN).month == 12 for one in offered(BERLIN, off).windows)
    whole = at("Europe/Berlin", holidays=frozenset(date(2026, 11, 23) + timedelta(days=n) for n in range(30)))
    assert offered(BERLIN, whole).why is Why.OWN_HOURS


def test_no_window_lies_in_the_night_the_clocks_change():
    night = Hours(time(0), time(6))
    own = at("Europe/Berlin", weekend=frozenset())
    preset = choose("askwell", windows_from_business_days=1, windows_to_business_days=1)
    saturday = datetime(2026, 10, 24, 12, tzinfo=UTC)
    found = propose(saturday, Clocks(theirs=own, own=own, their_hours=night, own_hours=night), preset=preset)
    assert clocks(found, own) == ["Sun 25 04:30-06:00"]


def test_a_window_is_said_on_their_clock():
    (window,) = busy(("2026-12-01T15:00Z", "2026-12-01T16:30Z"))
    said = spoken(window, NEW_YORK)
    assert (said.weekday, said.day, said.first, said.last) == (1, date(2026, 12, 1), time(10), time(11, 30))
    assert str(said) == "Tuesday 1 December, 10:00 to 11:30 (New York time)"


def test_fewer_are_offered_where_the_preset_says_so():
    found = propose(MONDAY, Clocks(theirs=NEW_YORK), preset=choose("askwell", windows_count=2))
    assert len(found.windows) == 2


def test_a_zone_there_is_none_of_is_told():
    with pytest.raises(BadCalendar):
        offered(at("Nowhere/Land"))


SPANS = st.lists(
    st.tuples(st.integers(0, 24 * 20), st.integers(1, 40)).map(
        lambda span: (timedelta(hours=span[0]), timedelta(hours=span[0] + span[1]))
    ),
    max_size=12,
)


@given(now=MOMENTS, theirs=ZONES, own=ZONES, spans=SPANS)
def test_whatever_is_offered_is_free_in_bounds_in_their_hours_and_clear(now, theirs, own, spans):
    there, here = at(theirs), at(own)
    taken = [Window(start=now + first, end=now + last) for first, last in spans]
    found = offered(there, here, taken, now=now)
    assert len(found.windows) <= 3
    first, last = (local(add_business_days(now, days, there), there).date() for days in (3, 10))
    for window in found.windows:
        start, end = local(window.start, there), local(window.end, there)
        assert not any(window.start < other.end and other.start < window.end for other in taken)
        assert first <= start.date() <= last
        assert is_business_day(start.date(), there)
        assert time(9) <= start.time() < end.time() <= time(17)
        assert end.replace(tzinfo=None) - start.replace(tzinfo=None) == window.end - window.start
        mine = local(window.start, here).time(), local(window.end, here).time()
        if found.why is Why.NOTHING:
            assert time(9) <= mine[0] < mine[1] <= time(17)
        assert time(7) <= mine[0] < mine[1] <= time(21, 30)
        assert all(
            one.astimezone(ZoneInfo(zone)).fold == 0
            for one in (window.start, window.end)
            for zone in (theirs, own)
        )
    halves = [(local(one.start, there).date(), local(one.start, there).hour < 12) for one in found.windows]
    assert len(set(halves)) == len(halves)
    assert list(found.windows) == sorted(found.windows, key=lambda one: one.start)
    assert bool(found.windows) == (found.why not in {Why.BUSY, Why.APART})


@given(now=MOMENTS, theirs=ZONES, own=ZONES)
def test_the_same_asked_twice_is_the_same(now, theirs, own):
    assert offered(at(theirs), at(own), now=now) == offered(at(theirs), at(own), now=now)
