"""The calendar's address, the daily mail and the notice, on the command line."""

from __future__ import annotations

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
