"""Today, a contact's page and the lists: what is shown, in whose hours, in how many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import NeedsMore, NotFound
from askwell.outreach.facts import relationship, relationships
from askwell.outreach.models import Promise, Snooze, Step
from askwell.outreach.queries.today import MOST_STEPS
from askwell.people.actions import NewContact, add_contact, add_position, merge_contacts
from askwell.people.models import Contact

from .conftest import utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)


def test_an_empty_notebook_asks_for_a_goal_and_nothing_else(owner, now):
    actions.change_seeker(owner, zone="America/Chicago", now=now)
    page = queries.today(owner, now=now)
    assert [line.code for line in page.today] == ["renew_goal"]
    assert (page.owed, page.waiting, page.someone_new, page.goal) == ((), (), (), None)
    assert page.evidence.line
    assert page.evidence.grade in "ABCD"


def test_today_sorts_debts_before_everything_and_says_why(lina, jane, kenji):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    actions.record_talk(kenji, ended_at=MONDAY - timedelta(hours=20), now=MONDAY)
    page = queries.today(lina, now=MONDAY)
    assert [line.title for line in page.owed] == ["Thank Kenji Sato for the talk"]
    thank = page.owed[0]
    assert thank.reasons[0].rule == "F01"
    assert "S0" in thank.reasons[0].sources
    assert (thank.action, thank.mode, thank.about[0]) == ("write", "thanks", "talk")
    assert thank.when == "by 1 p.m., in 4 hours"
    assert [line.code for line in page.this_week] == ["finish_draft", "review_week"]
    assert page.undo.sentence == "Talk with Kenji Sato held"
    assert page.talks_per_week[-1][1] + page.talks_per_week[-2][1] == 1
    assert page.anybody


def test_who_is_waited_for_has_no_step(lina, jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    actions.record_sent(jane, mode="informational", channel="email", at=MONDAY, now=MONDAY)
    actions.make_promise(jane, text="a list of names", mine=False, now=MONDAY)
    page = queries.today(lina, now=MONDAY + timedelta(days=1))
    assert [line.about[0] for line in page.waiting] == ["outreach", "promise"]
    assert page.waiting[0].sentence == "Jane Doe has your message."
    assert not page.owed
    assert not page.today
    assert page.capacity == 11


def test_the_nearest_to_the_goal_are_suggested_first_with_three_reasons(lina, jane, kenji):
    found = queries.next_people(lina, now=MONDAY, count=5)
    assert [one.contact_name for one in found] == ["Jane Doe", "Kenji Sato"]
    assert found[0].reasons[0].sentence == "Does the work you aim at"
    assert found[0].work == f"{found[0].headline}, {found[0].organization}"
    assert all(len(one.reasons) <= 3 for one in found)
    actions.set_goal(
        lina, text="Engineer in robotics in Tokyo", role="engineer", field="robotics", now=MONDAY
    )
    assert queries.next_people(lina, now=MONDAY)[0].contact_name == "Kenji Sato"
    actions.undo_last(lina, now=MONDAY)
    assert queries.next_people(lina, now=MONDAY)[0].contact_name == "Jane Doe"


def test_one_place_in_five_of_the_week_is_for_someone_not_thought_of(lina, jane, kenji):
    """Five of one's own school, hardly known: each would do for that place, one has it."""
    school = "Riverton University"
    own = add_contact(lina, NewContact(name="Lina Berg"), now=MONDAY)
    Contact.objects.filter(pk=own.pk).update(is_self=True)
    add_position(own, now=MONDAY, organization=school, school=True)
    for name in ("Omar Reyes", "Tess Hall", "Ines Prado", "Noor Aziz", "Bea Lund"):
        somebody = add_contact(lina, NewContact(name=name, title="Product manager"), now=MONDAY)
        add_position(somebody, now=MONDAY, organization=school, school=True)
    recompute(lina, now=MONDAY)
    found = queries.next_people(lina, now=MONDAY, count=5)
    assert [one.unfamiliar for one in found[:4]] == [False] * 4
    assert found[4].unfamiliar
    assert not any(one.unfamiliar for one in queries.today(lina, now=MONDAY).someone_new)
    for asked in (jane, kenji):
        actions.open_outreach(asked, purpose="explore", now=MONDAY)
        actions.record_sent(
            asked, mode="informational", channel="email", at=MONDAY, now=MONDAY, overrides={"T03": "asked"}
        )
    assert [one.unfamiliar for one in queries.today(lina, now=MONDAY).someone_new] == [False, False, True]


def test_steps_put_off_take_no_place_of_those_that_are_shown(lina, jane):
    promises = [
        Promise(owner=lina, contact=jane, text=f"List {n}", mine=True, made_at=MONDAY, due=MONDAY)
        for n in range(MOST_STEPS + 1)
    ]
    Promise.objects.bulk_create(promises)
    recompute(lina, now=MONDAY)
    keys = [line.key for line in queries.steps(lina, now=MONDAY, group="owed")]
    until = MONDAY + timedelta(days=2)
    Snooze.objects.bulk_create(Snooze(owner=lina, key=key, until=until, at=MONDAY) for key in keys[:-1])
    page = queries.today(lina, now=MONDAY)
    assert [line.key for line in page.owed] == keys[-1:]
    assert (page.later, page.more_steps) == (MOST_STEPS + 1, 0)  # and the goal, to be looked at later


