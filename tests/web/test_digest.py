"""One mail a day, to oneself, only if asked for; its links do one thing each, and opening them does nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_string, policy
from threading import Barrier, Thread
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from askwell.mailroom import digests, secrets
from askwell.mailroom.models import Account, Digest, Outgoing
from askwell.mailroom.posting import Held
from askwell.outreach import actions
from askwell.outreach.digest import make_digests
from askwell.outreach.models import Seeker, Snooze, Touch
from askwell.outreach.posts import post
from askwell.people.errors import BadField

PAGE = "/settings/calendar/"


def mailbox(owner, *, now, address="lina@northfield.example"):
    account = Account.objects.create(
        owner=owner,
        address=address,
        name="Lina Haddad",
        login=address,
        smtp_host="mail.example",
        added_at=now,
    )
    secrets.keep(owner, account.handle, "secret")
    return account


@pytest.fixture
def on(scene, now):
    """It is on, at eight in Chicago; now it is nine there, and yesterday's came."""
    account = mailbox(scene.owner, now=now)
    return digests.turn_on(scene.owner, account, hour=8, here=now - timedelta(days=2))


def sent(now):
    """Compose what waits as the sender does."""
    row = Outgoing.objects.get()
    return message_from_string(post().going(row, now=now).data, policy=policy.default)


def links(text, word):
    return [urlsplit(found).path for found in re.findall(rf"{word} (http\S+)", text)]


