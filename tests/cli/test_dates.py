"""Moments as people type them, read on Monday 23 November 2026, 15:00 UTC."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.cli.dates import BadMoment, read_moment, read_when

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def read(text, **options):
    return read_when(text, now=NOW, **{"zone": "UTC", **options})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-23T15:00"),
        ("today", "2026-11-23T09:00"),
        ("today 17:30", "2026-11-23T17:30"),
        ("tomorrow", "2026-11-24T09:00"),
        ("tomorrow 3pm", "2026-11-24T15:00"),
        ("tomorrow, at noon", None),
        ("tomorrow noon", "2026-11-24T12:00"),
        ("friday", "2026-11-27T09:00"),
        ("next friday", "2026-11-27T09:00"),
        ("fri 10:30", "2026-11-27T10:30"),
        ("friday at 12am", "2026-11-27T00:00"),
        ("monday", "2026-11-30T09:00"),
        ("last friday", "2026-11-20T09:00"),
        ("yesterday", "2026-11-22T09:00"),
        ("16:45", "2026-11-23T16:45"),
        ("at 9", "2026-11-23T09:00"),
        ("in 2 weeks", "2026-12-07T15:00"),
        ("in a day", "2026-11-24T15:00"),
        ("in 3 hours", "2026-11-23T18:00"),
        ("2 days ago", "2026-11-21T15:00"),
        ("an hour ago", "2026-11-23T14:00"),
        ("+3d", "2026-11-26T15:00"),
        ("-1w", "2026-11-16T15:00"),
        ("+2h", "2026-11-23T17:00"),
        ("2026-12-01", "2026-12-01T09:00"),
        ("20261201", "2026-12-01T09:00"),
        ("1 december", "2026-12-01T09:00"),
        ("1. Dec 10:30", "2026-12-01T10:30"),
        ("Dec 1st, at 3pm", "2026-12-01T15:00"),
        ("December 24, 2027 10:00", "2027-12-24T10:00"),
        ("23 nov", "2026-11-23T09:00"),
        ("22 november", "2027-11-22T09:00"),
        ("29 feb", "2028-02-29T09:00"),
        ("24.12.2026", "2026-12-24T09:00"),
        ("4.3.2027 15:00", "2027-03-04T15:00"),
        ("12/24/2026", "2026-12-24T09:00"),
        ("24/12/2026", "2026-12-24T09:00"),
        ("4/4/2027", "2027-04-04T09:00"),
        ("next week", "2026-11-30T09:00"),
        ("in two weeks", "2026-12-07T15:00"),
        ("three days ago", "2026-11-20T15:00"),
        ("2026-12-01 15:00", "2026-12-01T15:00"),
        ("2026-12-01T15:00+02:00", "2026-12-01T13:00"),
        ("2026-12-01t15:00z", "2026-12-01T15:00"),
    ],
)
def test_a_moment_is_read_as_people_mean_it(text, expected):
    if expected is None:
        with pytest.raises(BadMoment):
            read(text)
    else:
        assert read(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["someday", "", "2026-02-30", "25:00", "tomorrow 9:75", "in some weeks", "+3y", "tu", "next", "fr 26:00"],
)
def test_what_is_no_moment_is_refused_with_an_example(text):
    with pytest.raises(BadMoment, match="Try 2026-12-01"):
        read(text)


def test_words_are_read_in_the_seekers_zone():
    assert read("tomorrow 9:00", zone="America/New_York") == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_today_is_the_seekers_day_and_not_that_of_greenwich():
    late = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # still Sunday evening in New York
    assert read_when("today", now=late, zone="America/New_York").date().day == 22


def test_a_weekday_of_the_past_is_the_last_one_gone():
    assert read("friday", past=True).date().day == 20
    assert read("monday", past=True).date().day == 16
    assert read("next friday", past=True).date().day == 27


def test_a_clock_change_keeps_the_hour_people_mean():
    before = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # Berlin falls back on the 25th
    assert read_when("tomorrow 9:00", now=before, zone="Europe/Berlin") == datetime(
        2026, 10, 25, 8, 0, tzinfo=UTC
    )


def test_a_distance_beyond_the_calendar_is_refused():
    with pytest.raises(BadMoment):
        read_when("+9999m", now=datetime(9999, 1, 1, tzinfo=UTC), zone="UTC")


@given(st.integers(min_value=0, max_value=999))
def test_a_distance_and_its_opposite_meet(count):
    assert read(f"+{count}d") - NOW == NOW - read(f"-{count}d") == timedelta(days=count)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    try:
        moment = read(text)
    except BadMoment:
        return
    assert moment.tzinfo is not None


def test_now_is_iso_and_utc_unless_it_says_otherwise():
    assert read_moment("2026-11-23T15:00") == NOW
    assert read_moment("2026-11-23T16:00+01:00") == NOW
    with pytest.raises(BadMoment):
        read_moment("yesterday-ish")


def test_a_day_of_a_month_that_is_past_is_the_last_one_gone():
    assert read("20 nov", past=True) == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert read("24 nov", past=True) == datetime(2025, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["3/4/2027", "12/01/2026"])
def test_a_day_that_may_be_two_is_not_guessed_at(text):
    with pytest.raises(BadMoment, match="may be two days"):
        read(text)


@pytest.mark.parametrize(
    "text", ["30 feb", "31.2.2027", "1 decembre", "1 december teatime", "40/40/2026", "0 may"]
)
def test_a_day_that_does_not_exist_is_no_date(text):
    with pytest.raises(BadMoment):
        read(text)
