"""Names given: whether the giver's name may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Introduction
from askwell.rules.facts import Leave
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.leads import GivenNameForm
from askwell.web.guards import attempt
from askwell.web.once import once
from askwell.web.words import LEAVES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_ON_A_PAGE = 100
_WAITING = {Leave.UNASKED.value, Leave.ASKED.value}


@require_http_methods(["GET", "POST"])
@once
def introductions(request: Request) -> HttpResponse:
    """Names that wait for leave first, then the others, newest first; leafed through."""
    form = GivenNameForm(
        request.POST or None, owner=request.user, now=request.now, label=_("Who gave you a name?")
    )
    if request.method == "POST" and form.is_valid():
        made, _objections = attempt(request, form, lambda: _add(request, form))
        if made is not None:
            return done(request, _("Kept: %(name)s.") % {"name": made.name}, "introductions")
    waiting = Case(When(leave__in=_WAITING, then=0), default=1)
    rows = queries.introductions(request.user).order_by(waiting, "-given_at", "-pk")
    found = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "waiting": [row for row in found if row.leave in _WAITING],
        "settled": [row for row in found if row.leave not in _WAITING],
        "form": form,
    }
    return page(request, "web/introductions/page.html", context, status=REFUSED if form.errors else 200)


def _add(request: Request, form: GivenNameForm) -> Introduction:
    giver = form.contact(now=request.now, country=request.seeker.country)
    data = form.cleaned_data
    return actions.record_name(
        giver, name=data["name"], email=data["email"], leave=data["leave"], now=request.now
    )


@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """Asked, given or refused."""
    named = own(Introduction.objects.select_related("giver", "owner"), request.user, pk=pk)
    actions.set_leave(named, leave=request.POST.get("leave", ""), now=request.now)
    words = LEAVES[Leave(named.leave)]
    return done(
        request, _("%(name)s: %(leave)s.") % {"name": named.giver.name, "leave": words}, "introductions"
    )
