"""What either side said they would do."""

from __future__ import annotations


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Promise, Talk
    from datetime import datetime


def make_promise(
    contact: Contact,
    *,
    text: str,
    mine: bool,
    now: datetime,
    due: datetime | None = None,
    talk: Talk | None = None,
    made_at: datetime | None = None,
) -> Promise:
    """Keep a promise in mind: ``mine`` the seeker's, else theirs."""
    raise NotImplementedError


def keep_promise(promise: Promise, *, now: datetime) -> Promise:
    """It was done."""
    raise NotImplementedError


def drop_promise(promise: Promise, *, now: datetime) -> Promise:
    """It will not be done, and that is fine."""
    raise NotImplementedError
