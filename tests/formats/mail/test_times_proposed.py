"""Another time proposed for a talk (COUNTER) is read as an instant, whatever zone it is written in."""

from __future__ import annotations

import json

import pytest

from askwell.formats.mail.boxes import BoxMessage
from askwell.formats.mail.reading import read_mail, to_json

MAIL = """From: Jane Doe <jane@acme.example>
To: lina@home.example
Subject: New time proposed
Date: Mon, 23 Nov 2026 15:00:00 +0000
Message-ID: <1@acme.example>
MIME-Version: 1.0
Content-Type: text/calendar; method={method}; charset=utf-8

BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:0c1d@askwell
SEQUENCE:0
ATTENDEE;PARTSTAT=TENTATIVE:mailto:jane@acme.example
DTSTART{start}
END:VEVENT
END:VCALENDAR
"""


def calendar_of(start, *, method="COUNTER"):
    raw = MAIL.format(method=method, start=start).replace("\n", "\r\n").encode()
    return json.loads(json.dumps(to_json(read_mail(raw), BoxMessage(file="", index=0, raw=b""))))["calendar"]


@pytest.mark.parametrize(
    "start",
    [
        ":20261201T170000Z",
        ";TZID=Europe/Berlin:20261201T180000",
        ";TZID=Eastern Standard Time:20261201T120000",
    ],
)
def test_the_time_is_an_instant(start):
    assert calendar_of(start)["starts"] == "2026-12-01T17:00:00+00:00"


@pytest.mark.parametrize("start", [";VALUE=DATE:20261201", ":20261201T170000", ":next week"])
def test_what_is_no_instant_is_left_out(start):
    assert "starts" not in calendar_of(start)


def test_an_answer_proposes_none():
    assert "starts" not in calendar_of(":20261201T170000Z", method="REPLY")