def test_a_snoozed_step_waits_until_its_date(lina, jane):
    actions.make_promise(jane, text="Send the list", mine=True, now=MONDAY)
    key = queries.today(lina, now=MONDAY).owed[0].key
    actions.snooze(lina, key=key, until=MONDAY + timedelta(days=2), now=MONDAY)
    page = queries.today(lina, now=MONDAY)
    assert (page.owed, page.later) == ((), 2)  # and the goal, to be looked at in three months
    assert [line.key for line in queries.steps(lina, now=MONDAY, group="snoozed")] == [key]
    assert [line.key for line in queries.today(lina, now=MONDAY + timedelta(days=3)).owed] == [key]
    actions.unsnooze(lina, key=key, now=MONDAY)
    assert [line.key for line in queries.today(lina, now=MONDAY).owed] == [key]
    with pytest.raises(NotFound):
        actions.snooze(lina, key="thank:talk:999", until=MONDAY + timedelta(days=2), now=MONDAY)


class TestMarkedDone:
    def key(self, code):
        return Step.objects.get(code=code).key

    def test_a_plain_step_is_completed_and_can_be_undone(self, lina, jane):
        actions.make_promise(jane, text="Send the list", mine=True, now=MONDAY)
        change = actions.mark_done(lina, key=self.key("keep_promise"), now=MONDAY)
        assert change.code == "outreach.promise_kept"
        assert not Step.objects.filter(code="keep_promise").exists()
        actions.undo_last(lina, now=MONDAY)
        assert Step.objects.filter(code="keep_promise").exists()

    def test_a_step_that_needs_words_names_the_action(self, lina, jane):
        actions.record_talk(jane, ended_at=MONDAY, now=MONDAY)
        with pytest.raises(NeedsMore) as wanted:
            actions.mark_done(lina, key=self.key("reflect"), now=MONDAY)
        assert (wanted.value.action, wanted.value.wanted) == ("reflect", ("answers",))

    def test_every_step_of_a_talk_and_a_lead_has_its_completion(self, lina, jane):
        outreach = actions.open_outreach(jane, purpose="explore", now=MONDAY)
        actions.record_reply(jane, what="replied", at=MONDAY, now=MONDAY)
        actions.mark_done(lina, key=self.key("answer"), now=MONDAY)
        talk = actions.schedule_talk(outreach, starts_at=utc(2026, 11, 9, 16), now=MONDAY)
        for code in ("confirm_talk", "prepare_talk"):
            actions.mark_done(lina, key=self.key(code), now=MONDAY)
        actions.record_held(talk, now=utc(2026, 11, 9, 17))
        later = utc(2026, 11, 9, 18)
        actions.record_name(jane, name="Omar Reyes", now=later)
        lead = actions.add_lead(jane, title="Analyst", now=later)
        actions.record_outcome(lead, outcome="Interview", now=later)
        for code in ("thank", "get_leave", "act_on_lead", "thank_for_lead", "report_outcome", "close_loop"):
            actions.mark_done(lina, key=self.key(code), now=later)
        left = set(Step.objects.values_list("code", flat=True))
        assert left == {
            "reflect",
            "write_to_referred",
            "renew_goal",
            "review_week",
        }  # four notes in a row: no check-in on top
        assert recompute(lina, now=later).changed == 0


