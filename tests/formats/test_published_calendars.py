"""Jane's calendar under a secret address: twenty years of it, of which five weeks matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from askwell.formats.busy import busy_times
from askwell.formats.published_calendars import Published, is_calendar, nearby, told_of

BERLIN = ZoneInfo("Europe/Berlin")
START, END = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 12, 28, tzinfo=UTC)
FEW_DAYS = st.integers(-60, 60)


def event(*lines, uid="talk"):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20200101T000000Z", *lines, "END:VEVENT"])


def calendar(*events, head=()):
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *head, *events, "END:VCALENDAR", ""]
    ).encode()


def left(*events):
    return nearby(calendar(*events), START, END).count(b"BEGIN:VEVENT")


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        (("DTSTART:20261201T100000Z", "DTEND:20261201T110000Z"), 1),
        (("DTSTART:20161201T100000Z", "DTEND:20161201T110000Z"), 0),
        (("DTSTART:20361201T100000Z", "DTEND:20361201T110000Z"), 0),
        (("DTSTART;VALUE=DATE:20261122", "DTEND;VALUE=DATE:20261123"), 1),
        (("DTSTART;VALUE=DATE:20161122",), 0),
        (("DTSTART;VALUE=DATE:20161122", "DURATION:P3999D"), 1),
        (("DTSTART;VALUE=DATE:20361122", "DURATION:P3999D"), 0),
        (("DTSTART;VALUE=DATE:20161122", "DTEND;VALUE=DATE:20371122"), 1),
        (("DTSTART:20161201T100000Z", "RRULE:FREQ=WEEKLY"), 1),
        (("DTSTART:20161201T100000Z", "RDATE:20261201T100000Z"), 1),
        (("DTSTART:20161201T100000Z", "RECURRENCE-ID:20261201T100000Z"), 1),
        (('DTSTART;TZID="(UTC+01:00) Amsterdam":20161201T100000',), 1),
        (("DTSTART;TZID=Europe/Berlin;X-A=", " b:20161201T100000"), 1),
        (("DTSTART:20161201T100000Z", "DTSTART:20261201T100000Z"), 1),
        (("SUMMARY:no day at all",), 1),
        (("DESCRIPTION:a\\n", " DTSTART:20161201T100000Z", "DTSTART:20261201T100000Z"), 1),
    ],
)
def test_what_surely_lies_outside_is_left_out_and_nothing_else(lines, stays):
    assert left(event(*lines)) == stays


def test_all_around_the_events_stays_in_its_order():
    zone = "BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE"
    far, near = event("DTSTART:20161201T100000Z"), event("DTSTART:20261201T100000Z", uid="near")
    found = nearby(calendar(far, zone, near, far, "X-END:1"), START, END)
    assert found == calendar(zone, near, "X-END:1")


@pytest.mark.parametrize(
    "data",
    [b"", b"no calendar", b"BEGIN:VEVENT\n" * 3, b"END:VEVENT\n", b"BEGIN:VEVENT\nDTSTART:20160101\n"],
)
def test_events_without_an_end_stay(data):
    assert nearby(data, START, END) == data


def test_a_million_events_that_never_end_cost_no_time():
    data = b"BEGIN:VEVENT\n" * 1_000_000
    assert nearby(data, START, END) == data


def test_an_event_is_left_out_also_where_one_before_it_has_no_end():
    data = b"BEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nDTSTART:20160101\nEND:VEVENT\n"
    assert nearby(data, START, END) == b"BEGIN:VEVENT\nUID:1\n"


@st.composite
def lines(draw):
    """An event that begins and ends somewhere around the span, in one of the shapes programs write."""
    first = START + timedelta(days=draw(FEW_DAYS), minutes=draw(st.integers(0, 1439)))
    lasts = timedelta(minutes=draw(st.integers(0, 60 * 24 * 40)))
    shape = draw(st.sampled_from(("utc", "zone", "floating", "day")))
    if shape == "day":
        day: date = first.date()
        begin, end = f";VALUE=DATE:{day:%Y%m%d}", f";VALUE=DATE:{day + lasts + timedelta(days=1):%Y%m%d}"
    else:
        before = {"utc": ":", "zone": ";TZID=Asia/Tokyo:", "floating": ":"}[shape]
        after = "Z" if shape == "utc" else ""
        begin, end = (f"{before}{moment:%Y%m%dT%H%M%S}{after}" for moment in (first, first + lasts))
    ending = draw(st.sampled_from(("end", "duration", "none")))
    more = {"end": [f"DTEND{end}"], "duration": [f"DURATION:P{lasts.days}D"], "none": []}[ending]
    rule = draw(st.sampled_from(([], [], ["RRULE:FREQ=WEEKLY;COUNT=5"])))
    return [f"DTSTART{begin}", *more, *rule]


@given(st.lists(lines(), max_size=6))
@example([["DTSTART;VALUE=DATE:20261122"]])
@example([["DTSTART;TZID=Asia/Tokyo:20261123T080000", "DTEND;TZID=Asia/Tokyo:20261123T093000"]])
def test_nobody_is_less_busy_for_it(events):
    data = calendar(*(event(*each, uid=str(number)) for number, each in enumerate(events)))
    whole = busy_times([data], START, END, zone=BERLIN)
    assert busy_times([nearby(data, START, END)], START, END, zone=BERLIN) == whole


@pytest.mark.parametrize(
    ("head", "name", "zone"),
    [
        (["X-WR-CALNAME:jane@home.example", "X-WR-TIMEZONE:Europe/Berlin"], "jane@home.example", BERLIN),
        (["NAME;LANGUAGE=de:Büro\\, oben\\nund \\\\ unten"], "Büro, oben und \\ unten", None),
        (["X-WR-CALNAME:a very lo", " ng name", "X-WR-TIMEZONE:Mars/Base"], "a very long name", None),
        (["X-WR-CALNAME:\x07" + "x" * 300], "x" * 200, None),
        (["X-WR-TIMEZONE:/etc/passwd"], "", None),
        (["X-WR-TIMEZONE:../Berlin"], "", None),
        ([], "", None),
    ],
)
def test_what_a_calendar_says_of_itself(head, name, zone):
    data = calendar(event("DTSTART:20261201T100000Z", "NAME:none"), head=head)
    assert told_of(data) == Published(name=name, zone=zone)


@pytest.mark.parametrize(
    ("data", "yes"),
    [
        (b"\xef\xbb\xbfBEGIN:VCALENDAR\n", True),
        (b"\r\nbegin:vcalendar", True),
        (b"<html>", False),
        (b"", False),
    ],
)
def test_a_page_is_no_calendar(data, yes):
    assert is_calendar(data) is yes
