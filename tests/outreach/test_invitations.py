"""Invitations to talks: told once as things stand, and what is answered counts only from whom it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, message_from_string, policy

import icalendar
import pytest
from tests.mailroom.conftest import connect

from askwell.mailroom import digests, secrets, sending
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Arrival, ArrivalState, Outgoing
from askwell.mailroom.posting import Held
from askwell.outreach import actions
from askwell.outreach.actions import arrivals
from askwell.outreach.actions.invitations import agree, take_answer
from askwell.outreach.digest import make_digests
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.invitations import Wanted, told, wanted
from askwell.outreach.models import Touch
from askwell.outreach.posts import post
from askwell.outreach.queries.timeline import timeline
from askwell.people.actions import NewContact, add_contact
from askwell.people.journal import CannotUndo, last_change, undo

pytestmark = pytest.mark.django_db
ANYHOW = dict.fromkeys(
    [f"{letter}{number:02}" for letter in "CFIKMPQRT" for number in range(23)], "it suits them"
)


@pytest.fixture
def account(lina, now):
    made = Account.objects.create(
        owner=lina,
        address="lina@home.example",
        name="Lina Berg",
        login="lina",
        smtp_host="mail.example",
        added_at=now,
    )
    secrets.keep(lina, made.handle, "secret")
    return made


def booked(contact, now, **more):
    outreach = actions.open_outreach(contact, purpose="explore", now=now)
    actions.record_sent(
        contact, mode="informational", channel="email", at=now, now=now, outreach=outreach, overrides=ANYHOW
    )
    actions.record_reply(contact, what="yes", at=now, now=now, outreach=outreach)
    return actions.schedule_talk(
        outreach, starts_at=now + timedelta(days=4), zone="Europe/Berlin", now=now, overrides=ANYHOW,
        channel="video", where="https://meet.example/jane", **more,
    )  # fmt: skip


@pytest.fixture
def talk(jane, now):
    return booked(jane, now)


def send(row, now):
    """Go as the sender does, and let it arrive."""
    ready = post().going(row, now=now)
    Outgoing.objects.filter(pk=row.pk).update(
        state=State.SENT, dated=now, data=ready.data, change=ready.change, settled_at=now
    )
    mail = message_from_string(ready.data, policy=policy.default)
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    return mail, icalendar.Calendar.from_ical(part.get_content())


def answer(talk, **change):
    told = {
        "method": "REPLY", "uid": talk.uid, "sequence": talk.sequence, "attendee": "jane@acme.example",
        "partstat": "ACCEPTED",
    }  # fmt: skip
    return told | change


def test_an_invitation_asks_them_in_their_zone_and_is_recorded_when_it_goes(talk, account, now):
    row = actions.queue_invitation(talk, account, now=now)
    mail, calendar = send(row, now)
    assert mail["Subject"] == "Our conversation, Friday 27 November, 16:00"
    assert "https://meet.example/jane" in mail.get_body(("plain",)).get_content()
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], str(event["uid"]), event["sequence"]) == ("REQUEST", talk.uid, 0)
    assert event["dtstart"].dt == talk.starts_at
    assert event["organizer"] == "mailto:lina@home.example"
    touch = Touch.objects.get(kind="invitation", message_id=row.message_id)
    assert Touch.objects.get(kind="invitation") == touch  # booking the talk noted it; there is no second
    assert (touch.talk, touch.subject) == (talk, row.subject)


def test_what_went_out_stands_once_among_what_happened_and_each_step_can_be_taken_back(talk, account, now):
    booking, later = last_change(talk.owner), now + timedelta(hours=1)
    assert invitations_of(talk, later) == []
    row = actions.queue_invitation(talk, account, now=later)
    send(row, later)
    assert invitations_of(talk, later) == [
        (later, row.message_id, "Our conversation, Friday 27 November, 16:00")
    ]
    with pytest.raises(CannotUndo):
        undo(booking, now=later)
    Outgoing.objects.filter(pk=row.pk).update(state=State.FAILED)
    undo(last_change(talk.owner), now=later)  # that it went
    touch = Touch.objects.get(kind="invitation")
    assert (touch.at, touch.message_id, touch.subject) == (now, "", "")
    Outgoing.objects.filter(pk=row.pk).update(state=State.CANCELLED)
    undo(last_change(talk.owner), now=later)  # that it was to go
    undo(booking, now=later)
    assert not Touch.objects.filter(kind="invitation").exists()


def invitations_of(talk, now):
    """What a person's page says of invitations that went."""
    lines = [one for one in timeline(talk.contact, now=now).items if one.code == "invitation"]
    touches = {one.pk: one.message_id for one in Touch.objects.all()}
    return [(one.at, touches[one.id], one.subject) for one in lines]


