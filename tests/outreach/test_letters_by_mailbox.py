"""Letters that the connected mailbox sends: the rules at the moment of going, and a notebook true to what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.mailroom.conftest import connect
from tests.outreach.conftest import GOOD_LETTER

from askwell.mailroom import sending
from askwell.mailroom.accounts import forget_account
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Outgoing
from askwell.outreach import actions
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.models import Touch
from askwell.outreach.posting import OutreachPost
from askwell.people.journal import CannotUndo, last_change, undo
from askwell.web.mail_words import of_trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(lina, mail, settings, now):
    settings.MAIL_AUTHORITIES = mail.authority
    return connect(lina, mail, mail.someone(), now=now)


@pytest.fixture
def draft(jane, now):
    asked = actions.open_outreach(jane, purpose="explore", now=now)
    made = actions.new_draft(jane, mode="informational", outreach=asked, now=now)
    return actions.save_draft(made, subject="Twenty minutes on hospital products", body=GOOD_LETTER, now=now)


def go(now):
    return sending.send_due(OutreachPost(), clock=lambda: now)


def fresh(row):
    return Outgoing.objects.get(pk=row.pk)


def touches():
    return list(Touch.objects.values_list("direction", "subject", "message_id"))


def test_an_approved_letter_is_sent_and_recorded_with_the_id_it_has(draft, account, jane, mail, now):
    row = actions.queue_letter(draft, account, now=now)
    assert touches() == []
    assert go(now) == 1
    assert touches() == [("out", "Twenty minutes on hospital products", row.message_id)]
    assert fresh(row).state == State.SENT
    draft.refresh_from_db()
    assert draft.sent_at == now
    draft.outreach.refresh_from_db()
    assert draft.outreach.state == "awaiting_reply"


def test_a_letter_that_waits_cannot_be_changed_or_said_to_be_sent(draft, account, now):
    actions.queue_letter(draft, account, due_at=now + timedelta(hours=2), now=now)
    for act in (
        lambda: actions.save_draft(draft, subject="x", body="y", now=now),
        lambda: actions.record_draft_sent(draft, at=now, now=now),
        lambda: actions.queue_letter(draft, account, now=now),
    ):
        with pytest.raises(BadValue) as bad:
            act()
        assert bad.value.problem == "waits-to-go"


def test_taken_back_it_can_be_changed_and_does_not_go(draft, account, now):
    row = actions.queue_letter(draft, account, due_at=now + timedelta(hours=2), now=now)
    actions.take_back_letter(row, now=now)
    assert go(now + timedelta(hours=3)) == 0
    actions.save_draft(draft, subject="Better", body=GOOD_LETTER, now=now)
    again = actions.queue_letter(draft, account, now=now)
    assert fresh(again).subject == "Better"


def test_approving_is_taken_back_by_undo_until_it_goes(draft, account, lina, now):
    actions.queue_letter(draft, account, now=now)
    approved = last_change(lina)
    undo(approved, now=now)
    assert Outgoing.objects.count() == 0
    actions.queue_letter(draft, account, now=now)
    approved = last_change(lina)
    assert go(now) == 1
    for change in (last_change(lina), approved):
        with pytest.raises(CannotUndo) as cannot:
            undo(change, now=now)
        assert cannot.value.model == "mailroom.outgoing"
    assert touches()


def test_the_rules_are_asked_when_it_is_approved(draft, account, jane, now):
    actions.forbid(jane, now=now)
    with pytest.raises(Refused):
        actions.queue_letter(draft, account, now=now)
    assert not Outgoing.objects.exists()


def test_the_rules_are_asked_once_more_when_it_goes(draft, account, jane, mail, now):
    row = actions.queue_letter(draft, account, due_at=now + timedelta(days=1), now=now)
    actions.forbid(jane, now=now + timedelta(hours=1))
    assert go(now + timedelta(days=1)) == 0
    row = fresh(row)
    assert row.state == State.FAILED
    assert row.trouble["code"] == "rules"
    assert row.trouble["reasons"][0]["text"] == "refuse.do_not_contact"
    assert touches() == []


def test_an_address_that_died_meanwhile_is_not_written_to(draft, account, jane, now):
    row = actions.queue_letter(draft, account, due_at=now + timedelta(days=1), now=now)
    jane.points.update(invalid_since=now)
    assert go(now + timedelta(days=1)) == 0
    assert fresh(row).trouble["code"] == "address"


def test_a_letter_held_up_by_a_fault_of_ours_leaves_no_touch_and_may_be_tried_again(
    draft, account, mail, now, monkeypatch
):
    row = actions.queue_letter(draft, account, now=now)
    with monkeypatch.context() as broken:
        broken.setattr("askwell.outreach.posting.change_of", lambda touch: touch.nothing_like_it)
        assert go(now) == 0
    row = fresh(row)
    assert (row.state, row.trouble["code"]) == (State.FAILED, "unforeseen")
    assert "Askwell made a mistake while making it ready" in of_trouble(row.trouble, now=now)
    assert touches() == []
    again = actions.queue_letter(draft, account, now=now)
    assert go(now) == 1
    assert fresh(again).state == State.SENT
    assert len(touches()) == 1


def test_a_letter_refused_by_the_server_leaves_no_touch(draft, account, jane, now):
    jane.points.update(value="refused@acme.example", norm="refused@acme.example")
    row = actions.queue_letter(draft, account, now=now)
    assert go(now) == 0
    assert fresh(row).state == State.FAILED
    assert touches() == []
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_a_letter_in_doubt_stays_recorded_and_is_settled_by_the_users_word(draft, account, jane, now):
    row = actions.queue_letter(draft, account, now=now)
    _lose(row, now)
    assert go(now + timedelta(days=1)) == 0
    assert len(touches()) == 1
    settled = actions.settle_letter(fresh(row), went=True, now=now)
    assert settled.state == State.SENT
    assert len(touches()) == 1
    with pytest.raises(BadValue):
        actions.settle_letter(settled, went=False, now=now)


def test_one_that_did_not_go_may_go_again_and_is_recorded_once(draft, account, jane, mail, now):
    row = actions.queue_letter(draft, account, now=now)
    _lose(row, now)
    actions.settle_letter(fresh(row), went=False, again=True, now=now)
    assert touches() == []
    assert go(now) == 1
    assert len(touches()) == 1


def test_one_that_did_not_go_and_shall_not_is_a_draft_again(draft, account, jane, now):
    row = actions.queue_letter(draft, account, now=now)
    _lose(row, now)
    actions.settle_letter(fresh(row), went=False, now=now)
    assert touches() == []
    assert actions.save_draft(draft, subject="x", body="y", now=now).sent_at is None


def test_what_nobody_knows_of_a_mailbox_let_go_cannot_go_again_but_be_settled(draft, account, jane, now):
    row = actions.queue_letter(draft, account, now=now)
    _lose(row, now)
    forget_account(account, now=now)
    with pytest.raises(BadValue):
        actions.settle_letter(fresh(row), went=False, again=True, now=now)
    assert len(touches()) == 1
    assert actions.settle_letter(fresh(row), went=False, now=now).state == State.CANCELLED


def _lose(row, now):
    """The worker dies between its last dot and the answer."""
    from askwell.mailroom import outbox
    from askwell.mailroom.lifecycle import Event

    held = outbox.claim_next("elsewhere:1:dies", now=now)
    assert held.pk == row.pk
    ready = OutreachPost().going(held, now=now)
    assert outbox.move(held, Event.HAND_OVER, data=ready.data, dated=now, change=ready.change)
    assert outbox.recover(now=now + 2 * outbox.LEASE)[1] == 1


def test_a_follow_up_stands_in_the_thread_of_the_first_letter(draft, account, jane, mail, now):
    first = actions.queue_letter(draft, account, now=now)
    assert go(now) == 1
    later = now + timedelta(days=9)
    second = actions.new_draft(jane, mode="follow_up", outreach=draft.outreach, now=later)
    row = actions.queue_letter(second, account, now=later)
    assert go(later) == 1
    data = fresh(row).data
    assert f"In-Reply-To: {first.message_id}" in data
    assert f"References: {first.message_id}" in data


def test_somebody_elses_account_is_not_sent_by(draft, other_owner, mail, account, now):
    theirs = connect(other_owner, mail, mail.someone(), now=now)
    with pytest.raises(BadValue) as bad:
        actions.queue_letter(draft, theirs, now=now)
    assert bad.value.field == "account"
