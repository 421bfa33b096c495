"""An archive of mail becomes people and history: whole, once, and taken back as a whole."""

from __future__ import annotations

import pytest

from askwell.formats.mail import past
from askwell.outreach import intake
from askwell.outreach.models import Standing, Touch
from askwell.people import importing
from askwell.people.actions import NewContact, add_contact
from askwell.people.errors import ImportCancelled
from askwell.people.importing.progress import folder_of
from askwell.people.models import Contact, ContactPoint, Import, ImportState, PointKind

from .conftest import utc

pytestmark = pytest.mark.django_db

NOW = utc(2026, 11, 2, 15, 0)
ME = "Robin Example <robin@home.example>"
INES = "Ines Dubois <ines@meridian.example>"


def letter(sender, to, number, *more):
    fields = [
        f"From: {sender}",
        f"To: {to}",
        f"Date: Mon, {number} Jun 2026 10:13:00 +0100",
        f"Subject: Letter {number}",
    ]
    return "\n".join([f"Message-ID: <{number}@mail.example>", *fields, *more, "", "Hello", ""])


def mbox(path, *letters):
    path.write_text("".join(f"From x Mon Jan  6 08:00:00 2014\n{one}\n" for one in letters))
    return path


@pytest.fixture
def sent(tmp_path):
    return mbox(
        tmp_path / "Sent", letter(ME, INES, 1), letter(INES, ME, 2), letter(ME, "tove@quarry.example", 3)
    )


@pytest.fixture
def bring_in(owner):
    def bring(path, *, progress=None, **mail):
        batch = importing.start_import(
            owner, [(path.name, path)], now=NOW, options={"mail": mail}, in_place=True
        )
        importing.run_reading(batch, now=NOW)
        return importing.apply_import(batch, now=NOW, progress=progress)

    return bring


def told():
    return list(
        Touch.objects.order_by("at", "pk").values_list("contact__name", "direction", "subject", "channel")
    )


def test_people_and_what_passed_between_stand_in_the_notebook(sent, bring_in, owner):
    batch = bring_in(sent)
    assert told() == [
        ("Ines Dubois", "out", "Letter 1", "email"),
        ("Ines Dubois", "in", "Letter 2", "email"),
        ("tove@quarry.example", "out", "Letter 3", "email"),
    ]
    assert batch.summary["counts"]["touches_new"] == 3
    assert batch.summary["own_addresses"] == ["robin@home.example"]
    assert batch.summary["files"] == [{"name": "Sent", "people": 2, "new": 2, "touches": 3}]
    ines = Standing.objects.get(contact__name="Ines Dubois")
    assert (ines.touches, ines.last_in_at) == (2, utc(2026, 6, 2, 9, 13))
    assert set(Touch.objects.values_list("body", flat=True)) == {""}


def test_the_same_archive_again_changes_nothing(sent, bring_in):
    bring_in(sent)
    before = told()
    again = bring_in(sent)
    assert (again.change, told()) == (None, before)
    assert again.summary["counts"]["touches_known"] == 3


def test_a_later_archive_brings_only_what_is_new(sent, bring_in, tmp_path):
    bring_in(sent)
    later = mbox(tmp_path / "All", letter(ME, INES, 1), letter(INES, ME, 2), letter(ME, INES, 4))
    batch = bring_in(later)
    assert (batch.summary["counts"]["touches_new"], batch.summary["counts"]["touches_known"]) == (1, 2)
    assert Contact.objects.people().count() == 2


def test_a_letter_that_stands_in_the_notebook_is_not_there_twice(sent, bring_in, owner):
    ines = add_contact(owner, NewContact(name="Ines Dubois", emails=("ines@meridian.example",)), now=NOW)
    Touch.objects.create(
        owner=owner,
        contact=ines,
        kind="request",
        direction="out",
        at=NOW,
        recorded_at=NOW,
        message_id="<1@mail.example>",
    )
    bring_in(sent)
    assert [row[2] for row in told() if row[0] == "Ines Dubois"] == ["Letter 2", ""]


