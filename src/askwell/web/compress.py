"""Style, scripts and pictures of lines go out compressed.

Pages do not: they hold what is personal beside what a stranger may have put there (a name, a note),
and the length of the two together, compressed, tells about both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_TEXT = (
    "text/css",
    "text/javascript",
    "application/javascript",
    "image/svg+xml",
    "application/manifest+json",
)


class CompressAssets(GZipMiddleware):
    """Compresses what is the same for everybody, where the browser takes it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]
        """Leave all but style, scripts and drawings as they are."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return super().process_response(request, response) if kind in _TEXT else response  # type: ignore[return-value]
