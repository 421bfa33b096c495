"""What an import brings becomes history: whole, once, and without old debts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.formats.records import (
    Direction,
    Email,
    EventRecord,
    Name,
    OwnProfile,
    PersonRecord,
    Reading,
    Source,
    TouchRecord,
    Url,
)
from askwell.outreach import actions, queries
from askwell.outreach.facts import relationship
from askwell.outreach.facts.history import summarise
from askwell.outreach.intake import RECEIVER
from askwell.outreach.models import NetworkingEvent, Touch
from askwell.people import importing
from askwell.people.importing.receivers import Delivery
from askwell.people.journal import journal
from askwell.people.models import Import, ImportState

from .conftest import utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)
HERE = Source(file="messages.csv", line=2)


def message(at, *, direction=Direction.IN, body="How are you?", kind="message"):
    return TouchRecord(
        at=at,
        direction=direction,
        kind=kind,
        channel="linkedin",
        other=Name(formatted="Jane Doe"),
        source=HERE,
        body=body,
        thread="t1",
    )


def take_in(owner, **parts):
    batch = Import.objects.create(owner=owner, started_at=MONDAY)
    with journal(owner, "people.import", now=MONDAY) as log:
        return RECEIVER.apply(log, batch, Delivery(**parts), now=MONDAY, tick=lambda _rows: None)


def owed(owner):
    return [line.code for line in queries.today(owner, now=MONDAY).owed]


def test_a_recent_question_is_owed_an_answer_and_an_old_one_is_not(lina, jane, kenji):
    take_in(
        lina,
        touches=[
            (jane.pk, message(MONDAY - timedelta(days=3))),
            (kenji.pk, message(MONDAY - timedelta(days=40))),
        ],
    )
    assert [line.contact_name for line in queries.today(lina, now=MONDAY).owed] == ["Jane Doe"]


def test_nothing_is_owed_where_the_seeker_wrote_last_or_nothing_was_asked(lina, jane, kenji):
    take_in(
        lina,
        touches=[
            (jane.pk, message(MONDAY - timedelta(days=3))),
            (jane.pk, message(MONDAY - timedelta(days=2), direction=Direction.OUT, body="Fine.")),
            (kenji.pk, message(MONDAY - timedelta(days=2), body="Thank you, all clear.")),
        ],
    )
    assert owed(lina) == []


def test_the_same_archive_twice_changes_nothing(lina, jane):
    touches = [(jane.pk, message(MONDAY - timedelta(days=day))) for day in range(5)]
    planned = RECEIVER.plan(lina, Delivery(touches=touches))
    assert (planned.new_touches, planned.known_touches) == (5, 0)
    assert not Touch.objects.exists()
    first = take_in(lina, touches=touches)
    again = take_in(lina, touches=[*touches, *touches])
    assert (first.new_touches, first.known_touches) == (5, 0)
    assert (again.new_touches, again.known_touches) == (0, 10)
    assert Touch.objects.count() == 5


def test_an_import_undone_leaves_no_touch_and_no_step(lina, jane):
    take_in(lina, touches=[(jane.pk, message(MONDAY - timedelta(days=1)))])
    assert owed(lina) == ["answer"]
    actions.undo_last(lina, now=MONDAY)
    assert owed(lina) == []
    assert not Touch.objects.exists()


def test_a_time_without_a_zone_was_the_seekers(lina, jane):
    take_in(lina, touches=[(jane.pk, message(MONDAY.replace(tzinfo=None) - timedelta(days=9)))])
    assert Touch.objects.get().at == utc(2026, 10, 24, 20, 0)


def test_notes_are_left_out_and_counted(lina, jane):
    done = take_in(lina, touches=[(jane.pk, message(MONDAY - timedelta(days=1), kind="note"))])
    assert done.skipped == {"not-a-touch": 1}
    assert not Touch.objects.exists()


def test_events_are_kept_once_and_those_attended_make_no_plan(lina):
    fair = EventRecord(name="Nursing fair", source=HERE, at=MONDAY - timedelta(days=30), status="Attended")
    undated = EventRecord(name="Some day", source=HERE)
    assert take_in(lina, events=[fair, fair, undated]).new_events == 1
    assert take_in(lina, events=[fair]).known_events == 1
    assert NetworkingEvent.objects.get().attended is True
    assert [line.code for line in queries.today(lina, now=MONDAY).this_week] == []


def test_the_own_profile_says_who_the_seeker_is_unless_that_was_said(lina):
    profile = OwnProfile(
        name=Name(formatted="Lina Berg"),
        source=HERE,
        headline="Student of health",
        summary="I began as a nurse.",
    )
    take_in(lina, own=profile)
    seeker = queries.seeker_of(lina)
    assert seeker.story == "I began as a nurse."
    assert seeker.who_line.startswith("finishing a master's")


class TestSummedUp:
    """One contact's touches: at, direction, kind, mode, answers, is_news."""

    def out(self, days, *, kind="message", mode="", answers=True):
        return (MONDAY - timedelta(days=days), "out", kind, mode, answers, False)

    def inn(self, days, *, kind="reply", answers=True):
        return (MONDAY - timedelta(days=days), "in", kind, "", answers, False)

    def test_a_bounced_message_never_arrived(self):
        found = summarise([self.out(9), self.inn(8, kind="bounce")], now=MONDAY)
        assert (found.last_out_at, found.unanswered, found.out, found.last_in_at) == (None, 0, 0, None)

    def test_an_automatic_reply_is_no_reply(self):
        found = summarise([self.out(9), self.inn(8, kind="auto_reply")], now=MONDAY)
        assert (found.unanswered, found.last_in_at, found.reply_owed_since) == (1, None, None)

    def test_the_oldest_unanswered_message_counts(self):
        found = summarise([self.inn(9), self.inn(5)], now=MONDAY)
        assert found.reply_owed_since == MONDAY - timedelta(days=9)
        assert summarise([self.inn(9), self.out(7), self.inn(5)], now=MONDAY).reply_owed_since == (
            MONDAY - timedelta(days=5)
        )

    def test_who_met_or_spoke_heard_of_each_other_but_a_call_to_ask_may_go_unheard(self):
        for kind in ("meeting", "call"):
            met = summarise([self.out(20), self.out(9, kind=kind)], now=MONDAY)
            assert (met.unanswered, met.last_in_at) == (0, MONDAY - timedelta(days=9))
            asked = summarise([self.out(9, kind=kind, mode="follow_up")], now=MONDAY)
            assert (asked.unanswered, asked.last_in_at) == (1, None)

    def test_a_talk_answers_everything_before_it(self):
        found = summarise([self.inn(9), self.out(8)], now=MONDAY, talk_ends=[MONDAY - timedelta(days=7)])
        assert (found.reply_owed_since, found.unanswered, found.talks) == (None, 0, 1)

    def test_counts_are_of_the_last_year_and_reply_times_are_the_median(self):
        old = [self.out(800), self.inn(790)]
        found = summarise([*old, self.out(20), self.inn(19), self.out(10), self.inn(7)], now=MONDAY)
        assert (found.out, found.inbound, found.exchanges) == (2, 2, 2)
        assert found.median_reply_hours == 48.0
        assert found.first_at == MONDAY - timedelta(days=800)

    def test_asks_are_counted_since_the_last_give(self):
        favors = [
            (MONDAY - timedelta(days=day), kind)
            for day, kind in ((9, "ask"), (8, "give"), (7, "ask"), (6, "ask"))
        ]
        found = summarise([], now=MONDAY, favors=favors)
        assert (found.asks_since_give, found.last_give_at) == (2, MONDAY - timedelta(days=8))


