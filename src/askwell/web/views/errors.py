"""What is said when a page cannot be given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - the name Django calls it by
    return render(request, "web/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return render(request, "web/403_form.html", status=403)


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "web/404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Without the frame: whatever broke may be what the frame needs."""
    return render(None, "web/500.html", status=500)
