"""The seeker's own side, the numbers of the rules, and who must not learn of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from askwell.outreach import actions
from askwell.outreach.postal import sender_lines
from askwell.outreach.queries import goal_of, guarded_by
from askwell.people import queries as people
from askwell.people.journal import as_one
from askwell.rules.presets import PRESETS
from askwell.web.answers import REFUSED, done, page
from askwell.web.forms.fields import zones
from askwell.web.forms.numbers import NumbersForm, PresetForm
from askwell.web.forms.seeker import ConfidentialForm, YouForm
from askwell.web.guards import attempt
from askwell.web.views.organizations import organization_names

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from askwell.outreach.models import Seeker
    from askwell.web.requests import Request

_SAME = ("zone", "country", "weekly_minutes", "who_line", "signature", "story", "offer", "cards_left")


@require_http_methods(["GET", "POST"])
def you(request: Request) -> HttpResponse:
    """Clock, week, words about oneself, tools."""
    seeker = request.seeker
    updated = seeker.resume_updated_at
    initial: dict[str, Any] = {name: getattr(seeker, name) for name in _SAME}
    own_name, own_post = people.own_name(request.user), "\n".join(sender_lines(request.user)[1:])
    initial |= {"resume_on": timezone.localdate(updated) if updated else None, "now": request.now}
    initial |= {"name": own_name, "post": own_post}
    form = YouForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if updated and form.cleaned_data["resume_on"] == timezone.localdate(updated):
            del values["resume_updated_at"]  # the same day: its hour stays
        name, post = form.cleaned_data["name"].strip(), form.cleaned_data["post"].strip()
        kept, _objections = attempt(
            request,
            form,
            lambda: _keep_you(
                request,
                values,
                name=name if name != own_name else "",
                post=post if post != own_post else None,
            ),
        )
        if kept is not None:
            return done(request, _("Kept."), "settings")
    context = {"form": form, "zones": zones(), "goal": goal_of(request.user), "tab": "you"}
    return page(request, "web/settings/you.html", context, status=REFUSED if form.errors else 200)


def _keep_you(request: Request, values: dict[str, Any], *, name: str, post: str | None) -> Seeker:
    with as_one(request.user):
        if name:
            actions.set_own_name(request.user, name=name, now=request.now)
        if post is not None:
            actions.set_own_post(request.user, text=post, now=request.now)
        return actions.change_seeker(request.user, now=request.now, **values)


@require_http_methods(["GET", "POST"])
def numbers(request: Request) -> HttpResponse:
    """Whose advice to follow, and single numbers of one's own."""
    seeker = request.seeker
    name = seeker.preset if seeker.preset in PRESETS else "askwell"
    choosing = request.POST if "preset" in request.POST else None
    preset = PresetForm(choosing, initial={"preset": name})
    typed = request.POST if request.method == "POST" and choosing is None else None
    form = NumbersForm(typed, preset=name, overrides=seeker.overrides)
    if choosing is not None and preset.is_valid():
        # Chosen again, the advice starts afresh too, as the page says.
        actions.change_seeker(
            request.user, now=request.now, preset=preset.cleaned_data["preset"], overrides={}
        )
        return done(request, _("This advice is followed from now on."), "settings_numbers")
    if typed is not None and form.is_valid():
        kept, _objections = attempt(
            request,
            form,
            lambda: actions.change_seeker(request.user, now=request.now, overrides=form.chosen()),
        )
        if kept is not None:
            return done(request, _("Kept."), "settings_numbers")
    context = {"preset": preset, "form": form, "tab": "numbers"}
    status = REFUSED if form.errors or preset.errors else 200
    return page(request, "web/settings/numbers.html", context, status=status)


@require_http_methods(["GET", "POST"])
def confidential(request: Request) -> HttpResponse:
    """Keep the present employer out of the search."""
    seeker = request.seeker
    initial = {
        "confidential": seeker.confidential,
        "employer": seeker.employer.name if seeker.employer else "",
    }
    form = ConfidentialForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept, _objections = attempt(
            request,
            form,
            lambda: actions.change_seeker(
                request.user,
                now=request.now,
                confidential=data["confidential"],
                employer=data["employer"].strip(),
            ),
        )
        if kept is not None:
            return done(request, _("Kept."), "settings_confidential")
    context = {
        "form": form,
        "names": organization_names(request),
        "guarded": guarded_by(request.user),
        "tab": "confidential",
    }
    return page(request, "web/settings/confidential.html", context, status=REFUSED if form.errors else 200)
