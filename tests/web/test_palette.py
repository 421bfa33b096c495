"""What one can say in the palette, as it stands on its page without script."""

from __future__ import annotations

import re

import pytest

from askwell.people.actions import NewContact, add_contact

FIND = {"HX-Request": "true"}


def found(lina, text):
    page = lina.get("/find/", {"q": text}, headers=FIND).content.decode()
    links = re.findall(r'<a class="find" href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    return {re.sub(r"<[^>]+>|\s+", " ", label).strip(): url for url, label in links}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("settings", "/settings/"),
        ("compare", "/talks/compare/"),
        ("employers", "/leads/employers/"),
        ("backup", "/settings/data/"),
        ("undo", "/changes/"),
        ("resume", "/settings/resumes/"),
        ("places to go", "/events/places/"),
        ("introducing", "/introductions/offers/"),
        ("who knows", "/people/tell/"),
        ("record", "/back/record/"),
        ("known", "/evidence/"),
        ("given", "/giving/log/"),
    ],
)
def test_a_page_is_found_by_its_name_or_by_what_it_is_for(lina, text, url):
    assert url in found(lina, text).values()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("career goals", "/goal/"),
        ("tell everyone", "/people/tell/"),
        ("hiring manager", "/people/"),
        ("phone script", "/people/"),
        ("informational interview", "/talks/"),
        ("homework", "/talks/"),
        ("follow up", "/"),
        ("thank-you note", "/"),
        ("stay in touch", "/"),
        ("can you suggest other people", "/introductions/"),
        ("job lead", "/leads/"),
        ("conference", "/events/"),
        ("reciprocal", "/giving/"),
        ("compare occupations", "/talks/compare/"),
        ("tracking system", "/back/"),
        ("skills and strengths", "/settings/cards/"),
        ("link to an article", "/giving/shelf/"),
    ],
)
def test_the_words_of_the_guides_lead_to_where_it_is_done(lina, text, url):
    assert url in found(lina, text).values()


def test_an_act_finds_whom_it_is_for(lina, scene):
    pk = scene.amara.pk
    assert found(lina, "note to ama")["Note about Amara Okafor"] == f"/people/{pk}/do/note/"
    assert found(lina, "note amara")["Note about Amara Okafor"] == f"/people/{pk}/do/note/"
    assert found(lina, "ask amara")["Ask Amara Okafor"] == f"/people/{pk}/ask/"


def test_the_page_of_every_act_opens(lina, scene):
    for text in ("note", "ask", "promise", "replied", "edit"):
        (url,) = (one for label, one in found(lina, f"{text} okafor").items() if "Add" not in label)
        assert lina.get(url).status_code in {200, 302, 303}, url


def test_add_takes_what_follows_it(lina):
    assert found(lina, "add Jane Doe")["Add “Jane Doe”"] == "/add/?text=Jane%20Doe"
    assert found(lina, "Jane Doe")["Add “Jane Doe”"] == "/add/?text=Jane%20Doe"


def test_nothing_typed_shows_the_places(lina):
    page = lina.get("/find/").content.decode()
    assert 'href="/talks/"' in page
    assert "Add “" not in page


def test_nobody_of_another_notebook_is_found_by_an_act(lina, django_user_model, now):
    from askwell.people.actions import NewContact, add_contact

    add_contact(django_user_model.objects.create(username="tom"), NewContact(name="Rosa Quispe"), now=now)
    assert list(found(lina, "note rosa")) == ["Add “note rosa”"]


def test_where_nobody_has_the_word_people_are_found_by_what_they_do_with_the_reason(lina, owner, now):
    from askwell.people.actions import NewContact, add_contact

    mara = add_contact(owner, NewContact(name="Mara Lindt", title="Lawyer"), now=now)
    (label,) = (label for label, url in found(lina, "attorney").items() if url == f"/people/{mara.pk}/")
    assert "By what they do: lawyer" in label
    assert "By what they do" not in " ".join(found(lina, "mara"))


def test_a_word_of_a_note_finds_its_person_with_the_passage_after_those_of_the_name(lina, owner, now):
    anna = add_contact(owner, NewContact(name="Anna Berg"), now=now)
    omar = add_contact(owner, NewContact(name="Omar Said", notes="Lives on <Berg> & works nights"), now=now)
    links = list(found(lina, "berg").items())
    assert links[0][1] == f"/people/{anna.pk}/"
    assert links[1][1] == f"/people/{omar.pk}/"
    assert "In your note:  Lives on &lt; Berg &gt; &amp; works nights" in links[1][0]
    assert "2 people found" in lina.get("/find/", {"q": "berg"}, headers=FIND).content.decode()
    assert f"/people/{omar.pk}/" not in found(lina, "note to anna").values()
