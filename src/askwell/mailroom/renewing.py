"""Keeping the access token of an account alive: renewed before it runs out, once, and never lost.

Theory of operation.  Some issuers give a new refresh token each time and take the old one no more, so two
workers must not renew at once, and what came is kept before it is used.  On PostgreSQL the account's row is
locked meanwhile; SQLite locks no row but the whole notebook, so there a file of the data folder is, which all
its processes share.  Whoever waited finds the token fresh.  A refusal is kept as well: the issuer is asked no
more until the user signs in again, letters wait, and the account says so.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from askwell.gateways import oauth
from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble
from askwell.gateways.providers import issuer_of
from askwell.mailroom import outbox, secrets
from askwell.mailroom.grants import grant_of
from askwell.mailroom.models import Account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from askwell.mailroom.grants import Grant

LOCK_FILE = "renewing.lock"
STOPPED = "until_signed_in"  # in an account's trouble: sending was paused by it, and by nobody


def secret_for(account: Account, *, now: datetime) -> str:
    """Give what to sign in with just now: the password, the token as pasted, or one renewed where need be.

    Raises NoSecret; Permanent SIGN_IN or CLIENT, Transient where it could not be renewed.
    """
    secret = secrets.secret_of(account.owner, account.handle)
    grant = grant_of(secret)
    if grant is None:
        return secret
    if grant.refused or not grant.is_fresh(now=now):
        grant = _renewed(account, now=now)
    return grant.access


def still_stopped(account: Account) -> dict[str, bool]:
    """Give what another trouble has to keep: that sending waits for nothing but a sign-in."""
    return {STOPPED: True} if account.trouble.get(STOPPED) else {}


def grant_for(account: Account) -> Grant | None:
    """Give what an account was signed in with on a provider's page; None where it was not."""
    try:
        return grant_of(secrets.secret_of(account.owner, account.handle))
    except secrets.NoSecret:
        return None


@contextmanager
def refusals(account: Account, used: str) -> Iterator[None]:
    """Let a token that a server did not take be renewed once: Transient, so that it is tried again.

    Where the renewed one is not taken either, the user has to sign in again: Permanent SIGN_IN.
    """
    try:
        yield
    except GatewayError as error:
        if error.code is not Trouble.TOKEN or grant_for(account) is None:
            raise
        if to_be_renewed(account, used):
            raise Transient(Trouble.BUSY, server=error.server, said=error.said) from error
        raise Permanent(Trouble.SIGN_IN, server=error.server, said=error.said) from error


def to_be_renewed(account: Account, used: str) -> bool:
    """Note that a token was not taken; whether another is worth a try."""
    with _alone(account):
        grant = grant_for(account)
        if grant is None or grant.access != used:
            return True  # somebody renewed it meanwhile
        _keep(account, replace(grant, refused=True) if grant.on_trial else replace(grant, until=None))
    return not grant.on_trial


def _renewed(account: Account, *, now: datetime) -> Grant:
    refusal: Permanent | None = None
    with _alone(account):
        grant = grant_for(account)  # again: somebody may have been quicker
        if grant is None:
            raise secrets.NoSecret(account.handle)
        issuer = issuer_of(grant.issuer)
        if grant.refused or issuer is None or not grant.refresh:
            raise Permanent(Trouble.SIGN_IN, server=issuer.name if issuer else "")
        if grant.is_fresh(now=now):
            return grant
        try:
            tokens = oauth.renewed(issuer, grant.client, grant.refresh, authorities=settings.MAIL_AUTHORITIES)
        except Permanent as error:
            code = Trouble.CLIENT if error.code is Trouble.CLIENT else Trouble.SIGN_IN
            refusal = Permanent(code, server=error.server, said=error.said)
            grant = replace(grant, refused=True)
        else:
            grant = grant.renewed(tokens, now=now)
        _keep(account, grant)
    if refusal is not None:
        raise refusal
    return grant


def _keep(account: Account, grant: Grant) -> None:
    with outbox.durable():
        secrets.keep(account.owner, account.handle, grant.to_secret())


@contextmanager
def _alone(account: Account) -> Iterator[None]:
    """Let nobody else renew the account's token meanwhile; what is kept inside is on the disk at its end."""
    if connection.vendor == "sqlite":
        with (settings.DATA_DIR / LOCK_FILE).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with transaction.atomic(durable=True):
        Account.objects.select_for_update(no_key=True).filter(pk=account.pk).first()
        yield
