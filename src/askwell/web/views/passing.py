"""Somebody suggested is set aside, with a reason; and those who are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from askwell.outreach.actions.passing import set_aside, suggest_again
from askwell.outreach.errors import BadValue, NotFound
from askwell.outreach.queries.passing import set_aside_people
from askwell.people.models import Contact
from askwell.web.answers import done, own, page, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_safe
def list_aside(request: Request) -> HttpResponse:
    """Whom one set aside, why, what was learnt from it, and the way back."""
    return page(
        request, "web/today/set_aside.html", {"people": set_aside_people(request.user, now=request.now)}
    )


@require_POST
def put_aside(request: Request, pk: int) -> HttpResponse:
    """Not this one: for now, for this goal, or never."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    try:
        set_aside(contact, because=request.POST.get("because", ""), now=request.now)
    except BadValue:
        return tell(request, _("Say whether it is for now, for your goal, or for good."), "today")
    return done(request, _("%(name)s is set aside.") % {"name": contact.name}, "today")


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """They may be suggested again."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    try:
        suggest_again(contact, now=request.now)
    except NotFound:
        return tell(request, _("Nobody set %(name)s aside.") % {"name": contact.name}, "set_aside")
    return done(request, _("%(name)s may be suggested again.") % {"name": contact.name}, "set_aside")
