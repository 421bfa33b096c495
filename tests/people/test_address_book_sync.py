"""Lina's phone has an address book, and so has her notebook: both say the same, and neither loses a word."""

from __future__ import annotations

import pytest
from tests.people.drawer import Drawer

from askwell.gateways.dav_collections import Collection
from askwell.gateways.errors import Permanent, Transient, Trouble
from askwell.people.actions import add_point, edit_contact, merge_contacts, remove_contacts, tag_contacts
from askwell.people.address_book_sync import (
    Choice,
    NotAsked,
    SyncBusy,
    Wishes,
    connect,
    count_open,
    disconnect,
    open_questions,
    set_sending,
    settle,
    sync,
)
from askwell.people.importing import undo_import
from askwell.people.journal import last_change, undo
from askwell.people.models import AddressBook, Contact, Import, Sending, SyncedCard

JANE = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:jane-0001-card\r\nFN:Jane Doe\r\nN:Doe;Jane;;;\r\nORG:Acme Health\r\n"
    b"TITLE:Data lead\r\nEMAIL;TYPE=work:jane@acme.example\r\nTEL;TYPE=cell:+493012345\r\n"
    b"X-PHONE-RINGTONE:marimba\r\nIMPP:xmpp:jane@chat.example\r\nEND:VCARD\r\n"
)


@pytest.fixture
def drawer():
    found = Drawer()
    found.place("/book/jane.vcf", JANE)
    return found


@pytest.fixture
def book(owner):
    return connect(owner, Collection(url="https://dav.example/book/", name="Phone"), user="lina")


@pytest.fixture
def go(book, drawer, now):
    def bring_in_step(**wishes):
        return sync(book, drawer, Wishes(**wishes), now=now)

    return bring_in_step


@pytest.fixture
def jane(go):
    """Jane, brought in from the phone."""
    go(bring_in=True)
    return Contact.objects.people().get(name="Jane Doe")


def keys(touched):
    return [(one.name, *one.keys) for one in touched]


class TestTheFirstTime:
    def test_a_card_of_nobody_here_becomes_an_import_that_waits_for_a_yes(self, go, owner):
        report = go()
        assert (report.new_there, report.brought_in) == (1, False)
        batch = Import.objects.get(pk=report.batch)
        assert batch.summary["counts"]["new"] == 1
        assert not Contact.objects.people().exists()

    def test_asked_twice_the_same_import_waits(self, go):
        assert go().batch == go().batch

    def test_brought_in_the_two_are_equal_and_nothing_is_written_there(self, go, drawer, jane):
        report = go()
        assert (report.new_there, report.questions) == (0, 0)
        assert not report.changed_here
        assert drawer.writes == 0
        assert jane.positions.get().title == "Data lead"

    def test_somebody_known_by_the_same_address_is_joined_and_differences_are_asked(self, go, add, owner):
        known = add("Jane Doe", emails=["jane@acme.example"], organization="Acme Health", title="Analyst")
        report = go(bring_in=True)
        assert Contact.objects.people().get() == known
        assert report.questions == 1
        (open_one,) = open_questions(owner)
        assert [(one.key, one.here.shown, one.there.shown) for one in open_one.questions] == [
            ("title", "Analyst", "Data lead")
        ]

    def test_one_of_the_same_name_without_an_address_is_asked_about_as_in_any_import(self, go, add):
        add("Jane Doe")
        report = go(bring_in=True)
        assert Import.objects.get(pk=report.batch).summary["counts"]["review"] == 1

    def test_the_import_can_be_taken_back_whole(self, go, drawer, jane, now):
        undo_import(Import.objects.get(), now=now)
        assert not Contact.objects.people().exists()
        assert go().removed_here == ["Jane Doe"]
        assert "/book/jane.vcf" in drawer.cards

    def test_looking_first_changes_nothing_on_either_side(self, go, add, book, drawer):
        add("Ben Roe")
        set_sending(book, Sending.EVERYBODY)
        report = go(dry_run=True)
        assert (report.new_there, keys(report.added_there)) == (1, [("Ben Roe",)])
        assert (SyncedCard.objects.count(), Import.objects.count(), drawer.writes) == (0, 0, 0)

    def test_a_list_of_people_and_a_broken_card_are_counted_and_left(self, go, drawer):
        drawer.place(
            "/book/list.vcf", b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Team\r\nEND:VCARD\r\n"
        )
        drawer.place("/book/broken.vcf", b"\xff\xfe nonsense")
        assert (go().unread, go().unread) == (2, 0)


