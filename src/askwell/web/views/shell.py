"""The frame: colours, keys, help, the list of everything, undo, the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from askwell.outreach import actions
from askwell.outreach.changes import sentence
from askwell.people.journal import CannotUndo
from askwell.people.models import Change
from askwell.web import style, words
from askwell.web.answers import SeeOther, go, own, page, tell
from askwell.web.context import THEMES

if TYPE_CHECKING:
    from django.http import HttpRequest

    from askwell.web.requests import Request

_YEAR = 60 * 60 * 24 * 365
_LAST = 50


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def style_sheet(_request: HttpRequest) -> HttpResponse:
    """All style in one answer; its address changes when it does."""
    response = HttpResponse(style.sheet(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache" if settings.DEBUG else f"max-age={_YEAR}, immutable"
    return response


@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep Askwell among its programs."""
    icons = [
        {
            "src": static(f"web/img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any",
        }
        for size in (192, 512)
    ]
    body = {
        "id": "/",
        "name": "Askwell",
        "short_name": "Askwell",
        "description": _("Find the right people, ask well for twenty minutes, follow through, give back."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [*icons, {**icons[1], "purpose": "maskable"}],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def _remember(request: Request, name: str, value: str) -> HttpResponse:
    response = go(request, "today")
    if value:
        response.set_cookie(
            name, value, max_age=_YEAR, samesite="Strict", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie(name, samesite="Strict")
    return response


@require_POST
def theme(request: Request) -> HttpResponse:
    """Light, dark, or as the system."""
    asked = request.POST.get("theme", "")
    return _remember(request, "theme", asked if asked in THEMES else "")


@require_POST
def keys(request: Request) -> HttpResponse:
    """Turn single keys off, for those whose voice or switch types them."""
    return _remember(request, "keys", "off" if request.POST.get("keys") == "off" else "")


@require_GET
def help_page(request: Request) -> HttpResponse:
    return page(request, "web/help.html", {})


@require_GET
def more(request: Request) -> HttpResponse:
    """Every place, for the bar of a phone that shows only some."""
    return page(request, "web/more.html", {})


@require_GET
def changes(request: Request) -> HttpResponse:
    """What was done lately, each with its way back."""
    lately = Change.objects.for_owner(request.user).defer("entries").order_by("-id")[:_LAST]
    lines = [(change, sentence(change)) for change in lately]
    return page(request, "web/changes.html", {"lines": lines})


@require_POST
def undo_change(request: Request, pk: int) -> HttpResponse:
    """Take one change back, unless something later rests on it."""
    change = own(Change, request.user, pk=pk)
    if change.undone_at:
        return tell(request, _("That was already taken back."), "changes")
    try:
        actions.undo_change(change, now=request.now)
    except CannotUndo as error:
        return tell(request, words.of_what_stays(error.model), "changes")
    messages.success(request, _("Taken back: %(what)s") % {"what": sentence(change)})
    return SeeOther("/") if _is_gone(request, change) else go(request, "today")


def _is_gone(request: Request, change: Change) -> bool:
    """Say whether the page one came from was about something this undo removed."""
    asked = request.POST.get("next", "")
    made = (pk for op, _label, pk, *_rest in change.entries if op == "create")
    return any(f"/{pk}/" in asked for pk in made)
