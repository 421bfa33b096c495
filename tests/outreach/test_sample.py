"""A sample network to look around in: believable, complete, and gone again in one click."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.fold import fold
from askwell.outreach.models import (
    Employer,
    Encounter,
    Goal,
    IntroductionOffer,
    JobChange,
    Outreach,
    ResumeRequest,
    SavedLink,
    Seeker,
    Step,
    Touch,
    Transition,
    Trial,
    WeeklyReview,
)
from askwell.outreach.queries.referrals import referrals
from askwell.outreach.sample import GOAL, has_sample, make_sample, remove_sample
from askwell.people.models import Change, Contact, ContactPoint
from askwell.rules.decisions import StepCode
from askwell.rules.facts import State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# A second contact at a silent employer is a step only under the two-hour preset.
NOT_STORED = {StepCode.SECOND_CONTACT}


@pytest.mark.slow
def test_four_hundred_people_and_every_kind_of_step(owner, now):
    assert make_sample(owner, now=now) == 400
    assert Contact.objects.for_owner(owner).people().count() == 400
    due = Step.objects.for_owner(owner).filter(earliest__lte=now + timedelta(days=7))
    missing = set(StepCode) - NOT_STORED - set(due.values_list("code", flat=True))
    assert not missing


def test_what_follows_from_it_all_is_made_once(owner, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(1000):
        make_sample(owner, now=now)


@pytest.mark.slow
@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 5, 6])
def test_every_kind_of_step_is_there_on_every_day_of_the_week(owner, now, days):
    make_sample(owner, now=now + timedelta(days=days), people=120)
    codes = set(Step.objects.for_owner(owner).values_list("code", flat=True))
    assert set(StepCode) - NOT_STORED <= codes


def test_every_history_is_one_the_life_cycle_allows(owner, now):
    make_sample(owner, now=now, people=120)
    for outreach in Outreach.objects.for_owner(owner):
        moves = outreach.transitions.order_by("id").values_list("happening", "at", "until")
        assert fold(moves).state == State(outreach.state)


def test_two_years_of_history_and_nothing_from_the_future(owner, now):
    make_sample(owner, now=now, people=120)
    oldest = Touch.objects.for_owner(owner).order_by("at").first()
    assert now - oldest.at > timedelta(days=600)
    assert not Touch.objects.for_owner(owner).filter(at__gt=now).exists()
    assert not Transition.objects.for_owner(owner).filter(at__gt=now).exists()


def test_the_same_seed_makes_the_same_people(owner, other_owner, now):
    make_sample(owner, now=now, people=60)
    make_sample(other_owner, now=now, people=60)
    mine, theirs = (
        list(Contact.objects.for_owner(who).order_by("pk").values_list("name", "headline", "place"))
        for who in (owner, other_owner)
    )
    assert mine == theirs


def test_a_second_sample_is_not_put_on_top(owner, now):
    make_sample(owner, now=now, people=60)
    assert make_sample(owner, now=now, people=60) == 0


def everything():
    """Every row of every table, derived ones too, as it stands."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values()))
        for model in apps.get_models()
        if model._meta.app_label in {"people", "outreach", "mailroom", "web", "auth"}
    }


@pytest.fixture
def used(lina, jane, now):
    """A notebook somebody has worked with already."""
    actions.make_promise(jane, text="Send the notes", mine=True, now=now)
    actions.add_employers(lina, ["Acme Health"], motivation=4, now=now)
    actions.save_link(lina, title="Triage in plain words", url="https://triage.example", now=now)
    recompute(lina, now=now)
    return lina


def test_one_click_leaves_no_trace_of_it_in_any_table(used, now):
    before = everything()
    make_sample(used, now=now, people=60)
    during = everything()
    assert sum(during[label] != before[label] for label in before) > 30
    assert remove_sample(used, now=now) == 60
    assert not has_sample(used)
    after = everything()
    for label, rows in before.items():
        assert after[label] == rows, label


def test_what_it_set_where_nothing_was_set_goes_even_after_things_were_done_in_it(used, now):
    before = Seeker.objects.values().get()
    tables = {label: len(rows) for label, rows in everything().items() if label != "people.Change"}
    make_sample(used, now=now, people=60)
    assert Seeker.objects.get().story
    someone = Contact.objects.for_owner(used).filter(is_sample=True, is_self=False).first()
    actions.make_promise(someone, text="Send the notes", mine=True, now=now)
    assert remove_sample(used, now=now) == 60
    assert Seeker.objects.values().get() == before
    after = {label: len(rows) for label, rows in everything().items() if label != "people.Change"}
    assert after == tables


