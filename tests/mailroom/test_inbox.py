"""What is read of a mailbox: only what concerns contacts and one's own letters; nothing is marked or moved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.mailroom.conftest import put_in

from askwell.mailroom import inbox
from askwell.mailroom.models import Account, Arrival, Folder
from askwell.people.actions import NewContact, add_contact

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
            mail.dovecot.files(account.address)[0].unlink()
        return fetch(self, uid)

    monkeypatch.setattr(Mailbox, "fetch", tidied)
    seen = look(account, now)
    assert (seen.new, seen.kept) == (2, 1)
    assert kept() == [("personal", "jane@acme.example", "Stays.")]
