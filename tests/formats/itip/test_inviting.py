"""Invitations to a talk of two, read again by another library and by our own reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from askwell.formats.itip.applying import apply
from askwell.formats.itip.inviting import Invitation, message_of
from askwell.formats.itip.outcomes import Outcome
from askwell.formats.itip.reading import read_calendar

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def talk(**change):
    told = {
        "uid": "0c1d@askwell", "sequence": 0, "starts": datetime(2026, 11, 26, 16, tzinfo=BERLIN), "minutes": 20,
        "summary": "Conversation: Lina Haddad, Jonas Weber", "organizer": ("Lina Haddad", "lina@home.example"),
        "attendee": ("Weber, Jonas", "jonas@charite.example"), "url": "https://meet.example/jonas", **change,
    }  # fmt: skip
    return message_of(Invitation(**told), now=NOW)


def test_a_request_asks_the_other_and_says_when_in_their_zone():
    made = icalendar.Calendar.from_ical(talk().calendar)
    (event,) = made.walk("VEVENT")
    assert (made["method"], event["sequence"], event["status"]) == ("REQUEST", 0, "CONFIRMED")
    assert event["dtstart"].dt == datetime(2026, 11, 26, 15, tzinfo=UTC)
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=20)
    assert event["attendee"].params["CN"] == "Weber, Jonas"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert made.walk("VTIMEZONE")
    assert str(event["url"]) == "https://meet.example/jonas"


def test_a_talk_across_the_change_of_clocks_is_as_long_as_was_agreed():
    late = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)  # the first 2:50; twenty minutes later it is 2:10
    (event,) = icalendar.Calendar.from_ical(talk(starts=late).calendar).walk("VEVENT")
    assert event["dtend"].dt.astimezone(UTC) - event["dtstart"].dt.astimezone(UTC) == timedelta(minutes=20)


def test_a_cancel_takes_out_what_the_request_put_in():
    asked = read_calendar(talk().calendar)
    gone = read_calendar(talk(sequence=1, cancelled=True, attendee=("", "jonas@charite.example")).calendar)
    applied = apply(asked, gone, sender="lina@home.example", own="jonas@charite.example")
    assert (applied.outcome, applied.code) == (Outcome.APPLIED, "cancelled")


def test_a_confidential_one_is_private():
    text = talk(confidential=True, summary="Conversation", location="Room 4, left").calendar.decode()
    assert "CLASS:PRIVATE\r\n" in text
    assert "LOCATION:Room 4\\, left\r\n" in text
    assert "askwell" not in text.replace("0c1d@askwell", "").lower()
