"""One message understood, from its bytes to what read-mail prints of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.mail.letters import calendar, parts, raw, report

from askwell.formats.mail.boxes import BoxMessage
from askwell.formats.mail.problems import mail_problem
from askwell.formats.mail.reading import read_mail, to_json

ANSWER = """Hi Lina,

yes, gladly. Could you send me your resume?

--\x20
Anna Berg
Head of Data, Harbour GmbH
+49 30 901820

On Fri, 20 Nov 2026 at 09:00, Lina Weiss <lina@example.org> wrote:
> Could we talk?
"""
KEYS = [
    "type", "source", "kind", "from", "to", "cc", "date", "subject", "message_id", "in_reply_to", "references",
    "auto_submitted", "new_text", "signature", "forwarded", "failed_recipients", "original_message_id", "away_until",
    "stand_in", "calendar", "suggestions", "problems",
]  # fmt: skip


def printed(message: bytes, *problems: str) -> dict:
    box = BoxMessage("a.eml", 0, message, tuple(mail_problem(code) for code in problems))
    return json.loads(json.dumps(to_json(read_mail(message), box)))


def test_an_answer_is_taken_apart():
    row = printed(
        raw(
            ANSWER,
            subject="Re: Twenty minutes?",
            in_reply_to="<1@example.org>",
            message_id="<2@harbour.example>",
            cc="tom@x.example",
        )
    )
    assert list(row) == KEYS
    assert row["source"] == {"file": "a.eml", "index": 0}
    assert row["kind"] == "reply"
    assert row["from"] == {"name": "Anna Berg", "address": "anna@harbour.example"}
    assert row["to"] == [{"name": "Lina Weiss", "address": "lina@example.org"}]
    assert row["cc"] == [{"name": "", "address": "tom@x.example"}]
    assert row["date"] == "2026-11-23T10:00:00+01:00"
    assert (row["message_id"], row["in_reply_to"]) == ("<2@harbour.example>", ["<1@example.org>"])
    assert row["new_text"] == "Hi Lina,\n\nyes, gladly. Could you send me your resume?"
    assert (row["signature"]["first_line"], row["signature"]["last_line"]) == (5, 8)
    assert row["problems"] == []


def test_the_lines_of_a_signature_are_those_of_the_whole_text():
    below = "> Could we talk?\n\nYes, gladly.\n\n-- \nAnna Berg\nanna@harbour.example\n"
    message = raw(below, subject="Re: Talk", in_reply_to="<1@example.org>")
    signature = printed(message)["signature"]
    lines = below.split("\n")
    assert lines[signature["first_line"] - 1 : signature["last_line"]] == [
        "-- ",
        "Anna Berg",
        "anna@harbour.example",
    ]
    assert lines[signature["fields"][0]["line"] - 1] == "Anna Berg"


def test_a_letter_without_a_signature_has_none():
    row = printed(raw("Hello\n"))
    assert (row["signature"], row["new_text"], row["forwarded"]) == (None, "Hello", False)


def test_a_letter_passed_on_says_so():
    text = "See below.\n\n---------- Forwarded message ---------\nFrom: Tom\nDate: x\nSubject: y\nTo: z\n\nHello\n"
    row = printed(raw(text, subject="Fwd: y"))
    assert (row["kind"], row["forwarded"], row["new_text"]) == ("personal", True, "See below.")


def test_so_does_one_that_goes_along_as_a_file():
    inside = "Content-Type: message/rfc822\n\nSubject: y\n\nHello\n"
    assert printed(parts("Content-Type: text/plain\n\nSee there.", inside))["forwarded"]


def test_a_bounce_names_whom_it_did_not_reach():
    status = "Final-Recipient: rfc822; tom@harbour.example\nAction: failed\nStatus: 5.1.1\n"
    row = printed(report(status))
    assert row["failed_recipients"] == [
        {
            "address": "tom@harbour.example",
            "permanent": True,
            "status": "5.1.1",
            "reason": "There is no such mailbox.",
        }
    ]
    assert row["original_message_id"] == "<1@example.org>"
    assert row["suggestions"] == []


def test_an_automatic_reply_says_until_when_and_who_stands_in():
    text = "I am away and back on 7 December 2026. In urgent cases please write to Tom Mole, tom@harbour.example.\n"
    row = printed(raw(text, subject="Automatic reply: Hello", auto_submitted="auto-replied"))
    assert (row["kind"], row["away_until"]) == ("auto_reply", "2026-12-07")
    assert row["stand_in"]["address"] == "tom@harbour.example"
    assert printed(raw("I am away.\n", auto_submitted="auto-replied"))["stand_in"] is None


def test_a_calendar_answer_says_who_and_how():
    row = printed(parts("Content-Type: text/plain\n\nAccepted.", calendar("REPLY")))
    assert row["calendar"] == {
        "method": "REPLY",
        "uid": "talk-1@example.org",
        "sequence": 2,
        "attendee": "anna@harbour.example",
        "partstat": "ACCEPTED",
    }
    moved = calendar("COUNTER", "BEGIN:VEVENT\nUID:1\nDTSTART:20261126T150000Z\nEND:VEVENT\n")
    assert printed(parts(moved))["calendar"]["starts"] == "2026-11-26T15:00:00+00:00"


@pytest.mark.parametrize(
    ("headers", "codes"),
    [
        ({}, []),
        ({"date": ""}, ["no-date"]),
        ({"date": "soon"}, ["bad-date"]),
        ({"from_": "nobody"}, ["no-sender"]),
        ({"from_": "", "sender": "tom@harbour.example"}, []),
    ],
)
def test_what_is_missing_is_told(headers, codes):
    assert [one["code"] for one in printed(raw(**headers))["problems"]] == codes


def test_a_damaged_calendar_is_told():
    damaged = calendar("REPLY", "BEGIN:VEVENT\nUID:1\nSEQUENCE:many\nEND:VEVENT\n")
    assert [one["code"] for one in printed(parts(damaged))["problems"]] == ["bad-calendar"]


def test_what_the_box_tells_comes_first():
    row = printed(raw(date=""), "empty")
    assert [one["code"] for one in row["problems"]] == ["empty", "no-date"]
    assert row["problems"][0]["severity"] == "error"


def test_a_message_of_nothing_is_read():
    row = printed(b"")
    assert (row["from"], row["date"], row["subject"]) == (None, None, "")


def test_a_moment_stands_in_for_a_date_that_is_missing():
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    found = read_mail(raw("I am back on 7 December.\n", date="", auto_submitted="auto-replied"), now=now)
    assert found.away is not None
    assert found.away.until.isoformat() == "2026-12-07"


def test_our_own_ids_make_a_reply_of_what_a_list_passes_on():
    message = raw(list_id="<talk.example.org>", in_reply_to="<1@example.org>")
    assert read_mail(message).kind == "list"
    assert read_mail(message, own_ids={"<1@example.org>"}).kind == "reply"


@pytest.mark.parametrize(
    "message",
    [
        raw(ANSWER, subject="Re: x"),
        report("Final-Recipient: rfc822; a@x.example\n"),
        parts(calendar("REPLY")),
    ],
)
def test_line_ends_change_nothing(message):
    assert (
        printed(message) == printed(message.replace(b"\n", b"\r\n")) == printed(message.replace(b"\n", b"\r"))
    )


@settings(max_examples=150)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_and_printed(data, with_head):
    message = b"From: a@x.example\nSubject: Undeliverable\n" * with_head + data
    assert list(printed(message)) == KEYS


@settings(max_examples=100)
@given(
    st.text(max_size=200),
    st.sampled_from(["text/plain", "text/html", "text/plain; format=flowed", "text/calendar; method=REPLY"]),
)
def test_any_text_is_read_alike_with_every_line_end(text, kind):
    message = raw(text.replace("\r", ""), content_type=kind, content_transfer_encoding="8bit")
    assert printed(message) == printed(message.replace(b"\n", b"\r\n"))
