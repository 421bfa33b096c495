"""What a talk opened: ways to try the work out, and a note of thanks on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from askwell.outreach import actions, queries
from askwell.outreach.facts.world import preset_of
from askwell.outreach.models import Draft, Talk, Trial
from askwell.outreach.postal import envelope_lines, sender_lines
from askwell.outreach.queries.trials import KINDS
from askwell.rules.facts import Mode
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.afterwards import OutcomeForm, TrialForm
from askwell.web.guards import attempt, overrides
from askwell.web.once import once

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from askwell.outreach.models import Touch
    from askwell.web.requests import Request


@require_http_methods(["GET", "POST"])
@once
def talk_try(request: Request, pk: int) -> HttpResponse:
    """Note a way to try the work out that the talk opened."""
    talk = own(Talk.objects.select_related("contact"), request.user, pk=pk)
    form = TrialForm(request.POST or None, prefix="trial")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept, _against = attempt(
            request, form, lambda: actions.note_trial(talk.contact, talk=talk, now=request.now, **data)
        )
        if kept:
            return done(request, _("Kept."), "talk_after", talk.pk)
    trials = queries.trials_of(talk, now=request.now)
    context = {
        "talk": talk,
        "contact": talk.contact,
        "trial_form": form,
        "trials": trials,
        "open_form": not trials,
    }
    return page(request, "web/afterwards/try.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def trial(request: Request, pk: int) -> HttpResponse:
    """How it was, another day for it, or let it go."""
    row = own(Trial.objects.select_related("contact", "talk"), request.user, pk=pk)
    form = OutcomeForm(request.POST or None, initial={"on": row.on, "outcome": row.outcome})
    if request.method == "POST" and form.is_valid():
        return _settle(request, row, form.cleaned_data)
    has_come = row.on is not None and row.on <= timezone.localdate(request.now)
    context = {
        "trial": row,
        "words": _(KINDS[row.kind]),
        "contact": row.contact,
        "form": form,
        "has_come": has_come,
    }
    return page(request, "web/afterwards/trial.html", context, status=REFUSED if form.errors else 200)


def _settle(request: Request, row: Trial, data: dict[str, Any]) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == "drop":
        actions.drop_trial(row, now=request.now)
    elif what == "move":
        actions.move_trial(row, on=data["on"], now=request.now)
    else:
        actions.end_trial(row, outcome=data["outcome"], now=request.now)
    return done(request, _("Kept."), "person", row.contact_id)


@require_http_methods(["GET", "POST"])
def letter_print(request: Request, pk: int) -> HttpResponse:
    """The letter as a card of postcard size and its envelope; a note of thanks can be said to be posted."""
    draft = own(Draft.objects.select_related("contact", "talk", "outreach"), request.user, pk=pk)
    contact, form = draft.contact, forms.Form(request.POST or None)
    against: list[Any] = []
    is_thanks = draft.mode == Mode.THANKS and draft.sent_at is None
    if request.method == "POST" and is_thanks:
        posted, against = attempt(request, form, lambda: _posted(request, draft))
        if posted:
            return done(request, _("Thanked %(name)s.") % {"name": contact.name}, "person", contact.pk)
    context = {
        "draft": draft,
        "contact": contact,
        "form": form,
        "objections": against,
        "is_thanks": is_thanks,
        "due": _due(request, draft) if is_thanks else None,
        "to": envelope_lines(contact),
        "sender": sender_lines(request.user),
        "of": request.GET.get("of", ""),
    }
    return page(request, "web/letters/print.html", context, status=REFUSED if against or form.errors else 200)


def _posted(request: Request, draft: Draft) -> Touch:
    return actions.record_thanks(
        draft.contact,
        talk=draft.talk,
        by_hand=True,
        draft=draft,
        overrides=overrides(request.POST),
        now=request.now,
    )


def _due(request: Request, draft: Draft) -> datetime | None:
    """Say until when a note of thanks is best in the post."""
    ended = draft.talk.ended_at if draft.talk else None
    return ended + timedelta(hours=preset_of(request.seeker).thank_hours) if ended else None
