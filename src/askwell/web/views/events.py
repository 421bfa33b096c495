"""Gatherings: planned before, people noted after, a letter the next day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Encounter, NetworkingEvent
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.leads import EventForm, MetForm, PlanForm
from askwell.web.guards import attempt
from askwell.web.once import once

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from askwell.outreach.queries.gatherings import PlanPage
    from askwell.web.requests import Request

_MOST = 100
_AN_EVENING = timedelta(hours=12)


@require_http_methods(["GET", "POST"])
@once
def events(request: Request) -> HttpResponse:
    """What is coming, what was; add one."""
    initial = {"community": request.GET.get("place")}
    form = EventForm(request.POST or None, owner=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        event, _objections = attempt(
            request, form, lambda: actions.add_event(request.user, now=request.now, **form.cleaned_data)
        )
        if event is not None:
            next_up = _("Whom did you meet?") if event.starts_at <= request.now else _("Plan whom to meet.")
            return done(request, _("Noted. %(next)s") % {"next": next_up}, "event", event.pk)
    context = {
        "coming": queries.events(request.user, now=request.now, when="coming")[:_MOST],
        "past": queries.events(request.user, now=request.now, when="past")[:_MOST],
        "form": form,
        "due": [line for line in queries.places(request.user, now=request.now) if line.due],
    }
    return page(request, "web/events/list.html", context, status=REFUSED if form.errors else 200)


def _event(request: Request, pk: int) -> NetworkingEvent:
    rows = NetworkingEvent.objects.select_related("owner", "community")
    found: NetworkingEvent = own(rows, request.user, pk=pk)
    return found


def _show(request: Request, event: NetworkingEvent, **forms: Any) -> HttpResponse:
    shown = queries.plan_page(event, now=request.now)
    met = queries.met_at(event)
    context = {
        "event": event,
        "met": met,
        "past": event.starts_at <= request.now,
        "here": abs(event.starts_at - request.now) <= _AN_EVENING,
        "plan": PlanForm(initial=_plan_initial(shown)),
        "planned": shown,
        "there": queries.may_be_there(event),
        "questions": queries.suggested_questions(),
        "hints": queries.hints_of(event, met, now=request.now),
        "brought": queries.brought(event, met),
        "form": MetForm(owner=request.user, now=request.now, label=_("Whom did you meet?")),
        **forms,
    }
    refused = any(form.errors for form in forms.values())
    return page(request, "web/events/event.html", context, status=REFUSED if refused else 200)


def _plan_initial(shown: PlanPage) -> dict[str, str]:
    return {
        "people": "\n".join(shown.people),
        "questions": "\n".join(shown.questions),
        "introduction": shown.introduction,
        "offer": shown.offer,
    }


def _with_chosen(request: Request, typed: dict[str, str]) -> dict[str, str]:
    """Add the people and questions ticked to those typed, each once."""
    ticked = {"people": request.POST.getlist("there"), "questions": request.POST.getlist("take")}
    return {
        field: "\n".join(dict.fromkeys([*text.splitlines(), *ticked.get(field, ())]))
        for field, text in typed.items()
    }


@require_http_methods(["GET", "POST"])
def event(request: Request, pk: int) -> HttpResponse:
    """One gathering; a POST is somebody met there."""
    found = _event(request, pk)
    if request.method == "GET":
        return _show(request, found)
    form = MetForm(request.POST, owner=request.user, now=request.now, label=_("Whom did you meet?"))
    if form.is_valid():
        met, _objections = attempt(
            request,
            form,
            lambda: actions.add_encounter(
                found,
                contact=form.contact(now=request.now, country=request.seeker.country),
                now=request.now,
                **form.noted(),
            ),
        )
        if met is not None:
            said = _("Met %(name)s. Write tomorrow.") % {"name": met.contact.name}
            return done(request, said, "event", pk)
    return _show(request, found, form=form)


@require_POST
def event_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Planned, went, did not go."""
    found = _event(request, pk)
    if act == "plan":
        form = PlanForm(request.POST)
        if not form.is_valid():
            return _show(request, found, plan=form)
        actions.plan_event(found, plan=_with_chosen(request, form.cleaned_data), now=request.now)
        return done(request, _("Planned."), "event", pk)
    if act not in {"went", "missed"}:
        raise Http404
    actions.attend_event(found, attended=act == "went", now=request.now)
    return done(request, _("Kept."), "event", pk)


@require_POST
def wrote(request: Request, pk: int, number: int) -> HttpResponse:
    """The letter after the event went out some other way."""
    found = _event(request, pk)
    met = own(
        Encounter.objects.select_related("contact", "event", "owner"), request.user, pk=number, event=found
    )
    actions.wrote_after_event(met, now=request.now)
    return done(request, _("Written to %(name)s.") % {"name": met.contact.name}, "event", pk)
