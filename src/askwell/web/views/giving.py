"""Giving: favours of five minutes, new jobs to congratulate on, and the log of gives and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions
from askwell.outreach.models import Favor, JobChange
from askwell.outreach.queries import giving as queries
from askwell.people.keys import key_in
from askwell.people.models import Contact
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.giving import WANTED, GiveForm
from askwell.web.guards import attempt
from askwell.web.once import once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_MOST = 200
_NEW_JOBS = 20


@require_safe
def giving(request: Request) -> HttpResponse:
    """This week's favours, who has a new job, who was asked often."""
    jobs = queries.new_jobs(request.user)
    context = {
        "week": queries.giving_week(request.user, now=request.now),
        "new_jobs": jobs[:_NEW_JOBS],
        "more_jobs": max(0, jobs.count() - _NEW_JOBS),
        "asked_often": queries.asked_often(request.user, now=request.now),
        "offer": request.seeker.offer,
    }
    return page(request, "web/giving/page.html", context)


@require_http_methods(["GET", "POST"])
@once
def log(request: Request) -> HttpResponse:
    """What was given and asked, of everybody or one; note another."""
    form = GiveForm(request.POST or None, owner=request.user, now=request.now, initial={"at": request.now})
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(request, form, lambda: _keep(request, form))
        if kept is not None:
            return done(request, _("Kept."), "giving_log")
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(Favor.Kind.values) else ""
    who = _who(request)
    context = {
        "favors": queries.favors(request.user, kind=kind, contact=who)[:_MOST],
        "form": form,
        "kind": kind,
        "person": who,
        "most": _MOST,
    }
    return page(request, "web/giving/log.html", context, status=REFUSED if form.errors else 200)


def _who(request: Request) -> Contact | None:
    """Read whose log is wanted (``?person=7``)."""
    asked = key_in(request.GET.get("person", ""))
    if asked is None:
        return None
    found: Contact | None = Contact.objects.for_owner(request.user).people().filter(pk=asked).first()
    return found


def _keep(request: Request, form: GiveForm) -> object:
    data: dict[str, Any] = form.cleaned_data
    contact = form.contact(now=request.now, country=request.seeker.country)
    if data["kind"] == WANTED:
        return actions.record_help_asked(contact, text=data["text"], asked_at=data["at"], now=request.now)
    return actions.record_favor(contact, kind=data["kind"], text=data["text"], at=data["at"], now=request.now)


@require_POST
def new_job_do(request: Request, pk: int, act: str) -> HttpResponse:
    """They were congratulated, or it is let go."""
    change = own(JobChange.objects.select_related("contact", "owner"), request.user, pk=pk)
    words = {"name": change.contact.name}
    if act == "said":
        actions.congratulated(change, now=request.now)
        return done(request, _("Congratulated %(name)s.") % words, "giving")
    if act == "go":
        actions.let_job_change_go(change, now=request.now)
        return done(request, _("Let go: the new job of %(name)s.") % words, "giving")
    raise Http404
