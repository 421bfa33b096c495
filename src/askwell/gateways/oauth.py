"""Signing in by a provider's page instead of a password (OAuth 2), and keeping that alive.

Theory of operation.  Nobody types a password here.  The user's browser goes to the provider with a random
``state`` and the hash of a secret of the moment (PKCE, RFC 7636) and comes back to this machine (RFC 8252)
with a code; whoever sees that code alone can do nothing with it.  Where there is no browser, the user types
a short code on any machine instead (RFC 8628).  Either brings an access token, which lasts an hour or so, and
a refresh token, by which it is renewed (RFC 6749, section 6).  The addresses are data of ours
(``providers``), never what a user or an answer names; answers are bounded, redirects are not followed, and
what is kept of an answer's words has no secret in it.  ``SIGN_IN``: only the user can help, by signing in
again.  ``CLIENT``: the provider does not know the program by the id given.  What may pass is Transient.
"""

from __future__ import annotations

import json
import ssl
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from oauthlib.oauth2 import DeviceClient, WebApplicationClient

from askwell.gateways.connecting import SAID, one_line
from askwell.gateways.errors import Permanent, Transient, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from askwell.gateways.providers import Issuer

ANSWER_BYTES = 200_000
SECONDS = 30.0  # an answer as a whole
WAIT = 10.0  # for a connection, and for the next bytes
USUAL_SECONDS = 3600  # of an access token whose end is not told
USUAL_INTERVAL = 5  # seconds between two questions (RFC 8628, section 3.2)
SLOWER = 5  # seconds more, when told to slow down (section 3.5)
LONGEST_CODE = 1800  # seconds that a device's code is waited for at most
VERIFIER_LENGTH = 96
TOO_MANY_REQUESTS = 429
PASSES = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
OF_THE_CLIENT = frozenset(
    {
        "invalid_client",
        "unauthorized_client",
        "invalid_scope",
        "invalid_request",
        "unsupported_grant_type",
        "unsupported_response_type",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What the provider knows this program as.  ``secret`` only where it gives one.

    ``tenant``: the organization, where a program is known to one alone (Microsoft).
    """

    id: str
    secret: str = field(default="", repr=False)
    tenant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a sign-in brings.  ``refresh`` is empty where the answer had none; ``lasts`` in seconds."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lasts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What the user types (``user_code``), and where (``page``); ask every ``interval`` seconds."""

    user_code: str
    page: str
    lasts: int
    interval: int
    secret: str = field(repr=False)


class Pending(Transient):
    """The user has not typed the code yet.  ``slower``: ask less often from now on."""

    def __init__(self, *, slower: bool, server: str) -> None:
        super().__init__(Trouble.BUSY, server=server)
        self.slower = slower


def new_verifier() -> str:
    """Make the secret of the moment (RFC 7636, section 4.1)."""
    return str(WebApplicationClient("").create_code_verifier(VERIFIER_LENGTH))


def sign_in_url(
    issuer: Issuer, client: Client, *, redirect: str, state: str, verifier: str, address: str
) -> str:
    """Give the page of the provider to send the browser to; ``address`` is suggested there."""
    asking = WebApplicationClient(client.id)
    return str(
        asking.prepare_request_uri(
            issuer.at(issuer.authorize, client.tenant),
            redirect_uri=redirect,
            scope=list(issuer.scopes),
            state=state,
            code_challenge=asking.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            login_hint=address,
            **dict(issuer.asks),
        )
    )


def tokens_for_code(
    issuer: Issuer,
    client: Client,
    code: str,
    *,
    redirect: str,
    verifier: str,
    authorities: Path | None = None,
) -> Tokens:
    """Exchange what the browser brought back.  Raises Permanent, Transient."""
    asking = WebApplicationClient(client.id)
    body = asking.prepare_request_body(
        code=code, redirect_uri=redirect, code_verifier=verifier, **_own_secret(client)
    )
    return _tokens(_Asked(issuer, client, authorities, (code, verifier)).token(body))


def renewed(issuer: Issuer, client: Client, refresh: str, *, authorities: Path | None = None) -> Tokens:
    """Get a new access token; ``refresh`` of the answer is the one to keep from now on.

    Raises Permanent SIGN_IN where it has run out or was taken back, CLIENT; Transient.
    """
    asking = WebApplicationClient(client.id)
    body = asking.prepare_refresh_body(
        refresh_token=refresh, client_id=client.id, scope=list(issuer.scopes), **_own_secret(client)
    )
    found = _tokens(_Asked(issuer, client, authorities, (refresh,)).token(body))
    return Tokens(access=found.access, refresh=found.refresh or refresh, lasts=found.lasts)


def ask_for_code(issuer: Issuer, client: Client, *, authorities: Path | None = None) -> DeviceCode:
    """Ask for a code that the user types at the provider.  Raises Permanent, Transient."""
    asked = _Asked(issuer, client, authorities, ())
    named = {"client_id": client.id, "scope": " ".join(issuer.scopes), **_own_secret(client)}
    told = asked.post(issuer.device, str(httpx.QueryParams(named)))
    page = _text(told, "verification_uri") or _text(told, "verification_url")
    secret, shown = _text(told, "device_code"), _text(told, "user_code")
    if not (secret and shown and urlsplit(page).scheme == "https"):
        raise asked.not_understood()
    return DeviceCode(
        user_code=one_line(shown),
        page=one_line(page),
        lasts=min(_seconds(told, "expires_in", LONGEST_CODE), LONGEST_CODE),
        interval=_seconds(told, "interval", USUAL_INTERVAL),
        secret=secret,
    )


def tokens_for_device(
    issuer: Issuer, client: Client, secret: str, *, authorities: Path | None = None
) -> Tokens:
    """Ask whether the code was typed.  Raises Pending where not yet; Permanent, Transient."""
    asking = DeviceClient(client.id)
    body = asking.prepare_request_body(secret, include_client_id=True, **_own_secret(client))
    return _tokens(_Asked(issuer, client, authorities, (secret,)).token(body))


def refusal(error: str, said: str, *, server: str) -> Permanent | Transient:
    """Say what an error of OAuth 2 (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5) means."""
    if error in PASSES:
        return Transient(Trouble.BUSY, server=server, said=said)
    if error in OF_THE_CLIENT:
        return Permanent(Trouble.CLIENT, server=server, said=said)
    code = Trouble.REFUSED if error == "access_denied" else Trouble.SIGN_IN
    return Permanent(code, server=server, said=said)


class _Asked:
    """Questions to one issuer, by one program; ``secrets`` are in nothing that is told of the answers."""

    def __init__(
        self, issuer: Issuer, client: Client, authorities: Path | None, secrets: Iterable[str]
    ) -> None:
        self._issuer, self._client, self._authorities = issuer, client, authorities
        self._secrets = [secret for secret in (*secrets, client.secret) if secret]
        self._server = issuer.name

    def token(self, body: str) -> dict[str, Any]:
        told = self.post(self._issuer.token, body)
        if not _text(told, "access_token"):
            raise self.not_understood()
        return told

    def post(self, template: str, body: str) -> dict[str, Any]:
        """Send a form; give the answer.  Raises Permanent, Transient."""
        status, raw = self._bytes(self._issuer.at(template, self._client.tenant), body)
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == TOO_MANY_REQUESTS:
            raise Transient(Trouble.BUSY, server=self._server, said=f"HTTP {status}")
        if not isinstance(told, dict):
            raise self.not_understood(f"HTTP {status}")
        if error := _text(told, "error"):
            raise self._refused(error, _text(told, "error_description"))
        if status != httpx.codes.OK:
            raise self.not_understood(f"HTTP {status}")
        return told

    def not_understood(self, said: str = "") -> Transient:
        return Transient(Trouble.NOT_THIS_PROTOCOL, server=self._server, said=said)

    def _refused(self, error: str, described: str) -> Permanent | Transient:
        if error in {"authorization_pending", "slow_down"}:
            return Pending(slower=error == "slow_down", server=self._server)
        said = f"{error} {described}".strip()
        for secret in self._secrets:
            said = said.replace(secret, "***")
        return refusal(error, one_line(said)[:SAID], server=self._server)

    def _bytes(self, url: str, body: str) -> tuple[int, bytes]:
        until, taken = time.monotonic() + SECONDS, bytearray()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            with self._http() as http, http.stream("POST", url, content=body, headers=headers) as response:
                for chunk in response.iter_bytes(16_384):
                    taken += chunk
                    if len(taken) > ANSWER_BYTES or time.monotonic() > until:
                        raise self.not_understood("too long")
                return response.status_code, bytes(taken)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._cut(error) from error

    def _http(self) -> httpx.Client:
        context = ssl.create_default_context()
        if self._authorities:
            context.load_verify_locations(cafile=self._authorities)
        return httpx.Client(
            verify=context, timeout=WAIT, follow_redirects=False, trust_env=False,
            headers={"User-Agent": "Askwell", "Accept-Encoding": "identity"},
        )  # fmt: skip

    def _cut(self, error: Exception) -> Transient:
        under: BaseException | None = error
        while under is not None and not isinstance(under, ssl.SSLError):
            under = under.__cause__ or under.__context__
        code = Trouble.TLS if under is not None else Trouble.NO_ANSWER
        return Transient(code, server=self._server, said=type(error).__name__)


def _own_secret(client: Client) -> dict[str, str]:
    return {"client_secret": client.secret} if client.secret else {}


def _tokens(told: dict[str, Any]) -> Tokens:
    return Tokens(
        access=_text(told, "access_token"),
        refresh=_text(told, "refresh_token"),
        lasts=_seconds(told, "expires_in", USUAL_SECONDS),
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    return value if isinstance(value, str) else ""


def _seconds(told: dict[str, Any], name: str, usual: int) -> int:
    """Read a length of time; some write it as text.  What cannot be one is taken as usual."""
    try:
        value = int(told.get(name, usual))
    except (TypeError, ValueError, OverflowError):
        return usual
    return value if 0 < value < 366 * 86_400 else usual
