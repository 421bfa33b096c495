"""Settings: the seeker's own side, the numbers, confidential search, everything out and back in."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from askwell.outreach import actions
from askwell.outreach.postal import sender_lines
from askwell.outreach.queries import seeker_of
from askwell.people.actions import NewContact, add_contact, edit_organization
from askwell.people.models import Contact, Organization

YOU = {
    "zone": "Europe/Madrid", "country": "ES", "weekly_minutes": "90", "who_line": "I am a nurse",
    "signature": "Lina", "story": "", "offer": "Spanish lessons", "resume_on": "2026-10-01", "cards_left": "",
}  # fmt: skip


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_what_is_said_of_oneself_is_kept_and_can_be_undone(lina, owner):
    page = text(lina.post("/settings/", YOU, follow=True))
    seeker = seeker_of(owner)
    assert (seeker.zone, seeker.country, seeker.weekly_minutes) == ("Europe/Madrid", "ES", 90)
    assert seeker.resume_updated_at.date().isoformat() == "2026-10-01"
    assert seeker.cards_left is None
    assert "Undo" in page


def test_the_name_letters_end_with_is_said_among_the_rest_and_is_one_step_back(lina, owner):
    lina.post("/settings/", {**YOU, "name": "Lina Haddad"})
    assert Contact.objects.get(is_self=True).name == "Lina Haddad"
    assert 'value="Lina Haddad"' in text(lina.get("/settings/"))
    actions.undo_last(owner, now=seeker_of(owner).resume_updated_at)
    assert not Contact.objects.filter(is_self=True).exists()
    assert seeker_of(owner).who_line == ""


def test_ones_own_postal_address_is_kept_and_asks_for_a_name(lina, owner):
    post = {"post": "Lake Street 5\nChicago, IL 60610"}
    refused = lina.post("/settings/", {**YOU, **post})
    assert refused.status_code == 422
    assert "Lake Street 5" in refused.content.decode()
    lina.post("/settings/", {**YOU, **post, "name": "Lina Haddad"})
    assert sender_lines(owner) == ("Lina Haddad", "Lake Street 5", "Chicago, IL 60610")
    lina.post("/settings/", {**YOU, "post": ""})
    assert sender_lines(owner) == ("Lina Haddad",)


def test_the_same_day_leaves_the_hour_of_the_resume(lina, owner, clock):
    at = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    actions.change_seeker(owner, now=clock, resume_updated_at=at, zone="Europe/Madrid")
    lina.post("/settings/", YOU)
    assert seeker_of(owner).resume_updated_at == at


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("zone", "Mars/Olympus", "no time zone we know"),
        ("weekly_minutes", "many", "whole number"),
        ("resume_on", "2027-01-01", "has not come yet"),
    ],
)
def test_what_does_not_fit_is_said_and_kept_as_typed(lina, owner, field, value, words):
    answer = lina.post("/settings/", {**YOU, field: value})
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Spanish lessons" in text(answer)
    assert seeker_of(owner).who_line == ""


def test_other_advice_starts_with_its_own_numbers(lina, owner, clock):
    actions.change_seeker(owner, now=clock, overrides={"thank_hours": 12})
    lina.post("/settings/numbers/", {"preset": "kelley"})
    seeker = seeker_of(owner)
    assert (seeker.preset, seeker.overrides) == ("kelley", {})


def test_a_number_of_ones_own_is_marked_and_goes_back_when_emptied(lina, owner):
    lina.post("/settings/numbers/", {"thank_hours": "12"})
    assert seeker_of(owner).overrides == {"thank_hours": 12}
    page = text(lina.get("/settings/numbers/"))
    assert "yours" in page
    assert "usually 24" in page
    lina.post("/settings/numbers/", {"thank_hours": ""})
    assert seeker_of(owner).overrides == {}


def test_numbers_that_contradict_each_other_are_refused(lina, owner):
    answer = lina.post("/settings/numbers/", {"minutes_asked": "90"})
    assert answer.status_code == 422
    assert "does not fit" in text(answer)
    assert 'value="90"' in text(answer)
    assert seeker_of(owner).overrides == {}


def test_numbers_not_on_the_page_stay(lina, owner, clock):
    actions.change_seeker(owner, now=clock, overrides={"lapsing_days": 300})
    lina.post("/settings/numbers/", {"thank_hours": "12"})
    assert seeker_of(owner).overrides == {"lapsing_days": 300, "thank_hours": 12}


def test_confidential_search_shows_whom_it_keeps_out_and_warns(lina, owner, clock):
    add_contact(owner, NewContact(name="Luis Marín", organization="Lakeside Hospital"), now=clock)
    add_contact(owner, NewContact(name="Amara Okafor", organization="Lakeside Lab"), now=clock)
    hospital = Organization.objects.get(name="Lakeside Hospital")
    lab = Organization.objects.get(name="Lakeside Lab")
    edit_organization(lab, now=clock, parent=hospital, domains=["lab.example"])
    page = text(
        lina.post(
            "/settings/confidential/", {"confidential": "on", "employer": "Lakeside Hospital"}, follow=True
        )
    )
    assert seeker_of(owner).confidential
    assert "Nobody can promise secrecy" in page
    assert "Lakeside Lab" in page
    assert "lab.example" in page
    assert "2 people you know work there" in page


def test_confidential_search_needs_the_employers_name(lina, owner):
    answer = lina.post("/settings/confidential/", {"confidential": "on", "employer": " "})
    assert answer.status_code == 422
    assert "Name your employer" in text(answer)
    assert not seeker_of(owner).confidential


def body(response):
    return b"".join(response.streaming_content)


def test_the_whole_notebook_is_one_json_file(lina, owner, clock):
    add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    answer = lina.get("/settings/data/export/notebook/")
    assert answer["Content-Disposition"] == 'attachment; filename="askwell-2026-11-23.json"'
    data = json.loads(body(answer))
    assert data["tables"]["people.contact"][0]["name"] == "Luis Marín"


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("vcard4", b"BEGIN:VCARD\r\nVERSION:4.0"),
        ("vcard3", b"BEGIN:VCARD\r\nVERSION:3.0"),
        ("calendar", b"BEGIN:VCALENDAR"),
    ],
)
def test_people_and_days_leave_in_open_formats(lina, owner, clock, kind, start):
    add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    assert body(lina.get(f"/settings/data/export/{kind}/")).startswith(start)


def test_people_leave_as_a_table(lina, owner, clock):
    add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    assert "Luis" in body(lina.get("/settings/data/export/csv/")).decode()


def test_an_export_holds_nobody_elses_people(client, owner, other_owner, clock):
    add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    client.force_login(other_owner)
    for kind in ("notebook", "vcard4", "csv"):
        assert "Luis" not in body(client.get(f"/settings/data/export/{kind}/")).decode()


def test_there_is_no_other_kind_of_export(lina):
    assert lina.get("/settings/data/export/pdf/").status_code == 404


def test_nothing_of_an_export_stays_behind(lina, settings):
    answer = lina.get("/settings/data/export/notebook/")
    body(answer)
    answer.close()
    assert not list((settings.DATA_DIR / "uploads").glob("*.download"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is copied by its own tools")
def test_a_backup_comes_back_and_what_was_there_is_kept(client, clock, settings):
    from askwell.people.owners import local_owner

    owner = local_owner()
    client.force_login(owner)
    add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    copy = body(client.get("/settings/data/backup/"))
    assert copy.startswith(b"SQLite format 3")
    add_contact(owner, NewContact(name="Amara Okafor"), now=clock)
    answer = client.post(
        "/settings/data/restore/", {"backup": SimpleUploadedFile("b.sqlite3", copy), "sure": "yes"}
    )
    assert answer.status_code == 303
    assert list(Contact.objects.people().values_list("name", flat=True)) == ["Luis Marín"]
    assert "Put back" in text(client.get("/"))
    assert list((settings.DATA_DIR / "backups").glob("askwell-before-restore-*.sqlite3"))


def test_a_file_that_is_no_backup_changes_nothing(lina, owner, clock):
    add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    answer = lina.post(
        "/settings/data/restore/", {"backup": SimpleUploadedFile("b.txt", b"hello"), "sure": "yes"}
    )
    assert answer.status_code == 422
    assert "Nothing was changed" in text(answer)
    assert Contact.objects.people().count() == 1


def test_a_backup_is_put_back_only_when_one_is_sure(lina):
    answer = lina.post("/settings/data/restore/", {"backup": SimpleUploadedFile("b", b"x")})
    assert answer.status_code == 422
    assert "Tick that" in text(answer)


def test_where_many_have_notebooks_nobody_copies_the_database(lina, settings):
    settings.LOCAL = False
    assert lina.get("/settings/data/backup/", secure=True).status_code == 404
    assert "Put a backup back" not in text(lina.get("/settings/data/", secure=True))


def test_an_organization_that_is_a_part_of_nothing_any_more(lina, owner, clock):
    add_contact(owner, NewContact(name="Luis Marín", organization="Lakeside Hospital"), now=clock)
    add_contact(owner, NewContact(name="Amara Okafor", organization="Lakeside Lab"), now=clock)
    lab = Organization.objects.get(name="Lakeside Lab")
    lina.post(f"/organizations/{lab.pk}/", {"name": "Lakeside Lab", "parent": "Lakeside Hospital"})
    lab.refresh_from_db()
    assert lab.parent.name == "Lakeside Hospital"
    lina.post(f"/organizations/{lab.pk}/", {"name": "Lakeside Lab", "parent": ""})
    lab.refresh_from_db()
    assert lab.parent is None


def test_numbers_name_the_guide_they_come_from(lina):
    page = text(lina.get("/settings/numbers/"))
    assert ">Kelley</abbr>" in page
    assert ">S1</abbr>" not in page
