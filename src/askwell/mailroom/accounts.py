"""Connecting a mailbox, changing how it is reached, letting it rest, letting it go.

Theory of operation.  An account says how a mailbox is reached; it is no fact of the notebook, and a password
that was forgotten cannot come back.  So nothing here is journalled.  The secret goes to ``secrets`` and is
given back by no function here.  Where it would be sent can be changed only by whoever knows it.  What was
sent by an account stays when it goes: the row is kept, without servers and without a secret, so that it
neither reads nor sends, and connecting the same address again goes on with it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from askwell.gateways.connecting import is_loopback
from askwell.mailroom import outbox, secrets, spooling
from askwell.mailroom.grants import is_grant
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Evidence, Mechanism, Outgoing, Security, new_handle
from askwell.mailroom.renewing import STOPPED
from askwell.people.errors import BadField
from askwell.people.journal import refresh

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.mailroom.grants import Grant

_HOST = re.compile(r"[\w.-]{1,255}|[0-9a-f:.]{2,45}", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MOST_PORT = 65_535
LONGEST_SECRET = 8_000  # characters: tokens are long
# On a school's server, whose network is not the user's, only the ports of mail are asked.
MAIL_PORTS = frozenset({25, 143, 465, 587, 993, 2525})


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How a mailbox is reached, as one would write it down.  An empty host: it does not read, or not send.

    ``login`` empty: the address.  ``sent_folder`` empty: the one that the server names.
    """

    address: str
    name: str = ""
    login: str = ""
    mechanism: str = Mechanism.PASSWORD
    imap_host: str = ""
    imap_port: int = 993
    imap_security: str = Security.TLS
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_security: str = Security.TLS
    sent_folder: str = ""
    saves_sent: bool = False


WHERE_IT_GOES = (
    "login",
    "imap_host",
    "imap_port",
    "imap_security",
    "smtp_host",
    "smtp_port",
    "smtp_security",
)


def connection_of(account: Account) -> Connection:
    """Give how an account is reached."""
    return Connection(**{name: getattr(account, name) for name in Connection.__slots__})


def is_connected(account: Account) -> bool:
    """Whether it reads or sends; one let go does neither."""
    return bool(account.imap_host or account.smtp_host)


def accounts_of(owner: AbstractBaseUser) -> QuerySet[Account]:
    """Give the connected accounts, the oldest first, each with how many letters wait (``waiting``)."""
    waiting = Count("outgoing", filter=Q(outgoing__state__in=[State.QUEUED, State.CLAIMED]))
    rows: QuerySet[Account] = Account.objects.for_owner(owner).exclude(imap_host="", smtp_host="")
    return rows.select_related("owner").annotate(waiting=waiting).order_by("added_at", "pk")


def connect_account(
    owner: AbstractBaseUser, connection: Connection, secret: str | Grant, *, now: datetime
) -> Account:
    """Keep a mailbox and its secret, or what a sign-in brought; one let go before goes on where it was.

    Raises BadField: what cannot be right, or an address that is connected already.
    """
    values, kept = checked(connection), _as_kept(secret, connection.mechanism)
    try:
        with transaction.atomic():
            row = _row(owner, values["address"])
            if row is not None and is_connected(row):
                raise BadField("address", "connected-already")
            row = row or Account(owner_id=owner.pk, handle=new_handle())
            row.added_at, row.paused_at, row.trouble = now, None, {}
            row.polled_at = row.poll_at = row.claimed_until = None
            _write(row, values)
            secrets.keep(owner, row.handle, kept)
    except IntegrityError:  # somebody was quicker
        raise BadField("address", "connected-already") from None
    return row


def change_account(account: Account, connection: Connection, *, secret: str = "") -> Account:
    """Change how a mailbox is reached, its password, or both; the address stays.

    Raises BadField, also where it would go elsewhere and the password was not given again: so nobody at an
    open notebook sends it to a server of theirs.
    """
    values = checked(connection)
    if values.pop("address").lower() != account.address.lower():
        raise BadField("address", "another-address")
    elsewhere = any(values[name] != getattr(account, name) for name in WHERE_IT_GOES)
    if secret:
        secret = checked_secret(secret, connection.mechanism)
    elif elsewhere or values["mechanism"] != account.mechanism:
        raise BadField("secret", "give-again")
    with transaction.atomic():
        account.trouble = {}
        _write(account, values)
        if secret:
            secrets.keep(account.owner, account.handle, secret)
    return account


def sign_in_again(account: Account, grant: Grant) -> Account:
    """Keep what a sign-in on the provider's page brought; what waited for nothing else goes on."""
    stopped = account.trouble.get(STOPPED)
    with transaction.atomic():
        account.mechanism, account.trouble = Mechanism.XOAUTH2, {}
        account.paused_at = None if stopped else account.paused_at
        account.poll_at = None
        account.save(update_fields=["mechanism", "trouble", "paused_at", "poll_at"])
        secrets.keep(account.owner, account.handle, grant.to_secret())
    return account