def test_each_change_is_told_once_with_the_uid_it_had(talk, account, now):
    send(actions.queue_invitation(talk, account, now=now), now)
    assert wanted(talk, now=now) is None
    with pytest.raises(BadValue):
        actions.queue_invitation(talk, account, now=now)
    later = now + timedelta(hours=1)
    actions.move_talk(talk, starts_at=now + timedelta(days=5), by_them=False, now=later, overrides=ANYHOW)
    assert wanted(talk, now=later) is Wanted.CHANGE
    mail, calendar = send(actions.queue_invitation(talk, account, now=later), later)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["uid"]), event["sequence"]) == (talk.uid, 1)
    assert mail["Subject"].startswith("Our conversation, now Saturday 28 November")
    actions.cancel_talk(talk, by_them=False, now=later)
    mail, calendar = send(actions.queue_invitation(talk, account, now=later), later)
    assert (calendar["method"], calendar.walk("VEVENT")[0]["status"]) == ("CANCEL", "CANCELLED")
    assert told(talk).cancelled
    assert wanted(talk, now=later) is None


def test_one_that_waits_tells_of_the_talk_as_it_stands_when_it_goes(talk, account, now):
    row = actions.queue_invitation(talk, account, now=now)
    with pytest.raises(BadValue):
        actions.queue_invitation(talk, account, now=now)
    moved = now + timedelta(days=6)
    actions.move_talk(talk, starts_at=moved, by_them=True, now=now, overrides=ANYHOW)
    _mail, calendar = send(row, now)
    assert calendar.walk("VEVENT")[0]["dtstart"].dt == moved


def test_one_called_off_before_it_went_is_not_told(talk, account, now):
    row = actions.queue_invitation(talk, account, now=now)
    actions.cancel_talk(talk, by_them=True, now=now)
    with pytest.raises(Held, match="gone"):
        post().going(row, now=now)
    assert wanted(talk, now=now) is None


def test_whom_nothing_may_reach_is_not_invited_neither_now_nor_when_it_would_go(talk, account, jane, now):
    row = actions.queue_invitation(talk, account, now=now)
    actions.forbid(jane, now=now)
    with pytest.raises(Held):
        post().going(row, now=now)
    with pytest.raises((Refused, BadValue)):
        actions.queue_invitation(talk, account, now=now)


def test_a_dead_address_is_not_written_to(talk, account, jane, now):
    row = actions.queue_invitation(talk, account, now=now)
    jane.points.update(invalid_since=now)
    with pytest.raises(Held, match="address"):
        post().going(row, now=now)
    row.delete()
    with pytest.raises(BadValue):
        actions.queue_invitation(talk, account, now=now)


