"""``askwell mail connect ADDRESS --sign-in``: the provider's page from the command line.

Theory of operation.  By a browser, a server of a moment listens on this machine (RFC 8252, section 7.3) for
the one answer that belongs to what was begun; others are told so, and it listens on.  By a code (RFC 8628),
the provider is asked at the pace it names until the code was typed somewhere.  Where to go is written to
standard error, so that what ``--json`` writes stays whole.
"""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from askwell.cli.failures import BadUse, Failure
from askwell.cli.mail_accounts import not_connected
from askwell.cli.words import _
from askwell.gateways import oauth, providers
from askwell.gateways.discovery import discover
from askwell.gateways.errors import GatewayError
from askwell.gateways.oauth import Client
from askwell.mailroom import saying, signing_in
from askwell.mailroom.outbox import trouble_of

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.gateways.providers import Issuer
    from askwell.mailroom.models import Account
    from askwell.mailroom.signing_in import Outcome


def sign_in_to(
    desk: Desk, address: str, *, client: tuple[str, str, str], host: str, by_code: bool | None
) -> tuple[str, Account]:
    """Connect a mailbox, or sign in again; gives what was done.  Raises Failure, BadUse.

    ``host`` tells the provider where its address does not.
    """
    account = signing_in.account_at(desk.owner, address)
    issuer = providers.issuer_at(host) if host else _issuer(address, account)
    if issuer is None:
        names = ", ".join(one.name for one in providers.ISSUERS)
        raise BadUse(
            _("This mailbox is none of %(names)s, as far as can be told: --imap-host.") % {"names": names}
        )
    ident, secret, tenant = client
    known = signing_in.client_for(issuer, account)
    if not ident and known is None:
        raise BadUse(
            _("%(provider)s wants a client ID: --client-id, or %(name)s. docs/connecting-mail.md says how.")
            % {"provider": issuer.name, "name": f"ASKWELL_{issuer.key.upper()}_CLIENT"}
        )
    used = signing_in.checked_client(Client(id=ident, secret=secret, tenant=tenant), known)
    if by_code and not issuer.device:
        raise BadUse(_("%(provider)s opens no mailbox by a code: --by-browser.") % {"provider": issuer.name})
    by_code = bool(issuer.device) if by_code is None else by_code
    try:
        outcome = (_by_code if by_code else _by_browser)(desk, address, issuer, used)
    except GatewayError as error:
        raise Failure(saying.of_trouble(trouble_of(error, now=desk.now)), problem=error.code.value) from error
    if outcome.account is None:
        raise not_connected(outcome.tried)
    said = _("Signed in again.") if account else _("%(address)s is connected.") % {"address": address}
    return said, outcome.account


def _issuer(address: str, account: Account | None) -> Issuer | None:
    """Find whose page opens the mailbox."""
    if account is not None:
        return signing_in.issuer_for(account)
    likely = discover(address)
    return providers.issuer_of(likely.provider.issuer) if likely and likely.provider else None


def _by_code(desk: Desk, address: str, issuer: Issuer, client: Client) -> Outcome:
    trusted = settings.MAIL_AUTHORITIES
    code = oauth.ask_for_code(issuer, client, authorities=trusted)
    _tell(_("Open %(page)s and type %(code)s") % {"page": code.page, "code": code.user_code})
    until, pace = time.monotonic() + code.lasts, code.interval
    while time.monotonic() < until:
        time.sleep(pace)
        try:
            tokens = oauth.tokens_for_device(issuer, client, code.secret, authorities=trusted)
        except oauth.Pending as pending:
            pace += oauth.SLOWER if pending.slower else 0
        else:
            return signing_in.take(desk.owner, address, issuer, client, tokens=tokens, now=desk.now)
    raise Failure(_("The code was not typed in time. Nothing was kept."))


def _by_browser(desk: Desk, address: str, issuer: Issuer, client: Client) -> Outcome:
    until = time.monotonic() + signing_in.LASTS.total_seconds()
    with _Ear(("127.0.0.1", 0), _Answer) as ear:
        redirect = signing_in.redirect_to(issuer, ear.server_port)
        begun = signing_in.begin(desk.owner, address, issuer, client, redirect=redirect, now=desk.now)
        _tell(_("Sign in here: %(url)s") % {"url": begun.url})
        if os.environ.get("ASKWELL_NO_BROWSER") != "1":
            webbrowser.open(begun.url)
        while (left := until - time.monotonic()) > 0:
            ear.timeout, ear.heard = left, None
            ear.handle_request()
            if ear.heard is None:
                continue
            try:
                return signing_in.come_back(desk.owner, begun.sealed, ear.heard, now=desk.now)
            except signing_in.NotOurs:
                continue  # somebody else's; the one that was begun may still come
    raise Failure(_("Nobody came back from the sign-in page in time. Nothing was kept."))


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


class _Ear(HTTPServer):
    """Hears one answer at a time; ``heard`` is what it held."""

    heard: dict[str, str] | None = None


class _Answer(BaseHTTPRequestHandler):
    timeout = 10  # seconds that a connection may be silent
    server: _Ear

    def do_GET(self) -> None:
        """Take what the browser brings, and send the user back to the command line."""
        there = urlsplit(self.path)
        ours = there.path == signing_in.PATH
        if ours:
            self.server.heard = dict(parse_qsl(there.query))
        said = _("Thank you. The rest is told on the command line.") if ours else ""
        self.send_response(200 if ours else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_args: object) -> None:
        """Write no log: the address holds the code."""
