"""When what repeats takes place: in its zone, without what is left out, within bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.itip.calendars import calendar, codes, corpus, instance, talk, weekly

from askwell.formats.itip.expanding import Span, occurrences
from askwell.formats.itip.reading import read_calendar

BERLIN = ZoneInfo("Europe/Berlin")
SPAN = Span(datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))


def starts(*events: str, span: Span = SPAN, **bounds):
    (series,) = calendar(*events).series().values()
    return [one.starts for one in occurrences(series, span, **bounds)]


def days(*events: str, **bounds):
    return [f"{one:%m-%d %H:%M}" for one in starts(*events, **bounds)]


def test_what_comes_once_comes_once():
    assert days(talk()) == ["11-24 09:00"]


def test_a_weekly_talk_keeps_its_hour_through_the_change_of_clocks():
    found = starts(talk("RRULE:FREQ=WEEKLY;COUNT=3", start="20261020T090000"))
    assert [one.astimezone(UTC).hour for one in found] == [7, 8, 8]
    assert [one.hour for one in found] == [9, 9, 9]


def test_an_invitation_of_exchange_repeats_without_what_is_left_out():
    (series,) = read_calendar(corpus("outlook")).series().values()
    found = [f"{one.starts:%m-%d}" for one in occurrences(series, SPAN)]
    assert found == ["11-24", "12-08", "12-15"]


def test_a_changed_instance_stands_in_for_its_own():
    (series,) = read_calendar(corpus("thunderbird")).series().values()
    found = occurrences(series, SPAN)
    assert [f"{one.starts:%m-%d %H:%M}" for one in found] == [
        "10-23 22:30",
        "10-24 22:30",
        "10-25 20:30",
        "10-26 22:30",
    ]
    assert found[2].event.summary == "Rappel (plus tôt)"
    assert found[2].ends - found[2].starts == timedelta(hours=1)


def test_further_moments_are_added_and_others_left_out():
    assert days(
        weekly("RDATE;TZID=Europe/Berlin:20261126T140000", "EXDATE;TZID=Europe/Berlin:20261201T090000")
    ) == [
        "11-24 09:00",
        "11-26 14:00",
        "12-08 09:00",
        "12-15 09:00",
        "12-22 09:00",
    ]


def test_an_instance_left_out_may_be_named_in_another_zone():
    assert "12-01 09:00" not in days(weekly("EXDATE:20261201T080000Z"))


def test_a_cancelled_instance_does_not_take_place():
    assert days(weekly(), instance("20261201", "STATUS:CANCELLED")) == [
        "11-24 09:00",
        "12-08 09:00",
        "12-15 09:00",
        "12-22 09:00",
    ]


def test_a_cancelled_event_does_not_take_place():
    assert days(weekly("STATUS:CANCELLED")) == []


def test_this_and_all_after_it_move_together():
    moved = instance("20261208", start="20261208T140000")
    assert days(weekly(), moved.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")) == [
        "11-24 09:00",
        "12-01 09:00",
        "12-08 14:00",
        "12-15 14:00",
        "12-22 14:00",
    ]


def test_an_instance_may_be_all_that_is_known():
    assert days(instance("20261201")) == ["12-01 09:00"]


@pytest.mark.parametrize(
    ("until", "count"),
    [
        ("20261208T080000Z", 3),
        ("20261208T075959Z", 2),
        ("20261208", 3),
        ("20261208T090000", 3),
        ("20261208T085959", 2),
        ("19990101T000000Z", 1),
    ],
)
def test_until_means_the_instant_or_the_time_there_or_that_day(until, count):
    assert len(starts(talk(f"RRULE:FREQ=WEEKLY;UNTIL={until}"))) == count


def test_whole_days_repeat_as_days():
    event = "UID:a\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=DAILY;UNTIL=20261226\nEXDATE;VALUE=DATE:20261225"
    assert starts(event) == [date(2026, 12, 24), date(2026, 12, 26)]


def test_floating_times_repeat_as_they_float():
    event = "UID:a\nDTSTART:20261224T090000\nDTEND:20261224T100000\nRRULE:FREQ=DAILY;UNTIL=20261226T080000Z"
    assert starts(event) == [datetime(2026, 12, 24, 9), datetime(2026, 12, 25, 9)]


def test_a_day_begins_where_one_is():
    event = "UID:a\nDTSTART;VALUE=DATE:20261224"
    first = datetime(2026, 12, 24, 23, 30, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert starts(event, span=Span(first, first + hour)) == [date(2026, 12, 24)]
    assert starts(event, span=Span(first, first + hour, BERLIN)) == []


def test_what_lasts_into_the_span_is_in_it():
    span = Span(datetime(2026, 11, 24, 8, 10, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert len(starts(talk(), span=span)) == 1
    after = Span(datetime(2026, 11, 24, 8, 20, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert starts(talk(), span=after) == []
    moment = Span(datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert len(starts(talk(duration=None), span=moment)) == 1


def test_no_more_are_given_than_are_asked_for():
    assert len(starts(talk("RRULE:FREQ=DAILY"), most=7)) == 7


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    ],
)
def test_a_rule_that_never_comes_is_told_and_the_event_comes_once(rule):
    assert codes(calendar(talk(f"RRULE:{rule}"))) == ["never"]
    assert days(talk(f"RRULE:{rule}")) == ["11-24 09:00"]


@pytest.mark.parametrize(
    ("rule", "start", "first"),
    [
        ("FREQ=DAILY", "16010101T090000", "10-01 09:00"),
        ("FREQ=DAILY;INTERVAL=3", "20200101T090000", "10-02 09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "20200101T090000", "10-02 09:00"),
        ("FREQ=DAILY;COUNT=2470", "20200101T090000", "10-01 09:00"),
        ("FREQ=WEEKLY;UNTIL=20200301T000000Z", "20200101T090000", ""),
    ],
)
def test_what_began_long_ago_goes_on_in_step(rule, start, first):
    found = days(talk(f"RRULE:{rule}", start=start))
    assert (found or [""])[0] == first
    if "COUNT" in rule:
        assert found == ["10-01 09:00", "10-02 09:00", "10-03 09:00", "10-04 09:00", "10-05 09:00"]


def test_weeks_are_counted_in_the_month_and_in_the_year():
    assert days(talk("RRULE:FREQ=MONTHLY;BYDAY=-1TU")) == ["11-24 09:00", "12-29 09:00", "01-26 09:00"]
    assert days(talk("RRULE:FREQ=YEARLY;BYDAY=53MO;X-OWN=1")) == ["11-24 09:00"]


def test_a_day_that_comes_every_four_years_comes():
    span = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
    found = starts(
        talk("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=9", start="20240229T090000"), span=span
    )
    assert [f"{one:%Y-%m-%d}" for one in found] == ["2028-02-29"]


def test_an_event_without_a_time_takes_no_place():
    assert starts("UID:a\nSUMMARY:Some day") == []


def test_a_span_has_an_end():
    with pytest.raises(ValueError, match="five years"):
        Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


def test_an_end_in_no_zone_is_told_by_the_clock():
    (series,) = calendar("UID:a\nDTSTART:20261124T090000Z\nDTEND:20261124T100000").series().values()
    (one,) = occurrences(series, SPAN)
    assert one.ends == datetime(2026, 11, 24, 10, tzinfo=UTC)


@given(
    weeks=st.integers(1, 12),
    start=st.datetimes(datetime(2026, 10, 5), datetime(2026, 10, 12)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
)
def test_every_instance_is_at_the_same_hour_there_and_lasts_as_long(weeks, start):
    (series,) = (
        calendar(talk(f"RRULE:FREQ=WEEKLY;COUNT={weeks}", start=f"{start:%Y%m%dT%H%M%S}")).series().values()
    )
    found = occurrences(series, SPAN)
    assert len(found) == weeks
    assert {one.starts.time() for one in found} == {start.time()}
    assert {one.ends.astimezone(UTC) - one.starts.astimezone(UTC) for one in found} == {timedelta(minutes=20)}