def test_history_of_a_contact_reaches_the_rules(lina, jane):
    actions.record_favor(jane, kind="ask", text="An introduction", now=MONDAY)
    actions.record_talk(jane, ended_at=MONDAY, now=MONDAY)
    known = relationship(jane, now=MONDAY).history
    assert (known.asks_since_give, known.talks, known.last_talk_at) == (1, 1, MONDAY)


# -- what is offered to be undone


def person(name, **values):
    slug = name.lower().replace(" ", "-")
    urls = (Url(value=f"https://www.linkedin.com/in/{slug}", label="profile"),)
    return PersonRecord(name=Name(formatted=name), source=HERE, urls=urls, **values)


def bring(owner, *people, names=("Connections.csv",), **reading):
    batch = Import.objects.create(
        owner=owner, started_at=MONDAY, names=list(names), state=ImportState.PLANNED
    )
    found = Reading(format="linkedin", people=people, **reading)
    importing.apply_import(batch, now=MONDAY, reading=found)
    return queries.undo_offer(owner, now=MONDAY).sentence


def test_the_offer_to_undo_an_import_says_of_which_file_and_how_many(owner):
    assert bring(owner, person("Mia Lindqvist")) == "Import of Connections.csv: 1 person"
    assert bring(owner, person("Tom Okafor"), person("Ada Abara")) == "Import of Connections.csv: 2 people"


def test_what_else_an_import_brought_is_said_too(owner):
    mia = person("Mia Lindqvist", connected_on=MONDAY.date(), organization="Acme", title="Nurse")
    letter = message(MONDAY - timedelta(days=40))
    events = (EventRecord(name="Spring meeting", at=MONDAY, source=HERE),)
    jane = PersonRecord(name=Name(formatted="Jane Doe"), source=HERE)
    said = bring(owner, mia, jane, touches=(letter,), events=events, names=("a.zip", "b.csv", "c.vcf"))
    assert said == "Import of a.zip and 2 more: 2 people, 1 message or meeting, 1 event"
    moved = person("Mia Lindqvist", connected_on=MONDAY.date(), organization="Globex", title="Nurse")
    assert bring(owner, moved) == "Import of Connections.csv: 1 moved to another job"
    known = person("Mia Lindqvist", emails=(Email(value="mia@acme.example"),), place="Malmo")
    assert bring(owner, known, names=()) == "Import: 1 known better"
