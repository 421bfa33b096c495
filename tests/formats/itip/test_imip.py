"""Calendars in mail: found in what came, made ready for what goes; and events as JSON."""

from __future__ import annotations

import email
import json
from datetime import UTC, datetime
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from tests.formats.itip.calendars import BOB, JANE, LINA, NOW, asked, calendar, codes, corpus, ics, talk

from askwell.formats.eml import Attachment, CalendarPart, LetterError, letter
from askwell.formats.itip.applying import apply
from askwell.formats.itip.events_json import (
    applied_to_json,
    calendar_to_json,
    message_to_json,
    occurrence_to_json,
)
from askwell.formats.itip.expanding import Span, occurrences
from askwell.formats.itip.imip import part_of, read_arrived
from askwell.formats.itip.reading import read_calendar
from askwell.formats.itip.scheduling import plan

BERLIN = ZoneInfo("Europe/Berlin")


def mail(*parts: tuple[str, bytes], sender: str = f"From: Jane <{JANE}>\n") -> bytes:
    body = b"".join(b"--x\n" + f"Content-Type: {kind}\n\n".encode() + data + b"\n" for kind, data in parts)
    head = f"{sender}To: {LINA}\nSubject: Accepted\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return head.encode() + body + b"--x--\n"


def written(**change):
    fields = {
        "sender": ("Lina", LINA),
        "to": ("Jane", JANE),
        "subject": "Talk über Flüsse",
        "body": "Dear Jane,\n\nhere it is.\n",
        "at": NOW,
        "message_id": "<1@lina.example>",
    }
    return letter(**(fields | change))


def test_a_file_is_read_as_it_stands():
    arrived = read_arrived(corpus("outlook"), file="x.ics")
    assert arrived.sender == ""
    assert arrived.calendar.method == "REQUEST"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\r\n \n"])
def test_a_mark_before_a_calendar_does_not_hide_it(mark):
    assert read_arrived(mark + ics(talk())).calendar.events
    assert read_arrived(mark + ics(talk()).decode().encode("utf-8")).sender == ""


def test_a_calendar_is_found_in_a_message_with_who_sent_it():
    arrived = read_arrived(
        mail(("text/plain", b"yes"), ("text/calendar; method=REPLY", ics(talk(), method="REPLY")))
    )
    assert arrived.sender == JANE
    assert arrived.calendar.events[0].method == "REPLY"
    assert codes(arrived.calendar) == []


def test_a_calendar_that_is_only_a_file_is_found():
    arrived = read_arrived(
        mail(("text/calendar", b"broken"), ('application/octet-stream; name="x.ics"', ics(talk())))
    )
    assert arrived.calendar.events
    assert read_arrived(mail(("application/ics", ics(talk())))).calendar.events


def test_the_method_may_stand_at_the_part_alone():
    arrived = read_arrived(mail(("text/calendar; method=request", ics(talk()))))
    assert arrived.calendar.method == "REQUEST"
    assert codes(arrived.calendar) == []


def test_two_methods_are_told_and_the_calendar_is_believed():
    arrived = read_arrived(mail(("text/calendar; method=REQUEST", ics(talk(), method="REPLY"))))
    assert arrived.calendar.method == "REPLY"
    assert codes(arrived.calendar) == ["method-differs"]


def test_a_message_of_two_authors_has_no_sender():
    assert read_arrived(mail(("text/calendar", ics(talk())), sender=f"From: {JANE}, {BOB}\n")).sender == ""


def test_a_message_without_a_calendar_says_so():
    assert codes(read_arrived(mail(("text/plain", b"yes"))).calendar) == ["no-part"]
    assert codes(read_arrived(b"just text").calendar) == ["no-calendar"]
    assert codes(read_arrived(b"").calendar) == ["empty"]


# What goes


