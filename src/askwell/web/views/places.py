"""Where people of one's field meet: the list, one place; and mending an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Community, NetworkingEvent
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.leads import EventForm
from askwell.web.forms.places import PlaceForm
from askwell.web.guards import attempt
from askwell.web.once import once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_FIELDS = ("name", "kind", "place", "url", "notes", "look_again_on")


@require_http_methods(["GET", "POST"])
@once
def places(request: Request) -> HttpResponse:
    """The list, the best for the goal first; a POST adds one."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(
            request, form, lambda: actions.add_place(request.user, now=request.now, **form.cleaned_data)
        )
        if kept is not None:
            return done(request, _("It is on your list."), "places")
    dropped = Community.objects.for_owner(request.user).exclude(dropped_at=None).order_by("name")
    context = {
        "lines": queries.places(request.user, now=request.now),
        "dropped": dropped[:50],
        "form": form,
    }
    return page(request, "web/events/places.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def place(request: Request, pk: int) -> HttpResponse:
    """One place: what was noted, its evenings."""
    row = own(Community, request.user, pk=pk)
    form = PlaceForm(request.POST or None, initial={name: getattr(row, name) for name in _FIELDS})
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(
            request, form, lambda: actions.change_place(row, now=request.now, **form.cleaned_data)
        )
        if kept is not None:
            return done(request, _("Kept."), "place", pk)
    lines = queries.places(request.user, now=request.now)
    context = {
        "place": row,
        "line": next((line for line in lines if line.community.pk == pk), None),
        "events": row.events.order_by("-starts_at")[:50],
        "form": form,
    }
    return page(request, "web/events/place.html", context, status=REFUSED if form.errors else 200)


@require_POST
def place_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Joined, left, off the list, on it again."""
    row = own(Community, request.user, pk=pk)
    if act in {"join", "leave"}:
        actions.change_place(row, joined=act == "join", now=request.now)
    elif act in {"drop", "back"}:
        actions.drop_place(row, dropped=act == "drop", now=request.now)
    else:
        raise Http404
    return done(request, _("Kept."), "places" if act in {"drop", "back"} else "place", *_of(act, pk))


def _of(act: str, pk: int) -> tuple[int, ...]:
    return () if act in {"drop", "back"} else (pk,)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Mend what was noted of an event."""
    event = own(NetworkingEvent, request.user, pk=pk)
    names = ("name", "starts_at", "place", "url", "community")
    initial = {name: getattr(event, name) for name in names}
    form = EventForm(request.POST or None, owner=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(
            request, form, lambda: actions.change_event(event, now=request.now, **form.cleaned_data)
        )
        if kept is not None:
            return done(request, _("Kept."), "event", pk)
    context = {"event": event, "form": form}
    return page(request, "web/events/edit.html", context, status=REFUSED if form.errors else 200)
