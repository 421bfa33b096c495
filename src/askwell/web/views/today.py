"""Today: the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from askwell.outreach import queries
from askwell.web.answers import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_safe
def today(request: Request) -> HttpResponse:
    """Debts, then today, then this week, then someone new; aside, whose turn it is."""
    board = queries.today(request.user, now=request.now)
    return page(request, "web/today/page.html", {"board": board}, part="web/today/steps.html")
