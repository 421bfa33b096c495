"""Who can introduce the seeker to somebody, or into a place; and the letter that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.views.decorators.http import require_POST, require_safe

from askwell.outreach import actions
from askwell.outreach.models import Draft
from askwell.outreach.queries.ways import ways_into, ways_to
from askwell.people.keys import key_in
from askwell.people.models import Contact, Organization
from askwell.rules.facts import Mode
from askwell.web.answers import go, own, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_safe
def person_ways(request: Request, pk: int) -> HttpResponse:
    """Who can introduce me to them."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    context = {"contact": contact, "found": ways_to(contact, now=request.now)}
    return page(request, "web/ways/person.html", context)


@require_safe
def organization_ways(request: Request, pk: int) -> HttpResponse:
    """Who can lead me to somebody there."""
    organization = own(Organization, request.user, pk=pk)
    context = {"organization": organization, "found": ways_into(organization, now=request.now)}
    return page(request, "web/ways/organization.html", context)


@require_POST
def ask_introduction(request: Request, pk: int) -> HttpResponse:
    """Open the letter that asks them for an introduction to ``to``, begun where there is none."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    to = own(Contact.objects.people(), request.user, pk=key_in(request.POST.get("to", "")) or 0)
    draft = (
        Draft.objects.for_owner(request.user)
        .filter(Q(subject__contains=to.name) | Q(body__contains=to.name), contact=contact)
        .filter(mode=Mode.INTRO_REQUEST, sent_at=None)
        .order_by("-updated_at")
        .first()
    )
    if draft is None:
        given = {"introduce_to": to.name}
        draft = actions.new_draft(contact, mode=Mode.INTRO_REQUEST, given=given, now=request.now)
    return go(request, "letter", draft.pk)
