"""What the browser asks for where notices were turned on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from askwell.outreach.queries.notices import notices

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_safe
def due(request: Request) -> HttpResponse:
    """Give what is due, in words, with the page to open."""
    found = [
        {
            "key": one.key,
            "title": one.title,
            "text": one.text,
            "url": reverse("person", args=[one.contact]) if one.contact else reverse("today"),
        }
        for one in notices(request.user, now=request.now)
    ]
    response = JsonResponse({"notices": found})
    response.headers["Cache-Control"] = "no-store"
    return response
