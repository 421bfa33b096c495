"""The employer list: places one would like to work at, edited where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions, queries
from askwell.outreach.models import Employer
from askwell.web.answers import REFUSED, done, own, page, tell
from askwell.web.forms.employers import (
    MOTIVATION_CHOICES,
    POSTING_CHOICES,
    AddForm,
    LaterForm,
    NotesForm,
    RatingForm,
)
from askwell.web.guards import attempt
from askwell.web.views.organizations import organization_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from askwell.web.requests import Request

_PART = "web/employers/board.html"


@require_http_methods(["GET", "POST"])
def employers(request: Request) -> HttpResponse:
    """The list in its order; add places by name."""
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"].splitlines()
        added, _objections = attempt(
            request, form, lambda: actions.add_employers(request.user, names, now=request.now)
        )
        if added:
            said = ngettext("%(n)s place added.", "%(n)s places added.", len(added))
            return done(request, said % {"n": len(added)}, "employers")
        if added is not None:
            return tell(request, _("They are on your list already."), "employers")
    return _show(request, form)


def _show(request: Request, form: Form, *, wrong: Form | None = None, at: int | None = None) -> HttpResponse:
    context = {
        "board": queries.employers(request.user, now=request.now),
        "form": form,
        "names": organization_names(request),
        "motivations": MOTIVATION_CHOICES,
        "postings": POSTING_CHOICES,
        "wrong": wrong,
        "wrong_at": at,
    }
    refused = bool(form.errors or wrong)
    return page(request, "web/employers/page.html", context, part=_PART, status=REFUSED if refused else 200)


def _rate(row: Employer, data: dict[str, Any], request: Request) -> object:
    return actions.change_employer(row, now=request.now, **data)


def _later(row: Employer, data: dict[str, Any], request: Request) -> object:
    return actions.keep_for_later(row, look_again_on=data["look_again_on"], now=request.now)


FORMS: dict[str, tuple[type[Form], Callable[[Employer, dict[str, Any], Request], object]]] = {
    "rate": (RatingForm, _rate),
    "notes": (NotesForm, _rate),
    "later": (LaterForm, _later),
}
_PLAIN = {
    "again": actions.look_again,
    "drop": actions.drop_employer,
    "back": actions.bring_back_employer,
}


@require_POST
def employer_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Rate, note, keep for later, look again, drop, bring back."""
    row = own(Employer.objects.select_related("organization", "owner"), request.user, pk=pk)
    if act in _PLAIN:
        _PLAIN[act](row, now=request.now)
        return done(request, _said(act, row.organization.name), "employers")
    if act not in FORMS:
        raise Http404
    kind, do = FORMS[act]
    form = kind(request.POST)
    if form.is_valid():
        kept, _objections = attempt(request, form, lambda: (do(row, form.cleaned_data, request),))
        if kept is not None:
            return done(request, _said(act, row.organization.name), "employers")
    return _show(request, AddForm(), wrong=form, at=pk)


def _said(act: str, name: str) -> str:
    words = {
        "rate": _("%(name)s: kept."),
        "notes": _("Notes on %(name)s kept."),
        "later": _("%(name)s is kept for later."),
        "again": _("%(name)s stands among the others again."),
        "drop": _("%(name)s is off your list."),
        "back": _("%(name)s is on your list again."),
    }[act]
    return words % {"name": name}
