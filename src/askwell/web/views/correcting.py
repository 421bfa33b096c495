"""An address or a job mended where it stands, so that what is noted of it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from askwell.people import actions as people
from askwell.people.errors import BadField
from askwell.people.models import ContactPoint, Position
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.person import JobForm, PointForm
from askwell.web.guards import attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from askwell.people.models import Contact
    from askwell.web.requests import Request


class CorrectionForm(PointForm):
    """What it is stays, and so does which one comes first."""

    kind = None  # type: ignore[assignment]
    preferred = None  # type: ignore[assignment]


@require_http_methods(["GET", "POST"])
def point(request: Request, pk: int) -> HttpResponse:
    """Correct an address, a number or a link."""
    row = own(ContactPoint.objects.select_related("contact", "owner"), request.user, pk=pk)
    form = CorrectionForm(request.POST or None, initial={"value": row.value, "label": row.label})
    return _mended(request, form, row.contact, row.value, lambda data: _mend_point(request, row, data))


def _mend_point(request: Request, row: ContactPoint, data: dict[str, Any]) -> object:
    country = row.contact.country or request.seeker.country
    try:
        return people.edit_point(row, now=request.now, default_country=country, **data)
    except BadField as bad:
        raise BadField("value", bad.problem) from bad


@require_http_methods(["GET", "POST"])
def position(request: Request, pk: int) -> HttpResponse:
    """Correct a job or a time at a school."""
    row = own(Position.objects.select_related("contact", "organization", "owner"), request.user, pk=pk)
    called = row.organization.name if row.organization else ""
    columns = ("title", "school", "current", "started", "ended")
    initial = {"organization": called, **{name: getattr(row, name) for name in columns}}
    form = JobForm(request.POST or None, initial=initial)
    return _mended(
        request,
        form,
        row.contact,
        called or row.title,
        lambda data: people.edit_position(row, now=request.now, **data),
    )


def _mended(
    request: Request, form: Form, contact: Contact, title: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(request, form, lambda: (act(form.cleaned_data),))
        if kept is not None:
            return done(request, _("Kept."), "person", contact.pk)
    context = {"contact": contact, "act": {"title": title}, "form": form}
    return page(request, "web/person/act.html", context, status=REFUSED if form.errors else 200)
