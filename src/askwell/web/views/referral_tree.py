"""Who led to whom: as a picture, as a list, and as a file."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from askwell.outreach.queries.referrals import PLACES, Referrals, referrals
from askwell.web.answers import REFUSED, page
from askwell.web.forms.fields import Day
from askwell.web.tree_picture import outline, picture, picture_file, sign

if TYPE_CHECKING:
    from askwell.web.requests import Request

_SHOWN = 12  # of those found
_UNFOLDED = 200  # a longer list begins folded


class TreeForm(forms.Form):
    """What part of the tree to show, and how."""

    find = forms.CharField(
        label=_("Find somebody"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"data-find": ""}),
    )
    since = Day(label=_("Names given from this day on"), required=False)
    still_open = forms.BooleanField(label=_("Only where something is still open"), required=False)


@require_safe
def tree(request: Request) -> HttpResponse:
    """The tree with its key; ``as=list`` writes it instead of drawing it."""
    form, found = _asked(request)
    as_list = request.GET.get("as") == "list"
    context: dict[str, Any] = {
        "form": form,
        "tree": found,
        "as_list": as_list,
        "hits": [(at, found.people[at]) for at in found.found[:_SHOWN]],
        "more": max(0, len(found.found) - _SHOWN),
        "asked": form.is_bound and bool(form.is_valid() and any(form.cleaned_data.values())),
        "filters": _without(request, "as"),
    }
    if found.people and as_list:
        context["outline"] = outline(found.people, found=found.found, folded=len(found.people) > _UNFOLDED)
    elif found.people:
        here = {one.place for one in found.people}
        context["picture"] = picture(found.people, found=found.found, mirrored=get_language_bidi())
        context["key"] = [(sign(place), words) for place, words in PLACES.items() if place in here]
    return page(request, "web/introductions/tree.html", context, status=REFUSED if form.errors else 200)


@require_safe
def tree_file(request: Request) -> HttpResponse:
    """The picture as a file that stands by itself; its links lead here."""
    _form, found = _asked(request)
    drawn = picture_file(
        found.people, mirrored=get_language_bidi(), base=request.build_absolute_uri("/").rstrip("/")
    )
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="who-led-to-whom-{request.now:%Y-%m-%d}.svg"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked(request: Request) -> tuple[TreeForm, Referrals]:
    form = TreeForm(request.GET or None)
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = data.get("since")
    return form, referrals(
        request.user,
        since=timezone.make_aware(datetime.combine(day, time.min)) if day else None,
        still_open=bool(data.get("still_open")),
        find=data.get("find", ""),
    )


def _without(request: Request, *names: str) -> str:
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()