class TestChanges:
    def test_what_only_changed_there_changes_here(self, go, drawer, jane):
        drawer.edit("TITLE:Data lead", "TITLE:Head of data")
        assert keys(go().changed_here) == [("Jane Doe", "title")]
        assert jane.positions.get().title == "Head of data"

    def test_another_organization_there_ends_the_job_here_and_keeps_it(self, go, drawer, jane):
        drawer.edit("ORG:Acme Health", "ORG:Birch Labs")
        go()
        jobs = {(job.organization.name, job.title, job.current) for job in jane.positions.all()}
        assert jobs == {("Acme Health", "Data lead", False), ("Birch Labs", "Data lead", True)}
        assert not go().changed_here

    def test_what_only_changed_here_changes_there_and_every_other_line_stays(self, go, drawer, jane, now):
        edit_contact(jane, now=now, birthday="1980-05-01")
        add_point(jane, "email", "jane@home.example", label="home", now=now)
        report = go()
        assert keys(report.changed_there) == [("Jane Doe", "birthday", "email:jane@home.example")]
        text = drawer.text()
        assert "BDAY:1980-05-01" in text
        assert "EMAIL;TYPE=INTERNET,HOME:jane@home.example" in text
        assert "X-PHONE-RINGTONE:marimba" in text
        assert "IMPP:xmpp:jane@chat.example" in text
        assert "UID:jane-0001-card" in text

    def test_different_fields_changed_on_both_sides_meet(self, go, drawer, jane, now):
        drawer.edit("TITLE:Data lead", "TITLE:Head of data")
        edit_contact(jane, now=now, birthday="1980-05-01")
        report = go()
        assert (keys(report.changed_here), keys(report.changed_there)) == (
            [("Jane Doe", "title")],
            [("Jane Doe", "birthday")],
        )
        assert "BDAY" in drawer.text()
        assert "Head of data" in drawer.text()

    def test_a_second_time_does_nothing(self, go, drawer, jane, now):
        drawer.edit("TITLE:Data lead", "TITLE:Head of data")
        edit_contact(jane, now=now, birthday="--05-01")
        go()
        before = (drawer.writes, drawer.text())
        report = go()
        assert not (report.changed_here)
        assert not (report.changed_there)
        assert not (report.questions)
        assert (drawer.writes, drawer.text()) == before

    def test_what_comes_from_there_is_one_step_back_and_is_then_asked_not_sent(
        self, go, drawer, jane, now, owner
    ):
        drawer.edit("TITLE:Data lead", "TITLE:Head of data")
        go()
        undo(last_change(owner), now=now)
        assert jane.positions.get().title == "Data lead"
        assert go().questions == 1
        assert "Head of data" in drawer.text()

    def test_a_number_gone_there_stays_here_until_somebody_says_so(self, go, drawer, jane, owner, now):
        drawer.edit("TEL;TYPE=cell:+493012345\r\n", "")
        assert go().questions == 1
        assert jane.points.filter(kind="phone").exists()
        (open_one,) = open_questions(owner)
        settle(open_one.card, None, Choice.THERE, now=now)
        assert not jane.points.filter(kind="phone").exists()
        assert go().questions == 0
        assert "TEL" not in drawer.text()

    def test_a_number_removed_here_stays_there_until_somebody_says_so(self, go, drawer, jane, owner, now):
        jane.points.get(kind="phone").delete()
        assert go().questions == 1
        assert "TEL" in drawer.text()
        (open_one,) = open_questions(owner)
        settle(open_one.card, None, Choice.HERE, now=now)
        assert keys(go().changed_there) == [("Jane Doe", "phone:+493012345")]
        assert "TEL" not in drawer.text()
        assert go().questions == 0


