"""When Jane is busy, asked of a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.servers.radicale_server import radicale

from askwell.gateways.caldav import busy, calendars
from askwell.gateways.dav_collections import CALENDARS
from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.webdav import DavLogin, WebDav

MONDAY, SATURDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
EVENTS = {
    "talk": ["DTSTART:20261124T100000Z", "DTEND:20261124T110000Z"],
    "declined": [
        "DTSTART:20261125T100000Z",
        "DTEND:20261125T110000Z",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:jane@home.example",
    ],
    "free": ["DTSTART:20261126T100000Z", "DTEND:20261126T110000Z", "TRANSP:TRANSPARENT"],
    "weekly": ["DTSTART;TZID=Europe/Berlin:20250102T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TH"],
    "day": ["DTSTART;VALUE=DATE:20261127", "DTEND;VALUE=DATE:20261128"],
    "long ago": ["DTSTART:20200101T100000Z", "DTEND:20200101T110000Z"],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with radicale(tmp_path_factory.mktemp("radicale")) as started:
        with WebDav(DavLogin(user=started.user, secret=started.password)) as dav:
            dav.make_collection(f"{started.home}work/", kind="c:calendar", name="Work")
            for uid, lines in EVENTS.items():
                body = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"]
                file = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *body, "END:VCALENDAR", ""]
                dav.put(
                    f"{started.home}work/{uid.replace(' ', '-')}.ics",
                    "\r\n".join(file).encode(),
                    kind=CALENDARS.content_type,
                )
        yield started


@pytest.fixture
def dav(server):
    with WebDav(DavLogin(user=server.user, secret=server.password)) as found:
        yield found


def told(times):
    return [(begin.strftime("%d %H:%M"), end.strftime("%d %H:%M")) for begin, end in times]


def test_declined_and_free_are_left_out_and_days_are_the_calendars(dav, server):
    found = busy(
        dav,
        calendars(dav, server.url),
        MONDAY,
        SATURDAY,
        zone=BERLIN,
        own_addresses=["jane@home.example"],
    )
    assert told(found) == [("24 10:00", "24 11:00"), ("26 08:00", "26 09:00"), ("26 23:00", "27 23:00")]


def test_where_events_may_not_be_read_the_server_says_its_times(dav, server):
    hidden = [replace(one, free_busy_only=True) for one in calendars(dav, server.url)]
    found = told(busy(dav, hidden, MONDAY, SATURDAY, zone=BERLIN))
    assert ("24 10:00", "24 11:00") in found
    assert ("26 10:00", "26 11:00") not in found


def test_no_times_are_given_where_a_calendar_does_not_answer(dav, server):
    (there,) = calendars(dav, server.url)
    gone = replace(there, url=f"{server.home}gone/")
    with pytest.raises(Permanent) as failed:
        busy(dav, [there, gone], MONDAY, SATURDAY, zone=BERLIN)
    assert failed.value.code is Trouble.NOT_FOUND
