"""A real Radicale on loopback in a temporary folder: calendars and address books for tests."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "jane", "plum tree"
_SECONDS = 20.0


@dataclass(frozen=True)
class Radicale:
    url: str
    user: str
    password: str
    folder: Path

    @property
    def home(self) -> str:
        return f"{self.url}{self.user}/"


@contextlib.contextmanager
def radicale(folder: Path, *, users: dict[str, str] | None = None) -> Iterator[Radicale]:
    """Start one, wait until it answers, and end it."""
    known = users or {USER: PASSWORD}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "users").write_text("".join(f"{user}:{secret}\n" for user, secret in known.items()))
    port = _free_port()
    (folder / "config").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\n"
        f"delay = 0\n[storage]\nfilesystem_folder = {folder / 'collections'}\n[logging]\nlevel = warning\n"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(folder / "config")],
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONPATH": ""},
        )
        try:
            _wait_for(process, port, folder)
            user, password = next(iter(known.items()))
            yield Radicale(f"http://127.0.0.1:{port}/", user, password, folder)
        finally:
            process.terminate()
            process.wait(10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(process: subprocess.Popen, port: int, folder: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Radicale did not start: {(folder / 'log').read_text()[-2000:]}")
