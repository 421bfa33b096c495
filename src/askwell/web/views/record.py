"""Pictures of your own record, and each as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from askwell.outreach import queries
from askwell.rules.record import HORIZON_DAYS, LEAST_MEDIAN, LEAST_SHARE
from askwell.web.answers import page
from askwell.web.pictures import pictures

if TYPE_CHECKING:
    from askwell.web.requests import Request


@require_safe
def record(request: Request) -> HttpResponse:
    """Letters, answers, talks, thanks and promises, drawn and as tables."""
    found = queries.record(request.user, now=request.now)
    context = {
        "tab": "record",
        "found": found,
        "pictures": pictures(found),
        "horizon": HORIZON_DAYS,
        "least": LEAST_SHARE,
        "least_median": LEAST_MEDIAN,
    }
    return page(request, "web/back/record.html", context)


@require_safe
def record_file(request: Request, slug: str, kind: str) -> HttpResponse:
    """One picture as ``svg``, or its table as ``csv``."""
    found = queries.record(request.user, now=request.now)
    picture = next((one for one in pictures(found) if one.slug == slug), None)
    if picture is None or kind not in {"svg", "csv"}:
        raise Http404
    if kind == "svg":
        response = HttpResponse(picture.svg(alone=True), content_type="image/svg+xml")
    else:
        response = HttpResponse(picture.csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{kind}"'
    return response
