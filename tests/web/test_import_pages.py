"""Bringing files in through the pages: choose, look, say yes, take back."""

from __future__ import annotations

import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from askwell.outreach.actions import change_seeker
from askwell.outreach.archive import export_notebook
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Contact, Import, ImportState

PEOPLE = b"""First Name,Last Name,URL,Email Address,Company,Position,Connected On
Amara,Okafor,https://www.linkedin.com/in/amara-okafor,amara@lakeside.example,Lakeside Hospital,Director,14 Oct 2024
Luis,Mar\xc3\xadn,https://www.linkedin.com/in/luis-marin,,Lakeside Hospital,Pharmacist,02 Nov 2023
"""
TABLE = (
    b"Who,Firm,Mail\nChen Wei,Mercy Health,chen@mercy.example\nPriya Nair,Mercy Health,priya@mercy.example\n"
)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def file(data, name="Connections.csv"):
    return SimpleUploadedFile(name, data)


def archive(**files):
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        for name, data in files.items():
            made.writestr(f"{name}.csv", data)
    return file(packed.getvalue(), "Basic_LinkedInDataExport.zip")


def choose(browser, *files):
    return browser.post("/import/", {"files": list(files)})


@pytest.fixture
def planned(lina):
    answer = choose(lina, file(PEOPLE))
    assert answer.status_code == 303
    return Import.objects.get()


def test_choosing_a_file_shows_what_it_would_do_and_writes_nobody(lina, planned):
    page = text(lina.get(f"/import/{planned.pk}/"))
    assert "2 new people" in page
    assert "Amara Okafor" in page
    assert "Bring in 2 people" in page
    assert not Contact.objects.people().exists()


def test_yes_brings_them_in_and_the_page_offers_the_way_back(lina, planned):
    page = text(lina.post(f"/import/{planned.pk}/bring/", follow=True))
    assert "2 people are in your notebook now" in page
    assert "Take the whole import back" in page
    assert set(Contact.objects.people().values_list("name", flat=True)) == {"Amara Okafor", "Luis Marín"}


def test_a_button_pressed_twice_brings_them_in_once(lina, planned):
    lina.post(f"/import/{planned.pk}/bring/")
    assert lina.post(f"/import/{planned.pk}/bring/").status_code == 303
    assert Contact.objects.people().count() == 2


def test_a_whole_import_is_taken_back(lina, planned):
    lina.post(f"/import/{planned.pk}/bring/")
    page = text(lina.post(f"/import/{planned.pk}/undo/", follow=True))
    assert "2 people are out of your notebook again" in page
    assert not Contact.objects.people().exists()


def test_left_alone_nothing_is_written_and_the_files_go(lina, planned, settings):
    lina.post(f"/import/{planned.pk}/leave/")
    planned.refresh_from_db()
    assert planned.state == ImportState.CANCELLED
    assert not (settings.DATA_DIR / planned.folder).exists()
    assert "Left alone" in text(lina.get(f"/import/{planned.pk}/"))


def test_the_kept_copy_is_readable_by_its_user_alone(lina, planned, settings):
    (kept,) = (settings.DATA_DIR / planned.folder).glob("0000")
    assert kept.stat().st_mode & 0o077 == 0


def test_a_zip_with_several_files_is_one_import(lina):
    choose(lina, archive(Connections=PEOPLE))
    assert Import.objects.get().summary["counts"]["new"] == 2


def test_no_file_says_so(lina):
    answer = lina.post("/import/", {})
    assert answer.status_code == 422
    assert "Choose at least one file" in text(answer)


def test_files_larger_than_the_bound_are_refused(lina, settings):
    settings.UPLOAD_MAX_BYTES = 100
    answer = choose(lina, file(PEOPLE * 10))
    assert answer.status_code == 422
    assert "larger than" in text(answer)
    assert not Import.objects.exists()


def test_nothing_of_an_upload_stays_behind(lina, settings):
    choose(lina, file(PEOPLE))
    assert list((settings.DATA_DIR / "uploads").iterdir()) == []


