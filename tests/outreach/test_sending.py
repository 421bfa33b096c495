"""What may be sent, what is refused and why, and what a sending leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.errors import BadValue, NeedsMore, OutOfOrder, Refused
from askwell.outreach.models import Favor, Outreach, Touch, Transition
from askwell.people.actions import NewContact, add_contact, edit_organization
from askwell.people.journal import last_change
from askwell.people.models import Organization

from .conftest import GOOD_LETTER, utc

pytestmark = pytest.mark.django_db

MONDAY = utc(2026, 11, 2, 15, 0)


def texts(refused) -> list[str]:
    return [one.reason.text for one in refused.value.decision.refusals]


def send(contact, *, at=MONDAY, mode="informational", **more):
    return actions.record_sent(contact, mode=mode, channel="email", at=at, now=at, **more)


def test_a_first_message_moves_the_outreach_and_counts_as_an_ask(lina, jane):
    outreach = actions.open_outreach(jane, purpose="explore", now=MONDAY)
    touch = send(jane, body=GOOD_LETTER, subject="Riverton alumni: twenty minutes?")
    outreach.refresh_from_db()
    assert (outreach.state, outreach.sent_count) == ("awaiting_reply", 1)
    assert touch.outreach == outreach
    assert Favor.objects.get().kind == "ask"
    assert Transition.objects.get(happening="sent").touch == touch
    assert queries.undo_offer(lina, now=MONDAY).sentence == "Sent to Jane Doe"


def test_a_message_without_an_outreach_asks_for_one(jane):
    with pytest.raises(NeedsMore) as wanted:
        send(jane)
    assert wanted.value.action == "open_outreach"


def test_a_second_first_message_is_refused_and_nothing_is_written(lina, jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    send(jane)
    before = last_change(lina)
    with pytest.raises(Refused) as refused:
        send(jane, at=MONDAY + timedelta(days=20))
    assert "refuse.second_first_message" in texts(refused)
    assert not refused.value.overridable
    assert last_change(lina) == before
    assert Touch.objects.count() == 1


def test_the_same_purpose_cannot_be_opened_twice_but_another_can(jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    with pytest.raises(Refused) as refused:
        actions.open_outreach(jane, purpose="explore", now=MONDAY)
    assert texts(refused) == ["refuse.already_open"]
    assert actions.open_outreach(jane, purpose="connect", mode="lead", now=MONDAY).mode == "lead"


def test_with_two_outreaches_open_it_must_be_said_which(jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    second = actions.open_outreach(jane, purpose="connect", mode="lead", now=MONDAY)
    with pytest.raises(NeedsMore) as wanted:
        send(jane)
    assert wanted.value.wanted == ("outreach",)
    assert send(jane, mode="lead", outreach=second).outreach == second


def test_too_soon_passes_with_a_reason_which_is_kept(jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    send(jane)
    thursday = MONDAY + timedelta(days=3)
    with pytest.raises(Refused) as refused:
        send(jane, at=thursday, mode="follow_up")
    assert texts(refused) == ["refuse.too_soon"]
    assert refused.value.overridable
    with pytest.raises(Refused):
        send(jane, at=thursday, mode="follow_up", overrides={"F04": "  "})
    send(jane, at=thursday, mode="follow_up", overrides={"F04": "She asked me to write again"})
    kept = Transition.objects.filter(happening="sent").latest("id")
    assert kept.data["overrides"] == {"F04": "She asked me to write again"}


def test_the_same_text_is_refused_for_a_colleague_even_with_the_name_changed(lina, jane):
    tom = add_contact(lina, NewContact(name="Tom Fisk", organization="Acme Health"), now=MONDAY)
    for contact in (jane, tom):
        actions.open_outreach(contact, purpose="explore", now=MONDAY)
    send(jane, body=GOOD_LETTER, subject="Riverton alumni: twenty minutes?")
    with pytest.raises(Refused) as refused:
        send(tom, body=GOOD_LETTER.replace("Jane Doe", "Tom Fisk"), subject="Twenty minutes?")
    assert "refuse.same_text" in texts(refused)
    assert refused.value.decision.forbidden


def test_a_name_without_leave_is_refused_and_with_leave_it_passes(lina, jane):
    named = actions.record_name(jane, name="Omar Reyes", email="omar@beta.example", now=MONDAY)
    omar = named.about
    assert omar.introduced_by == jane
    outreach = actions.open_outreach(omar, purpose="explore", referrer=jane, now=MONDAY)
    body = GOOD_LETTER.replace("Jane Doe", "Omar Reyes").replace(
        "I found you through our alumni directory", "Jane Doe suggested that I write to you"
    )
    with pytest.raises(Refused) as refused:
        send(omar, body=body, subject="Jane Doe suggested I write", outreach=outreach)
    assert "refuse.name_without_leave" in texts(refused)
    assert not refused.value.overridable
    actions.set_leave(named, leave="given", now=MONDAY)
    assert send(omar, body=body, subject="Jane Doe suggested I write", outreach=outreach).contact == omar


def test_a_letter_with_a_placeholder_left_in_asks_for_a_reason(jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    with pytest.raises(Refused) as refused:
        send(jane, body=GOOD_LETTER.replace("Jane Doe", "{name}"), subject="Twenty minutes?")
    assert texts(refused) == ["refuse.lint_errors"]
    assert refused.value.overridable


def test_nobody_who_asked_for_it_is_ever_written_to_again(lina, jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)
    actions.forbid(jane, now=MONDAY)
    assert Outreach.objects.get().state == "do_not_contact"
    for mode in ("follow_up", "check_in", "thanks", "reconnect"):
        with pytest.raises(Refused) as refused:
            send(jane, at=MONDAY + timedelta(days=400), mode=mode)
        assert refused.value.decision.forbidden
    actions.undo_last(lina, now=MONDAY)
    jane.refresh_from_db()
    assert not jane.do_not_contact


class TestAConfidentialSearch:
    def test_guards_the_employer_its_affiliates_and_their_addresses(self, lina, jane):
        mother = Organization.objects.create(owner=lina, name="Acme Group", key="acme group")
        daughter = Organization.objects.get(name="Acme Health")
        edit_organization(daughter, parent=mother, domains=["acme.example"], now=MONDAY)
        elsewhere = add_contact(
            lina,
            NewContact(name="Ines Roth", emails=["ines@mail.acme.example"], organization="Consulting"),
            now=MONDAY,
        )
        actions.change_seeker(lina, confidential=True, employer=mother, now=MONDAY)
        for contact in (jane, elsewhere):
            with pytest.raises(Refused) as refused:
                actions.open_outreach(contact, purpose="explore", now=MONDAY)
            assert texts(refused) == ["refuse.guarded_employer"]
            assert refused.value.decision.forbidden
        suggested = {one.contact for one in queries.next_people(lina, now=MONDAY, count=10)}
        assert suggested.isdisjoint({jane.pk, elsewhere.pk})

    @pytest.mark.usefixtures("jane")
    def test_leaves_everyone_else_alone(self, lina, kenji):
        actions.change_seeker(lina, confidential=True, employer="Acme Health", now=MONDAY)
        assert actions.open_outreach(kenji, purpose="explore", now=MONDAY).contact == kenji

    def test_open_to_all_again_when_it_ends(self, lina, jane):
        actions.change_seeker(lina, confidential=True, employer="Acme Health", now=MONDAY)
        assert queries.next_people(lina, now=MONDAY) == []
        actions.change_seeker(lina, confidential=False, now=MONDAY)
        assert [one.contact for one in queries.next_people(lina, now=MONDAY)] == [jane.pk]


def test_quiet_hours_are_the_recipients(lina, jane, kenji):
    """Monday 15:00 UTC is nine in the morning in Chicago and midnight in Tokyo, where Culture Day begins."""
    for contact in (jane, kenji):
        actions.open_outreach(contact, purpose="explore", now=MONDAY)
    assert send(jane).contact == jane
    with pytest.raises(Refused) as refused:
        send(kenji)
    assert texts(refused) == ["hours.day_off"]
    with pytest.raises(Refused) as refused:
        send(kenji, at=MONDAY + timedelta(days=7))
    assert texts(refused) == ["hours.quiet"]
    assert send(kenji, overrides={"T03": "He asked for mail at night"}).contact == kenji


def test_over_the_weeks_load_asks_for_a_reason(lina, jane, kenji):
    actions.change_seeker(lina, weekly_minutes=8, now=MONDAY)
    for contact in (jane, kenji):
        actions.open_outreach(contact, purpose="explore", now=MONDAY)
    send(jane)
    morning_in_tokyo = utc(2026, 11, 4, 1, 0)
    with pytest.raises(Refused) as refused:
        send(kenji, at=morning_in_tokyo)
    assert texts(refused) == ["refuse.week_full"]


TOMORROW = MONDAY + timedelta(days=1)
TO_COME = {
    "sent": lambda jane, _: actions.record_sent(
        jane, mode="informational", channel="email", at=TOMORROW, now=MONDAY
    ),
    "sent thanks": lambda jane, _: actions.record_sent(
        jane, mode="thanks", channel="email", at=TOMORROW, now=MONDAY
    ),
    "answered": lambda jane, _: actions.record_answer(jane, at=TOMORROW, now=MONDAY),
    "reply": lambda jane, _: actions.record_reply(jane, what="yes", at=TOMORROW, now=MONDAY),
    "replied to": lambda jane, _: actions.record_reply(jane, what="answered", at=TOMORROW, now=MONDAY),
    "thanked": lambda jane, _: actions.record_thanks(jane, at=TOMORROW, now=MONDAY),
    "held": lambda _, talk: actions.record_held(talk, now=MONDAY),
    "held until": lambda _, talk: actions.record_held(talk, ended_at=TOMORROW, now=MONDAY),
    "talked": lambda jane, _: actions.record_talk(jane, ended_at=TOMORROW, now=MONDAY),
    "missed": lambda _, talk: actions.record_missed(talk, now=MONDAY),
    "confirmed": lambda _, talk: actions.confirm_talk(talk, at=TOMORROW, now=MONDAY),
    "name": lambda jane, _: actions.record_name(jane, name="Omar Reyes", given_at=TOMORROW, now=MONDAY),
    "advice": lambda jane, _: actions.add_advice(jane, text="Read", received_at=TOMORROW, now=MONDAY),
    "lead": lambda jane, _: actions.add_lead(jane, title="Analyst", heard_at=TOMORROW, now=MONDAY),
    "promise": lambda jane, _: actions.make_promise(
        jane, text="Send it", mine=True, made_at=TOMORROW, now=MONDAY
    ),
    "favor": lambda jane, _: actions.record_favor(jane, kind="give", text="A book", at=TOMORROW, now=MONDAY),
    "resume": lambda jane, _: actions.change_seeker(jane.owner, resume_updated_at=TOMORROW, now=MONDAY),
}


@pytest.mark.parametrize("what", TO_COME)
def test_nothing_can_have_happened_tomorrow(lina, jane, what):
    outreach = actions.open_outreach(jane, purpose="explore", now=MONDAY)
    talk = actions.schedule_talk(outreach, starts_at=utc(2026, 11, 12, 16, 0), now=MONDAY)
    before = last_change(lina)
    with pytest.raises(BadValue) as bad:
        TO_COME[what](jane, talk)
    assert bad.value.problem == "in-the-future"
    assert last_change(lina) == before


def test_a_clock_a_little_ahead_is_believed(jane):
    at = MONDAY + timedelta(minutes=4)
    assert actions.record_thanks(jane, at=at, now=MONDAY).at == at


def test_unknown_words_are_refused_by_name(jane):
    with pytest.raises(BadValue) as bad:
        actions.record_sent(jane, mode="spam", channel="email", at=MONDAY, now=MONDAY)
    assert (bad.value.field, bad.value.problem) == ("mode", "unknown")


class TestWhatComesBack:
    @pytest.fixture
    def asked(self, jane):
        outreach = actions.open_outreach(jane, purpose="explore", now=MONDAY)
        send(jane)
        return outreach

    def reply(self, jane, what, **more):
        at = MONDAY + timedelta(days=1)
        return actions.record_reply(jane, what=what, at=at, now=at, **more)

    @pytest.mark.parametrize(
        ("what", "more", "state"),
        [
            ("yes", {}, "arranging"),
            ("no", {}, "declined"),
            ("later", {"until": utc(2027, 1, 11, 9)}, "later"),
            ("away", {"until": utc(2026, 11, 16, 9)}, "paused"),
            ("bounced", {}, "needs_address"),
            ("redirected", {"name": "Omar Reyes"}, "in_touch"),
            ("named", {"name": "Omar Reyes"}, "arranging"),
            ("replied", {}, "arranging"),
        ],
    )
    def test_each_answer_moves_the_outreach(self, asked, jane, what, more, state):
        self.reply(jane, what, **more)
        asked.refresh_from_db()
        assert asked.state == state

    def test_a_bounce_is_no_touch_and_marks_the_address(self, asked, jane):
        self.reply(jane, "bounced")
        asked.refresh_from_db()
        assert asked.sent_count == 0
        assert jane.points.get().invalid_since is not None
        actions.mend_address(asked, email="jane.doe@acme.example", now=MONDAY + timedelta(days=2))
        assert asked.state == "ready"
        assert jane.points.get(preferred=True).norm == "jane.doe@acme.example"

    def test_later_comes_back_on_its_day(self, lina, asked, jane):
        self.reply(jane, "later", until=utc(2027, 1, 11, 9))
        assert actions.settle(lina, now=utc(2027, 1, 10, 9)) == 0
        assert actions.settle(lina, now=utc(2027, 1, 12, 9)) == 1
        asked.refresh_from_db()
        assert (asked.state, asked.sent_count) == ("planned", 0)

    @pytest.mark.usefixtures("asked")
    def test_a_name_makes_a_contact_and_a_loop_to_close(self, lina, jane):
        self.reply(jane, "redirected", name="Omar Reyes", email="omar@beta.example", leave="given")
        given = queries.introductions(lina).get()
        assert (given.giver, given.about.name, given.leave) == (jane, "Omar Reyes", "given")
        assert given.loops.get().contact == jane

    def test_silence_ends_when_they_write_after_all(self, lina, asked, jane):
        for days in (10, 21):
            send(jane, at=MONDAY + timedelta(days=days), mode="follow_up")
        assert actions.settle(lina, now=MONDAY + timedelta(days=60)) == 1
        at = MONDAY + timedelta(days=61)
        actions.record_reply(jane, what="yes", at=at, now=at)
        asked.refresh_from_db()
        assert (asked.state, asked.sent_count) == ("arranging", 0)

    @pytest.mark.usefixtures("asked")
    def test_a_date_that_is_not_later_is_refused(self, jane):
        with pytest.raises(BadValue) as bad:
            self.reply(jane, "later", until=MONDAY)
        assert bad.value.field == "until"

    @pytest.mark.usefixtures("asked")
    def test_an_answer_that_waits_for_one_is_a_step_until_answered(self, lina, jane):
        self.reply(jane, "replied", text="What would you like to know?")
        at = MONDAY + timedelta(days=1, hours=1)
        assert [line.code for line in queries.today(lina, now=at).owed] == ["answer"]
        actions.record_reply(jane, what="answered", at=at, now=at)
        assert queries.today(lina, now=at).owed == ()


class TestThanksForTheSameThing:
    LATER = MONDAY + timedelta(days=2)

    def thank(self, jane, at, **more):
        return actions.record_thanks(jane, at=at, now=self.LATER, **more)

    def test_is_not_written_down_twice_but_for_a_reason(self, lina, jane):
        self.thank(jane, MONDAY)
        before = last_change(lina)
        with pytest.raises(Refused) as refused:
            self.thank(jane, self.LATER)
        assert texts(refused) == ["refuse.thanked_already"]
        assert refused.value.overridable
        assert last_change(lina) == before
        self.thank(jane, self.LATER, overrides={"F01": "For the book she lent me"})
        assert last_change(lina).params["overrides"] == {"F01": "For the book she lent me"}

    def test_is_found_also_where_the_second_is_said_to_have_come_first(self, jane):
        self.thank(jane, self.LATER)
        with pytest.raises(Refused):
            self.thank(jane, MONDAY)

    def test_of_a_talk_is_said_to_be_of_the_talk(self, jane):
        talk = actions.record_talk(jane, ended_at=MONDAY, now=self.LATER)
        self.thank(jane, MONDAY + timedelta(hours=3))
        for again in ({"talk": talk}, {}):
            with pytest.raises(Refused) as refused:
                self.thank(jane, self.LATER, **again)
            assert texts(refused) == [f"refuse.thanked_{'for_talk' if again else 'already'}"]

    @pytest.mark.parametrize("what", ["reply", "talk", "advice", "name", "lead"])
    def test_is_another_thing_where_something_came_between(self, jane, what):
        self.thank(jane, MONDAY)
        between = MONDAY + timedelta(days=1)
        {
            "reply": lambda: actions.record_reply(jane, what="replied", at=between, now=between),
            "talk": lambda: actions.record_talk(jane, ended_at=between, now=between),
            "advice": lambda: actions.add_advice(jane, text="Read it", now=between),
            "name": lambda: actions.record_name(jane, name="Omar Reyes", now=between),
            "lead": lambda: actions.add_lead(jane, title="Analyst", now=between),
        }[what]()
        assert self.thank(jane, self.LATER).at == self.LATER

    def test_may_be_thanks_for_a_promise_they_kept(self, jane):
        self.thank(jane, MONDAY)
        promise = actions.make_promise(jane, text="Send the list", mine=False, now=MONDAY)
        actions.keep_promise(promise, now=MONDAY + timedelta(days=1))
        assert self.thank(jane, self.LATER).at == self.LATER

    def test_for_a_lead_is_asked_about_too(self, jane):
        lead = actions.add_lead(jane, title="Analyst", now=MONDAY)
        actions.thank_for_lead(lead, now=MONDAY)
        with pytest.raises(Refused):
            actions.thank_for_lead(lead, now=self.LATER)
        assert Touch.objects.filter(kind="thanks").count() == 1

    def test_is_known_before_it_is_done(self, jane):
        self.thank(jane, MONDAY)
        decision = queries.may_send(jane, mode="thanks", channel="email", now=self.LATER)
        assert [one.reason.text for one in decision.refusals] == ["refuse.thanked_already"]


def test_a_talk_that_was_never_booked_cannot_be_moved_or_missed(jane):
    talk = actions.record_talk(jane, ended_at=MONDAY, now=MONDAY)
    with pytest.raises(OutOfOrder):
        actions.move_talk(talk, starts_at=MONDAY + timedelta(days=1), by_them=True, now=MONDAY)
    with pytest.raises(OutOfOrder):
        actions.record_missed(talk, now=MONDAY)
