"""Nobody reads or changes another's notebook, and nobody's refusals come from another's facts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import NotFound
from askwell.outreach.facts import relationships, world
from askwell.outreach.models import Standing, Step
from askwell.people.actions import NewContact, add_contact

from .conftest import GOOD_LETTER, utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)


@pytest.fixture
def full(lina, jane):
    """Everything there is, in Lina's notebook."""
    outreach = actions.open_outreach(jane, purpose="explore", now=MONDAY)
    actions.record_sent(
        jane,
        mode="informational",
        channel="email",
        at=MONDAY,
        now=MONDAY,
        body=GOOD_LETTER,
        subject="Twenty minutes?",
    )
    actions.record_reply(jane, what="yes", at=MONDAY, now=MONDAY)
    talk = actions.schedule_talk(outreach, starts_at=MONDAY + timedelta(days=4), now=MONDAY)
    actions.record_name(jane, name="Omar Reyes", talk=talk, now=MONDAY)
    actions.make_promise(jane, text="Send it", mine=True, now=MONDAY)
    actions.make_promise(jane, text="Ask around", mine=False, now=MONDAY)
    actions.add_lead(jane, title="Analyst", now=MONDAY)
    actions.add_event(lina, name="Fair", starts_at=MONDAY + timedelta(days=2), now=MONDAY)
    actions.new_draft(jane, mode="thanks", now=MONDAY)
    return jane


def test_another_owner_sees_none_of_it(full, other_owner):
    page = queries.today(other_owner, now=MONDAY)
    assert page.today == ()
    assert (page.owed, page.this_week, page.waiting, page.someone_new) == ((), (), (), ())
    assert not page.anybody
    assert page.undo is None
    assert page.goal is None
    assert not any(count for _monday, count in page.talks_per_week)
    for rows in (
        queries.talks(other_owner, now=MONDAY),
        queries.introductions(other_owner),
        queries.leads(other_owner),
        queries.events(other_owner, now=MONDAY),
        queries.outreaches(other_owner),
        queries.promises(other_owner),
        queries.drafts(other_owner),
        queries.next_people(other_owner, now=MONDAY),
        queries.waiting(other_owner, now=MONDAY),
        queries.steps(other_owner, now=MONDAY),
        relationships(other_owner, now=MONDAY),
        relationships(other_owner, [full.pk], now=MONDAY),
    ):
        assert list(rows) == []
    assert not any(queries.search(other_owner, "a").values())
    assert all(week.first_messages == week.replies == 0 for week in queries.weeks(other_owner, now=MONDAY))
    assert not world(other_owner, now=MONDAY).colleagues.everywhere().silent


def test_another_owner_changes_none_of_it(full, lina, other_owner):
    before = list(Step.objects.for_owner(lina).order_by("key").values_list("key", "due"))
    key = before[0][0]
    for act in (
        lambda: actions.mark_done(other_owner, key=key, now=MONDAY),
        lambda: actions.snooze(other_owner, key=key, until=MONDAY + timedelta(days=1), now=MONDAY),
        lambda: queries.step(other_owner, key=key, now=MONDAY),
    ):
        with pytest.raises(NotFound):
            act()
    assert actions.undo_last(other_owner, now=MONDAY) is None
    assert actions.settle(other_owner, now=MONDAY + timedelta(days=90)) == 0
    recompute(other_owner, now=MONDAY)
    assert list(Step.objects.for_owner(lina).order_by("key").values_list("key", "due")) == before
    assert not Standing.objects.for_owner(other_owner).exists()


def test_the_same_people_in_two_notebooks_do_not_meet(full, other_owner):
    """Same organization name, same letter: the other's sending is none of mine."""
    actions.change_seeker(other_owner, zone="America/Chicago", now=MONDAY)
    actions.set_goal(other_owner, text="Product manager in hospital software", now=MONDAY)
    twin = add_contact(
        other_owner,
        NewContact(name="Jane Doe", emails=["jane@acme.example"], organization="Acme Health"),
        now=MONDAY,
    )
    actions.open_outreach(twin, purpose="explore", now=MONDAY)
    touch = actions.record_sent(
        twin,
        mode="informational",
        channel="email",
        at=MONDAY,
        now=MONDAY,
        body=GOOD_LETTER,
        subject="Twenty minutes?",
    )
    assert touch.owner == other_owner
    named = actions.record_name(twin, name="Omar", email="omar@beta.example", now=MONDAY)
    assert named.about.owner == other_owner


def test_making_all_anew_leaves_alone_a_notebook_whose_people_stand_between(full, lina, other_owner):
    between = add_contact(other_owner, NewContact(name="Theo Falk"), now=MONDAY)
    actions.make_promise(between, text="Call back", mine=True, now=MONDAY)
    add_contact(lina, NewContact(name="Zita Last"), now=MONDAY)
    assert recompute(lina, now=MONDAY).changed == 0
    assert list(Step.objects.filter(owner=other_owner, contact=between).values_list("code", flat=True)) == [
        "keep_promise"
    ]
    assert Standing.objects.filter(owner=other_owner, contact=between).exists()
