"""Calendar files: the same instant in every calendar, whatever the zone does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.formats import ics
from askwell.formats.ics import CalendarEvent, calendar, talk_invite

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def talk(starts: datetime | date, **values) -> CalendarEvent:
    return CalendarEvent(
        uid="talk-1@askwell.example", starts=starts, summary="Talk with Amara Okafor", **values
    )


def text_of(event: CalendarEvent) -> str:
    return talk_invite(event, now=NOW).decode().replace("\r\n ", "")


def event_of(event: CalendarEvent) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(talk_invite(event, now=NOW)).walk("VEVENT")
    return found


def instant(data: bytes) -> datetime:
    """When the talk is, by the file's own zone definition alone."""
    (zone,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    local = icalendar.Calendar.from_ical(data).walk("VEVENT")[0]["DTSTART"].dt.replace(tzinfo=None)
    onsets = []
    for part in zone.subcomponents:
        offset_from, offset_to = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onsets.append((part["DTSTART"].dt.replace(tzinfo=UTC) - offset_from, offset_to))
    for onset, offset in sorted(onsets, reverse=True):
        moment = local.replace(tzinfo=UTC) - offset
        if moment >= onset:
            return moment
    raise AssertionError("the zone is not defined at that time")


def test_a_talk_says_everything_a_calendar_shows():
    starts = datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN)
    made = event_of(
        talk(
            starts,
            minutes=25,
            sequence=2,
            location="Café Réseau",
            url="https://meet.example/x",
            description="1. You\n2. Me",
            alarm_minutes=10,
        )
    )
    assert made["UID"] == "talk-1@askwell.example"
    assert made["SEQUENCE"] == 2
    assert made["STATUS"] == "CONFIRMED"
    assert made["DTSTAMP"].dt == NOW
    assert made["DTSTART"].dt == starts
    assert made["DTEND"].dt == datetime(2026, 4, 1, 15, 55, tzinfo=BERLIN)
    assert made["SUMMARY"] == "Talk with Amara Okafor"
    assert made["LOCATION"] == "Café Réseau"
    assert made["URL"] == "https://meet.example/x"
    assert made["DESCRIPTION"] == "1. You\n2. Me"
    (alarm,) = made.subcomponents
    assert alarm["TRIGGER"].dt == timedelta(minutes=-10)


def test_the_zone_is_named_and_defined():
    text = text_of(talk(datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN)))
    assert "DTSTART;TZID=Europe/Berlin:20260401T153000" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in text


def test_a_change_of_the_clock_stands_in_the_time_before_it():
    text = text_of(talk(datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN)))
    assert "DTSTART:20260329T020000" in text
    assert "DTSTART:20261025T030000" in text


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("America/Chicago", date(2026, 3, 8)),
        ("America/Chicago", date(2026, 11, 1)),
        ("Asia/Kathmandu", date(2026, 3, 29)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
    ],
)
def test_the_definition_gives_the_right_instant_around_every_change(zone: str, day: date):
    place = ZoneInfo(zone)
    for minutes in range(-180, 8 * 60, 30):
        starts = datetime(day.year, day.month, day.day, tzinfo=place) + timedelta(minutes=minutes)
        data = talk_invite(talk(starts), now=NOW)
        if b"VTIMEZONE" in data:
            assert instant(data) == starts.astimezone(UTC)
        else:
            assert icalendar.Calendar.from_ical(data).walk("VEVENT")[0]["DTSTART"].dt == starts.astimezone(
                UTC
            )