class TestAPersonsPage:
    def test_tells_next_step_timeline_and_how_you_came_to_them(self, jane):
        named = actions.record_name(jane, name="Omar Reyes", email="omar@beta.example", now=MONDAY)
        omar = named.about
        actions.set_leave(named, leave="given", now=MONDAY)
        actions.open_outreach(omar, purpose="explore", referrer=jane, now=MONDAY)
        actions.record_sent(omar, mode="informational", channel="email", at=MONDAY, now=MONDAY, body="")
        page = queries.person(omar, now=MONDAY + timedelta(days=1))
        assert [link.name for link in page.came_through] == ["Jane Doe"]
        assert page.outreaches[0].leave == "given"
        assert page.outreaches[0].state_sentence == "Waiting for an answer"
        assert [item.sentence for item in page.timeline.items] == [
            "You wrote",
            "Jane Doe gave you their name",
        ]
        assert page.refusals[0].reason.rule == "F04"
        assert page.reciprocity.asked[0].code == "ask"
        assert [link.name for link in queries.person(jane, now=MONDAY).introduced] == ["Omar Reyes"]

    def test_tells_of_a_talk_held_before_its_hour_when_it_was_held(self, jane):
        outreach = actions.open_outreach(jane, purpose="explore", now=MONDAY)
        actions.record_reply(jane, what="replied", at=MONDAY, now=MONDAY)
        booked = utc(2026, 11, 9, 16)
        talk = actions.schedule_talk(outreach, starts_at=booked, now=MONDAY)
        called = MONDAY + timedelta(days=2)
        actions.record_held(talk, ended_at=called, minutes=15, now=called)
        newest = queries.timeline(jane, now=called).items[0]
        assert (newest.sentence, newest.at) == ("Talk held", called - timedelta(minutes=15))
        assert queries.today(jane.owner, now=called).talks_per_week[-1][1] == 1
        actions.undo_last(jane.owner, now=called)
        talk.refresh_from_db()
        assert talk.starts_at == booked

    def test_pages_through_a_long_history_without_losing_anything(self, jane):
        for minutes in range(25):
            at = MONDAY + timedelta(minutes=minutes // 3)
            actions.record_reply(jane, what="replied", at=at, now=at + timedelta(hours=1))
        seen, before = [], None
        while True:
            page = queries.timeline(jane, now=MONDAY, before=before, size=7)
            seen += [item.id for item in page.items]
            if page.next_before is None:
                break
            before = page.next_before
        assert len(seen) == len(set(seen)) == 25

    def test_costs_the_same_number_of_queries_however_long_the_history(self, jane):
        def count():
            with CaptureQueriesContext(connection) as caught:
                queries.person(jane, now=MONDAY)
            return len(caught)

        actions.record_reply(jane, what="replied", at=MONDAY, now=MONDAY)
        few = count()
        for _again in range(6):
            actions.record_reply(jane, what="replied", at=MONDAY, now=MONDAY)
        assert count() == few < 45


def test_today_costs_the_same_number_of_queries_however_many_people(lina, jane):
    def count():
        with CaptureQueriesContext(connection) as caught:
            queries.today(lina, now=MONDAY)
        return len(caught)

    actions.make_promise(jane, text="Send it", mine=True, now=MONDAY)
    few = count()
    for number in range(8):
        contact = add_contact(lina, NewContact(name=f"Person {number}"), now=MONDAY)
        actions.make_promise(contact, text="Send it", mine=True, now=MONDAY)
    assert count() == few < 20


def test_facts_of_many_are_those_of_each(lina, jane, kenji):
    actions.record_talk(jane, ended_at=MONDAY, now=MONDAY)
    actions.record_name(kenji, name="Omar Reyes", now=MONDAY)
    together = {one.contact: one for one in relationships(lina, now=MONDAY)}
    assert len(together) == 3
    for contact in (jane, kenji):
        assert together[contact.pk] == relationship(contact, now=MONDAY)


def test_a_zone_is_guessed_only_where_nothing_else_could_be_meant(lina, jane, kenji):
    somewhere = add_contact(
        lina, NewContact(name="Sam Poole", details={"place": "United States"}), now=MONDAY
    )
    known = {one.contact: one.calendar for one in relationships(lina, now=MONDAY)}
    assert (known[kenji.pk].zone, known[kenji.pk].zone_known) == ("Asia/Tokyo", True)
    assert (known[somewhere.pk].country, known[somewhere.pk].zone_known) == ("US", False)
    assert known[somewhere.pk].zone == "America/Chicago"


def test_a_week_with_a_change_of_clocks_keeps_the_recipients_evening(lina, jane):
    """Clocks go back in Chicago on 1 November 2026: seven business days on, quiet hours still begin at six."""
    friday = utc(2026, 10, 30, 15, 0)
    actions.open_outreach(jane, purpose="explore", now=friday)
    actions.record_sent(jane, mode="informational", channel="email", at=friday, now=friday)
    step = Step.objects.get(code="follow_up")
    assert step.earliest == utc(2026, 11, 10, 6, 0)  # midnight, six hours behind
    assert step.due == utc(2026, 11, 11, 0, 0)


def test_an_outreach_of_both_survives_when_two_contacts_become_one(lina, jane, kenji):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    actions.open_outreach(kenji, purpose="explore", now=MONDAY)
    actions.record_sent(
        kenji, mode="informational", channel="email", at=MONDAY, now=MONDAY, overrides={"T03": "asked"}
    )
    merge_contacts(jane, kenji, now=MONDAY)
    states = sorted(one.state for one in queries.outreaches(lina))
    assert states == ["awaiting_reply", "withdrawn"]
    assert {one.contact for one in queries.outreaches(lina)} == {jane}
    assert recompute(lina, now=MONDAY).changed == 0
    actions.undo_last(lina, now=MONDAY)
    assert sorted(one.state for one in queries.outreaches(lina)) == ["awaiting_reply", "planned"]


def test_weeks_count_what_was_done_here(lina, jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    actions.record_sent(jane, mode="informational", channel="email", at=MONDAY, now=MONDAY)
    actions.record_reply(jane, what="yes", at=MONDAY, now=MONDAY)
    last = queries.weeks(lina, now=MONDAY)[-1]
    assert (last.first_messages, last.replies, last.talks) == (1, 1, 0)
    assert len(queries.weeks(lina, now=MONDAY, count=4)) == 4