def test_letters_of_somebody_in_the_notebook_come_though_never_answered(bring_in, owner, tmp_path):
    add_contact(owner, NewContact(name="Jonas Fischer", emails=("jonas@umbra.example",)), now=NOW)
    inbox = mbox(tmp_path / "Inbox", letter("jonas@umbra.example", ME, 1), letter("a@b.example", ME, 2))
    bring_in(inbox, me=["robin@home.example"])
    assert told() == [("Jonas Fischer", "in", "Letter 1", "email")]


def test_the_import_is_taken_back_as_a_whole(sent, bring_in):
    batch = bring_in(sent)
    undone = importing.undo_import(Import.objects.get(pk=batch.pk), now=NOW)
    assert undone.removed == 2
    assert not Touch.objects.exists()
    assert not Contact.objects.people().exists()


def test_ones_own_contact_says_which_address_is_ones_own(bring_in, owner, tmp_path):
    me = Contact.objects.create(owner=owner, name="Robin Example", is_self=True, created_at=NOW)
    ContactPoint.objects.create(
        owner=owner, contact=me, kind=PointKind.EMAIL, value="Robin@Home.example", norm="robin@home.example"
    )
    bring_in(mbox(tmp_path / "old", letter(ME, f"{INES}, robin@home.example", 1)))
    assert told() == [("Ines Dubois", "out", "Letter 1", "email")]


def test_the_archive_stays_where_it_is_and_is_not_copied(sent, owner):
    batch = importing.start_import(owner, [("Sent", sent)], now=NOW, in_place=True)
    assert (folder_of(batch) / "0000").is_symlink()
    importing.discard_import(batch, now=NOW)
    assert sent.exists()
    table = sent.with_name("people.csv")
    table.write_text("Name\nInes\n")
    batch = importing.start_import(owner, [("people.csv", table)], now=NOW, in_place=True)
    assert not (folder_of(batch) / "0000").is_symlink()


def test_where_there_are_no_links_it_is_copied(sent, owner, monkeypatch):
    def refuse(*_args):
        raise OSError

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    batch = importing.start_import(owner, [("Sent", sent)], now=NOW, in_place=True)
    assert (folder_of(batch) / "0000").read_bytes() == sent.read_bytes()


def test_a_folder_of_mail_is_read_where_it_is(bring_in, tmp_path):
    for number, (sender, to) in enumerate([(ME, INES), (INES, ME)], 1):
        place = tmp_path / "Mail" / ("Sent" if sender is ME else "Inbox") / "cur"
        place.mkdir(parents=True)
        (place.parent / "new").mkdir()
        (place / "1").write_text(letter(sender, to, number))
    batch = bring_in(tmp_path / "Mail")
    assert len(told()) == 2
    assert {one["name"] for one in batch.summary["files"]} == {"Mail/Sent", "Mail/Inbox"}


@pytest.mark.parametrize("stage", ["reading", "matching", "people", "history", "finishing"])
def test_broken_off_at_any_stage_nothing_is_half_done_and_it_can_begin_anew(
    sent, bring_in, stage, monkeypatch
):
    monkeypatch.setattr(past, "_EVERY", 1)
    monkeypatch.setattr(intake, "PORTION", 1)

    def stop(at, _done, _of):
        if at == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(sent, progress=stop)
    assert told() == []
    batch = Import.objects.get()
    assert batch.state == ImportState.FAILED
    importing.apply_import(batch, now=NOW)
    assert len(told()) == 3
    assert bring_in(sent).change is None


def test_it_can_be_cancelled_while_it_is_read(sent, owner, monkeypatch):
    monkeypatch.setattr(past, "_EVERY", 1)
    monkeypatch.setattr("askwell.people.working._SECONDS_BETWEEN", 0)
    batch = importing.start_import(owner, [("Sent", sent)], now=NOW, in_place=True)
    with pytest.raises(ImportCancelled):
        importing.run_reading(batch, now=NOW, progress=lambda *_: importing.ask_to_cancel(batch))
    assert batch.state == ImportState.CANCELLED


def test_many_portions_are_counted_like_one(sent, bring_in, monkeypatch):
    monkeypatch.setattr(intake, "PORTION", 2)
    assert bring_in(sent).summary["counts"]["touches_new"] == 3
    assert bring_in(sent).summary["counts"]["touches_known"] == 3
