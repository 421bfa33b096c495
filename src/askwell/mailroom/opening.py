"""Opening an account's servers: its settings and its secret, put together only here."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

from askwell.gateways.imap import Mailbox
from askwell.gateways.servers import Login, Server
from askwell.gateways.smtp import Smtp
from askwell.mailroom.renewing import refusals, secret_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.mailroom.models import Account


def login_of(account: Account, *, now: datetime) -> Login:
    """Give what to sign in with, renewed where need be.  Raises NoSecret, GatewayError."""
    secret = secret_for(account, now=now)
    return Login(user=account.login, secret=secret, mechanism=account.mechanism)


def smtp_server_of(account: Account) -> Server:
    """Give where it sends."""
    return Server(
        host=account.smtp_host,
        port=account.smtp_port,
        security=account.smtp_security,
        authorities=settings.MAIL_AUTHORITIES,
    )


def imap_server_of(account: Account) -> Server:
    """Give where it is read."""
    return Server(
        host=account.imap_host,
        port=account.imap_port,
        security=account.imap_security,
        authorities=settings.MAIL_AUTHORITIES,
    )


@contextmanager
def open_mailbox(account: Account, *, now: datetime) -> Iterator[Mailbox]:
    """Open the mailbox.  Raises NoSecret, GatewayError."""
    login = login_of(account, now=now)
    with refusals(account, login.secret), Mailbox(imap_server_of(account), login) as mailbox:
        yield mailbox


@contextmanager
def open_smtp(account: Account, *, now: datetime) -> Iterator[Smtp]:
    """Open the way out.  Raises NoSecret, GatewayError."""
    login = login_of(account, now=now)
    with refusals(account, login.secret), Smtp(smtp_server_of(account), login) as smtp:
        yield smtp
