"""Possible openings heard of from someone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import fresh, happened, required, towards
from askwell.outreach.actions._touching import courtesy
from askwell.outreach.models import Favor, Lead
from askwell.people.actions.organizations import organization_named
from askwell.rules.facts import TouchKind

if TYPE_CHECKING:
    from datetime import datetime

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
        touch = courtesy(log, source, at=now)
        log.change(lead, outcome_told_at=now)
        log.create(
            Favor(
                owner_id=source.owner_id,
                contact=source,
                kind=Favor.Kind.GIVE.value,
                text=lead.title,
                at=now,
                touch=touch,
            )
        )
    return lead


def close_lead(lead: Lead, *, now: datetime) -> Lead:
    """Nothing more to do about it."""
    with towards(lead.source, "lead_closed", now=now, title=lead.title) as log:
        log.change(fresh(lead), closed_at=now)
    return lead
