"""Gives and asks: shown, never summed into a debt."""

from __future__ import annotations


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Favor
    from datetime import datetime


def record_favor(
    contact: Contact, *, kind: Favor.Kind | str, text: str, now: datetime, at: datetime | None = None
) -> Favor:
    """Log a ``give`` or an ``ask``."""
    raise NotImplementedError
