"""Lina connects the address book of her phone in the browser, with a real server behind it."""

from __future__ import annotations

import re

import pytest
from tests.gateways.test_webdav import says
from tests.gateways.test_webdav import server as scripted
from tests.servers.radicale_server import radicale

from askwell.gateways.webdav import DavLogin, WebDav
from askwell.mailroom import secrets
from askwell.people.actions import edit_contact
from askwell.people.address_book_sync.claiming import claimed, folder_of
from askwell.people.address_book_sync.errors import SyncStopped
from askwell.people.importing import apply_import
from askwell.people.journal import last_change
from askwell.people.models import AddressBook, Contact, Import
from askwell.people.working import Reporter
from askwell.web.worker import do_address_books

JANE = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:jane-0001-card\r\nFN:Jane Doe\r\nN:Doe;Jane;;;\r\n"
    b"TITLE:Data lead\r\nEMAIL:jane@acme.example\r\nEND:VCARD\r\n"
)
HOME = "/settings/address-book/"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with radicale(tmp_path_factory.mktemp("radicale")) as started:
        yield started


@pytest.fixture
def dav(server, monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    with WebDav(DavLogin(user=server.user, secret=server.password)) as found:
        yield found


@pytest.fixture
def phone(dav, server):
    url = f"{server.home}phone/"
    dav.make_collection(url, kind="a:addressbook", name="Phone")
    dav.put(f"{url}jane.vcf", JANE, kind="text/vcard")
    yield url
    dav.ask("DELETE", url)


@pytest.fixture
def typed(server):
    return {"where": server.url, "user": "jane", "secret": "plum tree"}


@pytest.fixture
def book(lina, phone, typed):
    assert lina.post(HOME, typed).status_code == 303
    return AddressBook.objects.get()


@pytest.fixture
def jane(lina, book, now):
    """Brought in from the phone: looked at on the page of the import first."""
    lina.post(f"{HOME}{book.pk}/do/sync/", follow=True)
    apply_import(Import.objects.get(), now=now)
    lina.post(f"{HOME}{book.pk}/do/sync/", follow=True)
    return Contact.objects.people().get(name="Jane Doe")


def test_with_none_the_page_teaches_how_to_connect_one(lina):
    assert "Keep your phone’s address book in step" in lina.get(HOME).content.decode()


def test_it_is_connected_and_its_password_is_on_no_page(lina, book):
    assert (book.name, book.user) == ("Phone", "jane")
    for where in (HOME, f"{HOME}{book.pk}/"):
        assert "plum tree" not in lina.get(where).content.decode()


def test_a_wrong_password_is_said_and_what_was_typed_is_kept_but_the_password(lina, phone, typed):
    answer = lina.post(HOME, {**typed, "secret": "pear tree"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "did not take the name and password" in told
    assert f'value="{typed["where"]}"' in told
    assert "pear tree" not in told
    assert not AddressBook.objects.exists()


def test_a_server_of_another_site_is_asked_only_once_agreed_to(lina, typed):
    with scripted(says(302, Location="https://books.elsewhere.invalid/dav/")) as (url, asked):
        answer = lina.post(HOME, {**typed, "where": url})
        told = answer.content.decode()
        assert answer.status_code == 422
        assert "Yes, books.elsewhere.invalid is my provider’s server" in told
        assert "plum" not in str(asked)
        agreed = {**typed, "where": url, "host": "books.elsewhere.invalid", "agreed": "on"}
        again = lina.post(HOME, agreed).content.decode()
    assert "There is no server books.elsewhere.invalid" in again or "does not answer" in again


def test_of_several_one_is_chosen(lina, dav, server, phone, typed):
    dav.make_collection(f"{server.home}work/", kind="a:addressbook", name="Work")
    try:
        answer = lina.post(HOME, typed)
        assert answer.status_code == 422
        assert "There are several" in answer.content.decode()
        assert lina.post(HOME, {**typed, "book": f"{server.home}work/"}).status_code == 303
        assert AddressBook.objects.get().name == "Work"
    finally:
        dav.ask("DELETE", f"{server.home}work/")


def test_looking_first_changes_nothing(lina, book):
    told = lina.post(f"{HOME}{book.pk}/do/look/", follow=True).content.decode()
    assert "What would change" in told
    assert "1 card there is of nobody here" in told
    assert not Import.objects.exists()


def test_who_is_only_there_is_looked_at_before_they_come_in(lina, book):
    told = lina.post(f"{HOME}{book.pk}/do/sync/", follow=True).content.decode()
    assert f'href="/import/{Import.objects.get().pk}/"' in told
    assert not Contact.objects.people().filter(name="Jane Doe").exists()


def test_a_change_there_comes_here_and_can_be_taken_back(lina, jane, book, dav, phone, owner):
    data, etag = dav.get(f"{phone}jane.vcf")
    dav.put(f"{phone}jane.vcf", data.replace(b"Data lead", b"Head"), kind="text/vcard", etag=etag)
    told = lina.post(f"{HOME}{book.pk}/do/sync/", follow=True).content.decode()
    assert "In step: 1 person changed." in told
    assert jane.positions.get().title == "Head"
    assert f"/undo/{last_change(owner).pk}/" in told


def test_what_both_changed_stands_side_by_side_and_is_settled(lina, jane, book, dav, phone, now):
    data, etag = dav.get(f"{phone}jane.vcf")
    changed = data.replace(b"FN:Jane Doe", b"FN:Jane Roe").replace(b"N:Doe;", b"N:Roe;")
    dav.put(f"{phone}jane.vcf", changed, kind="text/vcard", etag=etag)
    edit_contact(jane, now=now, name="Jane Poe")
    assert (
        "1 person has details that differ"
        in lina.post(f"{HOME}{book.pk}/do/sync/", follow=True).content.decode()
    )
    told = lina.get(f"{HOME}settle/").content.decode()
    assert "Jane Poe" in told
    assert "Jane Roe" in told
    (field,) = set(re.findall(r'name="(field-\w+)"', told))
    (action,) = re.findall(rf'action="({HOME}settle/\d+/)"', told)
    assert "at least one field" in lina.post(action, follow=True).content.decode()
    lina.post(action, {field: "there"})
    jane.refresh_from_db()
    assert jane.name == "Jane Roe"
    assert "Everything is settled" in lina.get(f"{HOME}settle/").content.decode()


def test_who_goes_there_is_chosen_and_a_missing_tag_is_said(lina, book):
    answer = lina.post(f"{HOME}{book.pk}/", {"sends": "tagged", "tag": ""})
    assert answer.status_code == 422
    assert lina.post(f"{HOME}{book.pk}/", {"sends": "tagged", "tag": "#phone"}).status_code == 303
    book.refresh_from_db()
    assert (book.sends, book.tag, book.private_too) == ("tagged", "phone", False)


@pytest.fixture
def worker(monkeypatch):
    """One is at hand, and does its turn when the test says so."""
    monkeypatch.setattr("askwell.web.views.address_books.is_at_hand", lambda: True)
    return do_address_books


def test_the_page_answers_at_once_and_the_worker_does_it(lina, book, worker, now):
    told = lina.post(f"{HOME}{book.pk}/do/sync/", follow=True).content.decode()
    assert "Waiting for its turn" in told
    assert 'hx-trigger="every 1s"' in told
    assert 'name="sends"' in told
    assert not Import.objects.exists()
    assert worker(now) == 1
    polled = lina.get(f"{HOME}{book.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "In step: 0 people changed." in polled
    assert "1 card there is of nobody here" in polled
    assert "every 1s" not in polled
    assert Import.objects.get().state == "planned"
    assert worker(now) == 0


def test_pressed_twice_it_is_done_once(lina, book, worker, now):
    lina.post(f"{HOME}{book.pk}/do/sync/")
    lina.post(f"{HOME}{book.pk}/do/sync/")
    assert (worker(now), worker(now)) == (1, 0)


def test_how_far_it_is_can_be_seen_and_it_can_be_stopped(lina, book, worker, now):
    with claimed(book, now=now):
        Reporter(folder_of(book), None, stopped=SyncStopped)("reading", 3, 8)
        told = lina.get(f"{HOME}{book.pk}/").content.decode()
        assert "Reading the cards" in told
        assert "3 / 8" in told
        assert "It stops at the next card" in lina.post(
            f"{HOME}{book.pk}/do/stop/", follow=True
        ).content.decode()  # fmt: skip
        assert (folder_of(book) / "cancel").exists()


def test_what_waits_for_its_turn_is_taken_back_at_once(lina, book, worker, now):
    lina.post(f"{HOME}{book.pk}/do/sync/")
    told = lina.post(f"{HOME}{book.pk}/do/stop/", follow=True).content.decode()
    assert "Bring in step" in told
    assert worker(now) == 0


def test_a_password_that_is_kept_no_more_is_said_and_not_tried_for_ever(lina, book, worker, now, owner):
    secrets.forget(owner, book.handle)
    lina.post(f"{HOME}{book.pk}/do/sync/")
    assert (worker(now), worker(now)) == (1, 0)
    assert "did not take the name and password" in lina.get(f"{HOME}{book.pk}/").content.decode()


def test_what_went_wrong_here_is_said_and_not_tried_for_ever(lina, book, worker, now, monkeypatch):
    monkeypatch.setattr("askwell.people.address_book_sync.syncing.find_people", None)
    lina.post(f"{HOME}{book.pk}/do/sync/")
    assert (worker(now), worker(now)) == (1, 0)
    assert "It broke off. Nothing is lost" in lina.get(f"{HOME}{book.pk}/").content.decode()


def test_a_server_gone_is_said_in_plain_words(lina, book):
    AddressBook.objects.update(url="http://127.0.0.1:1/phone/")
    told = lina.post(f"{HOME}{book.pk}/do/sync/", follow=True).content.decode()
    assert "127.0.0.1:1 does not answer" in told


def test_let_go_people_stay(lina, jane, book):
    lina.post(f"{HOME}{book.pk}/do/forget/")
    assert not AddressBook.objects.exists()
    assert not folder_of(book).exists()
    assert Contact.objects.people().filter(pk=jane.pk).exists()