def _as_kept(secret: str | Grant, mechanism: str) -> str:
    return checked_secret(secret, mechanism) if isinstance(secret, str) else secret.to_secret()


def pause_account(account: Account, *, now: datetime) -> Account:
    """Let nothing more go out by it, until it is resumed."""
    return outbox.pause(account, now=account.paused_at or now)


def resume_account(account: Account) -> Account:
    """Let letters go out again; what was wrong is forgotten and will be seen anew."""
    account.trouble = {}
    account.save(update_fields=["trouble"])
    return outbox.pause(account, now=None)


def forget_account(account: Account, *, now: datetime) -> bool:
    """Let a mailbox go: its secret is removed, letters that wait are taken back, what was sent stays.

    Gives whether a row was kept for the history.  Raises BadField while a letter is going out.
    """
    with transaction.atomic():
        held = Outgoing.objects.select_for_update().filter(account=account)
        if held.filter(state__in=[State.CLAIMED, State.SENDING]).exists():
            raise BadField("account", "sending-now")
        waiting = held.filter(state=State.QUEUED)
        contacts = {pk for pk in waiting.values_list("contact_id", flat=True) if pk}
        waiting.update(state=State.CANCELLED, settled_at=now, settled_by=Evidence.USER)
        kept = held.exists()
        if kept:
            _empty(account, now=now)
        secrets.forget(account.owner, account.handle)
        spooling.forget(account)
        if not kept:
            account.delete()
        refresh(account.owner, contacts, now=now)
    return kept


def _empty(account: Account, *, now: datetime) -> None:
    account.folders.all().delete()
    account.digests.all().delete()
    account.imap_host = account.smtp_host = account.sent_folder = ""
    account.paused_at, account.trouble = now, {}
    account.polled_at = account.poll_at = account.claimed_until = None
    account.save()


def _row(owner: AbstractBaseUser, address: str) -> Account | None:
    rows = Account.objects.for_owner(owner).select_for_update()
    found: Account | None = rows.filter(address__iexact=address).first()
    return found


def _write(account: Account, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(account, name, value)
    account.save()


# -- what can be right -------------------------------------------------------------------------------


def checked(connection: Connection) -> dict[str, Any]:
    """Give the values as they are kept.  Raises BadField."""
    values = asdict(connection)
    values["address"] = _address(connection.address)
    values["name"] = _line("name", " ".join(connection.name.split()), 200)
    values["login"] = _line("login", connection.login.strip() or values["address"], 320)
    values["sent_folder"] = _line("sent_folder", connection.sent_folder.strip(), 300)
    if connection.mechanism not in Mechanism.values:
        raise BadField("mechanism", "unknown")
    values |= _server("imap", connection) | _server("smtp", connection)
    if not values["imap_host"] and not values["smtp_host"]:
        raise BadField("imap_host", "no-server")
    return values


def checked_secret(secret: str, mechanism: str = Mechanism.PASSWORD) -> str:
    """Give a password or token as it is kept; a line's end is no part of it.  Raises BadField."""
    given = secret.strip() if mechanism == Mechanism.XOAUTH2 else secret.strip("\r\n")
    if not given:
        raise BadField("secret", "no-password")
    is_no_token = mechanism == Mechanism.XOAUTH2 and is_grant(given)
    if _CONTROL.search(given) or len(given) > LONGEST_SECRET or is_no_token:
        raise BadField("secret", "no-password-as-it-stands")
    return given


def _address(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError:
        raise BadField("address", "not-an-address") from None
    return text.strip()


def _line(field: str, text: str, most: int) -> str:
    if _CONTROL.search(text) or len(text) > most:
        raise BadField(field, "too-long" if len(text) > most else "not-a-line")
    return text


def _server(kind: str, connection: Connection) -> dict[str, Any]:
    host_field, port_field, security_field = f"{kind}_host", f"{kind}_port", f"{kind}_security"
    host = getattr(connection, host_field).strip().lower().rstrip(".")
    port, security = getattr(connection, port_field), getattr(connection, security_field)
    if host and not _HOST.fullmatch(host):
        raise BadField(host_field, "not-a-host")
    if not 0 < port <= MOST_PORT:
        raise BadField(port_field, "not-a-port")
    if security not in Security.values:
        raise BadField(security_field, "unknown")
    if host and security == Security.NONE and not is_loopback(host):
        raise BadField(security_field, "only-loopback")
    if host and not settings.LOCAL:
        _refuse_inner_places(host_field, host, port_field, port)
    return {host_field: host, port_field: port, security_field: security}


def _refuse_inner_places(host_field: str, host: str, port_field: str, port: int) -> None:
    """A school's server asks its own network nothing on a user's behalf."""
    if is_loopback(host):
        raise BadField(host_field, "not-from-here")
    if port not in MAIL_PORTS:
        raise BadField(port_field, "not-from-here")
