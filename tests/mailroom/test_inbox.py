"""What is read of a mailbox: only what concerns contacts and one's own letters; nothing is marked or moved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.mailroom.conftest import put_in

from askwell.mailroom import inbox
from askwell.mailroom.models import Account, Arrival, Folder
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import Contact, ContactPoint

pytestmark = pytest.mark.django_db


def mail_from(sender, *, subject="Hello", body="Gladly.", message_id="<one@elsewhere.example>", **headers):
    lines = [
        f"From: {sender}",
        "To: lina@askwell.example",
        f"Subject: {subject}",
        f"Message-ID: {message_id}",
    ]
    lines += ["Date: Mon, 23 Nov 2026 14:00:00 +0000"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + f"\r\n\r\n{body}\r\n").encode()


@pytest.fixture
def jane(owner, now):
    return add_contact(owner, NewContact(name="Jane Doe", emails=["jane@acme.example"]), now=now)


def look(account, now, *, knows=lambda _account, _ids: False):
    return inbox.poll(Account.objects.get(pk=account.pk), knows, now=now)


def kept():
    return list(Arrival.objects.order_by("pk").values_list("kind", "sender", "text"))


def test_a_message_of_a_contact_is_kept_and_a_strangers_is_not(account, jane, mail, now):
    mail.deliver(mail_from("Jane Doe <jane@acme.example>"), account.address)
    mail.deliver(mail_from("Shop <news@shop.example>", message_id="<two@x.example>"), account.address)
    seen = look(account, now)
    assert (seen.new, seen.kept) == (2, 1)
    assert kept() == [("personal", "jane@acme.example", "Gladly.")]
    assert Arrival.objects.get().contact == jane


def test_a_second_look_finds_only_what_is_new(account, jane, mail, now):
    mail.deliver(mail_from("jane@acme.example"), account.address)
    look(account, now)
    assert look(account, now).new == 0
    mail.deliver(mail_from("jane@acme.example", message_id="<2@x.example>", body="More."), account.address)
    seen = look(account, now)
    assert (seen.new, seen.kept) == (1, 1)


def test_nothing_in_the_mailbox_is_marked(account, jane, mail, now):
    mail.deliver(mail_from("jane@acme.example"), account.address)
    look(account, now)
    import imaplib
    import ssl

    context = ssl.create_default_context(cafile=mail.authority)
    with imaplib.IMAP4_SSL("localhost", mail.dovecot.port, ssl_context=context) as client:
        client.login(account.address, "secret")
        client.select("INBOX", readonly=True)
        assert b"\\Seen" not in client.fetch("1", "(FLAGS)")[1][0]


def test_an_answer_to_ones_own_letter_is_kept_whoever_sends_it(account, mail, now):
    row = put_in(account, "info@acme.example", now=now)
    mail.deliver(mail_from("Omar <omar@other.example>", In_Reply_To=row.message_id), account.address)
    look(account, now)
    assert Arrival.objects.get().answers == row


def test_a_letter_sent_by_another_program_is_known_by_who_wrote_it(account, mail, now):
    mail.deliver(mail_from("omar@other.example", In_Reply_To="<mine@lina.example>"), account.address)
    look(account, now, knows=lambda _account, ids: "<mine@lina.example>" in ids)
    assert Arrival.objects.count() == 1


def test_a_new_numbering_of_the_folder_brings_nothing_twice(account, jane, mail, now):
    mail.deliver(mail_from("jane@acme.example"), account.address)
    look(account, now)
    Folder.objects.update(uidvalidity=1, last_uid=99)
    assert look(account, now).kept == 0
    assert Arrival.objects.count() == 1
    mail.deliver(mail_from("jane@acme.example", message_id="<2@x.example>"), account.address)
    assert look(account, now).kept == 1


def test_a_date_in_the_future_dates_nothing_there(account, jane, mail, now):
    raw = mail_from("jane@acme.example").replace(b"23 Nov 2026", b"23 Nov 2031")
    mail.deliver(raw, account.address)
    look(account, now)
    assert Arrival.objects.get().at == now


def test_a_server_that_is_away_is_noted_and_asked_again_later(account, jane, mail, now):
    Account.objects.filter(pk=account.pk).update(imap_port=1)
    look(account, now)
    account.refresh_from_db()
    assert account.trouble["code"] == "no_answer"
    assert account.claimed_until is None
    assert account.poll_at > now


def test_two_workers_do_not_look_at_once(account, now):
    assert inbox.claim(account, now=now)
    assert not inbox.claim(account, now=now)
    assert inbox.claim(account, now=now + inbox.LEASE + timedelta(seconds=1))


def test_somebody_elses_contacts_are_not_ones_own(account, other_owner, mail, now):
    add_contact(other_owner, NewContact(name="Jane Doe", emails=["jane@acme.example"]), now=now)
    mail.deliver(mail_from("jane@acme.example"), account.address)
    assert look(account, now).kept == 0


def test_a_real_bounce_is_kept_with_the_letter_it_brings_back(account, post, mail, now):
    from askwell.mailroom import sending

    row = put_in(account, "jane@gone.example", now=now)
    assert sending.send_due(post, clock=lambda: now) == 1
    mail.wait_for_messages(account.address)
    look(account, now)
    arrival = Arrival.objects.get()
    assert (arrival.kind, arrival.answers) == ("bounce", row)
    (failed,) = arrival.reading["failed_recipients"]
    assert (failed["address"], failed["permanent"]) == ("jane@gone.example", True)


def test_a_message_removed_between_its_head_and_its_text_stops_nothing(account, jane, mail, now, monkeypatch):
    """Somebody tidies the mailbox on their phone while it is read."""
    mail.deliver(mail_from("jane@acme.example"), account.address)
    mail.deliver(mail_from("jane@acme.example", message_id="<2@x.example>", body="Stays."), account.address)
    from askwell.gateways.imap import Mailbox

    fetch = Mailbox.fetch

    def tidied(self, uid):
        if uid == 1:
            files = mail.dovecot.files(account.address)
            next(file for file in files if b"Gladly." in file.read_bytes()).unlink()
        return fetch(self, uid)

    monkeypatch.setattr(Mailbox, "fetch", tidied)
    seen = look(account, now)
    assert (seen.new, seen.kept) == (2, 1)
    assert kept() == [("personal", "jane@acme.example", "Stays.")]


def test_a_message_that_turns_out_to_concern_nobody_is_not_kept(account, mail, now):
    """A stranger's automatic answer comes as what may be a bounce; only read whole it says what it is."""
    raw = mail_from("Shop <help@shop.example>", body="I am away.", Auto_Submitted="auto-replied")
    mail.deliver(b"Return-Path: <>\r\n" + raw, account.address)
    report = mail_from(
        "Shop <help@shop.example>",
        message_id="<2@shop.example>",
        Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
        body="--b\r\n\r\nWe have your order.\r\n--b--",
    )
    mail.deliver(report, account.address)
    seen = look(account, now)
    assert (seen.new, seen.kept) == (2, 0)


