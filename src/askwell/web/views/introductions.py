"""Names given: whether the giver's name may be used, and who led to whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Introduction
from askwell.people.models import Contact
from askwell.rules.facts import Leave
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.leads import GivenNameForm
from askwell.web.guards import attempt
from askwell.web.words import LEAVES

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from askwell.web.requests import Request

_MOST = 300
_DEEPEST = 30
_WAITING = {Leave.UNASKED.value, Leave.ASKED.value}


@require_http_methods(["GET", "POST"])
def introductions(request: Request) -> HttpResponse:
    """Names that wait for leave first; then all of them, and the way they lead."""
    form = GivenNameForm(
        request.POST or None, owner=request.user, now=request.now, label=_("Who gave you a name?")
    )
    if request.method == "POST" and form.is_valid():
        made, _objections = attempt(request, form, lambda: _add(request, form))
        if made is not None:
            return done(request, _("Kept: %(name)s.") % {"name": made.name}, "introductions")
    rows = list(queries.introductions(request.user)[:_MOST])
    context = {
        "waiting": [row for row in rows if row.leave in _WAITING],
        "settled": [row for row in rows if row.leave not in _WAITING],
        "tree": _tree(request),
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


def _tree(request: Request) -> list[dict[str, Any]]:
    """Who led to whom, from those one began with."""
    led = Contact.objects.for_owner(request.user).people().exclude(introduced_by=None)
    below: defaultdict[int, list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for pk, name, giver, giver_name in led.order_by("sort_key").values_list(
        "pk", "name", "introduced_by", "introduced_by__name"
    )[:_MOST]:
        below[giver].append(pk)
        names |= {pk: name, giver: giver_name}
    introduced = {pk for found in below.values() for pk in found}
    first = [pk for pk in below if pk not in introduced]
    return [_branch(pk, below, names, depth=0) for pk in first]


def _branch(pk: int, below: dict[int, list[int]], names: dict[int, str], *, depth: int) -> dict[str, Any]:
    on = below.get(pk, ()) if depth < _DEEPEST else ()
    return {
        "pk": pk,
        "name": names[pk],
        "led_to": [_branch(one, below, names, depth=depth + 1) for one in on],
    }
