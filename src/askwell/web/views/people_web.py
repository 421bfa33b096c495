"""Who knows whom: the web of contacts as a picture, and the same as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from askwell.outreach.queries.web_of_people import web_of_people
from askwell.search.text import fold
from askwell.web.answers import page
from askwell.web.web_picture import listing, numbers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.outreach.queries.web_of_people import PeopleWeb
    from askwell.web.requests import Request

_SHOWN = 12  # of those found


@require_safe
def people_web(request: Request) -> HttpResponse:
    """The list, and all the picture is drawn from."""
    web = web_of_people(request.user, now=request.now)
    asked = request.GET.get("find", "").strip()[:200]
    found = _found(web, asked)
    context = {
        "web": web,
        "asked": asked,
        "hits": [(at, web.people[at].name) for at in found[:_SHOWN]],
        "more": max(0, len(found) - _SHOWN),
        "listing": listing(web, now=request.now, found=found) if web.people else "",
        "numbers": numbers(web),
    }
    return page(request, "web/people/web.html", context)


def _found(web: PeopleWeb, asked: str) -> list[int]:
    wanted = fold(asked).split()
    if not wanted:
        return []
    return [
        at
        for at, one in enumerate(web.people)
        if all(word in fold(f"{one.name} {one.about}") for word in wanted)
    ]
