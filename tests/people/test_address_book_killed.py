"""A sync that is killed, stopped, or cut off in the middle is done again: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from tests.people.drawer import Drawer
from tests.servers.radicale_server import radicale

from askwell.gateways.carddav import Shelf
from askwell.gateways.dav_collections import Collection
from askwell.gateways.errors import Transient, Trouble
from askwell.gateways.webdav import DavLogin, WebDav
from askwell.people.actions import NewContact, edit_contact
from askwell.people.actions.contacts import make_contact
from askwell.people.address_book_sync import (
    SyncBusy,
    Wishes,
    ask,
    connect,
    is_at_work,
    progress_of,
    set_sending,
    sync,
    waiting,
    wishes_of,
)
from askwell.people.address_book_sync.claiming import folder_of
from askwell.people.journal import journal
from askwell.people.models import AddressBook, Contact, Sending, SyncedCard
from askwell.people.working import ask_to_stop

PEOPLE = 75  # more than a part
CHILD = """
import os, sys
import django
django.setup()
from askwell.gateways.carddav import Shelf
from askwell.gateways.webdav import DavLogin, WebDav
from askwell.people.address_book_sync import sync, wishes_of
from askwell.people.journal import journal
from askwell.people.models import AddressBook
from django.utils.dateparse import parse_datetime

book = AddressBook.objects.get()
now = parse_datetime(sys.argv[1])
with WebDav(DavLogin(user="jane", secret="plum tree")) as dav:
    sync(book, Shelf(dav, book.url), wishes_of(book), now=now)
