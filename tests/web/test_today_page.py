"""Today: steps in order, done, put off, undone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages

from askwell.mailroom.models import Arrival
from askwell.outreach import actions
from askwell.outreach.actions import arrivals
from askwell.outreach.models import Promise, Snooze, Talk
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Change


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def promise_step(scene):
    return f"keep_promise:promise:{Promise.objects.get(contact=scene.luis).pk}"


def test_debts_stand_before_today_and_this_week(lina, scene):
    page = text(lina.get("/"))
    assert (
        page.index("Thank Amara Okafor") < page.index("Follow up with Priya Nair") < page.index("Jonas Weber")
    )


def test_whoever_offers_times_stands_on_the_page_once(lina, scene, clock):
    times = {"kind": "times", "sentence": "Tuesday at 3pm?", "value": {"times": ["2026-12-01T15:00:00"]}}
    arrival = Arrival.objects.create(
        owner=scene.owner, contact=scene.priya, kind="reply", message_id="<1@northfield.example>",
        subject="Re: Twenty minutes", at=clock, received_at=clock, text="Gladly. Tuesday at 3pm?",
        reading={"suggestions": [{"kind": "yes", "sentence": "Gladly.", "value": {}}, times]},
    )  # fmt: skip
    arrivals.take_in(arrival, now=clock)
    page = text(lina.get("/"))
    assert "Tuesday at 3pm?" in page
    assert "Answer Priya Nair" not in page
    arrivals.put_aside(arrival, now=clock)
    assert "Answer Priya Nair" in text(lina.get("/"))


def test_an_empty_notebook_teaches_how_to_begin(lina):
    assert "Begin with the people you know" in text(lina.get("/"))


def test_the_weeks_are_drawn_once_there_was_a_talk(lina, owner, clock):
    jane = add_contact(owner, NewContact(name="Jane Doe"), now=clock)
    assert "Talks held" not in text(lina.get("/"))
    actions.record_talk(jane, ended_at=clock, now=clock)
    assert "Talks held, last eight weeks" in text(lina.get("/"))


def test_a_promise_kept_leaves_the_list_and_comes_back_with_undo(lina, scene):
    answer = lina.post("/steps/done/", {"key": promise_step(scene)})
    assert answer.status_code == 303
    lina.get("/more/")
    assert "Keep your promise to Luis" not in text(lina.get("/"))
    assert Promise.objects.get(contact=scene.luis).kept_at
    change = Change.objects.filter(owner=scene.owner).latest("id")
    assert lina.post(f"/undo/{change.pk}/").status_code == 303
    assert Promise.objects.get(contact=scene.luis).kept_at is None


def test_a_promise_says_what_was_promised_and_until_when(lina, scene):
    card = (
        text(lina.get("/")).split("Keep your promise to Luis Marín</a></h3>", 1)[1].split("</article>", 1)[0]
    )
    assert "Send the reading list" in card
    assert "You promised it by 24 November." in card


def test_what_was_done_is_said_with_the_way_back(lina, scene):
    page = text(lina.post("/steps/done/", {"key": promise_step(scene)}, follow=True))
    change = Change.objects.filter(owner=scene.owner).latest("id")
    assert f'action="/undo/{change.pk}/"' in page
    assert "Done: Keep your promise to Luis Marín" in page


def test_a_step_that_needs_more_opens_the_page_where_it_is_said(lina, scene):
    answer = lina.post("/steps/done/", {"key": f"log_talk:talk:{scene.booked.pk}"})
    assert answer.status_code == 303
    assert answer["Location"] == f"/talks/{scene.booked.pk}/held/"


def test_a_step_put_off_is_gone_until_the_morning_it_comes_back(lina, scene, clock):
    lina.post("/steps/snooze/", {"key": promise_step(scene), "days": "3"})
    until = Snooze.objects.get(owner=scene.owner).until
    assert clock + timedelta(days=2) < until < clock + timedelta(days=4)
    assert "promise to Luis" not in text(lina.get("/")).split("board")[1].split("toasts")[0]


def test_a_day_that_is_past_puts_nothing_off(lina, scene):
    answer = lina.post("/steps/snooze/", {"key": promise_step(scene), "day": "2020-01-01"}, follow=True)
    assert [str(m) for m in get_messages(answer.wsgi_request)] or "Choose a day to come." in text(answer)
    assert not Snooze.objects.exists()


def test_a_day_that_is_none_puts_nothing_off(lina, scene):
    for nonsense in ({"day": "2026-02-31"}, {"days": "x"}, {"days": "9" * 30}, {}):
        assert lina.post("/steps/snooze/", {"key": promise_step(scene), **nonsense}).status_code == 303
    assert not Snooze.objects.exists()


def test_a_step_that_is_not_there_is_not_found(lina, scene):
    assert lina.post("/steps/done/", {"key": "thank:talk:999"}).status_code == 404
    assert lina.post("/steps/snooze/", {"key": "", "days": "1"}).status_code == 404


def test_htmx_gets_the_list_and_the_toasts_alone(lina, scene):
    part = lina.get("/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.lstrip().startswith('<div class="columns" id="board"')
    assert 'hx-swap-oob="innerHTML:#toasts"' in part


def test_a_page_offers_no_undo_for_what_it_did_not_do(lina, scene):
    lina.post(f"/people/{scene.amara.pk}/do/note/", {"notes": "Likes trains"})
    lina.get("/more/")
    page = text(lina.post(f"/people/{scene.amara.pk}/do/note/", {"notes": "Likes trains"}, follow=True))
    assert "it was not noted twice" in page
    assert 'class="toast"' in page
    assert "/undo/" not in page


def test_undoing_twice_says_so(lina, scene):
    lina.post("/steps/done/", {"key": promise_step(scene)})
    change = Change.objects.filter(owner=scene.owner).latest("id")
    lina.post(f"/undo/{change.pk}/")
    assert "already taken back" in text(lina.post(f"/undo/{change.pk}/", follow=True))


def test_what_rests_on_a_change_keeps_it_from_being_undone(lina, scene):
    first = Change.objects.filter(owner=scene.owner, code="outreach.opened").order_by("id").first()
    assert "Something later rests on that" in text(lina.post(f"/undo/{first.pk}/", follow=True))


def test_a_step_whose_button_says_that_it_is_done_has_no_second_one(lina, scene, clock):
    actions.record_reply(scene.priya, what="replied", at=clock, channel="email", text="Why me?", now=clock)
    page = lina.get("/").content.decode()
    card = page.split("Answer Priya Nair</a></h3>", 1)[1].split("</article>", 1)[0]
    assert "I answered" in card
    assert "Done" not in card
    assert "data-done" in card


def test_at_the_end_of_the_year_many_are_away_beside_someone_new(lina, scene, settings):
    assert "many people are away" not in text(lina.get("/"))
    settings.NOW = "2026-12-23T15:00:00+00:00"
    page = text(lina.get("/"))
    assert page.index("Someone new") < page.index("many people are away") < page.index('id="new-')


@pytest.mark.parametrize(
    ("minutes", "shown"), [(-24 * 60, False), (-120, True), (5, True), (19, True), (21, False)]
)
def test_the_talk_of_the_day_stands_on_top_until_it_is_over(lina, scene, settings, minutes, shown):
    settings.NOW = (scene.booked.starts_at + timedelta(minutes=minutes)).isoformat()
    page = lina.get("/").content.decode()
    assert ("Talks today" in page) is shown
    assert (f'href="/talks/{scene.booked.pk}/live/"' in page) is shown


def test_late_at_night_today_knows_of_the_talk_after_midnight(lina, scene, settings):
    after = datetime(2026, 12, 2, 0, 15, tzinfo=ZoneInfo("America/Chicago"))
    Talk.objects.filter(pk=scene.booked.pk).update(starts_at=after)
    settings.NOW = (after - timedelta(hours=1)).isoformat()
    assert "Talks today" in lina.get("/").content.decode()


def test_a_step_put_off_is_brought_back_from_the_page_of_the_person(lina, scene):
    key, theirs = promise_step(scene), f"/people/{scene.luis.pk}/"
    lina.post("/steps/snooze/", {"key": key, "days": "3"})
    assert "put off until" in text(lina.get(theirs))
    answer = lina.post("/steps/back/", {"key": key}, follow=True)
    assert answer.redirect_chain == [(theirs, 303)]
    assert "Brought back" in text(answer)
    assert "put off until" not in text(answer)
    assert not Snooze.objects.exists()
    assert lina.post("/steps/back/", {"key": key}).status_code == 303
