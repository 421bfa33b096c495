"""Lina connects her calendar on a page, offers hours free in it, and answers what is asked of a talk in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.servers.published import SECRET as ADDRESS
from tests.servers.published import meeting

from askwell.formats.calendar_entries import changed_entry, read_entry
from askwell.gateways.caldav import Diary
from askwell.gateways.dav_collections import CALENDARS
from askwell.gateways.webdav import DavLogin, WebDav
from askwell.mailroom.models import CalendarAccount, CalendarEntry, Secret, ServerCalendar
from askwell.outreach import free_times
from askwell.rules.facts import TalkState

SECRET = "plum tree 7"


@pytest.fixture
def calendars_of_lina(dav, monkeypatch):
    """Two calendars on a server; nothing is in them."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    user = f"web{len(dav.users)}"
    dav.add_user(user, SECRET)
    with WebDav(DavLogin(user=user, secret=SECRET)) as server:
        for name in ("work", "dance"):
            server.make_collection(f"{dav.url}/{user}/{name}/", kind="c:calendar", name=name.title())
        yield server


@pytest.fixture
def connect(lina, dav, calendars_of_lina):
    def connect(**more):
        typed = {"where": dav.url, "user": calendars_of_lina.login.user, "secret": SECRET} | more
        return lina.post(reverse("calendars"), typed, follow=True)

    return connect


@pytest.fixture
def chosen(scene, lina, connect):
    """Connected, with talks going into Work."""
    connect()
    rows = {row.name: row.pk for row in ServerCalendar.objects.all()}
    where = reverse("calendar_account", args=[CalendarAccount.objects.get().pk])
    answer = lina.post(where, {"counts": list(rows.values()), "writes": rows["Work"]}, follow=True)
    assert "Kept." in answer.text
    return CalendarAccount.objects.get()


def do(lina, account, act):
    return lina.post(reverse("calendar_account_do", args=[account.pk, act]), follow=True)


def busy_all_day(server, url, days):
    """Fill whole days of a calendar."""
    for number, day in enumerate(days):
        lines = [f"UID:day-{number}", "DTSTAMP:20261101T000000Z", f"DTSTART;VALUE=DATE:{day:%Y%m%d}"]
        file = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:x",
            "BEGIN:VEVENT",
            *lines,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
        server.put(f"{url}day-{number}.ics", "\r\n".join(file).encode(), kind=CALENDARS.content_type)


def test_a_wrong_password_is_said_and_what_was_typed_is_kept_but_for_it(scene, connect, dav):
    answer = connect(secret="wrong")
    assert answer.status_code == 422
    assert "did not take the name and password" in answer.text
    assert f'value="{dav.url}"' in answer.text
    assert "wrong" not in answer.text.replace("wrong.", "")
    assert not CalendarAccount.objects.exists()


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("http://calendar.example/", "asked without encryption"),
        ("http://127.0.0.1:9/", "does not answer"),
    ],
)
def test_what_is_no_calendar_is_told_in_plain_words(scene, connect, where, said):
    assert said in connect(where=where).text


def test_connected_chosen_and_let_go_the_password_is_gone(scene, lina, chosen):
    assert SECRET not in Secret.objects.get().sealed
    assert "Let go" in do(lina, chosen, "forget").text
    assert not Secret.objects.exists()
    assert not CalendarEntry.objects.exists()


def test_talks_go_only_where_one_may_write(scene, lina, chosen):
    where = reverse("calendar_account", args=[chosen.pk])
    ServerCalendar.objects.filter(name="Dance").update(read_only=True)
    dance = ServerCalendar.objects.get(name="Dance").pk
    assert lina.post(where, {"counts": [], "writes": dance}).status_code == 422
    assert lina.post(where, {"counts": ["x"], "writes": "none"}).status_code == 422


def test_hours_are_offered_that_are_free_in_the_calendar(scene, lina, chosen, calendars_of_lina, now):
    before = free_times.free_times(scene.silent.contact, now=now)
    assert "was not read yet" in before.warning
    days = [window.start.date() for window in before.proposal.windows]
    url = ServerCalendar.objects.get(name="Dance").url
    busy_all_day(calendars_of_lina, url, days)
    page = reverse("schedule", args=[scene.silent.pk])
    theirs = {"at": f"{days[0]}T10:00"}
    assert "something else at that hour" not in lina.get(page, theirs).text
    assert "these times leave it out" in lina.get(page).text
    lina.post(reverse("outreach_times", args=[scene.silent.pk]))
    after = free_times.free_times(scene.silent.contact, now=now)
    assert (after.warning, len(after.proposal.windows)) == ("", len(days))
    assert not set(days) & {window.start.date() for window in after.proposal.windows}
    assert "Free in your calendar, read" in lina.get(page).text
    assert "something else at that hour" in lina.get(page, theirs).text
    late = free_times.free_times(scene.silent.contact, now=now + timedelta(hours=2))
    assert "was last read" in late.warning


def test_a_calendar_that_does_not_answer_is_said_and_hours_are_offered_all_the_same(scene, lina, chosen, dav):
    CalendarAccount.objects.update(user="nobody")
    path = reverse("outreach_times", args=[scene.silent.pk])
    part = lina.post(path, headers={"HX-Request": "true"}).text
    assert "did not take the name and password" in part
    assert "did not answer: these times leave it out" in part
    assert 'id="offers"' in part


