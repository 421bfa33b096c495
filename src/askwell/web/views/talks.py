"""Talks: booked, prepared, held, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.calendars import known_zones
from askwell.outreach.facts.world import preset_of
from askwell.outreach.free_times import is_busy
from askwell.outreach.models import Outreach, Talk
from askwell.outreach.queries.the_day import is_over, still_booked
from askwell.outreach.talks_in_calendar.looking import line_of
from askwell.rules.facts import TalkState
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.asking import HomeworkForm
from askwell.web.forms.fields import zones
from askwell.web.forms.talks import THEIRS, MoveForm, TimeForm
from askwell.web.guards import attempt, overrides
from askwell.web.inviting import inviting
from askwell.web.noting import warn_of_both
from askwell.web.talking import agenda_of, offers, readiness, wear_to
from askwell.web.views.asking import TAKE, bring, homework_of, keep_homework, taken, told

if TYPE_CHECKING:
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.web.requests import Request

_MANY = 100
_WITH = ("contact", "outreach", "owner")


def _talk(request: Request, pk: int) -> Talk:
    row: Talk = own(Talk.objects.select_related(*_WITH), request.user, pk=pk)
    return row


@require_safe
def talks(request: Request) -> HttpResponse:
    """Those to come, soonest first, then those held."""
    coming = still_booked(request.user, now=request.now)[:_MANY]
    past = queries.talks(request.user, now=request.now, when="past").exclude(
        state=TalkState.SCHEDULED, pk__in=[talk.pk for talk in coming]
    )
    context = {"coming": coming, "past": past[:_MANY]}
    return page(request, "web/talks/list.html", context)


@require_http_methods(["GET", "POST"])
def schedule(request: Request, pk: int) -> HttpResponse:
    """Agree on a time: what to offer in their zone, then what was agreed."""
    outreach = own(Outreach.objects.select_related("contact", "owner"), request.user, pk=pk)
    contact = outreach.contact
    offered = _offered(request, contact.zone)
    form = TimeForm(request.POST or None, initial=offered)
    against: list[Any] = []
    if request.method == "POST" and form.is_valid():
        talk, against = attempt(request, form, lambda: _book(request, outreach, form.cleaned_data))
        if talk:
            return done(
                request, _("The talk with %(name)s is booked.") % {"name": contact.name}, "talk", talk.pk
            )
    context = {
        "outreach": outreach,
        "contact": contact,
        "form": form,
        "objections": against,
        "offers": offers(outreach, now=request.now),
        "is_busy": request.method == "GET" and _is_busy(request, offered),
        "zones": zones(),
    }
    return page(
        request, "web/talks/schedule.html", context, status=REFUSED if request.method == "POST" else 200
    )


def _offered(request: Request, zone: str) -> dict[str, Any]:
    """Begin with the offered time that was chosen, on their clock."""
    try:
        at = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        at = None
    minutes = preset_of(request.seeker).minutes_asked
    return {"starts_at": at, "zone": zone, "whose": THEIRS if zone else "mine", "minutes": minutes}


def _is_busy(request: Request, offered: dict[str, Any]) -> bool:
    """Whether the seeker has something else at the time that was chosen."""
    at, zone = offered["starts_at"], offered["zone"]
    if at is None:
        return False
    if timezone.is_naive(at):
        at = timezone.make_aware(at, ZoneInfo(zone) if zone in known_zones() else None)
    return is_busy(request.user, at, offered["minutes"], now=request.now)


def _book(request: Request, outreach: Outreach, data: dict[str, Any]) -> Talk:
    values = {key: data[key] for key in ("starts_at", "minutes", "zone", "channel", "where")}
    return actions.schedule_talk(outreach, overrides=overrides(request.POST), now=request.now, **values)


@require_safe
def talk(request: Request, pk: int) -> HttpResponse:
    """The card of one talk: when on both clocks, how, agenda, what is still to prepare."""
    talk = _talk(request, pk)
    context = {
        "talk": talk,
        "contact": talk.contact,
        "their_time": their_time(talk),
        "agenda": agenda_of(talk),
        "readiness": readiness(talk, now=request.now),
        "is_booked": talk.state == TalkState.SCHEDULED,
        "is_held": talk.state == TalkState.HELD,
        "has_begun": talk.starts_at < request.now,
        "is_ahead": timezone.localdate(talk.starts_at) > timezone.localdate(request.now),
        "is_over": is_over(talk, now=request.now),
        "late": _late(request, talk),
        "invite": inviting(talk, now=request.now),
        "calendar_line": line_of(talk, now=request.now),
        "move_asked_at": queries.asked_to_move([talk.pk]).get(talk.pk),
    }
    return page(request, "web/talks/talk.html", context)


def _late(request: Request, talk: Talk) -> ReasonLine | None:
    """Hint that it is late to move it or call it off, while it could still be."""
    if talk.state != TalkState.SCHEDULED or talk.starts_at < request.now:
        return None
    return queries.late_to_cancel(talk, now=request.now)


def their_time(talk: Talk) -> Any:
    """Give the start on their clock, where their zone is known and another than the seeker's."""
    if talk.zone not in known_zones():
        return None
    theirs = talk.starts_at.astimezone(ZoneInfo(talk.zone))
    return theirs if theirs.utcoffset() != timezone.localtime(talk.starts_at).utcoffset() else None


