from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.errors import BadCalendar
from askwell.rules.facts import Calendar
from askwell.rules.presets import PRESETS
from askwell.rules.timing import (
    add_business_days,
    day_close,
    day_end,
    day_start,
    good_to_call,
    good_to_send,
    is_business_day,
    is_quiet_hour,
    is_year_end,
    local,
    next_good_hour,
    next_week_start,
    sending_window,
    week_start,
    zone_of,
)

ASKWELL = PRESETS["askwell"]
NEW_YORK = Calendar(zone="America/New_York", zone_known=True)
BERLIN = Calendar(zone="Europe/Berlin", zone_known=True)
CAIRO = Calendar(zone="Africa/Cairo", zone_known=True, weekend=frozenset({4, 5}))
KIRITIMATI = Calendar(zone="Pacific/Kiritimati", zone_known=True)  # fourteen hours ahead
NIUE = Calendar(zone="Pacific/Niue", zone_known=True)  # eleven behind
SOMEWHERE = Calendar(zone="America/New_York", zone_known=False)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
calendars = st.builds(
    Calendar,
    zone=st.sampled_from(
        ["UTC", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu"]
    ),
    zone_known=st.booleans(),
    weekend=st.sampled_from(
        [frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset(), frozenset(range(6))]
    ),
    holidays=st.frozensets(st.dates(date(2020, 1, 1), date(2035, 1, 1)), max_size=30),
)


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def counted(start, end, calendar):
    """Count the business days after the local day of ``start`` up to that of ``end``, one by one."""
    first, last = local(start, calendar).date(), local(end, calendar).date()
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_business_day(day, calendar) for day in days)


def test_friday_and_one_business_day_is_monday_at_the_same_hour():
    assert add_business_days(utc(2026, 3, 13, 14), 1, NEW_YORK) == utc(2026, 3, 16, 14)


def test_the_clocks_going_forward_do_not_move_the_local_hour():
    assert add_business_days(utc(2026, 3, 6, 15), 1, NEW_YORK) == utc(2026, 3, 9, 14)


def test_the_clocks_going_back_do_not_move_the_local_hour():
    assert add_business_days(utc(2026, 10, 23, 8), 1, BERLIN) == utc(2026, 10, 26, 9)


def test_an_hour_the_clocks_skip_is_read_with_the_offset_before():
    every_day = replace(NEW_YORK, weekend=frozenset())
    half_past_two = utc(2026, 3, 7, 7, 30)
    assert add_business_days(half_past_two, 1, every_day) == utc(2026, 3, 8, 7, 30)


def test_the_second_of_two_equal_hours_stays_the_second():
    every_day = replace(NEW_YORK, weekend=frozenset())
    second_half_past_one = utc(2026, 11, 1, 6, 30)
    assert add_business_days(second_half_past_one, 0, every_day) == second_half_past_one


