"""Lina keeps the address book of her phone in step from the command line, with a real server."""

from __future__ import annotations

import io

import pytest
from tests.gateways.test_webdav import says
from tests.gateways.test_webdav import server as scripted
from tests.servers.radicale_server import radicale

from askwell.gateways.webdav import DavLogin, WebDav
from askwell.people.models import AddressBook, Contact

JANE = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:jane-0001-card\r\nFN:Jane Doe\r\nN:Doe;Jane;;;\r\n"
    b"TITLE:Data lead\r\nEMAIL:jane@acme.example\r\nEND:VCARD\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with radicale(tmp_path_factory.mktemp("radicale")) as started:
        yield started


@pytest.fixture
def phone(server):
    with WebDav(DavLogin(user=server.user, secret=server.password)) as dav:
        url = f"{server.home}phone/"
        dav.make_collection(url, kind="a:addressbook", name="Phone")
        dav.put(f"{url}jane.vcf", JANE, kind="text/vcard")
        yield dav, f"{url}jane.vcf"
        dav.ask("DELETE", url)


@pytest.fixture
def typed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.fixture
def connected(askwell, server, phone, typed):
    typed("plum tree\n")
    return askwell("address-book", "connect", server.url, "--user", "jane", "--password-stdin", "--json")


def test_an_address_book_is_found_and_its_password_is_nowhere_to_be_read(askwell, connected, server):
    assert (connected.code, connected.row["name"], connected.row["user"]) == (0, "Phone", "jane")
    assert askwell("address-book").out.strip() == f"#{connected.row['book']}  Phone  {server.home}phone/"
    assert "plum" not in connected.out
    assert "plum" not in str(AddressBook.objects.values())


def test_looking_bringing_in_and_being_in_step(askwell, connected):
    looked = askwell("address-book", "sync", "--dry-run")
    assert looked.out == "1 card there is of nobody here: --bring-in brings it in.\n"
    assert not Contact.objects.people().exists()
    assert askwell("address-book", "sync", "--bring-in", "--json").row["brought_in"] is True
    assert Contact.objects.people().get().name == "Jane Doe"
    assert askwell("address-book", "sync").out == "In step: nothing to do.\n"


def test_what_changed_on_both_sides_is_listed_and_settled(askwell, connected, phone):
    dav, url = phone
    askwell("address-book", "sync", "--bring-in")
    job = Contact.objects.people().get().positions.get()
    job.title = "Analyst"
    job.save()
    data, etag = dav.get(url)
    dav.put(url, data.replace(b"Data lead", b"Head"), kind="text/vcard", etag=etag)
    assert "1 field to settle" in askwell("address-book", "sync").out
    row = askwell("address-book", "conflicts", "--json").row
    assert (row["field"], row["why"], row["here"], row["there"]) == ("title", "differs", "Analyst", "Head")
    assert "here: Analyst; there: Head" in askwell("address-book", "conflicts").out
    assert askwell("address-book", "settle", "jane", "title", "--keep", "both").code == 2
    settled = askwell("address-book", "settle", "jane", "--keep", "here")
    assert settled.out == "1 field settled. askwell undo takes it back.\n"
    assert askwell("address-book", "sync").out == "There: Jane Doe (Title)\n"
    assert b"TITLE:Analyst" in dav.get(url)[0]
    assert askwell("address-book", "conflicts").out == "Nothing to settle.\n"


def test_only_those_marked_are_sent(askwell, connected, phone):
    askwell("address-book", "sync", "--bring-in")
    askwell("add", "Ben Roe <ben@home.example>")
    askwell("add", "Cy Poe <cy@home.example>")
    askwell("address-book", "set", "--send", "everybody")
    told = askwell("address-book", "sync", "--dry-run").out
    assert told == "New there: Cy Poe\nNew there: Ben Roe\n"
    assert askwell("address-book", "set", "--send", "tagged").code == 2
    assert askwell("address-book", "set", "--tag", "phone", "--json").row["sends"] == "tagged"
    assert askwell("address-book", "sync").out == "In step: nothing to do.\n"


def test_a_wrong_password_is_said_in_plain_words(askwell, server, phone, typed):
    typed("pear tree\n")
    ended = askwell("address-book", "connect", server.url, "--user", "jane", "--password-stdin", "--json")
    assert (ended.code, ended.row["problem"]) == (1, "password")
    assert "pear" not in ended.out + ended.err


def test_a_server_of_another_site_is_named_with_how_to_agree(askwell, owner, typed):
    typed("plum tree\n")
    with scripted(says(302, Location="https://books.elsewhere.invalid/dav/")) as (url, asked):
        ended = askwell("address-book", "connect", url, "--user", "jane", "--password-stdin")
    assert ended.code == 1
    assert "--agree books.elsewhere.invalid" in ended.err
    assert "plum" not in str(asked)


def test_a_password_taken_back_there_is_said_and_kept_as_trouble(askwell, connected, owner):
    from askwell.mailroom import secrets

    book = AddressBook.objects.get()
    secrets.keep(owner, book.handle, "pear tree")
    assert askwell("address-book", "sync").code == 1
    assert askwell("address-book", "--json").row["trouble"] == "password"


def test_letting_go_keeps_people_here_and_cards_there(askwell, connected, phone):
    askwell("address-book", "sync", "--bring-in")
    assert askwell("address-book", "disconnect").code == 0
    assert Contact.objects.people().exists()
    assert b"Jane Doe" in phone[0].get(phone[1])[0]
    assert askwell("address-book", "sync").code == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("begin",), 2),
        (("connect",), 2),
        (("connect", "https://x.example", "--user", "j"), 2),
        (("connect", "http://x.example", "--user", "j", "--password-stdin"), 1),
        (("settle", "jane"), 2),
        (("settle", "all", "--keep", "here"), 3),
        (("set", "--send", "some"), 2),
    ],
)
def test_what_makes_no_sense_is_said(askwell, typed, owner, words, code):
    typed("secret\n")
    ended = askwell("address-book", *words)
    assert ended.code == code
    assert ended.err
