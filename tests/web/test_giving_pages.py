"""The place Giving: favours of a week, the log, the shelf, new jobs; and what other pages say of it."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.models import Draft, Favor, JobChange, LinkShare, Promise, SavedLink

URL = "https://wards.example/numbers"


def text(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def link(scene, clock):
    return actions.save_link(
        scene.owner, title="Why wards believe numbers", url=URL, topics="wards, logistics", now=clock
    )


@pytest.fixture
def new_job(scene, clock):
    return JobChange.objects.create(
        owner=scene.owner,
        contact=scene.luis,
        organization="Mercy Health",
        title="Head pharmacist",
        noticed_at=clock,
    )


def test_giving_is_a_place_with_three_tabs(lina, scene):
    page = text(lina.get("/giving/"))
    assert 'href="/giving/shelf/"' in page
    assert 'href="/giving/log/"' in page
    assert "Giving" in text(lina.get("/"))


@pytest.mark.parametrize("path", ["/giving/", "/giving/log/", "/giving/shelf/"])
def test_an_empty_notebook_is_told_one_thing_to_do(lina, path):
    assert 'class="empty"' in text(lina.get(path))


def test_the_week_names_favours_with_their_minutes_and_reasons(lina, scene):
    page = text(lina.get("/giving/"))
    assert "Luis Marín" in page
    assert "Send the reading list" in page
    assert "5 minutes" in page
    promise = Promise.objects.get(text="Send the reading list")
    lina.post("/steps/done/", {"key": f"keep_promise:promise:{promise.pk}", "next": "/giving/"})
    assert "Send the reading list" not in text(lina.get("/giving/"))


def test_a_give_an_ask_and_another_seekers_question_are_noted(lina, scene, clock):
    at = "2026-11-20T10:00"
    lina.post("/giving/log/", {"who": "Luis Marín", "kind": "give", "text": "A map of the labs", "at": at})
    lina.post("/giving/log/", {"who": "Luis Marín", "kind": "ask", "text": "A look at my letter", "at": at})
    lina.post("/giving/log/", {"who": "Luis Marín", "kind": "wanted", "text": "How to begin?", "at": at})
    assert Promise.objects.get(text="How to begin?").due is not None
    given = text(lina.get("/giving/log/?kind=give"))
    assert "A map of the labs" in given
    assert "A look at my letter" not in given
    assert "A look at my letter" in text(lina.get(f"/giving/log/?person={scene.luis.pk}"))
    assert "A look at my letter" not in text(lina.get(f"/giving/log/?person={scene.maria.pk}"))


def test_what_was_typed_is_kept_where_something_is_missing(lina, scene):
    answer = lina.post(
        "/giving/log/", {"who": "Luis Marín", "kind": "give", "text": "", "at": "2026-11-20T10:00"}
    )
    assert answer.status_code == 422
    assert "Luis Marín" in text(answer)


@pytest.mark.parametrize("query", ["?person=x", "?person=99999999999999999999", "?kind=all"])
def test_a_query_that_means_nothing_shows_the_whole_log(lina, scene, query):
    assert lina.get(f"/giving/log/{query}").status_code == 200


def test_something_is_put_on_the_shelf_and_the_page_says_whom_it_helps(lina, scene, clock):
    form = {"title": "Why wards believe numbers", "url": URL, "topics": "patient logistics", "note": ""}
    where = lina.post("/giving/shelf/", form).headers["Location"]
    page = text(lina.get(where))
    assert SavedLink.objects.get().url == URL
    assert f'href="{URL}"' in page
    assert "Nobody comes to mind" in page or "Write with it" in page
    assert "Why wards believe numbers" in text(lina.get("/giving/shelf/"))


def test_an_address_that_is_none_of_the_web_is_refused_at_its_field(lina, scene):
    answer = lina.post("/giving/shelf/", {"title": "Notes", "url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "A web address begins with https://" in text(answer)
    assert 'value="javascript:alert(1)"' in text(answer)
    assert not SavedLink.objects.exists()


def test_a_letter_with_it_is_begun_once_and_carries_it(lina, scene, link):
    where = f"/shelf/{link.pk}/do/write/"
    first = lina.post(where, {"contact": scene.maria.pk}).headers["Location"]
    assert lina.post(where, {"contact": scene.maria.pk}).headers["Location"] == first
    letter = Draft.objects.get(contact=scene.maria)
    assert URL in letter.body
    page = text(lina.get(first))
    assert "Why did it make you think of them?" not in page or "resource" not in page
    lina.post(f"{first}variant/")
    letter.refresh_from_db()
    assert URL in letter.body


def test_what_was_handed_over_is_noted_and_the_shelf_says_to_whom(lina, scene, link):
    lina.post(f"/shelf/{link.pk}/", {"who": "Luis Marín"})
    assert LinkShare.objects.get().contact == scene.luis
    assert "given to 1 person" in text(lina.get("/giving/shelf/"))
    again = lina.post(f"/shelf/{link.pk}/", {"who": "Luis Marín"})
    assert again.status_code == 422


def test_the_shelf_is_mended_and_cleared(lina, scene, link):
    form = {"title": "Wards and numbers", "url": "", "topics": "", "note": "Read twice"}
    lina.post(f"/shelf/{link.pk}/edit/", form)
    link.refresh_from_db()
    assert (link.title, link.url, link.note) == ("Wards and numbers", "", "Read twice")
    assert lina.post(f"/shelf/{link.pk}/edit/", form | {"url": "ftp://a.example"}).status_code == 422
    lina.post(f"/shelf/{link.pk}/do/drop/")
    assert "Wards and numbers" not in text(lina.get("/giving/shelf/")).split("<main")[-1].split("toast")[0]
    assert lina.get(f"/shelf/{link.pk}/").status_code == 200
    assert lina.post(f"/shelf/{link.pk}/do/burn/").status_code == 404


def test_a_new_job_is_congratulated_on_or_let_go(lina, scene, new_job):
    page = text(lina.get("/giving/"))
    assert "Head pharmacist, Mercy Health" in page
    where = lina.post(f"/people/{scene.luis.pk}/write/", {"mode": "check_in", "occasion": "congratulate"})
    assert "Head pharmacist at Mercy Health" in text(lina.get(where.headers["Location"]))
    lina.post(f"/new-jobs/{new_job.pk}/said/")
    new_job.refresh_from_db()
    assert new_job.congratulated_at is not None
    assert Favor.objects.filter(contact=scene.luis, kind="give").exists()
    assert "Head pharmacist" not in text(lina.get("/giving/")).split("<main")[-1].split("toast")[0]


def test_a_new_job_let_go_makes_no_give(lina, scene, new_job):
    assert lina.post(f"/new-jobs/{new_job.pk}/shout/").status_code == 404
    lina.post(f"/new-jobs/{new_job.pk}/go/")
    new_job.refresh_from_db()
    assert new_job.let_go_at is not None
    assert not Favor.objects.filter(kind="give").exists()


def test_another_owners_shelf_and_new_jobs_are_not_there(client, other_owner, scene, link, new_job, clock):
    client.force_login(other_owner)
    for path in (f"/shelf/{link.pk}/", f"/shelf/{link.pk}/edit/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/shelf/{link.pk}/do/drop/").status_code == 404
    assert client.post(f"/new-jobs/{new_job.pk}/said/").status_code == 404
    mine = actions.save_link(other_owner, title="Mine", now=clock)
    theirs = client.post(f"/shelf/{mine.pk}/do/write/", {"contact": scene.luis.pk})
    assert theirs.status_code == 404


def test_a_persons_page_has_one_favour_and_the_way_to_note_their_question(lina, scene, link, clock):
    actions.record_thanks(scene.amara, now=clock - timedelta(days=1))
    page = text(lina.get(f"/people/{scene.amara.pk}/"))
    assert f"/people/{scene.amara.pk}/do/help/" in page
    answer = lina.post(
        f"/people/{scene.amara.pk}/do/help/", {"text": "Whom to ask?", "asked_at": "2026-11-20T10:00"}
    )
    assert answer.status_code == 303
    assert Promise.objects.get(text="Whom to ask?").mine


def test_the_pages_ask_few_questions(lina, scene, link, new_job, django_assert_max_num_queries):
    lina.get("/more/")
    for path in ("/giving/", "/giving/log/", "/giving/shelf/", f"/shelf/{link.pk}/"):
        with django_assert_max_num_queries(70):
            assert lina.get(path).status_code == 200


def test_a_letter_to_stay_in_touch_asks_for_something_and_offers_what_the_shelf_has(lina, scene, clock):
    actions.save_link(scene.owner, title="Pharmacies at night", url=URL, topics="pharmacist", now=clock)
    where = lina.post(f"/people/{scene.luis.pk}/write/", {"mode": "check_in"}).headers["Location"]
    page = text(lina.get(where))
    assert "Is there something useful you could send them?" in page
    assert "From your shelf" in page
    lina.post(f"{where}rebuild/", {"fact-resource": f"Pharmacies at night: {URL}"})
    letter = Draft.objects.get(contact=scene.luis)
    assert URL in letter.body
    assert "From your shelf" not in text(lina.get(where))


def test_after_a_talk_one_thinks_of_telling_them_the_same(lina, scene, clock):
    where = f"/talks/{scene.held.pk}/after/"
    assert "What could they ask you about yours?" in text(lina.get(where))
    actions.change_seeker(scene.owner, offer="My map of the labs", now=clock)
    assert "My map of the labs" in text(lina.get(where))
