"""At the event: whom one meets, in one field; the plan on one page to take along."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.models import Encounter, NetworkingEvent
from askwell.people import actions as people
from askwell.people import queries as found_people
from askwell.people.errors import BadField
from askwell.people.journal import as_one
from askwell.people.quick_add import parse_quick
from askwell.web import card_photos
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.leads import CardsForm
from askwell.web.guards import attempt
from askwell.web.once import once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.people.models import Contact
    from askwell.web.requests import Request


class HereForm(CardsForm):
    """Somebody met just now: one line as it comes to mind, or the lines of a card."""

    who = forms.CharField(
        label=gettext_lazy("Who?"),
        max_length=2000,
        help_text=gettext_lazy("Chen Wei, buyer at Mercy: a name will do."),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "enterkeyhint": "done"}),
    )
    field_order = ("who", "said", "card_given", "card_taken")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "\n" in (self["who"].value() or ""):
            self.fields["who"].widget = forms.Textarea(attrs={"rows": 7, "autofocus": True})


def _event(request: Request, pk: int) -> NetworkingEvent:
    found: NetworkingEvent = own(
        NetworkingEvent.objects.select_related("owner", "community"), request.user, pk=pk
    )
    return found


@require_http_methods(["GET", "POST"])
@once
def here(request: Request, pk: int) -> HttpResponse:
    """Add somebody in one line, or from their card; those met so far stand below."""
    event = _event(request, pk)
    photo = card_photos.of(request) if request.method == "POST" else None
    form = _with_card(request, photo) if photo else HereForm(request.POST or None)
    meant = found_people.Meant()
    if request.method == "POST" and form.is_valid():
        meant = _meant(request, form.cleaned_data["who"])
        if meant.sure or _chosen(request) is not None:
            noted, _objections = attempt(request, form, lambda: _note(request, event, form, meant))
            if noted is not None:
                return done(request, _("Met %(name)s.") % {"name": noted.contact.name}, "event_here", pk)
    met = queries.met_at(event)
    context = {
        "event": event,
        "form": form,
        "namesakes": () if meant.sure else meant.people,
        "met": met[::-1],
        "hints": queries.hints_of(event, met, now=request.now),
        "planned": queries.plan_page(event, now=request.now),
        "left": request.seeker.cards_left,
        "photo": photo or card_photos.CardPhoto(),
        **_read(request, str(form["who"].value() or "")),
    }
    asks = bool(form.errors or context["namesakes"] or (photo and photo.error))
    return page(request, "web/events/here.html", context, status=REFUSED if asks else 200)


def _with_card(request: Request, photo: card_photos.CardPhoto) -> HereForm:
    """The form with what stands on the card below what was typed: to be looked over, not taken as sent."""
    sent = request.POST
    initial = {"who": photo.below(sent.get("who", "")), "said": sent.get("said", "")}
    ticks = {"card_given": "card_given" in sent, "card_taken": "card_taken" in sent or bool(photo.lines)}
    return HereForm(initial=initial | ticks)


def _read(request: Request, who: str) -> dict[str, Any]:
    """What the lines of a card say, and who may be meant; nothing for one line."""
    if "\n" not in who.strip():
        return {}
    country = request.seeker.country
    read = parse_quick(who, now=request.now, default_country=country)
    points = read.points
    name = read.name.formatted
    known = found_people.known_as(request.user, name=name, points=points, default_country=country)
    return {"read": read, "known": known}


def _meant(request: Request, text: str) -> found_people.Meant:
    return found_people.meant_by(request.user, text, now=request.now, default_country=request.seeker.country)


def _chosen(request: Request) -> str | None:
    return request.POST.get("which")


def _note(request: Request, event: NetworkingEvent, form: HereForm, meant: found_people.Meant) -> Encounter:
    data = form.cleaned_data
    with as_one(request.user):
        contact = _whom(request, data["who"], meant)
        return actions.add_encounter(
            event,
            contact=contact,
            said=data["said"],
            card_given=data["card_given"],
            card_taken=data["card_taken"],
            now=request.now,
        )


def _whom(request: Request, text: str, meant: found_people.Meant) -> Contact:
    """The one known who is meant (or chosen among several), else somebody new."""
    asked = _chosen(request)
    chosen = next((one for one in meant.people if asked == str(one.pk)), None)
    known = chosen if asked is not None else meant.known
    if known is not None:
        _add_points(request, known, text)
        return known
    made, _added = people.add_from_text(
        request.user, text, now=request.now, default_country=request.seeker.country
    )
    return made


def _add_points(request: Request, contact: Contact, text: str) -> None:
    """Somebody known gets the addresses on their card that were not known."""
    country = request.seeker.country
    for kind, value in parse_quick(text, now=request.now, default_country=country).points:
        with suppress(BadField):
            people.add_point(contact, kind, value, now=request.now, default_country=country)


@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    """The plan on one page: for the phone in the tram, or printed."""
    event = _event(request, pk)
    context = {
        "event": event,
        "planned": queries.plan_page(event, now=request.now),
        "there": queries.may_be_there(event),
        "past": event.starts_at <= request.now,
    }
    return page(request, "web/events/plan.html", context)


@require_http_methods(["GET", "POST"])
def met(request: Request, pk: int, number: int) -> HttpResponse:
    """Mend what was noted of somebody met."""
    event = _event(request, pk)
    rows = Encounter.objects.select_related("contact", "event__owner", "owner")
    row = own(rows, request.user, pk=number, event=event)
    initial = {"said": row.said, "card_given": row.card_given, "card_taken": row.card_taken}
    form = CardsForm(request.POST or None, initial=initial)
    # A form of ticks may come with none: it was sent all the same.
    if request.method == "POST" and form.is_valid():
        actions.change_encounter(row, now=request.now, **form.cleaned_data)
        return done(request, _("Kept."), "event", pk)
    context = {"event": event, "met": row, "form": form}
    return page(request, "web/events/met.html", context, status=REFUSED if form.errors else 200)
