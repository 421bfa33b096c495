"""The script that answers while Askwell cannot be reached: the page of a talk, a plain note for others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

_WORKER = Path(__file__).resolve().parents[1] / "static" / "web" / "js" / "worker.js"


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Serve it from the root: a worker may answer only for addresses below its own."""
    words = f"self.ASKWELL_WORDS = {json.dumps(_words(), ensure_ascii=False)};\n"
    response = HttpResponse(
        words.encode() + _WORKER.read_bytes(), content_type="text/javascript; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _words() -> dict[str, str]:
    """Give what the note says, in the language of the pages."""
    return {
        "lang": get_language() or "en",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "title": _("Not reachable"),
        "text": _(
            "Askwell is not running. Start it again with “askwell serve”, then come back to this page."
        ),
        "again": _("Try again"),
    }
