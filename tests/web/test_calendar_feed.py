"""The calendar under a secret address: who has the address reads it, and nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from askwell.mailroom import address, feeds
from askwell.mailroom.models import CalendarFeed
from askwell.outreach import actions
from askwell.web.views import calendar_feed

HERE = "/settings/calendar/"


@pytest.fixture(autouse=True)
def unhurried():
    """No test is slowed by what another asked."""
    calendar_feed.PACE._seen.clear()


@pytest.fixture
def path(scene, now):
    feed = feeds.make_feed(scene.owner, now=now)
    return f"/feed/{feeds.address_of(feed)}.ics"


def events(response):
    return {str(e["summary"]): e for e in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def test_a_program_without_a_session_reads_talks_and_steps(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    found = events(answer)
    talk = found["Conversation with Jonas Weber"]
    assert talk["dtstart"].params["TZID"] == "Europe/Berlin"
    assert talk.walk("VALARM")[0]["trigger"].dt == timedelta(minutes=-30)
    assert found["Thank Amara Okafor for the talk"].walk("VALARM")[0]["trigger"].dt == timedelta(hours=9)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content


def test_a_wrong_ended_or_renewed_address_is_not_there(client, path, scene, now):
    assert client.get("/feed/nobody.ics").status_code == 404
    assert client.get(path.replace(".ics", "x.ics")).status_code == 404
    bare = CalendarFeed.objects.get().token
    assert client.get(f"/feed/{bare}.ics").status_code == 404  # what the database holds is no address
    feeds.renew_feed(scene.owner, now=now)
    assert client.get(path).status_code == 404
    fresh = f"/feed/{feeds.address_of(feeds.feed_of(scene.owner))}.ics"
    assert client.get(fresh).status_code == 200
    feeds.end_feed(scene.owner)
    assert client.get(fresh).status_code == 404


def test_of_somebody_who_may_no_longer_come_in_nothing_is_read(client, path, scene):
    scene.owner.is_active = False
    scene.owner.save()
    assert client.get(path).status_code == 404


def test_what_did_not_change_is_not_sent_again(client, path, scene, settings, now):
    tag = client.get(path)["ETag"]
    settings.NOW = (now + timedelta(minutes=20)).isoformat()
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    actions.move_talk(
        scene.booked, starts_at=scene.booked.starts_at + timedelta(hours=1), by_them=True,
        now=now + timedelta(minutes=21), overrides=dict.fromkeys(["C01", "C02", "T01"], "they asked"),
    )  # fmt: skip
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_program_that_asks_without_end_is_told_to_wait(client, path):
    answers = [client.get(path).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert client.get(path)["Retry-After"] == "60"


def test_in_a_confidential_search_no_name_is_told(client, path, scene, now):
    actions.change_seeker(scene.owner, confidential=True, employer="Northgate Logistics", now=now)
    body = client.get(path).content.decode()
    assert set(re.findall(r"SUMMARY:(.*)\r\n", body)) == {"Conversation", "Something to do"}
    assert not re.search("Jonas|Amara|Okafor|askwell|meet.example", body, re.IGNORECASE)


def test_a_talk_of_long_ago_is_left_out_and_one_called_off_is_said_so(client, path, scene, now):
    type(scene.held).objects.filter(pk=scene.held.pk).update(starts_at=now - timedelta(days=91))
    actions.cancel_talk(scene.booked, by_them=True, now=now)
    found = events(client.get(path))
    assert "Conversation with Amara Okafor" not in found
    assert found["Conversation with Jonas Weber"]["status"] == "CANCELLED"
    assert not found["Conversation with Jonas Weber"].walk("VALARM")


def test_a_late_step_stands_on_the_present_day_and_one_put_off_on_its_own(client, path, scene, settings, now):
    late = now + timedelta(days=9)
    settings.NOW = late.isoformat()
    assert events(client.get(path))["Thank Amara Okafor for the talk"]["dtstart"].dt == late.date()
    step = actions.snooze(
        scene.owner, key=f"thank:talk:{scene.held.pk}", until=late + timedelta(days=4), now=late
    )
    assert events(client.get(path))["Thank Amara Okafor for the talk"]["dtstart"].dt == step.until.date()


def test_it_speaks_the_language_its_address_was_copied_in(client, path):
    german = client.get(f"{path}?lang=de").content.decode()
    assert "Gespräch mit Jonas Weber" in german
    assert client.get(f"{path}?lang=tlh").status_code == 200


def test_however_many_talks_there_are_it_asks_the_database_as_often(client, path, scene):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    client.get(path)
    before = asked()
    copy = scene.booked
    for number in range(5):
        copy.pk, copy.uid = None, f"another-{number}"
        copy.save()
    assert asked() == before <= 12


def test_the_page_makes_copies_renews_and_ends_it(lina, scene):
    assert "Make the address" in lina.get(HERE).content.decode()
    lina.post(f"{HERE}do/make/")
    first = lina.get(HERE).context["link"]
    assert lina.get(first.removeprefix(address.base())).status_code == 200
    lina.post(f"{HERE}do/renew/")
    assert lina.get(HERE).context["link"] != first
    lina.post(f"{HERE}do/choose/", {"alarm": "60"})
    kept = feeds.feed_of(scene.owner)
    assert (kept.steps, kept.alarm_minutes) == (False, 60)
    refused = lina.post(f"{HERE}do/choose/", {"alarm": "7"})
    assert refused.status_code == 422
    lina.post(f"{HERE}do/end/")
    assert feeds.feed_of(scene.owner) is None
    assert lina.post(f"{HERE}do/sell/").status_code == 404


def test_on_a_laptop_the_page_says_who_can_reach_it(lina, scene, now, settings):
    feeds.make_feed(scene.owner, now=now)
    said = lina.get(HERE).content.decode()
    assert "Google, Outlook.com, iCloud and your phone cannot" in said
    assert "http://127.0.0.1:" in said
    settings.ADDRESS = "https://askwell.school.example/"
    page = lina.get(HERE)
    assert page.context["link"].startswith("https://askwell.school.example/feed/")
    assert page.context["webcal"].startswith("webcal://askwell.school.example/feed/")
    assert "your phone cannot" not in page.content.decode()


def test_another_notebook_neither_sees_nor_ends_it(client, path, other_owner, scene, clock):
    client.force_login(other_owner)
    assert client.get(HERE).context["feed"] is None
    client.post(f"{HERE}do/end/")
    client.post(f"{HERE}do/renew/")
    assert feeds.feed_of(scene.owner) is not None
    client.logout()
    assert client.get(path).status_code == 200


def test_no_page_is_opened_by_the_address(client, path):
    assert client.get(path).status_code == 200
    assert client.get("/").status_code == 403
    assert client.post(path).status_code == 405


def test_when_it_was_read_last_is_kept(client, path, scene, now, settings):
    client.get(path)
    assert feeds.feed_of(scene.owner).read_at == now
    settings.NOW = (now + timedelta(minutes=3)).isoformat()
    client.get(path)
    assert feeds.feed_of(scene.owner).read_at == now
