"""The page of who knows that one is looking."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.scene import person

from askwell.outreach import actions
from askwell.outreach.models import Draft, Telling
from askwell.people.models import Organization

PAGE = "/people/tell/"


def read(client, path=PAGE, **more):
    answer = client.get(path, **more)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def chosen(lina, scene, now):
    """Luis stands on the list."""
    (row,) = actions.choose_to_tell(scene.owner, [scene.luis], now=now)
    return row


def do(client, row, act, status=303):
    answer = client.post(reverse("telling_do", args=[row.pk, act]))
    assert answer.status_code == status
    return answer


def test_an_empty_notebook_is_sent_to_bring_people_in(lina):
    assert 'href="/import/"' in read(lina)


def test_people_are_suggested_with_reasons_and_ticked_onto_the_list(lina, scene, now):
    actions.set_closeness(scene.luis, closeness=5, now=now)
    page = read(lina)
    assert "You are close." in page
    answer = lina.post(PAGE, {"who": [scene.luis.pk]}, follow=True)
    assert "1 person put on the list." in answer.content.decode()
    page = read(lina)
    assert "Told 0 of 1" in page
    assert "Write the letter" in page


def test_somebody_is_chosen_by_name_and_a_name_nobody_has_keeps_what_was_typed(lina, scene):
    lina.post(PAGE, {"name": "Luis Marín"})
    assert [row.contact for row in Telling.objects.all()] == [scene.luis]
    answer = lina.post(PAGE, {"name": "Zebedee"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nobody here has that name." in page
    assert 'value="Zebedee"' in page


def test_a_name_of_two_people_is_not_guessed(lina, scene, now):
    for name in ("Zora One", "Zora Two"):
        person(scene.owner, name, now=now)
    answer = lina.post(PAGE, {"name": "Zora"})
    assert answer.status_code == 422
    assert not Telling.objects.exists()


@pytest.mark.parametrize("data", [{}, {"who": ["999999"]}, {"who": ["9" * 40]}, {"who": ["x"]}])
def test_a_list_without_anybody_changes_nothing(lina, scene, data):
    assert lina.post(PAGE, data).status_code in {303, 422}
    assert not Telling.objects.exists()


def test_another_notebooks_people_cannot_be_chosen(client, scene, other_owner, clock):
    client.force_login(other_owner)
    client.post(PAGE, {"who": [scene.luis.pk]})
    assert not Telling.objects.exists()


def test_the_letter_is_begun_once_and_says_what_one_looks_for(lina, chosen):
    first = do(lina, chosen, "letter").url
    assert do(lina, chosen, "letter").url == first
    draft = Draft.objects.get(occasion="tell")
    assert "analyst" in draft.body
    assert "Go on with the letter" in read(lina)


def test_sent_from_its_page_they_know_and_their_page_says_so(lina, scene, chosen, now):
    draft = Draft.objects.get(pk=do(lina, chosen, "letter").url.rstrip("/").rsplit("/", 1)[-1])
    answer = lina.post(
        reverse("letter_sent", args=[draft.pk]),
        {"at_0": "2026-11-23", "at_1": "08:55", "at": "2026-11-23T08:55"}
        | {f"because-{rule}": "he knows me" for rule in ("M00", "P01", "K06", "T01", "T03")},
    )
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    assert "Told 1 of 1" in read(lina)
    assert "Knows that you are looking" in read(lina, f"/people/{scene.luis.pk}/")


def test_told_otherwise_or_taken_off_the_list_is_one_click_and_can_be_undone(lina, chosen):
    do(lina, chosen, "told")
    assert "Told 1 of 1" in read(lina)
    actions.undo_last(chosen.owner, now=chosen.chosen_at)
    do(lina, chosen, "drop")
    assert not Telling.objects.exists()


def test_no_other_act_is_known(lina, chosen):
    do(lina, chosen, "shout", status=404)


class TestAConfidentialSearch:
    @pytest.fixture(autouse=True)
    def confidential(self, lina, scene, now):
        house = Organization.objects.get(name="Mercy Health")
        actions.change_seeker(scene.owner, confidential=True, employer=house, now=now)

    def test_the_page_says_that_it_may_leak_and_whom_it_leaves_out(self, lina, scene):
        page = read(lina)
        assert "this may leak all the same" in page
        assert "they work there" in page
        assert f'id="who-{scene.priya.pk}"' not in page

    def test_one_who_works_there_has_no_way_round(self, lina, scene):
        answer = lina.post(PAGE, {"who": [scene.priya.pk], "because-Q01": "she is nice"})
        assert answer.status_code == 422
        assert "This one has no way round." in answer.content.decode()
        assert not Telling.objects.exists()

    def test_a_letter_begun_before_offers_no_way_out_of_the_notebook(self, lina, scene, now):
        actions.change_seeker(scene.owner, confidential=False, now=now)
        draft = actions.new_draft(scene.priya, mode="reconnect", now=now)
        actions.change_seeker(scene.owner, confidential=True, now=now)
        page = read(lina, f"/letters/{draft.pk}/")
        assert "mailto:" not in page
        assert "letter.eml" not in page
        answer = lina.get(f"/letters/{draft.pk}/letter.eml")
        assert answer.status_code != 200
        assert b"Dear" not in answer.content
