"""Lina sets people aside that are suggested to her, and says why."""

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.actions.passing import set_aside, suggest_again
from askwell.outreach.errors import BadValue, NotFound
from askwell.outreach.queries.passing import set_aside_people
from askwell.people.actions import NewContact, add_contact
from askwell.people.actions.merging import merge_contacts
from askwell.people.models import Contact


@pytest.fixture
def people(lina, now):
    """Three who sell, and a baker."""
    work = {"Ann": "Sales agent", "Bob": "Sales agent", "Cleo": "Sales agent", "Dora": "Baker"}
    return {
        name: add_contact(lina, NewContact(name=name, title=title, organization=f"{name} Ltd"), now=now)
        for name, title in work.items()
    }


def suggested(owner, now):
    return [one.contact_name for one in queries.next_people(owner, now=now, count=9)]


def told(owner, now):
    return {
        one.contact_name: [reason.sentence for reason in one.reasons]
        for one in set_aside_people(owner, now=now)
    }


def test_not_now_comes_back_in_a_month_and_the_second_time_in_two(lina, people, now):
    ann = people["Ann"]
    set_aside(ann, because="now", now=now)
    assert "Ann" not in suggested(lina, now)
    assert set_aside(ann, because="now", now=now).until == now + timedelta(days=30)  # pressed twice
    later = now + timedelta(days=31)
    assert "Ann" in suggested(lina, later)
    set_aside(ann, because="now", now=later)
    assert "Ann" not in suggested(lina, later + timedelta(days=59))
    assert "Ann" in suggested(lina, later + timedelta(days=60))


def test_not_for_this_goal_holds_until_the_goal_is_another(lina, people, now):
    set_aside(people["Dora"], because="goal", now=now)
    assert "Dora" not in suggested(lina, now + timedelta(days=400))
    later = now + timedelta(days=1)
    actions.set_goal(lina, text="Head baker in Chicago", role="head baker", field="", now=later)
    assert "Dora" in suggested(lina, later)
    assert told(lina, later) == {}


def test_work_set_aside_twice_comes_later_and_the_list_says_so(lina, people, now):
    before = suggested(lina, now)
    assert before.index("Cleo") < before.index("Dora")
    for name in ("Ann", "Bob"):
        set_aside(people[name], because="goal", now=now)
    assert [name for name in suggested(lina, now) if name in people] == ["Dora", "Cleo"]
    assert told(lina, now)["Ann"] == [
        "Not for this goal: comes up again when your goal changes.",
        "You set aside 2 people who do such work: others who do it come later for this goal.",
    ]


def test_never_holds_until_it_is_taken_back_and_keeps_nobody_from_being_written_to(lina, people, now):
    ann = people["Ann"]
    set_aside(ann, because="never", now=now)
    assert "Ann" not in suggested(lina, now + timedelta(days=4000))
    assert Contact.objects.get(pk=ann.pk).do_not_contact is False
    suggest_again(ann, now=now)
    assert "Ann" in suggested(lina, now)
    with pytest.raises(NotFound):
        suggest_again(ann, now=now)


def test_undo_takes_it_back(lina, people, now):
    set_aside(people["Ann"], because="never", now=now)
    actions.undo_last(lina, now=now)
    assert "Ann" in suggested(lina, now)


def test_who_is_joined_with_another_stays_set_aside(lina, people, jane, now):
    set_aside(people["Ann"], because="never", now=now)
    merge_contacts(jane, people["Ann"], now=now)
    assert "Jane Doe" not in suggested(lina, now)
    assert list(told(lina, now)) == ["Jane Doe"]


def test_a_reason_that_is_none_is_no_reason(lina, people, now):
    with pytest.raises(BadValue):
        set_aside(people["Ann"], because="maybe", now=now)


def test_without_a_goal_nobody_is_set_aside_for_it(owner, now):
    ann = add_contact(owner, NewContact(name="Ann"), now=now)
    with pytest.raises(BadValue):
        set_aside(ann, because="goal", now=now)


def test_a_person_set_aside_is_no_step_put_off(lina, people, now):
    set_aside(people["Ann"], because="never", now=now)
    assert queries.steps(lina, now=now, group="snoozed") == []