def test_a_picture_is_told_apart_with_words_of_what_to_bring_instead(lina):
    choose(lina, file(b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "people.png"))
    page = text(lina.get(f"/import/{Import.objects.get().pk}/"))
    assert "There is nothing new in this" in page
    assert "This is a picture" in page
    assert "Bring in" not in page.split("<main", 1)[1].split("</main>")[0]


def test_the_columns_of_an_unknown_table_can_be_corrected_and_are_remembered(lina):
    choose(lina, file(TABLE, "friends.csv"))
    first = Import.objects.get()
    page = text(lina.get(f"/import/{first.pk}/columns/"))
    assert "Mercy Health" in page
    answer = lina.post(
        f"/import/{first.pk}/columns/", {"column-0": "name", "column-1": "place", "column-2": "email"}
    )
    assert answer.status_code == 303
    lina.post(f"/import/{first.pk}/bring/")
    first.refresh_from_db()
    assert (first.state, first.error) == ("done", "")
    assert Contact.objects.get(name="Chen Wei").place == "Mercy Health"
    choose(lina, file(TABLE, "friends-again.csv"))
    assert "Read as you said the last time" in text(
        lina.get(f"/import/{Import.objects.latest('pk').pk}/columns/")
    )


def test_two_columns_cannot_mean_the_same_and_the_choice_is_kept(lina):
    choose(lina, file(TABLE, "friends.csv"))
    answer = lina.post(
        f"/import/{Import.objects.get().pk}/columns/",
        {"column-0": "name", "column-1": "email", "column-2": "email"},
    )
    assert answer.status_code == 422
    page = text(answer)
    assert "is that already" in page
    assert page.count('<option value="email" selected>') == 2


def test_a_table_needs_something_to_know_a_person_by(lina):
    choose(lina, file(TABLE, "friends.csv"))
    answer = lina.post(
        f"/import/{Import.objects.get().pk}/columns/",
        {"column-0": "notes", "column-1": "place", "column-2": ""},
    )
    assert answer.status_code == 422
    assert "which column holds a name" in text(answer)


def exported(owner, now):
    out = StringIO()
    export_notebook(owner, out, now=now)
    return out.getvalue().encode()


def test_an_exported_notebook_goes_into_an_empty_one(client, other_owner, owner, clock):
    add_contact(owner, NewContact(name="Amara Okafor"), now=clock)
    data = exported(owner, clock)
    client.force_login(other_owner)
    answer = client.post("/import/", {"files": [file(data, "askwell.json")]})
    assert answer.status_code == 303
    assert Contact.objects.for_owner(other_owner).get().name == "Amara Okafor"


def test_an_exported_notebook_is_not_mixed_into_a_full_one(lina, owner, clock):
    add_contact(owner, NewContact(name="Amara Okafor"), now=clock)
    answer = choose(lina, file(exported(owner, clock), "askwell.json"))
    assert answer.status_code == 422
    assert "not empty" in text(answer)
    assert Contact.objects.people().count() == 1