def test_in_a_confidential_search_the_entry_says_only_that_one_talks(talk, account, lina, now):
    actions.change_seeker(lina, confidential=True, employer="Northgate", now=now)
    mail, calendar = send(actions.queue_invitation(talk, account, now=now), now)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["summary"]), event["class"], event.get("url")) == ("Conversation", "PRIVATE", None)
    assert "askwell" not in calendar.to_ical().decode().lower()
    assert "https://meet.example/jane" in mail.get_body(("plain",)).get_content()
    uid = str(event["uid"])
    actions.change_seeker(lina, confidential=False, now=now)
    actions.cancel_talk(talk, by_them=False, now=now)
    _mail, calendar = send(actions.queue_invitation(talk, account, now=now), now)
    assert str(calendar.walk("VEVENT")[0]["uid"]) == uid


def test_a_refusal_takes_the_touch_back_and_evidence_brings_it_again(talk, account, now):
    row = actions.queue_invitation(talk, account, now=now)
    row.change = post().going(row, now=now).change
    row.dated = now
    post().not_gone(row, now=now)
    assert not Touch.objects.filter(message_id=row.message_id).exists()
    row.change.refresh_from_db()
    post().gone(row, now=now + timedelta(minutes=5))
    assert Touch.objects.get(message_id=row.message_id).at == now
    row.change = last_change(row.owner)
    post().gone(row, now=now)
    assert Touch.objects.filter(message_id=row.message_id).count() == 1


def test_approving_it_is_taken_back_by_undo_while_it_waits(talk, account, lina, now):
    actions.queue_invitation(talk, account, now=now)
    undo(last_change(lina), now=now)
    assert not Outgoing.objects.exists()


def test_a_yes_of_hers_confirms_the_talk_and_once(talk, lina, now):
    assert take_answer(lina, answer(talk), sender="Jane@Acme.example", now=now).code == "confirmed"
    talk.refresh_from_db()
    assert talk.confirmed_at == now
    later = now + timedelta(hours=1)
    assert take_answer(lina, answer(talk), sender="jane@acme.example", now=later).code == "seen"
    talk.refresh_from_db()
    assert talk.confirmed_at == now


@pytest.mark.parametrize(
    ("change", "sender", "code"),
    [
        ({}, "eve@evil.example", "not-theirs"),
        ({}, "kenji@hikari.example", "not-theirs"),
        ({}, "", "not-theirs"),
        ({"attendee": "kenji@hikari.example"}, "jane@acme.example", "not-theirs"),
        ({"uid": "somebody-elses@askwell"}, "jane@acme.example", "no-talk"),
        ({"uid": ""}, "jane@acme.example", "no-talk"),
        ({"method": "REQUEST"}, "jane@acme.example", "no-answer"),
        ({"partstat": "TENTATIVE"}, "jane@acme.example", "tentative"),
        ({"sequence": -1}, "jane@acme.example", "stale"),
    ],
)
def test_what_is_not_hers_to_say_or_no_answer_changes_nothing(talk, kenji, lina, now, change, sender, code):
    heard = take_answer(lina, answer(talk, **change), sender=sender, now=now)
    assert (heard.code, heard.suggestion) == (code, None)
    talk.refresh_from_db()
    assert talk.confirmed_at is None


def test_an_answer_to_another_notebooks_talk_finds_none(talk, other_owner, now):
    assert take_answer(other_owner, answer(talk), sender="jane@acme.example", now=now).code == "no-talk"


def test_a_yes_to_the_time_before_the_talk_was_moved_is_stale(talk, lina, now):
    old = answer(talk)
    actions.move_talk(talk, starts_at=now + timedelta(days=6), by_them=False, now=now, overrides=ANYHOW)
    assert take_answer(lina, old, sender="jane@acme.example", now=now).code == "stale"
    actions.cancel_talk(talk, by_them=False, now=now)
    assert take_answer(lina, answer(talk), sender="jane@acme.example", now=now).code == "not-booked"


def test_a_no_is_only_suggested_and_calls_the_talk_off_when_agreed_to(talk, lina, now):
    heard = take_answer(lina, answer(talk, partstat="DECLINED"), sender="jane@acme.example", now=now)
    talk.refresh_from_db()
    assert (heard.suggestion["kind"], talk.state) == ("declined", "scheduled")
    agree(lina, heard.suggestion, now=now)
    talk.refresh_from_db()
    assert talk.state == "cancelled"


