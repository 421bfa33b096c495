"""Sending and hearing back from the command line, by a real mailbox."""

from __future__ import annotations

import pytest
from tests.mailroom.conftest import connect

from askwell.outreach.models import Outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(owner, mail, settings, now):
    settings.MAIL_AUTHORITIES = mail.authority
    return connect(owner, mail, mail.someone(), now=now)


@pytest.fixture
def jane(askwell, mail):
    """Somebody who can be asked, with a draft to her."""
    address = mail.someone("acme.example")
    askwell("me", "--name", "Lina Berg", "--zone", "America/Chicago")
    askwell("me", "--who", "I am finishing a master's in health informatics at Riverton University")
    askwell("goal", "Work as a data analyst in public health")
    askwell("add", f"Jane Doe <{address}>, data lead at Acme Health")
    assert askwell("draft", "jane", "--hook", "your talk on vaccine supply").code == 0
    return address


def reply(message_id, to, text):
    return (
        f"From: Jane Doe <jane@acme.example>\r\nTo: {to}\r\nSubject: Re: Your work\r\n"
        f"Message-ID: <back@acme.example>\r\nIn-Reply-To: {message_id}\r\n"
        f"Date: Mon, 23 Nov 2026 15:30:00 +0000\r\n\r\n{text}\r\n"
    ).encode()


def test_approved_sent_answered_and_read_without_typing_any_of_it(askwell, jane, mailbox, mail):
    assert "It goes to Jane Doe" in askwell("send", "jane").out
    assert "waiting" in askwell("outbox").out
    assert "1 letter sent" in askwell("worker", "--once").out
    (row,) = askwell("outbox", "--json").rows
    assert (row["state"], row["to"], row["settled_by"]) == ("sent", jane, "answer")
    assert len(mail.wait_for_messages(jane)) == 1
    mail.deliver(reply(row["message_id"], mailbox.address, "Happy to talk."), mailbox.address)
    (came,) = askwell("inbox", "--check", "--json").rows
    assert (came["name"], came["text"]) == ("Jane Doe", "Happy to talk.")
    (reading,) = came["readings"]
    assert (reading["kind"], reading["sentence"]) == ("yes", "Happy to talk.")
    said = askwell("inbox", "--confirm", str(came["number"])).out
    assert said == "Noted. Agree on a time: askwell schedule 'Jane Doe' WHEN.\n"
    assert "Agree on a time with Jane Doe" in askwell("today").out
    assert askwell("inbox").out == "Nothing waits for your word.\n"


def test_what_an_answer_says_can_be_said_by_hand_and_a_reading_that_is_not_there_is_asked_for(
    askwell, jane, mailbox, mail
):
    askwell("send", "jane")
    askwell("worker", "--once")
    (row,) = askwell("outbox", "--json").rows
    offered = "Would Wednesday, December 2 at 10:00 am suit you? Please send me your resume."
    mail.deliver(reply(row["message_id"], mailbox.address, offered), mailbox.address)
    assert "times, Wed 02 Dec 2026 10:00" in askwell("inbox", "--check").out
    (came,) = askwell("inbox", "--json").rows
    number = str(came["number"])
    both = [f"--reading {each['reading']}" for each in came["readings"]]
    assert len(both) == 2
    unclear = askwell("inbox", "--confirm", number)
    assert unclear.code == 2
    assert " or ".join(both) in unclear.err
    assert askwell("inbox", "--confirm", number, "--reading", "9").code == 2
    assert "it is one of yes, no" in askwell("inbox", "--confirm", number, "--says", "perhaps").err
    assert askwell("inbox", "--confirm", number, "--says", "later").code == 2
    assert askwell("inbox", "--confirm", number, "--says", "later", "--until", "2027-01-11").out == "Noted.\n"
    outreach = Outreach.objects.get()
    assert (outreach.state, f"{outreach.until:%Y-%m-%d}") == ("later", "2027-01-11")
    assert askwell("inbox").out == "Nothing waits for your word.\n"


def test_a_letter_that_came_back_is_not_said_to_be_sent(askwell, jane, mailbox, mail):
    askwell("add", "Omar Said <omar@gone.example>, data lead at Hikari")
    assert askwell("draft", "omar", "--hook", "your lecture on ward data").code == 0
    assert askwell("send", "omar").code == 0
    assert "1 letter sent" in askwell("worker", "--once").out
    mail.wait_for_messages(mailbox.address)
    askwell("inbox", "--check")
    assert "came back" in askwell("outbox").out
    (row,) = askwell("outbox", "--json").rows
    assert (row["state"], row["came_back"]) == ("sent", True)


def test_taken_back_before_its_hour_it_does_not_go(askwell, jane, mailbox):
    askwell("send", "jane", "--at", "2030-01-07 09:00")
    (row,) = askwell("outbox", "--json").rows
    assert row["state"] == "queued"
    assert askwell("outbox", "--take-back", str(row["number"])).code == 0
    assert "0 letters sent" in askwell("worker", "--once").out
    assert askwell("outbox", "--take-back", str(row["number"])).code != 0


def test_one_that_went_is_not_taken_back_and_it_says_why(askwell, jane, mailbox):
    askwell("send", "jane")
    askwell("worker", "--once")
    (row,) = askwell("outbox", "--json").rows
    answer = askwell("outbox", "--take-back", str(row["number"]))
    assert "Only a letter that waits can be taken back" in answer.err
    askwell("draft", "jane")
    assert askwell("draft", "jane", "--channel", "phone").code == 0
    assert "not an e-mail" in askwell("send", "jane").err


def test_the_same_words_to_a_second_person_are_named_with_the_draft_and_when_it_is_approved(
    askwell, jane, mailbox
):
    askwell("send", "jane")
    askwell("worker", "--once")
    askwell("add", "Omar Said <omar@globex.example>, data lead at Globex")
    assert "M06" in askwell("draft", "omar", "--hook", "your talk on vaccine trials").out
    refused = askwell("send", "omar")
    assert refused.code != 0
    assert "the same as a letter to someone else" in refused.err


def test_without_a_mailbox_it_says_how_to_connect_one(askwell, jane):
    refused = askwell("send", "jane")
    assert refused.code != 0
    assert "askwell mail connect" in " ".join(refused.err.split())


def test_what_cannot_be_is_said(askwell, jane, mailbox):
    assert askwell("send", "jane", "--at", "tomorrow", "--good-hour").code == 2
    assert askwell("outbox", "--settle", "7").code == 2
    assert askwell("outbox", "--take-back", "7").code != 0
    assert askwell("inbox", "--confirm", "7").code != 0
