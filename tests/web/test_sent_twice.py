"""The same form sent twice, from two tabs or by two presses: nothing is there twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.models import Favor, Promise
from askwell.people.journal import last_change
from askwell.people.models import Change, Contact

from .scene import ALL_RULES

FINE = {f"because-{rule}": "it is fine" for rule in ALL_RULES}
WHEN = "2026-11-23T08:30"


def about(name, act, /, **data):
    """A small form on the page of somebody of the scene."""
    return lambda scene, _clock: (f"/people/{getattr(scene, name).pk}/do/{act}/", data)


def ask(scene, _clock):
    return f"/people/{scene.maria.pk}/ask/", {"purpose": "explore", "mode": "informational"}


def sent(scene, _clock):
    data = {"subject": scene.draft.subject, "body": "Dear Chen Wei, hello.", "channel": "email", "at": WHEN}
    return f"/letters/{scene.draft.pk}/sent/", data | FINE


def held(scene, clock):
    actions.move_talk(
        scene.booked, starts_at=clock + timedelta(days=2), by_them=True, now=clock, overrides={"P02": "fine"}
    )
    return f"/talks/{scene.booked.pk}/held/", {"ended_at": WHEN, "minutes": "20"}


def lead(_scene, _clock):
    return "/leads/", {"title": "Analyst at Mercy", "organization": "Mercy Health", "who": "Luis Marín"}


def lead_of_somebody_new(_scene, _clock):
    who = {"who": "Tom Brandt <tom@mercy.example>", "who_pk": "new"}
    return "/leads/", {"title": "Analyst at Mercy", **who}


def event(_scene, _clock):
    return "/events/", {"name": "Nursing fair", "starts_at": "2026-12-01T18:00"}


def met(scene, clock):
    evening = actions.add_event(scene.owner, name="Fair", starts_at=clock - timedelta(hours=3), now=clock)
    return f"/events/{evening.pk}/here/", {"who": "Noor Haddad, buyer at Mercy", "card_given": "on"}


FORMS = {
    "ask": ask,
    "sent": sent,
    "held": held,
    "lead": lead,
    "lead of somebody new": lead_of_somebody_new,
    "event": event,
    "met at an event": met,
    "promise": about("amara", "promise", mine="me", text="Send the list", due="2026-12-01"),
    "their promise": about("amara", "promise", mine="them", text="Send the list"),
    "talked": about("luis", "talked", kind="talk", at=WHEN, minutes="20", channel="phone", notes="Nights"),
    "wrote": about("luis", "sent", mode="check_in", at=WHEN, channel="email", body="A word on wards", **FINE),
    "came back": about("priya", "replied", what="replied", at=WHEN, channel="email", text="Who are you?"),
    "a name": about("luis", "name", name="Tom Brandt", email="tom@mercy.example", leave="unasked"),
    "a name alone": about("luis", "name", name="Tom Brandt", leave="unasked"),
    "advice": about("luis", "advice", text="Read the standard"),
    "favor": about("luis", "favor", kind="give", text="An article", at=WHEN),
    "help": about("luis", "help", text="Whom to ask?", asked_at=WHEN),
    "job": about("luis", "job", organization="Mercy Health", title="Head", current="on"),
    "address": about("luis", "address", kind="email", value="luis@home.example"),
    "tag": about("luis", "tag", name="trains"),
    "note": about("luis", "note", notes="Likes trains"),
    "place": lambda _scene, _clock: ("/events/places/", {"name": "Nurses of Leeds", "kind": "group"}),
    "link": lambda _scene, _clock: ("/giving/shelf/", {"title": "Wards", "url": "https://wards.example"}),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_sent_twice_is_there_once(lina, scene, clock, form):
    path, data = FORMS[form](scene, clock)
    before = last_change(scene.owner).pk
    assert lina.post(path, data).status_code == 303
    once, people = last_change(scene.owner).pk, Contact.objects.count()
    assert once > before, "nothing was kept the first time"
    again = lina.post(path, data)
    assert again.status_code in {303, 422}
    assert Contact.objects.count() == people
    assert [one.code for one in Change.objects.filter(pk__gt=once)] == [], "it is there twice"


def test_what_was_taken_back_may_be_said_again(lina, scene, clock):
    path, data = FORMS["promise"](scene, clock)
    lina.post(path, data)
    assert "it was not noted twice" in lina.post(path, data, follow=True).content.decode()
    lina.post(f"/undo/{last_change(scene.owner).pk}/")
    assert lina.post(path, data).status_code == 303
    assert Promise.objects.filter(text="Send the list").count() == 1


def test_after_something_else_the_same_words_are_a_wish_of_their_own(lina, scene, clock):
    path, data = FORMS["favor"](scene, clock)
    lina.post(path, data)
    lina.post(*FORMS["advice"](scene, clock))
    lina.post(path, data)
    assert Favor.objects.filter(text="An article").count() == 2
