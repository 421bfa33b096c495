"""Marks on people: who decides whom to take on, and who gladly brings people together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.people.actions.tags import own_keys
from askwell.people.errors import BadField
from askwell.people.journal import journal, parts
from askwell.people.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

MARKS = ("hires", "connector")


def mark_contacts(
    owner: AbstractBaseUser,
    contacts: Iterable[Contact | int],
    *,
    now: datetime,
    hires: bool | None = None,
    connector: bool | None = None,
) -> int:
    """Say of contacts whether they hire or connect people; None leaves a mark as it is.

    Gives how many differed.  Raises BadField where neither is said.
    """
    given = {"hires": hires, "connector": connector}
    wanted = {name: value for name, value in given.items() if value is not None}
    if not wanted:
        raise BadField("mark", "empty")
    keys = own_keys(owner, contacts)
    with journal(owner, "people.marked", now=now, params={"count": len(keys)}) as log:
        rows = [row for part in parts(keys) for row in Contact.objects.for_owner(owner).filter(pk__in=part)]
        changed = [row for row in rows if log.change(row, **wanted)]
        log.params["count"] = len(changed)
    return len(changed)
