"""Gives and asks: shown, never summed into a debt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import happened, one_of, required, towards
from askwell.outreach.models import Favor

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.people.models import Contact


def record_favor(
    contact: Contact, *, kind: Favor.Kind | str, text: str, now: datetime, at: datetime | None = None
) -> Favor:
    """Log a ``give`` or an ``ask``."""
    which = one_of(Favor.Kind, "kind", kind)
    with towards(contact, f"favor_{which.value}", now=now) as log:
        return log.create(
            Favor(
                owner_id=contact.owner_id,
                contact=contact,
                kind=which.value,
                text=required("text", text, 500),
                at=happened("at", at or now, now=now),
            )
        )
