"""News of a mailbox is heard when it comes, by IDLE, from a real Dovecot."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from tests.mailroom.conftest import connect
from tests.servers.together import wait_until

from askwell.mailroom.models import Account
from askwell.web import mail_watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watched(owner, mail, settings, monkeypatch, now):
    """A mailbox that was looked at, and is not due for a long time."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    monkeypatch.setattr(mail_watch, "LISTEN_SECONDS", 1.0)
    settings.MAIL_AUTHORITIES = mail.authority
    later = now + timedelta(days=99)
    account = connect(owner, mail, mail.someone(), polled_at=now, poll_at=later, now=now)
    stop = Event()
    thread = Thread(target=mail_watch.watch, args=(stop,), daemon=True)
    yield account, thread, later
    stop.set()
    thread.join(60)


def due(account):
    return Account.objects.get(pk=account.pk).poll_at


def test_what_comes_makes_the_mailbox_due_at_once(watched, mail):
    account, thread, later = watched
    thread.start()

    def heard():
        mail.deliver(b"Subject: Hello\r\n\r\nHello.\r\n", account.address)  # until it listens, and after
        return due(account) != later

    wait_until(heard, 60)
    assert due(account) < later


def test_a_school_does_not_watch(watched, settings):
    _account, thread, _later = watched
    settings.LOCAL = False
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
