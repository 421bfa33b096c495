"""Telling people of the search: whom, a letter each, and who knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Telling
from askwell.web.answers import REFUSED, done, go, own, page, tell
from askwell.web.forms.telling import ChooseForm
from askwell.web.guards import attempt, overrides

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_http_methods(["GET", "POST"])
def tell_people(request: Request) -> HttpResponse:
    """Who knows, who is to hear of it, who might; choose some of them."""
    form = ChooseForm(request.POST if request.method == "POST" else None, owner=request.user)
    against: list[Any] = []
    if request.method == "POST" and form.is_valid():
        people = form.people()
        if not people:
            return tell(request, _("Nobody was ticked."), "tell")
        added, against = attempt(
            request,
            form,
            lambda: (
                actions.choose_to_tell(
                    request.user, people, overrides=overrides(request.POST), now=request.now
                ),
            ),
        )
        if added:
            said = ngettext("%(n)s person put on the list.", "%(n)s people put on the list.", len(added[0]))
            return done(request, said % {"n": len(added[0])}, "tell")
    board = queries.telling(request.user, now=request.now)
    context = {
        "tab": "tell",
        "board": board,
        "form": form,
        "objections": against,
        "ticked": [one.pk for one in form.found],
    }
    return page(request, "web/tell/page.html", context, status=REFUSED if form.errors or against else 200)


@require_POST
def telling_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Begin their letter, say that they know already, or take them off the list."""
    telling = own(Telling.objects.select_related("contact", "owner"), request.user, pk=pk)
    telling.contact.owner = request.user
    words = {"name": telling.contact.name}
    if act == "letter":
        return go(request, "letter", actions.letter_to_tell(telling, now=request.now).pk)
    if act == "told":
        actions.mark_told(telling, now=request.now)
        return done(request, _("%(name)s knows that you are looking.") % words, "tell")
    if act == "drop":
        actions.leave_untold(telling, now=request.now)
        return done(request, _("%(name)s is off the list.") % words, "tell")
    raise Http404
