"""Accounts on real servers, and a post that asks nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.servers.together import HOST

from askwell.formats.eml import letter
from askwell.mailroom import outbox, secrets
from askwell.mailroom.models import Account, Outgoing
from askwell.mailroom.posting import Held, Ready


def connect(owner, servers, address, *, now, secret="secret", **told):  # noqa: S107 - of the test servers
    """Connect a mailbox of the test servers."""
    account = Account.objects.create(
        owner=owner,
        address=address,
        name="Lina Berg",
        login=address,
        imap_host=HOST,
        imap_port=servers.dovecot.port,
        smtp_host=HOST,
        smtp_port=servers.postfix.port,
        added_at=now,
        **told,
    )
    secrets.keep(owner, account.handle, secret)
    return account


@pytest.fixture
def trusted(mail, settings):
    """Trust the certificate of the test servers."""
    settings.MAIL_AUTHORITIES = mail.authority


@pytest.fixture
def account(owner, mail, trusted, now):
    """Lina's mailbox."""
    return connect(owner, mail, mail.someone(), now=now)


class PlainPost:
    """Keeps what it was asked; forbids what is named in ``forbidden``, fails as ``broken`` says."""

    def __init__(self):
        self.recorded, self.taken_back, self.forbidden, self.broken = [], [], set(), {}

    def going(self, row, *, now):
        if row.pk in self.forbidden:
            raise Held("rules", reasons=[])
        if row.pk in self.broken:
            raise self.broken[row.pk]
        data = letter(
            sender=(row.account.name, row.account.address),
            to=("Jane Doe", row.recipient),
            subject=row.subject,
            body="May I ask you for twenty minutes?",
            at=now,
            message_id=row.message_id,
            unsent=False,
        )
        self.recorded.append(row.pk)
        return Ready(data=data.decode("ascii"))

    def not_gone(self, row, *, now):
        self.taken_back.append(row.pk)

    def gone(self, row, *, now):
        if row.pk not in self.recorded:
            self.recorded.append(row.pk)


@pytest.fixture
def post():
    return PlainPost()


def put_in(account, recipient, *, now, due=timedelta(0), subject="Twenty minutes"):
    """Put a message into the outbox."""
    return Outgoing.objects.create(
        owner=account.owner,
        account=account,
        recipient=recipient,
        subject=subject,
        message_id=outbox.new_message_id(account.address),
        queued_at=now,
        due_at=now + due,
        give_up_at=now + due + outbox.GIVE_UP,
    )
