"""The rules, each on a page of its own, with its sources and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from askwell.web.answers import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_GET
def index(request: Request) -> HttpResponse:
    return page(request, "web/rules/index.html", {})


@require_GET
def rule(request: Request, code: str) -> HttpResponse:
    return page(request, "web/rules/rule.html", {"code": code})
