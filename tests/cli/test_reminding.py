"""The calendar's address, the daily mail and the notice, on the command line."""

from __future__ import annotations

from askwell.mailroom import feeds


def test_the_address_is_made_shown_renewed_and_ended(askwell, owner):
    none = askwell("calendar", "feed")
    assert none.code == 3
    assert "--new" in none.err
    first = askwell("calendar", "feed", "--new", "--json").row
    assert first["address"].startswith("http://127.0.0.1:")
    assert first["local_only"] is True
    assert askwell("calendar", "feed", "--json").row == first
    assert askwell("calendar", "feed", "--new", "--json").row["address"] != first["address"]
    assert askwell("calendar", "feed", "--end").code == 0
    assert feeds.feed_of(owner) is None
    assert askwell("calendar", "feed", "--end").code == 3


def test_what_stands_under_the_address_is_written(askwell, tmp_path):
    askwell("add", "Jane Doe <jane@acme.example>")
    askwell("calendar", "feed", "--new")
    path = tmp_path / "mine.ics"
    assert askwell("calendar", "feed", "--write", str(path)).code == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_ending_it_goes_alone(askwell):
    assert askwell("calendar", "feed", "--end", "--new").code == 2