def test_an_invitation_goes_beside_the_text_and_as_a_file():
    (message,) = plan(LINA, None, calendar(talk(summary="Über Flüsse")), now=NOW).messages
    found = email.message_from_bytes(written(calendar=part_of(message)), policy=default)
    assert found.get_content_type() == "multipart/mixed"
    both, file = found.iter_parts()
    text, invitation = both.iter_parts()
    assert both.get_content_type() == "multipart/alternative"
    assert text.get_content().startswith("Dear Jane")
    assert invitation["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert read_calendar(invitation.get_content().encode()).events[0].summary == "Über Flüsse"
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_content() == message.calendar


def test_what_was_sent_is_what_is_read():
    (message,) = plan(
        LINA, None, calendar(talk(summary="Über Flüsse", description="x" * 400)), now=NOW
    ).messages
    arrived = read_arrived(written(calendar=part_of(message)))
    assert arrived.calendar.events == read_calendar(message.calendar).events
    assert arrived.sender == LINA


def test_an_answer_goes_without_a_file_and_another_file_may_go_along():
    answer = CalendarPart(method="reply", data=ics(talk(), method="REPLY"))
    found = email.message_from_bytes(written(calendar=answer), policy=default)
    assert found.get_content_type() == "multipart/alternative"
    resume = Attachment(name="resume.pdf", kind="application/pdf", data=b"%PDF")
    found = email.message_from_bytes(written(calendar=answer, attachment=resume), policy=default)
    assert [part.get_content_type() for part in found.iter_parts()] == [
        "multipart/alternative",
        "application/pdf",
    ]


@pytest.mark.parametrize("method", ["", "RE QUEST", "REQUEST\r\nX: y", "ÄNDERN"])
def test_a_method_is_a_word(method):
    with pytest.raises(LetterError, match="method"):
        written(calendar=CalendarPart(method=method, data=b""))


# As JSON


def rows(found, **options):
    return [json.loads(json.dumps(row)) for row in calendar_to_json(found, file="x.ics", **options)]


def test_an_event_is_told_with_its_instants():
    (row,) = rows(read_calendar(corpus("apple")))
    assert row["type"] == "event"
    assert row["source"] == {"file": "x.ics", "index": 0, "line": 23}
    assert row["start"] == {
        "local": "2026-11-26T10:30:00",
        "zone": "America/Toronto",
        "utc": "2026-11-26T15:30:00Z",
    }
    assert row["duration_seconds"] == 1800
    assert row["organizer"] == {"address": "jon@harbour.example", "name": "Jon Lee", "sent_by": ""}
    assert row["alarms"][0]["at"] == "2026-11-26T15:00:00Z"
    assert row["problems"] == []


def test_floating_times_and_days_have_an_instant_only_where_one_is():
    found = calendar("UID:a\nDTSTART:20261124T090000\nDURATION:PT1H", "UID:b\nDTSTART;VALUE=DATE:20261124")
    floating, day = rows(found)
    assert (floating["start"]["utc"], floating["duration_seconds"]) == (None, 3600)
    assert (day["start"], day["duration_seconds"]) == (
        {"local": "2026-11-24", "zone": None, "utc": None},
        86400,
    )
    floating, day = rows(found, zone=BERLIN)
    assert floating["start"]["utc"] == "2026-11-24T08:00:00Z"
    assert day["start"]["utc"] == "2026-11-23T23:00:00Z"


def test_an_event_with_little_in_it_is_told_too():
    (row,) = rows(calendar("UID:a\nBEGIN:VALARM\nEND:VALARM"))
    assert (row["start"], row["end"], row["duration_seconds"], row["dtstamp"], row["organizer"]) == (
        None,
    ) * 5
    assert row["alarms"][0]["before_seconds"] is None


def test_problems_stand_at_their_event():
    found = calendar(
        "UID:a\nDTSTART:20261124T090000Z", "UID:b\nDTSTART;TZID=Nowhere:20261124T090000", before="?\n"
    )
    assert [[one["code"] for one in row["problems"]] for row in rows(found)] == [
        ["no-property"],
        ["unknown-zone"],
    ]


def test_a_file_without_events_is_told_as_problems():
    (row,) = rows(read_calendar(b""))
    assert row == {
        "type": "problem",
        "source": {"file": "x.ics", "index": None},
        "line": 0,
        "code": "empty",
        "message": "The file is empty.",
        "severity": "error",
    }


def test_occurrences_messages_and_verdicts_are_told():
    stored = calendar(talk("RRULE:FREQ=WEEKLY;COUNT=2"))
    span = Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    told = [occurrence_to_json(one) for one in occurrences(stored.series()["talk-7"], span)]
    assert [one["start"]["local"] for one in told] == ["2026-11-24T09:00:00", "2026-12-01T09:00:00"]
    (message,) = plan(LINA, None, stored, now=NOW).messages
    assert message_to_json(message)["to"] == [JANE, BOB]
    counter = calendar(talk(people=(asked(JANE),), start="20261124T100000"), method="COUNTER")
    row = applied_to_json(apply(stored, counter, sender=JANE))
    assert row["proposal"]["start"]["utc"] == "2026-11-24T09:00:00Z"
    assert (row["outcome"], row["changes"]) == ("proposed", [])
    answer = calendar(talk(people=(asked(JANE, "ACCEPTED"),)), method="REPLY")
    row = applied_to_json(apply(stored, answer, sender=JANE))
    assert row["proposal"] is None
    assert row["changes"] == [
        {"what": f"answer of {JANE}", "before": "NEEDS-ACTION", "after": "ACCEPTED", "recurrence_id": ""}
    ]
