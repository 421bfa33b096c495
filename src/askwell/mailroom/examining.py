"""Trying a mailbox out, step by step, without leaving a trace in it: what works, and what is wrong where not.

Theory of operation.  Reading and sending are tried each on its own, so that one password refused twice is
told from one server that is down.  Sender and recipient are offered and withdrawn: no letter is handed over.
A step that was not reached is not told of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings

from askwell.gateways.connecting import Patience
from askwell.gateways.errors import GatewayError, Trouble
from askwell.gateways.imap import Mailbox
from askwell.gateways.servers import Login, Server
from askwell.gateways.smtp import Smtp
from askwell.mailroom.accounts import Connection, connection_of
from askwell.mailroom.renewing import grant_for, secret_for, still_stopped, to_be_renewed
from askwell.mailroom.secrets import NoSecret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from askwell.mailroom.models import Account

SOON = Patience(connect=10, silence=20, answer=40)  # somebody waits for it
INBOX = "INBOX"
NO_PASSWORD = "no_password"  # noqa: S105 - there is none, or it cannot be opened here
NO_FOLDER = "no_folder"  # the server names none for copies: nothing that stops a letter


class Step(StrEnum):
    """What is tried, in order."""

    READING = "reading"  # sign in where mail is read
    INBOX = "inbox"  # the inbox opens
    SENT = "sent"  # there is a folder for copies of what was sent
    SENDING = "sending"  # sign in where mail is sent
    SENDER = "sender"  # letters may go out under this address


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of a step.  ``code`` (of Trouble, or ours) says what is wrong; ``detail`` names a folder."""

    step: Step
    ok: bool
    code: str = ""
    server: str = ""
    said: str = ""
    detail: str = ""


def examine(connection: Connection, secret: str) -> tuple[Finding, ...]:
    """Try a mailbox out as it would be connected."""
    login = Login(user=connection.login or connection.address, secret=secret, mechanism=connection.mechanism)
    found: list[Finding] = []
    if connection.imap_host:
        found += _reading(connection, login)
    if connection.smtp_host:
        found += _sending(connection, login)
    return tuple(found)


def check_account(account: Account, *, now: datetime) -> tuple[Finding, ...]:
    """Try a connected mailbox out, and keep what is wrong with it, or that nothing is."""
    found, used = _examined(account, now=now)
    if _took_no_token(found) and grant_for(account) is not None:
        if to_be_renewed(account, used):
            found, used = _examined(account, now=now)
        if _took_no_token(found):
            to_be_renewed(account, used)
            found = wants_sign_in(found)
    keep_findings(account, found, now=now)
    return found


def _examined(account: Account, *, now: datetime) -> tuple[tuple[Finding, ...], str]:
    """Try it out; what came of it, and what was signed in with."""
    try:
        secret = secret_for(account, now=now)
    except NoSecret:
        return (Finding(step=Step.READING, ok=False, code=NO_PASSWORD),), ""
    except GatewayError as error:
        code, server, said = error.code.value, error.server, error.said
        return (Finding(step=Step.READING, ok=False, code=code, server=server, said=said),), ""
    return examine(connection_of(account), secret), secret


def _took_no_token(found: Iterable[Finding]) -> bool:
    return any(each.code == Trouble.TOKEN for each in found)


def wants_sign_in(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Say of a token fresh from the provider what helps: nobody pasted it."""
    wanted = Trouble.SIGN_IN.value
    return tuple(replace(each, code=wanted) if each.code == Trouble.TOKEN else each for each in found)


def keep_findings(account: Account, found: tuple[Finding, ...], *, now: datetime) -> None:
    """Keep the first thing that is wrong; nothing wrong clears what was."""
    bad = first_wrong(found)
    told = {"code": bad.code, "server": bad.server, "said": bad.said, "at": now.isoformat()} if bad else None
    account.trouble = still_stopped(account) | told if told else {}
    account.save(update_fields=["trouble"])


def first_wrong(found: tuple[Finding, ...]) -> Finding | None:
    """Give the first step that did not work."""
    return next((each for each in found if not each.ok), None)


def _reading(connection: Connection, login: Login) -> Iterator[Finding]:
    server = Server(
        host=connection.imap_host,
        port=connection.imap_port,
        security=connection.imap_security,
        authorities=settings.MAIL_AUTHORITIES,
    )
    step = Step.READING
    try:
        with Mailbox(server, login, patience=SOON) as mailbox:
            yield Finding(step=step, ok=True, server=server.place)
            step = Step.INBOX
            mailbox.select(INBOX)
            yield Finding(step=step, ok=True, server=server.place)
            step = Step.SENT
            yield _sent(mailbox, connection, server)
    except GatewayError as error:
        yield _wrong(step, error, server)


def _sent(mailbox: Mailbox, connection: Connection, server: Server) -> Finding:
    folder = connection.sent_folder or mailbox.sent_folder()
    if not folder:
        return Finding(step=Step.SENT, ok=True, code=NO_FOLDER, server=server.place)
    mailbox.select(folder)
    return Finding(step=Step.SENT, ok=True, server=server.place, detail=folder)


def _sending(connection: Connection, login: Login) -> Iterator[Finding]:
    server = Server(
        host=connection.smtp_host,
        port=connection.smtp_port,
        security=connection.smtp_security,
        authorities=settings.MAIL_AUTHORITIES,
    )
    step = Step.SENDING
    try:
        with Smtp(server, login, patience=SOON) as smtp:
            yield Finding(step=step, ok=True, server=server.place)
            step = Step.SENDER
            smtp.offer(connection.address, connection.address, 0)
            smtp.withdraw()
            yield Finding(step=step, ok=True, server=server.place)
    except GatewayError as error:
        yield _wrong(step, error, server)


def _wrong(step: Step, error: GatewayError, server: Server) -> Finding:
    return Finding(
        step=step, ok=False, code=error.code.value, server=error.server or server.place, said=error.said
    )
