"""Where a server is, and what one signs in with: plain values, the same for every gateway."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server of mail.  ``security``: ``tls``, ``starttls``, or ``none``, which is for loopback alone.

    ``authorities``: a file of certificates to trust instead of the system's (a school's own, tests).
    """

    host: str
    port: int
    security: str = "tls"
    authorities: Path | None = None

    @property
    def place(self) -> str:
        """Where it is, as people write it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who signs in.  ``mechanism``: ``password``, or ``xoauth2`` with a token as the secret."""

    user: str
    secret: str = field(repr=False)
    mechanism: str = "password"
