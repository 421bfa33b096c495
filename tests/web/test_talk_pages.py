"""Talks: agreed, moved, confirmed, held, and what follows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.web.test_digest import mailbox

from askwell.mailroom.models import Outgoing
from askwell.outreach import actions
from askwell.outreach.models import Draft, Introduction, Outreach, Promise, Talk
from askwell.web.forms.talks import TimeForm


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_time_on_their_clock_is_their_hour(lina, scene):
    outreach = Outreach.objects.get(contact=scene.fatima)
    lina.post(
        f"/outreach/{outreach.pk}/reply/",
        {"what": "yes", "at": "2026-11-23T08:00", "channel": "email", "text": "Yes, gladly"},
    )
    answer = lina.post(f"/outreach/{outreach.pk}/schedule/", booking())
    if answer.status_code == 422:
        reasons = dict.fromkeys(
            re.findall(r'name="(because-\w+)"', answer.content.decode()), "they suggested it"
        )
        answer = lina.post(f"/outreach/{outreach.pk}/schedule/", {**booking(), **reasons})
    talk = Talk.objects.get(contact=scene.fatima)
    assert answer["Location"] == f"/talks/{talk.pk}/"
    assert talk.starts_at == datetime(2026, 12, 2, 4, 0, tzinfo=UTC)


def test_their_hour_is_theirs_also_where_the_seekers_clock_leaves_it_out():
    typed = {**booking(), "starts_at": "2027-03-14T02:30", "zone": "Asia/Tokyo"}
    with timezone.override(ZoneInfo("America/New_York")):
        form = TimeForm(typed)
        assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_at"] == datetime(2027, 3, 13, 17, 30, tzinfo=UTC)


def booking():
    return {
        "starts_at": "2026-12-02T10:00", "whose": "theirs", "zone": "Asia/Dhaka", "minutes": "20",
        "channel": "video", "where": "https://meet.example/f",
    }  # fmt: skip


@pytest.mark.parametrize("way", ["phone", "video", "in_person"])
def test_a_talk_is_had_in_the_way_that_suits(lina, scene, way):
    url = f"/outreach/{scene.silent.pk}"
    lina.post(f"{url}/reply/", {"what": "yes", "at": "2026-11-23T08:00", "channel": "email"})
    agreed = {**booking(), "zone": "America/Chicago", "channel": way}
    assert lina.post(f"{url}/schedule/", agreed).status_code == 303
    assert Talk.objects.get(contact=scene.priya).channel == way


def test_a_yes_leads_to_the_time(lina, scene):
    answer = lina.post(
        f"/outreach/{scene.silent.pk}/reply/", {"what": "yes", "at": "2026-11-23T08:00", "channel": "email"}
    )
    assert answer["Location"] == f"/outreach/{scene.silent.pk}/schedule/"
    page = text(lina.get(answer["Location"]))
    assert "Times to offer" in page
    chosen = re.search(r'href="\?at=([^"]+)"', lina.get(answer["Location"]).content.decode()).group(1)
    assert 'value="2026-1' in lina.get(f"{answer['Location']}?at={chosen}").content.decode()


def test_a_zone_there_is_not_is_said_and_the_rest_is_kept(lina, scene):
    lina.post(
        f"/outreach/{scene.silent.pk}/reply/", {"what": "yes", "at": "2026-11-23T08:00", "channel": "email"}
    )
    answer = lina.post(f"/outreach/{scene.silent.pk}/schedule/", {**booking(), "zone": "Mars/Base"})
    assert answer.status_code == 422
    assert "no time zone we know" in text(answer)
    assert "https://meet.example/f" in text(answer)


def test_the_page_of_a_talk_has_its_agenda_and_what_to_keep_in_mind(lina, scene):
    page = text(lina.get(f"/talks/{scene.booked.pk}/"))
    said = [
        "Thanks and a few words",
        "Who you are and why you asked",
        "Your questions",
        "Who else would you suggest I talk to?",
        "May I say that you suggested it?",
        "May I let you know how it goes?",
    ]
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    for words in ("Be there on time", "never more than 15 minutes early", "Do not ask for a job"):
        assert words in page
    live = text(lina.get(f"/talks/{scene.booked.pk}/live/"))
    assert all(words in live for words in said[3:])


def test_the_calendar_entry_is_a_file(lina, scene):
    answer = lina.get(f"/talks/{scene.booked.pk}/talk.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content


def test_a_talk_is_confirmed_once(lina, scene):
    assert lina.post(f"/talks/{scene.booked.pk}/confirm/").status_code == 303
    scene.booked.refresh_from_db()
    assert scene.booked.confirmed_at


def test_a_button_pressed_on_an_old_page_says_so_and_changes_nothing(lina, scene):
    answer = lina.post(f"/talks/{scene.held.pk}/cancel/", {"by": "me"}, follow=True)
    assert answer.status_code == 200
    assert "does not fit where things stand" in text(answer)
    scene.held.refresh_from_db()
    assert scene.held.state == "held"


def test_a_talk_is_moved_and_called_off(lina, scene):
    data = {
        "starts_at": "2026-12-03T09:00",
        "whose": "mine",
        "zone": "Europe/Berlin",
        "minutes": "20",
        "channel": "video",
        "by_them": "on",
    }
    answer = lina.post(f"/talks/{scene.booked.pk}/move/", data)
    if answer.status_code == 422:
        reasons = dict.fromkeys(
            re.findall(r'name="(because-\w+)"', answer.content.decode()), "they suggested it"
        )
        assert lina.post(f"/talks/{scene.booked.pk}/move/", {**data, **reasons}).status_code == 303
    scene.booked.refresh_from_db()
    assert scene.booked.starts_at == datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
    lina.post(f"/talks/{scene.booked.pk}/cancel/", {"by": "them"})
    scene.booked.refresh_from_db()
    assert scene.booked.state == "cancelled"


def test_what_was_prepared_leaves_the_list(lina, scene):
    before = text(lina.get(f"/talks/{scene.booked.pk}/prepare/"))
    assert "Read their profile." in before
    lina.post(
        f"/talks/{scene.booked.pk}/prepare/",
        {
            "homework": ["profile", "site", "news", "common_ground", "synopsis", "why_company", "why_function"],
            "questions": "* How did you begin?\nWhat changed?\nWhat would you read?\nWho else?\nWhat surprised you?",
            "outcome_wanted": "a clear picture", "next_step_wanted": "one name", "offer": "my thesis",
        },
    )  # fmt: skip
    after = text(lina.get(f"/talks/{scene.booked.pk}/"))
    assert "Read their profile." not in after
    assert "How did you begin?" in after
    questions = Outreach.objects.get(pk=scene.booked.outreach_id).questions
    assert [q["starred"] for q in questions] == [True, False, False, False, False]


def test_a_talk_to_come_cannot_have_been_held(lina, scene):
    answer = lina.post(f"/talks/{scene.booked.pk}/held/", {"ended_at": "2026-11-26T10:00", "minutes": "20"})
    assert answer.status_code == 422
    assert "has not happened yet" in text(answer)


def test_after_the_talk_names_promises_advice_and_thoughts_are_kept(lina, scene):
    url = f"/talks/{scene.held.pk}/after/"
    lina.post(url, {"do": "name", "name-name": "Tom Brandt", "name-leave": "asked"})
    lina.post(url, {"do": "promise", "promise-mine": "them", "promise-text": "Read my outline"})
    lina.post(url, {"do": "advice", "advice-text": "Visit a ward"})
    lina.post(url, {"do": "reflect", "reflect-learnt": "Trust comes first"})
    assert Introduction.objects.filter(talk=scene.held, name="Tom Brandt", leave="asked").exists()
    assert Promise.objects.filter(talk=scene.held, mine=False).exists()
    scene.held.refresh_from_db()
    assert scene.held.reflection["learnt"] == "Trust comes first"
    page = text(lina.get(url))
    assert "Tom Brandt" in page
    assert "Visit a ward" in page


def test_a_name_left_empty_is_asked_for(lina, scene):
    answer = lina.post(
        f"/talks/{scene.held.pk}/after/", {"do": "name", "name-name": "", "name-leave": "given"}
    )
    assert answer.status_code == 422
    assert 'href="#id_name-name"' in answer.content.decode()


def test_thanks_by_hand_settle_the_debt(lina, scene):
    lina.post(f"/talks/{scene.held.pk}/thanked/", {"how": "hand"})
    scene.held.refresh_from_db()
    assert scene.held.thanked_at
    assert (
        "Thank Amara Okafor for the talk"
        not in text(lina.get("/")).split('id="board"')[1].split('id="toasts"')[0]
    )


def test_notes_are_kept_as_they_are_typed(lina, scene):
    answer = lina.post(
        f"/talks/{scene.booked.pk}/notes/", {"notes": "4:12  a nurse first"}, headers={"HX-Request": "true"}
    )
    assert answer.content.decode() == "kept"
    scene.booked.refresh_from_db()
    assert scene.booked.notes == "4:12  a nurse first"


def test_every_rule_has_its_page(lina):
    index = lina.get("/rules/").content.decode()
    codes = set(re.findall(r'href="/rules/([A-Z]\d\d)/"', index))
    assert len(codes) > 40
    for code in codes:
        assert lina.get(f"/rules/{code}/").status_code == 200, code
    assert lina.get("/rules/Z99/").status_code == 404


def test_wrapping_up_keeps_the_notes_typed_a_moment_ago(lina, scene):
    notes = {"notes": "0:40  a nurse first", "then": "held"}
    answer = lina.post(f"/talks/{scene.booked.pk}/notes/", notes)
    assert answer["Location"] == f"/talks/{scene.booked.pk}/held/"
    assert "0:40 a nurse first" in text(lina.get(answer["Location"]))


def test_a_talk_whose_hour_has_passed_asks_how_it_went(lina, scene, clock):
    Talk.objects.filter(pk=scene.booked.pk).update(starts_at=clock - timedelta(days=1), confirmed_at=clock)
    assert "to say how it went" in text(lina.get("/talks/"))


def test_a_rule_shows_its_examples_as_messages(lina):
    page = text(lina.get("/rules/M01/"))
    assert "Not so" in page
    assert "Subject:" in page
    assert "Example(" not in page


def write_around(lina, talk, occasion):
    data = {"mode": "check_in", "occasion": occasion, "about": f"talk:{talk.pk}"}
    return lina.post(f"/people/{talk.contact_id}/write/", data)["Location"]


def said_sent(lina, letter):
    answer = lina.post(f"{letter}sent/", {"at": "2026-11-23T08:00"})
    assert answer.status_code == 303, text(answer)
    return answer


def test_a_talk_is_called_off_by_the_letter_that_says_so_and_late_is_said(lina, scene, settings):
    url = f"/talks/{scene.booked.pk}/"
    assert "Calling off now is for emergencies" not in text(lina.get(url))
    settings.NOW = (scene.booked.starts_at - timedelta(hours=20)).isoformat()
    page = text(lina.get(url))
    assert "Calling off now is for emergencies: else give 2 business days" in page
    assert "Write: call it off" in page
    letter = write_around(lina, scene.booked, "cancel")
    assert "apolog" in Draft.objects.get(talk=scene.booked, occasion="cancel").subject
    assert said_sent(lina, letter)["Location"] == url
    assert Talk.objects.get(pk=scene.booked.pk).state == "cancelled"
    page = lina.get(url).content.decode()
    lina.post(re.findall(r'action="(/undo/\d+/)"', page)[-1])
    assert Talk.objects.get(pk=scene.booked.pk).state == "scheduled"


def test_asking_for_another_time_leaves_the_talk_where_it_is(lina, scene):
    letter = write_around(lina, scene.booked, "reschedule")
    assert "move" in Draft.objects.get(talk=scene.booked).subject
    assert said_sent(lina, letter)["Location"] == f"/talks/{scene.booked.pk}/"
    assert Talk.objects.get(pk=scene.booked.pk).state == "scheduled"


def test_the_confirmation_sent_confirms_the_talk(lina, scene):
    page = lina.get(f"/talks/{scene.booked.pk}/")
    assert 'name="occasion" value="confirm"' in text(page)
    said_sent(lina, write_around(lina, scene.booked, "confirm"))
    assert Talk.objects.get(pk=scene.booked.pk).confirmed_at is not None


@pytest.mark.parametrize("occasion", ["confirm", "reschedule", "cancel"])
def test_a_letter_about_the_booked_talk_asks_no_reason_on_a_sunday_after_letters_of_that_week(
    lina, scene, settings, occasion
):
    sunday = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
    Talk.objects.filter(pk=scene.booked.pk).update(starts_at=sunday + timedelta(days=1))
    actions.record_answer(scene.jonas, at=sunday - timedelta(days=3), now=sunday - timedelta(days=3))
    settings.NOW = sunday.isoformat()
    letter = write_around(lina, scene.booked, occasion)
    assert "Your reason to do it all the same" not in text(lina.get(letter))
    assert lina.post(f"{letter}sent/", {"at": "2026-11-29T08:00"}).status_code == 303
    assert Draft.objects.get(talk=scene.booked).sent_at


@pytest.mark.parametrize(
    ("minute", "first"), [(-30, "Clock and notes"), (10, "Clock and notes"), (40, "Say how")]
)
def test_clock_and_notes_stay_at_hand_while_the_talk_goes_on(lina, scene, settings, minute, first):
    settings.NOW = (scene.booked.starts_at + timedelta(minutes=minute)).isoformat()
    page = text(lina.get(f"/talks/{scene.booked.pk}/"))
    assert f'href="/talks/{scene.booked.pk}/live/"' in page
    assert first in page.split('class="button button--primary"')[1].partition("</a>")[0]
    listed = text(lina.get("/talks/"))
    assert ("to say how it went" in listed) == (first == "Say how")
    assert listed.count(f'href="/talks/{scene.booked.pk}/"') == 1


def test_under_a_confidential_search_the_calendar_is_told_no_name_and_no_place(lina, scene):
    url = f"/talks/{scene.booked.pk}/talk.ics"
    assert "Jonas" in lina.get(url).content.decode()
    actions.change_seeker(scene.owner, confidential=True, employer="Northfield", now=scene.booked.starts_at)
    entry = lina.get(url).content.decode()
    assert "SUMMARY:Conversation\r\n" in entry
    assert not [word for word in ("Jonas", "Weber", "meet.example") if word in entry]


def test_somebody_reserved_is_not_asked_for_names_in_that_very_talk(lina, scene):
    url = f"/talks/{scene.booked.pk}"
    names = "Who else would you suggest I talk to?"
    assert names in text(lina.get(f"{url}/live/"))
    cool = {"then": "cool", "notes": "Short answers."}
    page = text(lina.post(f"{url}/notes/", cool, headers={"HX-Request": "true"}))
    assert names not in page
    assert "They opened up" in page
    assert re.search(r'name="cool"[^>]*checked', lina.get(f"{url}/held/").content.decode())
    assert Talk.objects.get(pk=scene.booked.pk).notes == "Short answers."
    lina.post(f"{url}/notes/", {"then": "warm", "notes": "Short answers."})
    assert names in text(lina.get(f"{url}/live/"))
    assert "How reserved Jonas Weber is" in text(lina.get("/changes/"))


def test_the_closing_questions_stand_once_on_the_page_of_the_call(lina, scene):
    url = f"/talks/{scene.booked.pk}"
    lina.post(f"{url}/prepare/", {"questions": "* Who else would you suggest I talk to?\nWhat do you read?"})
    live = text(lina.get(f"{url}/live/"))
    assert live.count("Who else would you suggest I talk to?") == 1
    assert "What do you read?" in live


def test_days_before_it_one_is_led_to_prepare_and_on_its_day_to_the_clock(lina, scene, settings, clock):
    def leading():
        page = lina.get(f"/talks/{scene.booked.pk}/").content.decode()
        return re.search(r'button--primary" href="/talks/\d+/(\w+)/"', page)[1]

    assert leading() == "prepare"
    settings.NOW = (scene.booked.starts_at - timedelta(minutes=30)).isoformat()
    assert leading() == "live"


INVITE = "Send an invitation"


@pytest.fixture
def written(scene, now):
    """Jonas has an address that a letter can go to, and Lina a mailbox."""
    scene.jonas.points.filter(kind="email").update(
        value="jonas@charite.example", norm="jonas@charite.example"
    )
    return mailbox(scene.owner, now=now)


def test_without_a_mailbox_no_invitation_is_offered(lina, scene):
    assert INVITE not in lina.get(f"/talks/{scene.booked.pk}/").content.decode()


def test_an_invitation_goes_only_when_it_is_pressed_and_once(lina, scene, written):
    page = f"/talks/{scene.booked.pk}/"
    assert INVITE in lina.get(page).content.decode()
    assert not Outgoing.objects.exists()
    lina.post(f"{page}invite/")
    row = Outgoing.objects.get()
    assert (row.purpose, row.recipient) == ("invitation", "jonas@charite.example")
    said = lina.get(page).content.decode()
    assert INVITE not in said
    assert "Take it back" in said
    lina.post(f"{page}invite/")
    assert Outgoing.objects.count() == 1
    assert lina.post(f"/mail/out/{row.pk}/take-back/").url == page
    assert INVITE in lina.get(page).content.decode()


def test_a_talk_that_was_told_of_offers_the_change_and_then_that_it_is_off(lina, scene, written, now):
    page = f"/talks/{scene.booked.pk}/"
    lina.post(f"{page}invite/")
    told = {"uid": scene.booked.uid, "sequence": 0, "method": "REQUEST"}
    Outgoing.objects.update(state="sent", details=told, dated=now, settled_at=now)
    assert INVITE not in lina.get(page).content.decode()
    type(scene.booked).objects.filter(pk=scene.booked.pk).update(sequence=1)
    assert "Send the change" in lina.get(page).content.decode()
    lina.post(f"{page}cancel/", {"by": "me"})
    assert "Send that it is called off" in lina.get(page).content.decode()
