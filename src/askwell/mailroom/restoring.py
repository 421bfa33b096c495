"""A notebook that was copied sends nothing: its accounts are paused, and what waited is not sent from here.

Two copies of a notebook hold the same letters.  Were both to send, each would go out twice.  So in whatever
is put back or taken in, letters that wait are taken back, and a letter that was on its way is in doubt: its
copy in Sent settles it, or the user.  Whoever goes on with this copy resumes its accounts.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q

from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from django.contrib.auth.base_user import AbstractBaseUser

RESTORED = "restored"  # the code of the trouble
_BESIDE = "beside"


def stand_still(
    *, now: datetime, owner: AbstractBaseUser | None = None, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Let nothing of this copy go out by itself.  ``owner``: only of this notebook."""
    whose = Q() if owner is None else Q(owner_id=owner.pk)
    trouble = {"code": RESTORED, "at": now.isoformat()}
    rows = Outgoing.objects.using(using).filter(whose)
    waiting = rows.filter(state__in=[State.QUEUED, State.CLAIMED])
    waiting.update(state=State.CANCELLED, trouble=trouble, settled_at=now, claim="", claimed_until=None)
    on_the_way = rows.filter(state=State.SENDING)
    on_the_way.update(state=State.IN_DOUBT, trouble=trouble, claim="", claimed_until=None)
    Account.objects.using(using).filter(whose, paused_at=None).update(paused_at=now)


def stand_still_in(copy: Path, *, now: datetime) -> None:
    """Do so in a SQLite file that is not yet the notebook; one without a mailroom has nothing to send."""
    with _opened(copy) as alias:
        if Outgoing._meta.db_table in connections[alias].introspection.table_names():
            stand_still(now=now, using=alias)


@contextmanager
def _opened(copy: Path) -> Iterator[str]:
    alias = f"{_BESIDE}-{copy.name}"
    connections.databases[alias] = {**connections.databases[DEFAULT_DB_ALIAS], "NAME": str(copy)}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]
