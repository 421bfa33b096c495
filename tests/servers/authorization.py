"""A provider's sign-in page beside the mail servers: a real authorization server, on loopback, over TLS."""

from __future__ import annotations

import contextlib
import json
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from tests.servers.places import free_port, open_folder, remove, start, stop, wait_for
from tests.servers.together import HOST, MailServers

from askwell.gateways.providers import Issuer, Provider, SignIn
from askwell.gateways.servers import Server
from askwell.mailroom.signing_in import PATH

CLIENT, ITS_SECRET = "askwell-of-northfield", "kept-by-northfield"
PUBLIC = "askwell-without-a-secret"
SCOPES = ("mail", "offline_access")


class Authorization:
    """``allow`` and ``deny`` are what the user does there; ``issuer`` and ``provider`` are how it is known."""

    def __init__(self, mail: MailServers, port: int) -> None:
        self.mail, self.port = mail, port
        self.url = f"https://localhost:{port}"
        context = ssl.create_default_context(cafile=mail.authority)
        self.http = httpx.Client(verify=context, trust_env=False, timeout=30)
        self.issuer = Issuer(
            key="northfield",
            name="Northfield",
            authorize=f"{self.url}/authorize",
            token=f"{self.url}/token",
            device=f"{self.url}/devicecode",
            scopes=SCOPES,
            page="https://id.northfield.example/clients",
            source="",
        )
        self.provider = Provider(
            name="Northfield Mail",
            domains=("askwell.example",),
            imap=Server(host=HOST, port=mail.dovecot.port),
            smtp=Server(host=HOST, port=mail.postfix.port),
            sign_in=SignIn.TOKEN,
            issuer="northfield",
            source="",
        )

    def allow(self, url: str, user: str = "") -> str:
        """Allow it on the page at ``url``; gives the address the browser is sent back to."""
        asked = self.http.get(url)
        assert asked.status_code == 200, asked.text
        hint = parse_qs(urlsplit(url).query)["login_hint"][0]
        said = urlencode({"user": user or hint})
        answer = self.http.get(f"{self.url}/allow?{urlsplit(url).query}&{said}")
        return answer.headers["Location"]

    def deny(self, url: str) -> str:
        return self.http.get(f"{self.url}/deny?{urlsplit(url).query}").headers["Location"]

    def type_code(self, code: str, user: str) -> None:
        """Type a device's code, and allow it; nobody: refuse it."""
        self.http.get(f"{self.url}/device", params={"user_code": code} | ({"user": user} if user else {}))

    def let(self, **told) -> None:
        """Change what the house does: ``lasts``, ``hold``, ``busy``, ``rotates``."""
        self.http.post(f"{self.url}/test/set", json=told)

    def revoke_all(self) -> None:
        self.http.post(f"{self.url}/test/revoke")

    @property
    def codes(self) -> list[str]:
        """The devices' codes that nobody has typed yet."""
        return self.http.get(f"{self.url}/test/codes").json()

    @property
    def issued(self) -> list[str]:
        """By which grants tokens were given out so far."""
        return self.http.get(f"{self.url}/test/issued").json()


@contextlib.contextmanager
def authorization_server(mail: MailServers) -> Iterator[Authorization]:
    folder, port = open_folder(), free_port()
    config = {
        "port": port,
        "clients": {CLIENT: ITS_SECRET, PUBLIC: ""},
        "scopes": SCOPES,
        "paths": [PATH],
        "token_key": str(mail.dovecot.folder / "tokens/default/HS256/default"),
        "certificate": str(mail.certificate.certificate),
        "key": str(mail.certificate.key),
    }
    (folder / "config.json").write_text(json.dumps(config))
    log = folder / "log"
    script = Path(__file__).with_name("authorization_server.py")
    process = start([sys.executable, script, folder / "config.json"], log=log)
    try:
        wait_for(port, log=log)
        yield Authorization(mail, port)
    finally:
        stop(process)
        remove(folder)
