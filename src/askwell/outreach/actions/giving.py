"""Giving back: congratulations, what they offered mentioned once, another seeker's question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, required, towards
from askwell.outreach.actions._touching import log_favor
from askwell.outreach.actions.shelf import said_elsewhere, shared_by_letter
from askwell.outreach.errors import BadValue
from askwell.outreach.facts import relationship, world
from askwell.outreach.models import Favor, JobChange, Promise
from askwell.outreach.noticing import new_job
from askwell.rules.facts import Occasion
from askwell.rules.reciprocity import help_due

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Draft, Touch
    from askwell.people.journal import Journal
    from askwell.people.models import Contact


def congratulated(change: JobChange, *, now: datetime, at: datetime | None = None) -> JobChange:
    """They were congratulated on their new job, by letter, by call or in passing: it counts as a give."""
    contact = change.contact
    with towards(contact, "congratulated", now=now) as log:
        _open(fresh(change))
        sent = happened("at", at or now, now=now)
        _congratulate(log, contact, touch=said_elsewhere(log, contact, at=sent))
    return fresh(change)


def let_job_change_go(change: JobChange, *, now: datetime) -> JobChange:
    """No congratulations for this one: a mistake of the list, or too late."""
    with towards(change.contact, "job_change_let_go", now=now) as log:
        _open(fresh(change))
        for one in _unsaid(change.contact):
            log.change(one, let_go_at=now)
    return fresh(change)


def recalled(promise: Promise, *, now: datetime, at: datetime | None = None) -> Touch:
    """What they had offered was mentioned, once; it stays theirs to keep."""
    with towards(promise.contact, "recalled", now=now) as log:
        fresh(promise)
        sent = happened("at", at or now, now=now)
        return said_elsewhere(log, promise.contact, at=sent)


def record_help_asked(
    contact: Contact, *, text: str, now: datetime, asked_at: datetime | None = None
) -> Promise:
    """Another seeker asks for help: kept as a promise to answer, or to decline, within R04's days."""
    asked = happened("asked_at", asked_at or now, now=now)
    with towards(contact, "help_asked", now=now) as log:
        around = world(contact.owner, now=now)
        theirs = relationship(contact, now=now, given=around).calendar
        return log.create(
            Promise(
                owner_id=contact.owner_id,
                contact=contact,
                mine=True,
                text=required("text", text, 500),
                made_at=asked,
                due=help_due(asked, theirs, preset=around.preset),
            )
        )


def given_by_letter(log: Journal, contact: Contact, *, touch: Touch, draft: Draft | None) -> None:
    """Note what a letter that went out has given: congratulations, something of the shelf."""
    occasion = draft.occasion if draft is not None else ""
    if occasion == Occasion.CONGRATULATE:
        _congratulate(log, contact, touch=touch)
    shared_by_letter(log, contact, touch=touch, chosen=occasion == Occasion.SHARE)


def _congratulate(log: Journal, contact: Contact, *, touch: Touch) -> None:
    changes = _unsaid(contact)
    for change in changes:
        log.change(change, congratulated_at=touch.at)
    if changes:
        log_favor(log, contact, Favor.Kind.GIVE, new_job(changes[-1]) or touch.subject, touch=touch)


def _unsaid(contact: Contact) -> list[JobChange]:
    """New jobs of theirs that nobody has said a word about, oldest first: one letter is for all of them."""
    rows = JobChange.objects.filter(contact=contact, congratulated_at=None, let_go_at=None)
    return list(rows.order_by("noticed_at", "id"))


def _open(change: JobChange) -> None:
    if change.congratulated_at is not None or change.let_go_at is not None:
        raise BadValue("job_change", "settled-already")
