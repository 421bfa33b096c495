"""Letters to whoever told of a lead: thanks for it, and what came of it.

Theory of operation.  A draft names no lead; its words do.  Of the leads somebody told of that wait for such
a letter, the one whose title stands in the letter is meant, else the one that waits longest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.outreach.models import Lead
from askwell.rules.facts import Mode, Occasion

if TYPE_CHECKING:
    from askwell.outreach.models import Draft
    from askwell.people.models import Contact

MODES = {Occasion.LEAD_THANKS: Mode.THANKS, Occasion.LEAD_TOLD: Mode.CHECK_IN}


def lead_meant(contact: Contact, occasion: str, *, text: str = "") -> Lead | None:
    """Give the lead from this person that a letter of the occasion is about; None where none waits."""
    waiting = Lead.objects.filter(source=contact).select_related("organization").order_by("heard_at", "pk")
    if occasion == Occasion.LEAD_THANKS:
        waiting = waiting.filter(source_thanked_at=None)
    elif occasion == Occasion.LEAD_TOLD:
        waiting = waiting.filter(outcome_at__isnull=False, outcome_told_at=None)
    else:
        return None
    found = list(waiting)
    named = [lead for lead in found if lead.title.casefold() in text.casefold()]
    return next(iter(named or found), None)


def about_lead(lead: Lead | None) -> dict[str, Any]:
    """Give the facts of a letter about it."""
    if lead is None:
        return {}
    at = f" at {lead.organization.name}" if lead.organization else ""
    return {"heard": f"the opening “{lead.title}”{at}", "came": lead.outcome}


def facts_for(contact: Contact, occasion: str, *, text: str = "") -> dict[str, Any]:
    """Give the facts a letter of this occasion to them has from their lead."""
    return about_lead(lead_meant(contact, occasion, text=text)) if occasion in MODES else {}


def carried_by(draft: Draft) -> dict[str, Any]:
    """Give the facts of the lead a draft is about, to write it anew with them."""
    return facts_for(draft.contact, draft.occasion, text=f"{draft.subject}\n{draft.body}")
