"""What several people said, side by side; one's own view; what one decides."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.models import CareerDecision, OwnView


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def talked(contact, *, clock, days, **answers):
    """A talk took place so many days ago, and was reflected on."""
    at = clock - timedelta(days=days)
    talk = actions.record_talk(contact, ended_at=at, now=at)
    return actions.reflect(talk, answers=answers, now=at)


@pytest.fixture
def heard(scene, clock):
    """Two people of one work in two spellings, and one of another."""
    actions.reflect(scene.held, answers={"learnt": "Wards believe people they know."}, now=clock)
    talked(scene.priya, clock=clock, days=5, learnt="Most of the day is calling suppliers.")
    talk = talked(scene.luis, clock=clock, days=9, learnt="Two pilots failed first.", liked="The pace.")
    actions.set_occupation(talk, occupation="buyer", now=clock)
    actions.add_advice(scene.priya, text="Sit in on a ward round", now=clock)
    return scene


def columns(page):
    return re.findall(r'class="lay__name">([^<]+)<', page)


def test_two_spellings_of_one_work_stand_in_one_column(lina, heard):
    page = text(lina.get("/talks/compare/"))
    assert columns(page)[0] == "Buyer"
    assert sorted(columns(page)) == ["Buyer", "Director of patient logistics"]
    assert "Most of the day is calling suppliers." in page
    assert "Sit in on a ward round" in page
    assert page.index("calling suppliers") < page.index("Two pilots failed first.")


def test_few_voices_are_said_with_their_rule(lina, heard):
    page = text(lina.get("/talks/compare/"))
    assert "You have heard 2 people so far. Hear 3 before you decide." in page
    assert "You have heard one person so far." in page
    assert 'href="/rules/P08/"' in page


def test_organizations_are_compared_as_well_and_what_is_chosen_is_shown(lina, heard):
    page = text(lina.get("/talks/compare/", {"by": "organization"}))
    assert sorted(columns(page)) == ["Lakeside Hospital", "Mercy Health"]
    one = text(lina.get("/talks/compare/", {"by": "organization", "subject": "mercy health"}))
    assert columns(one) == ["Mercy Health"]


def test_five_chosen_show_four_and_say_so(lina, scene, clock):
    people = (scene.luis, scene.priya, scene.jonas, scene.fatima, scene.chen)
    works = ("Pharmacist", "Buyer", "Planner", "Analyst", "Supply chain lead")
    for days, contact in enumerate(people, start=1):
        talked(contact, clock=clock, days=days, learnt="Something.")
    page = text(lina.get("/talks/compare/", {"subject": [work.lower() for work in works]}))
    assert len(columns(page)) == 4
    assert "Only 4 fit side by side" in page


def test_ones_own_view_is_kept_in_place_changed_and_taken_away(lina, heard):
    asked = {
        "about": "occupation",
        "subject": "buyer",
        "question": "liked",
        "next": "/talks/compare/?by=occupation",
    }
    answer = lina.post("/talks/compare/own/", {**asked, "text": "I like the pace too."})
    assert (answer.status_code, answer["Location"]) == (303, "/talks/compare/?by=occupation")
    assert "I like the pace too." in text(lina.get("/talks/compare/"))
    lina.post("/talks/compare/own/", {**asked, "text": "Not so sure."})
    assert OwnView.objects.get().text == "Not so sure."
    lina.post("/talks/compare/own/", {**asked, "text": " "})
    assert not OwnView.objects.exists()


def test_a_view_on_a_question_there_is_not_is_refused(lina, heard):
    asked = {"about": "occupation", "subject": "buyer", "question": "salary", "text": "Much"}
    answer = lina.post("/talks/compare/own/", asked)
    assert answer.status_code == 422
    assert "Much" in text(answer)


def test_what_a_talk_was_about_can_be_said_on_the_page(lina, heard):
    answer = lina.post(f"/talks/{heard.held.pk}/occupation/", {"occupation": "  Patient   logistics "})
    assert answer.status_code == 303
    assert "Patient logistics" in columns(text(lina.get("/talks/compare/")))


def test_what_was_said_can_be_printed_without_names(lina, heard):
    page = text(lina.get("/talks/compare/"))
    assert "Private: what people said in a talk is theirs." in page
    bare = text(lina.get("/talks/compare/", {"names": "off"}))
    table = bare[bare.index("<table") : bare.index("</table>")]
    assert "Priya Nair" not in table
    assert "Person 1" in table


def test_the_file_runs_no_formula_and_says_that_names_are_private(lina, heard, clock):
    talked(heard.jonas, clock=clock, days=2, learnt="=HYPERLINK(1)")
    answer = lina.get("/talks/compare/compare.csv", {"subject": ["planner", "buyer"]})
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert "private" in rows[0][3]
    assert ["Planner", "What did you learn?", "'=HYPERLINK(1)", "Jonas Weber", "2026-11-21", "talk"] in rows
    assert any(row[2] == "Sit in on a ward round" and row[5] == "advice" for row in rows)
    bare = lina.get("/talks/compare/compare.csv", {"names": "off"}).content.decode()
    assert "Priya Nair" not in bare


def test_with_nothing_heard_the_page_says_what_comes_first(lina, clock):
    page = text(lina.get("/talks/compare/"))
    assert "Nothing heard yet" in page
    assert "No decision yet" in text(lina.get("/talks/decisions/"))


def test_a_decision_keeps_what_it_rests_on_and_a_hint_does_not_refuse_it(lina, heard, clock):
    form = text(lina.get("/talks/decide/", {"about": "occupation", "name": "Buyer"}))
    assert "You have heard 2 people so far." in form
    answer = lina.post(
        "/talks/decide/",
        {"about": "occupation", "name": "buyer", "choice": "drop", "reasons": "Too much telephone.", "look_again_on": "2027-05-01"},
    )  # fmt: skip
    assert answer.status_code == 303
    row = CareerDecision.objects.get()
    assert {one["name"] for one in row.rests_on} == {"Priya Nair", "Luis Marín"}
    talked(heard.jonas, clock=clock, days=0, learnt="They plan nights.")
    page = text(lina.get("/talks/decisions/"))
    assert "I drop it" in page
    assert "it rests on 2 talks with 2 people" in page
    assert "talk about it since" not in page


def test_a_decision_about_nothing_named_yet_is_about_an_occupation(lina, heard):
    page = text(lina.get("/talks/decide/"))
    assert re.search(r'value="occupation"[^>]* checked', page)


def test_a_later_decision_takes_the_place_of_the_one_before(lina, heard, clock):
    actions.decide(
        heard.owner, about="occupation", name="Buyer", choice="go_on", now=clock - timedelta(days=30)
    )
    actions.decide(heard.owner, about="occupation", name="buyer", choice="choose", now=clock)
    page = text(lina.get("/talks/decisions/"))
    assert page.index("I choose it") < page.index("Before</h2>") < page.index("I go on looking")
    assert "I choose it" in text(lina.get("/talks/compare/"))


def test_its_day_to_look_again_is_marked_when_it_comes(lina, heard, clock):
    long_ago = clock - timedelta(days=200)
    actions.decide(
        heard.owner, about="organization", name="Mercy Health", choice="choose", now=long_ago,
        look_again_on=(clock - timedelta(days=1)).date(),
    )  # fmt: skip
    actions.decide(heard.owner, about="occupation", name="Porter", choice="drop", now=clock)
    page = text(lina.get("/talks/decisions/"))
    assert page.index("Mercy Health") < page.index("Porter")  # the newer one has time
    assert "You wanted to look at it again: yesterday" in page
    assert "You have held 1 talk about it since." in page


def test_a_day_that_has_passed_is_no_day_to_look_again(lina, heard):
    answer = lina.post(
        "/talks/decide/",
        {"about": "occupation", "name": "Buyer", "choice": "choose", "reasons": "Kept words", "look_again_on": "2026-11-01"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Kept words" in text(answer)
    assert not CareerDecision.objects.exists()


def test_another_owner_sees_none_of_it(client, heard, other_owner, clock):
    actions.decide(heard.owner, about="occupation", name="Buyer", choice="choose", now=clock)
    client.force_login(other_owner)
    assert "Nothing heard yet" in text(client.get("/talks/compare/", {"subject": "buyer"}))
    assert "No decision yet" in text(client.get("/talks/decisions/"))


@pytest.mark.parametrize(
    "path", ["/talks/compare/", "/talks/decisions/", "/talks/decide/?about=occupation&name=Buyer"]
)
def test_more_talks_ask_no_more_questions(lina, heard, clock, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    actions.decide(heard.owner, about="occupation", name="Buyer", choice="choose", now=clock)
    lina.get(path)
    with CaptureQueriesContext(connection) as before:
        lina.get(path)
    for days, contact in enumerate((heard.jonas, heard.fatima, heard.chen), start=1):
        talked(contact, clock=clock, days=days, learnt="Something.")
        actions.decide(heard.owner, about="occupation", name=f"Work {days}", choice="go_on", now=clock)
    with django_assert_max_num_queries(len(before)):
        lina.get(path)


def test_what_was_decided_and_thought_can_be_taken_back(lina, heard, clock):
    actions.decide(heard.owner, about="occupation", name="Buyer", choice="choose", now=clock)
    actions.undo_last(heard.owner, now=clock)
    assert not CareerDecision.objects.exists()
