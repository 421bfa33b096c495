"""Find anyone as you type, go anywhere, add someone in one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from askwell.outreach import queries as outreach
from askwell.people import actions, queries
from askwell.people.errors import BadField
from askwell.people.quick_add import parse_quick
from askwell.web import card_photos, palette
from askwell.web.answers import REFUSED, done, page, tell
from askwell.web.words import of_problem

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


_LONGEST_NAME = 300
_LONGEST_LINE = 200
_MENTIONED = 4


@require_GET
def find(request: Request) -> HttpResponse:
    """What to do with whom, people, pages; the same list as a page and in the palette."""
    text = request.GET.get("q", "").strip()[:_LONGEST_LINE]
    acts, people = palette.acts(request.user, text), queries.find(request.user, text)
    shown = [one.pk for one in people]
    mentioned = [] if acts else outreach.mentioned(request.user, text, limit=_MENTIONED, but_not=shown)
    shown += [one.contact.pk for one in mentioned]
    doing = [] if acts or people else queries.by_what_they_do(request.user, text)
    doing = [one for one in doing if one.contact.pk not in shown]
    context = {
        "q": text,
        "acts": acts,
        "people": people,
        "mentioned": mentioned,
        "doing": doing,
        "found": len(shown) + len(doing),
        "fitting": palette.pages(text),
        "to_add": palette.to_add(text),
    }
    return page(request, "web/find/page.html", context, part="web/find/finds.html")


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Someone from one pasted text or a photographed card: shown as it would be kept, then kept."""
    if request.method == "POST":
        photo = card_photos.of(request)
        text = request.POST.get("text", "")
        return _shown(request, text, photo) if photo else _keep(request, text)
    return page(
        request,
        "web/find/add.html",
        _preview(request, request.GET.get("text", "")),
        part="web/find/preview.html",
    )


def _shown(request: Request, text: str, photo: card_photos.CardPhoto) -> HttpResponse:
    """What stands on the photographed card, to be looked over: nothing is kept here."""
    context = _preview(request, photo.below(text)) | {"photo": photo}
    return page(request, "web/find/add.html", context, status=REFUSED if photo.error else 200)


def _preview(request: Request, text: str, error: str = "") -> dict[str, object]:
    country = request.seeker.country
    read = parse_quick(text, now=request.now, default_country=country)
    at = _at(request)
    if at and not read.organization:
        read = replace(read, organization=at)
    known = (
        queries.known_as(request.user, name=read.name.formatted, points=read.points, default_country=country)
        if text
        else []
    )
    return {
        "text": text,
        "at": at,
        "read": read,
        "known": known,
        "error": error,
        "preview": bool(text),
        "photo": card_photos.CardPhoto(),
    }


def _at(request: Request) -> str:
    """Where they work, as the link here said or the form was changed to."""
    return (request.POST if request.method == "POST" else request.GET).get("at", "").strip()[:_LONGEST_NAME]


def _keep(request: Request, text: str) -> HttpResponse:
    try:
        contact, added = actions.add_from_text(
            request.user, text, now=request.now, default_country=request.seeker.country, at=_at(request)
        )
    except BadField as bad:
        context = _preview(request, text, of_problem(bad.problem))
        return page(request, "web/find/add.html", context, status=REFUSED)
    if not added:
        return tell(
            request, _("%(name)s is in your notebook already.") % {"name": contact.name}, "person", contact.pk
        )
    return done(request, _("Added %(name)s.") % {"name": contact.name}, "person", contact.pk)
