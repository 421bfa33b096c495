"""Advice received, until its giver has heard what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, required, towards
from askwell.outreach.actions._touching import courtesy, log_favor
from askwell.outreach.letters import advice_to_tell
from askwell.outreach.models import Advice, Favor

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Talk, Touch
    from askwell.people.journal import Journal
    from askwell.people.models import Contact


def add_advice(
    contact: Contact,
    *,
    text: str,
    now: datetime,
    talk: Talk | None = None,
    received_at: datetime | None = None,
) -> Advice:
    """Keep a piece of advice, so that its giver will hear what came of it."""
    with towards(contact, "advice_added", now=now) as log:
        return log.create(
            Advice(
                owner_id=contact.owner_id,
                contact=contact,
                talk=talk,
                text=required("text", text, 500),
                received_at=happened("received_at", received_at or now, now=now),
            )
        )


def act_on_advice(advice: Advice, *, now: datetime) -> Advice:
    """The seeker did it."""
    with towards(advice.contact, "advice_acted", now=now) as log:
        log.change(fresh(advice), acted_at=now)
    return advice


def tell_advice(advice: Advice, *, now: datetime) -> Advice:
    """Its giver has heard what came of it: the loop is closed."""
    contact = advice.contact
    with towards(contact, "advice_told", now=now) as log:
        fresh(advice)
        _close(log, advice, touch=courtesy(log, contact, at=now))
    return advice


def close_by_letter(log: Journal, contact: Contact, *, touch: Touch) -> None:
    """A letter that says what came of their advice went out: the loop it was about is closed."""
    advice = advice_to_tell(contact)
    if advice is not None:
        _close(log, advice, touch=touch)


def _close(log: Journal, advice: Advice, *, touch: Touch) -> None:
    log.change(advice, told_at=touch.at)
    log_favor(log, advice.contact, Favor.Kind.GIVE, advice.text, touch=touch)
