"""The daily mail: turned on and off, and what its links open, without a session (``digest_links``)."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from askwell.mailroom import digests
from askwell.mailroom.queries import senders
from askwell.outreach import actions, digest_links, queries
from askwell.outreach.digest import zone_of
from askwell.outreach.digest_links import Act, Expired, Link
from askwell.outreach.errors import NeedsMore, NotFound, OutreachError
from askwell.people.errors import PeopleError
from askwell.web import words
from askwell.web.answers import done
from askwell.web.forms.reminding import DigestForm
from askwell.web.steps import primary
from askwell.web.views.calendar_feed import reminders
from askwell.web.words import of_need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

    from askwell.web.requests import Request

_GONE, _MORNING = 410, time(6)


@require_POST
def turn(request: Request, act: str) -> HttpResponse:
    """Turn the daily mail on, or off."""
    if act == "off":
        digests.turn_off(request.user)
        return done(request, _("The daily mail is off."), "settings_calendar", undo=False)
    if act != "on":
        raise Http404
    accounts = senders(request.user)
    form = DigestForm(request.POST, accounts=accounts)
    if not form.is_valid():
        return reminders(request, digest_form=form)
    data = form.cleaned_data
    account = next(each for each in accounts if each.pk == data["account"])
    here = request.now.astimezone(zone_of(request.seeker))
    language = translation.get_language() or ""
    digests.turn_on(request.user, account, hour=data["hour"], here=here, language=language)
    return done(request, _("The daily mail is on."), "settings_calendar", undo=False)


@csrf_exempt  # the link itself is what lets in, and a mail program sends no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Turn it off: by one click of the mail program (RFC 8058, a POST), or by the button of the page."""
    found = digests.with_token(token)
    if found is None:
        raise Http404
    with translation.override(found.language or "en"):
        if request.method == "POST":
            digests.turn_off_by(token)
            return _page(request, said=_("The daily mail is off. You can turn it on again under Reminders."))
        if found.on_since is None:
            return _page(request, said=_("The daily mail is off."))
        return _page(request, title=_("The daily mail"), button=_("Turn it off"))


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, signed: str) -> HttpResponse:
    """Mark one step done, or put it off until tomorrow; opened, it only shows the button for it."""
    now: datetime = request.now  # type: ignore[attr-defined]
    try:
        link = digest_links.read(signed, now=now)
    except Expired:
        return _page(
            request, said=_("This link has ended. Open Askwell for what is to do now."), status=_GONE
        )
    if link is None:
        raise Http404
    owner = get_user_model().objects.get(pk=link.owner)
    with _as_the_seeker(owner):
        try:
            step = queries.step(owner, key=link.key, now=now)
        except NotFound:
            return _page(request, said=_("This is done already, or no longer to be done."))
        if request.method == "POST":
            said, opens = _did(owner, link, now=now, step=step)
            return _page(request, said=said, open=opens)
        buttons = {Act.DONE: _("Mark it done"), Act.LATER: _("Put it off until tomorrow")}
        return _page(request, title=_title(owner, step), button=buttons[link.act])


def _did(owner: AbstractBaseUser, link: Link, *, now: datetime, step: Any) -> tuple[str, str]:
    """Do it; gives what to say, and the page where more is said."""
    try:
        if link.act is Act.LATER:
            tomorrow = timezone.localdate(now) + timedelta(days=1)
            until = datetime.combine(tomorrow, _MORNING, tzinfo=timezone.get_current_timezone())
            actions.snooze(owner, key=link.key, until=until, now=now)
            return _("Put off until tomorrow."), ""
        actions.mark_done(owner, key=link.key, now=now)
    except NeedsMore as more:
        return of_need(more.action), primary(step).url
    except (OutreachError, PeopleError) as error:
        return words.of_error(error, now=now), ""
    return _("Done. In Askwell it can be taken back."), ""


def _title(owner: AbstractBaseUser, step: Any) -> str:
    """Say what it is about; where the search is confidential, a screen others see says nothing."""
    return _("Something to do") if queries.seeker_of(owner).confidential else str(step.title)


@contextmanager
def _as_the_seeker(owner: AbstractBaseUser) -> Iterator[None]:
    """Speak as the mail does, in the seeker's zone."""
    found = digests.digest_of(owner)
    zone = zone_of(queries.seeker_of(owner))
    with translation.override((found and found.language) or "en"), timezone.override(zone):
        yield


def _page(request: HttpRequest, *, status: int = 200, **told: str) -> HttpResponse:
    response = render(request, "web/digest.html", told, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