def test_it_tells_of_today_in_its_order_in_plain_text(on, now):
    assert make_digests(now=now) == 1
    mail = sent(now)
    assert mail["To"] == mail["From"] == "Lina Haddad <lina@northfield.example>"
    assert mail["Subject"] == "6 things for today"
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content()
    order = [
        "OWED",
        "Thank Amara Okafor",
        "Keep your promise to Luis Marín",
        "TODAY",
        "Follow up with Priya Nair",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_it_says_of_itself_what_machines_must_know(on, now):
    make_digests(now=now)
    mail = sent(now)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<http://127.0.0.1:8765/digest/off/{on.token}/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_a_day_however_often_it_is_asked(on, now):
    assert [make_digests(now=now + timedelta(hours=hour)) for hour in range(9)] == [1] + [0] * 8
    assert make_digests(now=now + timedelta(days=1)) == 1


def test_before_its_hour_it_does_not_come(on, now):
    early = now.replace(hour=13, minute=59)  # 7:59 in Chicago
    assert make_digests(now=early) == 0
    assert make_digests(now=early + timedelta(minutes=1)) == 1


def test_turned_on_after_its_hour_the_first_comes_tomorrow(scene, now):
    account = mailbox(scene.owner, now=now)
    digests.turn_on(scene.owner, account, hour=8, here=now.astimezone(ZoneInfo("America/Chicago")))
    assert make_digests(now=now) == 0
    assert make_digests(now=now + timedelta(days=1)) == 1


def test_chosen_anew_on_the_same_day_it_does_not_come_twice(on, now):
    make_digests(now=now)
    digests.turn_on(on.owner, on.account, hour=20, here=now)
    assert make_digests(now=now + timedelta(hours=13)) == 0


def days_of(digest, *, hour, first, last, zone):
    """The local moments a mail was made at, looked for every quarter of an hour."""
    Seeker.objects.filter(owner=digest.owner).update(zone=zone)
    Digest.objects.filter(pk=digest.pk).update(hour=hour, last_on=None)
    Outgoing.objects.all().delete()
    found, at = [], first
    while at < last:
        if make_digests(now=at):
            found.append(at)
        at += timedelta(minutes=15)
    return found


def test_an_hour_left_out_in_spring_is_made_up_for_by_the_next(on):
    spring = datetime(2027, 3, 28, tzinfo=UTC)  # in Berlin 2:00 becomes 3:00, at 1:00 UTC
    Digest.objects.filter(pk=on.pk).update(last_on=date(2027, 3, 27))
    found = days_of(on, hour=2, first=spring, last=spring + timedelta(hours=30), zone="Europe/Berlin")
    assert found == [spring + timedelta(hours=1), spring + timedelta(days=1)]


def test_an_hour_that_comes_twice_in_autumn_brings_one_mail(on):
    autumn = datetime(2027, 10, 31, tzinfo=UTC)  # in Berlin 3:00 becomes 2:00, at 1:00 UTC
    found = days_of(on, hour=2, first=autumn, last=autumn + timedelta(hours=20), zone="Europe/Berlin")
    assert found == [autumn]


def test_a_flight_to_the_west_brings_no_second_mail(on, now):
    make_digests(now=now)
    Seeker.objects.filter(owner=on.owner).update(zone="Pacific/Honolulu")
    assert make_digests(now=now + timedelta(hours=9)) == 0


def test_where_nothing_is_to_be_done_no_mail_comes_on_that_day(other_owner, now):
    account = mailbox(other_owner, now=now)
    digests.turn_on(other_owner, account, hour=0, here=now - timedelta(days=2))
    assert make_digests(now=now) == 0
    assert not Outgoing.objects.exists()


def test_what_is_off_paused_or_of_somebody_gone_is_not_made(on, now):
    Account.objects.update(paused_at=now)
    assert make_digests(now=now) == 0
    Account.objects.update(paused_at=None)
    digests.turn_off(on.owner)
    assert make_digests(now=now) == 0


def test_what_could_not_go_on_its_day_is_held_back(on, now):
    make_digests(now=now)
    row = Outgoing.objects.get()
    with pytest.raises(Held, match="late"):
        post().going(row, now=now + timedelta(days=1))
    digests.turn_off(on.owner)
    with pytest.raises(Held, match="off"):
        post().going(row, now=now)


def test_a_notebook_that_cannot_be_told_of_keeps_no_others_mail_back(on, other_owner, now, monkeypatch):
    from askwell.outreach import digest

    account = mailbox(other_owner, now=now)
    Digest.objects.all().delete()
    for owner, by in ((other_owner, account), (on.owner, on.account)):  # the one that fails comes first
        digests.turn_on(owner, by, hour=0, here=now - timedelta(days=2))
    told = digest.letter_of

    def stumbling(one, **at):
        if one.owner_id == other_owner.pk:
            raise ZeroDivisionError
        return told(one, **at)

    monkeypatch.setattr(digest, "letter_of", stumbling)
    assert make_digests(now=now) == 1
    assert Outgoing.objects.get().owner == on.owner


def test_in_a_confidential_search_it_gives_first_names_and_its_subject_nothing(on, scene, now):
    actions.change_seeker(scene.owner, confidential=True, employer="Northgate Logistics", now=now)
    make_digests(now=now)
    mail = sent(now)
    assert mail["Subject"] == "For today"
    text = mail.get_content()
    assert "Thank Amara for the talk" in text
    assert not re.search(r"Okafor|Marín|Nair|Askwell|Lakeside", re.sub(r"http\S+", "", text))


def test_it_is_written_in_the_language_it_was_asked_for_in(on, now):
    Digest.objects.update(language="de")
    make_digests(now=now)
    assert "für das Gespräch danken" in sent(now).get_content()


def test_opening_a_link_shows_a_button_and_pressing_it_does_the_one_thing(client, on, scene, now):
    make_digests(now=now)
    path = links(sent(now).get_content(), "Done:")[0]
    for _scanner in range(3):
        shown = client.get(path)
        assert shown.status_code == 200
        assert b"Thank Amara Okafor for the talk" in shown.content
        assert b"Mark it done" in shown.content
    scene.held.refresh_from_db()
    assert scene.held.thanked_at is None
    assert b"Done" in client.post(path).content
    scene.held.refresh_from_db()
    assert scene.held.thanked_at == now
    thanks = Touch.objects.filter(contact=scene.amara, kind="thanks").count()
    assert b"done already" in client.post(path).content
    assert Touch.objects.filter(contact=scene.amara, kind="thanks").count() == thanks == 1
    assert client.get("/").status_code == 403  # it lets in to nothing else


def test_a_link_puts_off_until_the_morning(client, on, now):
    make_digests(now=now)
    path = links(sent(now).get_content(), "Tomorrow:")[0]
    assert b"Put it off until tomorrow" in client.get(path).content
    assert not Snooze.objects.exists()
    client.post(path)
    assert Snooze.objects.get().until == datetime(2026, 11, 24, 12, tzinfo=UTC)  # 6:00 in Chicago


def test_a_link_ends_and_none_can_be_made_up(client, on, now, settings):
    make_digests(now=now)
    path = links(sent(now).get_content(), "Done:")[0]
    settings.NOW = (now + timedelta(days=3, minutes=1)).isoformat()
    assert client.post(path).status_code == 410
    settings.NOW = now.isoformat()
    changed = path.replace("/digest/do/", "/digest/do/A")
    assert client.post(changed).status_code == 404
    on.owner.is_active = False
    on.owner.save()
    assert client.get(path).status_code == 404


def test_one_click_of_the_mail_program_turns_it_off_without_a_session(client, on, now):
    path = f"/digest/off/{on.token}/"
    strict = Client(enforce_csrf_checks=True)
    shown = strict.get(path)
    assert b"Turn it off" in shown.content
    on.refresh_from_db()
    assert on.on_since is not None  # looking at it does nothing
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    on.refresh_from_db()
    assert on.on_since is None
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post("/digest/off/nobodys/").status_code == 404


def test_the_page_turns_it_on_and_off(lina, scene, now):
    assert "Connect your mailbox first" in lina.get(PAGE).content.decode()
    account = mailbox(scene.owner, now=now)
    lina.post("/settings/digest/on/", {"hour": "7", "account": account.pk})
    found = digests.digest_of(scene.owner)
    assert (found.hour, found.account, found.last_on) == (7, account, date(2026, 11, 23))
    assert "It comes to lina@northfield.example." in lina.get(PAGE).content.decode()
    refused = lina.post("/settings/digest/on/", {"hour": "24", "account": account.pk})
    assert refused.status_code == 422
    lina.post("/settings/digest/off/")
    assert digests.digest_of(scene.owner).on_since is None
    assert lina.post("/settings/digest/maybe/").status_code == 404


def test_nobody_sends_by_anothers_mailbox(client, scene, other_owner, now, clock):
    theirs = mailbox(scene.owner, now=now)
    client.force_login(other_owner)
    mine = mailbox(other_owner, now=now, address="b@post.example")
    assert client.post("/settings/digest/on/", {"hour": "7", "account": theirs.pk}).status_code == 422
    with pytest.raises(BadField):
        digests.turn_on(other_owner, theirs, hour=7, here=now)
    with pytest.raises(BadField):
        digests.turn_on(other_owner, mine, hour=24, here=now)
    assert digests.digest_of(other_owner) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_makes_it(other_owner, now):
    account = mailbox(other_owner, now=now)
    actions.set_goal(other_owner, text="Analyst in a hospital", now=now - timedelta(days=200))
    digests.turn_on(other_owner, account, hour=0, here=now - timedelta(days=2))
    together, made = Barrier(4), []

    def work():
        try:
            together.wait()
            made.append(make_digests(now=now))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(made) == [0, 0, 0, 1]
    assert Outgoing.objects.count() == 1
