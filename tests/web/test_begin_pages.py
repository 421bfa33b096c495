"""The first minutes: a sample or people, a goal, a clock, and then Today."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from askwell.outreach.models import Goal
from askwell.outreach.queries import goal_of, seeker_of
from askwell.outreach.sample import make_sample
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Contact

GOAL = "Supply-chain analyst in a hospital, Chicago"
ALL = {"text": GOAL, "zone": "America/Chicago", "country": "US", "preset": "kelley"}


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def card():
    return SimpleUploadedFile("people.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:Jane Doe\nEND:VCARD\n")


def test_an_empty_today_leads_to_the_beginning(lina):
    page = text(lina.get("/"))
    assert 'href="/welcome/"' in page
    assert 'action="/sample/"' in page


def test_one_form_sets_goal_clock_and_preset(lina, owner, clock):
    assert lina.post("/welcome/", ALL)["Location"] == "/"
    seeker, goal = seeker_of(owner), goal_of(owner)
    assert (seeker.zone, seeker.country, seeker.preset) == ("America/Chicago", "US", "kelley")
    assert seeker.first_run_done_at == clock
    assert (goal.text, goal.role, goal.place) == (GOAL, "Supply-chain analyst", "Chicago")


def test_an_unknown_zone_keeps_what_was_typed(lina, owner):
    answer = lina.post("/welcome/", {**ALL, "zone": "Chicago/Nowhere"})
    assert answer.status_code == 422
    page = text(answer)
    assert "no time zone we know" in page
    assert f'value="{GOAL}"' in page
    assert not Goal.objects.exists()


def test_what_was_typed_stays_while_people_are_brought_in(lina, owner):
    typed = {**ALL, "text": "Nurse in a hospice, Leeds", "country": "GB"}
    page = lina.get("/welcome/").content.decode()
    assert all(f'formaction="{to}" formnovalidate' in page for to in ("/import/", "/sample/"))
    assert lina.post("/import/", {**typed, "files": [card()]})["Location"].startswith("/import/")
    page = lina.get("/welcome/").content.decode()
    assert 'value="Nurse in a hospice, Leeds"' in page
    assert '<option value="GB" selected>' in page
    assert re.search(r'value="kelley"[^>]* checked', page)
    lina.post("/welcome/", ALL)
    assert "hospice" not in lina.get("/welcome/").content.decode()


def test_what_was_typed_stays_while_one_looks_around(lina):
    lina.post("/sample/", {**ALL, "text": "Nurse in a hospice, Leeds"})
    lina.post("/sample/remove/")
    assert 'value="Nurse in a hospice, Leeds"' in lina.get("/welcome/").content.decode()


def test_files_chosen_with_the_goal_are_taken_in_too(lina, owner):
    assert lina.post("/welcome/", {**ALL, "files": [card()]})["Location"].startswith("/import/")
    assert goal_of(owner).text == GOAL


def test_going_through_twice_sets_no_second_goal(lina, owner):
    lina.post("/welcome/", ALL)
    lina.post("/welcome/", {**ALL, "preset": "askwell"})
    assert Goal.objects.count() == 1
    assert seeker_of(owner).preset == "askwell"


def test_the_goal_is_read_while_it_is_typed(lina):
    part = lina.get("/goal/check/", {"text": "something with people"}, headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="goal-check"') or '<div id="goal-check"' in text(part)
    assert "Rule P01" in text(part)
    assert "Clear enough" in text(lina.get("/goal/check/", {"text": GOAL}, headers={"HX-Request": "true"}))


def test_the_goal_check_is_a_page_without_script(lina):
    assert "<h1>Your goal</h1>" in text(lina.get("/goal/check/", {"text": GOAL}))


def test_a_vague_goal_is_kept_all_the_same(lina, owner):
    assert lina.post("/goal/", {"text": "something with people"}).status_code == 303
    assert goal_of(owner).text == "something with people"


def test_an_empty_goal_is_asked_for_again(lina, owner):
    lina.post("/goal/", {"text": GOAL})
    assert lina.post("/goal/", {"text": " "}).status_code == 422
    assert goal_of(owner).text == GOAL


def test_a_goal_that_holds_is_looked_at_anew(lina, owner, clock):
    lina.post("/goal/", {"text": GOAL})
    Goal.objects.update(reviewed_at="2026-01-01T00:00:00Z")
    lina.post("/goal/", {"do": "holds", "text": ""})
    assert goal_of(owner).reviewed_at == clock


def test_the_sample_comes_and_goes_with_one_click_each(lina, owner):
    page = text(lina.post("/sample/", follow=True))
    assert "400 invented people are here" in page
    assert "everybody in it is invented" in page
    again = text(lina.post("/sample/remove/", follow=True))
    assert "400 invented people are gone" in again
    assert "everybody in it is invented" not in again
    assert not Contact.objects.for_owner(owner).people().exists()


def test_a_sample_made_elsewhere_is_named_too(lina, owner, clock):
    make_sample(owner, now=clock, people=60)
    assert "everybody in it is invented" in text(lina.get("/more/"))


def test_the_sample_is_asked_for_only_after_a_change(lina, owner, clock, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lina.post("/sample/")
    lina.get("/more/")
    with CaptureQueriesContext(connection) as asked:
        assert "everybody in it is invented" in text(lina.get("/more/"))
    assert not [query for query in asked if "is_sample" in query["sql"]]


def test_ones_own_people_stay_when_the_sample_goes(lina, owner, clock):
    lina.post("/sample/")
    add_contact(owner, NewContact(name="Amara Okafor"), now=clock)
    lina.post("/sample/remove/")
    assert list(Contact.objects.for_owner(owner).people().values_list("name", flat=True)) == ["Amara Okafor"]


def test_before_the_first_run_the_goal_is_asked_for_with_the_clock(lina, owner):
    assert lina.get("/goal/")["Location"] == "/welcome/"
    lina.post("/welcome/", ALL)
    assert lina.get("/goal/").status_code == 200


def test_the_list_of_changes_says_that_the_sample_came(lina):
    lina.post("/sample/")
    assert "The sample network brought in" in text(lina.get("/changes/"))
