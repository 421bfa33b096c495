"""From the page of a provider to a mailbox that is read and sent from, without a password (OAuth 2).

Theory of operation.  What was begun is sealed for its owner and given to whoever holds the session, or waits
at the command line; only an answer with the same ``state``, in time, is taken, so nobody can slip in a
mailbox of theirs.  A mailbox that is connected keeps its servers and gets a new permission; another is tried
out first, step by step, and kept where all is well.  Askwell has no client id of its own: the user, or who
runs the house, registers one at the provider and names it.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.conf import settings

from askwell.gateways import oauth
from askwell.gateways.connecting import one_line
from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.oauth import Client
from askwell.gateways.providers import Issuer, issuer_at, issuer_of, provider_with
from askwell.mailroom import accounts, secrets
from askwell.mailroom.accounts import Connection
from askwell.mailroom.examining import Finding, examine, first_wrong, keep_findings, wants_sign_in
from askwell.mailroom.grants import granted
from askwell.mailroom.models import Account, Mechanism
from askwell.mailroom.renewing import grant_for
from askwell.people.errors import BadField
from askwell.people.queries import own_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.gateways.oauth import Tokens

PATH = "/settings/mail/oauth/back/"  # where one comes back to, at every door: it is registered once
LASTS = timedelta(minutes=20)  # from going to the provider to coming back
_WORD = re.compile(r"[!-~]{1,300}")
_TENANT = re.compile(r"[A-Za-z0-9.-]{0,100}")
_HANDLE = "signing-in"


class NotOurs(Exception):
    """What came back belongs to no sign-in that was begun here, or comes too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in on its way: the page to go to, and what to keep until one comes back."""

    url: str
    sealed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: the mailbox, or the steps of which one went wrong."""

    address: str
    issuer: str
    account: Account | None
    tried: tuple[Finding, ...]


def account_at(owner: AbstractBaseUser, address: str) -> Account | None:
    """Give the connected mailbox of this address."""
    return accounts.accounts_of(owner).filter(address__iexact=address.strip()).first()


def issuer_for(account: Account) -> Issuer | None:
    """Give whose page opens a connected mailbox: the one it was signed in on, else its servers'."""
    if (grant := grant_for(account)) is not None:
        return issuer_of(grant.issuer)
    return issuer_at(account.imap_host) or issuer_at(account.smtp_host)


def client_for(issuer: Issuer, account: Account | None = None) -> Client | None:
    """Give the client to sign in with: the one this mailbox has, else that of the house."""
    grant = grant_for(account) if account is not None else None
    if grant is not None and grant.issuer == issuer.key:
        return grant.client
    told = settings.OAUTH_CLIENTS.get(issuer.key)
    return Client(**told) if told else None


def checked_client(given: Client, known: Client | None) -> Client:
    """Give the client as it is used; its secret stays, where it is the one known.  Raises BadField."""
    ident, secret, tenant = given.id.strip(), given.secret.strip(), given.tenant.strip()
    if not ident and known is not None:
        return known
    if not _WORD.fullmatch(ident):
        raise BadField("client_id", "not-a-client" if ident else "no-client")
    if secret and not _WORD.fullmatch(secret):
        raise BadField("client_secret", "not-a-client")
    if not _TENANT.fullmatch(tenant):
        raise BadField("tenant", "not-a-client")
    if known is not None and known.id == ident:
        secret, tenant = secret or known.secret, tenant or known.tenant
    return Client(id=ident, secret=secret, tenant=tenant)


def redirect_to(issuer: Issuer, port: int) -> str:
    """Give the address on this machine that one comes back to (RFC 8252, section 7.3)."""
    return f"http://{issuer.host}:{port}{PATH}"