def test_a_damaged_notebook_is_refused_whole(lina):
    answer = choose(lina, file(b'{"askwell": 1, "tables": {"people.contact": [', "askwell.json"))
    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_while_the_worker_reads_the_page_shows_how_far_it_is(lina, planned, settings, monkeypatch):
    monkeypatch.setattr("askwell.web.importing.is_at_hand", lambda: True)
    Import.objects.update(state=ImportState.READING)
    folder = settings.DATA_DIR / planned.folder
    folder.joinpath("progress.json").write_text(
        json.dumps({"stage": "matching", "done": 1500, "total": 3000})
    )
    page = text(lina.get(f"/import/{planned.pk}/"))
    assert "Looking who you know already" in page
    assert "1500 / 3000" in page
    assert 'hx-trigger="every 1s"' in page
    assert 'http-equiv="refresh"' in page
    part = lina.get(f"/import/{planned.pk}/", headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="import"')


def test_the_worker_takes_up_what_a_page_left_to_it(lina, planned, clock, monkeypatch):
    from askwell.web.worker import do_imports

    monkeypatch.setattr("askwell.web.importing.is_at_hand", lambda: True)
    lina.post(f"/import/{planned.pk}/bring/")
    planned.refresh_from_db()
    assert planned.state == ImportState.APPLYING
    assert do_imports(clock) == 1
    planned.refresh_from_db()
    assert planned.state == ImportState.DONE


def test_a_second_import_is_told_to_wait(lina, planned, clock):
    from askwell.people.importing.lease import claimed

    choose(lina, file(TABLE, "friends.csv"))
    second = Import.objects.latest("pk")
    with claimed(planned, now=clock):
        page = text(lina.post(f"/import/{second.pk}/bring/", follow=True))
    assert "Another import is at work (Connections.csv)" in page
    assert not Contact.objects.people().exists()


def test_problems_are_listed_with_file_and_line(lina):
    rows = PEOPLE + b"Nobody,,,not-an-address,,,32 Foo 2024\n"
    choose(lina, file(rows))
    batch = Import.objects.get()
    page = text(lina.get(f"/import/{batch.pk}/problems/"))
    assert "Connections.csv, line 4" in page


def test_what_was_brought_before_is_listed(lina, planned):
    lina.post(f"/import/{planned.pk}/bring/")
    page = text(lina.get("/import/"))
    assert "Brought before" in page
    assert "2 new people" in page


def test_the_first_import_leads_to_the_goal(lina, owner, planned, clock):
    finished = text(lina.post(f"/import/{planned.pk}/bring/", follow=True))
    assert re.search(r'button--primary" href="/welcome/"', finished)
    change_seeker(owner, first_run_done_at=clock, now=clock)
    again = text(lina.get(f"/import/{planned.pk}/"))
    assert re.search(r'button--primary" href="/"', again)


LETTERS = b"""From x@mail.example Mon Jan  6 08:00:00 2014
From: Lina <lina@home.example>
To: Amara Okafor <amara@lakeside.example>
Date: Mon, 6 Jan 2014 10:13:00 +0100
Subject: Twenty minutes
Message-ID: <1@home.example>

Would Tuesday suit you?

From x@mail.example Mon Jan  6 08:00:00 2014
From: News <news@quarry.example>
To: Lina <lina@home.example>
Date: Tue, 7 Jan 2014 10:13:00 +0100
Subject: This week
Message-ID: <2@quarry.example>
List-Id: <news.quarry.example>

Hello

"""


def test_an_archive_of_mail_shows_whom_one_wrote_to_and_what_was_left_out(lina):
    choose(lina, file(LETTERS, "Sent.mbox"))
    page = text(lina.get(f"/import/{Import.objects.get().pk}/"))
    assert "An archive of mail" in page
    assert "Amara Okafor" in page
    assert "Taken for your own: lina@home.example" in page
    assert "newsletters and mailing lists" in page


def test_what_passed_by_mail_stands_on_the_persons_page(lina):
    choose(lina, file(LETTERS, "Sent.mbox"))
    lina.post(f"/import/{Import.objects.get().pk}/bring/")
    page = text(lina.get(f"/people/{Contact.objects.people().get().pk}/"))
    assert "Twenty minutes" in page
    assert "Would Tuesday suit you?" not in page


def test_ones_own_address_is_said_where_it_cannot_be_found(lina):
    letters = file(
        LETTERS.partition(b"From x@mail.example Mon Jan  6 08:00:00 2014\nFrom: News")[0], "old.mbox"
    )
    choose(lina, letters)
    assert "It is not clear which address in this mail is yours" in text(
        lina.get(f"/import/{Import.objects.get().pk}/")
    )
    letters.seek(0)
    lina.post("/import/", {"files": [letters], "mail_me": "Lina <lina@home.example>", "mail_text": "on"})
    again = Import.objects.latest("pk")
    assert again.summary["counts"]["new"] == 1
    lina.post(f"/import/{again.pk}/bring/")
    assert "Would Tuesday suit you?" in text(lina.get(f"/people/{Contact.objects.people().get().pk}/"))


def test_what_was_said_of_mail_is_kept_when_the_files_were_wrong(lina):
    answer = lina.post("/import/", {"mail_me": "lina@home.example", "mail_everyone": "on"})
    assert answer.status_code == 422
    assert 'value="lina@home.example"' in text(answer)
    assert 'name="mail_everyone" checked' in text(answer)
