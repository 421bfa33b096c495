"""Pictures of your own record, and each as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from askwell.outreach import queries
from askwell.outreach.pictures import BASE, NARROW, TALL, WIDE, pictures
from askwell.rules.record import HORIZON_DAYS, LEAST_MEDIAN, LEAST_SHARE
from askwell.web.answers import page

if TYPE_CHECKING:
    from askwell.outreach.pictures import Picture
    from askwell.web.requests import Request


@require_safe
def record(request: Request) -> HttpResponse:
    """Letters, answers, talks, thanks and promises, drawn and as tables."""
    found = queries.record(request.user, now=request.now)
    context = {
        "tab": "record",
        "found": found,
        "pictures": [(one, _svg(one)) for one in pictures(found)],
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
        response = HttpResponse(_svg(picture, alone=True), content_type="image/svg+xml")
    else:
        response = HttpResponse(picture.csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{kind}"'
    return response


def _svg(picture: Picture, *, alone: bool = False) -> str:
    """Draw it; ``alone`` as a file with its own colours."""
    wide = NARROW if picture.kind == "shares" else WIDE
    context = {"picture": picture, "alone": alone, "wide": wide, "tall": TALL, "base": BASE}
    return render_to_string(f"web/back/{picture.kind}.svg", context).strip()