class TestQuestions:
    @pytest.fixture
    def asked(self, go, drawer, jane, now, owner):
        """Both gave Jane another name."""
        drawer.edit("FN:Jane Doe\r\nN:Doe;Jane;;;", "FN:Jane Roe\r\nN:Roe;Jane;;;")
        edit_contact(jane, now=now, name="Jane Poe")
        assert go().questions == 1
        assert count_open(owner) == 1
        return next(open_questions(owner))

    def test_nothing_is_written_anywhere_while_it_is_open(self, go, drawer, jane, asked):
        go()
        jane.refresh_from_db()
        assert jane.name == "Jane Poe"
        assert "Jane Roe" in drawer.text()

    def test_there_is_right(self, go, drawer, jane, asked, now, owner):
        assert settle(asked.card, "name", Choice.THERE, now=now) == ("name",)
        jane.refresh_from_db()
        assert (jane.name, jane.family) == ("Jane Roe", "Roe")
        assert not go().changed_there
        assert count_open(owner) == 0

    def test_here_is_right(self, go, drawer, jane, asked, now):
        settle(asked.card, "name", Choice.HERE, now=now)
        assert keys(go().changed_there) == [("Jane Doe", "name")] or "FN:Jane Poe" in drawer.text()
        assert "FN:Jane Poe\r\nN:Poe;Jane;;;" in drawer.text()
        assert go().questions == 0

    def test_settling_can_be_taken_back(self, jane, asked, now, owner):
        settle(asked.card, "name", Choice.THERE, now=now)
        undo(last_change(owner), now=now)
        jane.refresh_from_db()
        assert jane.name == "Jane Poe"
        assert count_open(owner) == 1

    def test_a_name_cannot_be_both_and_what_is_not_asked_cannot_be_settled(self, asked, now):
        for key, choice in (("name", Choice.BOTH), ("title", Choice.HERE)):
            with pytest.raises(NotAsked):
                settle(asked.card, key, choice, now=now)

    def test_notes_can_be_both(self, go, drawer, jane, book, now, owner):
        set_sending(book, Sending.NOBODY, private_too=True)
        drawer.edit("END:VCARD", "NOTE:Likes tea\r\nEND:VCARD")
        edit_contact(jane, now=now, notes="Met in Graz")
        assert go().questions == 1
        settle(next(open_questions(owner)).card, "notes", Choice.BOTH, now=now)
        go()
        jane.refresh_from_db()
        assert jane.notes == "Met in Graz\n\nLikes tea"
        assert "NOTE:Met in Graz\\n\\nLikes tea" in drawer.text()


class TestPrivacy:
    def test_notes_and_tags_stay_here_unless_wanted_there(self, go, drawer, jane, book, now, owner):
        edit_contact(jane, now=now, notes="Wants to leave Acme")
        tag_contacts(owner, [jane], "target", now=now)
        assert not go().changed_there
        assert "Acme\\n" not in drawer.text()
        set_sending(book, Sending.NOBODY, private_too=True)
        assert keys(go().changed_there) == [("Jane Doe", "notes", "tag:target")]
        assert "NOTE:Wants to leave Acme" in drawer.text()

    def test_how_one_met_never_goes_there(self, go, drawer, jane, book, now):
        edit_contact(jane, now=now, how_met="At the fair", headline="Curious", birthday="1980-05-01")
        set_sending(book, Sending.EVERYBODY, private_too=True)
        go()
        assert "At the fair" not in drawer.text()
        assert "Curious" not in drawer.text()


