"""What a talk opened: the work it was about, ways to try it out, thanks on paper."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.models import Draft, Step, Talk, Touch, Trial
from askwell.people.models import PostalAddress
from askwell.rules.facts import Channel, Mode, TouchKind
from askwell.web.steps import primary


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def day_beside(scene, clock):
    """Amara offered a morning in receiving, a week ago, for yesterday."""
    then = clock - timedelta(days=7)
    return actions.note_trial(
        scene.amara,
        kind="shadowing",
        text="A morning in receiving",
        on=date(2026, 11, 22),
        talk=scene.held,
        now=then,
    )


def test_which_work_it_was_about_is_said_on_the_page_after_the_talk(lina, scene):
    where = f"/talks/{scene.held.pk}"
    answer = lina.post(f"{where}/occupation/", {"occupation": "Logistics", "next": f"{where}/after/"})
    assert answer["Location"] == f"{where}/after/"
    assert 'value="Logistics"' in text(lina.get(f"{where}/after/"))


def test_an_occupation_that_is_too_long_is_refused_and_kept(lina, scene):
    before = Talk.objects.get(pk=scene.held.pk).occupation
    answer = lina.post(f"/talks/{scene.held.pk}/occupation/", {"occupation": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in text(answer)
    assert Talk.objects.get(pk=scene.held.pk).occupation == before


def test_how_many_of_the_six_are_open_is_said(lina, scene, clock):
    actions.reflect(scene.held, answers={"learnt": "Much", "liked": "The pace"}, now=clock)
    assert "4 are still open." in text(lina.get(f"/talks/{scene.held.pk}/after/"))


def test_a_way_to_try_the_work_out_is_noted_and_shown_on_their_page(lina, scene):
    where = f"/talks/{scene.held.pk}"
    given = {"trial-kind": "shadowing", "trial-text": "A morning in receiving", "trial-on": "2026-12-03"}
    answer = lina.post(f"{where}/try/", given)
    assert (answer.status_code, answer["Location"]) == (303, f"{where}/after/")
    for path in (f"{where}/after/", f"/people/{scene.amara.pk}/"):
        page = text(lina.get(path))
        assert "A day beside someone: A morning in receiving" in page


def test_something_else_wants_a_word_and_what_was_typed_is_kept(lina, scene):
    answer = lina.post(f"/talks/{scene.held.pk}/try/", {"trial-kind": "other", "trial-on": "2026-12-03"})
    assert answer.status_code == 422
    assert "Write something here." in text(answer)
    assert 'value="2026-12-03"' in text(answer)
    assert not Trial.objects.exists()


def test_how_it_was_is_asked_once_its_day_has_come(lina, scene, day_beside):
    person = text(lina.get(f"/people/{scene.amara.pk}/"))
    assert "Say how it was" in person
    answer = lina.post(f"/trials/{day_beside.pk}/", {"do": "end", "outcome": "Cold, and I liked it."})
    assert answer["Location"] == f"/people/{scene.amara.pk}/"
    person = text(lina.get(f"/people/{scene.amara.pk}/"))
    assert "Cold, and I liked it." in person
    assert "Say how it was" not in person


def test_it_gets_another_day_or_is_let_go(lina, scene, day_beside):
    lina.post(f"/trials/{day_beside.pk}/", {"do": "move", "on": "2026-12-10"})
    day_beside.refresh_from_db()
    assert (day_beside.on, day_beside.done_at) == (date(2026, 12, 10), None)
    lina.post(f"/trials/{day_beside.pk}/", {"do": "drop", "on": "2026-12-10"})
    assert "A morning in receiving" not in text(lina.get(f"/people/{scene.amara.pk}/"))
    assert "You let it go." in text(lina.get(f"/trials/{day_beside.pk}/"))


def test_the_form_stands_open_while_nothing_is_noted_and_a_trial_belongs_to_the_talks(lina, scene, clock):
    where = f"/talks/{scene.held.pk}/try/"
    assert '<details class="more" open>' in text(lina.get(where))
    row = actions.note_trial(scene.amara, kind="course", text="", talk=scene.held, now=clock)
    assert '<details class="more" open>' not in text(lina.get(where))
    page = text(lina.get(f"/trials/{row.pk}/"))
    assert re.search(r'href="/talks/"[^>]* aria-current="page"', page)


def test_all_of_it_can_be_taken_back(lina, scene, day_beside, clock):
    actions.end_trial(day_beside, outcome="Cold", now=clock)
    actions.undo_last(scene.owner, now=clock)
    day_beside.refresh_from_db()
    assert (day_beside.done_at, day_beside.outcome) == (None, "")


@pytest.fixture
def note(scene, clock):
    """A note of thanks to Amara is begun."""
    draft = actions.new_draft(scene.amara, mode=Mode.THANKS, talk=scene.held, now=clock)
    words = (
        "Dear Amara,\n\nthank you for your time yesterday. That wards believe people they know is something"
        " I had not thought of, and I will begin my thesis with it.\n\nWith thanks,\nLina Haddad"
    )
    return actions.save_draft(draft, subject="Thank you", body=words, now=clock)


def test_a_note_of_thanks_is_printed_with_its_envelope(lina, scene, note):
    PostalAddress.objects.create(
        owner=scene.owner, contact=scene.amara, street="12 Lake Street", postcode="60601", city="Chicago"
    )
    page = text(lina.get(f"/letters/{note.pk}/print/"))
    assert "I will begin my thesis with it." in page
    assert "Amara Okafor<br>12 Lake Street<br>60601 Chicago" in page
    assert "best in the post by <strong" in page
    assert "post--envelope" not in text(lina.get(f"/letters/{note.pk}/print/?of=card"))
    assert "post--card" not in text(lina.get(f"/letters/{note.pk}/print/?of=envelope"))


def test_where_a_region_has_a_short_code_town_and_code_stand_on_one_line(lina, scene, note):
    PostalAddress.objects.create(
        owner=scene.owner, contact=scene.amara, street="12 Lake Street", postcode="60601", city="Chicago", region="IL"
    )  # fmt: skip
    assert "12 Lake Street<br>Chicago, IL 60601<" in text(lina.get(f"/letters/{note.pk}/print/"))
    PostalAddress.objects.update(region="Illinois")
    assert "60601 Chicago<br>Illinois<" in text(lina.get(f"/letters/{note.pk}/print/"))


def test_an_address_as_it_was_written_stays_as_it_was(lina, scene, note):
    PostalAddress.objects.create(
        owner=scene.owner,
        contact=scene.amara,
        street="Elsewhere",
        formatted="c/o Lakeside\n1 Shore Road\nChicago",
    )
    page = text(lina.get(f"/letters/{note.pk}/print/"))
    assert "Amara Okafor<br>c/o Lakeside<br>1 Shore Road<br>Chicago" in page


def test_without_an_address_the_page_says_so_and_leads_to_where_it_is_written(lina, scene, note):
    letter, form = f"/letters/{note.pk}/print/", f"/people/{scene.amara.pk}/do/post/"
    page = text(lina.get(letter))
    assert "Their postal address is not known." in page
    assert f'href="{form}"' in page
    lina.post(form, {"text": " 12 Quay Street \n\nToledo, OH 43604"})
    assert "Amara Okafor<br>12 Quay Street<br>Toledo, OH 43604" in text(lina.get(letter))
    assert "12 Quay Street" in text(lina.get(form))
    lina.post(form, {"text": "3 Pier Road"})
    assert PostalAddress.objects.get().formatted == "3 Pier Road"
    lina.post(form, {"text": ""})
    assert not PostalAddress.objects.exists()
    lina.post(form, {"text": ""})
    assert "Their postal address is not known." in text(lina.get(letter))


def test_to_post_it_settles_the_thanks_with_the_words_that_went_out(lina, scene, note):
    answer = lina.post(f"/letters/{note.pk}/print/")
    assert answer.status_code == 303, text(answer)
    touch = Touch.objects.get(contact=scene.amara, kind=TouchKind.THANKS)
    assert (touch.channel, "my thesis" in touch.body) == (Channel.LETTER, True)
    assert Talk.objects.get(pk=scene.held.pk).thanked_at is not None
    assert Draft.objects.get(pk=note.pk).sent_at is not None


def test_a_second_thanks_for_the_same_is_asked_about_first(lina, scene, note, clock):
    actions.record_thanks(scene.amara, talk=scene.held, now=clock)
    answer = lina.post(f"/letters/{note.pk}/print/")
    assert answer.status_code == 422
    assert 'name="because-F01"' in text(answer)
    assert (
        lina.post(f"/letters/{note.pk}/print/", {"because-F01": "They asked for a card"}).status_code == 303
    )


def test_another_letter_is_printed_but_not_posted_from_there(lina, scene):
    page = text(lina.get(f"/letters/{scene.draft.pk}/print/"))
    assert "I posted it" not in page
    lina.post(f"/letters/{scene.draft.pk}/print/")
    assert not Touch.objects.filter(contact=scene.chen).exists()


def test_its_day_brings_it_to_today(lina, scene, day_beside):
    page = text(lina.get("/"))
    assert "Try the work out, thanks to Amara Okafor" in page
    assert f'href="/trials/{day_beside.pk}/"' in page
    lina.post("/steps/done/", {"key": f"try_out:trial:{day_beside.pk}"})
    day_beside.refresh_from_db()
    assert day_beside.done_at is not None
    assert not Step.objects.filter(code="try_out").exists()


def test_a_day_moved_ahead_waits_for_it(lina, scene, day_beside, clock):
    actions.move_trial(day_beside, on=date(2026, 12, 10), now=clock)
    assert "Try the work out" not in text(lina.get("/"))
    actions.move_trial(day_beside, on=None, now=clock)
    assert not Step.objects.filter(code="try_out").exists()


def test_the_day_to_look_at_a_decision_again_brings_it_to_today(scene, clock):
    def found():
        week = queries.today(scene.owner, now=clock).this_week
        return [(step.title, primary(step).url) for step in week if step.code == "revisit_decision"]

    kept = {"about": "occupation", "name": "Buyer", "choice": "choose"}
    actions.decide(scene.owner, **kept, look_again_on=clock.date(), now=clock - timedelta(days=60))
    assert found() == [("Look again at what you decided: Buyer", "/talks/decisions/")]
    actions.decide(scene.owner, **kept, now=clock)
    assert found() == []


def test_another_owner_finds_no_trial(client, day_beside, other_owner, clock):
    client.force_login(other_owner)
    assert client.get(f"/trials/{day_beside.pk}/").status_code == 404
    assert client.post(f"/trials/{day_beside.pk}/", {"do": "drop"}).status_code == 404
    day_beside.refresh_from_db()
    assert day_beside.dropped_at is None
