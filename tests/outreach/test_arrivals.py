"""What comes back is recorded; how it reads is suggested, and applied only once agreed to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.outreach.conftest import GOOD_LETTER

from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Arrival, ArrivalState, Outgoing, Purpose
from askwell.mailroom.queries import came_back
from askwell.outreach import actions
from askwell.outreach.actions import arrivals
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Touch
from askwell.people.journal import last_change, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(lina, jane, now):
    """Jane was asked, by a letter that the mailbox sent."""
    outreach = actions.open_outreach(jane, purpose="explore", now=now)
    draft = actions.new_draft(jane, mode="informational", outreach=outreach, now=now)
    draft = actions.save_draft(draft, subject="Twenty minutes", body=GOOD_LETTER, now=now)
    actions.record_draft_sent(draft, at=now, now=now)
    outreach.refresh_from_db()
    account = Account.objects.create(owner=lina, address="lina@home.example", login="lina", added_at=now)
    Outgoing.objects.create(
        owner=lina, account=account, contact=jane, about=draft.pk, recipient="jane@acme.example", state=State.SENT,
        message_id="<asked@home.example>", queued_at=now, due_at=now, give_up_at=now, dated=now,
    )  # fmt: skip
    return outreach


def came(asked, now, *, kind="reply", text="Gladly. Tuesday at three?", **reading):
    return Arrival.objects.create(
        owner=asked.owner,
        account=Account.objects.get(),
        contact=asked.contact,
        answers=Outgoing.objects.get(),
        message_id=f"<{kind}@acme.example>",
        kind=kind,
        sender="jane@acme.example",
        subject="Re: Twenty minutes",
        at=now,
        received_at=now,
        text=text,
        reading=reading,
    )


def state_of(outreach):
    outreach.refresh_from_db()
    return outreach.state


def moves(outreach):
    return list(outreach.transitions.order_by("id").values_list("happening", flat=True))


YES = {"kind": "yes", "sentence": "Gladly.", "start": 0, "end": 7, "value": {}}


def test_a_reply_is_recorded_at_once_and_its_reading_waits(asked, now):
    later = now + timedelta(days=1)
    arrival = arrivals.take_in(came(asked, later, suggestions=[YES]), now=later)
    assert arrival.state == ArrivalState.OPEN
    assert moves(asked)[-1] == "replied"
    touch = Touch.objects.get(direction="in")
    assert (touch.body, touch.message_id) == ("Gladly. Tuesday at three?", "<reply@acme.example>")


def test_taken_in_twice_it_changes_nothing(asked, now):
    later = now + timedelta(days=1)
    arrival = came(asked, later)
    arrivals.take_in(arrival, now=later)
    arrivals.take_in(arrival, now=later)
    assert arrivals.take_in_new(now=later) == 0
    assert Touch.objects.filter(direction="in").count() == 1


def test_a_yes_agreed_to_is_noted_on_the_same_touch_and_taken_back_in_one_step(asked, lina, now):
    later = now + timedelta(days=1)
    arrival = arrivals.take_in(came(asked, later, suggestions=[YES]), now=later)
    arrivals.confirm(arrival, 0, now=later)
    assert moves(asked)[-1] == "said_yes"
    assert Touch.objects.filter(direction="in").count() == 1
    with pytest.raises(BadValue):
        arrivals.confirm(arrival, 0, now=later)
    undo(last_change(lina), now=later)
    arrival.refresh_from_db()
    assert (moves(asked)[-1], arrival.state) == ("replied", ArrivalState.OPEN)


def test_a_no_is_not_applied_unseen(asked, now):
    later = now + timedelta(days=1)
    no = {"kind": "no", "sentence": "I have to decline.", "value": {}}
    arrival = arrivals.take_in(came(asked, later, text="I have to decline.", suggestions=[no]), now=later)
    assert state_of(asked) == "arranging"
    arrivals.confirm(arrival, 0, now=later)
    assert state_of(asked) == "declined"


def test_later_waits_until_the_day_named_and_the_seeker_may_mend_it(asked, now):
    later = now + timedelta(days=1)
    found = {"kind": "later", "sentence": "Try me again on 5 January.", "value": {"date": "2027-01-05"}}
    arrival = arrivals.take_in(came(asked, later, suggestions=[found]), now=later)
    arrivals.confirm(arrival, 0, now=later)
    assert state_of(asked) == "later"
    assert asked.until == datetime(2027, 1, 5, 15, 0, tzinfo=UTC)  # nine in Chicago


def test_somebody_named_becomes_a_contact(asked, lina, now):
    later = now + timedelta(days=1)
    value = {"name": "Maria Lopez", "address": "maria@acme.example"}
    found = {"kind": "other_person", "sentence": "Ask Maria Lopez.", "value": value}
    arrival = arrivals.take_in(came(asked, later, suggestions=[found]), now=later)
    arrivals.confirm(arrival, 0, now=later)
    from askwell.people.models import Contact

    maria = Contact.objects.for_owner(lina).get(name="Maria Lopez")
    assert maria.points.get().value == "maria@acme.example"
    assert state_of(asked) == "in_touch"


def test_an_automatic_answer_pauses_until_they_are_back(asked, now):
    later = now + timedelta(minutes=1)
    arrival = arrivals.take_in(
        came(asked, later, kind="auto_reply", text="I am away.", away_until="2026-12-07"), now=later
    )
    assert arrival.state == ArrivalState.DONE
    assert state_of(asked) == "paused"
    assert asked.until == datetime(2026, 12, 7, 15, 0, tzinfo=UTC)


def test_a_return_date_that_is_past_pauses_without_one(asked, now):
    later = now + timedelta(minutes=1)
    arrivals.take_in(came(asked, later, kind="auto_reply", away_until="2026-11-01"), now=later)
    assert state_of(asked) == "paused"


def test_a_dead_address_is_marked_and_a_delay_is_not(asked, jane, now):
    later = now + timedelta(minutes=1)
    delayed = [{"address": "jane@acme.example", "permanent": False, "status": "4.4.1", "reason": "later"}]
    arrivals.take_in(came(asked, later, kind="bounce", failed_recipients=delayed), now=later)
    assert jane.points.get().invalid_since is None
    assert state_of(asked) == "awaiting_reply"
    assert came_back(Outgoing.objects.all()) == set()
    Arrival.objects.all().delete()
    dead = [{"address": "jane@acme.example", "permanent": True, "status": "5.1.1", "reason": "nobody"}]
    arrivals.take_in(came(asked, later, kind="bounce", failed_recipients=dead), now=later)
    assert jane.points.get().invalid_since == later
    assert state_of(asked) == "needs_address"
    assert came_back(Outgoing.objects.all()) == {Outgoing.objects.get().pk}


def test_newsletters_of_a_contact_are_no_answer(asked, now):
    arrival = arrivals.take_in(came(asked, now, kind="list"), now=now)
    assert arrival.state == ArrivalState.IGNORED
    assert not Touch.objects.filter(direction="in").exists()


@pytest.mark.parametrize(("kind", "by"), [("reply", "reply"), ("bounce", "came_back")])
def test_whatever_answers_a_letter_in_doubt_proves_that_it_went(asked, now, kind, by):
    Outgoing.objects.update(state=State.IN_DOUBT)
    dead = [{"address": "jane@acme.example", "permanent": True}]
    arrivals.take_in(came(asked, now, kind=kind, failed_recipients=dead), now=now)
    row = Outgoing.objects.get()
    assert (row.state, row.settled_by) == (State.SENT, by)


def test_none_of_it_leaves_the_answer_recorded(asked, now):
    arrival = arrivals.take_in(came(asked, now, suggestions=[YES]), now=now)
    arrivals.put_aside(arrival, now=now)
    assert arrival.state == ArrivalState.DONE
    assert Touch.objects.filter(direction="in").count() == 1
    assert state_of(asked) == "arranging"


def test_a_resume_asked_for_is_due(asked, jane, now):
    found = {"kind": "resume", "sentence": "Send me your resume.", "value": {}}
    arrival = arrivals.take_in(came(asked, now, suggestions=[found]), now=now)
    arrivals.confirm(arrival, 0, now=now)
    assert jane.resume_requests.count() == 1


def test_an_answer_to_a_letter_of_another_program_finds_its_outreach(asked, jane, now):
    Touch.objects.filter(direction="out").update(message_id="<eml@home.example>")
    arrival = came(asked, now, answers_to=["<eml@home.example>"])
    Arrival.objects.filter(pk=arrival.pk).update(answers=None, contact=None)
    arrivals.take_in(Arrival.objects.get(pk=arrival.pk), now=now)
    assert Touch.objects.get(direction="in").contact == jane
    assert Touch.objects.get(direction="in").outreach == asked


def test_another_contact_who_answers_in_her_thread_has_answered_and_she_has_not(asked, jane, kenji, now):
    own = actions.open_outreach(kenji, purpose="explore", now=now)
    Touch.objects.filter(direction="out").update(message_id="<asked@home.example>")
    arrival = came(asked, now, answers_to=["<asked@home.example>"])
    Arrival.objects.filter(pk=arrival.pk).update(sender="Kenji@Hikari.example")
    arrivals.take_in(Arrival.objects.get(pk=arrival.pk), now=now)
    heard = Touch.objects.get(direction="in")
    assert (heard.contact, heard.outreach) == (kenji, own)
    assert Arrival.objects.get().contact == kenji
    assert state_of(asked) == "awaiting_reply"


def test_a_stranger_and_an_address_they_share_answer_for_her(asked, jane, kenji, now):
    jane.points.create(owner=jane.owner, kind="email", value="desk@acme.example", norm="desk@acme.example")
    kenji.points.create(owner=jane.owner, kind="email", value="desk@acme.example", norm="desk@acme.example")
    for sender in ("office@acme.example", "desk@acme.example", ""):
        arrival = came(asked, now, kind="reply")
        Arrival.objects.filter(pk=arrival.pk).update(sender=sender, message_id=f"<{sender}@there.example>")
        taken = arrivals.take_in(Arrival.objects.get(pk=arrival.pk), now=now)
        assert taken.contact == jane


def test_a_bounce_sent_in_anothers_name_is_of_whom_it_did_not_reach(asked, jane, kenji, now):
    arrival = came(
        asked, now, kind="bounce", failed_recipients=[{"address": "jane@acme.example", "permanent": True}]
    )
    Arrival.objects.filter(pk=arrival.pk).update(sender="kenji@hikari.example")
    assert arrivals.take_in(Arrival.objects.get(pk=arrival.pk), now=now).contact == jane


def test_the_number_of_an_invitation_is_none_of_a_letter(asked, jane, now):
    second = actions.open_outreach(jane, purpose="connect", now=now)
    other = actions.new_draft(jane, mode="informational", outreach=second, now=now)
    arrival = came(asked, now, answers_to=["<eml@home.example>"])
    Touch.objects.filter(direction="out").update(message_id="<eml@home.example>")
    Outgoing.objects.update(purpose=Purpose.INVITATION, about=other.pk)
    assert arrivals.outreach_answered(Arrival.objects.get(pk=arrival.pk)) == asked


def test_whoever_stands_in_is_offered_and_kept_as_a_name_they_gave(asked, lina, jane, now):
    stand_in = {
        "name": "Omar Haddad",
        "address": "omar@acme.example",
        "sentence": "Ask Omar Haddad meanwhile.",
    }
    arrival = arrivals.take_in(came(asked, now, kind="auto_reply", stand_in=stand_in), now=now)
    assert arrival.state == ArrivalState.OPEN
    assert state_of(asked) == "paused"
    arrivals.confirm(arrival, 0, now=now)
    given = jane.names_given.get()
    assert (given.name, given.about.points.get().value) == ("Omar Haddad", "omar@acme.example")
    assert state_of(asked) == "paused"
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.DONE


def test_agreed_to_in_two_windows_it_is_done_once(asked, jane, now):
    found = [{"kind": "resume", "sentence": "Send me your resume.", "value": {}}, YES]
    arrival = arrivals.take_in(came(asked, now, suggestions=found), now=now)
    in_another_window = Arrival.objects.get(pk=arrival.pk)
    arrivals.confirm(arrival, 0, now=now)
    with pytest.raises(BadValue):
        arrivals.confirm(in_another_window, 0, now=now)
    assert jane.resume_requests.count() == 1
    arrivals.confirm(in_another_window, 1, now=now)
    assert Arrival.objects.get().reading["confirmed"] == [0, 1]


def test_what_cannot_be_recorded_is_shown_and_holds_up_no_other(asked, jane, now):
    jane.zone = "Mars/Olympus"
    jane.save()
    odd = came(asked, now, kind="auto_reply", away_until="2026-12-01")
    other = came(asked, now + timedelta(minutes=1), suggestions=[YES])
    assert arrivals.take_in_new(now=now + timedelta(hours=1)) == 2
    assert list(Arrival.objects.order_by("pk").values_list("pk", "state")) == [
        (odd.pk, ArrivalState.OPEN),
        (other.pk, ArrivalState.OPEN),
    ]
    assert Touch.objects.filter(direction="in").count() == 1
    assert arrivals.take_in_new(now=now + timedelta(hours=1)) == 0


def test_a_yes_beside_times_is_agreed_to_with_them(asked, now):
    times = {
        "kind": "times",
        "sentence": "Tuesday at three?",
        "value": {"times": ["2026-12-01T15:00:00-06:00"]},
    }
    arrival = arrivals.take_in(came(asked, now, suggestions=[YES, times]), now=now)
    assert arrivals.open_readings(arrival) == [1]
    with pytest.raises(BadValue):
        arrivals.confirm(arrival, 0, now=now)
    arrivals.confirm(arrival, 1, now=now)
    assert (moves(asked)[-1], arrival.state) == ("said_yes", ArrivalState.DONE)


def test_a_question_left_over_keeps_nothing_open(asked, now):
    question = {"kind": "question", "sentence": "What do you study?", "value": {}}
    arrival = arrivals.take_in(came(asked, now, suggestions=[YES, question]), now=now)
    arrivals.confirm(arrival, 0, now=now)
    assert arrival.state == ArrivalState.DONE
