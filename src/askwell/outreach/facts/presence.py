"""Which kinds of rows of outreach there are of one contact, and of what only the seeker has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.models import (
    Advice,
    CareerDecision,
    Community,
    Draft,
    Employer,
    Encounter,
    Favor,
    Introduction,
    JobChange,
    Lead,
    NetworkingEvent,
    Outreach,
    Promise,
    ResumeRequest,
    Step,
    Talk,
    Trial,
    WeeklyReview,
)
from askwell.people.models import Contact, Tagging
from askwell.people.queries import presence

if TYPE_CHECKING:
    from askwell.people.queries.presence import Kinds

_KINDS: Kinds = (
    ("advice", Advice, "contact_id"),
    ("drafts", Draft, "contact_id"),
    ("encounters", Encounter, "contact_id"),
    ("favors", Favor, "contact_id"),
    ("given", Introduction, "giver_id"),  # names they gave
    ("introduced", Contact, "introduced_by_id"),
    ("job_changes", JobChange, "contact_id"),
    ("leads", Lead, "source_id"),
    ("named", Introduction, "about_id"),  # they were named by someone
    ("outreaches", Outreach, "contact_id"),
    ("promises", Promise, "contact_id"),
    ("own_steps", Step, "source_id"),
    ("resume_requests", ResumeRequest, "contact_id"),
    ("steps", Step, "contact_id"),
    ("tags", Tagging, "contact_id"),
    ("talks", Talk, "contact_id"),
    ("trials", Trial, "contact_id"),
)
_SEEKERS_KINDS: Kinds = (
    ("decisions", CareerDecision, "owner_id"),
    ("employers", Employer, "owner_id"),
    ("events", NetworkingEvent, "owner_id"),
    ("outreaches", Outreach, "owner_id"),
    ("places", Community, "owner_id"),
    ("reviews", WeeklyReview, "owner_id"),
)
EVERYTHING = frozenset(kind for kind, _model, _column in _KINDS)


def present(contact: int) -> frozenset[str]:
    """Name the kinds of rows there are of this contact: names of ``EVERYTHING``."""
    return presence.present(_KINDS, contact)


def seekers(owner: int) -> frozenset[str]:
    """Name the kinds of rows there are of what is the seeker's own: most notebooks have few of them."""
    return presence.present(_SEEKERS_KINDS, owner)
