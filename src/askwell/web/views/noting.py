"""Notes of a talk as they are typed: from the page alone, or sent again and again by its script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from askwell.outreach import actions
from askwell.outreach.models import Talk
from askwell.rules.versions import Kept, digest, plain
from askwell.web.answers import SeeOther, done, go, own
from askwell.web.noting import between, both_kept
from askwell.web.views.after import live_page

if TYPE_CHECKING:
    from askwell.web.requests import Request

_MOODS = {"cool": True, "warm": False}
_MOST = 100


@require_http_methods(["GET", "POST"])
def notes(request: Request, pk: int) -> HttpResponse:
    """Keep the notes; ``since`` names the text they began from, ``then`` says what comes next.

    The script of the page asks for JSON: ``text`` and ``since`` of what is kept, and whether ``both``
    of two versions are.
    """
    talk = own(Talk.objects.select_related("contact", "outreach", "owner"), request.user, pk=pk)
    kept = _keep(request, talk) if request.method == "POST" else Kept(text=plain(talk.notes))
    if request.accepts("application/json") and not request.accepts("text/html"):
        return _answer(kept)
    if request.method != "POST":
        return go(request, "talk_live", talk.pk)
    if kept.both:
        messages.warning(request, both_kept())
    return _then(request, talk)


def _keep(request: Request, talk: Talk) -> Kept:
    if "notes" not in request.POST:
        return Kept(text=plain(talk.notes))
    return actions.keep_notes(
        talk,
        typed=request.POST["notes"],
        since=request.POST.get("since", ""),
        share_theirs=_share(request.POST.get("share", "")),
        between=between(request.now),
        now=request.now,
    )


def _share(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and int(given) <= _MOST else None


def _answer(kept: Kept) -> HttpResponse:
    response = JsonResponse({"text": kept.text, "since": digest(kept.text), "both": kept.both})
    response.headers["Cache-Control"] = "no-store"
    return response


def _then(request: Request, talk: Talk) -> HttpResponse:
    then = request.POST.get("then")
    if then in _MOODS:
        actions.set_cool(talk, cool=_MOODS[then], now=request.now)
        return live_page(request, talk) if request.htmx else go(request, "talk_live", talk.pk)
    if request.htmx:
        return HttpResponse(_("kept"))
    if then == "held":
        return SeeOther(f"{reverse('talk_held', args=[talk.pk])}{_real_moments(request)}")
    return done(request, _("Your notes are kept."), "talk", talk.pk)


def _real_moments(request: Request) -> str:
    """Pass on when the clock of the page began and ended: moments, whatever the clocks on the wall did."""
    given = {key: request.POST.get(key, "") for key in ("begun", "ended")}
    return f"?{urlencode(given)}" if all(given.values()) else ""
