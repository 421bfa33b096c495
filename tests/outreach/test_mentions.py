"""Somebody is found by a word of what was noted, written or said, and sees where it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.apps import _WRITTEN
from askwell.outreach.queries import PeopleFilter, mentioned, people_page
from askwell.outreach.written import MODELS, rebuild_words
from askwell.people.actions import edit_contact, edit_organization, merge_contacts, remove_contacts
from askwell.people.index import rebuild
from askwell.people.journal import last_change, undo
from askwell.people.models import SearchTerm
from askwell.people.queries import find

from .conftest import GOOD_LETTER

pytestmark = pytest.mark.django_db


def told(owner, text, **more):
    return [
        (one.contact.name, one.mention.said, str(one.mention.passage))
        for one in mentioned(owner, text, **more)
    ]


def listed(owner, text, now):
    page = people_page(owner, PeopleFilter(text=text), now=now)
    return {row.name: row.mention and row.mention.said for row in page.rows}


def test_a_word_of_a_note_finds_whom_it_is_about(lina, jane, kenji, now):
    edit_contact(jane, notes="Her sister runs a children's hospital in Leeds.", now=now)
    assert told(lina, "hospital") == [
        ("Jane Doe", "In your note", "Her sister runs a children's hospital in Leeds.")
    ]
    assert told(lina, "HOSPIT leeds") == told(lina, "hospital")
    assert listed(lina, "leeds", now) == {"Jane Doe": "In your note"}


def test_a_name_and_a_word_of_a_note_find_together(lina, jane, kenji, now):
    edit_contact(jane, notes="Sailing", now=now)
    edit_contact(kenji, notes="Sailing", now=now)
    assert [name for name, *_rest in told(lina, "kenji sailing")] == ["Kenji Sato"]
    assert listed(lina, "sailing acme", now) == {"Jane Doe": "In your note"}


def test_letters_talks_and_what_came_of_them_count_each_with_its_moment(lina, jane, now):
    sent, held = now - timedelta(days=20), now - timedelta(days=3)
    actions.open_outreach(jane, purpose="explore", now=sent)
    actions.record_sent(
        jane, mode="informational", channel="email", at=sent, now=now, subject="A question", body=GOOD_LETTER
    )
    actions.record_reply(jane, what="yes", at=held, now=now, text="Gladly, but mind the lighthouse.")
    actions.record_talk(jane, ended_at=held, now=now, notes="She began in a bakery.")
    actions.record_name(jane, name="Omar Said", detail="plays the bassoon", now=now)
    assert told(lina, "dashboards")[0][:2] == ("Jane Doe", "You wrote")
    assert told(lina, "lighthouse")[0][1:] == ("They answered", "Gladly, but mind the lighthouse.")
    assert told(lina, "bakery")[0][1:] == ("Talk held", "She began in a bakery.")
    assert told(lina, "bassoon")[0][1] == "Gave you the name Omar Said"
    assert [one.mention.at for one in mentioned(lina, "dashboards")] == [sent]


def test_what_was_noted_of_an_organization_finds_who_is_there(lina, jane, kenji, now):
    edit_organization(jane.positions.get().organization, notes="Moves to the harbour in May.", now=now)
    assert told(lina, "harbour") == [
        ("Jane Doe", "In your note on Acme Health", "Moves to the harbour in May.")
    ]


def test_the_text_with_most_of_the_words_is_shown_and_of_equals_the_newest(lina, jane, now):
    edit_contact(jane, notes="A bakery.", now=now)
    for days, text in ((9, "An old bakery."), (5, "The bakery by the harbour."), (1, "Another bakery.")):
        actions.record_talk(jane, ended_at=now - timedelta(days=days), now=now, notes=text)
    assert told(lina, "bakery")[0][2] == "Another bakery."
    assert told(lina, "bakery harbour")[0][2] == "The bakery by the harbour."


def test_a_name_is_still_found_by_names_alone(lina, jane, kenji, now):
    """Whoever writes a note to Jane means no one whose letters speak of a Jane."""
    edit_contact(kenji, notes="Friend of Jane. Announced a move.", now=now)
    assert [one.name for one in find(lina, "jane")] == ["Jane Doe"]
    assert find(lina, "friend") == []
    assert [one.contact.name for one in mentioned(lina, "jane", but_not=[jane.pk])] == ["Kenji Sato"]
    assert told(lina, "ann") == told(lina, "fr") == []


def test_who_is_found_by_name_needs_no_reason(lina, jane, now):
    edit_contact(jane, notes="Product manager of the year", now=now)
    assert listed(lina, "manager", now) == {"Jane Doe": None}
    assert listed(lina, "manager year", now) == {"Jane Doe": "In your note"}


def test_what_is_changed_taken_back_merged_or_removed_is_found_as_it_is_now(lina, jane, kenji, now):
    edit_contact(jane, notes="A lighthouse.", now=now)
    undo(last_change(lina), now=now)
    assert told(lina, "lighthouse") == []
    edit_contact(jane, notes="A bakery.", now=now)
    merge_contacts(kenji, jane, now=now)
    assert [name for name, *_rest in told(lina, "bakery")] == ["Kenji Sato"]
    remove_contacts(lina, [kenji.pk], now=now)
    assert told(lina, "bakery") == []


def test_nobody_finds_what_another_wrote(lina, jane, other_owner, now):
    edit_contact(jane, notes="A lighthouse.", now=now)
    assert told(other_owner, "lighthouse") == []
    assert listed(other_owner, "lighthouse", now) == {}


def test_made_anew_the_words_are_the_same(lina, jane, kenji, now):
    edit_contact(jane, notes="A lighthouse.", now=now)
    actions.record_talk(kenji, ended_at=now, now=now, notes="A bakery.")
    kept = set(SearchTerm.objects.values_list("contact", "term", "weight"))
    rebuild(lina)
    rebuild_words(lina)
    assert set(SearchTerm.objects.values_list("contact", "term", "weight")) == kept
    assert {term for _who, term, weight in kept if not weight} >= {"lighthouse", "bakery"}


def test_a_list_asks_no_more_for_more_people(lina, jane, kenji, now, django_assert_max_num_queries):
    for someone in (jane, kenji):
        edit_contact(someone, notes="A lighthouse.", now=now)
    with django_assert_max_num_queries(18):
        assert len(listed(lina, "lighthouse", now)) == 2
    with django_assert_max_num_queries(14):
        assert len(told(lina, "lighthouse")) == 2


def test_every_kind_of_text_is_told_of_changes():
    assert set(MODELS) <= set(_WRITTEN)
