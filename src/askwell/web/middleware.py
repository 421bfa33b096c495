"""The local door: loopback only, opened by a one-time link, then a session cookie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from askwell.outreach.errors import OutreachError
from askwell.outreach.queries import seeker_of
from askwell.outreach.sample import has_sample
from askwell.people.errors import PeopleError
from askwell.people.models import Change
from askwell.people.owners import local_owner
from askwell.web import door, words
from askwell.web.answers import go
from askwell.web.context import SAMPLE

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Respond = Callable[[HttpRequest], HttpResponse]
_SHELL = ("/healthz", "/static/", "/manifest.webmanifest", "/style.css", "/sw.js", "/favicon.ico")
_HELD = ("/feed/", "/digest/do/", "/digest/off/")  # what they hold lets in, and to nothing else
OPEN_PATHS = (*_SHELL, *_HELD, "/settings/mail/oauth/back/")  # the last asks for the session itself


def read_clock() -> datetime:
    """Read the clock: the one place in the web door that does."""
    if not settings.NOW:
        return timezone.now()
    told = datetime.fromisoformat(settings.NOW)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


class LocalDoor:
    """Lets in whoever came through the link that ``askwell serve`` opened, and nobody else.

    Where it is not a notebook on the user's own machine there is no such link, and only
    somebody already known comes in.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        if request.user.is_authenticated:
            if settings.LOCAL and door.consume(request.GET.get("token", "")):
                return HttpResponseRedirect(request.path)  # no link that opens stays in the address bar
            return self.get_response(request)
        if settings.LOCAL and door.consume(request.GET.get("token", "")):
            owner = local_owner()
            login(request, owner, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
            request.session[SAMPLE] = has_sample(owner)
            return HttpResponseRedirect(request.path)
        return render(request, "web/locked.html", {"local": settings.LOCAL}, status=403)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


class Kindly:
    """Turns what an action would not do into words on the page one came from; nothing was changed.

    A view says it better where there is a form; this is for a button pressed twice, or on an old page.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OutreachError | PeopleError) or request.method != "POST":
            return None
        messages.warning(request, words.of_error(error, now=request.now))  # type: ignore[attr-defined]
        return go(request, _came_from(request))  # type: ignore[arg-type]


def _came_from(request: HttpRequest) -> str:
    asked = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else "today"


def _newest(owner: AbstractBaseUser) -> int:
    newest = Change.objects.for_owner(owner).order_by("-id").values_list("id", flat=True).first()
    return newest or 0


class SeekerClock:
    """Reads the clock once a request, and turns to the seeker's zone."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its one moment."""
        request.now = read_clock()  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        seeker = seeker_of(request.user)
        request.seeker = seeker  # type: ignore[attr-defined]
        if request.method == "POST":
            # So that the offer to undo is of what this request did, and of nothing before it.
            request.last_change = _newest(request.user)  # type: ignore[attr-defined]
        with timezone.override(_zone(seeker.zone)):
            response = self.get_response(request)
        if request.method == "POST" and SAMPLE in request.session:
            _remember_sample(request)
        return response


def _remember_sample(request: HttpRequest) -> None:
    """Look once after a change, so that no page has to.  Written only where it differs."""
    here = request.user.is_authenticated and has_sample(request.user)
    if request.session.get(SAMPLE) != here:
        request.session[SAMPLE] = here
