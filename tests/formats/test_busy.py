"""Jane's calendar: when she is busy, and when it only looks so."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.busy import busy_times, joined, read_free_busy, zone_told

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, SATURDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)


def event(*lines, uid="talk"):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"])


def calendar(*events):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]).encode()


TEN = ("DTSTART;TZID=Europe/Berlin:20261124T100000", "DTEND;TZID=Europe/Berlin:20261124T110000")


def busy(*events, own=("jane@home.example",), zone=BERLIN):
    found = busy_times([calendar(*events)], MONDAY, SATURDAY, zone=zone, own_addresses=own)
    assert found.unread == 0
    return [(begin.strftime("%d %H:%M"), end.strftime("%d %H:%M")) for begin, end in found.times]


def test_a_talk_in_berlin_is_told_as_instants():
    assert busy(event(*TEN)) == [("24 09:00", "24 10:00")]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Jane@home.example",
    ],
)
def test_free_cancelled_and_declined_are_not_busy(line):
    assert busy(event(*TEN, line)) == []


def test_what_another_declined_or_she_did_not_answer_is_busy():
    others = ["ATTENDEE;PARTSTAT=DECLINED:mailto:ben@home.example", "ATTENDEE:mailto:jane@home.example"]
    assert len(busy(event(*TEN, *others))) == 1
    assert len(busy(event(*TEN, others[0]))) == 1


def test_a_whole_day_is_the_calendars_day():
    day = event("DTSTART;VALUE=DATE:20261125")
    assert busy(day) == [("24 23:00", "25 23:00")]
    assert busy(day, zone=ZoneInfo("America/New_York")) == [("25 05:00", "26 05:00")]


def test_a_time_without_a_zone_is_the_calendars():
    assert busy(event("DTSTART:20261125T090000", "DURATION:PT30M")) == [("25 08:00", "25 08:30")]


def test_a_moment_without_length_takes_no_time():
    assert busy(event("DTSTART:20261125T090000Z")) == []


def test_a_series_keeps_its_exceptions():
    series = event(
        "DTSTART;TZID=Europe/Berlin:20261019T100000",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY",
        "EXDATE;TZID=Europe/Berlin:20261124T100000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261125T100000",
        "DTSTART;TZID=Europe/Berlin:20261125T150000",
        "DURATION:PT1H",
    )
    assert busy(series, moved) == [
        ("23 09:00", "23 10:00"),
        ("25 14:00", "25 15:00"),
        ("26 09:00", "26 10:00"),
        ("27 09:00", "27 10:00"),
    ]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60)))]
)
def test_a_rule_within_the_day_comes_once(rule):
    assert busy(event(*TEN, f"RRULE:{rule}")) == [("24 09:00", "24 10:00")]


def test_two_rules_are_both_looked_at():
    assert busy(event(*TEN, "RRULE:FREQ=WEEKLY", "RRULE:FREQ=SECONDLY")) == [("24 09:00", "24 10:00")]


def test_what_overlaps_is_one_time():
    later = event("DTSTART:20261124T093000Z", "DTEND:20261124T120000Z", uid="b")
    assert busy(event(*TEN), later) == [("24 09:00", "24 12:00")]


@pytest.mark.parametrize("data", [b"no calendar", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe"])
def test_what_cannot_be_read_is_counted(data):
    found = busy_times([data, calendar(event(*TEN))], MONDAY, SATURDAY, zone=BERLIN)
    assert (found.unread, len(found.times)) == (1, 1)


def test_a_servers_own_account_is_read():
    data = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261124T100000Z/20261124T110000Z,\r\n"
        b" 20261124T120000Z/PT1H\r\nFREEBUSY:20261125T100000Z/PT1H,nonsense\r\n"
        b"FREEBUSY;FBTYPE=FREE:20261126T000000Z/P1D\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    found = read_free_busy(data, MONDAY, SATURDAY)
    assert [(begin.hour, end - begin) for begin, end in found.times] == [
        (10, timedelta(hours=1)),
        (12, timedelta(hours=1)),
        (10, timedelta(hours=1)),
    ]
    assert read_free_busy(b"<html>", MONDAY, SATURDAY).unread == 1


def test_a_period_beyond_the_calendar_hides_no_other():
    said = b"FREEBUSY:99991231T235959Z/P9D,20261124T120000Z/-P999999D,20261124T120000Z/PT1H\r\n"
    data = b"BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\n" + said + b"END:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    ((begin, end),) = read_free_busy(data, MONDAY, SATURDAY).times
    assert (begin.hour, end - begin) == (12, timedelta(hours=1))


def test_the_calendars_zone_is_read_from_its_definition():
    assert zone_told("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE") == BERLIN
    assert zone_told("TZID:Mars/Olympus") is None
    assert zone_told("TZID:/etc") is None
    assert zone_told("") is None


MOMENTS = st.integers(-2000, 9000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


@given(st.lists(st.tuples(MOMENTS, MOMENTS)))
def test_joined_times_are_apart_in_order_within_and_cover_the_same_minutes(intervals):
    found = joined(intervals, MONDAY, SATURDAY)
    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    minutes = {
        minute
        for begin, end in intervals
        for minute in range(
            int((begin - MONDAY).total_seconds() // 60), int((end - MONDAY).total_seconds() // 60)
        )
    }
    within = {minute for minute in minutes if 0 <= minute < 5 * 24 * 60}
    told = {
        minute
        for begin, end in found
        for minute in range(
            int((begin - MONDAY).total_seconds() // 60), int((end - MONDAY).total_seconds() // 60)
        )
    }
    assert told == within
