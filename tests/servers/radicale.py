"""A real Radicale in a folder of its own: calendars (CalDAV) and address books (CardDAV)."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.servers.certificates import Certificate
from tests.servers.places import LOOPBACK, free_port, start, stop, wait_for

CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
ssl = {ssl}
certificate = {certificate}
key = {key}
[auth]
type = htpasswd
htpasswd_filename = {folder}/passwords
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""


class Radicale:
    """``url`` is its root; a user's things are under ``url``/USER/.  With a certificate it speaks TLS."""

    def __init__(self, folder: Path, users: dict[str, str], certificate: Certificate | None = None) -> None:
        self.folder, self.users, self.port = folder, dict(users), free_port()
        self._certificate, self._process = certificate, None

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}" if self._certificate else f"http://{LOOPBACK}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "radicale.log"

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_passwords()
        made = self._certificate
        config = self.folder / "radicale.conf"
        config.write_text(
            CONFIG.format(
                folder=self.folder,
                port=self.port,
                ssl=bool(made),
                certificate=made.certificate if made else "",
                key=made.key if made else "",
            )
        )
        self._process = start([sys.executable, "-m", "radicale", "--config", config], log=self.log)
        wait_for(self.port, log=self.log)

    def stop(self) -> None:
        """End it; a second time does nothing."""
        if self._process is not None:
            stop(self._process)
            self._process = None

    def add_user(self, user: str, password: str) -> None:
        """Let somebody sign in from now on."""
        self.users[user] = password
        self._write_passwords()

    def _write_passwords(self) -> None:
        lines = "".join(f"{name}:{secret}\n" for name, secret in self.users.items())
        (self.folder / "passwords").write_text(lines)
