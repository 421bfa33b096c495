"""The calendar in a message: five things of one event, however badly the rest is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.mail.letters import LINA, calendar, parts

from askwell.formats.mail.calendar_part import calendar_in
from askwell.formats.mail.message import read_message


def found(method: str, body: str = "", **headers: str):
    return calendar_in(read_message(parts(calendar(method, body), **headers)))


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


ANNA, TOM = "ATTENDEE;PARTSTAT=DECLINED:mailto:anna@harbour.example", "ATTENDEE:MAILTO:Tom@harbour.example"


def test_an_answer_names_who_answers_and_how():
    answer = found("REPLY")
    assert (answer.method, answer.uid, answer.sequence) == ("REPLY", "talk-1@example.org", 2)
    assert (answer.attendee, answer.partstat, answer.whole) == ("anna@harbour.example", "ACCEPTED", True)


def test_of_several_the_one_who_wrote():
    assert found("REPLY", event("UID:1", TOM, ANNA)).partstat == "DECLINED"
    assert found("REPLY", event("UID:1", TOM, ANNA), from_="x@y.example").attendee == "Tom@harbour.example"


def test_of_an_invitation_the_one_it_is_for():
    me = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:lina@example.org"
    assert found("REQUEST", event("UID:1", TOM, me), to=LINA).partstat == "NEEDS-ACTION"
    assert found("REQUEST", event("UID:1", TOM, ANNA)).attendee == ""
    assert found("REQUEST", event("UID:1", TOM)).attendee == "Tom@harbour.example"
    assert found("CANCEL", event("UID:1")).attendee == ""


def test_folded_lines_and_quoted_parameters_are_read():
    lines = event(
        "UID:a", " b", "\tc", 'ATTENDEE;CN="Berg; Anna: x";PARTSTAT=TENTATIVE:mailto:anna@harbour.example'
    )
    answer = found("REPLY", lines)
    assert (answer.uid, answer.partstat) == ("abc", "TENTATIVE")


def test_only_the_first_event_counts_and_no_alarm():
    alarm = "BEGIN:VALARM\nATTENDEE:mailto:x@y.example\nUID:alarm\nEND:VALARM"
    zone = "BEGIN:VTIMEZONE\nTZID:X\nUID:zone\nEND:VTIMEZONE\n"
    answer = found("REPLY", zone + event(alarm, "UID:1", ANNA) + event("UID:2", TOM))
    assert (answer.uid, answer.attendee) == ("1", "anna@harbour.example")


@pytest.mark.parametrize("line", ["SEQUENCE:many", "SEQUENCE", "UID", "ATTENDEE;PARTSTAT", "ATTENDEE;=:x"])
def test_a_line_that_cannot_be_read_is_told_and_no_other_is_lost(line):
    answer = found("REPLY", event(line, "UID:1", ANNA))
    assert answer.attendee == "anna@harbour.example"
    assert answer.uid == "1"
    assert not answer.whole


def test_below_nothing_is_nothing():
    assert found("REPLY", event("SEQUENCE:-3")).sequence == 0
    assert found("REPLY", "END:VEVENT\nEND:X\nUID:1\n\n").uid == ""
    assert calendar_in(read_message(parts(calendar("")))) is None


def test_a_counter_proposes_a_time():
    proposed = event("UID:1", ANNA, "DTSTART:20261126T150000Z", "DTEND:20261126T152000Z")
    assert found("COUNTER", proposed).starts == "2026-11-26T15:00:00+00:00"
    assert found("COUNTER", event("UID:1")).starts == ""


def test_of_a_crowd_so_many_are_read():
    crowd = [f"ATTENDEE:mailto:{number}@x.example" for number in range(2_100)]
    assert found("REPLY", event("UID:1", *crowd, ANNA)).attendee == "0@x.example"


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VEVENT", "END:VEVENT", "UID:1", 'ATTENDEE;X="', ":", ";", " x", "METHOD:A", "é"]
        ),
        max_size=20,
    )
)
def test_any_lines_are_read(lines):
    answer = found("REPLY", "\n".join(lines) + "\n")
    assert answer.method.startswith("REPLY")
