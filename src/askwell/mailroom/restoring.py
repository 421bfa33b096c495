"""A notebook that was copied sends nothing: its accounts are paused, and what waited is not sent from here.

Two copies of a notebook hold the same letters.  Were both to send, each would go out twice.  So in whatever
is put back or taken in, letters that wait are taken back, and a letter that was on its way is in doubt: its
copy in Sent settles it, or the user.  Whoever goes on with this copy resumes its accounts.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

from django.db.models import Q

from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, CalendarAccount, Outgoing

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

RESTORED = "restored"  # the code of the trouble
# The same for a file that is not the notebook yet, where Django has no connection.
_STATEMENTS = """
UPDATE mailroom_outgoing
    SET state = 'cancelled', settled_at = :now, trouble = :trouble, claim = '', claimed_until = NULL
    WHERE state IN ('queued', 'claimed');
UPDATE mailroom_outgoing
    SET state = 'in_doubt', trouble = :trouble, claim = '', claimed_until = NULL
    WHERE state = 'sending';
UPDATE mailroom_account SET paused_at = :now, trouble = :trouble WHERE paused_at IS NULL;
"""
_CALENDARS = (
    "UPDATE mailroom_calendaraccount SET paused_at = :now, trouble = :trouble WHERE paused_at IS NULL"
)


def stand_still(*, now: datetime, owner: AbstractBaseUser | None = None) -> None:
    """Let nothing of this copy go out by itself.  ``owner``: only of this notebook."""
    whose = Q() if owner is None else Q(owner_id=owner.pk)
    rows = Outgoing.objects.filter(whose)
    free = {"trouble": _trouble(now), "claim": "", "claimed_until": None}
    rows.filter(state__in=[State.QUEUED, State.CLAIMED]).update(state=State.CANCELLED, settled_at=now, **free)
    rows.filter(state=State.SENDING).update(state=State.IN_DOUBT, **free)
    for accounts in (Account, CalendarAccount):
        accounts.objects.filter(whose, paused_at=None).update(paused_at=now, trouble=_trouble(now))


def stand_still_in(copy: sqlite3.Connection, *, now: datetime) -> None:
    """Do so in a SQLite file that is not the notebook yet; one without a mailroom has nothing to send."""
    if not _has(copy, Outgoing):
        return
    moment = now.astimezone(UTC).replace(tzinfo=None).isoformat(" ")  # as Django writes it there
    values = {"now": moment, "trouble": json.dumps(_trouble(now))}
    statements = list(filter(str.strip, _STATEMENTS.split(";")))
    with copy:
        for statement in [*statements, _CALENDARS] if _has(copy, CalendarAccount) else statements:
            copy.execute(statement, values)


def _has(copy: sqlite3.Connection, model: type[Model]) -> bool:
    """Whether the copy was made since there is such a table."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return copy.execute(known, [model._meta.db_table]).fetchone() is not None


def _trouble(now: datetime) -> dict[str, str]:
    return {"code": RESTORED, "at": now.isoformat()}
