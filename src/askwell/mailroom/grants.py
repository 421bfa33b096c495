"""What a sign-in on a provider's page leaves behind: kept where passwords are, as one secret.

Theory of operation.  A pasted token is a secret as it stands; a grant is JSON, by which the access token in
it can be renewed.  It names its issuer by a key alone: where a token is renewed is never read from a secret.
``until`` is None once a server did not take the access token: a new one is fetched then, ``on_trial``, and
where that is not taken either, or the issuer refuses, the grant is ``refused`` and asks nothing any more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from askwell.gateways.oauth import Client

if TYPE_CHECKING:
    from askwell.gateways.oauth import Tokens

EARLY = timedelta(minutes=5)  # before its end a token is renewed: a long letter, and clocks that differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A permission the user gave: by whom it is kept up, for which program, and its tokens."""

    issuer: str
    client: Client
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    until: datetime | None
    on_trial: bool = False
    refused: bool = False

    def is_fresh(self, *, now: datetime) -> bool:
        """Whether the access token will do for a while."""
        return self.until is not None and now + EARLY < self.until

    def renewed(self, tokens: Tokens, *, now: datetime) -> Grant:
        """Give the grant with new tokens; on trial where the last was refused, not merely old."""
        return replace(
            self,
            access=tokens.access,
            refresh=tokens.refresh or self.refresh,
            until=now + timedelta(seconds=tokens.lasts),
            on_trial=self.until is None,
        )

    def to_secret(self) -> str:
        """Write it as the secret that is kept."""
        return json.dumps(
            {
                "issuer": self.issuer,
                "client": [self.client.id, self.client.secret, self.client.tenant],
                "access": self.access,
                "refresh": self.refresh,
                "until": self.until.isoformat() if self.until else None,
                "on_trial": self.on_trial,
                "refused": self.refused,
            }
        )


def granted(issuer: str, client: Client, tokens: Tokens, *, now: datetime) -> Grant:
    """Give what a sign-in brought."""
    until = now + timedelta(seconds=tokens.lasts)
    return Grant(issuer=issuer, client=client, access=tokens.access, refresh=tokens.refresh, until=until)


def grant_of(secret: str) -> Grant | None:
    """Read a secret; None where it is a password or a pasted token."""
    if not is_grant(secret):
        return None
    told = json.loads(secret)
    ident, own, tenant = told.pop("client")
    until = told.pop("until")
    return Grant(
        client=Client(id=ident, secret=own, tenant=tenant),
        until=datetime.fromisoformat(until) if until else None,
        **told,
    )


def is_grant(secret: str) -> bool:
    """Whether it is a grant and no token, which begins with no brace (RFC 6750, section 2.1)."""
    return secret.startswith("{")
