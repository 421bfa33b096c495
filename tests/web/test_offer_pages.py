"""Introducing two people: chosen, asked, answered, brought together, on the pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.web.scene import person

from askwell.outreach import actions
from askwell.outreach.models import Favor, IntroductionOffer, Touch

LIST = "/introductions/offers/"


def text(response):
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


@pytest.fixture
def two(owner, clock):
    amara = person(owner, "Amara Okafor", now=clock, title="Pharmacist", organization="Lakeside Hospital")
    return amara, person(owner, "Chen Wei", now=clock, title="Planner", organization="Mercy Health")


@pytest.fixture
def offer(two, clock):
    return actions.begin_offer(*two, why="You both plan by what is really used on the wards.", now=clock)


def test_two_are_chosen_by_name(lina, two):
    answer = lina.post(LIST, {"left": "amara", "right": "chen", "why": "Both plan."}, follow=True)
    made = IntroductionOffer.objects.get()
    assert (made.left, made.right, made.why) == (*two, "Both plan.")
    assert "Ask Amara Okafor and Chen Wei first." in text(answer)


def test_a_name_of_several_asks_which_and_keeps_what_was_typed(lina, owner, two, clock):
    other = person(owner, "Chen Lan", now=clock, title="Buyer")
    answer = lina.post(LIST, {"left": "amara", "right": "chen", "why": "Both plan."})
    assert answer.status_code == 422
    assert "Which of them?" in text(answer)
    assert "Both plan." in text(answer)
    lina.post(LIST, {"left": "amara", "right": "chen", "right_pk": other.pk, "why": ""})
    assert IntroductionOffer.objects.get().right == other


@pytest.mark.parametrize(
    ("right", "said"),
    [("amara", "Choose two different people."), ("nobody at all", "Nobody of that name"), ("", "required")],
)
def test_what_cannot_be_is_said_at_its_field(lina, two, right, said):
    answer = lina.post(LIST, {"left": "amara", "right": right})
    assert answer.status_code == 422
    assert said in text(answer)
    assert not IntroductionOffer.objects.exists()


def test_the_same_two_again_and_someone_in_peace_are_not_taken(lina, offer, two, clock):
    assert "It is there already." in text(lina.post(LIST, {"left": "chen", "right": "amara"}))
    actions.drop_offer(offer, now=clock)
    actions.forbid(two[1], now=clock)
    assert "left in peace" in text(lina.post(LIST, {"left": "amara", "right": "chen"}))


def test_the_answer_is_asked_for_once_they_were_asked_and_folded_away_before_and_after(lina, offer, clock):
    def heads():
        return re.findall(
            r"<summary>(They answered|Change the answer)</summary>", text(lina.get(f"{LIST}{offer.pk}/"))
        )

    assert heads() == ["They answered", "They answered"]
    actions.record_offer_asked(offer, "left", now=clock)
    assert heads() == ["They answered"]
    actions.record_offer_answer(offer, "left", yes=True, now=clock)
    assert heads() == ["Change the answer", "They answered"]


def test_the_letter_that_asks_does_not_tell_who_unless_one_says_so(lina, offer):
    page = text(lina.get(f"{LIST}{offer.pk}/"))
    letter = page[page.index("Dear Amara") : page.index("Dear Chen")]
    assert "I know someone who works as a planner" in letter
    assert "Chen" not in letter[: letter.index("</textarea>")]
    named = text(lina.get(f"{LIST}{offer.pk}/?side=left&named=on"))
    assert "I would like to introduce you to Chen Wei." in named
    told = text(lina.get(f"{LIST}{offer.pk}/?side=left&about=runs the weekly order"))
    assert "I know someone who runs the weekly order, and thought of you." in told


def sends(lina, offer, act):
    page = lina.get(f"{LIST}{offer.pk}/").content.decode()
    part = page[page.index(f"do/{act}/") :]
    body = unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", part, re.DOTALL)[1])
    subject = unescape(re.search(r'name="subject" value="([^"]*)"', part)[1])
    return lina.post(f"{LIST}{offer.pk}/do/{act}/", {"subject": subject, "body": body}, follow=True)


def test_from_two_letters_to_one_for_both(lina, offer, two):
    for side in ("left", "right"):
        assert "Asked" in text(sends(lina, offer, f"asked-{side}"))
        lina.post(f"{LIST}{offer.pk}/do/yes-{side}/", {"text": "Gladly."})
    page = text(lina.get(f"{LIST}{offer.pk}/"))
    assert "Both said yes: write to both." in page
    assert "mailto:amara@lakeside.example,chen@mercy.example?subject=" in page
    assert "are introduced" in text(sends(lina, offer, "made"))
    assert set(Favor.objects.filter(kind="give").values_list("contact", flat=True)) == {one.pk for one in two}
    assert "You introduced them." in text(lina.get(LIST))


def test_a_no_rests_it_and_says_whom_one_owes_a_word(lina, offer):
    sends(lina, offer, "asked-left")
    sends(lina, offer, "asked-right")
    lina.post(f"{LIST}{offer.pk}/do/no-left/")
    page = text(lina.get(f"{LIST}{offer.pk}/"))
    assert "Chen Wei is owed a word." in page
    assert "Tell Chen Wei in a line" in page
    lina.post(f"{LIST}{offer.pk}/do/drop/")
    assert "You let it be." in text(lina.get(LIST))


def test_a_letter_with_faults_is_kept_and_asks_for_a_reason(lina, offer):
    bad = {"subject": "Hello", "body": "Dear [Name],\n\nmeet someone.\n"}
    answer = lina.post(f"{LIST}{offer.pk}/do/asked-left/", bad)
    assert answer.status_code == 422
    assert "Dear [Name]" in text(answer)
    assert 'name="because-M00"' in text(answer)
    lina.post(f"{LIST}{offer.pk}/do/asked-left/", {**bad, "because-M00": "It went out so."})
    offer.refresh_from_db()
    assert offer.left_says == "asked"


def test_an_empty_letter_is_not_taken(lina, offer):
    assert lina.post(f"{LIST}{offer.pk}/do/asked-left/", {"body": ""}).status_code == 422
    assert not Touch.objects.exists()


def test_what_does_not_fit_changes_nothing(lina, offer):
    assert lina.post(f"{LIST}{offer.pk}/do/made/", {"body": "Dear both,"}).status_code == 422
    assert lina.post(f"{LIST}{offer.pk}/do/yes-middle/").status_code == 404
    assert lina.post(f"{LIST}{offer.pk}/do/dance/").status_code == 404
    offer.refresh_from_db()
    assert (offer.left_says, offer.made_at) == ("unasked", None)


def test_the_words_are_kept_and_stand_in_the_letter_to_both(lina, offer, clock):
    lina.post(f"{LIST}{offer.pk}/do/words/", {"why": "New why.", "note": "Chen runs the order."})
    for side in ("left", "right"):
        actions.record_offer_answer(offer, side, yes=True, now=clock)
    assert "Chen runs the order." in text(lina.get(f"{LIST}{offer.pk}/"))


def test_nothing_yet_teaches_what_to_do(lina):
    assert "Nobody introduced yet" in text(lina.get(LIST))


def test_another_owner_sees_nothing_of_it(client, offer, other_owner, clock):
    client.force_login(other_owner)
    assert client.get(f"{LIST}{offer.pk}/").status_code == 404
    assert client.post(f"{LIST}{offer.pk}/do/drop/").status_code == 404
    assert b"Amara" not in client.get(LIST).content


def test_a_link_fills_in_one_or_both(lina, two, other_owner, clock):
    amara, chen = two
    stranger = person(other_owner, "Ines Falk", now=clock)
    page = text(lina.get(f"{LIST}?with={amara.pk}&to={chen.pk}"))
    assert 'value="Amara Okafor"' in page
    assert 'value="Chen Wei"' in page
    assert "Ines Falk" not in text(lina.get(f"{LIST}?with={amara.pk}&to={stranger.pk}"))


def test_the_page_of_a_person_leads_to_introducing_them(lina, two):
    amara, _ = two
    assert f'href="{LIST}?with={amara.pk}"' in text(lina.get(f"/people/{amara.pk}/"))


def test_today_says_of_an_introduction_what_comes_next_until_it_is_made(lina, offer, clock):
    page = text(lina.get("/"))
    assert f'href="{LIST}{offer.pk}/"' in page
    assert "Ask Amara Okafor and Chen Wei first." in page
    actions.record_offer_answer(offer, "left", yes=True, text="", now=clock)
    actions.record_offer_answer(offer, "right", yes=True, text="", now=clock)
    assert "Both said yes: write to both." in text(lina.get("/"))
    actions.drop_offer(offer, now=clock)
    assert f'href="{LIST}{offer.pk}/"' not in text(lina.get("/"))


def test_one_that_rests_is_not_on_today_where_nobody_is_owed_a_word(lina, offer, clock):
    actions.record_offer_answer(offer, "left", yes=False, text="", now=clock)
    assert f'href="{LIST}{offer.pk}/"' not in text(lina.get("/"))
