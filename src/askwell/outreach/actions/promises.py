"""What either side said they would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, required, towards
from askwell.outreach.models import Promise

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Talk
    from askwell.people.models import Contact


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
    with towards(contact, "promise_made", now=now, mine=mine) as log:
        return log.create(
            Promise(
                owner_id=contact.owner_id,
                contact=contact,
                talk=talk,
                mine=mine,
                text=required("text", text, 500),
                made_at=happened("made_at", made_at or now, now=now),
                due=due,
            )
        )


def keep_promise(promise: Promise, *, now: datetime) -> Promise:
    """It was done."""
    with towards(promise.contact, "promise_kept", now=now) as log:
        log.change(fresh(promise), kept_at=now, dropped_at=None)
    return promise


def drop_promise(promise: Promise, *, now: datetime) -> Promise:
    """It will not be done, and that is fine."""
    with towards(promise.contact, "promise_dropped", now=now) as log:
        log.change(fresh(promise), dropped_at=now, kept_at=None)
    return promise
