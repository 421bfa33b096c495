"""A notice when thanks are due within hours: to whom it concerns, and without a name in a confidential search."""

from __future__ import annotations

from datetime import timedelta

from askwell.outreach import actions


def due(client):
    return client.get("/notices/").json()["notices"]


def test_thanks_are_told_of_within_hours_of_their_end_and_when_late(lina, scene, now, settings):
    assert due(lina) == []  # six hours are left
    settings.NOW = (now + timedelta(hours=3)).isoformat()
    (one,) = due(lina)
    assert one["title"] == "Thank Amara Okafor for the talk"
    assert one["url"] == f"/people/{scene.amara.pk}/"
    settings.NOW = (now + timedelta(hours=30)).isoformat()
    assert len(due(lina)) == 1


def test_once_thanked_or_put_off_nothing_is_told(lina, scene, now, settings):
    late = now + timedelta(hours=3)
    settings.NOW = late.isoformat()
    actions.snooze(scene.owner, key=f"thank:talk:{scene.held.pk}", until=late + timedelta(hours=2), now=late)
    assert due(lina) == []
    actions.unsnooze(scene.owner, key=f"thank:talk:{scene.held.pk}", now=late)
    actions.record_thanks(scene.amara, talk=scene.held, now=late)
    assert due(lina) == []


def test_no_name_stands_on_the_screen_in_a_confidential_search(lina, scene, now, settings):
    actions.change_seeker(scene.owner, confidential=True, employer="Northgate Logistics", now=now)
    settings.NOW = (now + timedelta(hours=3)).isoformat()
    assert [one["title"] for one in due(lina)] == ["A note of thanks is due"]


def test_another_notebook_hears_nothing_of_it(client, scene, other_owner, now, settings):
    settings.NOW = (now + timedelta(hours=3)).isoformat()
    assert client.get("/notices/").status_code == 403
    client.force_login(other_owner)
    assert due(client) == []
