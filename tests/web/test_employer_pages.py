"""The employer list in the browser: added by lines, edited where it stands, kept apart, undone."""

from __future__ import annotations

import pytest

from askwell.outreach import actions
from askwell.outreach.models import Employer
from askwell.outreach.queries.employers import SHOWN_MOST
from askwell.people.models import Contact, Organization

LIST = "/leads/employers/"


@pytest.fixture
def places(scene, clock):
    """The place where Priya is, who has not answered, and one where nobody is known."""
    at = scene.priya.positions.get(school=False).organization.name
    return actions.add_employers(scene.owner, [at, "Bluebird Labs"], now=clock)


def do(client, employer, act, **values):
    return client.post(f"/employers/{employer.pk}/do/{act}/", values, follow=True)


def test_an_empty_list_teaches_how_to_begin_and_many_lines_go_in_at_once(lina, scene):
    before = lina.get(LIST).content.decode()
    assert "Begin with five names" in before
    after = lina.post(LIST, {"names": "Bluebird Labs\r\n\r\n- Calder \nBluebird  labs"}, follow=True)
    assert "2 places added." in after.content.decode()
    assert "of 20 places" in after.content.decode()
    assert Employer.objects.count() == 2
    assert "already" in lina.post(LIST, {"names": "calder"}, follow=True).content.decode()


@pytest.mark.parametrize("names", ["", " \n ", "x" * 301])
def test_lines_that_name_nothing_are_told_and_kept(lina, scene, names):
    answer = lina.post(LIST, {"names": names})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode() or "field__error" in answer.content.decode()
    assert names.strip() in answer.content.decode()


def test_a_line_tells_whom_one_knows_there_and_where_asking_stands(lina, scene, places):
    page = lina.get(LIST).content.decode()
    assert f"/people/{scene.priya.pk}/" in page
    assert "asked, no answer yet" in page
    assert "second person there" in page
    assert "You know nobody there yet." in page


def test_rating_a_place_moves_it_up_and_can_be_undone(lina, scene, places):
    hospital, labs = places
    answer = do(lina, labs, "rate", motivation="5", posting="2")
    assert answer.redirect_chain[-1] == (LIST, 303)
    page = answer.content.decode()
    assert page.index(f"employer-{labs.pk}") < page.index(f"employer-{hospital.pk}")
    assert "/undo/" in page
    labs.refresh_from_db()
    assert (labs.motivation, labs.posting) == (5, 2)
    do(lina, labs, "rate", motivation="", posting="0")
    labs.refresh_from_db()
    assert labs.motivation is None
    assert lina.post(f"/employers/{labs.pk}/do/rate/", {"motivation": "9"}).status_code == 422


def test_only_the_list_is_given_where_a_part_is_asked_for(lina, scene, places):
    part = lina.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="employers"')


def test_a_place_that_does_not_hire_today_is_found_by_these_words(lina, scene, places):
    page = lina.get("/leads/employers/").content.decode()
    assert page.count("<summary>Not hiring today, notes and more") == len(places)


def test_not_hiring_today_keeps_it_apart_until_the_day(lina, scene, places, clock):
    _hospital, labs = places
    refused = lina.post(f"/employers/{labs.pk}/do/later/", {"look_again_on": clock.date().isoformat()})
    assert refused.status_code == 422
    assert f'id="again-error-{labs.pk}"' in refused.content.decode()
    page = do(lina, labs, "later", look_again_on="2099-01-05").content.decode()
    assert "Not hiring today" in page
    assert "look again on" in page
    assert "I looked again" in page
    page = do(lina, labs, "again").content.decode()
    assert "I looked again" not in page


def test_a_place_taken_off_is_a_click_away_from_coming_back(lina, scene, places):
    _hospital, labs = places
    assert "1 place taken off" in do(lina, labs, "drop").content.decode()
    assert "taken off" not in do(lina, labs, "back").content.decode()
    assert lina.post(f"/employers/{labs.pk}/do/dance/").status_code == 404
    assert lina.get(f"/employers/{labs.pk}/do/drop/").status_code == 405


def test_notes_are_kept_and_shown(lina, scene, places):
    assert "Ask about nights" in do(lina, places[1], "notes", notes="Ask about nights").content.decode()


def test_a_line_leads_to_a_lead_there_and_to_the_letter(lina, scene, places):
    labs = Organization.objects.get(name="Bluebird Labs")
    page = lina.get(f"/leads/?at={labs.pk}").content.decode()
    assert 'name="organization" value="Bluebird Labs"' in page
    assert 'name="organization" value="' not in lina.get("/leads/?at=99999999999").content.decode()
    ask = lina.get(f"/people/{scene.maria.pk}/ask/?purpose=connect").content.decode()
    assert 'value="connect" selected' in ask or 'value="connect" required id="id_purpose_1" checked' in ask


def test_forty_places_cost_the_same_queries(lina, scene, places, clock, django_assert_max_num_queries):
    actions.add_employers(scene.owner, [f"Place {number}" for number in range(38)], now=clock)
    lina.get(LIST)
    with django_assert_max_num_queries(22):
        assert "The list is full." in lina.get(LIST).content.decode()


def test_somebody_is_added_at_a_place_where_nobody_is_known(lina, scene, places):
    page = lina.get("/leads/employers/").content.decode()
    assert "/add/?at=Bluebird%20Labs" in page
    form = lina.get("/add/?at=Bluebird%20Labs&text=Ida Brandt, Buyer").content.decode()
    assert 'value="Bluebird Labs"' in form
    assert "Buyer, Bluebird Labs" in form
    lina.post("/add/", {"text": "Ida Brandt, Buyer", "at": "Bluebird Labs"})
    known = Contact.objects.get(name="Ida Brandt").positions.get()
    assert (known.title, known.organization.name) == ("Buyer", "Bluebird Labs")


def test_what_is_written_of_a_place_holds_before_the_place_one_came_from(lina, scene, places):
    lina.post("/add/", {"text": "met Ida Brandt, Buyer at Dale Group", "at": "Bluebird Labs"})
    assert Contact.objects.get(name="Ida Brandt").positions.get().organization.name == "Dale Group"


def test_places_beyond_what_a_page_reads_are_counted(lina, scene, clock):
    actions.add_employers(scene.owner, [f"Place {n}" for n in range(SHOWN_MOST + 2)], now=clock)
    assert lina.get(LIST).content.decode().count("and 2 more") == 1
