"""A contact's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.http import Http404
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.facts import world
from askwell.outreach.lead_letters import MODES as LEAD_MODES
from askwell.outreach.models import Advice, Draft, Lead, Outreach, Promise, Talk
from askwell.outreach.queries.giving import favor_for
from askwell.people import queries as people
from askwell.people.keys import key_in
from askwell.people.models import Contact
from askwell.rules.facts import Channel, Occasion, State
from askwell.rules.lifecycle import ENDED
from askwell.web.answers import done, go, own, page
from askwell.web.forms.person import CadenceForm, ClosenessForm, mode_of
from askwell.web.steps import primary
from askwell.web.words import MODES, sentence_case

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from askwell.outreach.queries.lines import Person
    from askwell.web.requests import Request

_FULL = 1.0
OPEN = frozenset(state.value for state in State) - {state.value for state in ENDED}


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """Next step, what happened, how well they are known, given and asked, the way to them."""
    if before := _before(request):
        return _earlier(request, own(Contact.objects.people(), request.user, pk=pk), before)
    try:
        view = people.contact_view(request.user, pk)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing
    contact = view.contact
    if contact.is_self:
        raise Http404
    if contact.merged_into_id:
        return redirect("person", contact.merged_into_id)
    contact.owner = request.user
    around = world(request.user, now=request.now, seeker=request.seeker)
    board = queries.person(contact, now=request.now, around=around)
    context = {
        "contact": contact,
        "view": view,
        "board": board,
        "timeline": board.timeline,
        "steps": [(step, primary(step)) for step in sorted(board.steps, key=lambda step: step.due)],
        "strength": round(min(_FULL, max(0.0, board.strength)) * 100),
        "drafts": _drafts(board),
        "promises": board.promises,
        "trials": queries.trials_of(contact, now=request.now),
        "their_time": request.now.astimezone(ZoneInfo(board.zone)) if board.zone_known else None,
        "open_states": OPEN,
        "closeness": ClosenessForm(initial={"closeness": contact.closeness}),
        "cadence": CadenceForm(initial={"keep_every_days": contact.keep_every_days}),
        "favor": favor_for(contact, now=request.now, around=around),
        "hard": [line for line in board.refusals if line.hard],
        "knows": queries.knows_since(contact),
        "circles": queries.in_circles(contact),
    }
    return page(request, "web/person/page.html", context)


def _earlier(request: Request, contact: Contact, before: datetime) -> HttpResponse:
    """Give the page of what happened before that moment."""
    timeline = queries.timeline(contact, now=request.now, before=before)
    context = {"contact": contact, "timeline": timeline}
    return page(request, "web/person/history.html", context, part="web/person/timeline.html")


def _before(request: Request) -> datetime | None:
    try:
        return parse_datetime(request.GET.get("before", ""))
    except ValueError:
        return None


def _drafts(board: Person) -> list[tuple[Draft, str]]:
    rows = Draft.objects.filter(pk__in=board.drafts).order_by("-updated_at") if board.drafts else ()
    return [(draft, sentence_case(MODES[mode_of(draft.mode)])) for draft in rows]


@require_POST
def write(request: Request, pk: int) -> HttpResponse:
    """Open the draft of this kind to them, begun where there is none."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    mode = mode_of(request.POST.get("mode", ""))
    occasion = request.POST.get("occasion", "")
    occasion = occasion if occasion in set(Occasion) else ""
    if occasion in LEAD_MODES and (lead := _lead(request, contact)):
        return go(request, "letter", actions.write_about_lead(lead, occasion=occasion, now=request.now).pk)
    outreach, talk = _about(request, contact)
    begun = Draft.objects.for_owner(request.user).filter(
        contact=contact, mode=mode, sent_at=None, occasion=occasion
    )
    if talk is not None:
        begun = begun.filter(talk=talk)
    way = Channel.PHONE if request.POST.get("channel") == Channel.PHONE else Channel.EMAIL
    if way is Channel.PHONE:
        begun = begun.filter(channel=way)
    draft = begun.order_by("-updated_at").first()
    if draft is None:
        draft = actions.new_draft(
            contact, mode=mode, channel=way, occasion=occasion, outreach=outreach, talk=talk, now=request.now
        )
    return go(request, "letter", draft.pk)


def _lead(request: Request, contact: Contact) -> Lead | None:
    """Read ``about`` (``lead:7``): the lead the letter is about."""
    kind, _colon, number = request.POST.get("about", "").partition(":")
    key = (key_in(number) or 0) if kind == "lead" else 0
    found: Lead | None = Lead.objects.for_owner(request.user).filter(source=contact, pk=key).first()
    return found


def _about(request: Request, contact: Contact) -> tuple[Outreach | None, Talk | None]:
    """Read ``about`` (``talk:7``): the outreach and the talk the letter belongs to."""
    kind, _colon, number = request.POST.get("about", "").partition(":")
    key = key_in(number) or 0
    if kind == "talk":
        talk = (
            Talk.objects.for_owner(request.user)
            .filter(contact=contact, pk=key)
            .select_related("outreach")
            .first()
        )
        return (talk.outreach if talk else None), talk
    if kind == "outreach":
        return Outreach.objects.for_owner(request.user).filter(contact=contact, pk=key).first(), None
    return None, None


@require_POST
def promise_do(request: Request, pk: int) -> HttpResponse:
    """A promise was kept, or let go."""
    promise = own(Promise.objects.select_related("contact", "owner"), request.user, pk=pk)
    act = actions.drop_promise if request.POST.get("do") == "drop" else actions.keep_promise
    act(promise, now=request.now)
    return done(request, promise.text, "person", promise.contact_id)


@require_POST
def advice_do(request: Request, pk: int) -> HttpResponse:
    """Advice was acted on, or its giver has heard what came of it."""
    advice = own(Advice.objects.select_related("contact", "owner"), request.user, pk=pk)
    words = {"name": advice.contact.name}
    if request.POST.get("do") == "told":
        actions.tell_advice(advice, now=request.now)
        said = _("%(name)s knows what came of it.") % words
    else:
        actions.act_on_advice(advice, now=request.now)
        said = _("You acted on it. Now tell %(name)s what came of it.") % words
    return done(request, said, "person", advice.contact_id)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """The seeker lets a request be."""
    outreach = own(Outreach.objects.select_related("contact", "owner"), request.user, pk=pk)
    actions.withdraw(outreach, now=request.now)
    return done(request, outreach.contact.name, "person", outreach.contact_id)