class TestComingAndGoing:
    def test_who_is_deleted_there_stays_here_and_is_not_sent_again(self, go, drawer, jane, book):
        set_sending(book, Sending.EVERYBODY)
        go()
        drawer.take_away("/book/jane.vcf")
        assert go().removed_there == ["Jane Doe"]
        report = go()
        assert (report.removed_there, report.added_there) == ([], [])
        assert Contact.objects.people().filter(pk=jane.pk).exists()

    def test_who_is_deleted_here_stays_there_and_is_not_brought_in_again(self, go, drawer, jane, owner, now):
        remove_contacts(owner, [jane], now=now)
        assert go(bring_in=True).removed_here == ["Jane Doe"]
        assert not Contact.objects.people().exists()
        assert "/book/jane.vcf" in drawer.cards

    def test_unless_the_user_says_so(self, go, drawer, jane, owner, now):
        remove_contacts(owner, [jane], now=now)
        assert go(remove_there=True).taken_away_there == ["Jane Doe"]
        assert not drawer.cards
        assert go().removed_here == []

    def test_removing_can_be_undone_and_the_link_comes_back(self, go, jane, owner, now):
        remove_contacts(owner, [jane], now=now)
        undo(last_change(owner), now=now)
        report = go()
        assert (report.removed_here, report.new_there) == ([], 0)

    def test_a_card_changed_since_is_not_removed_there(self, go, drawer, jane, owner, now):
        remove_contacts(owner, [jane], now=now)
        go()
        shelf_delete = drawer.delete

        def changes_first(path, *, etag):
            drawer.edit("Data lead", "Head of data")
            shelf_delete(path, etag=etag)

        drawer.delete = changes_first
        assert go(remove_there=True).waiting == 1
        assert "/book/jane.vcf" in drawer.cards

    def test_people_here_are_sent_only_when_marked(self, go, drawer, book, add, owner, now):
        ben, _cy = add("Ben Roe", emails=["ben@home.example"]), add("Cy Poe")
        go()
        assert len(drawer.cards) == 1
        tag_contacts(owner, [ben], "phone", now=now)
        set_sending(book, Sending.TAGGED, tag="Phone")
        assert [one.name for one in go().added_there] == ["Ben Roe"]
        (path,) = set(drawer.cards) - {"/book/jane.vcf"}
        assert "EMAIL;TYPE=INTERNET:ben@home.example" in drawer.text(path)
        writes = drawer.writes
        assert not go().changed_there
        assert drawer.writes == writes

    def test_two_joined_here_both_keep_their_cards(self, go, drawer, jane, add, now):
        drawer.place(
            "/book/j.vcf",
            JANE.replace(b"jane-0001-card", b"x")
            .replace(b"Doe", b"D")
            .replace(b"@", b"2@")
            .replace(b"12345", b"54321"),
        )
        go(bring_in=True)
        other = Contact.objects.people().get(name="Jane D")
        merge_contacts(jane, other, now=now)
        go()
        assert {card.contact for card in SyncedCard.objects.all()} == {jane}
        go()
        assert not go().changed_there
        drawer.edit("TITLE:Data lead", "TITLE:Head")
        drawer.edit("TITLE:Data lead", "TITLE:Chief", "/book/j.vcf")
        assert go().questions == 1
        assert {"TITLE:Head" in drawer.text(), "TITLE:Chief" in drawer.text("/book/j.vcf")} == {True}


