"""``askwell import`` of an archive of mail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.mailroom.conftest import connect

from askwell.mailroom import secrets
from askwell.mailroom.opening import open_mailbox
from askwell.mailroom.spooling import place_of
from askwell.outreach.models import Touch
from askwell.people.models import Contact

pytestmark = pytest.mark.django_db(transaction=True)


def letter(sender, to, number):
    fields = [
        f"From: {sender}",
        f"To: {to}",
        f"Date: Mon, {number} Jun 2026 10:13:00 +0100",
        f"Subject: Letter {number}",
    ]
    return "\n".join(
        ["From x Mon Jan  6 08:00:00 2014", f"Message-ID: <{number}@x.example>", *fields, "", "Hello", "", ""]
    )


INES, ME, TOVE = "Ines Dubois <ines@meridian.example>", "robin@home.example", "tove@quarry.example"


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old"
    path.write_text(letter(ME, INES, 1) + letter(TOVE, "all@quarry.example", 2))
    return str(path)


def test_mail_is_brought_in_and_says_whose_address_was_taken_for_ones_own(askwell, old):
    ended = askwell("import", old, "--me", ME)
    assert ended.code == 0
    assert "1  new person\n" in ended.out
    assert f"Taken for your own: {ME}" in ended.out
    assert Contact.objects.people().get().name == "Ines Dubois"
    again = askwell("import", old, "--me", ME, "--json").rows[0]
    assert (again["counts"]["touches_new"], again["counts"]["touches_known"]) == (0, 1)
    assert again["own_addresses"] == [ME]
    assert again["skipped"] == {"unanswered": 1}


def test_everyone_and_the_text_on_demand(askwell, old):
    askwell("import", old, "--me", ME, "--everyone", "--keep-text")
    assert set(Touch.objects.values_list("contact__name", flat=True)) == {"Ines Dubois", TOVE}
    assert {body.strip() for body in Touch.objects.values_list("body", flat=True)} == {"Hello"}


def test_it_says_when_it_cannot_tell_which_side_is_the_user(askwell, old):
    ended = askwell("import", old)
    assert ended.code == 1
    assert "which address in this mail is yours" in ended.out
    assert not Contact.objects.people().exists()


@pytest.fixture
def lina(owner, mail, settings):
    """A connected mailbox of the test servers, with a letter that was sent."""
    settings.MAIL_AUTHORITIES = mail.authority
    now = datetime(2026, 11, 23, 15, tzinfo=UTC)
    account = connect(owner, mail, mail.someone(), now=now)
    with open_mailbox(account, now=now) as mailbox:
        mailbox.append("Sent", letter(account.address, INES, 1).partition("\n")[2].encode(), now)
    return account


def test_the_mail_of_a_connected_mailbox_is_brought_in(askwell, lina):
    first = askwell("import", "--from-mailbox", lina.address, "--dry-run")
    assert "1  new person\n" in first.out
    assert not Contact.objects.people().exists()
    askwell("import", "--from-mailbox", lina.address)
    assert Touch.objects.get().contact.name == "Ines Dubois"
    assert not place_of(lina).exists()
    assert askwell("import", "--from-mailbox", lina.address, "--json").rows[0]["counts"]["touches_known"] == 1


def test_a_mailbox_that_cannot_be_read_says_why(askwell, lina, owner):
    assert "No mailbox x@y.example is connected" in askwell("import", "--from-mailbox", "x@y.example").err
    assert askwell("import", "--from-mailbox", lina.address, "--keep-text").code == 2
    assert askwell("import").code == 2
    lina.imap_port = 1
    lina.save()
    ended = askwell("import", "--from-mailbox", lina.address)
    assert (ended.code, "does not answer" in ended.err) == (1, True)
    secrets.forget(owner, lina.handle)
    assert "password of this mailbox is not there" in askwell("import", "--from-mailbox", lina.address).err
    lina.imap_host = ""
    lina.save()
    assert "only sends" in askwell("import", "--from-mailbox", lina.address).err


def test_an_empty_mailbox_says_so(askwell, owner, mail, settings):
    settings.MAIL_AUTHORITIES = mail.authority
    account = connect(owner, mail, mail.someone(), now=datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert "no mail in this mailbox" in askwell("import", "--from-mailbox", account.address).err
