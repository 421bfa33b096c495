"""The heads of a mailbox laid down to be brought in: all of them once, whatever breaks off."""

from __future__ import annotations

import pytest
from tests.mailroom.conftest import connect
from tests.mailroom.test_inbox import mail_from

from askwell.formats.mail.scan import heads_in
from askwell.mailroom import spooling
from askwell.mailroom.opening import open_mailbox

pytestmark = pytest.mark.django_db


def nobody(_done, _of):
    """Hear of the progress, and do nothing."""


def ids(spooled):
    found = {}
    for name, path in spooled:
        with path.open("rb") as stream:
            found[name.partition("/")[2]] = [head[6].decode() for head in heads_in(stream)]
    return found


def letter(number):
    return mail_from(
        "Jane Doe <jane@acme.example>", message_id=f"<{number}@x.example>", body="From here on\n\nFrom you"
    )


@pytest.fixture
def filled(account, mail, now):
    """A mailbox with two letters in the inbox, one that was sent, and one thrown away."""
    mail.deliver(letter(1), account.address)
    mail.deliver(letter(2), account.address)
    with open_mailbox(account, now=now) as mailbox:
        mailbox.append(mailbox.sent_folder() or "Sent", letter(3), now)
    return account


def test_the_heads_of_every_folder_are_laid_down_and_nothing_of_the_letters(filled, settings, now):
    spooled = spooling.spool(filled, nobody, now=now)
    assert ids(spooled) == {"INBOX": ["<1@x.example>", "<2@x.example>"], "Sent/Sent": ["<3@x.example>"]}
    assert all(b"From you" not in one.path.read_bytes() for one in spooled)
    assert all(one.path.stat().st_mode & 0o077 == 0 for one in spooled)
    assert spooling.place_of(filled).is_relative_to(settings.DATA_DIR)
    spooling.forget(filled)
    assert not spooling.place_of(filled).exists()


def test_a_second_attempt_reads_on_where_the_first_was(filled, mail, now):
    spooling.spool(filled, nobody, now=now)
    mail.deliver(letter(4), filled.address)
    told = []
    spooled = spooling.spool(filled, lambda *how_far: told.append(how_far), now=now)
    assert ids(spooled)["INBOX"] == ["<1@x.example>", "<2@x.example>", "<4@x.example>"]
    assert told == [(3, 3)]


def test_broken_off_it_reads_on_and_has_nothing_twice(filled, monkeypatch, now):
    monkeypatch.setattr(spooling, "BATCH", 1)

    def stop(done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spooling.spool(filled, stop, now=now)
    for half in spooling.place_of(filled).glob("*.mbox"):
        with half.open("ab") as out:
            out.write(b"From - half a hea")
    assert ids(spooling.spool(filled, nobody, now=now)) == {
        "INBOX": ["<1@x.example>", "<2@x.example>"],
        "Sent/Sent": ["<3@x.example>"],
    }


def test_where_the_numbers_of_a_folder_count_no_more_it_begins_anew(filled, now):
    spooled = spooling.spool(filled, nobody, now=now)
    for one in spooled:
        notes = one.path.with_suffix(".json")
        notes.write_text(notes.read_text().replace('"uidvalidity": ', '"uidvalidity": 9'))
    assert ids(spooling.spool(filled, nobody, now=now))["INBOX"] == ["<1@x.example>", "<2@x.example>"]


def test_nothing_in_the_mailbox_is_marked(filled, mail, now):
    before = mail.dovecot.flags(filled.address)
    spooling.spool(filled, nobody, now=now)
    assert mail.dovecot.flags(filled.address) == before


def test_what_another_account_of_the_same_number_left_is_not_heeded(filled, owner, mail, now):
    spooling.spool(filled, nobody, now=now)
    left = filled.pk
    filled.delete()
    other = connect(owner, mail, mail.someone(), now=now, pk=left)
    assert spooling.spool(other, nobody, now=now) == []
