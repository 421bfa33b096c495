"""A second try by telephone, a talk asked to move, and an event that has not begun."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Draft
from askwell.people.actions import add_point
from askwell.rules.facts import Channel


def text(answer):
    return answer.content.decode()


def test_today_offers_a_call_instead_of_a_second_letter_to_who_gave_a_number(lina, scene, clock):
    assert "Call instead" not in text(lina.get("/"))
    add_point(scene.priya, "phone", "+1 312 555 0142", now=clock)
    page = text(lina.get("/"))
    assert "Call instead" in page
    where = {"mode": "follow_up", "channel": "phone", "about": f"outreach:{scene.silent.pk}"}
    letter = lina.post(f"/people/{scene.priya.pk}/write/", where, follow=True)
    draft = Draft.objects.latest("pk")
    assert (draft.channel, draft.mode, draft.subject) == ("phone", "follow_up", "")
    assert "time to call" in draft.body or "at a better time" in draft.body
    assert "I called" in text(letter)
    again = lina.post(f"/people/{scene.priya.pk}/write/", where)
    assert again.url == f"/letters/{draft.pk}/"


def test_a_second_letter_can_be_turned_into_a_call_on_its_page(lina, scene, clock):
    add_point(scene.priya, "phone", "+1 312 555 0142", now=clock)
    lina.post(
        f"/people/{scene.priya.pk}/write/", {"mode": "follow_up", "about": f"outreach:{scene.silent.pk}"}
    )
    draft = Draft.objects.latest("pk")
    assert "Call instead" in text(lina.get(f"/letters/{draft.pk}/"))
    after = text(lina.post(f"/letters/{draft.pk}/channel/", {"channel": "phone"}, follow=True))
    draft.refresh_from_db()
    assert "When did it go out?" not in after
    assert draft.channel == "phone"
    assert "Dear" not in draft.body
    assert "Call instead" not in after


def test_a_talk_asked_to_move_is_told_as_still_booked_until_a_time_is_agreed(lina, scene, clock):
    talk = scene.booked
    page = f"/talks/{talk.pk}/"
    assert "asked for another time" not in text(lina.get(page))
    draft = actions.new_draft(
        talk.contact, mode="check_in", occasion="reschedule", talk=talk, outreach=talk.outreach, now=clock
    )
    assert "asked for another time" not in text(lina.get(page))
    actions.record_sent(
        talk.contact,
        mode="check_in",
        channel=Channel.EMAIL,
        at=clock,
        now=clock,
        draft=draft,
        outreach=talk.outreach,
        overrides=dict.fromkeys(("M00", "T01", "T02", "T03", "F04", "K01"), "they know"),
    )
    assert "It stays booked as it is until you both agree on one." in text(lina.get(page))
    assert "It stays booked as it is" in text(lina.get("/?all=this_week"))
    later = clock + timedelta(minutes=5)
    actions.move_talk(
        talk,
        starts_at=talk.starts_at + timedelta(days=1),
        by_them=False,
        now=later,
        overrides=dict.fromkeys(("T01", "T02", "T03", "C01"), "they said so"),
    )
    assert "asked for another time" not in text(lina.get(page))


def test_nobody_was_at_an_event_that_has_not_begun(lina, scene, clock):
    fair = actions.add_event(scene.owner, name="Nursing fair", starts_at=clock + timedelta(days=2), now=clock)
    for doing in (
        lambda: actions.attend_event(fair, now=clock),
        lambda: actions.add_encounter(fair, contact=scene.luis, now=clock),
    ):
        with pytest.raises(BadValue) as told:
            doing()
        assert told.value.problem == "not-begun"
    answer = lina.post(f"/events/{fair.pk}/do/went/", follow=True)
    assert "It has not begun yet." in text(answer)
    fair.refresh_from_db()
    assert not fair.attended
    assert actions.attend_event(fair, attended=False, now=clock).attended is False
    assert actions.attend_event(fair, now=clock + timedelta(days=3)).attended