def test_a_bounce_of_a_letter_sent_by_another_program_is_kept(account, mail, now):
    bounce = mail_from("mailer-daemon@acme.example", subject="Undelivered", References="<mine@lina.example>")
    mail.deliver(bounce, account.address)
    assert look(account, now, knows=lambda _account, ids: "<mine@lina.example>" in ids).kept == 1


def test_what_one_wrote_from_another_address_of_ones_own_is_no_answer(account, owner, mail, now):
    row = put_in(account, "jane@acme.example", now=now)
    Account.objects.create(owner=owner, address="Lina@Work.example", login="lina", added_at=now)
    me = Contact.objects.get_or_create(owner=owner, is_self=True, defaults={"name": "L", "created_at": now})[
        0
    ]
    ContactPoint.objects.create(
        owner=owner, contact=me, kind="email", value="lina@phone.example", norm="lina@phone.example"
    )
    for number, sender in enumerate(("lina@work.example", "Lina Berg <lina@phone.example>")):
        raw = mail_from(sender, message_id=f"<{number}@x.example>", In_Reply_To=row.message_id)
        mail.deliver(raw, account.address)
    seen = look(account, now)
    assert (seen.new, seen.kept) == (2, 0)


def test_what_another_worker_kept_meanwhile_is_kept_once(account, jane, now):
    def read():
        return inbox.arrival_of(account, mail_from("jane@acme.example"), lambda *_of: False, now=now)

    first, second = read(), read()
    assert (inbox.keep(first), inbox.keep(second)) == (True, False)
    assert Arrival.objects.count() == 1


def test_a_message_that_nobody_foresaw_holds_up_no_other_and_shows_in_no_log(
    account, jane, mail, now, monkeypatch, caplog
):
    read = inbox.read_mail

    def stumbling(raw, **told):
        if b"my illness" in raw:
            raise ValueError(raw)
        return read(raw, **told)

    monkeypatch.setattr(inbox, "read_mail", stumbling)
    mail.deliver(mail_from("jane@acme.example", subject="my illness"), account.address)
    mail.deliver(
        mail_from("jane@acme.example", message_id="<2@x.example>", body="Well again."), account.address
    )
    seen = look(account, now)
    assert (seen.new, seen.kept) == (2, 1)
    assert "ValueError" in caplog.text
    assert "illness" not in caplog.text
    assert look(account, now).new == 0


MANY = " ".join(f"<{number}@x>" for number in range(12_000))
ODD = {
    "more ids than a database is asked for": {"References": "\r\nReferences: ".join([MANY, MANY.replace("@x", "@y"), MANY.replace("@x", "@z")])},
    "a zero in every header": {"subject": "=?utf-8?q?a=00b?=", "In_Reply_To": "<a\0b@x.example>", "X_Y": "\0"},
    "half a sign": {"subject": "=?utf-16-be?b?2AA=?=", "body": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")},
    "a zero in an entity": {"Content_Type": "text/html", "body": "<p>a&#0;&#xD800;b</p>"},
    "a zero in a calendar": {
        "Content_Type": "text/calendar; method=REPLY",
        "Content_Transfer_Encoding": "quoted-printable",
        "body": "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a=00b\r\nSEQUENCE:99999999999999999999\r\n"
        "ATTENDEE;PARTSTAT=ACC=00:mailto:jane=00@acme.example\r\nDTSTART:00010101T000000Z\r\n"
        "END:VEVENT\r\nEND:VCALENDAR",
    },
}  # fmt: skip


@pytest.mark.parametrize("how", ODD)
def test_whatever_stands_in_a_message_can_be_kept(account, jane, now, how):
    raw = mail_from("Jane =?utf-8?q?a=00b?= <jane@acme.example>", **ODD[how])
    raw = raw.replace(b"23 Nov 2026 14:00:00 +0000", b"1 Jan 0001 00:00:00 +1400")
    arrival = inbox.arrival_of(account, raw, lambda *_of: False, now=now)
    assert inbox.keep(arrival)
    arrival.refresh_from_db()