class TestCuts:
    def test_a_card_whose_answer_was_lost_is_found_again_and_not_sent_twice(self, go, drawer, book, add):
        add("Ben Roe")
        set_sending(book, Sending.EVERYBODY)
        put = drawer.put

        def loses_the_answer(path, data, *, etag):
            put(path, data, etag=etag)
            raise Transient(Trouble.CUT_OFF)

        drawer.put = loses_the_answer
        with pytest.raises(Transient):
            go()
        drawer.put = put
        go(bring_in=True)
        report = go()
        assert len([path for path in drawer.cards if b"Ben Roe" in drawer.cards[path][1]]) == 1
        assert not (report.changed_there)
        assert not (report.added_there)
        assert not (report.new_there)
        assert not (report.questions)

    def test_a_change_whose_answer_was_lost_is_seen_to_be_there(self, go, drawer, jane, now):
        edit_contact(jane, now=now, birthday="1980-05-01")
        put = drawer.put

        def loses_the_answer(path, data, *, etag):
            put(path, data, etag=etag)
            raise Transient(Trouble.CUT_OFF)

        drawer.put = loses_the_answer
        with pytest.raises(Transient):
            go()
        drawer.put = put
        report = go()
        assert not (report.changed_there)
        assert not (report.changed_here)
        assert not (report.questions)
        assert drawer.writes == 1

    def test_what_changes_there_while_it_is_written_is_read_again_and_kept(self, go, drawer, jane, now):
        edit_contact(jane, now=now, birthday="1980-05-01")

        def meanwhile():
            drawer.before_put = lambda: None
            drawer.edit("marimba", "bells")

        drawer.before_put = meanwhile
        assert keys(go().changed_there) == [("Jane Doe", "birthday")]
        assert "bells" in drawer.text()
        assert "BDAY" in drawer.text()

    def test_one_that_never_stands_still_waits(self, go, drawer, jane, now):
        edit_contact(jane, now=now, birthday="1980-05-01")
        drawer.before_put = lambda: drawer.edit("marimba", "marimba!")
        report = go()
        assert (report.waiting, report.changed_there) == (1, [])
        drawer.before_put = lambda: None
        assert len(go().changed_there) == 1

    def test_a_card_the_server_will_not_take_stops_nothing_but_itself(self, go, drawer, book, add):
        add("Ada Roe"), add("Ben Roe")
        set_sending(book, Sending.EVERYBODY)
        put = drawer.put

        def refuses_ada(path, data, *, etag):
            if b"Ada" in data:
                raise Permanent(Trouble.MESSAGE)
            return put(path, data, etag=etag)

        drawer.put = refuses_ada
        report = go()
        assert (report.refused, [one.name for one in report.added_there]) == (["Ada Roe"], ["Ben Roe"])

    def test_two_at_once_are_not_let_in_and_a_dead_one_is_waited_for(self, go, book, now):
        AddressBook.objects.update(claimed_until=now.replace(hour=14))
        go()
        AddressBook.objects.update(claimed_until=now.replace(minute=2))
        with pytest.raises(SyncBusy):
            go()

    def test_trouble_is_noted_and_forgotten_when_it_works(self, go, book, drawer):
        fetch, drawer.fetch = drawer.fetch, lambda _paths: (_ for _ in ()).throw(Permanent(Trouble.PASSWORD))
        with pytest.raises(Permanent):
            go()
        book.refresh_from_db()
        assert (book.trouble, book.claimed_until) == ("password", None)
        drawer.fetch = fetch
        go()
        book.refresh_from_db()
        assert book.trouble == ""


def test_a_book_that_may_only_be_read_is_not_written_to(go, drawer, jane, book, now):
    AddressBook.objects.update(read_only=True)
    edit_contact(jane, now=now, birthday="1980-05-01")
    report = go()
    assert (report.not_written, drawer.writes) == (1, 0)


def test_let_go_people_stay_here_and_cards_there(go, drawer, jane, book):
    disconnect(book)
    assert Contact.objects.people().filter(pk=jane.pk).exists()
    assert drawer.cards
    assert not SyncedCard.objects.exists()


def test_nobody_settles_or_sees_anothers(jane, other_owner):
    assert not list(open_questions(other_owner))
