"""A message goes out once, or is not sent, or is known to be in doubt: against a real Postfix and peers that fail."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import OperationalError
from tests.fakes.smtp import DROP, HostileSmtp
from tests.mailroom.conftest import connect, put_in

from askwell.mailroom import outbox, sending
from askwell.mailroom.lifecycle import GONE, MOVES, Event, NotNow, State, after
from askwell.mailroom.models import Evidence, Outgoing
from askwell.mailroom.queries import to_look_at

pytestmark = pytest.mark.django_db


def go(post, now, **told):
    """One turn of the worker, at a moment that stands still."""
    return sending.send_due(post, clock=lambda: now, **told)


def fresh(row):
    return Outgoing.objects.get(pk=row.pk)


@pytest.fixture
def peer(account):
    """An SMTP server that misbehaves; the account sends by it."""
    stack = ExitStack()

    def start(**moments):
        server = stack.enter_context(HostileSmtp(**moments))
        account.smtp_host, account.smtp_port, account.smtp_security = "127.0.0.1", server.port, "none"
        account.save()
        return server

    with stack:
        yield start


def test_a_message_that_is_due_lies_in_their_mailbox_once(account, post, mail, now):
    jane = mail.someone("acme.example")
    row = put_in(account, jane, now=now)
    assert go(post, now) == 1
    assert go(post, now) == 0
    (raw,) = mail.wait_for_messages(jane)
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Message-ID"] == row.message_id
    assert message["Subject"] == "Twenty minutes"
    assert "twenty minutes" in message.get_content()
    row = fresh(row)
    assert (row.state, row.settled_by) == (State.SENT, Evidence.ANSWER)
    assert row.dated == now
    assert (
        raw.replace(b"\n", b"\r\n")
        .replace(b"\r\r\n", b"\r\n")
        .endswith(row.data.encode().split(b"\r\n\r\n", 1)[1])
    )


def test_a_message_waits_for_its_hour(account, post, mail, now):
    row = put_in(account, mail.someone("acme.example"), now=now, due=timedelta(hours=3))
    assert go(post, now + timedelta(hours=2, minutes=59)) == 0
    assert fresh(row).state == State.QUEUED
    assert go(post, now + timedelta(hours=3)) == 1


def test_a_paused_account_sends_nothing_and_goes_on_where_it_was(account, post, mail, now):
    put_in(account, mail.someone("acme.example"), now=now)
    outbox.pause(account, now=now)
    assert go(post, now) == 0
    outbox.pause(account, now=None)
    assert go(post, now) == 1


def test_for_whoever_may_not_come_in_any_more_nothing_is_sent(account, owner, post, mail, now):
    put_in(account, mail.someone("acme.example"), now=now)
    owner.is_active = False
    owner.save()
    assert go(post, now) == 0


def test_what_the_rules_forbid_at_the_last_moment_is_not_sent(account, post, mail, now):
    jane = mail.someone("acme.example")
    row = put_in(account, jane, now=now)
    post.forbidden.add(row.pk)
    assert go(post, now) == 0
    row = fresh(row)
    assert (row.state, row.settled_by, row.trouble["code"]) == (State.FAILED, Evidence.RULES, "rules")
    assert mail.messages(jane) == []


def test_an_address_the_server_does_not_know_is_refused_before_anything_is_recorded(account, post, now):
    row = put_in(account, "refused@acme.example", now=now)
    assert go(post, now) == 0
    row = fresh(row)
    assert row.state == State.FAILED
    assert row.trouble["code"] == "recipient"
    assert "5.1.1" in row.trouble["said"]
    assert post.recorded == []


def test_a_server_that_says_later_is_asked_later_and_each_time_a_while_longer(account, post, now):
    row = put_in(account, "later@acme.example", now=now)
    waits = []
    moment = now
    for _turn in range(3):
        assert go(post, moment) == 0
        found = fresh(row)
        assert found.state == State.QUEUED
        waits.append(found.due_at - moment)
        moment = found.due_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert post.recorded == []


def test_after_five_days_of_later_it_is_given_up(account, post, now):
    row = put_in(account, "later@acme.example", now=now)
    assert go(post, row.give_up_at - timedelta(seconds=1)) == 0
    row = fresh(row)
    assert row.state == State.FAILED
    assert "4.2.1" in row.trouble["said"]


def test_a_letter_refused_after_its_last_dot_is_taken_back(account, post, peer, now):
    peer(end=b"554 5.7.1 We do not like it")
    row = put_in(account, "jane@acme.example", now=now)
    assert go(post, now) == 0
    assert fresh(row).state == State.FAILED
    assert post.recorded == post.taken_back == [row.pk]


def test_a_letter_put_off_after_its_last_dot_is_taken_back_and_tried_again(account, post, peer, now):
    peer(end=b"451 4.3.0 Try later")
    row = put_in(account, "jane@acme.example", now=now)
    assert go(post, now) == 0
    row = fresh(row)
    assert (row.state, row.data, row.dated) == (State.QUEUED, "", None)
    assert post.recorded == post.taken_back == [row.pk]
    taken = peer()
    assert go(post, row.due_at) == 1
    assert len(taken.letters) == 1
    assert row.message_id.encode() in taken.letters[0]


def test_no_answer_after_the_last_dot_is_a_doubt_and_no_worker_sends_it_again(account, post, peer, now):
    server = peer(end=DROP)
    row = put_in(account, "jane@acme.example", now=now)
    assert go(post, now) == 0
    assert fresh(row).state == State.IN_DOUBT
    assert len(server.letters) == 1
    for later in (now, now + timedelta(hours=1), now + timedelta(days=9)):
        assert go(post, later) == 0
    assert len(server.letters) == 1
    assert post.taken_back == []


def test_a_connection_lost_before_the_last_dot_is_known_not_to_have_gone(account, post, peer, now):
    server = peer(data=DROP)
    row = put_in(account, "jane@acme.example", now=now)
    assert go(post, now) == 0
    assert fresh(row).state == State.QUEUED
    assert post.taken_back == [row.pk]
    assert server.letters == []


def test_a_wrong_password_pauses_the_account_and_loses_nothing(owner, mail, trusted, post, now):
    account = connect(owner, mail, mail.someone(), now=now, secret="wrong")
    row = put_in(account, "jane@acme.example", now=now)
    assert go(post, now) == 0
    account.refresh_from_db()
    assert account.paused_at == now
    assert account.trouble["code"] == "password"
    assert "wrong" not in str(account.trouble)
    assert fresh(row).state == State.QUEUED
    assert fresh(row).attempts == 0


def test_without_a_password_nothing_is_tried(account, post, now):
    from askwell.mailroom import secrets

    secrets.forget(account.owner, account.handle)
    row = put_in(account, "jane@acme.example", now=now)
    assert go(post, now) == 0
    account.refresh_from_db()
    assert account.paused_at == now
    assert fresh(row).state == State.QUEUED


def test_what_a_dead_worker_had_claimed_goes_back_and_what_it_was_sending_is_in_doubt(account, post, now):
    gone = "host-that-is-gone:1:x"
    claimed = put_in(account, "jane@acme.example", now=now, due=timedelta(days=1))
    sent_off = put_in(account, "omar@globex.example", now=now)
    until = now - timedelta(seconds=1)
    Outgoing.objects.filter(pk=claimed.pk).update(state=State.CLAIMED, claim=gone, claimed_until=until)
    Outgoing.objects.filter(pk=sent_off.pk).update(state=State.SENDING, claim=gone, claimed_until=until)
    assert outbox.recover(now=now) == (1, 1)
    assert fresh(claimed).state == State.QUEUED
    assert fresh(sent_off).state == State.IN_DOUBT


def test_what_a_living_worker_holds_is_left_alone(account, now):
    row = put_in(account, "jane@acme.example", now=now)
    mine = outbox.claim_next(outbox.worker_name(), now=now)
    assert mine.pk == row.pk
    assert outbox.recover(now=now) == (0, 0)
    assert outbox.claim_next(outbox.worker_name(), now=now) is None


def test_a_worker_whose_lease_ran_out_finds_that_it_lost_the_message(account, now):
    put_in(account, "jane@acme.example", now=now)
    slow = outbox.claim_next("elsewhere:1:slow", now=now)
    later = now + outbox.LEASE + timedelta(seconds=1)
    assert outbox.recover(now=later) == (1, 0)
    assert outbox.claim_next("elsewhere:2:quick", now=later) is not None
    assert not outbox.still_mine(slow)
    assert not outbox.move(slow, Event.HAND_OVER, data="x", dated=now)


def test_an_answer_that_comes_after_the_lease_settles_the_doubt(account, now):
    put_in(account, "jane@acme.example", now=now)
    row = outbox.claim_next("elsewhere:1:slow", now=now)
    assert outbox.move(row, Event.HAND_OVER, data="x", dated=now, claimed_until=now)
    assert outbox.recover(now=now + timedelta(seconds=1)) == (0, 1)
    assert outbox.accepted(row, now=now + timedelta(seconds=2))
    assert fresh(row).state == State.SENT


def test_only_a_message_in_doubt_can_be_settled_and_only_once(account, now):
    row = put_in(account, "jane@acme.example", now=now)
    with pytest.raises(NotNow):
        outbox.settle(row, Event.FOUND, by=Evidence.USER, now=now)
    Outgoing.objects.filter(pk=row.pk).update(state=State.IN_DOUBT)
    assert outbox.settle(row, Event.FOUND, by=Evidence.USER, now=now).state == State.SENT
    with pytest.raises(NotNow):
        outbox.settle(row, Event.MISSING, by=Evidence.USER, now=now)


def test_the_copy_lies_in_sent_once_however_often_it_is_looked_after(account, post, mail, now):
    row = put_in(account, mail.someone("acme.example"), now=now)
    assert go(post, now) == 1
    assert sending.file_copies(clock=lambda: now) == 1
    assert sending.file_copies(clock=lambda: now) == 0
    Outgoing.objects.filter(pk=row.pk).update(filed_at=None)  # killed between putting it there and noting so
    assert sending.file_copies(clock=lambda: now) == 1
    (copy,) = mail.messages(account.address, "Sent")
    assert row.message_id.encode() in copy


def test_a_copy_that_could_not_be_put_there_for_a_day_is_let_be(account, post, mail, now):
    put_in(account, mail.someone("acme.example"), now=now)
    assert go(post, now) == 1
    assert sending.file_copies(clock=lambda: now + timedelta(days=1, seconds=1)) == 0
    assert mail.messages(account.address, "Sent") == []
    assert sending.file_copies(clock=lambda: now + timedelta(hours=23)) == 1


def test_a_copy_in_sent_that_the_server_made_settles_a_doubt(account, post, peer, mail, now):
    peer(end=DROP)
    row = put_in(account, "jane@acme.example", now=now)
    go(post, now)
    account.saves_sent = True
    account.save()
    assert sending.settle_doubts(post, now=now) == 0  # not there: that proves nothing yet
    from askwell.mailroom.opening import open_mailbox

    with open_mailbox(account, now=now) as mailbox:
        mailbox.append("Sent", fresh(row).data.encode(), now)
    assert sending.settle_doubts(post, now=now) == 1
    assert fresh(row).settled_by == Evidence.SENT_FOLDER
    assert post.recorded == [row.pk]


def test_the_table_leads_nowhere_twice():
    for state, moves in MOVES.items():
        for event, end in moves.items():
            assert after(state, event) is end
        for event in set(Event) - set(moves):
            with pytest.raises(NotNow):
                after(state, event)
    # Once it may be in their mailbox, only evidence or the user's word leads back to the queue.
    back = {(state, event) for state in GONE for event, end in MOVES[state].items() if end is State.QUEUED}
    assert back == {(State.SENDING, Event.RELEASE), (State.IN_DOUBT, Event.MISSING)}


class _Broken(Exception):
    """What nobody foresaw."""


def test_what_nobody_foresaw_is_tried_once_and_told(account, post, mail, now, caplog):
    jane = mail.someone("acme.example")
    row = put_in(account, jane, now=now)
    next_one = put_in(account, jane, now=now, subject="Another matter")
    post.broken[row.pk] = _Broken("a list of names")
    assert go(post, now) == 1
    assert (fresh(row).state, fresh(row).settled_by) == (State.FAILED, Evidence.FAULT)
    assert fresh(row).trouble == {
        "code": "unforeseen", "said": "a fault of Askwell: _Broken", "at": now.isoformat()
    }  # fmt: skip
    assert "_Broken: a list of names" in caplog.text
    assert to_look_at(account.owner, now=now) == [row]
    assert fresh(next_one).state == State.SENT
    assert go(post, now + timedelta(days=1)) == 0
    assert [each.subject for each in Outgoing.objects.filter(pk__in=post.recorded)] == ["Another matter"]


def test_a_database_that_is_away_says_nothing_of_a_message(account, post, mail, now):
    row = put_in(account, mail.someone("acme.example"), now=now)
    post.broken[row.pk] = OperationalError("database is locked")
    with pytest.raises(OperationalError):
        go(post, now)
    assert fresh(row).state == State.CLAIMED
    post.broken.clear()
    assert go(post, now + outbox.LEASE + timedelta(seconds=1)) == 1
