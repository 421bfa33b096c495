"""Find anyone as you type, go anywhere, add someone in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from askwell.people.models import Contact
from askwell.web.answers import page
from askwell.web.context import places

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

_SHOWN = 8


@require_GET
def find(request: Request) -> HttpResponse:
    """People first, then places; the same list as a page and in the palette."""
    text = request.GET.get("q", "").strip()
    people = (
        list(Contact.objects.for_owner(request.user).people().filter(name__icontains=text)[:_SHOWN])
        if text
        else []
    )
    fitting = [place for place in places("") if text.lower() in str(place.label).lower()]
    context = {"q": text, "people": people, "fitting": fitting}
    return page(request, "web/find/page.html", context, part="web/find/finds.html")


def add(request: Request) -> HttpResponse:
    return page(
        request, "web/find/add.html", {"text": request.GET.get("text", "")}, part="web/find/preview.html"
    )
