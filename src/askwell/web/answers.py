"""The last move of every view: a page, a part of one, or a redirect with a word of what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from askwell.people.journal import last_change

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.web.requests import Request

M = TypeVar("M", bound=Model)
REFUSED = 422  # a form that cannot be taken as it stands


class SeeOther(HttpResponseRedirect):
    """Look there with GET: the answer to every POST that was done."""

    status_code = 303


def own(kind: type[M] | QuerySet[M], owner: AbstractBaseUser, **lookup: Any) -> M:
    """Fetch one row of this owner's notebook, or answer 404: nobody reads another's."""
    query = kind._default_manager.all() if isinstance(kind, type) else kind
    row: M = get_object_or_404(query.for_owner(owner), **lookup)  # type: ignore[attr-defined]
    row.owner = owner  # type: ignore[attr-defined]
    return row


def page(
    request: Request,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Give the page, or only its ``part`` (a template too) and the toasts when htmx asks for it."""
    if part and request.htmx and not request.htmx.boosted:
        said = render_to_string("web/parts/said_oob.html", context, request=request)
        response = HttpResponse(render_to_string(part, context, request=request) + said, status=status)
    else:
        response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    response.headers["Cache-Control"] = "no-store"
    return response


def done(request: Request, sentence: str, to: Any, *args: Any, undo: bool = True) -> HttpResponse:
    """Say what was done, offer the way back, and look at ``to`` (or where the form said)."""
    change = last_change(request.user) if undo else None
    fresh = change is not None and change.pk > request.last_change
    messages.success(request, sentence, extra_tags=f"undo:{change.pk}" if change and fresh else "")
    return go(request, to, *args)


def tell(request: Request, sentence: str, to: Any, *args: Any) -> HttpResponse:
    """Say something that changed nothing."""
    messages.info(request, sentence)
    return go(request, to, *args)


def go(request: Request, to: Any, *args: Any) -> HttpResponse:
    """Look at the page the form named in ``next``, if it is ours, else at ``to``."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return SeeOther(asked if asked and ours else resolve_url(to, *args))
