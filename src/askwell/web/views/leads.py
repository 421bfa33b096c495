"""Possible openings: from whom, by when, and what came of them."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Lead
from askwell.people import queries as people
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.leads import LeadForm, OutcomeForm
from askwell.web.guards import attempt
from askwell.web.linked import person_named, place_named
from askwell.web.once import once
from askwell.web.views.organizations import organization_names

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from askwell.people.models import Contact
    from askwell.web.requests import Request

_MOST = 200
_EVENING = time(23, 59)


@require_http_methods(["GET", "POST"])
@once
def leads(request: Request) -> HttpResponse:
    """What one has heard of; add another."""
    form = LeadForm(
        request.POST or None,
        owner=request.user,
        now=request.now,
        label=_("Who told you?"),
        initial={"who": person_named(request, "from"), "organization": place_named(request, "at")},
    )
    if request.method == "POST" and form.is_valid():
        lead, _objections = attempt(request, form, lambda: _add(request, form))
        if lead is not None:
            return done(
                request, _("Kept. Thank %(name)s within a day.") % {"name": lead.source.name}, "lead", lead.pk
            )
    closed = bool(request.GET.get("closed"))
    rows = queries.leads(request.user, still_open=not closed)[:_MOST]
    context = {
        "leads": rows,
        "form": form,
        "closed": closed,
        "adding": bool(form.errors or person_named(request, "from") or place_named(request, "at")),
        "names": organization_names(request),
    }
    return page(request, "web/leads/list.html", context, status=REFUSED if form.errors else 200)


def _add(request: Request, form: LeadForm) -> Lead:
    return actions.add_lead(_source(request, form), now=request.now, **_noted(form))


def _source(request: Request, form: LeadForm) -> Contact:
    return form.contact(now=request.now, country=request.seeker.country)


def _noted(form: LeadForm) -> dict[str, Any]:
    data = form.cleaned_data
    noted = {name: data[name] for name in ("title", "organization", "detail", "url")}
    return {**noted, "expires": _end(data["expires"])}


def _end(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, _EVENING)) if day else None


def _lead(request: Request, pk: int) -> Lead:
    rows = Lead.objects.select_related("source", "organization", "owner")
    found: Lead = own(rows, request.user, pk=pk)
    return found


@require_GET
def lead(request: Request, pk: int) -> HttpResponse:
    """One lead: what was done about it, and what comes next."""
    found = _lead(request, pk)
    return _show(request, found, OutcomeForm())


def _show(request: Request, found: Lead, form: OutcomeForm, status: int = 200) -> HttpResponse:
    context = {"lead": found, "form": form, "there": queries.known_there(found)}
    return page(request, "web/leads/lead.html", context, status=status)


@require_http_methods(["GET", "POST"])
def lead_edit(request: Request, pk: int) -> HttpResponse:
    """Mend what was noted of a lead."""
    found = _lead(request, pk)
    form = LeadForm(
        request.POST or None,
        owner=request.user,
        now=request.now,
        label=_("Who told you?"),
        held=found.source,
        initial={
            "title": found.title,
            "organization": found.organization.name if found.organization else "",
            "who": found.source.name,
            "detail": found.detail,
            "url": found.url,
            "expires": timezone.localdate(found.expires) if found.expires else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(request, form, lambda: _edit(request, found, form))
        if kept is not None:
            return done(request, _("Kept."), "lead", pk)
    context = {"lead": found, "form": form, "names": organization_names(request)}
    return page(request, "web/leads/edit.html", context, status=REFUSED if form.errors else 200)


def _edit(request: Request, found: Lead, form: LeadForm) -> bool:
    return actions.edit_lead(found, source=_source(request, form), now=request.now, **_noted(form))


@require_POST
def lead_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Acted, thanked, outcome, told, closed."""
    found = _lead(request, pk)
    if act == "outcome":
        return _outcome(request, found)
    doing = {
        "act": (actions.act_on_lead, _("Acted on.")),
        "thanked": (actions.thank_for_lead, _("Thanked.")),
        "told": (actions.tell_outcome, _("Told.")),
        "close": (actions.close_lead, _("Closed.")),
    }.get(act)
    if doing is None:
        raise Http404
    doing[0](found, now=request.now)
    return done(request, doing[1], "lead", pk)


def _outcome(request: Request, found: Lead) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if form.is_valid():
        kept, _objections = attempt(
            request,
            form,
            lambda: actions.record_outcome(found, outcome=form.cleaned_data["outcome"], now=request.now),
        )
        if kept is not None:
            return done(request, _("Kept."), "lead", found.pk)
    return _show(request, found, form, REFUSED)


@require_GET
def who(request: Request) -> HttpResponse:
    """Whom a typed name may mean, to choose from."""
    text = request.GET.get("who", "").strip()[:500]
    context = {"q": text, "finds": people.find(request.user, text, 6) if text else []}
    return page(request, "web/leads/who_page.html", context, part="web/leads/who.html")
