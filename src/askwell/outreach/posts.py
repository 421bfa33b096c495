"""The outbox's one guard: each message goes to the guard of its purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.mailroom.models import Purpose
from askwell.outreach.digest import DigestPost
from askwell.outreach.invitations import InvitationPost
from askwell.outreach.posting import OutreachPost

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.mailroom.models import Outgoing
    from askwell.mailroom.posting import Post, Ready


class ByPurpose:
    """Asks the guard that knows what a message was made from: ``mailroom.posting.Post``."""

    def __init__(self, guards: Mapping[str, Post]) -> None:
        self._guards = guards

    def going(self, row: Outgoing, *, now: datetime) -> Ready:
        """Raises Held."""
        return self._guards[row.purpose].going(row, now=now)

    def not_gone(self, row: Outgoing, *, now: datetime) -> None:
        """Take back what was recorded."""
        self._guards[row.purpose].not_gone(row, now=now)

    def gone(self, row: Outgoing, *, now: datetime) -> None:
        """See that it is recorded."""
        self._guards[row.purpose].gone(row, now=now)


def post() -> Post:
    """Give the guard of everything that goes out."""
    return ByPurpose(
        {
            Purpose.LETTER: OutreachPost(),
            Purpose.INVITATION: InvitationPost(),
            Purpose.DIGEST: DigestPost(),
        }
    )
