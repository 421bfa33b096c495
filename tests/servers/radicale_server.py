"""A Radicale of one test module: started, with who signs in, and ended."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.servers.radicale import Radicale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Served:
    url: str
    user: str
    password: str

    @property
    def home(self) -> str:
        return f"{self.url}{self.user}/"


@contextlib.contextmanager
def radicale(folder: Path, *, users: dict[str, str] | None = None) -> Iterator[Served]:
    known = users or {"jane": "plum tree"}
    server = Radicale(folder, known)
    server.start()
    try:
        user, password = next(iter(known.items()))
        yield Served(f"{server.url}/", user, password)
    finally:
        server.stop()
