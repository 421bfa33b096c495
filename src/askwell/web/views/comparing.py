"""Voices side by side, one's own view beside them, and what one decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.comparison_file import comparison_csv
from askwell.outreach.models import About, Talk
from askwell.outreach.voices import key_about
from askwell.rules.comparing import SIDE_BY_SIDE, Choice
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.comparing import DecisionForm, OccupationForm, OwnViewForm
from askwell.web.guards import attempt

if TYPE_CHECKING:
    from askwell.outreach.models import CareerDecision
    from askwell.outreach.queries.comparing import Comparison
    from askwell.web.requests import Request


def _asked(request: Request) -> Comparison:
    """Lay out what the address asks for."""
    about = request.GET.get("by", "")
    return queries.compare(
        request.user,
        about=About(about) if about in set(About.values) else About.OCCUPATION,
        chosen=request.GET.getlist("subject"),
        named=request.GET.get("names") != "off",
        now=request.now,
    )


@require_safe
def compare(request: Request) -> HttpResponse:
    """Up to four occupations or organizations side by side, question by question."""
    found = _asked(request)
    shown = [("by", found.about), *(("subject", column.key) for column in found.columns)]
    hidden = [] if found.named else [("names", "off")]
    rows = [
        (key, question, [(column, column.cells[place]) for column in found.columns])
        for place, (key, question) in enumerate(found.questions)
    ]
    context = {
        "tab": "compare",
        "found": found,
        "rows": rows,
        "most": SIDE_BY_SIDE,
        "is_occupation": found.about == About.OCCUPATION,
        "unknown": [line for line in found.talks if not line.subject],
        "csv": f"{reverse('compare_csv')}?{urlencode(shown + hidden)}",
        "turned": f"?{urlencode(shown + ([('names', 'off')] if found.named else []))}",
    }
    return page(request, "web/compare/page.html", context)


@require_safe
def compare_csv(request: Request) -> HttpResponse:
    """The same as a file, to download."""
    response = HttpResponse(comparison_csv(_asked(request)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="compare.csv"'
    return response


@require_POST
def own_view(request: Request) -> HttpResponse:
    """Keep what one thinks oneself of one subject, on one question."""
    form = OwnViewForm(request.POST)
    if form.is_valid():
        kept, _against = attempt(
            request, form, lambda: [actions.keep_view(request.user, now=request.now, **form.cleaned_data)]
        )
        if kept:
            return done(request, _("Kept."), "compare")
    return page(request, "web/compare/amiss.html", {"tab": "compare", "form": form}, status=REFUSED)


@require_http_methods(["GET", "POST"])
def occupation(request: Request, pk: int) -> HttpResponse:
    """Say which work a talk was about."""
    talk = own(Talk.objects.select_related("contact"), request.user, pk=pk)
    form = OccupationForm(request.POST or None, initial={"occupation": talk.occupation})
    if request.method == "POST" and form.is_valid():
        actions.set_occupation(talk, occupation=form.cleaned_data["occupation"], now=request.now)
        return done(request, _("Kept."), "compare")
    context = {"talk": talk, "contact": talk.contact, "form": form}
    status = REFUSED if form.errors else 200
    return page(request, "web/compare/occupation.html", context, status=status)


@require_safe
def decisions(request: Request) -> HttpResponse:
    """What was decided, each with what it rests on: what is to be looked at again, then the newest."""
    found = queries.decisions(request.user, now=request.now)
    holding = sorted((line for line in found if line.holds), key=lambda line: not line.to_look_at)
    context = {
        "tab": "decisions",
        "holding": holding,
        "before": [line for line in found if not line.holds],
    }
    return page(request, "web/compare/decisions.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: Request) -> HttpResponse:
    """Choose it, drop it, or go on looking; few voices are a hint and never stand in the way."""
    asked = {name: request.GET[name] for name in ("about", "name") if request.GET.get(name)}
    form = DecisionForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        kept, _against = attempt(request, form, lambda: _keep(request, form.cleaned_data))
        if kept:
            return done(request, _("Your decision is kept."), "decisions")
    context = {"tab": "decisions", "form": form, **_heard(request, form)}
    return page(request, "web/compare/decide.html", context, status=REFUSED if form.errors else 200)


def _keep(request: Request, data: dict[str, Any]) -> CareerDecision:
    return actions.decide(request.user, now=request.now, **data)


def _heard(request: Request, form: DecisionForm) -> dict[str, Any]:
    """Say how many were heard about what the form names, with the hint where they are few."""
    about, name = str(form["about"].value() or ""), str(form["name"].value() or "").strip()
    if about not in set(About.values):
        return {}
    kind = About(about)
    found = queries.compare(request.user, about=kind, chosen=[key_about(kind, name)], now=request.now)
    column = next((each for each in found.columns if each.key == key_about(kind, name)), None)
    hint = queries.few_heard(request.user, about=kind, name=name, choice=Choice.CHOOSE, now=request.now)
    known = [line.name for line in found.subjects]
    return {"column": column, "hint": hint if name else None, "known": known}