def test_another_time_is_only_suggested_and_moves_the_talk_when_agreed_to(talk, lina, now):
    proposed = datetime(2026, 12, 1, 17, tzinfo=UTC)
    counter = answer(talk, method="COUNTER", partstat="TENTATIVE", starts="2026-12-01T18:00:00+01:00")
    heard = take_answer(lina, counter, sender="jane@acme.example", now=now)
    talk.refresh_from_db()
    assert (heard.suggestion["kind"], talk.sequence) == ("counter", 0)
    agree(lina, heard.suggestion, now=now, overrides=ANYHOW)
    talk.refresh_from_db()
    assert (talk.starts_at, talk.sequence, talk.changes_by_them) == (proposed, 1, 1)


@pytest.mark.parametrize("starts", ["", "next week", "2026-12-01T18:00:00"])
def test_a_time_that_says_no_instant_moves_nothing(talk, lina, now, starts):
    heard = take_answer(
        lina, answer(talk, method="COUNTER", starts=starts), sender="jane@acme.example", now=now
    )
    with pytest.raises(BadValue):
        agree(lina, heard.suggestion, now=now)


def test_a_suggestion_about_anothers_talk_is_none(talk, other_owner, now):
    suggestion = {"kind": "declined", "value": {"talk": talk.pk}}
    with pytest.raises(BadValue):
        agree(other_owner, suggestion, now=now)


def test_an_answer_that_comes_by_mail_is_taken_in(talk, account, lina, jane, now):
    arrival = Arrival.objects.create(
        owner=lina, account=account, contact=jane, message_id="<1@acme.example>", kind="calendar",
        sender="jane@acme.example", subject="Declined: Our conversation", at=now, received_at=now,
        reading={"calendar": answer(talk, partstat="DECLINED")},
    )  # fmt: skip
    arrival = arrivals.take_in(arrival, now=now)
    assert arrival.state == ArrivalState.OPEN
    arrivals.confirm(arrival, 0, now=now)
    talk.refresh_from_db()
    assert talk.state == "cancelled"


def test_somebody_without_an_address_cannot_be_invited(lina, account, now):
    plain = add_contact(lina, NewContact(name="Ida Moreau"), now=now)
    talk = booked(plain, now)
    with pytest.raises(BadValue, match="no-address"):
        actions.queue_invitation(talk, account, now=now)


def test_by_real_servers_the_invitation_and_the_daily_mail_arrive_as_programs_want_them(
    lina, jane, mail, settings, now
):
    settings.MAIL_AUTHORITIES = mail.authority
    account = connect(lina, mail, mail.someone(), now=now)
    hers = mail.someone("acme.example")
    jane.points.update(value=hers, norm=hers)
    row = actions.queue_invitation(booked(jane, now), account, now=now)
    actions.make_promise(jane, text="the report", mine=True, due=now + timedelta(hours=2), now=now)
    digests.turn_on(lina, account, hour=0, here=now - timedelta(days=2))
    assert make_digests(now=now) == 1
    assert sending.send_due(post(), clock=lambda: now) == 2
    (raw,) = mail.wait_for_messages(hers)
    came = message_from_bytes(raw, policy=policy.default)
    (part,) = [each for each in came.walk() if each.get_content_type() == "text/calendar"]
    assert (came["Message-ID"], part.get_param("method")) == (row.message_id, "REQUEST")
    (raw,) = mail.wait_for_messages(account.address)
    own = message_from_bytes(raw, policy=policy.default)
    assert own["List-Unsubscribe"].endswith(f"/digest/off/{digests.digest_of(lina).token}/>")
    assert own["Auto-Submitted"] == "auto-generated"
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SENT}