def test_what_was_set_in_it_stays_as_it_was_set(used, now):
    make_sample(used, now=now, people=60)
    actions.change_seeker(used, story="I was a nurse for six years.", now=now)
    remove_sample(used, now=now)
    assert Seeker.objects.get().story == "I was a nurse for six years."
    assert Seeker.objects.get().card == {}


def test_ones_own_card_and_story_are_left_alone(lina, now):
    actions.change_seeker(lina, story="I was a nurse for six years.", now=now)
    actions.keep_card(lina, name="Lina Berg", now=now)
    make_sample(lina, now=now, people=60)
    seeker = Seeker.objects.get()
    assert (seeker.story, seeker.card) == ("I was a nurse for six years.", {"name": "Lina Berg"})


@pytest.mark.slow
def test_it_shows_every_part_of_the_product(owner, now):
    make_sample(owner, now=now)
    grown = referrals(owner)
    assert max(one.depth for one in grown.people) >= 5
    roots = [one for one in grown.people if one.parent is None and one.brought.people > 5]
    assert sum(1 + one.brought.people for one in roots) >= 25
    assert all(one.brought.talks and one.brought.advice for one in roots)
    assert sum(one.brought.leads for one in roots) >= 3
    offers = IntroductionOffer.objects.filter(made_at=None)
    assert offers.values_list("left_says", "right_says").get() == ("yes", "asked")
    assert JobChange.objects.filter(congratulated_at=None).count() == 2
    assert JobChange.objects.exclude(congratulated_at=None).count() == 1
    assert SavedLink.objects.count() == 6
    assert SavedLink.objects.exclude(shares=None).count() == 1
    assert Employer.objects.count() == 14
    assert Contact.objects.filter(hires=True).count() > 5
    assert Contact.objects.filter(connector=True).count() > 5
    assert Encounter.objects.filter(card_given=True).count() >= 2
    assert Encounter.objects.filter(card_taken=True).count() >= 2
    assert ResumeRequest.objects.filter(sent_at=None).count() == 1
    assert Trial.objects.exclude(done_at=None).exclude(outcome="").count() == 1
    assert WeeklyReview.objects.exclude(done_at=None).count() == 1
    told = queries.telling(owner, now=now)
    assert (told.chosen, told.told) == (5, 2)
    assert len(queries.places(owner, now=now)) == 4


def test_after_things_were_done_in_it_it_still_goes_and_what_is_yours_stays(owner, now):
    make_sample(owner, now=now, people=60)
    someone = Contact.objects.for_owner(owner).people().first()
    actions.make_promise(someone, text="Send the notes", mine=True, now=now)
    Contact.objects.create(owner=owner, name="Maya Ilves", created_at=now)
    actions.set_goal(owner, text="Buyer in a children's hospital, Chicago", now=now)
    assert remove_sample(owner, now=now) == 60
    assert [c.name for c in Contact.objects.for_owner(owner)] == ["Maya Ilves"]
    assert [goal.text for goal in Goal.objects.for_owner(owner)] != [GOAL]
    assert not Touch.objects.for_owner(owner).exists()


def test_recomputing_the_sample_changes_nothing(owner, now):
    make_sample(owner, now=now, people=120)
    again = recompute(owner, now=now)
    assert (again.steps_changed, again.standings_changed, again.states_changed) == (0, 0, 0)


def test_a_sample_whose_undo_is_gone_is_still_removed(owner, now):
    make_sample(owner, now=now, people=60)
    Change.objects.for_owner(owner).delete()
    assert remove_sample(owner, now=now) == 60
    assert not has_sample(owner)


def test_days_later_a_recompute_finds_every_step_still_right(owner, now):
    make_sample(owner, now=now, people=60)
    later = recompute(owner, now=now + timedelta(days=5))
    assert (later.steps_changed, later.states_changed) == (0, 0)


def test_every_address_is_one_a_mail_program_takes(owner, now):
    make_sample(owner, now=now, people=120)
    addresses = ContactPoint.objects.filter(owner=owner, kind="email").values_list("value", flat=True)
    assert len(addresses) > 100
    assert all(one.isascii() and "@" in one for one in addresses)
