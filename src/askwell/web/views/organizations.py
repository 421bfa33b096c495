"""Places people work and study: who is there, what belongs to what, which addresses are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from askwell.people import actions, queries
from askwell.people.models import Organization
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.organizations import OrganizationForm
from askwell.web.guards import attempt
from askwell.web.linked import page_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_GET
def organizations(request: Request) -> HttpResponse:
    """Where the people one knows are, most people first."""
    text = request.GET.get("q", "").strip()[:200]
    found = queries.organizations(request.user, text=text, number=page_number(request))
    context = {"found": found, "q": text}
    return page(request, "web/organizations/list.html", context, part="web/organizations/rows.html")


@require_http_methods(["GET", "POST"])
def organization(request: Request, pk: int) -> HttpResponse:
    """Who do I know there; its name, domains and the organization it belongs to can be changed."""
    try:
        found = queries.organization_page(request.user, pk)
    except Organization.DoesNotExist as missing:
        raise Http404 from missing
    row = found.organization
    form = OrganizationForm(
        request.POST or None,
        organization=row,
        initial={
            "name": row.name,
            "domains": "\n".join(row.domains),
            "parent": row.parent.name if row.parent else "",
            "notes": row.notes,
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changed, _objections = attempt(
            request,
            form,
            lambda: (
                actions.edit_organization(
                    own(Organization.objects.select_related("owner"), request.user, pk=pk),
                    now=request.now,
                    name=data["name"],
                    domains=data["domains"],
                    parent=data["parent"],
                    notes=data["notes"],
                ),
            ),
        )
        if changed is not None:
            return done(request, _("Kept."), "organization", pk)
    context = {"found": found, "organization": row, "form": form, "names": organization_names(request)}
    return page(request, "web/organizations/page.html", context, status=REFUSED if form.errors else 200)


_MOST_NAMES = 500


def organization_names(request: Request) -> list[str]:
    """Names to choose from while typing."""
    rows = Organization.objects.for_owner(request.user).order_by("key")
    return list(rows.values_list("name", flat=True)[:_MOST_NAMES])
