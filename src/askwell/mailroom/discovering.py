"""From an address to how its mailbox is probably reached."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.mailroom.accounts import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of an address; ``provider`` empty: nobody known by name, ``servers`` False: nothing."""

    connection: Connection
    provider: str = ""
    advice: tuple[str, ...] = ()  # what to do at the provider first, in plain words

    @property
    def servers(self) -> bool:
        """Whether there is a server to try."""
        return bool(self.connection.imap_host or self.connection.smtp_host)


def look_up(address: str) -> Found:
    """Look up how a mailbox is reached."""
    return Found(connection=Connection(address=address))
