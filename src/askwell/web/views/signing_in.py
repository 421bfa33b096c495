"""Signing in to a mailbox on its provider's page (OAuth 2): the client, the way there, and the way back.

Theory of operation.  A form may only be sent to this server (form-action), and what a provider's page leads
on to is not for us to list; so the form ends here, and a page of our own goes on to the provider.  The way
back comes from another site: a browser keeps a strict session cookie to itself then, so one page of ours,
which holds nothing, goes on to itself; the provider may also call this machine by another name than the page
did, which ``state`` remembers.  The session holds the page to go to, and, sealed, the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from askwell.gateways.errors import GatewayError
from askwell.gateways.oauth import Client
from askwell.gateways.providers import issuer_of
from askwell.mailroom import saying, signing_in
from askwell.mailroom.outbox import trouble_of
from askwell.people.errors import BadField
from askwell.web.answers import REFUSED, SeeOther, done, page, tell
from askwell.web.forms.mail_accounts import AddressForm, ClientForm
from askwell.web.guards import attempt
from askwell.web.views.mail_accounts import TRIED, shown
from askwell.web.words import of_problem

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.gateways.providers import Issuer
    from askwell.mailroom.signing_in import Begun, Outcome
    from askwell.web.requests import Request

BEGUN = "signing_in"  # of the session: what was begun, sealed, and the page to go to
_LOOPBACK = ("127.0.0.1", "localhost")
_AGAIN = "again"
_HERE = "@"  # in ``state``: how this machine was called when one left


@sensitive_post_parameters("client_secret")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request, key: str) -> HttpResponse:
    """What the provider knows Askwell as, and the way to its page."""
    issuer = issuer_of(key)
    if issuer is None:
        raise Http404
    asked = AddressForm(request.POST if request.method == "POST" else request.GET)
    if not asked.is_valid():
        return tell(request, _("Type your address first."), "mailboxes")
    address = asked.cleaned_data["address"]
    known = signing_in.client_for(issuer, signing_in.account_at(request.user, address))
    initial = {"client_id": known.id, "tenant": known.tenant} if known else {}
    form = ClientForm(request.POST or None, initial=initial, issuer=issuer, known=known is not None)
    if request.method == "POST" and form.is_valid():
        begun, _against = attempt(request, form, lambda: _begin(request, issuer, address, form, known))
        if begun is not None:
            request.session[BEGUN] = [begun.sealed, begun.url]
            return SeeOther(resolve_url("mailbox_leave"))
    return _page(request, form, issuer, address=address, known=known)


def _page(
    request: Request, form: ClientForm, issuer: Issuer, *, address: str, known: Client | None
) -> HttpResponse:
    last = request.session.get(TRIED)
    tried = last[1] if last and last[0] == address else []
    if tried:
        del request.session[TRIED]
    context = {
        "tab": "mail",
        "local": settings.LOCAL,
        "form": form,
        "issuer": issuer,
        "address": address,
        "known": known,
        "tried": tried,
        "comes_back_to": _registered(request, issuer),
    }
    return page(request, "web/mail/sign_in.html", context, status=REFUSED if form.errors else 200)


def _begin(request: Request, issuer: Issuer, address: str, form: ClientForm, known: Client | None) -> Begun:
    data = form.cleaned_data
    given = Client(id=data["client_id"], secret=data["client_secret"], tenant=data.get("tenant", ""))
    here = urlsplit(f"//{request.get_host()}")
    local = settings.LOCAL and here.hostname in _LOOPBACK
    return signing_in.begin(
        request.user,
        address,
        issuer,
        signing_in.checked_client(given, known),
        redirect=signing_in.redirect_to(issuer, here.port or 80) if local else _here(request),
        mark=f"{_HERE}{here.hostname}" if local else "",
        now=request.now,
    )


@never_cache
@require_GET
def leave(request: Request) -> HttpResponse:
    """Go on to the provider's page."""
    begun = request.session.get(BEGUN)
    if not begun:
        return SeeOther(resolve_url("mailboxes"))
    return render(request, "web/mail/go_on.html", {"url": begun[1], "host": urlsplit(begun[1]).hostname})


@never_cache
@sensitive_variables("told")
@require_GET
def back(request: Request) -> HttpResponse:
    """Take what the provider's page sends back, once it is seen whose session it is."""
    told = request.GET.dict()
    if elsewhere := _where_begun(request, told.get("state", "")):
        return _go_on(request, elsewhere, told)  # from another site still, as browsers see it
    if _AGAIN not in told and not request.user.is_authenticated:
        return _go_on(request, "", {**told, _AGAIN: "1"})
    if not request.user.is_authenticated:
        return render(request, "web/locked.html", {"local": settings.LOCAL}, status=403)
    sealed, _url = request.session.get(BEGUN) or ["", ""]
    try:
        outcome = signing_in.come_back(request.user, sealed, told, now=request.now)
    except signing_in.NotOurs:
        said = _(
            "What came back belongs to no sign-in that was begun here, or came too late. Nothing was kept."
        )
        return tell(request, said, "mailboxes")
    except GatewayError as error:
        del request.session[BEGUN]
        messages.warning(request, saying.of_trouble(trouble_of(error, now=request.now)))
        return SeeOther(resolve_url("mailboxes"))
    except BadField as bad:
        del request.session[BEGUN]
        return tell(request, of_problem(bad.problem), "mailboxes")
    del request.session[BEGUN]
    return _told(request, outcome)


def _go_on(request: Request, place: str, told: dict[str, str]) -> HttpResponse:
    url = f"{place}{signing_in.PATH}?{urlencode(told)}"
    return render(request, "web/mail/go_on.html", {"url": url, "host": ""})


def _told(request: Request, outcome: Outcome) -> HttpResponse:
    """Show the steps that were tried, on the mailbox's page, or where one may try again."""
    if outcome.account is None:
        request.session[TRIED] = [outcome.address, shown(outcome.tried)]
        return SeeOther(_sign_in_page(outcome))
    request.session[TRIED] = [outcome.account.pk, shown(outcome.tried)]
    said = _("Signed in: %(address)s is connected.") % {"address": outcome.address}
    if not all(each.ok for each in outcome.tried):
        return tell(request, _("Something is wrong with it: look below."), "mailbox", outcome.account.pk)
    return done(request, said, "mailbox", outcome.account.pk, undo=False)


def _sign_in_page(outcome: Outcome) -> str:
    return f"{resolve_url('mailbox_sign_in', outcome.issuer)}?{urlencode({'address': outcome.address})}"


def _where_begun(request: Request, state: str) -> str:
    """Give this machine under the name it was left by, where one came back to another; else nothing."""
    name, here = state.rpartition(_HERE)[2], urlsplit(f"//{request.get_host()}")
    if not settings.LOCAL or name not in _LOOPBACK or name == here.hostname:
        return ""
    return f"http://{name}:{here.port or 80}"


def _here(request: Request) -> str:
    return request.build_absolute_uri(signing_in.PATH)


def _registered(request: Request, issuer: Issuer) -> str:
    """Give the address to register at the provider; nothing where it takes any of this machine."""
    if not settings.LOCAL:
        return _here(request)
    return "" if issuer.host == "127.0.0.1" else f"http://{issuer.host}{signing_in.PATH}"
