"""Circles in the browser: made, joined, files exchanged, somebody asked, left."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from askwell.formats.circle_file import CircleFile, mail_token, write
from askwell.outreach import actions, queries
from askwell.outreach.circles import keys_to, own_file, secret_in_words
from askwell.outreach.models import Circle, CircleMember, Draft
from askwell.people.actions import NewContact, add_contact


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


@pytest.fixture
def circle(owner, now):
    return actions.make_circle(owner, name="Choir", own_name="Lina", now=now)


def bens_file(circle, *addresses, now, level=3):
    """The file of Ben, who knows whoever has these addresses."""
    keys = keys_to(circle)
    entries = {mail_token(keys, address): level for address in addresses}
    file = CircleFile(
        circle=circle.key, member="0123456789abcdef", name="Ben", made=now.date(), entries=entries
    )
    return write(file, keys, filling=b"ben's own")


def sent_in(lina, circle, data):
    return lina.post(f"/people/circles/{circle.pk}/", {"file": SimpleUploadedFile("ben.json", data)})


@pytest.fixture
def ana(owner, now):
    return add_contact(owner, NewContact(name="Ana Ruiz", emails=["ana@mercy.example"]), now=now)


@pytest.fixture
def with_ben(owner, circle, ana, now):
    """The circle with Ben's file in it; Ana is known to both."""
    return actions.bring_in(owner, bens_file(circle, "ana@mercy.example", now=now), now=now)


def test_without_a_circle_the_page_says_how_to_begin(lina):
    answer = lina.get("/people/circles/")
    assert b"You are in no circle yet" in answer.content


def test_a_circle_is_made_and_its_secret_shown(lina, owner):
    answer = lina.post("/people/circles/", {"act": "make", "make-name": "Choir", "make-own_name": "Lina"})
    row = Circle.objects.get()
    assert answer.status_code == 303
    assert answer.url == f"/people/circles/{row.pk}/"
    assert secret_in_words(row).encode() in lina.get(answer.url).content


def test_a_secret_mistyped_is_said_at_its_field_and_the_rest_kept(lina, other_owner, now):
    theirs = actions.make_circle(other_owner, name="Choir", own_name="Ben", now=now)
    secret = secret_in_words(theirs)
    wrong = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    typed = {"act": "join", "join-secret": wrong, "join-name": "Choir", "join-own_name": "Lina"}
    answer = lina.post("/people/circles/", typed)
    assert answer.status_code == 422
    assert b"A letter or figure of it is wrong" in answer.content
    assert b'value="Lina"' in answer.content
    answer = lina.post("/people/circles/", typed | {"join-secret": secret.upper()})
    assert answer.status_code == 303
    assert Circle.objects.filter(key=theirs.key).count() == 2


def test_a_file_brought_in_shows_whom_both_know_and_can_be_taken_back(lina, circle, ana, now):
    answer = sent_in(lina, circle, bens_file(circle, "ana@mercy.example", now=now))
    shown = lina.get(answer.url).content.decode()
    assert "Ana Ruiz" in shown
    assert "Ben knows them well." in shown
    assert "Undo" in shown


def test_a_file_of_another_circle_is_refused_in_plain_words(lina, circle, other_owner, now):
    theirs = actions.make_circle(other_owner, name="Choir", own_name="Ben", now=now)
    answer = sent_in(lina, circle, own_file(theirs, now=now).data)
    assert answer.status_code == 422
    assert b"of a circle you are not in" in answer.content
    assert not CircleMember.objects.exists()


def test_ones_own_file_comes_as_a_download(lina, circle):
    answer = lina.get(f"/people/circles/{circle.pk}/file/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "choir-lina-2026-11-23.json" in answer["Content-Disposition"]
    assert answer.content.startswith(b'{"askwell_circle":1')


def test_on_their_page_one_sees_whom_to_ask_and_the_letter_is_begun(lina, owner, ana, with_ben, now):
    shown = lina.get(f"/people/{ana.pk}/").content.decode()
    assert "In a circle of yours" in shown
    assert "Say who Ben is" in shown
    ben = add_contact(owner, NewContact(name="Ben Okoro", emails=["ben@post.example"]), now=now)
    assert lina.post(f"/people/circles/members/{with_ben.pk}/", {"who": "Okoro"}).status_code == 303
    assert "Ask Ben Okoro" in lina.get(f"/people/{ana.pk}/").content.decode()
    answer = lina.post(f"/people/circles/members/{with_ben.pk}/ask/", {"about": ana.pk})
    draft = Draft.objects.get(contact=ben)
    assert answer.url == f"/letters/{draft.pk}/"
    assert draft.mode == "intro_request"
    assert "Ana Ruiz" in draft.body
    again = lina.post(f"/people/circles/members/{with_ben.pk}/ask/", {"about": ana.pk})
    assert again.url == answer.url


def test_nobody_is_asked_about_another_notebooks_people(lina, with_ben, other_owner, now):
    theirs = add_contact(other_owner, NewContact(name="Zoe"), now=now)
    for about in (theirs.pk, "", "x"):
        answer = lina.post(f"/people/circles/members/{with_ben.pk}/ask/", {"about": about})
        assert answer.status_code == 404


def test_a_member_nobody_knows_by_that_name_keeps_what_was_typed(lina, with_ben):
    answer = lina.post(f"/people/circles/members/{with_ben.pk}/", {"who": "Nobody Such"})
    assert answer.status_code == 422
    assert b"Nobody Such" in answer.content


def test_a_person_is_kept_out_and_let_in(lina, circle, ana):
    assert b"Keep out of files of circles" in lina.get(f"/people/{ana.pk}/").content
    lina.post(f"/people/{ana.pk}/circles/", {"out": "yes"})
    assert queries.in_circles(ana).kept_out
    assert b"Let into files of circles again" in lina.get(f"/people/{ana.pk}/").content
    lina.post(f"/people/{ana.pk}/circles/", {"out": "no"})
    assert not queries.in_circles(ana).kept_out


def test_leaving_is_asked_first_and_then_done_without_a_way_back(lina, circle, with_ben):
    assert b"cannot be taken back" in lina.get(f"/people/circles/{circle.pk}/leave/").content
    assert Circle.objects.exists()
    answer = lina.post(f"/people/circles/{circle.pk}/leave/", follow=True)
    assert not Circle.objects.exists()
    assert b"You left." in answer.content
    assert b"Undo" not in answer.content.split(b"You left.")[1][:400]
