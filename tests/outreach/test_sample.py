"""A sample network to look around in: believable, complete, and gone again in one click."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.fold import fold
from askwell.outreach.models import Goal, Outreach, Step, Touch, Transition
from askwell.outreach.sample import GOAL, has_sample, make_sample, remove_sample
from askwell.people.models import Change, Contact, Organization, Tag
from askwell.rules.decisions import StepCode
from askwell.rules.facts import State

pytestmark = pytest.mark.django_db

# Not of the stored steps: whom to ask next is ranked when read, and a second contact at a silent
# employer is a step only under the two-hour preset.
NOT_STORED = {StepCode.REACH_OUT, StepCode.SECOND_CONTACT}


@pytest.mark.slow
def test_four_hundred_people_and_every_kind_of_step(owner, now):
    assert make_sample(owner, now=now) == 400
    assert Contact.objects.for_owner(owner).people().count() == 400
    due = Step.objects.for_owner(owner).filter(earliest__lte=now + timedelta(days=7))
    missing = set(StepCode) - NOT_STORED - set(due.values_list("code", flat=True))
    assert not missing


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
    make_sample(owner, now=now, people=50)
    make_sample(other_owner, now=now, people=50)
    mine, theirs = (
        list(Contact.objects.for_owner(who).order_by("pk").values_list("name", "headline", "place"))
        for who in (owner, other_owner)
    )
    assert mine == theirs


def test_a_second_sample_is_not_put_on_top(owner, now):
    make_sample(owner, now=now, people=60)
    assert make_sample(owner, now=now, people=60) == 0


def test_one_click_takes_it_all_out_again(owner, now):
    make_sample(owner, now=now, people=60)
    assert remove_sample(owner, now=now) == 60
    assert not has_sample(owner)
    for model in (Contact, Organization, Tag, Touch, Outreach, Goal):
        assert not model.objects.for_owner(owner).exists(), model
    assert not Step.objects.for_owner(owner).exclude(contact=None).exists()


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