def test_moved_in_the_calendar_today_says_so_and_deleted_it_asks(scene, lina, chosen, calendars_of_lina):
    do(lina, chosen, "look")
    entry = CalendarEntry.objects.get()
    shelf = Diary(calendars_of_lina, entry.calendar.url)
    (member,) = shelf.fetch([entry.path])
    was = scene.booked.starts_at
    there = read_entry(member.data, entry.uid)
    moved = replace(there, starts=was + timedelta(hours=3))
    shelf.put(entry.path, changed_entry(member.data, there, moved, now=was), etag=member.etag)
    assert "what moved there stands on Today" in do(lina, chosen, "look").text
    scene.booked.refresh_from_db()
    assert scene.booked.starts_at == moved.starts
    assert "Moved in your calendar" in lina.get("/").text
    talk = reverse("talk", args=[scene.booked.pk])
    assert "Moved in your calendar" in lina.get(talk).text
    answer = reverse("calendar_answer", args=[entry.pk])
    lina.post(answer, {"answer": "seen"})
    assert "Moved in your calendar" not in lina.get("/").text
    (member,) = shelf.fetch([entry.path])
    shelf.delete(entry.path, etag=member.etag)
    do(lina, chosen, "look")
    assert "Is the talk off?" in lina.get("/").text
    assert "settled already" in lina.post(answer, {"answer": "here"}, follow=True).text
    there = lina.post(answer, {"answer": "off", "next": talk}, follow=True)
    assert "Called off" in there.text
    scene.booked.refresh_from_db()
    assert scene.booked.state == TalkState.CANCELLED


def test_a_copy_of_the_notebook_rests_until_told_to_go_on(scene, lina, chosen, now):
    from askwell.mailroom.restoring import stand_still

    stand_still(now=now)
    page = reverse("calendar_account", args=[chosen.pk])
    assert "This notebook is a copy" in lina.get(page).text
    assert "It is paused" in do(lina, chosen, "look").text
    do(lina, chosen, "resume")
    assert "Paused" not in lina.get(page).text


@pytest.fixture
def paste(lina, monkeypatch):
    """Lina pastes a secret address."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    return lambda url: lina.post(reverse("calendars"), {"where": url}, follow=True)


def test_a_secret_address_alone_is_enough_and_hours_offered_are_free_in_it(
    scene, lina, paste, published, now
):
    asked = free_times.free_times(scene.silent.contact, now=now)
    days = [f"{window.start:%Y%m%d}" for window in asked.proposal.windows]
    url = published.publish(*(meeting(day, 0, minutes=1440) for day in days), name="jane@home.example")
    pasted = paste(url)
    assert "Connected. Now choose." in pasted.text
    account = CalendarAccount.objects.get()
    assert (account.where, account.user) == (published.url.replace("http:", "https:"), "jane@home.example")
    assert 'name="writes"' not in pasted.text
    assert "Look now" in do(lina, account, "look").text
    account.refresh_from_db()
    assert account.look_at - now == timedelta(minutes=30)  # it is fetched whole
    after = free_times.free_times(scene.silent.contact, now=now)
    assert (after.warning, len(after.proposal.windows)) == ("", len(days))
    assert not set(days) & {f"{window.start:%Y%m%d}" for window in after.proposal.windows}
    assert not CalendarEntry.objects.exists()


def test_a_secret_address_is_on_no_page_and_lies_nowhere_to_be_read(scene, lina, paste, published):
    paste(published.publish())
    account = CalendarAccount.objects.get()
    pages = [lina.get(reverse("calendars")), lina.get(reverse("calendar_account", args=[account.pk]))]
    kept = [*CalendarAccount.objects.values(), *ServerCalendar.objects.values(), *Secret.objects.values()]
    assert ADDRESS not in "".join([page.text for page in pages] + [repr(row) for row in kept])
    assert ADDRESS not in paste(f"{published.url}/{ADDRESS}/gone.ics").text
    assert "its address is deleted" in do(lina, account, "forget").text
    assert not Secret.objects.exists()


def test_what_is_under_a_secret_address_is_told_in_plain_words(scene, paste, published):
    assert "answers, but not with a calendar" in paste(published.put(b"<html>", "basic.ics")).text
    assert "knows no calendar under this secret address" in paste(f"{published.url}/gone.ics").text
    assert not CalendarAccount.objects.exists()


def test_a_secret_address_taken_back_is_said_and_the_new_one_takes_its_place(
    scene, lina, paste, published, now
):
    paste(published.publish())
    (published.folder / ADDRESS / "basic.ics").unlink()
    account = CalendarAccount.objects.get()
    assert "made anew, or taken back" in do(lina, account, "look").text
    there = lina.get(reverse("calendar_account", args=[account.pk])).text
    assert "made anew, or taken back" in there
    assert "Connect it again" in there
    Secret.objects.all().delete()  # as in a copy of the notebook
    do(lina, account, "resume")
    assert "made anew, or taken back" in do(lina, account, "look").text
    paste(published.publish())
    account.refresh_from_db()
    assert (CalendarAccount.objects.count(), account.trouble) == (1, {})


def test_two_calendars_of_one_name_on_one_site_stay_two(scene, paste, published):
    for file in ("one.ics", "two.ics", "three.ics", "two.ics"):
        paste(published.publish(name="Calendar", file=file))
    names = CalendarAccount.objects.order_by("pk").values_list("user", flat=True)
    assert list(names) == ["Calendar", "Calendar 2", "Calendar 3"]


def test_what_does_not_count_is_not_asked_for(scene, lina, paste, published):
    paste(published.publish())
    account = CalendarAccount.objects.get()
    page = reverse("calendar_account", args=[account.pk])
    assert "Kept." in lina.post(page, {"counts": []}, follow=True).text
    before = len(published.asked)
    assert "Looked into" in do(lina, account, "look").text
    assert len(published.asked) == before
