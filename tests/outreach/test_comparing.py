"""What was heard about what: by the work noted with a talk, the present title, or the place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue
from askwell.outreach.models import About, CareerDecision, OwnView, Talk
from askwell.outreach.sample import make_sample, remove_sample
from askwell.outreach.voices import by_subject, key_about, spoken
from askwell.people.actions import NewContact, add_contact, set_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(jane, now):
    """Jane was spoken with yesterday."""
    at = now - timedelta(days=1)
    talk = actions.record_talk(jane, ended_at=at, now=at)
    return actions.reflect(talk, answers={"learnt": "They plan years ahead."}, now=at)


def test_a_talk_is_about_their_title_until_the_user_says_otherwise(lina, talk, now):
    (one,) = spoken(lina)
    assert (one.occupation.name, one.organization.name) == ("Product manager", "Acme Health")
    actions.set_occupation(talk, occupation="Service designer", now=now)
    (one,) = spoken(lina)
    assert (one.occupation.key, one.noted) == ("service designer", "Service designer")
    actions.set_occupation(talk, occupation="", now=now)
    assert spoken(lina)[0].occupation.name == "Product manager"


def test_a_talk_stays_with_the_work_and_the_place_it_was_about_when_they_move_on(lina, jane, talk, now):
    set_organization(jane, organization="Riverton Clinic", title="Head of product", now=now)
    (one,) = spoken(lina)
    assert (one.occupation.name, one.organization.name) == ("Product manager", "Acme Health")
    booked = actions.record_talk(jane, ended_at=now, now=now)
    newer, older = spoken(lina)
    assert (newer.voice.talk, newer.occupation.name, newer.organization.name) == (
        booked.pk,
        "Head of product",
        "Riverton Clinic",
    )
    assert older.occupation.name == "Product manager"


@pytest.mark.parametrize("spelling", ["product manager", "PRODUCT-MANAGER", "Prodúct  manager"])
def test_two_spellings_are_one(spelling):
    assert key_about(About.OCCUPATION, spelling) == key_about(About.OCCUPATION, "Product manager")


def test_a_place_is_known_by_its_name_without_its_legal_form(lina, talk):
    (key,) = by_subject(spoken(lina), About.ORGANIZATION)
    assert key_about(About.ORGANIZATION, "The Acme Health, Inc.") == key


def test_a_talk_with_somebody_of_no_known_work_is_listed_apart(lina, now):
    noor = add_contact(lina, NewContact(name="Noor Haddad"), now=now)
    actions.record_talk(noor, ended_at=now - timedelta(hours=3), now=now)
    found = queries.compare(lina, now=now)
    assert found.columns == ()
    assert [(line.name, line.subject) for line in found.talks] == [("Noor Haddad", "")]


def test_advice_outside_of_a_talk_goes_with_the_latest(lina, talk, jane, now):
    actions.add_advice(jane, text="Shadow a ward round", now=now)
    (column,) = queries.compare(lina, now=now).columns
    (cell,) = [cell for cell in column.cells if cell.question == "advice"]
    assert [(line.text, line.name, line.talk) for line in cell.lines] == [
        ("Shadow a ward round", "Jane Doe", talk.pk)
    ]


def test_a_decision_keeps_what_it_rested_on_when_more_is_heard(lina, talk, jane, now):
    row = actions.decide(
        lina, about="occupation", name="Product Manager", choice="choose", reasons=" I like it. ", now=now
    )
    assert (row.subject, row.reasons, [one["name"] for one in row.rests_on]) == (
        "product manager",
        "I like it.",
        ["Jane Doe"],
    )
    later = now + timedelta(days=7)
    actions.record_talk(jane, ended_at=later, now=later)
    (line,) = queries.decisions(lina, now=later)
    assert (line.talks, line.people, line.since, line.holds) == (1, 1, 1, True)


def test_few_voices_are_a_hint_to_choose_and_none_to_go_on_looking(lina, talk, now):
    def hint(choice):
        return queries.few_heard(lina, about=About.OCCUPATION, name="product manager", choice=choice, now=now)

    from askwell.rules.comparing import Choice

    assert hint(Choice.CHOOSE).rule == "P08"
    assert hint(Choice.GO_ON) is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"choice": "perhaps"}, "choice"),
        ({"about": "person"}, "about"),
        ({"name": " !? "}, "name"),
        ({"name": ""}, "name"),
    ],
)
def test_what_makes_no_sense_is_not_decided(lina, now, given, field):
    with pytest.raises(BadValue) as wrong:
        actions.decide(
            lina, **({"about": "occupation", "name": "Buyer", "choice": "choose"} | given), now=now
        )
    assert wrong.value.field == field
    assert not CareerDecision.objects.exists()


def test_each_of_it_is_one_step_back(lina, talk, now):
    actions.set_occupation(talk, occupation="Designer", now=now)
    actions.keep_view(lina, about="occupation", subject="designer", question="liked", text="Much", now=now)
    actions.decide(lina, about="occupation", name="Designer", choice="go_on", now=now)
    actions.undo_last(lina, now=now)
    assert not CareerDecision.objects.exists()
    actions.undo_last(lina, now=now)
    assert not OwnView.objects.exists()
    actions.undo_last(lina, now=now)
    assert Talk.objects.get().occupation == "Product manager"


def test_one_subject_is_found_by_a_part_of_its_name_unless_two_have_it(lina, talk, kenji, now):
    assert queries.subject_named(lina, About.OCCUPATION, "manager").key == "product manager"
    other = actions.record_talk(kenji, ended_at=now - timedelta(hours=1), now=now)
    actions.set_occupation(other, occupation="Project manager", now=now)
    assert queries.subject_named(lina, About.OCCUPATION, "manager") is None
    assert queries.subject_named(lina, About.OCCUPATION, "project manager").name == "Project manager"


@pytest.mark.slow
def test_the_sample_goes_with_what_was_thought_of_it_and_what_is_yours_stays(lina, talk, now):
    make_sample(lina, now=now, people=120)
    found = queries.compare(lina, now=now)
    invented = next(line for line in found.subjects if line.key != "product manager")
    for name in (invented.name, "Product manager"):
        actions.decide(lina, about="occupation", name=name, choice="go_on", now=now)
        key = key_about(About.OCCUPATION, name)
        actions.keep_view(lina, about="occupation", subject=key, question="liked", text="The pace", now=now)
    remove_sample(lina, now=now)
    assert [row.name for row in CareerDecision.objects.all()] == ["Product manager"]
    assert [row.subject for row in OwnView.objects.all()] == ["product manager"]


@pytest.mark.slow
def test_the_sample_has_work_that_three_people_told_of(lina, now):
    make_sample(lina, now=now)
    found = queries.compare(lina, now=now)
    assert found.columns[0].people >= 3
    assert all(cell.lines for cell in found.columns[0].cells)