@settings(max_examples=60)
@given(
    zone=st.sampled_from(
        ["Europe/Berlin", "America/Chicago", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"]
    ),
    at=st.datetimes(datetime(2020, 1, 1), datetime(2036, 12, 31)),
    fold=st.sampled_from([0, 1]),
    minutes=st.integers(1, 600),
)
def test_start_and_length_are_right_for_any_time(zone: str, at: datetime, fold: int, minutes: int):
    starts = at.replace(microsecond=0, fold=fold, tzinfo=ZoneInfo(zone))
    made = event_of(talk(starts, minutes=minutes))
    begin, end = made["DTSTART"].dt.astimezone(UTC), made["DTEND"].dt.astimezone(UTC)
    assert begin == starts.astimezone(UTC)
    assert end - begin == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "starts",
    [
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN),
        datetime(2026, 10, 25, 1, 50, tzinfo=BERLIN),
        datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN),
        datetime(2026, 4, 1, 15, 30, tzinfo=UTC),
        datetime(2026, 4, 1, 15, 30, tzinfo=ZoneInfo("UTC")),
        datetime(2026, 4, 1, 15, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_time_its_zone_cannot_say_once_is_written_in_utc(starts: datetime):
    text = text_of(talk(starts))
    assert "VTIMEZONE" not in text
    assert f"DTSTART:{starts.astimezone(UTC):%Y%m%dT%H%M%SZ}" in text


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no instant"):
        talk_invite(talk(datetime(2026, 4, 1, 15, 30)), now=NOW)


def test_a_talk_over_new_year_has_both_years_defined():
    data = talk_invite(talk(datetime(2026, 12, 31, 23, 50, tzinfo=BERLIN)), now=NOW)
    assert b"DTSTART:20270328T020000" in data
    assert instant(data) == datetime(2026, 12, 31, 22, 50, tzinfo=UTC)


def test_a_confidential_talk_tells_nothing():
    event = talk(
        datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN),
        location="Acorn Ltd",
        url="https://meet.example",
        description="why I leave",
        alarm_minutes=5,
        confidential=True,
        neutral_summary="Appointment",
    )
    text = text_of(event)
    assert "SUMMARY:Appointment" in text
    assert "CLASS:PRIVATE" in text
    for secret in ("Okafor", "Acorn", "meet.example", "leave"):
        assert secret not in text


def test_a_confidential_talk_needs_a_neutral_summary():
    with pytest.raises(ValueError, match="neutral summary"):
        talk_invite(talk(datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN), confidential=True), now=NOW)


def test_a_step_takes_its_whole_day_and_blocks_nothing():
    made = event_of(talk(date(2026, 4, 1)))
    assert made["DTSTART"].dt == date(2026, 4, 1)
    assert made["DTEND"].dt == date(2026, 4, 2)
    assert made["TRANSP"] == "TRANSPARENT"


def test_a_cancelled_talk_says_so():
    assert (
        event_of(talk(datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN), cancelled=True))["STATUS"] == "CANCELLED"
    )


def test_an_export_holds_every_event_and_each_zone_once():
    chicago = ZoneInfo("America/Chicago")
    events = [
        talk(datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN)),
        talk(datetime(2028, 4, 1, 15, 30, tzinfo=BERLIN)),
        talk(datetime(2026, 4, 1, 15, 30, tzinfo=chicago)),
        talk(date(2026, 4, 1)),
    ]
    made = icalendar.Calendar.from_ical(calendar(events, now=NOW, name="Askwell"))
    assert len(made.walk("VEVENT")) == 4
    assert [zone["TZID"] for zone in made.walk("VTIMEZONE")] == ["America/Chicago", "Europe/Berlin"]
    assert made["X-WR-CALNAME"] == "Askwell"


def test_lines_end_in_crlf_and_are_folded():
    data = talk_invite(talk(datetime(2026, 4, 1, 15, 30, tzinfo=BERLIN), description="ß" * 200), now=NOW)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_text_cannot_smuggle_a_line_in():
    event = CalendarEvent(uid="a", starts=date(2026, 4, 1), summary="x\r\nATTENDEE:mailto:a@b.example")
    assert "\nATTENDEE" not in text_of(event)


def test_changes_are_found_to_the_second():
    found = ics.changes(BERLIN, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert found == [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
