"""Calendars and address books on a real server: found, listed, told apart by what changed, written safely."""

from __future__ import annotations

import itertools
import socket
import threading

import dns.message
import dns.resolver
import dns.rrset
import pytest
from tests.servers.radicale_server import radicale

from askwell.gateways.dav_collections import ADDRESS_BOOKS, CALENDARS, changes, fetch
from askwell.gateways.dav_discovery import discover
from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.webdav import Bounds, DavLogin, Elsewhere, WebDav, path_of


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with radicale(tmp_path_factory.mktemp("radicale")) as started:
        yield started


@pytest.fixture
def dav(server):
    with WebDav(DavLogin(user=server.user, secret=server.password)) as found:
        yield found


NUMBERS = itertools.count()


@pytest.fixture
def book(server, dav):
    url = f"{server.home}book-{next(NUMBERS)}/"
    dav.make_collection(url, kind="a:addressbook", name="People & friends")
    return url


def card(uid, name):
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:{name};;;;\r\nEND:VCARD\r\n".encode()


def put(dav, url, data, etag=""):
    return dav.put(url, data, kind=ADDRESS_BOOKS.content_type, etag=etag)


def test_books_are_found_from_the_servers_address_with_their_names(server, dav, book):
    found = {one.url: one for one in discover(dav, server.url, ADDRESS_BOOKS)}
    assert found[book].name == "People & friends"
    assert not found[book].read_only
    assert found[book].token.startswith("sync:")


def test_a_calendar_is_no_address_book(server, dav, book):
    dav.make_collection(f"{server.home}work/", kind="c:calendar", name="Work")
    (calendar,) = discover(dav, server.url, CALENDARS)
    assert (calendar.name, "VEVENT" in calendar.components) == ("Work", True)
    assert calendar.url not in {one.url for one in discover(dav, server.url, ADDRESS_BOOKS)}


def test_the_address_of_one_book_gives_that_book(dav, book):
    assert [one.url for one in discover(dav, book.rstrip("/"), ADDRESS_BOOKS)] == [book]


def test_a_wrong_password_is_said_at_once(server, book):
    with WebDav(DavLogin(user=server.user, secret="pear tree")) as dav, pytest.raises(Permanent) as refused:
        discover(dav, server.url, ADDRESS_BOOKS)
    assert refused.value.code is Trouble.PASSWORD


def test_somebody_elses_book_is_not_found(server, book, tmp_path):
    with (
        radicale(tmp_path, users={"ben": "x", "jane": "y"}) as other,
        WebDav(DavLogin(user="ben", secret="x")) as dav,
        pytest.raises(Permanent) as refused,
    ):
        discover(dav, f"{other.url}jane/", ADDRESS_BOOKS)
    assert refused.value.code is Trouble.NOT_FOUND


@pytest.mark.parametrize("way", ["sync", "ctag"])
def test_what_changed_is_told_since_the_last_time(dav, book, way):
    put(dav, f"{book}ada.vcf", card("ada", "Ada"))
    first = put(dav, f"{book}ben.vcf", card("ben", "Ben"))
    began = changes(dav, book, {}, token="" if way == "sync" else "ctag:")
    assert len(began.changed) == 2
    known = dict(began.changed)
    assert changes(dav, book, known, token=began.token).changed == {}

    put(dav, f"{book}ben.vcf", card("ben", "Benedict"), first)
    put(dav, f"{book}cy.vcf", card("cy", "Cy"))
    ada = next(path for path in known if path.endswith("ada.vcf"))
    dav.delete(f"{book}ada.vcf", etag=known[ada])
    now = changes(dav, book, known, token=began.token)
    assert sorted(path.rpartition("/")[2] for path in now.changed) == ["ben.vcf", "cy.vcf"]
    assert now.gone == {ada}
    assert now.token.startswith(f"{way}:")


def test_a_token_the_server_has_forgotten_brings_the_whole_list(dav, book):
    put(dav, f"{book}ada.vcf", card("ada", "Ada"))
    found = changes(dav, book, {"/gone.vcf": '"1"'}, token="sync:http://radicale.org/ns/sync/" + "0" * 64)
    assert [path.rpartition("/")[2] for path in found.changed] == ["ada.vcf"]
    assert found.gone == {"/gone.vcf"}


