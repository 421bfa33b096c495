"""Calendars: connected, chosen from, looked into, let go; what moved in them, and what is asked.

The password goes from the form to the server and to where it is kept; no page, message or session holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from askwell.gateways.errors import GatewayError
from askwell.gateways.webdav import Elsewhere
from askwell.mailroom import calendar_servers, calendars
from askwell.mailroom.dav import AT_ONCE
from askwell.mailroom.models import CalendarAccount, CalendarEntry
from askwell.outreach.errors import BadValue
from askwell.outreach.free_times import counting_accounts
from askwell.outreach.models import Outreach
from askwell.outreach.talks_in_calendar.round import Looked, look, read_busy_now
from askwell.outreach.talks_in_calendar.settling import Answer, settle
from askwell.web.answers import REFUSED, done, go, own, page, tell
from askwell.web.forms.calendars import ChooseForm, ConnectForm
from askwell.web.talking import offers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request

TAB = "calendar"


@sensitive_post_parameters("where", "secret")
@require_http_methods(["GET", "POST"])
def accounts(request: Request) -> HttpResponse:
    """Every account, and connecting one."""
    form = ConnectForm(request.POST or None)
    if request.method == "POST":
        if host := request.POST.get("host", ""):
            form.ask_for(host)
        if form.is_valid() and (account := _connected(request, form)) is not None:
            return done(request, _("Connected. Now choose."), "calendar_account", account.pk, undo=False)
    rows = calendars.accounts_of(request.user)
    context = {"tab": TAB, "accounts": [_shown(row) for row in rows], "form": form}
    return page(request, "web/calendars/list.html", context, status=REFUSED if form.errors else 200)


def _connected(request: Request, form: ConnectForm) -> CalendarAccount | None:
    """Look for it and take it up; None where the form says why not, or asks for more."""
    data = form.cleaned_data
    agreed = [data["host"]] if data.get("agreed") else []
    where, user, secret = data["where"], data["user"], data["secret"]
    try:
        found = calendar_servers.look_for(where, user=user, secret=secret, agreed=agreed, bounds=AT_ONCE)
    except Elsewhere as error:
        form.ask_for(error.host)
        form.add_error("agreed", calendar_servers.said(error))
        return None
    except GatewayError as error:
        form.add_error(None, calendar_servers.said(error, published=form.published))
        return None
    return calendar_servers.take_up(request.user, where, found, user=user, secret=secret, now=request.now)


def _shown(account: CalendarAccount) -> dict[str, object]:
    return {
        "account": account,
        "trouble": calendar_servers.trouble_said(account),
        "restored": calendars.was_restored(account),
    }


@require_http_methods(["GET", "POST"])
def account(request: Request, pk: int) -> HttpResponse:
    """How one account is doing, and what of it is used."""
    row = own(CalendarAccount.objects.select_related("owner"), request.user, pk=pk)
    form = ChooseForm(request.POST if request.method == "POST" else None, account=row)
    if request.method == "POST" and form.is_valid():
        calendars.choose(row, **form.chosen())
        return done(request, _("Kept."), "calendar_account", row.pk, undo=False)
    context = {"tab": TAB, "form": form, **_shown(row)}
    return page(request, "web/calendars/account.html", context, status=REFUSED if form.errors else 200)


@require_POST
def account_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Look into it now, let it rest, let it go."""
    row = own(CalendarAccount.objects.select_related("owner"), request.user, pk=pk)
    if act == "forget":
        calendar_servers.forget(row)
        sentence = _("Let go: the password is deleted, and what stands in the calendar stays there.")
        if row.published:
            sentence = _("Let go: its address is deleted.")
        return done(request, sentence, "calendars", undo=False)
    if act in {"pause", "resume"}:
        calendars.pause(row, now=request.now if act == "pause" else None)
        return done(request, _("Kept."), "calendar_account", row.pk, undo=False)
    if act != "look":
        raise Http404
    try:
        found = look(row, clock=lambda: request.now, bounds=AT_ONCE)
    except GatewayError as error:
        sentence = calendar_servers.said(error, published=row.published)
        return tell(request, sentence, "calendar_account", row.pk)
    if found is None:
        return tell(request, _("It is paused, or being looked into already."), "calendar_account", row.pk)
    return done(request, _word(found), "calendar_account", row.pk, undo=bool(found.moved))


def _word(found: Looked) -> str:
    if found.moved or found.asked:
        return _("Looked into: what moved there stands on Today.")
    return _("Looked into: both say the same.")


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer what is asked of a talk and its entry."""
    row = own(CalendarEntry.objects.select_related("owner"), request.user, pk=pk)
    try:
        given = settle(row, request.POST.get("answer", ""), now=request.now)
    except BadValue:
        return tell(request, _("That was settled already, or changed since."), "today")
    if given is Answer.SEEN:
        return go(request, "today")
    return done(request, _("Settled. Your calendar follows in a moment."), "today")


@require_POST
def times(request: Request, pk: int) -> HttpResponse:
    """Look into the calendars now, for the times to offer."""
    outreach = own(Outreach.objects.select_related("contact", "owner"), request.user, pk=pk)
    trouble = ""
    for each in counting_accounts(request.user):
        try:
            read_busy_now(each, now=request.now, bounds=AT_ONCE)
        except GatewayError as error:
            trouble = calendar_servers.said(error, published=each.published)
    if request.htmx:
        context = {"outreach": outreach, "offers": offers(outreach, now=request.now), "trouble": trouble}
        return page(request, "web/talks/offers.html", context)
    if trouble:
        return tell(request, trouble, "schedule", outreach.pk)
    return go(request, "schedule", outreach.pk)
