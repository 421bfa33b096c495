"""The servers the other tests stand on do what those tests take for granted."""

import smtplib
import ssl

import httpx
import pytest
from tests.servers.together import ALICE, JANE, USERS, mail_servers, wait_until


def letter(subject="Hello", body="How are you?"):
    return f"From: {ALICE}\r\nTo: {JANE}\r\nSubject: {subject}\r\n\r\n{body}\r\n".encode()


@pytest.fixture
def submission(mail):
    context = ssl.create_default_context(cafile=str(mail.authority))
    with smtplib.SMTP_SSL(mail.host, mail.postfix.port, context=context, timeout=20) as client:
        client.login(ALICE, USERS[ALICE])
        yield client


def test_a_letter_of_alice_reaches_jane(mail, submission):
    jane = mail.someone("acme.example")
    submission.sendmail(ALICE, [jane], letter("Twenty minutes"))
    (raw,) = mail.wait_for_messages(jane)
    assert b"Subject: Twenty minutes" in raw


def test_a_letter_the_next_server_refuses_comes_back_as_a_real_bounce(mail):
    sender = mail.someone()
    context = ssl.create_default_context(cafile=str(mail.authority))
    with smtplib.SMTP_SSL(mail.host, mail.postfix.port, context=context, timeout=20) as client:
        client.login(sender, "secret")
        client.sendmail(sender, ["moved@gone.example"], letter())
    (raw,) = mail.wait_for_messages(sender)
    assert b"Final-Recipient: rfc822; moved@gone.example" in raw
    assert b"Status: 5.1.1" in raw


def test_a_letter_put_off_by_the_next_server_stays_in_the_queue(mail, submission):
    submission.sendmail(ALICE, ["busy@slow.example"], letter())
    wait_until(lambda: any(path.parts[-3] == "deferred" for path in mail.postfix.queue()))
    mail.postfix.wait_until_delivered()


@pytest.mark.parametrize("address", ["someone@elsewhere.example", "x@gmail.com"])
def test_nothing_leaves_the_house(submission, address):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        submission.sendmail(ALICE, [address], letter())


def test_two_houses_stand_beside_each_other_and_end_clean(mail):
    with mail_servers({ALICE: "another"}, keeps_copies=True) as other:
        context = ssl.create_default_context(cafile=str(other.authority))
        with smtplib.SMTP_SSL(other.host, other.postfix.port, context=context, timeout=20) as client:
            client.login(ALICE, "another")
            client.sendmail(ALICE, [ALICE], letter("To myself"))
        assert len(other.wait_for_messages(ALICE)) == 1
        assert len(other.wait_for_messages(ALICE, folder="Sent")) == 1
    assert not other.folder.exists()
    mail.deliver(letter(), mail.someone())


def test_radicale_keeps_a_calendar_of_alice(dav):
    with httpx.Client(base_url=dav.url, auth=(ALICE, USERS[ALICE])) as client:
        assert client.request("MKCALENDAR", f"/{ALICE}/talks/").status_code == 201
        assert client.request("PROPFIND", f"/{ALICE}/").status_code == 207
    assert httpx.get(f"{dav.url}/{ALICE}/").status_code == 401
