"""The script that lets the page of a talk open without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from askwell.web.requests import Request

_WORKER = Path(__file__).resolve().parents[1] / "static" / "web" / "js" / "worker.js"


@require_safe
def worker(_request: Request) -> HttpResponse:
    """Serve it from the root: a worker may answer only for addresses below its own."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