def test_members_come_in_batches_and_those_gone_are_left_out(dav, book):
    for number in range(60):
        put(dav, f"{book}{number}.vcf", card(f"c{number}", f"Person {number}"))
    paths = [*changes(dav, book, {}).changed, path_of(f"{book}none.vcf")]
    found = list(fetch(dav, book, paths, ADDRESS_BOOKS))
    assert len(found) == 60
    assert all(b"FN:Person" in member.data and member.etag for member in found)


def test_a_batch_too_large_is_halved_down_to_the_one_that_is(server, book):
    with WebDav(DavLogin(user=server.user, secret=server.password), bounds=Bounds(answer_bytes=3000)) as dav:
        for number in range(8):
            put(dav, f"{book}{number}.vcf", card(f"c{number}", f"Person {number} " + "x" * 600))
        paths = [path_of(f"{book}{number}.vcf") for number in range(8)]
        assert len(list(fetch(dav, book, paths, ADDRESS_BOOKS))) == 8
        put(dav, f"{book}large.vcf", card("large", "y" * 5000))
        with pytest.raises(Permanent) as refused:
            list(fetch(dav, book, [path_of(f"{book}large.vcf")], ADDRESS_BOOKS))
    assert refused.value.code is Trouble.TOO_LARGE


def test_what_somebody_changed_meanwhile_is_not_overwritten_nor_removed(dav, book):
    first = put(dav, f"{book}ada.vcf", card("ada", "Ada"))
    put(dav, f"{book}ada.vcf", card("ada", "Ada Lovelace"), first)
    for attempt in (
        lambda: put(dav, f"{book}ada.vcf", card("ada", "Another"), first),
        lambda: put(dav, f"{book}ada.vcf", card("ada", "Another")),
        lambda: dav.delete(f"{book}ada.vcf", etag=first),
    ):
        with pytest.raises(Permanent) as refused:
            attempt()
        assert refused.value.code is Trouble.CONFLICT
    assert b"Ada Lovelace" in dav.get(f"{book}ada.vcf")[0]


@pytest.fixture
def named():
    """A name server of the DNS with the records a test gives it."""
    records: list = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))

        def serve():
            while True:
                try:
                    asked, whence = line.recvfrom(4096)
                except OSError:
                    return
                query = dns.message.from_wire(asked)
                answer = dns.message.make_response(query)
                question = query.question[0]
                answer.answer = [
                    rrset
                    for rrset in records
                    if (rrset.name, rrset.rdtype) == (question.name, question.rdtype)
                ]
                line.sendto(answer.to_wire(), whence)

        threading.Thread(target=serve, daemon=True).start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], line.getsockname()[1]
        yield lambda *rows: records.extend(dns.rrset.from_text(*row) for row in rows) or resolver


SRV = ("_carddavs._tcp.plum.example.", 60, "IN", "SRV")


def test_a_record_that_names_another_site_is_the_users_to_agree_to(dav, named):
    resolver = named((*SRV, "0 1 8443 books.provider.example."))
    with pytest.raises(Elsewhere) as led:
        discover(dav, "jane@plum.example", ADDRESS_BOOKS, resolver=resolver)
    assert led.value.host == "books.provider.example"


def test_a_record_on_the_same_site_is_followed_with_its_port_and_path(named, server):
    resolver = named(
        (*SRV, "0 1 1 localhost.plum.example."),
        ("_carddavs._tcp.plum.example.", 60, "IN", "TXT", '"path=/books/"'),
    )
    with WebDav(DavLogin(user="jane")) as dav, pytest.raises(Permanent) as failed:
        discover(dav, "plum.example", ADDRESS_BOOKS, resolver=resolver)
    assert failed.value.server == "localhost.plum.example:1"


def test_a_record_that_says_no_is_passed_by(dav, named):
    with pytest.raises(Permanent) as failed:
        discover(dav, "plum.example", ADDRESS_BOOKS, resolver=named((*SRV, "0 0 0 .")))
    assert failed.value.server == "plum.example"
