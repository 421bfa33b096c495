"""The letter: kept as typed, linted, mended, sent."""

from __future__ import annotations

import re

import pytest

from askwell.outreach.actions import change_seeker
from askwell.outreach.models import Draft, Touch
from askwell.people.actions import NewContact, add_contact, add_point
from askwell.people.models import Contact

BAD = (
    "Dear Chen Wei,\n\nI am finishing a master's in operations. Do you have any job openings on your team this spring?\n\n"
    "Thanks,\nLina Haddad\n"
)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def url(scene):
    return f"/letters/{scene.draft.pk}/"


def test_what_was_typed_is_kept_and_htmx_gets_the_findings(lina, scene, url):
    answer = lina.post(
        url,
        {"subject": "Hospital supply chains", "body": BAD.replace("\n", "\r\n")},
        headers={"HX-Request": "true"},
    )
    assert "M01" in text(answer)
    assert "<html" not in answer.content.decode()
    scene.draft.refresh_from_db()
    assert scene.draft.body == BAD


def test_places_count_in_the_text_as_kept(lina, scene, url):
    answer = lina.post(
        url, {"subject": "x", "body": BAD.replace("\n", "\r\n")}, headers={"HX-Request": "true"}
    )
    found = re.search(
        r'data-part="body" data-offset="(\d+)" data-length="(\d+)" data-severity="error"',
        answer.content.decode(),
    )
    offset, length = map(int, found.groups())
    assert "job openings" in BAD[offset : offset + length] or length == 0


def test_without_script_saving_comes_back_to_the_letter(lina, scene, url):
    answer = lina.post(url, {"subject": "Hello", "body": "Dear Chen Wei,"})
    assert (answer.status_code, answer["Location"]) == (303, url)


def test_a_fix_is_made_on_the_text_in_the_form(lina, scene, url):
    lina.post(url, {"subject": "Hospital supply chains", "body": BAD})
    number = re.search(rf'formaction="{url}fix/(\d+)/"', lina.get(url).content.decode()).group(1)
    answer = lina.post(f"{url}fix/{number}/", {"subject": "Hospital supply chains", "body": BAD})
    assert answer.status_code == 303
    scene.draft.refresh_from_db()
    assert scene.draft.body != BAD


def test_a_fix_that_is_no_more_there_changes_nothing(lina, scene, url):
    lina.post(f"{url}fix/99/", {"subject": "S", "body": "Dear Chen Wei,"})
    scene.draft.refresh_from_db()
    assert scene.draft.body == "Dear Chen Wei,"


def test_another_wording_differs(lina, scene, url):
    before = scene.draft.body
    lina.post(f"{url}variant/", {"subject": scene.draft.subject, "body": before})
    scene.draft.refresh_from_db()
    assert scene.draft.body != before


def test_an_untouched_draft_is_written_anew_for_another_way(lina, scene, url):
    lina.post(f"{url}channel/", {"channel": "phone"})
    scene.draft.refresh_from_db()
    assert scene.draft.channel == "phone"
    assert not scene.draft.body.startswith("Dear")


def test_who_tries_all_the_ways_and_comes_back_to_mail_finds_a_mail(lina, scene, url):
    bodies = []
    for way in ("phone", "linkedin", "phone", "email"):
        lina.post(f"{url}channel/", {"channel": way})
        scene.draft.refresh_from_db()
        bodies.append(scene.draft.body)
    assert bodies[0] == bodies[2]
    assert len(set(bodies)) == 3
    assert bodies[3].startswith("Dear")


def test_a_touched_letter_keeps_its_words_on_another_way(lina, scene, url):
    lina.post(url, {"subject": "S", "body": "My own words."})
    lina.post(f"{url}channel/", {"channel": "linkedin"})
    scene.draft.refresh_from_db()
    assert (scene.draft.channel, scene.draft.body) == ("linkedin", "My own words.")


def test_answers_to_what_was_missing_are_built_in(lina, scene):
    lina.post(f"/people/{scene.maria.pk}/ask/", {"purpose": "explore", "mode": "informational"})
    draft = Draft.objects.get(contact=scene.maria)
    asked = lina.get(f"/letters/{draft.pk}/").content.decode()
    assert 'name="fact-hook"' in asked
    lina.post(f"/letters/{draft.pk}/rebuild/", {"fact-hook": "your essay on stockpiles"})
    draft.refresh_from_db()
    assert "your essay on stockpiles" in draft.body
    assert draft.outreach.hook == "your essay on stockpiles"


def test_a_name_answered_once_ends_every_letter(lina, owner, scene, url):
    Contact.objects.for_owner(owner).filter(is_self=True).delete()
    change_seeker(owner, signature="", now=scene.draft.updated_at)
    assert 'name="fact-seeker"' in lina.get(url).content.decode()
    lina.post(f"{url}rebuild/", {"fact-seeker": "Lina Haddad"})
    scene.draft.refresh_from_db()
    assert scene.draft.body.endswith("\nLina Haddad\n")
    assert Contact.objects.for_owner(owner).get(is_self=True).name == "Lina Haddad"
    assert 'name="fact-seeker"' not in lina.get(url).content.decode()


