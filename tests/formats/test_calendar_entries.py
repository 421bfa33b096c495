"""Lina's talk in her own calendar: written once, read back exactly, changed without losing what she added."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.calendar_entries import Appointment, Unfit, changed_entry, new_entry, read_entry

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
TALK = Appointment(
    starts=datetime(2026, 12, 1, 10, 0, tzinfo=BERLIN),
    minutes=20,
    title="Conversation with Jane Doe",
    location="Café Blum, Room 4",
    url="https://meet.example/1",
)
NEUTRAL = replace(TALK, title="Conversation", location="", url="", private=True)
HERS = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:Conversation with Jane Doe\r\nEND:VALARM\r\n"


def written(told=TALK):
    return new_entry(told, uid="u-1", now=NOW)


def with_lines(*lines, without=()):
    kept = [line for line in written().split(b"\r\n") if not line.startswith(without)] if without else None
    text = b"\r\n".join(kept) if kept else written()
    return text.replace(b"END:VEVENT", b"\r\n".join([*lines, b"END:VEVENT"]))


@given(
    minute=st.integers(0, 60 * 24 * 365 * 3),
    length=st.integers(1, 1440),
    zone=st.sampled_from(["Europe/Berlin", "America/Chicago", "Asia/Tokyo", "Australia/Lord_Howe", "UTC"]),
)
def test_every_instant_comes_back_as_it_was_told_in_any_zone(minute, length, zone):
    starts = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
    told = replace(TALK, starts=starts, minutes=length)
    read = read_entry(written(told), "u-1")
    assert (read.time, read.place, read.title) == (told.time, told.place, told.title)


@pytest.mark.parametrize("hour", [0, 1])  # 02:30 in Berlin, before the clocks go back and after
def test_an_hour_that_comes_twice_is_told_apart(hour):
    starts = datetime(2026, 10, 25, hour, 30, tzinfo=UTC).astimezone(BERLIN)
    told = replace(TALK, starts=starts)
    assert read_entry(written(told), "u-1").time == told.time


def test_it_names_nobody_to_be_written_to_and_no_program():
    assert not any(
        word in written() for word in (b"ATTENDEE", b"ORGANIZER", b"METHOD", b"Askwell", b"VALARM")
    )


def test_moved_it_keeps_what_its_owner_added_and_their_title():
    hers = with_lines(b"COLOR:plum", without=(b"SUMMARY",)).replace(
        b"END:VEVENT", b"SUMMARY:Jane!\r\n" + HERS + b"END:VEVENT"
    )
    later = replace(TALK, starts=TALK.starts + timedelta(days=1))
    changed = changed_entry(hers, TALK, later, now=NOW)
    read = read_entry(changed, "u-1")
    assert (read.time, read.place, read.title) == (later.time, TALK.place, "Jane!")
    assert b"COLOR:plum" in changed
    assert b"TRIGGER:-PT5M" in changed
    assert b"SEQUENCE:1" in changed


def test_a_length_told_as_a_duration_is_read_and_replaced():
    long = with_lines(b"DURATION:PT45M", without=(b"DTEND",))
    assert read_entry(long, "u-1").minutes == 45
    shorter = changed_entry(long, replace(TALK, minutes=45), TALK, now=NOW)
    assert b"DURATION" not in shorter
    assert read_entry(shorter, "u-1").minutes == 20


def test_once_the_search_is_confidential_nothing_is_left_that_tells_of_her():
    changed = changed_entry(with_lines(HERS.rstrip()), TALK, NEUTRAL, now=NOW)
    assert not any(word in changed for word in (b"Jane", b"Blum", b"meet.example"))
    assert read_entry(changed, "u-1").private
    assert b"Jane" in changed_entry(changed, NEUTRAL, TALK, now=NOW)


def test_called_off_there_and_put_back_it_takes_place():
    off = with_lines(b"STATUS:CANCELLED")
    assert read_entry(off, "u-1").cancelled
    assert not read_entry(changed_entry(off, TALK, TALK, now=NOW), "u-1").cancelled


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Unfit.UNREADABLE),
        (b"no calendar", Unfit.UNREADABLE),
        (written().replace(b"u-1", b"u-2"), Unfit.UNREADABLE),
        (with_lines(without=(b"DTSTART",)), Unfit.UNREADABLE),
        (with_lines(b"RRULE:FREQ=WEEKLY"), Unfit.SERIES),
        (with_lines(b"RECURRENCE-ID:20261201T090000Z"), Unfit.SERIES),
        (
            written().replace(b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:u-1\r\nEND:VEVENT\r\nEND:VCALENDAR"),
            Unfit.SERIES,
        ),
        (with_lines(b"DTSTART;VALUE=DATE:20261201", without=(b"DTSTART", b"DTEND")), Unfit.WHOLE_DAY),
        (
            with_lines(b"DTSTART:20261201T100000", b"DURATION:PT1H", without=(b"DTSTART", b"DTEND")),
            Unfit.NO_ZONE,
        ),
        (with_lines(without=(b"DTEND",)), Unfit.LENGTH),
        (with_lines(b"DURATION:P3D", without=(b"DTEND",)), Unfit.LENGTH),
    ],
)
def test_what_is_no_appointment_says_why(data, why):
    assert read_entry(data, "u-1") is why
