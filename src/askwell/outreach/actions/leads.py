"""Possible openings heard of from someone."""

from __future__ import annotations


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Contact, Organization
    from askwell.outreach.models import Lead
    from datetime import datetime


def add_lead(
    source: Contact,
    *,
    title: str,
    now: datetime,
    organization: Organization | None = None,
    detail: str = "",
    expires: datetime | None = None,
    heard_at: datetime | None = None,
) -> Lead:
    """Keep a lead: act within a business day, thank its source within 24 hours."""
    raise NotImplementedError


def act_on_lead(lead: Lead, *, now: datetime) -> Lead:
    """The seeker did something about it."""
    raise NotImplementedError


def thank_for_lead(lead: Lead, *, now: datetime) -> Lead:
    """Its source was thanked (a thank-you goes into the history too)."""
    raise NotImplementedError


def record_outcome(lead: Lead, *, outcome: str, now: datetime) -> Lead:
    """What came of it."""
    raise NotImplementedError


def tell_outcome(lead: Lead, *, now: datetime) -> Lead:
    """Its source has heard what came of it."""
    raise NotImplementedError


def close_lead(lead: Lead, *, now: datetime) -> Lead:
    """Nothing more to do about it."""
    raise NotImplementedError