def test_a_connection_that_is_none_is_left_out(lina, scene, url):
    assert (
        lina.post(f"{url}rebuild/", {"fact-connection": "nonsense", "fact-leave": "given"}).status_code == 303
    )


def test_sent_is_in_the_history_and_the_letter_is_closed(lina, scene, url, clock):
    answer = lina.post(f"{url}sent/", {"at": "2026-11-23T08:55"})
    assert answer.status_code == 303, text(answer)
    assert Touch.objects.filter(contact=scene.chen, direction="out", kind="message").exists()
    assert "This letter went out" in text(lina.get(url))


def test_sent_from_another_zone_than_utc_can_be_taken_back(lina, owner, scene, url, clock):
    change_seeker(owner, zone="Europe/Vienna", now=clock)
    lina.post(f"{url}sent/", {"at": "2026-11-23T15:55"})
    page = text(lina.get(f"/people/{scene.chen.pk}/"))
    change = re.search(r'action="/undo/(\d+)/"', page).group(1)
    lina.post(f"/undo/{change}/")
    scene.draft.refresh_from_db()
    assert scene.draft.sent_at is None


def test_a_letter_with_an_error_asks_for_a_reason_and_keeps_it(lina, scene, url):
    lina.post(url, {"subject": "Hospital supply chains", "body": BAD})
    refused = lina.post(f"{url}sent/", {"at": "2026-11-23T08:55"})
    assert refused.status_code == 422
    fields = set(re.findall(r'name="(because-[A-Z]\d\d)"', refused.content.decode()))
    assert fields
    passed = lina.post(f"{url}sent/", {"at": "2026-11-23T08:55", **dict.fromkeys(fields, "They asked me to")})
    assert passed.status_code == 303
    scene.draft.refresh_from_db()
    assert scene.draft.sent_at


def test_the_file_for_a_mail_program_carries_the_letter(lina, scene, url):
    answer = lina.get(f"{url}letter.eml")
    assert answer["Content-Type"] == "message/rfc822"
    assert b"To: Chen Wei <chen@mercy.example>" in answer.content
    first = re.search(rb"Message-ID: (.*)\r\n", answer.content).group(1)
    again = re.search(rb"Message-ID: (.*)\r\n", lina.get(f"{url}letter.eml").content).group(1)
    assert first == again


def test_without_an_address_the_file_says_what_is_missing(lina, scene, clock):
    nameless = Contact.objects.get(pk=scene.maria.pk)
    nameless.points.all().delete()
    lina.get("/more/")
    lina.post(f"/people/{nameless.pk}/ask/", {"purpose": "explore", "mode": "informational"})
    draft = Draft.objects.get(contact=nameless)
    page = lina.get(f"/letters/{draft.pk}/letter.eml", follow=True)
    assert "The file needs their e-mail" in text(page)
    add_point(nameless, "email", "maria@office.example", now=clock)
    assert lina.get(f"/letters/{draft.pk}/letter.eml").status_code == 200


def test_whoever_may_not_ask_without_a_goal_is_led_to_it(lina, owner, clock):
    maria = add_contact(owner, NewContact(name="Maria Lindqvist", emails=["maria@office.example"]), now=clock)
    page = text(lina.post(f"/people/{maria.pk}/ask/", {"purpose": "explore", "mode": "informational"}))
    assert "Rule P01" in page
    assert re.search(r'<a [^>]*href="/goal/">To your goal</a>', page)


def test_throwing_away_can_be_taken_back(lina, scene, url):
    lina.post(f"{url}discard/")
    assert not Draft.objects.filter(pk=scene.draft.pk).exists()
    page = text(lina.get(f"/people/{scene.chen.pk}/"))
    change = re.search(r'action="/undo/(\d+)/"', page).group(1)
    lina.post(f"/undo/{change}/")
    assert Draft.objects.filter(pk=scene.draft.pk).exists()


def test_what_is_to_mend_is_said_once_until_one_says_it_is_sent(lina, scene, url):
    lina.post(url, {"subject": "Hospital supply chains", "body": BAD})
    assert 'name="because-M00"' not in lina.get(url).content.decode()
    assert 'name="because-M00"' in lina.post(f"{url}sent/", {"at": "2026-11-23T08:55"}).content.decode()


def test_a_thank_you_sent_leads_back_to_what_else_follows_from_the_talk(lina, scene):
    about = {"mode": "thanks", "about": f"talk:{scene.held.pk}"}
    letter = lina.post(f"/people/{scene.amara.pk}/write/", about)["Location"]
    answer = lina.post(f"{letter}sent/", {"at": "2026-11-23T08:55"})
    assert answer["Location"] == f"/talks/{scene.held.pk}/after/"
