"""Evenings in the browser: places, the plan, the phone in one hand, what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.models import Community, Encounter, NetworkingEvent
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Contact
from askwell.web.steps import primary

pytestmark = pytest.mark.django_db
PLACE = {
    "name": "Hospital logistics circle",
    "kind": "group",
    "notes": "heads of supply",
    "place": "",
    "url": "",
}


@pytest.fixture
def evening(scene, clock):
    return actions.add_event(
        scene.owner, name="November meeting", starts_at=clock - timedelta(hours=1), now=clock
    )


def text(answer):
    return answer.content.decode()


def test_a_place_is_put_on_the_list_with_why_it_is_worth_going(lina, scene):
    assert "No places yet" in text(lina.get("/events/places/"))
    assert lina.post("/events/places/", PLACE).status_code == 303
    page = text(lina.get("/events/places/"))
    assert "It has to do with your goal: hospital" in page
    row = Community.objects.get()
    lina.post(f"/events/places/{row.pk}/", {**PLACE, "look_again_on": "2026-11-20"})
    assert "Look what is next there" in text(lina.get("/events/"))
    for act in ("join", "leave", "drop", "back"):
        assert lina.post(f"/events/places/{row.pk}/do/{act}/").status_code == 303
    assert lina.post(f"/events/places/{row.pk}/do/dance/").status_code == 404
    assert "Hospital logistics circle" in text(lina.get(f"/events/places/{row.pk}/"))


def test_a_plan_of_nothing_leads_to_planning_and_offers_no_paper(lina, scene, evening, clock):
    page = text(lina.get(f"/events/{evening.pk}/plan/"))
    assert f'href="/events/{evening.pk}/#plan"' in page
    assert "data-print>" not in page
    actions.plan_event(evening, plan={"people": "Ana"}, now=clock)
    assert "data-print>" in text(lina.get(f"/events/{evening.pk}/plan/"))


def test_an_event_of_a_place_is_noted_from_there(lina, scene):
    lina.post("/events/places/", PLACE)
    row = Community.objects.get()
    assert f'value="{row.pk}" selected' in text(lina.get(f"/events/?place={row.pk}"))
    lina.post("/events/", {"name": "Meeting", "starts_at": "2026-12-01T18:00", "community": row.pk})
    event = NetworkingEvent.objects.get()
    assert event.community == row
    lina.post(
        f"/events/{event.pk}/edit/", {"name": "Dinner", "starts_at": "2026-12-02T18:00", "community": ""}
    )
    event.refresh_from_db()
    assert (event.name, event.community) == ("Dinner", None)
    assert "Change the event" in text(lina.get(f"/events/{event.pk}/edit/"))


def test_a_place_or_event_without_a_name_is_said_at_its_field(lina, scene, evening):
    assert lina.post("/events/places/", {**PLACE, "name": ""}).status_code == 422
    assert lina.post(f"/events/{evening.pk}/edit/", {"name": "", "starts_at": "soon"}).status_code == 422


def test_what_is_ticked_goes_into_the_plan_beside_what_is_typed(lina, scene, clock):
    event = actions.add_event(scene.owner, name="Dinner", starts_at=clock + timedelta(days=2), now=clock)
    page = text(lina.get(f"/events/{event.pk}/"))
    assert "Name 2 to 3 people to meet." in page
    lina.post(
        f"/events/{event.pk}/do/plan/",
        {
            "people": "Chen Wei",
            "there": ["Ana Ruiz", "Chen Wei"],
            "questions": "",
            "take": ["What first pulled you towards this work?"],
            "introduction": "I am Lina. I plan what a ward needs.",
        },
    )
    event.refresh_from_db()
    assert event.plan["people"].splitlines() == ["Chen Wei", "Ana Ruiz"]
    assert event.plan["questions"] == "What first pulled you towards this work?"
    plan = text(lina.get(f"/events/{event.pk}/plan/"))
    assert "What first pulled you towards this work?" in plan
    assert "4 seconds" in plan
    assert "data-print" in plan


def test_an_empty_plan_says_where_to_begin(lina, evening):
    assert "Nothing planned yet" in text(lina.get(f"/events/{evening.pk}/plan/"))


def test_somebody_is_added_in_one_field(lina, scene, evening):
    actions.change_seeker(scene.owner, cards_left=9, now=evening.starts_at)
    here = f"/events/{evening.pk}/here/"
    assert "autofocus" in text(lina.get(here))
    lina.post(here, {"who": "Noor Haddad, buyer at Mercy", "said": "par levels", "card_given": "on"})
    met = Encounter.objects.get()
    assert (met.contact.name, met.said, met.card_given, met.card_taken) == (
        "Noor Haddad", "par levels", True, False,
    )  # fmt: skip
    page = text(lina.get(here))
    assert "1 person so far" in page
    assert "8 cards left" in page
    assert "You gave Noor Haddad your card" in page
    event_page = text(lina.get(f"/events/{evening.pk}/"))
    assert "1 given, 0 taken" in event_page
    assert "I am there" in event_page


def test_somebody_known_is_the_one_meant(lina, scene, evening):
    lina.post(f"/events/{evening.pk}/here/", {"who": "chen wei"})
    assert Encounter.objects.get().contact == scene.chen


def test_an_address_says_by_itself_who_it_is(lina, scene, evening):
    page, here = f"/events/{evening.pk}/", f"/events/{evening.pk}/here/"
    mail = scene.chen.points.get(kind="email").value
    for place in (page, here):
        lina.post(place, {"who": f"C. Wei <{mail}>"})
        assert Encounter.objects.get().contact == scene.chen
        Encounter.objects.all().delete()
        lina.post(place, {"who": f"Noor Haddad <noor{len(place)}@mercy.example>"})
        assert Encounter.objects.get().contact.name == "Noor Haddad"
        Encounter.objects.all().delete()
        Contact.objects.filter(name="Noor Haddad").delete()


def test_a_new_address_under_a_name_one_knows_is_asked_about(lina, scene, evening):
    page, here = f"/events/{evening.pk}/", f"/events/{evening.pk}/here/"
    who = "Chen Wei <chen@elsewhere.example>"
    for place, field in ((page, "who_pk"), (here, "which")):
        asked = lina.post(place, {"who": who})
        assert asked.status_code == 422
        assert f'name="{field}" value="{scene.chen.pk}"' in text(asked)
        assert not Encounter.objects.exists()
    lina.post(here, {"who": who, "which": str(scene.chen.pk)})
    assert scene.chen.points.filter(value="chen@elsewhere.example").exists()


def test_of_several_of_that_name_one_is_chosen_and_what_was_typed_is_kept(lina, scene, evening, clock):
    other = add_contact(scene.owner, NewContact(name="Chen Wei"), now=clock)
    here = f"/events/{evening.pk}/here/"
    asked = lina.post(here, {"who": "Chen Wei", "said": "weekly levels"})
    assert asked.status_code == 422
    assert "You know several of that name." in text(asked)
    assert "weekly levels" in text(asked)
    lina.post(here, {"who": "Chen Wei", "said": "weekly levels", "which": str(other.pk)})
    assert Encounter.objects.get().contact == other
    lina.post(here, {"who": "Chen Wei", "which": "new"})
    assert Contact.objects.filter(name="Chen Wei").count() == 3


def test_people_of_one_name_are_told_apart_by_their_work(lina, scene, evening, clock):
    for place in ("Mercy Health", "Lake Freight"):
        add_contact(scene.owner, NewContact(name="Ola Lind", title="Buyer", organization=place), now=clock)
    asked = text(lina.post(f"/events/{evening.pk}/here/", {"who": "Ola Lind"}))
    adding = text(lina.get("/add/", {"text": "Ola Lind"}))
    for place in ("Mercy Health", "Lake Freight"):
        assert f"Buyer, {place}" in asked
        assert f"Buyer, {place}" in adding


def test_a_line_with_nobody_in_it_is_said_at_the_field(lina, scene, evening):
    answer = lina.post(f"/events/{evening.pk}/here/", {"who": "?!"})
    assert answer.status_code == 422
    assert not Encounter.objects.exists()


def test_what_was_noted_of_somebody_is_mended(lina, scene, evening, clock):
    met = actions.add_encounter(evening, contact=scene.chen, card_given=True, now=clock)
    path = f"/events/{evening.pk}/met/{met.pk}/"
    assert "I gave my card" in text(lina.get(path))
    lina.post(path, {"said": "levels", "card_taken": "on"})
    met.refresh_from_db()
    assert (met.said, met.card_given, met.card_taken) == ("levels", False, True)


def test_cards_are_noted_on_the_page_of_the_event_too(lina, scene, evening):
    lina.post(f"/events/{evening.pk}/", {"who": "Chen Wei", "card_given": "on", "card_taken": "on"})
    assert "cards exchanged" in text(lina.get(f"/events/{evening.pk}/"))


def test_anothers_places_versions_and_requests_are_not_there(client, scene, evening, other_owner, clock):
    place = actions.add_place(scene.owner, name="Circle", now=clock)
    version = actions.add_resume(scene.owner, name="Analyst", now=clock)
    asked = actions.resume_asked(scene.amara, now=clock)
    met = actions.add_encounter(evening, contact=scene.chen, now=clock)
    client.force_login(other_owner)
    for path in (
        f"/events/places/{place.pk}/",
        f"/events/places/{place.pk}/do/drop/",
        f"/events/{evening.pk}/here/",
        f"/events/{evening.pk}/edit/",
        f"/events/{evening.pk}/met/{met.pk}/",
        f"/settings/resumes/{version.pk}/",
        f"/settings/resumes/{version.pk}/do/away/",
        f"/settings/resumes/asked/{asked.pk}/drop/",
        f"/people/{scene.amara.pk}/resume/",
        f"/people/{scene.amara.pk}/resume/sent/",
    ):
        assert client.post(path, {"who": "Ana"}).status_code == 404, path
    answer = client.post("/events/", {"name": "Mine", "starts_at": "2026-12-01T18:00", "community": place.pk})
    assert NetworkingEvent.objects.for_owner(other_owner).filter(community=place).count() == 0
    assert answer.status_code in {303, 422}


def test_the_day_of_a_place_comes_to_today_and_leads_to_it(lina, scene, clock):
    place = actions.add_place(scene.owner, name="Buyers' circle", look_again_on=clock.date(), now=clock)
    step = next(one for one in queries.steps(scene.owner, now=clock) if one.about == ("place", place.pk))
    act = primary(step)
    assert (act.url, str(act.label)) == (f"/events/places/{place.pk}/", "Look at it")
    lina.post("/steps/done/", {"key": step.key})
    assert Community.objects.get(pk=place.pk).look_again_on is None


def test_places_are_found_beside_events_and_events_beside_places(lina, scene):
    assert '<a class="tab" href="/events/places/">' in lina.get("/events/").content.decode()
    assert '<a class="tab" href="/events/">' in lina.get("/events/places/").content.decode()