"""


@pytest.fixture
def known(owner, now):
    """Everybody at once: one change instead of one a person."""
    with journal(owner, "people.add", now=now, params={"name": "Everybody"}) as log:
        return [
            make_contact(log, NewContact(name=f"Person {number}", emails=[f"p{number}@acme.example"]))
            for number in range(PEOPLE)
        ]


@pytest.fixture
def drawer():
    return Drawer()


@pytest.fixture
def book(owner):
    found = connect(owner, Collection(url="https://dav.example/book/", name="Phone"), user="jane")
    set_sending(found, Sending.EVERYBODY)
    return found


def names(cards):
    return sorted(line[3:] for data in cards for line in data.decode().splitlines() if line[:3] == "FN:")


def stop_after(drawer, count, act):
    """Let ``act`` happen right before the card after so many is written."""

    def before():
        if drawer.writes == count:
            act()

    drawer.before_put = before


@pytest.mark.slow
@pytest.mark.usefixtures("known")
class TestInTheMiddle:
    @pytest.mark.parametrize("count", [0, 49, 50, 51, 74])
    def test_a_server_that_breaks_off_is_gone_on_with(self, book, drawer, now, count):
        def break_off():
            drawer.before_put = lambda: None
            raise Transient(Trouble.CUT_OFF)

        stop_after(drawer, count, break_off)
        with pytest.raises(Transient):
            sync(book, drawer, Wishes(), now=now)
        assert book.cards.exclude(agreed_at=None).count() == count  # noted as far as it came
        report = sync(book, drawer, Wishes(), now=now)
        assert len(report.added_there) == PEOPLE - count
        assert names(data for _etag, data in drawer.cards.values()) == sorted(
            f"Person {number}" for number in range(PEOPLE)
        )
        assert drawer.writes == PEOPLE

    def test_stopped_it_says_what_it_did_and_the_next_does_the_rest(self, book, drawer, now, monkeypatch):
        monkeypatch.setattr("askwell.people.working._SECONDS_BETWEEN", 0)
        stop_after(drawer, 30, lambda: ask_to_stop(folder_of(book)))
        report = sync(book, drawer, Wishes(), now=now)
        assert report.stopped
        assert len(report.added_there) == 31  # the one that was under way
        book.refresh_from_db()
        assert (book.synced_at, book.claimed_until) == (None, None)
        assert len(sync(book, drawer, Wishes(), now=now).added_there) == PEOPLE - 31

    def test_stopped_while_it_compares_nothing_has_changed(self, book, drawer, now, monkeypatch):
        sync(book, drawer, Wishes(), now=now)
        drawer.edit("Person 7\r\n", "Person Seven\r\n", path=self.card_of("Person 7").path)
        monkeypatch.setattr("askwell.people.working._SECONDS_BETWEEN", 0)

        def stop(stage, _done, _total):
            if stage == "comparing":
                ask_to_stop(folder_of(book))

        report = sync(book, drawer, Wishes(), now=now, progress=stop)
        assert (report.stopped, report.changed_here, report.change) == (True, [], None)
        assert Contact.objects.filter(name="Person 7").exists()
        again = sync(book, drawer, Wishes(), now=now)
        assert [one.name for one in again.changed_here] == ["Person Seven"]

    def card_of(self, name):
        return SyncedCard.objects.get(contact__name=name)


def test_a_card_changed_there_while_its_part_is_written_is_read_again(book, drawer, known, now):
    sync(book, drawer, Wishes(), now=now)
    for contact in known[:5]:
        edit_contact(contact, birthday="1980-05-01", now=now)
    path = SyncedCard.objects.get(contact=known[4]).path

    def meddle():
        drawer.before_put = lambda: None
        drawer.edit("END:VCARD", "X-PHONE-RINGTONE:marimba\r\nEND:VCARD", path=path)

    drawer.before_put = meddle
    report = sync(book, drawer, Wishes(), now=now)
    assert (len(report.changed_there), report.waiting) == (5, 0)
    assert "RINGTONE" in drawer.text(path)
    assert "BDAY" in drawer.text(path)


def test_asked_for_it_waits_until_somebody_does_it(book, now):
    ask(book, Wishes(country="DE"), now=now)
    (found,) = waiting(now=now)
    assert wishes_of(found) == Wishes(country="DE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kill_after", [pytest.param(1, marks=pytest.mark.slow), 55])
def test_killed_in_the_middle_of_writing_the_next_worker_goes_on_at_once(
    owner, known, now, tmp_path, kill_after
):
    with radicale(tmp_path / "radicale") as server, WebDav(DavLogin(user="jane", secret="plum tree")) as dav:
        url = f"{server.home}phone/"
        dav.make_collection(url, kind="a:addressbook", name="Phone")
        book = connect(owner, Collection(url=url, name="Phone"), user="jane")
        set_sending(book, Sending.EVERYBODY)
        ask(book, Wishes(), now=now)
        shelf = tmp_path / "radicale/collections/collection-root/jane/phone"
        child = begin(now)
        wait_until(lambda: len(list(shelf.glob("*.vcf"))) >= kill_after, child)
        book.refresh_from_db()
        assert is_at_work(book, now=now)
        assert progress_of(book)["stage"] == "writing"
        with pytest.raises(SyncBusy):
            sync(book, Shelf(dav, url), Wishes(), now=now)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        there = len(list(shelf.glob("*.vcf")))
        assert 0 < there < PEOPLE
        assert [one.pk for one in waiting(now=now)] == [book.pk]
        report = sync(book, Shelf(dav, url), wishes_of(book), now=now + timedelta(seconds=1))
        assert names(file.read_bytes() for file in shelf.glob("*.vcf")) == sorted(c.name for c in known)
        assert PEOPLE - there - len(report.added_there) in {0, 1}  # one more may have been on its way
        assert SyncedCard.objects.exclude(agreed_at=None).count() == PEOPLE
        after = sync(AddressBook.objects.get(), Shelf(dav, url), Wishes(), now=now)
        assert not (after.added_there + after.changed_here + after.changed_there)
        assert after.questions == 0
        assert Contact.objects.people().count() == PEOPLE


def begin(now):
    """Sync in a process of its own, on the database of this test."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    given = {
        "DATABASE_URL": url,
        "ASKWELL_DATA": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "askwell.web.settings",
    }
    return subprocess.Popen([sys.executable, "-c", CHILD, now.isoformat()], env={**os.environ, **given})


def wait_until(holds, child):
    until = time.monotonic() + 120
    while not holds():
        assert child.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
