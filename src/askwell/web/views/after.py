"""During and after a talk: the live page, notes, held, names, promises, reflection, thanks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.facts.world import preset_of
from askwell.outreach.models import Introduction, Promise, Talk
from askwell.rules.facts import TalkState
from askwell.rules.reflection import reflection_of
from askwell.rules.versions import digest
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.afterwards import TrialForm
from askwell.web.forms.person import AdviceForm, PromiseForm
from askwell.web.forms.talks import HeldForm, ReflectionForm, TalkNameForm
from askwell.web.forms.versions import KeepsBoth
from askwell.web.guards import attempt
from askwell.web.noting import between, moment_of, warn_of_both
from askwell.web.once import once
from askwell.web.talking import agenda_of, longer
from askwell.web.views.person_acts import evening

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.forms import BaseForm
    from django.http import HttpResponse

    from askwell.web.requests import Request


def _talk(request: Request, pk: int) -> Talk:
    row: Talk = own(Talk.objects.select_related("contact", "outreach", "owner"), request.user, pk=pk)
    return row


@require_safe
def live(request: Request, pk: int) -> HttpResponse:
    """One quiet page for the call: block and minutes left, the questions, notes."""
    return live_page(request, _talk(request, pk))


def live_page(request: Request, talk: Talk) -> HttpResponse:
    """Show it, with what its script has to know."""
    agenda = agenda_of(talk)
    to_close = {str(question) for question in agenda.closing}  # they have a place of their own below
    asked = talk.outreach.questions if talk.outreach else []
    questions = [each for each in asked if each.get("text") not in to_close]
    ordered = sorted(questions, key=lambda each: not each.get("starred"))
    context = {
        "talk": talk,
        "contact": talk.contact,
        "agenda": agenda,
        "longer": longer(talk),
        "wrap_minutes": preset_of(request.seeker).wrap_cue_minutes,
        "questions": ordered,
        "since": digest(talk.notes),
    }
    return page(request, "web/talks/live.html", context)


@require_http_methods(["GET", "POST"])
def held(request: Request, pk: int) -> HttpResponse:
    """It took place: when it ended, who spoke, what was said."""
    talk = _talk(request, pk)
    ended, minutes = _ended(request, talk)
    initial = {
        "ended_at": ended,
        "exactly": ended.isoformat(),
        "minutes": minutes,
        "notes": talk.notes,
        "share_theirs": talk.share_theirs,
        "cool": bool(talk.outreach and talk.outreach.cool),
    }
    form = HeldForm(request.POST or None, initial=initial)
    form.between = {"notes": between(request.now)}
    if request.method == "POST" and form.is_valid():
        kept, _against = attempt(
            request, form, lambda: actions.record_held(talk, now=request.now, **form.cleaned_data)
        )
        if kept:
            warn_of_both(request, form)
            return done(
                request,
                _("The talk with %(name)s is in the history.") % {"name": talk.contact.name},
                "talk_after",
                talk.pk,
            )
    context = {"talk": talk, "contact": talk.contact, "form": form, "is_over": talk.starts_at <= request.now}
    return page(request, "web/talks/held.html", context, status=REFUSED if request.method == "POST" else 200)


def _ended(request: Request, talk: Talk) -> tuple[datetime, int]:
    """Say when it ended and how long it was: by the clock of the live page, else as it was booked."""
    begun, ended = moment_of(request.GET.get("begun", "")), moment_of(request.GET.get("ended", ""))
    if begun and ended and begun < ended <= request.now + _CLOCKS_DIFFER and ended - begun < _A_TALK:
        return min(ended, request.now), max(1, round((ended - begun) / timedelta(minutes=1)))
    return min(talk.starts_at + timedelta(minutes=talk.minutes), request.now), talk.minutes


_CLOCKS_DIFFER, _A_TALK = timedelta(minutes=5), timedelta(hours=8)


@require_POST
def missed(request: Request, pk: int) -> HttpResponse:
    """The hour passed and it did not take place."""
    talk = _talk(request, pk)
    actions.record_missed(talk, now=request.now)
    return done(request, _("Noted: it did not take place."), "talk", talk.pk)


@require_http_methods(["GET", "POST"])
@once
def after(request: Request, pk: int) -> HttpResponse:
    """Names, promises, advice, the six questions; each kept on its own."""
    talk = _talk(request, pk)
    forms = _forms(request, talk)
    what = request.POST.get("do", "")
    if request.method == "POST" and what in forms and forms[what].is_valid():
        kept, _against = attempt(
            request, forms[what], lambda: _KEEPERS[what](request, talk, forms[what].cleaned_data)
        )
        if kept:
            form = forms[what]
            if isinstance(form, KeepsBoth):
                warn_of_both(request, form)
            return done(request, _("Kept."), "talk_after", talk.pk)
    context = {
        "talk": talk,
        "contact": talk.contact,
        "forms": forms,
        "names": Introduction.objects.for_owner(request.user).filter(talk=talk).order_by("id"),
        "promises": Promise.objects.for_owner(request.user).filter(talk=talk).order_by("id"),
        "advice": talk.advice.filter(introduction=None).order_by("id"),
        "thanks_due": talk.ended_at + timedelta(hours=preset_of(request.seeker).thank_hours)
        if talk.ended_at
        else None,
        "is_held": talk.state == TalkState.HELD,
        "reflected": reflection_of(talk.reflection),
        "trials": queries.trials_of(talk, now=request.now),
        "trial_form": TrialForm(prefix="trial"),
    }
    return page(request, "web/talks/after.html", context, status=REFUSED if request.method == "POST" else 200)


def _forms(request: Request, talk: Talk) -> dict[str, BaseForm]:
    what = request.POST.get("do", "")
    posted = {
        name: request.POST if name == what else None for name in ("name", "promise", "advice", "reflect")
    }
    return {
        "name": TalkNameForm(posted["name"], prefix="name"),
        "promise": PromiseForm(posted["promise"], prefix="promise"),
        "advice": AdviceForm(posted["advice"], prefix="advice"),
        "reflect": ReflectionForm(posted["reflect"], prefix="reflect", initial=talk.reflection),
    }


def _name(request: Request, talk: Talk, data: dict[str, Any]) -> object:
    return actions.record_name(talk.contact, talk=talk, now=request.now, **data)


def _promise(request: Request, talk: Talk, data: dict[str, Any]) -> object:
    mine = data["mine"] == "me"
    return actions.make_promise(
        talk.contact, text=data["text"], mine=mine, due=evening(data["due"]), talk=talk, now=request.now
    )


def _advice(request: Request, talk: Talk, data: dict[str, Any]) -> object:
    return actions.add_advice(talk.contact, text=data["text"], talk=talk, now=request.now)


def _reflect(request: Request, talk: Talk, data: dict[str, Any]) -> object:
    return actions.reflect(talk, answers=data, now=request.now)


_KEEPERS: dict[str, Callable[[Request, Talk, dict[str, Any]], object]] = {
    "name": _name,
    "promise": _promise,
    "advice": _advice,
    "reflect": _reflect,
}


@require_POST
def thanked(request: Request, pk: int) -> HttpResponse:
    """A thank-you went out without Askwell: by hand, or elsewhere."""
    talk = _talk(request, pk)
    by_hand = request.POST.get("how") == "hand"
    actions.record_thanks(talk.contact, talk=talk, by_hand=by_hand, now=request.now)
    return done(request, _("Thanked %(name)s.") % {"name": talk.contact.name}, "talk_after", talk.pk)