def test_holidays_are_not_counted():
    christmas = replace(BERLIN, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
    assert add_business_days(utc(2026, 12, 24, 9), 1, christmas) == utc(2026, 12, 28, 9)
    assert not is_business_day(date(2026, 12, 25), christmas)


def test_the_weekend_is_theirs():
    assert add_business_days(utc(2026, 3, 5, 9), 1, CAIRO) == utc(2026, 3, 8, 9)


def test_days_count_where_they_are_not_where_you_are():
    sunday_evening_in_utc = utc(2026, 3, 1, 20)
    assert local(sunday_evening_in_utc, KIRITIMATI).weekday() == 0
    assert add_business_days(sunday_evening_in_utc, 1, KIRITIMATI) == utc(2026, 3, 2, 20)
    assert local(utc(2026, 3, 2, 5), NIUE).weekday() == 6


def test_zero_moves_only_off_a_day_off():
    assert add_business_days(utc(2026, 3, 7, 15), 0, NEW_YORK) == utc(2026, 3, 9, 14)
    assert add_business_days(utc(2026, 3, 6, 15), 0, NEW_YORK) == utc(2026, 3, 6, 15)


def test_backwards_is_the_business_day_before():
    assert add_business_days(utc(2026, 3, 9, 14), -1, NEW_YORK) == utc(2026, 3, 6, 15)


@given(moments, st.integers(1, 40), calendars)
def test_what_is_added_is_counted(at, days, calendar):
    assert counted(at, add_business_days(at, days, calendar), calendar) == days


@given(moments, st.integers(-40, 40), calendars)
def test_one_lands_on_a_business_day_at_the_same_local_hour(at, days, calendar):
    landed = local(add_business_days(at, days, calendar), calendar)
    assert is_business_day(landed.date(), calendar)
    # an hour skipped by the clocks is the one exception, and it moves by one hour at most
    shift = (landed.hour * 60 + landed.minute) - (local(at, calendar).hour * 60 + local(at, calendar).minute)
    assert abs(shift) in {0, 60, 23 * 60}


@given(moments, st.integers(0, 15), calendars)
def test_a_business_day_closes_after_it_starts_and_within_its_day(at, days, calendar):
    start, close = day_start(at, days, calendar), day_close(at, days, calendar, preset=ASKWELL)
    assert start < close < start + timedelta(hours=24)
    assert at < day_end(at, calendar) <= at + timedelta(hours=25)


def test_a_week_without_a_working_day_is_refused():
    with pytest.raises(BadCalendar):
        add_business_days(utc(2026, 3, 2), 1, replace(NEW_YORK, weekend=frozenset(range(7))))


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_named(name):
    with pytest.raises(BadCalendar) as caught:
        zone_of(name)
    assert caught.value.zone == name


def test_weeks_start_on_monday_where_the_seeker_is():
    assert week_start(utc(2026, 3, 5, 12), NEW_YORK) == utc(2026, 3, 2, 5)
    assert next_week_start(utc(2026, 3, 5, 12), NEW_YORK) == utc(2026, 3, 9, 4)


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(utc(2026, 3, 2, 12, 59), True), (utc(2026, 3, 2, 13), False), (utc(2026, 3, 2, 23), True)],
)
def test_quiet_hours_are_local(hour, quiet):
    assert is_quiet_hour(hour, NEW_YORK, preset=ASKWELL) is quiet


def test_an_unknown_zone_makes_no_claim_about_the_hour():
    night = utc(2026, 3, 2, 7)
    assert is_quiet_hour(night, SOMEWHERE, preset=ASKWELL) is False
    assert good_to_send(night, SOMEWHERE, preset=ASKWELL) is None
    assert good_to_call(night, SOMEWHERE, preset=ASKWELL) is None
    assert next_good_hour(night, SOMEWHERE, preset=ASKWELL) == night


@pytest.mark.parametrize(
    ("at", "good"),
    [
        (utc(2026, 3, 2, 13, 30), True),  # Monday 08:30
        (utc(2026, 3, 2, 13, 29), False),
        (utc(2026, 3, 5, 21, 30), False),  # Thursday 16:30
        (utc(2026, 3, 6, 16, 59), True),  # Friday before noon
        (utc(2026, 3, 6, 17), False),
        (utc(2026, 3, 7, 15), False),
    ],
)
def test_the_sending_window(at, good):
    assert good_to_send(at, NEW_YORK, preset=ASKWELL) is good


def test_thursday_is_the_eve_where_friday_is_a_day_off():
    window = sending_window(date(2026, 3, 5), CAIRO, preset=ASKWELL)
    assert window is not None
    assert local(window[1], CAIRO).time() == time(12, 0)


@pytest.mark.parametrize(
    ("at", "good"),
    [
        (utc(2026, 3, 2, 15), True),
        (utc(2026, 3, 2, 17), False),  # lunch
        (utc(2026, 3, 2, 18), True),
        (utc(2026, 3, 2, 22, 30), False),
        (utc(2026, 3, 7, 15), False),
    ],
)
def test_calls_go_between_nine_and_five_but_not_over_lunch(at, good):
    assert good_to_call(at, NEW_YORK, preset=ASKWELL) is good


def test_the_next_good_hour_after_friday_noon_is_monday_morning():
    assert next_good_hour(utc(2026, 3, 6, 18), NEW_YORK, preset=ASKWELL) == utc(2026, 3, 9, 12, 30)
    assert next_good_hour(utc(2026, 3, 2, 15), NEW_YORK, preset=ASKWELL) == utc(2026, 3, 2, 15)


@pytest.mark.parametrize(
    ("day", "away"),
    [((2026, 12, 19), False), ((2026, 12, 20), True), ((2027, 1, 2), True), ((2027, 1, 3), False)],
)
def test_the_end_of_the_year(day, away):
    assert is_year_end(utc(*day, 12), NEW_YORK) is away
