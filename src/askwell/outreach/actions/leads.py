"""Possible openings heard of from someone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, held, one_of, required, towards
from askwell.outreach.actions._touching import courtesy, log_favor
from askwell.outreach.actions.drafts import new_draft
from askwell.outreach.errors import BadValue
from askwell.outreach.lead_letters import MODES, about_lead, lead_meant
from askwell.outreach.models import Draft, Favor, Lead
from askwell.people.actions.organizations import organization_named
from askwell.people.journal import as_one
from askwell.rules.facts import Occasion, TouchKind

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Touch
    from askwell.people.journal import Journal
    from askwell.people.models import Contact


def add_lead(
    source: Contact,
    *,
    title: str,
    now: datetime,
    organization: str = "",
    detail: str = "",
    url: str = "",
    expires: datetime | None = None,
    heard_at: datetime | None = None,
) -> Lead:
    """Keep a lead: act within a business day, thank its source within 24 hours.

    ``organization`` is the name of where it is; a new name makes a new organization.
    """
    with towards(source, "lead_added", now=now) as log:
        return log.create(
            Lead(
                owner_id=source.owner_id,
                source=source,
                organization=organization_named(log, organization),
                title=required("title", title, 300),
                detail=detail,
                url=url.strip()[:500],
                heard_at=happened("heard_at", heard_at or now, now=now),
                expires=expires,
            )
        )


def edit_lead(
    lead: Lead,
    *,
    source: Contact,
    title: str,
    now: datetime,
    organization: str = "",
    detail: str = "",
    url: str = "",
    expires: datetime | None = None,
) -> bool:
    """Mend what was noted of it; False when nothing differed.  Thanks are owed to the source it has then."""
    with towards(source, "lead_edited", now=now, title=title.strip()) as log:
        fresh(lead)
        log.touch(lead.source_id, source.pk)
        return log.change(
            lead,
            source=source,
            organization=organization_named(log, organization),
            title=required("title", title, 300),
            detail=detail,
            url=url.strip()[:500],
            expires=expires,
        )


def act_on_lead(lead: Lead, *, now: datetime) -> Lead:
    """The seeker did something about it."""
    with towards(lead.source, "lead_acted", now=now, title=lead.title) as log:
        log.change(fresh(lead), acted_at=now)
    return lead


def thank_for_lead(lead: Lead, *, now: datetime) -> Lead:
    """Its source was thanked (a thank-you goes into the history too).  Raises Refused for a second time."""
    with towards(lead.source, "lead_thanked", now=now, title=lead.title) as log:
        fresh(lead)
        courtesy(log, lead.source, at=now, kind=TouchKind.THANKS, thanked_at=lead.source_thanked_at)
        log.change(lead, source_thanked_at=now)
    return lead


def record_outcome(lead: Lead, *, outcome: str, now: datetime) -> Lead:
    """What came of it."""
    kept = required("outcome", outcome, 300)
    with towards(lead.source, "lead_outcome", now=now, title=lead.title) as log:
        log.change(fresh(lead), outcome=kept, outcome_at=now)
    return lead


def tell_outcome(lead: Lead, *, now: datetime) -> Lead:
    """Its source has heard what came of it."""
    source = lead.source
    with towards(source, "lead_told", now=now, title=lead.title) as log:
        fresh(lead)
        _told(log, lead, touch=courtesy(log, source, at=now))
    return lead


def told_by_lead_letter(log: Journal, draft: Draft, *, touch: Touch) -> None:
    """A letter on what came of a lead went out: its source knows."""
    lead = lead_meant(draft.contact, draft.occasion, text=f"{touch.subject}\n{touch.body}")
    if draft.occasion == Occasion.LEAD_TOLD and lead is not None:
        _told(log, lead, touch=touch)


def _told(log: Journal, lead: Lead, *, touch: Touch) -> None:
    log.change(lead, outcome_told_at=touch.at)
    log_favor(log, lead.source, Favor.Kind.GIVE, lead.title, touch=touch)


def write_about_lead(lead: Lead, *, occasion: Occasion | str, now: datetime) -> Draft:
    """Begin the letter of thanks for a lead, or on what came of it; one begun already is given again."""
    kind = one_of(Occasion, "occasion", occasion)
    if kind not in MODES:
        raise BadValue("occasion", "unknown")
    with as_one(lead.owner):
        held(lead.source)
        begun = Draft.objects.filter(contact_id=lead.source_id, sent_at=None, occasion=kind)
        found: Draft | None = begun.filter(body__contains=lead.title).order_by("-updated_at").first()
        return found or new_draft(
            lead.source, mode=MODES[kind], occasion=kind, given=about_lead(lead), now=now
        )


def close_lead(lead: Lead, *, now: datetime) -> Lead:
    """Nothing more to do about it."""
    with towards(lead.source, "lead_closed", now=now, title=lead.title) as log:
        log.change(fresh(lead), closed_at=now)
    return lead