def begin(
    owner: AbstractBaseUser,
    address: str,
    issuer: Issuer,
    client: Client,
    *,
    redirect: str,
    now: datetime,
    mark: str = "",
) -> Begun:
    """Begin to sign in.  ``mark`` comes back at the end of ``state``."""
    accounts.checked(_connection(owner, address, issuer))
    state, verifier = f"{token_urlsafe(32)}{mark}", oauth.new_verifier()
    kept = {
        "address": address.strip(),
        "issuer": issuer.key,
        "client": asdict(client),
        "redirect": redirect,
        "state": state,
        "verifier": verifier,
        "until": (now + LASTS).isoformat(),
    }
    url = oauth.sign_in_url(
        issuer, client, redirect=redirect, state=state, verifier=verifier, address=address.strip()
    )
    return Begun(url=url, sealed=secrets.seal(owner, _HANDLE, json.dumps(kept)))


def come_back(owner: AbstractBaseUser, sealed: str, told: Mapping[str, str], *, now: datetime) -> Outcome:
    """Take what the browser brought back.  Raises NotOurs, GatewayError, BadField."""
    try:
        kept = json.loads(secrets.unseal(owner, _HANDLE, sealed))
    except secrets.NoSecret:
        raise NotOurs from None
    issuer = issuer_of(kept["issuer"])
    late = now > datetime.fromisoformat(kept["until"])
    same = hmac.compare_digest(kept["state"].encode(), told.get("state", "").encode())
    if issuer is None or late or not same or not _is_from(issuer, told):
        raise NotOurs
    if error := told.get("error", ""):
        said = f"{error} {told.get('error_description', '')}"
        raise oauth.refusal(error, one_line(said), server=issuer.name)
    client = Client(**kept["client"])
    tokens = oauth.tokens_for_code(
        issuer,
        client,
        told.get("code", ""),
        redirect=kept["redirect"],
        verifier=kept["verifier"],
        authorities=settings.MAIL_AUTHORITIES,
    )
    return take(owner, kept["address"], issuer, client, tokens=tokens, now=now)


def take(
    owner: AbstractBaseUser, address: str, issuer: Issuer, client: Client, *, tokens: Tokens, now: datetime
) -> Outcome:
    """Connect the mailbox with what a sign-in brought, or give it the new permission.

    Raises Permanent CLIENT where it could not be renewed; BadField.
    """
    account = account_at(owner, address)
    if not tokens.refresh:
        raise Permanent(Trouble.CLIENT, server=issuer.name, said="no refresh token")
    connection = _connection(owner, address, issuer)
    grant = granted(issuer.key, client, tokens, now=now)
    tried = wants_sign_in(examine(connection, tokens.access))
    if account is not None:
        if not _is_refused(tried):
            accounts.sign_in_again(account, grant)
            keep_findings(account, tried, now=now)
        return Outcome(address=address, issuer=issuer.key, account=account, tried=tried)
    if not first_wrong(tried):
        account = accounts.connect_account(owner, connection, grant, now=now)
    return Outcome(address=address, issuer=issuer.key, account=account, tried=tried)


def _is_refused(tried: tuple[Finding, ...]) -> bool:
    """Whether what the sign-in brought opens this mailbox nowhere; a server that is down says nothing."""
    return any(each.code == Trouble.SIGN_IN for each in tried) and not any(each.ok for each in tried)


def _connection(owner: AbstractBaseUser, address: str, issuer: Issuer) -> Connection:
    account = account_at(owner, address)
    if account is not None:
        return replace(accounts.connection_of(account), mechanism=Mechanism.XOAUTH2)
    provider = provider_with(issuer, address)
    return Connection(
        address=address,
        name=own_name(owner),
        mechanism=Mechanism.XOAUTH2,
        imap_host=provider.imap.host,
        imap_port=provider.imap.port,
        imap_security=provider.imap.security,
        smtp_host=provider.smtp.host,
        smtp_port=provider.smtp.port,
        smtp_security=provider.smtp.security,
        saves_sent=provider.keeps_sent,
    )


def _is_from(issuer: Issuer, told: Mapping[str, str]) -> bool:
    """Whether the answer is of the issuer that was asked, as far as it says so (RFC 9207)."""
    named = told.get("iss", "")
    return not (named and issuer.told_as) or named == issuer.told_as
