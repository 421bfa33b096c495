"""A calendar that others may see says nothing of the search, not in its smallest line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from askwell.formats.ics import CalendarEvent, calendar

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TELLTALE = re.compile(
    rb"askwell|interview|career|job|search|network|outreach|thank|follow|recruit|resume|Jane|Acme",
    re.IGNORECASE,
)


def events(*, confidential):
    common = {"confidential": confidential, "neutral_summary": "Conversation"}
    talk = CalendarEvent(
        uid="0c1d@askwell", starts=NOW, summary="Conversation with Jane Doe", location="Acme, room 4",
        url="https://meet.example/jane", description="Career questions", alarm_minutes=15, **common,
    )  # fmt: skip
    day = CalendarEvent(uid="9f2e@askwell", starts=date(2026, 11, 24), summary="Thank Jane Doe", **common)
    return [talk, day]


def test_no_line_of_a_confidential_calendar_holds_a_telltale_word():
    told = calendar(events(confidential=True), now=NOW, name="Askwell")
    assert TELLTALE.findall(told) == []
    assert told.count(b"SUMMARY:Conversation") == 2
    assert told.count(b"CLASS:PRIVATE") == 2
    assert b"UID:0c1d\r\n" in told


def test_an_open_one_names_people_and_program():
    told = calendar(events(confidential=False), now=NOW, name="Askwell")
    assert b"X-WR-CALNAME:Askwell" in told
    assert b"SUMMARY:Thank Jane Doe" in told
    assert b"UID:0c1d@askwell" in told


def test_how_often_to_read_it_again_is_told_where_it_is_read_again_and_again():
    told = calendar([], now=NOW, refresh=timedelta(hours=1))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in told
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in told
    assert b"REFRESH" not in calendar([], now=NOW)
