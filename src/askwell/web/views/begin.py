"""From nothing to a Today list: people or a sample, a goal, where one lives, whose advice to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from askwell.outreach import actions
from askwell.outreach.facts.world import preset_of
from askwell.outreach.queries import goal_of
from askwell.outreach.sample import make_sample, remove_sample
from askwell.people.models import Contact
from askwell.rules.goal import check_goal
from askwell.web import begun
from askwell.web.answers import REFUSED, done, go, page, tell
from askwell.web.context import SAMPLE
from askwell.web.forms.fields import zones
from askwell.web.forms.seeker import BeginForm, GoalForm
from askwell.web.guards import attempt
from askwell.web.views.imports import take_in_files
from askwell.web.words import of_reason

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from askwell.web.requests import Request


def _goal_read(request: Request, text: str) -> dict[str, Any]:
    """Read a goal and say what is clear and what is missing; nothing for nothing typed."""
    if not text.strip():
        return {"goal_text": ""}
    found = check_goal(text, preset=preset_of(request.seeker))
    return {
        "goal_text": text,
        "goal_check": found,
        "goal_findings": [(finding, of_reason(finding, now=request.now)) for finding in found.findings],
    }


@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Three steps on one page; files chosen there are taken in with the rest."""
    seeker, held = request.seeker, goal_of(request.user)
    initial = {
        "text": held.text if held else "",
        "zone": seeker.zone,
        "country": seeker.country,
        "preset": seeker.preset,
    } | begun.typed(request)
    form = BeginForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(request, form, lambda: _set_up(request, form.cleaned_data))
        if kept:
            begun.forget(request)
            if request.FILES:
                return take_in_files(request)
            return done(request, _("Ready. This is your Today."), "today", undo=False)
    text = request.POST.get("text", initial["text"])
    context = {
        "form": form,
        "zones": zones(),
        "known": Contact.objects.for_owner(request.user).people().count(),
        **_goal_read(request, text),
    }
    return page(request, "web/begin/page.html", context, status=REFUSED if form.errors else 200)


def _set_up(request: Request, data: dict[str, Any]) -> bool:
    values = {name: data[name] for name in ("zone", "country", "preset")}
    actions.change_seeker(request.user, now=request.now, first_run_done_at=request.now, **values)
    held = goal_of(request.user)
    if held is None or held.text != data["text"]:
        _set_goal(request, data["text"])
    return True


def _set_goal(request: Request, text: str) -> None:
    found = check_goal(text, preset=preset_of(request.seeker))
    actions.set_goal(
        request.user, text=text, role=found.role, field=found.field, place=found.place, now=request.now
    )


@require_http_methods(["GET", "POST"])
def goal(request: Request) -> HttpResponse:
    """The goal: read while it is typed; kept as it is, or set anew."""
    held = goal_of(request.user)
    if request.method == "GET" and held is None and request.seeker.first_run_done_at is None:
        return go(request, "begin")  # which also asks for the clock that every deadline is read on
    form = GoalForm(request.POST or None, initial={"text": held.text if held else ""})
    if request.method == "POST" and request.POST.get("do") == "holds" and held is not None:
        actions.review_goal(held, now=request.now)
        return done(request, _("It still holds."), "today")
    if request.method == "POST" and form.is_valid():
        _set_goal(request, form.cleaned_data["text"])
        return done(request, _("This is your goal now."), "today")
    text = request.POST.get("text", held.text if held else "")
    context = {"form": form, "held": held, **_goal_read(request, text)}
    return page(request, "web/begin/goal.html", context, status=REFUSED if form.errors else 200)


@require_GET
def goal_check(request: Request) -> HttpResponse:
    """What the goal check says of a text: advice, never a bar."""
    context = _goal_read(request, request.GET.get("text", "")[:400])
    return page(request, "web/begin/check_page.html", context, part="web/begin/check.html")


@require_POST
def sample(request: Request) -> HttpResponse:
    """Four hundred invented people to look around in."""
    begun.keep(request)
    made = make_sample(request.user, now=request.now)
    request.session[SAMPLE] = True
    if not made:
        return tell(request, _("The sample network is here already."), "today")
    said = ngettext("%(n)s invented person is here.", "%(n)s invented people are here.", made)
    return done(request, said % {"n": made}, "today", undo=False)


@require_POST
def sample_remove(request: Request) -> HttpResponse:
    """All of them gone again; what is the seeker's own stays."""
    gone = remove_sample(request.user, now=request.now)
    request.session[SAMPLE] = False
    said = ngettext("%(n)s invented person is gone.", "%(n)s invented people are gone.", gone)
    return done(request, said % {"n": gone}, "today", undo=False)
