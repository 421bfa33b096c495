"""An authorization server as a process of its own: codes with PKCE, device codes, refreshing with rotation.

The protocol (RFC 6749, 7636, 8252, 8628) is oauthlib's server side; here is what it asks of a house: clients,
their users, codes, tokens.  Access tokens are signed as the Dovecot beside it wants them.  A person's part is
two addresses, /allow and /deny; ``/test/...`` lets a test change what the house does.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit

from oauthlib.oauth2 import OAuth2Error, RequestValidator, WebApplicationServer
from oauthlib.oauth2.rfc8628.endpoints import DeviceAuthorizationEndpoint
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
FORM = "application/x-www-form-urlencoded"


class House(RequestValidator):
    """Who may what; ``clients``: id to secret, empty for a public one."""

    def __init__(self, told):
        self.clients, self.scopes, self.paths = told["clients"], told["scopes"], told["paths"]
        self.key = base64.b64decode(Path(told["token_key"]).read_bytes())
        self.codes, self.devices, self.refreshing = {}, {}, {}
        self.lasts, self.hold, self.busy, self.rotates, self.issued = 3600, 0.0, False, True, []
        self.lock = threading.Lock()

    def access_token(self, request):
        now = int(time.time())
        parts = [{"alg": "HS256", "typ": "JWT"}]
        parts.append(
            {"sub": request.user, "iat": now - 7200, "exp": now + self.lasts, "jti": secrets.token_hex(4)}
        )
        signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
        mark = hmac.new(self.key, signed, hashlib.sha256).digest()
        return (signed + b"." + _base64url(mark)).decode()

    # -- clients

    def validate_client_id(self, client_id, request, *args, **kwargs):
        return client_id in self.clients

    def client_authentication_required(self, request, *args, **kwargs):
        return bool(self.clients.get(request.client_id))

    def authenticate_client(self, request, *args, **kwargs):
        request.client = SimpleNamespace(client_id=request.client_id)
        known = self.clients.get(request.client_id, "")
        return hmac.compare_digest(known, request.client_secret or "")

    def authenticate_client_id(self, client_id, request, *args, **kwargs):
        request.client = SimpleNamespace(client_id=client_id)
        return client_id in self.clients

    def validate_redirect_uri(self, client_id, redirect_uri, request, *args, **kwargs):
        there = urlsplit(redirect_uri)  # of loopback any port will do (RFC 8252, section 7.3)
        loopback = there.hostname in {"127.0.0.1", "localhost", "::1"} and there.scheme == "http"
        return loopback and there.path in self.paths

    def validate_grant_type(self, client_id, grant_type, client, request, *args, **kwargs):
        return grant_type in {"authorization_code", "refresh_token", DEVICE}

    def validate_response_type(self, client_id, response_type, client, request, *args, **kwargs):
        return response_type == "code"

    def validate_scopes(self, client_id, scopes, client, request, *args, **kwargs):
        return set(scopes or ()) <= set(self.scopes)

    def get_default_scopes(self, client_id, request, *args, **kwargs):
        return self.scopes

    def is_pkce_required(self, client_id, request):
        return True

    # -- codes

    def save_authorization_code(self, client_id, code, request, *args, **kwargs):
        self.codes[code["code"]] = {
            "client": client_id,
            "user": request.user,
            "scopes": request.scopes,
            "redirect": request.redirect_uri,
            "challenge": request.code_challenge,
            "method": request.code_challenge_method,
        }

    def validate_code(self, client_id, code, client, request, *args, **kwargs):
        known = self.codes.get(code)
        if known is None or known["client"] != client_id:
            return False
        request.user, request.scopes = known["user"], known["scopes"]
        return True

    def get_code_challenge(self, code, request):
        return self.codes[code]["challenge"]

    def get_code_challenge_method(self, code, request):
        return self.codes[code]["method"]

    def confirm_redirect_uri(self, client_id, code, redirect_uri, client, request, *args, **kwargs):
        return self.codes[code]["redirect"] == redirect_uri

    def invalidate_authorization_code(self, client_id, code, request, *args, **kwargs):
        self.codes.pop(code, None)

    def validate_device_code(self, client_id, code, request, *args, **kwargs):
        known = next((one for one in self.devices.values() if one["code"] == code), None)
        if known is None or known["client"] != client_id:
            return None
        request.user, request.scopes = known["user"], known["scopes"]
        return known["status"]

    # -- tokens

    def save_bearer_token(self, token, request, *args, **kwargs):
        if request.refresh_token and self.rotates:
            self.refreshing.pop(request.refresh_token, None)
        if "refresh_token" in token:
            self.refreshing[token["refresh_token"]] = (request.client_id, request.user, request.scopes)
        self.issued.append(request.grant_type)

    def validate_refresh_token(self, refresh_token, client, request, *args, **kwargs):
        known = self.refreshing.get(refresh_token)
        if known is None or known[0] != client.client_id:
            return False
        request.user = known[1]
        return True

    def get_original_scopes(self, refresh_token, request, *args, **kwargs):
        return self.refreshing[refresh_token][2]

    def rotate_refresh_token(self, request):
        return self.rotates


class Desk(BaseHTTPRequestHandler):
    """The pages of the house."""

    house: House
    here: str
    protocol = "HTTP/1.1"

    def log_message(self, *_args):
        pass

    def do_GET(self):
        there = urlsplit(self.path)
        told = {name: values[0] for name, values in parse_qs(there.query).items()}
        if there.path == "/authorize":
            self._asked()
        elif there.path in {"/allow", "/deny"}:
            self._decided(there.path, told)
        elif there.path == "/device":
            known = self.house.devices[told["user_code"]]
            known |= (
                {"user": told["user"], "status": "authorized"}
                if "user" in told
                else {"status": "access_denied"}
            )
            self._answer(200, "Thank you.", "text/plain")
        elif there.path == "/test/issued":
            self._answer(200, json.dumps(self.house.issued))
        elif there.path == "/favicon.ico":
            self._answer(204, "")
        elif there.path == "/test/codes":
            self._answer(
                200, json.dumps([code for code, one in self.house.devices.items() if not one["user"]])
            )
        else:
            self._answer(404, "")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/token":
            self._token(body)
        elif self.path == "/devicecode":
            self._device_code(body)
        elif self.path == "/test/set":
            for name, value in json.loads(body).items():
                setattr(self.house, name, value)
            self._answer(200, "{}")
        elif self.path == "/test/revoke":
            self.house.refreshing.clear()
            self._answer(200, "{}")
        else:
            self._answer(404, "")

    def _asked(self):
        """The page that asks the user; a wrong question is answered at once."""
        try:
            server_of(self.house).validate_authorization_request(self._whole(), "GET")
        except OAuth2Error as error:
            self._answer(400, error.description or error.error, "text/plain")
            return
        query = urlsplit(self.path).query
        hint = parse_qs(query).get("login_hint", [""])[0]
        page = (
            "<!doctype html><html lang=en><title>Sign in</title><h1>May it read your mail?</h1>"
            f'<p><a id=allow href="/allow?{query.replace("&", "&amp;")}&amp;{urlencode({"user": hint})}">Allow</a></p>'
        )
        self._answer(200, page, "text/html; charset=utf-8")

    def _decided(self, path, told):
        if path == "/deny":
            denied = urlencode({"error": "access_denied", "state": told.get("state", "")})
            self._answer(302, "", Location=f"{told['redirect_uri']}?{denied}")
            return
        headers, _body, status = server_of(self.house).create_authorization_response(
            self._whole().replace("/allow?", "/authorize?"),
            "GET",
            scopes=told["scope"].split(),
            credentials={"user": told["user"]},
        )
        self._answer(status, "", Location=headers["Location"])

    def _token(self, body):
        if self.house.busy:
            self._answer(503, "")
            return
        headers = {"Content-Type": self.headers.get("Content-Type", "")}
        with self.house.lock:
            time.sleep(self.house.hold)
            answer = server_of(self.house).create_token_response(f"{self.here}/token", "POST", body, headers)
        self._answer(answer[2], answer[1])

    def _device_code(self, body):
        endpoint = DeviceAuthorizationEndpoint(
            self.house,
            verification_uri=f"{self.here}/device",
            interval=1,
            user_code_generator=lambda: secrets.token_hex(3).upper(),
        )
        headers = {"Content-Type": self.headers.get("Content-Type", "")}
        try:
            made = endpoint.create_device_authorization_response(
                f"{self.here}/devicecode", "POST", body, headers
            )
        except OAuth2Error as error:
            made = (error.headers, error.json, error.status_code)
        else:
            told = {name: values[0] for name, values in parse_qs(body).items()}
            self.house.devices[made[1]["user_code"]] = {
                "client": told["client_id"],
                "code": made[1]["device_code"],
                "scopes": told["scope"].split(),
                "status": "authorization_pending",
                "user": None,
            }
            made = (made[0], json.dumps(made[1]), made[2])
        self._answer(made[2], made[1])

    def _whole(self):
        return f"{self.here}{self.path}"

    def _answer(self, status, body, kind="application/json", **headers):
        raw = (body or "").encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(raw)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


def server_of(house):
    server = WebApplicationServer(
        house, token_generator=house.access_token, token_expires_in=max(house.lasts, 3600)
    )
    server._grant_types[DEVICE] = DeviceCodeGrant(house)
    return server


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def main(config):
    told = json.loads(Path(config).read_text())
    Desk.house, Desk.here = House(told), f"https://localhost:{told['port']}"
    server = ThreadingHTTPServer(("127.0.0.1", told["port"]), Desk)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(told["certificate"], told["key"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
