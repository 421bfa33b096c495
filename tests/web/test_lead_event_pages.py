"""Leads, events and names given: what Today's steps point to does the job."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.scene import person

from askwell.outreach import actions
from askwell.outreach.models import Encounter, Introduction, Lead, NetworkingEvent, Step
from askwell.people.journal import last_change, undo
from askwell.people.models import Contact, Organization
from askwell.rules.decisions import StepCode
from askwell.rules.facts import Leave
from askwell.web.steps import LOOK, PLANS


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def luis(owner, clock):
    return person(owner, "Luis Marín", now=clock, organization="Lakeside Hospital")


def test_a_lead_is_kept_with_who_told_it(lina, luis):
    answer = lina.post("/leads/", {"title": "Analyst at Mercy", "who": "luis"}, follow=True)
    lead = Lead.objects.get()
    assert lead.source == luis
    assert f"Thank {luis.name} within a day" in text(answer)


def test_a_lead_from_somebody_new_adds_them_when_one_says_so(lina, owner):
    data = {"title": "Analyst", "who": "Chen Wei, <b>buyer</b> at Mercy"}
    answer = lina.post("/leads/", data)
    assert answer.status_code == 422
    assert "Somebody new" in text(answer)
    assert "&lt;b&gt;buyer" in text(answer)
    lina.post("/leads/", {**data, "who": "Chen Wei", "who_pk": "new"})
    assert Lead.objects.get().source.name == "Chen Wei"


def test_whoever_comes_with_an_address_that_is_nobodys_is_added_at_once(lina, owner):
    lina.post("/leads/", {"title": "Analyst", "who": "Chen Wei <chen@mercy.example>"})
    assert Lead.objects.get().source.name == "Chen Wei"
    lina.post("/leads/", {"title": "Planner", "who": "CHEN@mercy.example"})
    assert {lead.source.name for lead in Lead.objects.all()} == {"Chen Wei"}


def test_a_name_two_people_share_is_asked_about(lina, owner, clock, luis):
    other = person(owner, "Luis Ortega", now=clock)
    answer = lina.post("/leads/", {"title": "Analyst", "who": "luis"})
    assert answer.status_code == 422
    assert "Which of them?" in text(answer)
    assert 'value="Analyst"' in text(answer)
    lina.post("/leads/", {"title": "Analyst", "who": "luis", "who_pk": other.pk})
    assert Lead.objects.get().source == other


def test_nobody_can_choose_anothers_person(lina, other_owner, clock):
    stranger = person(other_owner, "Stranger Danger", now=clock)
    lina.post("/leads/", {"title": "Analyst", "who": "x", "who_pk": stranger.pk})
    assert not Lead.objects.exists()


def test_typing_a_name_shows_whom_it_may_mean(lina, luis):
    part = text(lina.get("/who/", {"who": "lui"}, headers={"HX-Request": "true"}))
    assert f'value="{luis.pk}" checked' in part
    assert "<html" not in part


def test_a_lead_that_is_nowhere_yet_leads_to_where_its_place_is_noted(lina, luis, clock):
    lead = actions.add_lead(luis, title="Analyst", now=clock)
    page = text(lina.get(f"/leads/{lead.pk}/"))
    assert f'whom you know there. <a href="/leads/{lead.pk}/edit/">Where is it?</a>' in page


def test_a_lead_goes_from_act_to_told(lina, luis, clock):
    lead = actions.add_lead(luis, title="Analyst", now=clock)
    lina.post(f"/leads/{lead.pk}/do/act/")
    lina.post(f"/leads/{lead.pk}/do/thanked/")
    lina.post(f"/leads/{lead.pk}/do/outcome/", {"outcome": "An interview"})
    page = text(lina.get(f"/leads/{lead.pk}/"))
    assert "An interview" in page
    assert f"Tell {luis.name}" in page
    lina.post(f"/leads/{lead.pk}/do/told/")
    lina.post(f"/leads/{lead.pk}/do/close/")
    lead.refresh_from_db()
    assert None not in (
        lead.acted_at, lead.source_thanked_at, lead.outcome_at, lead.outcome_told_at, lead.closed_at
    )  # fmt: skip
    assert "Analyst" not in text(lina.get("/leads/")).split("<main", 1)[1]
    assert "Analyst" in text(lina.get("/leads/?closed=1"))


def test_what_was_noted_of_a_lead_can_be_mended_and_taken_back(lina, owner, luis, clock):
    lead = actions.add_lead(luis, title="Analist", organization="Mercy", detail="Ask Ana", now=clock)
    chen = person(owner, "Chen Wei", now=clock)
    url = f"/leads/{lead.pk}/edit/"
    assert f'href="{url}"' in lina.get(f"/leads/{lead.pk}/").content.decode()
    form = text(lina.get(url))
    assert [f'value="{held}"' in form for held in ("Analist", "Mercy", luis.name)] == [True] * 3
    answer = lina.post(
        url,
        {
            "title": "Analyst, nights",
            "organization": "Mercy Health",
            "who": "chen",
            "detail": "Ask Ana first",
            "url": "jobs.mercy.example/7",
            "expires": "2026-12-04",
        },
    )
    assert answer["Location"] == f"/leads/{lead.pk}/"
    lead.refresh_from_db()
    assert (lead.title, lead.organization.name, lead.source) == ("Analyst, nights", "Mercy Health", chen)
    assert timezone.localdate(lead.expires).isoformat() == "2026-12-04"
    page = text(lina.get(f"/leads/{lead.pk}/"))
    assert 'href="https://jobs.mercy.example/7"' in page
    assert {step.contact_id for step in Step.objects.filter(about_kind="lead")} == {chen.pk}
    undo(last_change(owner), now=clock)
    lead.refresh_from_db()
    assert (lead.title, lead.organization.name, lead.source, lead.url) == ("Analist", "Mercy", luis, "")
    assert {step.contact_id for step in Step.objects.filter(about_kind="lead")} == {luis.pk}


def test_a_name_left_as_it_is_means_who_stood_there(lina, owner, luis, clock):
    lead = actions.add_lead(luis, title="Analyst", now=clock)
    person(owner, "Luis Marín", now=clock, organization="Mercy Health")
    answer = lina.post(f"/leads/{lead.pk}/edit/", {"title": "Analyst, nights", "who": luis.name})
    assert answer.status_code == 303
    assert Lead.objects.get().source == luis
    refused = lina.post(f"/leads/{lead.pk}/edit/", {"title": " ", "who": luis.name})
    assert refused.status_code == 422
    assert Lead.objects.get().title == "Analyst, nights"


def test_an_outcome_has_words(lina, luis, clock):
    lead = actions.add_lead(luis, title="Analyst", now=clock)
    assert lina.post(f"/leads/{lead.pk}/do/outcome/", {"outcome": " "}).status_code == 422
    assert lina.post(f"/leads/{lead.pk}/do/dance/").status_code == 404


def test_an_event_is_noted_and_planned(lina, owner, clock):
    starts = timezone.localtime(clock + timedelta(days=3))
    lina.post(
        "/events/", {"name": "Alumni dinner", "starts_at": f"{starts:%Y-%m-%dT%H:%M}", "place": "Chicago"}
    )
    event = NetworkingEvent.objects.get()
    lina.post(f"/events/{event.pk}/do/plan/", {"people": "Chen Wei\nPriya Nair", "questions": "How?"})
    event.refresh_from_db()
    assert event.plan["people"] == "Chen Wei\nPriya Nair"
    assert event.planned_at == clock
    assert "planned" in text(lina.get("/events/"))


def test_an_event_needs_a_day(lina):
    answer = lina.post("/events/", {"name": "Alumni dinner", "starts_at": "soon"})
    assert answer.status_code == 422
    assert 'value="Alumni dinner"' in text(answer)


@pytest.fixture
def dinner(owner, clock):
    return actions.add_event(owner, name="Alumni dinner", starts_at=clock - timedelta(hours=20), now=clock)


def test_somebody_met_is_added_and_written_to(lina, dinner):
    said = {"who": "Chen Wei, buyer at Mercy Health", "who_pk": "new", "said": "par levels"}
    page = text(lina.post(f"/events/{dinner.pk}/", said, follow=True))
    met = Encounter.objects.get()
    assert met.contact.name == "Chen Wei"
    assert "Write to them" in page
    dinner.refresh_from_db()
    assert dinner.attended
    lina.post(f"/events/{dinner.pk}/met/{met.pk}/wrote/")
    met.refresh_from_db()
    assert met.written_at is not None


def test_whether_one_went_is_asked_after_an_event(lina, dinner):
    assert "Did you go?" in text(lina.get(f"/events/{dinner.pk}/"))
    lina.post(f"/events/{dinner.pk}/do/missed/")
    assert "You did not go." in text(lina.get(f"/events/{dinner.pk}/"))
    assert lina.post(f"/events/{dinner.pk}/do/dance/").status_code == 404


def test_a_name_given_waits_for_leave_until_it_is_settled(lina, luis):
    lina.post("/introductions/", {"who": "luis", "name": "Chen Wei", "email": "chen@mercy.example"})
    named = Introduction.objects.get()
    assert (named.giver, named.leave) == (luis, Leave.UNASKED)
    page = text(lina.get("/introductions/"))
    assert "May you use their name?" in page
    assert "Who led to whom" in page
    lina.post(f"/introductions/{named.pk}/leave/", {"leave": "given"})
    named.refresh_from_db()
    assert named.leave == Leave.GIVEN
    assert "May you use their name?" not in text(lina.get("/introductions/"))


def test_an_unknown_leave_changes_nothing(lina, luis, clock):
    named = actions.record_name(luis, name="Chen Wei", now=clock)
    assert lina.post(f"/introductions/{named.pk}/leave/", {"leave": "perhaps"}).status_code == 303
    named.refresh_from_db()
    assert named.leave == Leave.UNASKED


def test_the_tree_grows_inward_and_ends_in_a_circle_too(lina, luis, clock):
    chen = actions.record_name(luis, name="Chen Wei", now=clock).about
    tom = actions.record_name(chen, name="Tom Brandt", now=clock).about
    tree = text(lina.get("/introductions/tree/?as=list"))
    assert tree.index("Luis Marín") < tree.index("Chen Wei") < tree.index("Tom Brandt")
    Contact.objects.filter(pk=luis.pk).update(introduced_by=tom)
    assert lina.get("/introductions/").status_code == 200


@pytest.mark.parametrize("code", [code for code in StepCode if PLANS[code].kind == LOOK])
def test_every_step_that_opens_a_page_has_one(code):
    from django.urls import get_resolver

    assert PLANS[code].route in {key for key in get_resolver().reverse_dict if isinstance(key, str)}


@pytest.mark.parametrize("path", ["/leads/", "/events/", "/introductions/", "/review/", "/organizations/"])
def test_empty_pages_teach_one_next_thing(lina, path):
    assert 'class="empty"' in text(lina.get(path))


def test_a_person_page_leads_to_a_lead_of_theirs(lina, luis):
    assert f'value="{luis.name}"' in text(lina.get(f"/leads/?from={luis.pk}"))


def test_a_lead_names_where_it_is_and_one_undo_takes_both_back(lina, owner, luis):
    lina.post("/leads/", {"title": "Analyst", "organization": "Mercy Health", "who": "luis"})
    lead = Lead.objects.get()
    assert lead.organization.name == "Mercy Health"
    assert "Mercy Health" in text(lina.get(f"/leads/{lead.pk}/"))
    undo(last_change(owner), now=timezone.now())
    assert not Lead.objects.exists()
    assert not Organization.objects.filter(name="Mercy Health").exists()


def test_a_lead_at_a_place_one_knows_is_at_that_place(lina, luis):
    lina.post("/leads/", {"title": "Analyst", "organization": "lakeside hospital", "who": "luis"})
    assert Lead.objects.get().organization == Organization.objects.get(name="Lakeside Hospital")


def test_an_event_noted_afterwards_asks_whom_one_met_and_for_no_plan(lina):
    page = text(lina.post("/events/", {"name": "Fair", "starts_at": "2026-11-20T18:00"}, follow=True))
    assert "Noted. Whom did you meet?" in page
    assert "The plan" not in page


def test_a_lead_leads_to_a_letter_to_somebody_there_that_knows_of_it(lina, scene, clock):
    tom = person(scene.owner, "Tom Brandt", now=clock, organization="Mercy Health")
    lina.post("/leads/", {"title": "Buyer", "who": "luis", "organization": "Mercy Health"})
    lead = Lead.objects.get()
    page = text(lina.get(f"/leads/{lead.pk}/"))
    assert "Ask Tom Brandt for twenty minutes" in page
    url = f"/people/{tom.pk}/ask/?mode=lead"
    assert f'href="{url}"' in page
    assert re.search(r'value="lead"[^>]*checked', lina.get(url).content.decode())
    draft = actions.new_draft(tom, mode="lead", now=lead.heard_at)
    assert "I have heard of the opening “Buyer”." in draft.body
    assert "Luis" not in draft.body
    actions.record_name(scene.luis, name="Tom Brandt", about=tom, leave=Leave.GIVEN, now=lead.heard_at)
    draft = actions.new_draft(tom, mode="lead", now=lead.heard_at)
    assert "Luis Marín told me about the opening “Buyer”" in draft.body
    assert "Luis" not in actions.new_draft(scene.luis, mode="lead", now=lead.heard_at).body.partition("\n")[2]


def test_a_lead_where_nobody_is_known_leads_to_a_request_for_an_introduction(lina, luis):
    lina.post("/leads/", {"title": "Buyer", "who": "luis", "organization": "Harbor Clinic"})
    page = text(lina.get(f"/leads/{Lead.objects.get().pk}/"))
    assert f"Ask {luis.name} for an introduction" in page
    answer = lina.post(f"/people/{luis.pk}/write/", {"mode": "intro_request"})
    assert answer["Location"].startswith("/letters/")


@pytest.mark.parametrize("path", ["/leads/", "/events/", "/introductions/"])
def test_from_above_a_long_list_one_comes_to_its_form(lina, scene, clock, path):
    assert "?add=1" not in lina.get("/leads/").content.decode()  # an empty list has its form in sight
    actions.add_lead(scene.luis, title="Analyst at Mercy", now=clock)
    actions.add_event(scene.owner, name="Alumni dinner", starts_at=clock + timedelta(days=3), now=clock)
    actions.record_name(scene.luis, name="Tom Brandt", now=clock)
    closed, opened = (lina.get(path + query).content.decode() for query in ("", "?add=1"))
    assert 'href="?add=1#add"' in closed
    assert '<details class="more" id="add">' in closed
    assert '<details class="more" id="add" open>' in opened
