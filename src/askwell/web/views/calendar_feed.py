"""The calendar under its secret address, and the page where it is made, copied, renewed and ended."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from askwell.mailroom import address, digests, feeds
from askwell.mailroom.queries import senders
from askwell.outreach.calendar_feed import feed_file, feed_link, fingerprint
from askwell.web.answers import REFUSED, done, page
from askwell.web.forms.reminding import DigestForm, FeedForm
from askwell.web.pacing import Pace

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from django.http import HttpRequest

    from askwell.mailroom.models import CalendarFeed
    from askwell.web.requests import Request

PACE = Pace(a_minute=30)
_TOO_MANY = 429
_LANGUAGES = {code for code, _name in settings.LANGUAGES}


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Give the calendar to whoever has its address; nothing else is let in by it."""
    found = feeds.find_feed(key)
    now = request.now  # type: ignore[attr-defined]
    if not PACE.allows(found.pk if found else None, now=now):
        return HttpResponse(status=_TOO_MANY, headers={"Retry-After": "60"})
    if found is None:
        raise Http404
    with _language(request):
        body = feed_file(found, now=now)
    feeds.note_reading(found, now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = tag = fingerprint(body)
    answer = get_conditional_response(request, etag=tag, response=response)
    return answer or response


def _language(request: HttpRequest) -> AbstractContextManager[None]:
    """Speak the language the address was copied in: a program that reads calendars chooses none."""
    asked = request.GET.get("lang", "")
    return translation.override(asked) if asked in _LANGUAGES else nullcontext()


@require_safe
def calendar(request: Request) -> HttpResponse:
    """The secret address, with what to do with it."""
    return reminders(request)


@require_POST
def calendar_do(request: Request, act: str) -> HttpResponse:
    """Make it, give it a new address, end it, choose what is in it.  None of it is undone: see ``feeds``."""
    if act == "make":
        feeds.make_feed(request.user, now=request.now)
        return done(request, _("Here is your address."), "settings_calendar", undo=False)
    if act == "renew":
        feeds.renew_feed(request.user, now=request.now)
        return done(request, _("Here is a new address. The old one answers no more."), "settings_calendar")
    if act == "end":
        feeds.end_feed(request.user)
        return done(request, _("Ended. The address answers no more."), "settings_calendar", undo=False)
    if act != "choose":
        raise Http404
    form = FeedForm(request.POST)
    if not form.is_valid():
        return reminders(request, feed_form=form)
    data = form.cleaned_data
    feeds.change_feed(request.user, steps=data["steps"], alarm_minutes=data["alarm"])
    return done(request, _("Kept."), "settings_calendar", undo=False)


def _chosen(found: CalendarFeed) -> dict[str, object]:
    alarm = found.alarm_minutes
    return {"steps": found.steps, "alarm": "" if alarm is None else str(alarm)}


def reminders(
    request: Request, *, feed_form: FeedForm | None = None, digest_form: DigestForm | None = None
) -> HttpResponse:
    """Give the page, with a form as it was sent where it was refused."""
    wrong = any(form is not None and form.errors for form in (feed_form, digest_form))
    found = feeds.feed_of(request.user)
    context = _feed(found) | _digest(request, digest_form) | {"tab": "calendar"}
    context["form"] = feed_form or (FeedForm(initial=_chosen(found)) if found else None)
    return page(request, "web/settings/calendar.html", context, status=REFUSED if wrong else 200)


def _digest(request: Request, form: DigestForm | None) -> dict[str, object]:
    found, accounts = digests.digest_of(request.user), senders(request.user)
    initial = {"hour": found.hour if found else digests.USUAL_HOUR}
    initial |= {"account": found.account_id} if found else {}
    return {
        "digest": found if found and found.on_since else None,
        "accounts": accounts,
        "digest_form": form or DigestForm(initial=initial, accounts=accounts),
    }


def _feed(found: CalendarFeed | None) -> dict[str, object]:
    whole = feed_link(found) if found else ""
    return {
        "feed": found,
        "link": whole,
        "webcal": whole.replace(urlsplit(whole).scheme, "webcal", 1) if whole else "",
        "local_only": address.is_local(),
    }
