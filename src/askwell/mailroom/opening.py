"""Opening an account's servers: its settings and its secret, put together only here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from askwell.gateways.imap import Mailbox
from askwell.gateways.servers import Login, Server
from askwell.mailroom.secrets import secret_of

if TYPE_CHECKING:
    from askwell.mailroom.models import Account


def login_of(account: Account) -> Login:
    """Give what to sign in with.  Raises NoSecret."""
    secret = secret_of(account.owner, account.handle)
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


def open_mailbox(account: Account) -> Mailbox:
    """Give the mailbox, to be used as a context manager.  Raises NoSecret."""
    return Mailbox(imap_server_of(account), login_of(account))
