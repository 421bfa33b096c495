"""The calendar's address, the daily mail and the notice, on the command line."""

from __future__ import annotations

import pytest
from tests.web.test_digest import mailbox

from askwell.mailroom import digests, feeds
from askwell.mailroom.models import Outgoing


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


def test_the_daily_mail_is_asked_for_shown_and_turned_off(askwell, owner, now):
    none = askwell("digest", "on")
    assert none.code == 3
    assert "No mailbox" in none.err
    mailbox(owner, now=now)
    said = askwell("digest", "on", "--hour", "7")
    assert said.out == "A mail comes to lina@northfield.example every day at 07:00.\n"
    assert "no mail would come" in askwell("digest", "show").out
    askwell("add", "Jane Doe <jane@acme.example>")
    askwell("promise", "jane", "send the report", "--due", "today 17:00")
    shown = askwell("digest", "show", "--json").row
    assert (shown["on"], shown["hour"], shown["subject"]) == (True, 7, "2 things for today")
    assert "Keep your promise to Jane Doe" in shown["text"]
    assert shown["text"] in askwell("digest", "show").out
    assert askwell("digest", "off", "--json").row["on"] is False
    assert digests.digest_of(owner).on_since is None
    assert askwell("digest", "show").out == "The daily mail is off.\n"


def test_an_hour_goes_with_turning_it_on(askwell, owner, now):
    mailbox(owner, now=now)
    assert askwell("digest", "off", "--hour", "7").code == 2
    assert askwell("digest", "on", "--hour", "24").code == 2
    assert askwell("digest", "on", "--account", "other@post.example").code == 3


def test_an_invitation_is_approved_with_the_talk(askwell, owner, now):
    askwell("add", "Jane Doe <jane@acme.example>")
    askwell("sent", "jane", "--because", "she knows me")
    askwell("reply", "jane", "yes")
    none = askwell("schedule", "jane", "thursday 15:00", "--invite", "--because", "she said so")
    assert none.code == 3
    assert "Nothing" not in none.out
    mailbox(owner, now=now)
    said = askwell("schedule", "jane", "thursday 15:00", "--invite", "--because", "she said so", "--json").row
    waiting = Outgoing.objects.get(purpose="invitation")
    assert (said["invitation"], waiting.recipient) == (waiting.pk, "jane@acme.example")
    again = askwell("schedule", "jane", "--invite")
    assert (again.code, Outgoing.objects.count()) == (2, 1)


@pytest.fixture
def talked(askwell, monkeypatch, settings, tmp_path):
    """A talk with Jane ended yesterday at 18:00; a screen that writes down what it shows."""
    settings.DATA_DIR = tmp_path
    screen = tmp_path / "notify-send"
    screen.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> "$(dirname "$0")/shown"\n')
    screen.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    askwell("add", "Jane Doe <jane@acme.example>")
    askwell("held", "jane", "--at", "yesterday 18:00")
    return tmp_path / "shown"


def test_thanks_that_are_due_are_said_once(askwell, talked):
    assert askwell("notify", "--now", "2026-11-23T10:00+00:00").out == ""
    said = askwell("notify", "--now", "2026-11-23T16:00+00:00")
    assert said.out.startswith("Thank Jane Doe for the talk: ")
    assert talked.read_text().startswith("--app-name=Askwell -- Thank Jane Doe for the talk ")
    assert askwell("notify", "--now", "2026-11-23T16:15+00:00").out == ""
    again = askwell("notify", "--again", "--json", "--now", "2026-11-23T16:15+00:00").row
    assert (again["title"], again["key"][:6]) == ("Thank Jane Doe for the talk", "thank:")
    assert len(talked.read_text().splitlines()) == 2


def test_where_there_is_no_screen_it_is_printed(askwell, talked, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert "Thank Jane Doe" in askwell("notify", "--now", "2026-11-23T16:00+00:00").out
    assert not talked.exists()


def test_quiet_prints_nothing_and_a_broken_memory_says_it_again(askwell, talked):
    assert askwell("notify", "--quiet", "--now", "2026-11-23T16:00+00:00").out == ""
    assert talked.exists()
    (talked.parent / "notified.json").write_text("{broken")
    assert "Thank Jane Doe" in askwell("notify", "--now", "2026-11-23T16:01+00:00").out
