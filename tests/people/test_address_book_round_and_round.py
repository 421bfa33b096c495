"""Whatever is typed on either side: in step means in step, twice is once, and no word is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.drawer import Drawer
from tests.servers.radicale_server import radicale

from askwell.formats.records import Email, PersonRecord, Phone, PostalAddress, Url
from askwell.gateways.carddav import Shelf
from askwell.gateways.dav_collections import Collection
from askwell.gateways.webdav import DavLogin, WebDav
from askwell.people.actions import edit_contact
from askwell.people.address_book_sync import (
    Choice,
    Wishes,
    connect,
    open_questions,
    set_sending,
    settle,
    sync,
)
from askwell.people.address_book_sync.applying import apply
from askwell.people.address_book_sync.cards import fields_of, here, loaded, read_card, written
from askwell.people.journal import journal
from askwell.people.models import Contact, Sending, SyncedCard

WORDS = st.text(st.sampled_from("abZé,;:\\\n\"' -.@/+1çß漢ى^="), min_size=1, max_size=12)
PLAIN = {
    "title": WORDS,
    "department": WORDS,
    "organization": WORDS,
    "notes": WORDS,
    "birthday": st.sampled_from(["1980-05-01", "--02-29", "1999"]),
}
LABELS = st.sampled_from(["", "work", "home", "own words", "pref"])
ITEMS = {
    "emails": st.builds(
        Email,
        value=st.sampled_from(["jane@acme.example", "JANE@home.example", "j,d@x.example"]),
        label=LABELS,
    ),
    "phones": st.builds(
        Phone, value=st.sampled_from(["+49 30 12345", "030 12345", "tel 9", "12"]), label=LABELS
    ),
    "urls": st.builds(
        Url,
        value=st.sampled_from(["https://www.linkedin.com/in/jane", "http://a.example/;b,c"]),
        label=LABELS,
    ),
    "addresses": st.builds(
        PostalAddress, label=LABELS, street=WORDS, city=WORDS, formatted=st.just("") | WORDS
    ),
    "tags": WORDS,
}
EDIT = st.one_of(
    *(st.tuples(st.just(name), values) for name, values in PLAIN.items()),
    *(st.tuples(st.just(name), values) for name, values in ITEMS.items()),
    st.tuples(st.sampled_from(["family", "given", "nickname"]), WORDS),
    st.tuples(st.sampled_from([*PLAIN, *ITEMS]), st.none()),  # taken away
)
ROUNDS = st.lists(st.tuples(st.lists(EDIT, max_size=3), st.lists(EDIT, max_size=3)), min_size=1, max_size=3)


def edited(record: PersonRecord, edits) -> PersonRecord:
    for name, value in edits:
        if name in PLAIN:
            record = replace(record, **{name: value or ""})
        elif name in ITEMS:
            record = replace(
                record, **{name: (*getattr(record, name), value) if value else getattr(record, name)[1:]}
            )
        else:
            record = replace(record, name=replace(record.name, **{name: value}))
    return record


class Pair:
    """Jane here, and her card there."""

    def __init__(self, owner, now):
        self.owner, self.now, self.drawer = owner, now, Drawer()
        self.book = connect(owner, Collection(url="https://dav.example/", name="Phone"), user="lina")
        set_sending(self.book, Sending.NOBODY, private_too=True)
        self.drawer.place(
            "/j.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Jane Doe\r\nN:Doe;Jane;;;\r\nEND:VCARD\r\n"
        )
        self.go(bring_in=True)

    def go(self, **wishes):
        return sync(self.book, self.drawer, Wishes(country="DE", **wishes), now=self.now)

    @property
    def contact(self):
        return Contact.objects.people().get()

    def here(self):
        return here(self.contact, self.book, country="DE")

    def there(self):
        return fields_of(read_card(self.drawer.cards["/j.vcf"][1], "DE"), country="DE", private_too=True)

    def edit_there(self, edits):
        before = self.drawer.cards["/j.vcf"][1]
        self.drawer.place("/j.vcf", written(edited(read_card(before, "DE"), edits), before))

    def edit_here(self, edits):
        """Type it here: as if another card said it, and this notebook took it."""
        bare = read_card(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nN:Doe;Jane;;;\r\nEND:VCARD\r\n")
        told = fields_of(edited(bare, edits), country="DE", private_too=True)
        gone = {name for name, value in edits if value is None}
        with journal(self.owner, "people.edit", now=self.now) as log:
            apply(log, self.contact, {key: v for key, v in told.items() if key != "name"}, country="DE")
            apply(log, self.contact, {key: None for key in self.here() if key in gone}, country="DE")
        for name, value in edits:
            if name in {"family", "given"}:
                edit_contact(self.contact, now=self.now, name=f"Jane {value}")


@pytest.fixture
def pair(owner, now):
    return lambda: Pair(owner, now)


def said(*sides):
    return {(key, value.same) for side in sides for key, value in side.items()}


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rounds=ROUNDS, last=st.sampled_from(list(Choice)[:2]))
def test_twice_is_once_equal_without_questions_and_no_word_is_lost(pair, rounds, last):
    with transaction.atomic():
        one = pair()
        for mine, theirs in rounds:
            one.edit_here(mine)
            one.edit_there(theirs)
            agreed = loaded(SyncedCard.objects.get().agreed)
            before_here, before_there = one.here(), one.there()
            report = one.go()
            after = said(one.here(), one.there())
            for side, other in ((before_here, before_there), (before_there, before_here)):
                for key, value in side.items():
                    overtaken = value == agreed.get(key) and key in other
                    unlabelled = not value.same and any(name == key for name, _same in after)
                    assert (key, value.same) in after or overtaken or unlabelled
            if not report.questions:
                assert one.here() == one.there()
            again = one.go()
            assert not again.changed_here
            assert not again.changed_there
            assert again.questions == report.questions
        for open_one in list(open_questions(one.owner, country="DE")):
            settle(open_one.card, None, last, now=one.now, country="DE")
        one.go()
        assert one.here() == one.there()
        transaction.set_rollback(True)


def test_with_a_real_server_both_are_in_step_after_everything(owner, now, add, tmp_path):
    add("Ben Roe, Jr.", emails=["ben@home.example"], title="Nurse; night shift", phones=["+49 30 5555"])
    with radicale(tmp_path) as server, WebDav(DavLogin(user=server.user, secret=server.password)) as dav:
        url = f"{server.home}people/"
        dav.make_collection(url, kind="a:addressbook", name="Phone")
        card = b"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u-1\r\nFN:Jane Doe\r\nN:Doe;Jane;;;\r\nTITLE:Lead\r\nX-A:b\r\nEND:VCARD\r\n"
        etag = dav.put(f"{url}jane.vcf", card, kind="text/vcard")
        book, shelf = connect(owner, Collection(url=url, name="Phone"), user="jane"), Shelf(dav, url)
        set_sending(book, Sending.EVERYBODY)
        first = sync(book, shelf, Wishes(bring_in=True), now=now)
        assert (first.brought_in, [one.name for one in first.added_there]) == (True, ["Ben Roe, Jr."])
        assert sync(book, shelf, Wishes(), now=now).to_json() == {
            **first.to_json(),
            "added_there": [],
            "new_there": 0,
            "import": None,
            "brought_in": False,
        }
        jane = Contact.objects.people().get(name="Jane Doe")
        edit_contact(jane, now=now, birthday="--05-01")
        dav.put(f"{url}jane.vcf", card.replace(b"Lead", b"Head"), kind="text/vcard", etag=etag)
        report = sync(book, shelf, Wishes(), now=now)
        assert ([one.keys for one in report.changed_here], [one.keys for one in report.changed_there]) == (
            [("title",)],
            [("birthday",)],
        )
        text, etag = dav.get(f"{url}jane.vcf")
        assert all(line in text for line in (b"TITLE:Head", b"BDAY:--0501", b"X-A:b", b"VERSION:4.0"))
        dav.delete(f"{url}jane.vcf", etag=etag)
        assert sync(book, shelf, Wishes(), now=now).removed_there == ["Jane Doe"]
