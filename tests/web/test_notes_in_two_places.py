"""What is typed in two places at once: both are kept, and it is said."""

from __future__ import annotations

import re

import pytest

from askwell.outreach import actions
from askwell.outreach.models import Outreach
from askwell.people.journal import last_change, undo
from askwell.rules.versions import digest

JSON = {"Accept": "application/json"}


@pytest.fixture
def notes(lina, scene):
    """Send the notes of Jonas's talk as the script of its page does."""

    def send(text, *, since="", **more):
        values = {"notes": text, "since": since, **more}
        return lina.post(f"/talks/{scene.booked.pk}/notes/", values, headers=JSON).json()

    return send


def stored(row):
    row.refresh_from_db()
    return row


def since_of(page):
    return re.search(r'name="(?:\w+-)?since" value="([^"]*)"', page).group(1).replace("&quot;", '"')


def test_the_script_learns_what_is_kept_and_by_which_name(lina, scene, notes):
    first = notes("A nurse first", since=digest(""))
    assert first == {"text": "A nurse first", "since": digest("A nurse first"), "both": False}
    assert lina.get(f"/talks/{scene.booked.pk}/notes/", headers=JSON).json() == first


def test_a_browser_that_comes_by_is_led_to_the_page(lina, scene):
    answer = lina.get(f"/talks/{scene.booked.pk}/notes/", headers={"Accept": "text/html"})
    assert answer["Location"] == f"/talks/{scene.booked.pk}/live/"


def test_the_second_to_write_overwrites_nothing_and_learns_of_both(scene, notes):
    notes("On the phone", since=digest(""))
    second = notes("On the laptop", since=digest(""))
    assert second["both"]
    assert second["text"].startswith("On the phone\n— written elsewhere meanwhile")
    assert second["text"].endswith("\nOn the laptop")
    assert stored(scene.booked).notes == second["text"]
    assert notes("On the laptop", since=digest("")) == {**second, "both": False}, "sent twice"


def test_a_share_that_is_none_leaves_what_was_said_of_it(scene, notes):
    notes("a", share="70")
    for wrong in ("", "101", "²", "much"):
        notes("a", share=wrong)
    assert stored(scene.booked).share_theirs == 70


def test_notes_put_together_are_one_step_back(scene, notes, owner, clock):
    notes("On the phone", since=digest(""))
    actions.add_advice(scene.booked.contact, text="Start small", now=clock)
    notes("On the laptop", since=digest(""))
    undo(last_change(owner), now=clock)
    assert stored(scene.booked).notes == "On the phone"


def test_without_script_the_page_says_it_and_keeps_both(lina, scene, notes):
    page = lina.get(f"/talks/{scene.booked.pk}/live/").content.decode()
    notes("On the phone", since=digest(""))
    typed = {"notes": "On paper, typed in", "since": since_of(page)}
    answer = lina.post(f"/talks/{scene.booked.pk}/notes/", typed, follow=True).content.decode()
    assert "Both texts are kept, one below the other" in answer
    assert "On the phone" in stored(scene.booked).notes
    assert "On paper, typed in" in scene.booked.notes


def test_how_it_went_does_not_overwrite_what_was_noted_meanwhile(lina, scene, notes, settings):
    settings.NOW = scene.booked.starts_at.replace(hour=18).isoformat()
    url = f"/talks/{scene.booked.pk}/held/"
    page = lina.get(url).content.decode()
    notes("From the phone", since=digest(""))
    values = {
        "ended_at": "2026-11-26T09:20", "minutes": "20", "notes": "From the laptop", "since": since_of(page)
    }  # fmt: skip
    answer = lina.post(url, values, follow=True).content.decode()
    assert "“Notes” was changed somewhere else as well" in answer
    assert stored(scene.booked).notes.startswith("From the phone\n—")
    assert scene.booked.notes.endswith("—\nFrom the laptop")


def test_thoughts_written_in_two_pages_are_both_kept(lina, scene, clock):
    url = f"/talks/{scene.held.pk}/after/"
    page = lina.get(url).content.decode()
    part = page[page.index("reflect-since") - 60 :]
    since = since_of(part)
    actions.reflect(scene.held, answers={"learnt": "Trust first", "liked": "The pace"}, now=clock)
    values = {"do": "reflect", "reflect-learnt": "Numbers second", "reflect-since": since}
    answer = lina.post(url, values, follow=True).content.decode()
    assert "was changed somewhere else as well" in answer
    assert stored(scene.held).reflection["learnt"] == "Trust first\nNumbers second"
    assert scene.held.reflection["liked"] == "The pace", "nothing was typed there"


@pytest.fixture
def homework(lina, scene):
    """Open the homework page of Priya's outreach, change it elsewhere, and send the old page."""
    url = f"/outreach/{scene.silent.pk}/homework/"
    page = lina.get(url).content.decode()

    def send(**typed):
        return lina.post(url, {"hook": scene.silent.hook, "since": since_of(page), **typed}, follow=True)

    return send


def test_questions_of_two_pages_are_all_there(homework, scene, clock):
    actions.save_homework(scene.silent, questions=[{"text": "Why buying?", "starred": True}], now=clock)
    answer = homework(questions="What is a par level?")
    assert "“Your questions” was changed somewhere else as well" in answer.content.decode()
    assert [each["text"] for each in stored(scene.silent).questions] == [
        "Why buying?",
        "What is a par level?",
    ]


def test_a_line_changed_elsewhere_is_shown_and_waits_for_another_yes(homework, lina, scene, clock):
    actions.save_homework(scene.silent, offer="A tour of our archive", now=clock)
    answer = homework(offer="Coffee")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "changed elsewhere to “A tour of our archive”" in page
    assert 'value="Coffee"' in page
    assert Outreach.objects.get(pk=scene.silent.pk).offer == "A tour of our archive"
    again = {"hook": scene.silent.hook, "offer": "Coffee", "since": since_of(page)}
    lina.post(f"/outreach/{scene.silent.pk}/homework/", again)
    assert Outreach.objects.get(pk=scene.silent.pk).offer == "Coffee"


def test_a_name_of_the_text_that_is_none_is_taken_for_none(lina, scene):
    url = f"/outreach/{scene.silent.pk}/homework/"
    for since in ("", "{", "[1]", "null"):
        assert lina.post(url, {"hook": "New words", "since": since}).status_code == 303
    assert Outreach.objects.get(pk=scene.silent.pk).hook == "New words"


def test_notes_of_a_person_written_in_two_tabs_are_both_kept_and_it_is_said(lina, scene):
    url = f"/people/{scene.amara.pk}/do/note/"
    since = since_of(lina.get(url).content.decode())  # both tabs were opened now
    lina.post(url, {"notes": "Likes trains", "since": since})
    answer = lina.post(url, {"notes": "Moves in May", "since": since}, follow=True)
    assert stored(scene.amara).notes == "Likes trains\nMoves in May"
    assert "was changed somewhere else as well" in answer.content.decode()
    since = since_of(lina.get(url).content.decode())
    answer = lina.post(url, {"notes": "Likes trains.", "since": since}, follow=True)
    assert stored(scene.amara).notes == "Likes trains."
    assert "was changed somewhere else as well" not in answer.content.decode()
