"""Advice received, until its giver has heard what came of it."""

from __future__ import annotations


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact
    from askwell.outreach.models import Advice, Talk
    from datetime import datetime


def add_advice(
    contact: Contact,
    *,
    text: str,
    now: datetime,
    talk: Talk | None = None,
    received_at: datetime | None = None,
) -> Advice:
    """Keep a piece of advice, so that its giver will hear what came of it."""
    raise NotImplementedError


def act_on_advice(advice: Advice, *, now: datetime) -> Advice:
    """The seeker did it."""
    raise NotImplementedError


def tell_advice(advice: Advice, *, now: datetime) -> Advice:
    """Its giver has heard what came of it: the loop is closed."""
    raise NotImplementedError
