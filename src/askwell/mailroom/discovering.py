"""From an address alone to how its mailbox is probably reached, and what its provider wants first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askwell.gateways.discovery import discover
from askwell.gateways.providers import SignIn
from askwell.mailroom.accounts import Connection
from askwell.mailroom.models import Mechanism

if TYPE_CHECKING:
    from askwell.gateways.servers import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """What was found of an address.  ``how`` (of discovery.How) is empty where nothing was.

    ``elsewhere``: the servers stand under another name than the address.
    """

    connection: Connection
    how: str = ""
    provider: str = ""
    sign_in: str = ""  # of providers.SignIn
    page: str = ""  # where the password is made
    switch_on: str = ""  # where reading by programs is allowed
    elsewhere: bool = False
    issuer: str = ""  # of providers.Issuer: whose sign-in page opens it


def look_up(address: str) -> Likely:
    """Look up how a mailbox is reached; asks the DNS for its domain, and signs in nowhere."""
    found = discover(address)
    if found is None:
        return Likely(connection=Connection(address=address))
    provider = found.provider
    connection = Connection(
        address=address,
        mechanism=Mechanism.XOAUTH2 if provider and provider.sign_in is SignIn.TOKEN else Mechanism.PASSWORD,
        saves_sent=bool(provider and provider.keeps_sent),
        **_server("imap", found.imap),
        **_server("smtp", found.smtp),
    )
    return Likely(
        connection=connection,
        how=found.how.value,
        provider=provider.name if provider else "",
        sign_in=provider.sign_in.value if provider else "",
        page=provider.page if provider else "",
        switch_on=provider.switch_on if provider else "",
        elsewhere=found.elsewhere,
        issuer=provider.issuer if provider else "",
    )


def _server(kind: str, server: Server | None) -> dict[str, Any]:
    if server is None:
        return {}
    return {
        f"{kind}_host": server.host,
        f"{kind}_port": server.port,
        f"{kind}_security": server.security,
    }
