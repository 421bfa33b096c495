"""Jane's calendar under a secret address, on a real server: read, and its address told to nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.servers.published import SECRET, meeting

from askwell.gateways.errors import Permanent, Transient, Trouble
from askwell.gateways.published_calendars import address_of, busy, host_of, is_published, look_at
from askwell.gateways.webdav import Bounds, DavLogin, Elsewhere, WebDav

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, SATURDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def nobody():
    """Nobody signs in."""
    with WebDav(DavLogin()) as server:
        yield server


def told(dav, url, **more):
    found = busy(dav, url, MONDAY, SATURDAY, zone=BERLIN, **more)
    return [(begin.strftime("%d %H:%M"), end.strftime("%d %H:%M")) for begin, end in found]


def test_busy_times_are_read_of_twenty_years(nobody, published):
    long_ago = [
        meeting(f"{year}{month:02}10", uid=str(n))
        for year in range(2006, 2026)
        for month in range(1, 13)
        for n in range(20)
    ]
    weekly = meeting("20160104", 8, uid="weekly", lines=("RRULE:FREQ=WEEKLY;BYDAY=MO",))
    free = meeting("20261125", lines=("TRANSP:TRANSPARENT",))
    declined = meeting("20261126", lines=("ATTENDEE;PARTSTAT=DECLINED:mailto:jane@home.example",))
    day = "BEGIN:VEVENT\r\nUID:d\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261127\r\nEND:VEVENT"
    url = published.publish(*long_ago, weekly, meeting("20261124"), free, declined, day)
    found = told(nobody, url, own_addresses=["Jane@home.example"])
    assert found == [("23 08:00", "23 09:00"), ("24 10:00", "24 11:00"), ("26 23:00", "27 23:00")]


def test_whole_days_are_the_calendars(nobody, published):
    day = "BEGIN:VEVENT\r\nUID:d\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261125\r\nEND:VEVENT"
    url = published.publish("X-WR-TIMEZONE:Asia/Tokyo", day)
    assert told(nobody, url) == [("24 15:00", "25 15:00")]


def test_it_is_called_as_it_calls_itself_else_by_its_site(nobody, published):
    named, nameless = published.publish(name="Büro"), published.publish(name="", file="other.ics")
    assert (look_at(nobody, named).name, look_at(nobody, nameless).name) == ("Büro", "127.0.0.1")
    assert look_at(nobody, named).read_only


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>Sign in</html>", Trouble.NOT_THIS_PROTOCOL),
        (b"", Trouble.NOT_THIS_PROTOCOL),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", Trouble.NOT_THIS_PROTOCOL),
        (b"BEGIN:VCALENDAR\r\n" + b"X-A:" + b"a" * 100_000 + b"\r\nEND:VCALENDAR\r\n", Trouble.TOO_LARGE),
    ],
)
def test_what_is_no_whole_calendar_gives_no_times(published, data, code):
    url = published.put(data, "basic.ics")
    small = Bounds(answer_bytes=50_000)
    with WebDav(DavLogin(), bounds=small) as server, pytest.raises(Permanent) as failed:
        told(server, url)
    assert failed.value.code is code
    assert SECRET not in f"{failed.value!r} {failed.value.said} {failed.value.server}"


def test_an_address_that_was_taken_back_is_told_so(nobody, published):
    with pytest.raises(Permanent) as failed:
        look_at(nobody, f"{published.url}/{SECRET}/gone.ics")
    assert failed.value.code is Trouble.NOT_FOUND
    assert SECRET not in f"{failed.value!r} {failed.value.said} {failed.value.server}"


def test_it_is_not_followed_to_another_site_unless_agreed(nobody, published):
    url, other = published.publish(), published.url.replace("127.0.0.1", "localhost")
    published.onward["/a.ics"] = f"{other}/{SECRET}/basic.ics"
    with pytest.raises(Elsewhere) as sent:
        look_at(nobody, f"{published.url}/a.ics")
    assert sent.value.host == "localhost"
    with WebDav(DavLogin(), also=["localhost"]) as server:
        assert look_at(server, f"{published.url}/a.ics").url == f"{other}/{SECRET}/basic.ics"
    published.onward["/b.ics"] = url
    assert look_at(nobody, f"{published.url}/b.ics").url == f"{published.url}/b.ics"


def test_nothing_is_sent_to_it_that_says_who_asks(nobody, published):
    look_at(nobody, published.publish())
    ((_path, headers),) = published.asked
    assert not {"Authorization", "Cookie", "Referer"} & headers.keys()


def test_it_is_asked_without_encryption_on_this_machine_alone(nobody):
    with pytest.raises(Permanent) as failed:
        look_at(nobody, "http://calendar.example/basic.ics")
    assert failed.value.code is Trouble.NO_TLS
    with pytest.raises((Permanent, Transient)):
        look_at(nobody, "webcal://127.0.0.1:9/basic.ics")


@pytest.mark.parametrize(
    ("where", "yes"),
    [
        ("https://calendar.google.com/calendar/ical/jane/private-1/basic.ics", True),
        (" HTTPS://outlook.example/owa/1/calendar.ICS?x=1 ", True),
        ("webcal://p12.example/published/2/abc", True),
        ("webcals://p12.example/abc", True),
        ("https://dav.example/", False),
        ("https://dav.example/?file=a.ics", False),
        ("jane@home.example", False),
        ("home.ics", False),
        ("", False),
    ],
)
def test_which_addresses_are_secret_ones(where, yes):
    assert is_published(where) is yes


def test_a_webcal_address_is_asked_over_tls_and_only_its_site_is_shown():
    assert address_of(" webcal://a.example/b?c=1 ") == "https://a.example/b?c=1"
    assert host_of("webcal://jane:plum@a.example:8443/secret.ics") == "https://a.example:8443"
