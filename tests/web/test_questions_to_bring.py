"""Suggested questions beside the homework: each with its reason, taken over with one click."""

from __future__ import annotations

import re
from html import unescape

import pytest

from askwell.outreach import actions
from askwell.outreach.models import Outreach
from askwell.people.journal import last_change, undo
from askwell.rules.questions.bank import QUESTIONS

pytestmark = pytest.mark.django_db


def text(response):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def offered(response):
    """Keys of the questions a click would take over."""
    keys = re.findall(r'name="take" value="([^"]+)"', response.content.decode())
    return [key for key in keys if key != "all"]


def kept(outreach):
    return [each["text"] for each in Outreach.objects.get(pk=outreach.pk).questions]


@pytest.fixture
def homework(scene):
    """Priya has not answered yet; there is time to prepare."""
    return f"/outreach/{scene.silent.pk}/homework/"


def test_questions_are_suggested_with_their_reasons(lina, homework):
    page = lina.get(homework)
    keys = offered(page)
    assert 8 <= len(keys) <= 10
    assert "Suggested questions" in text(page)
    for key in keys:
        assert QUESTIONS[key].text in text(page)
        assert f"Then: {QUESTIONS[key].follow_ups[0]}" in text(page)
    assert "leads to the rest" in text(page)
    assert 'href="/rules/P04/"' in page.content.decode()
    assert page.content.decode().count("★") == 5


def test_one_click_takes_a_question_over_and_keeps_all_that_was_typed(lina, scene, homework):
    key = offered(lina.get(homework))[0]
    typed = {"questions": "* How did the fire change the ward?", "offer": "my thesis", "take": key}
    answer = lina.post(homework, typed)
    assert answer.status_code == 303
    assert answer.url == f"{homework}#suggested"
    assert kept(scene.silent) == ["How did the fire change the ward?", QUESTIONS[key].text]
    assert Outreach.objects.get(pk=scene.silent.pk).offer == "my thesis"
    page = lina.get(homework)
    assert "Among yours" in text(page)
    assert key not in offered(page)
    assert "* How did the fire change the ward?" in unescape(page.content.decode())


def test_all_are_taken_over_at_once_with_their_stars(lina, scene, homework):
    suggested = offered(lina.get(homework))
    lina.post(homework, {"take": "all"})
    assert kept(scene.silent) == [QUESTIONS[key].text for key in suggested]
    stars = [each["starred"] for each in Outreach.objects.get(pk=scene.silent.pk).questions]
    assert sum(stars) == 5
    page = lina.get(homework)
    assert offered(page) == []
    assert "Add all to mine" not in text(page)


def test_what_was_taken_over_is_one_step_back(lina, scene, homework, owner, clock):
    lina.post(homework, {"take": "all"})
    undo(last_change(owner), now=clock)
    assert kept(scene.silent) == []


def test_a_click_on_an_old_page_takes_what_it_showed(lina, scene, homework):
    lina.post(homework, {"take": "culture.lunch"})
    assert kept(scene.silent) == [QUESTIONS["culture.lunch"].text]
    lina.post(homework, {"take": "nothing.there", "questions": "What changed?"})
    assert kept(scene.silent) == ["What changed?"]


def test_others_are_shown_and_taken_over_as_well(lina, scene, homework):
    first = offered(lina.get(homework))
    page = lina.get(f"{homework}?variant=1")
    assert 'href="?variant=2#suggested"' in page.content.decode()
    others = [key for key in offered(page) if key not in first]
    assert len(others) == 6
    answer = lina.post(f"{homework}?variant=1", {"take": others[0]})
    assert answer.url == f"{homework}?variant=1#suggested"
    assert kept(scene.silent) == [QUESTIONS[others[0]].text]
    assert offered(lina.get(f"{homework}?variant=nine")) == first


def test_what_was_read_is_not_asked(lina, homework, scene):
    lina.post(homework, {"homework": ["site"]})
    assert "assignments.this_year" not in offered(lina.get(homework))


def test_what_is_not_asked_is_named_with_its_rule(lina, homework):
    lina.post(homework, {"questions": "How much do you earn?"})
    page = lina.get(homework)
    named = text(page).count("“How much do you earn?” asks what they earn.")
    assert named == 2  # once as an example of what is better not asked
    assert 'href="/rules/C09/"' in page.content.decode()


def test_before_a_talk_they_fit_its_length(lina, scene):
    url = f"/talks/{scene.booked.pk}/prepare/"
    page = lina.get(url)
    assert f"For {scene.booked.minutes} minutes" in text(page)
    key = offered(page)[0]
    assert lina.post(url, {"take": key}).url == f"{url}#suggested"
    assert kept(scene.booked.outreach) == [QUESTIONS[key].text]


def test_the_readiness_of_a_talk_names_a_question_that_is_not_asked(lina, scene):
    asked = [{"text": "How old are you?", "starred": False}]
    actions.save_homework(scene.booked.outreach, questions=asked, now=scene.booked.starts_at)
    assert "asks for their private life" in text(lina.get(f"/talks/{scene.booked.pk}/"))


def test_what_is_amiss_is_said_once_where_the_readiness_says_it(lina, scene):
    asked = [{"text": "Do you like it?", "starred": True}, {"text": "Is it hard?", "starred": False}]
    actions.save_homework(scene.booked.outreach, questions=asked, now=scene.booked.starts_at)
    page = text(lina.get(f"/talks/{scene.booked.pk}/prepare/"))
    assert page.count("take no more than a yes or no") == 1
    assert page.count("2 questions; 5 or more") == 1


def test_what_was_prepared_for_a_talk_held_is_not_suggested_again(lina, scene):
    outreach = scene.held.outreach
    before = f"/outreach/{outreach.pk}/homework/"
    first = [key for key in offered(lina.get(before)) if not key.startswith(("closers", "give_back"))]
    rows = [{"text": QUESTIONS[key].text, "starred": False} for key in first]
    actions.save_homework(outreach, questions=rows, now=scene.held.ended_at)
    assert not set(first) & set(offered(lina.get(before)))
