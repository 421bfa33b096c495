"""Homework: the news, what is in common, the own story, and the questions beside the telephone."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from askwell.outreach import actions
from askwell.outreach.models import Outreach, Talk
from askwell.outreach.queries import seeker_of
from askwell.people.actions import add_position, tag_contacts
from askwell.people.models import Contact, Tag, Tagging

PAGE = b"<html><head><style>x</style></head><body><p>Mercy <b>opens</b> a ward</p><script>x()</script></body></html>"


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def url(scene):
    return f"/outreach/{scene.silent.pk}/homework/"


def homework_of(scene):
    return Outreach.objects.get(pk=scene.silent.pk).homework


def upload(data, name="news.html"):
    return SimpleUploadedFile(name, data, content_type="text/html")


def test_news_pasted_is_kept_and_counts_as_read(lina, scene, url):
    lina.post(url, {"news": "Mercy opens a ward.\r\nIn spring."})
    assert homework_of(scene)["news"] == "Mercy opens a ward.\nIn spring."
    assert "In spring." in text(lina.get(url))


def test_of_a_saved_page_the_words_are_kept_below_what_was_pasted(lina, scene, url):
    lina.post(url, {"news": "Seen on Monday", "news_file": upload(PAGE)})
    assert homework_of(scene)["news"] == "Seen on Monday\n\nMercy opens a ward"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00", "no text to read"),
        (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_its_field_and_what_was_typed_stays(
    lina, scene, url, data, said
):
    answer = lina.post(url, {"news": "Typed by hand", "news_file": upload(data)})
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Typed by hand" in text(answer)
    assert "news" not in homework_of(scene)


def test_news_taken_away_again_is_away_and_a_page_without_the_field_takes_nothing(lina, scene, url):
    lina.post(url, {"news": "Mercy opens a ward.", "why_company": "Their wards"})
    lina.post(url, {"offer": "Coffee"})
    assert homework_of(scene)["news"] == "Mercy opens a ward."
    lina.post(url, {"news": "", "why_company": "Their wards"})
    assert "news" not in homework_of(scene)
    assert homework_of(scene)["why_company"] == "Their wards"


def test_the_own_story_is_the_same_for_every_talk_and_is_measured(lina, scene, url, owner):
    lina.post(url, {"story": "word " * 195})
    assert seeker_of(owner).story.split() == ["word"] * 195
    assert homework_of(scene)["synopsis"] is True
    page = text(lina.get(f"/talks/{scene.booked.pk}/prepare/"))
    assert "195 words, about 90 seconds" in page
    assert "at 130 words a minute, a pace we assume" in page


def test_what_the_two_have_in_common_is_shown_with_where_it_was_seen(lina, scene, owner, clock, url):
    own = Contact.objects.get(owner=owner, is_self=True)
    for who, years in ((own, ("2014", "2018")), (scene.priya, ("2016", "2020"))):
        add_position(who, now=clock, organization="Northfield", school=True, started=years[0], ended=years[1])
    tag_contacts(owner, [scene.priya], "sailing", now=clock)
    Tagging.objects.create(owner=owner, contact=own, tag=Tag.objects.get(name="sailing"))
    page = text(lina.get(url))
    assert "You were both at Northfield, 2016–2018." in page
    assert "You both belong to “sailing”." in page
    assert "theirs: written down by hand, yours: written down by hand" in page


def test_people_between_the_two_are_named(lina, scene):
    page = text(lina.get(f"/outreach/{Outreach.objects.get(contact=scene.amara).pk}/homework/"))
    assert "Luis Marín gave you their name." in page


def test_nothing_in_common_says_how_to_find_some(lina, scene, url):
    assert "Your own schools and jobs count too" in text(lina.get(url))


def test_what_one_wrote_down_oneself_is_something_in_common(lina, scene, url):
    lina.post(url, {"connection_kind": "school", "connection": "Northfield"})
    page = text(lina.get(url))
    assert "The same school: Northfield" in page
    assert "Your own schools and jobs count too" not in page


def test_what_to_wear_is_said_where_one_meets(lina, scene):
    url = f"/talks/{scene.booked.pk}/prepare/"
    assert "wear what people wear there" not in text(lina.get(url))
    Talk.objects.filter(pk=scene.booked.pk).update(channel="in_person")
    page = text(lina.get(url))
    assert "wear what people wear there" in page
    assert "P09" in page


def test_the_sheet_to_print_has_card_agenda_questions_story_and_offer(lina, scene, clock):
    actions.save_homework(
        scene.booked.outreach,
        questions=[{"text": "What led you here?", "starred": True}],
        offer="A reading list",
        homework={"why_company": "Their night deliveries"},
        now=clock,
    )
    page = text(lina.get(f"/talks/{scene.booked.pk}/prepare/"))
    sheet = page[page.index("sheet-print") :]
    for words in (
        "Europe/Berlin", "https://meet.example/jonas", "Your questions", "What led you here? ★",
        "A reading list", "Their night deliveries", "To close",
    ):  # fmt: skip
        assert words in sheet, words


def test_the_starred_questions_stand_beside_what_one_says_on_the_telephone(lina, scene, clock):
    url = f"/letters/{scene.draft.pk}/"
    assert "If they have time at once" not in text(lina.get(url))
    lina.post(f"{url}channel/", {"channel": "phone", "body": scene.draft.body})
    assert "Have your questions beside you" in text(lina.get(url))
    questions = [{"text": "Why Mercy?", "starred": True}, {"text": "Why trains?", "starred": False}]
    actions.save_homework(scene.draft.outreach, questions=questions, now=clock)
    page = text(lina.get(url))
    assert "Why Mercy?" in page
    assert "Why trains?" not in page


def test_a_talk_of_no_request_can_be_prepared_too(lina, scene, owner, clock):
    Talk.objects.filter(pk=scene.booked.pk).update(outreach=None)
    page = text(lina.get(f"/talks/{scene.booked.pk}/prepare/"))
    assert "What you have in common" in page
    assert "belongs to no request" in page


@pytest.mark.parametrize(
    ("channel", "where", "said"),
    [
        ("phone", "", "by phone."),
        ("phone", "+1 312 555 0100", "by phone, at +1 312 555 0100."),
        ("video", "https://meet.example/j", "by video, at https://meet.example/j."),
        ("in_person", "", "in person."),
    ],
)
def test_the_confirmation_names_hour_and_way_even_where_no_number_is_known(lina, scene, channel, where, said):
    Talk.objects.filter(pk=scene.booked.pk).update(channel=channel, where=where)
    values = {"mode": "check_in", "occasion": "confirm", "about": f"talk:{scene.booked.pk}"}
    page = text(lina.post(f"/people/{scene.jonas.pk}/write/", values, follow=True))
    body = page[page.index("<textarea") : page.index("</textarea>")]
    assert "Thursday 26 November" in body
    assert said in body