@require_safe
def ics(request: Request, pk: int) -> HttpResponse:
    """The calendar entry, to download."""
    talk = _talk(request, pk)
    body = actions.talk_ics(talk, now=request.now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="talk-{talk.pk}.ics"'
    return response


@require_http_methods(["GET", "POST"])
def prepare(request: Request, pk: int) -> HttpResponse:
    """Homework, own story, questions: what the talk needs."""
    talk = _talk(request, pk)
    outreach = talk.outreach
    form = _homework_form(request, outreach)
    if request.method == "POST" and form and outreach and form.is_valid():
        data = form.cleaned_data
        saved, _against = attempt(request, form, lambda: keep_homework(outreach, data, request))
        if saved:
            warn_of_both(request, form)
        if saved and TAKE in request.POST:
            return taken(request, "talk_prepare", talk.pk)
        if saved:
            return done(request, _("Your preparation is kept."), "talk", talk.pk)
    context = {
        "talk": talk,
        "contact": talk.contact,
        "form": form,
        **(bring(request, outreach) if outreach else {}),
        **told(talk.contact, form, now=request.now),
        "readiness": readiness(talk, now=request.now),
        "agenda": agenda_of(talk),
        "their_time": their_time(talk),
        "wear": wear_to(talk, now=request.now),
    }
    return page(request, "web/talks/prepare.html", context, status=REFUSED if form and form.errors else 200)


def _homework_form(request: Request, outreach: Outreach | None) -> HomeworkForm | None:
    if outreach is None:
        return None
    return HomeworkForm(request.POST or None, request.FILES or None, initial=homework_of(outreach))


@require_http_methods(["GET", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Another time, length or place."""
    talk = _talk(request, pk)
    initial = {
        "starts_at": talk.starts_at, "whose": "mine", "zone": talk.zone,
        "minutes": talk.minutes, "channel": talk.channel, "where": talk.where,
    }  # fmt: skip
    form = MoveForm(request.POST or None, initial=initial)
    against: list[Any] = []
    if request.method == "POST" and form.is_valid():
        moved, against = attempt(request, form, lambda: _move(request, talk, form.cleaned_data))
        if moved:
            return done(request, _("The talk is moved. Download the calendar entry again."), "talk", talk.pk)
    context = {"talk": talk, "contact": talk.contact, "form": form, "objections": against, "zones": zones()}
    return page(request, "web/talks/move.html", context, status=REFUSED if request.method == "POST" else 200)


def _move(request: Request, talk: Talk, data: dict[str, Any]) -> Talk:
    values = {key: data[key] for key in ("starts_at", "minutes", "channel", "where", "by_them")}
    return actions.move_talk(talk, overrides=overrides(request.POST), now=request.now, **values)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """The confirmation went out."""
    talk = actions.confirm_talk(_talk(request, pk), now=request.now)
    return done(request, _("Confirmed with %(name)s.") % {"name": talk.contact.name}, "talk", talk.pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """The talk is called off; the request stays."""
    talk = _talk(request, pk)
    actions.cancel_talk(talk, by_them=request.POST.get("by") == "them", now=request.now)
    return done(
        request, _("The talk with %(name)s is called off.") % {"name": talk.contact.name}, "talk", talk.pk
    )
