"""Lina's calendar on the command line, with a real server: connected, chosen from, hours offered, talks settled."""

from __future__ import annotations

import io

import pytest
from tests.servers.published import SECRET, meeting

from askwell.gateways.caldav import Diary
from askwell.gateways.webdav import DavLogin, WebDav
from askwell.mailroom.models import CalendarAccount, CalendarEntry, Secret
from askwell.outreach.models import Talk
from askwell.people.models import Contact


@pytest.fixture
def server(dav):
    user = f"shell{len(dav.users)}"
    dav.add_user(user, "plum tree")
    with WebDav(DavLogin(user=user, secret="plum tree")) as found:
        for name in ("work", "dance"):
            found.make_collection(f"{dav.url}/{user}/{name}/", kind="c:calendar", name=name.title())
        yield found


@pytest.fixture
def connect(askwell, dav, server, monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")

    def connect(password="plum tree"):  # noqa: S107 - of the test server
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        where = (dav.url, "--user", server.login.user, "--password-stdin")
        return askwell("calendar", "connect", *where, "--json")

    return connect


def names(row, used):
    return [one["name"] for one in row["calendars"] if one[used]]


def test_a_wrong_password_is_said_and_nothing_is_kept(askwell, connect):
    refused = connect("wrong")
    assert refused.code == 1
    assert "did not take the name and password" in refused.out
    assert askwell("calendar", "list").out.startswith("No calendar yet")


def test_connected_chosen_rested_and_forgotten(askwell, connect):
    connected = connect()
    assert (connected.code, names(connected.row, "counts")) == (0, ["Dance", "Work"])
    assert "plum" not in connected.out + askwell("calendar", "list").out
    chosen = askwell("calendar", "choose", "--busy", "work", "--talks", "Work", "--json").row
    assert (names(chosen, "counts"), names(chosen, "writes")) == (["Work"], ["Work"])
    assert askwell("calendar", "choose", "--talks", "Garden").code == 2
    assert askwell("calendar", "pause", "--json").row["paused"] is True
    assert askwell("calendar", "sync").code == 3
    assert askwell("calendar", "resume", "--json").row["paused"] is False
    CalendarAccount.objects.update(trouble={"code": "password", "server": "dav.example"})
    (check,) = (row for row in askwell("doctor", "--json").rows if row["code"] == "calendars")
    assert (check["ok"], check["sentence"][:24]) == (False, "dav.example did not take")
    assert askwell("calendar", "forget").code == 0
    assert not Secret.objects.exists()


def test_hours_are_offered_with_and_without_a_calendar(askwell, connect, dav):
    askwell("add", "Jane Doe <jane@acme.example>")
    without = askwell("calendar", "windows", "jane")
    assert "No calendar is looked at" in without.out
    connect()
    row = askwell("calendar", "windows", "jane", "--json").row
    assert (row["name"], row["warning"]) == ("Jane Doe", None)
    assert row["calendar_read_at"]
    assert all(set(window) == {"start", "end", "said"} for window in row["windows"])


def test_a_talk_deleted_in_the_calendar_is_asked_about_and_settled(askwell, connect, server, now):
    askwell("add", "Jane Doe <jane@acme.example>")
    connect()
    askwell("calendar", "choose", "--talks", "Work")
    jane = Contact.objects.people().get()
    Talk.objects.create(owner=jane.owner, contact=jane, starts_at=now.replace(month=12), uid="u-1@askwell")
    assert askwell("calendar", "sync").out == "1 talk written there.\n"
    entry = CalendarEntry.objects.get()
    shelf = Diary(server, entry.calendar.url)
    (member,) = shelf.fetch([entry.path])
    shelf.delete(entry.path, etag=member.etag)
    assert askwell("calendar", "sync").out == "1 talk to be settled: askwell calendar asked\n"
    assert "Is the talk off?" in askwell("calendar", "asked").out
    assert askwell("calendar", "settle", "jane", "--answer", "there").code == 2
    assert askwell("calendar", "settle", "jane", "--answer", "again").code == 0
    assert askwell("calendar", "sync").out == "1 talk written there.\n"
    assert askwell("calendar", "settle", "jane", "--answer", "again").code == 3


def test_a_secret_address_is_typed_where_nobody_sees_it(askwell, monkeypatch, published):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    askwell("add", "Jane Doe <jane@acme.example>")
    free = askwell("calendar", "windows", "jane", "--json").row["windows"]
    url = published.publish(*(meeting(one["start"][:10].replace("-", ""), 0, minutes=1440) for one in free))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{url}\n"))
    connected = askwell("calendar", "connect", "-", "--password-stdin")
    assert (connected.code, connected.out.splitlines()[0]) == (
        0,
        "Connected. What stands in it is busy time.",
    )
    assert SECRET not in connected.out + askwell("calendar", "list", "--json").out
    taken = askwell("calendar", "windows", "jane", "--json").row
    assert taken["warning"] is None
    assert not {one["start"][:10] for one in free} & {one["start"][:10] for one in taken["windows"]}
    assert askwell("calendar", "sync").out == "Both say the same.\n"
    assert askwell("calendar", "choose", "--talks", "jane@home.example").code == 2
    (published.folder / SECRET / "basic.ics").unlink()
    gone = askwell("calendar", "sync")
    assert (gone.code, "made anew, or taken back" in " ".join(gone.err.split())) == (1, True)
    assert askwell("calendar", "forget").out == "Let go: its address is deleted.\n"
    assert not Secret.objects.exists()


def test_a_secret_address_may_be_an_argument_and_anything_else_is_none(askwell, monkeypatch, published):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    assert askwell("calendar", "connect", published.publish(), "--json").row["published"] is True
    monkeypatch.setattr("sys.stdin", io.StringIO("https://dav.example/\n"))
    refused = askwell("calendar", "connect", "-", "--password-stdin")
    assert (refused.code, "no secret address" in " ".join(refused.err.split())) == (2, True)
