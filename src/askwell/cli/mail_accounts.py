"""``askwell mail``: connecting mailboxes, and looking after them; ``askwell doctor --mail``."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import REFUSED, BadUse, Failure, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.passwords import read_secret
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.cli.desk import Desk
    from askwell.mailroom.accounts import Connection
    from askwell.mailroom.examining import Finding
    from askwell.mailroom.models import Account


class MailAct(StrEnum):
    """What to do about a mailbox."""

    LIST = "list"
    CONNECT = "connect"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    FORGET = "forget"


class Safety(StrEnum):
    """How a connection is kept secret."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


Host = Annotated[
    str | None, typer.Option(metavar="HOST", help="The server; where one is named, none is looked up.")
]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="993 to read, 465 to send by default.")]
Security = Annotated[Safety | None, typer.Option(help="tls by default; none: this machine only.")]


def mail(
    act: Annotated[
        MailAct, typer.Argument(help="list, connect, change, pause, resume or forget.")
    ] = MailAct.LIST,
    address: Annotated[str, typer.Argument(metavar="[ADDRESS]", help="The mailbox, by its address.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password, or token, from standard input.")
    ] = False,
    token: Annotated[
        bool, typer.Option("--token", help="It is a token (OAuth 2, XOAUTH2), not a password.")
    ] = False,
    sign_in: Annotated[
        bool,
        typer.Option("--sign-in", help="Sign in on the provider's page (Google, Microsoft); again, too."),
    ] = False,
    client_id: Annotated[
        str, typer.Option("--client-id", metavar="ID", help="What the provider knows your Askwell as.")
    ] = "",
    client_secret_stdin: Annotated[
        bool,
        typer.Option("--client-secret-stdin", help="Read its secret, if it has one, from standard input."),
    ] = False,
    tenant: Annotated[
        str, typer.Option("--tenant", metavar="ID", help="Microsoft: the organization it is registered in.")
    ] = "",
    by_code: Annotated[
        bool | None,
        typer.Option(
            "--by-code/--by-browser", help="Type a code on any machine, or sign in in a browser here."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Your name, as people will see it.")] = None,
    login: Annotated[
        str | None, typer.Option("--login", help="The name to sign in with, where it is not the address.")
    ] = None,
    imap_host: Host = None,
    imap_port: Port = None,
    imap_security: Security = None,
    smtp_host: Host = None,
    smtp_port: Port = None,
    smtp_security: Security = None,
    sent_folder: Annotated[
        str | None, typer.Option("--sent-folder", metavar="NAME", help="Where copies of what was sent lie.")
    ] = None,
    saves_sent: Annotated[
        bool | None, typer.Option("--saves-sent/--no-saves-sent", help="The provider keeps the copy itself.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check/--no-check", help="Try every step first; kept only where all is well.")
    ] = True,
    now: Now = "",
    json: Json = False,
) -> None:
    """Connect the mailbox you write from, change how it is reached, pause it, let it go; or list them."""
    from askwell.cli.desk import sit_down

    desk = sit_down(now=now, json=json)
    if act is MailAct.LIST:
        _list(desk)
        return
    given = {
        "name": name, "login": login, "mechanism": "xoauth2" if token else None, "sent_folder": sent_folder,
        "imap_host": imap_host, "imap_port": imap_port, "imap_security": imap_security,
        "smtp_host": smtp_host, "smtp_port": smtp_port, "smtp_security": smtp_security,
        "saves_sent": saves_sent,
    }  # fmt: skip
    given = {key: value for key, value in given.items() if value is not None}
    if not address:
        raise BadUse(_("Say the address of the mailbox."))
    if sign_in:
        from askwell.cli.signing_in import sign_in_to

        if act not in {MailAct.CONNECT, MailAct.CHANGE} or set(given) - {"imap_host", "smtp_host"}:
            raise BadUse(_("--sign-in goes with connect; name and servers can be changed afterwards."))
        secret = sys.stdin.readline() if client_secret_stdin else ""
        client = (client_id, secret.strip(), tenant)
        host = imap_host or smtp_host or ""
        said, account = sign_in_to(desk, address, client=client, host=host, by_code=by_code)
        desk.answer(said, _row(account))
        return
    if act is MailAct.CONNECT:
        _connect(desk, address, given, password_stdin=password_stdin, check=check)
        return
    account = account_at(desk, address)
    if act is MailAct.CHANGE:
        _change(desk, account, given, read_secret(from_stdin=True) if password_stdin else "", check=check)
    else:
        ACTS[act](desk, account)


def _connect(desk: Desk, address: str, given: dict[str, Any], *, password_stdin: bool, check: bool) -> None:
    from askwell.mailroom import accounts
    from askwell.outreach import actions
    from askwell.people.queries import own_name

    connection = replace(_start(address, given), **{"name": own_name(desk.owner), **given})
    accounts.checked(connection)
    secret = accounts.checked_secret(read_secret(from_stdin=password_stdin), connection.mechanism)
    if check:
        _try(desk, connection, secret)
    account = accounts.connect_account(desk.owner, connection, secret, now=desk.now)
    if account.name and not own_name(desk.owner):  # letters end with it, too
        actions.set_own_name(desk.owner, name=account.name, now=desk.now)
    desk.answer(_("%(address)s is connected.") % {"address": account.address}, _row(account))


def _start(address: str, given: dict[str, Any]) -> Connection:
    """Begin with what is found of an address; where both servers are named, nothing is looked up."""
    from askwell.mailroom.accounts import Connection
    from askwell.mailroom.discovering import look_up

    if "imap_host" in given or "smtp_host" in given:
        return Connection(address=address)
    return look_up(address).connection


def _try(desk: Desk, connection: Connection, secret: str) -> None:
    from askwell.mailroom.examining import examine, first_wrong

    found = examine(connection, secret)
    if first_wrong(found):
        raise not_connected(found)
    if not desk.json:
        print("\n".join(_lines(found)))


def not_connected(found: Iterable[Finding]) -> Failure:
    """Say which step of a trial went wrong, and that nothing was kept."""
    from askwell.cli.desk import plain

    rows = list(found)
    sentence = "\n".join([*_lines(rows), _("Nothing was kept.")])
    return Failure(sentence, steps=[plain(each) for each in rows])


def _lines(found: Iterable[Finding]) -> list[str]:
    """Write the steps of a trial, one a line, with what the server said where it said no."""
    from askwell.mailroom import saying

    lines = []
    for each in found:
        mark = _("fine") if each.ok else _("MEND")
        told = saying.of_finding(each)
        lines.append(f"{mark:<5} {saying.STEPS[each.step]}{': ' if told else '.'}{told}")
        if each.said and not each.ok:
            lines.append(f"      {_('The server said:')} {each.said}")
    return lines


def _change(desk: Desk, account: Account, given: dict[str, Any], secret: str, *, check: bool) -> None:
    from askwell.mailroom import accounts
    from askwell.mailroom.examining import check_account, first_wrong

    connection = replace(accounts.connection_of(account), **given)
    accounts.change_account(account, connection, secret=secret)
    if check and (found := check_account(account, now=desk.now)) and first_wrong(found):
        raise Failure("\n".join([*_lines(found), _("It is kept as you said.")]))
    desk.answer(_("Kept."), _row(account))


def _pause(desk: Desk, account: Account) -> None:
    from askwell.mailroom.accounts import pause_account

    pause_account(account, now=desk.now)
    desk.answer(_("Paused: nothing goes out by it."), _row(account))


def _resume(desk: Desk, account: Account) -> None:
    from askwell.mailroom.accounts import resume_account

    resume_account(account)
    desk.answer(_("It sends again."), _row(account))


def _forget(desk: Desk, account: Account) -> None:
    from askwell.mailroom.accounts import forget_account

    address = account.address
    kept = forget_account(account, now=desk.now)
    said = _("%(address)s is removed, and its password with it.") % {"address": address}
    desk.answer(said, {"address": address, "forgotten": True, "history_kept": kept})


ACTS = {MailAct.PAUSE: _pause, MailAct.RESUME: _resume, MailAct.FORGET: _forget}


def _list(desk: Desk) -> None:
    from askwell.mailroom.accounts import accounts_of

    rows = [{**_row(one), "waiting": getattr(one, "waiting", 0)} for one in accounts_of(desk.owner)]
    desk.list(
        rows, lambda row: _line(desk, row), empty=_("No mailbox is connected: askwell mail connect ADDRESS.")
    )


def _row(account: Account) -> dict[str, Any]:
    """Give an account as ``--json`` shows it: nothing that opens it."""
    from askwell.mailroom.accounts import connection_of

    return {
        "id": account.pk,
        **asdict(connection_of(account)),
        "paused_at": account.paused_at,
        "polled_at": account.polled_at,
        "trouble": account.trouble or None,
    }


def _line(desk: Desk, row: dict[str, Any]) -> str:
    from askwell.mailroom import saying

    parts = [_("paused") if row["paused_at"] else _("connected")]
    if row["polled_at"]:
        parts.append(_("looked at %(when)s") % {"when": desk.local(row["polled_at"])})
    if row["waiting"]:
        parts.append(_n("%(count)s letter waits", "%(count)s letters wait", row["waiting"]))
    if row["trouble"]:
        parts.append(saying.of_trouble(row["trouble"]))
    return f"{row['address']}  {', '.join(parts)}"


def account_at(desk: Desk, address: str) -> Account:
    """Give a connected mailbox by its address.  Raises NotFound."""
    from askwell.mailroom.accounts import accounts_of

    found: Account | None = accounts_of(desk.owner).filter(address__iexact=address.strip()).first()
    if found is None:
        raise NotFound(_("No mailbox %(address)s is connected.") % {"address": address}, address=address)
    return found


def doctor_of_mail(desk: Desk) -> int:
    """Try every connected mailbox out; 1 where something is to be done."""
    from askwell.cli.desk import emit, plain
    from askwell.mailroom.accounts import accounts_of
    from askwell.mailroom.examining import check_account, first_wrong

    worst, rows = 0, list(accounts_of(desk.owner))
    if not rows:
        desk.list([], str, empty=_("No mailbox is connected: askwell mail connect ADDRESS."))
    for account in rows:
        found = check_account(account, now=desk.now)
        worst = worst or (REFUSED if first_wrong(found) else 0)
        if desk.json:
            for each in found:
                emit({"address": account.address, **plain(each)})
        else:
            print("\n".join([account.address, *(f"  {line}" for line in _lines(found))]))
    return worst
