"""Connecting a mailbox: its address, what was found of it, its password, a trial of every step, its page.

The password goes from the form to the trial and to where it is kept; no page, message or session holds it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from askwell.gateways import providers
from askwell.gateways.errors import Trouble
from askwell.mailroom import accounts, saying, signing_in
from askwell.mailroom.discovering import look_up
from askwell.mailroom.examining import check_account, examine, first_wrong
from askwell.mailroom.models import Account
from askwell.mailroom.renewing import grant_for
from askwell.outreach import actions
from askwell.people import queries as people
from askwell.people.errors import BadField
from askwell.web.answers import REFUSED, SeeOther, done, own, page, tell
from askwell.web.forms.mail_accounts import AccountForm, AddressForm
from askwell.web.guards import attempt
from askwell.web.words import of_problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from askwell.mailroom.accounts import Connection
    from askwell.mailroom.examining import Finding
    from askwell.web.requests import Request

_OF_THE_PASSWORD = {Trouble.PASSWORD, Trouble.APP_PASSWORD, Trouble.TOKEN}
TRIED = "mail_tried"  # of the session: the steps of the last trial, to be shown once


@require_GET
def mailboxes(request: Request) -> HttpResponse:
    """Every mailbox, or how to connect the first."""
    rows = list(accounts.accounts_of(request.user))
    context = {**_common(), "accounts": rows, "form": AddressForm()}
    return page(request, "web/mail/list.html", context)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def connect(request: Request) -> HttpResponse:
    """From an address to a mailbox that was tried out."""
    if request.method == "GET" and "address" not in request.GET:  # the page of a trial, loaded again
        return SeeOther(resolve_url("mailboxes"))
    asked = AddressForm(request.POST if request.method == "POST" else request.GET)
    if not asked.is_valid():
        rows = list(accounts.accounts_of(request.user))
        context = {**_common(), "accounts": rows, "form": asked}
        return page(request, "web/mail/list.html", context, status=REFUSED)
    address = asked.cleaned_data["address"]
    if providers.issuer_of(request.GET.get("with", "")) is not None:
        return SeeOther(
            f"{resolve_url('mailbox_sign_in', request.GET['with'])}?{urlencode({'address': address})}"
        )
    if request.method == "GET":
        likely = look_up(address)
        initial = asdict(likely.connection) | {"name": people.own_name(request.user)}
        told = {"likely": likely, "found": saying.of_likely(likely), "first": saying.what_first(likely)}
        told["issuer"] = providers.issuer_of(likely.issuer)
        return _form(request, AccountForm(initial=initial), address=address, **told)
    form = AccountForm(request.POST)
    tried: tuple[Finding, ...] = ()
    if form.is_valid():
        account, tried = _connected(request, form, address)
        if account is not None:
            request.session[TRIED] = [account.pk, shown(tried)]
            if account.name and not people.own_name(request.user):  # letters end with it, too
                actions.set_own_name(request.user, name=account.name, now=request.now)
            said = _("%(address)s is connected.") % {"address": address}
            return done(request, said, "mailbox", account.pk, undo=False)
    return _form(request, form, address=address, tried=tried)


def _connected(
    request: Request, form: AccountForm, address: str
) -> tuple[Account | None, tuple[Finding, ...]]:
    """Try it out, and connect it where all is well."""
    connection, secret = form.connection(address), form.cleaned_data["secret"]
    tried = _tried(request, form, connection, secret)
    if not tried or first_wrong(tried):
        return None, tried
    account, _against = attempt(
        request, form, lambda: accounts.connect_account(request.user, connection, secret, now=request.now)
    )
    return account, tried


def _tried(request: Request, form: AccountForm, connection: Connection, secret: str) -> tuple[Finding, ...]:
    """Try it out; nothing where the form says already why not."""

    def trial() -> tuple[Finding, ...]:
        accounts.checked(connection)
        return examine(connection, accounts.checked_secret(secret, connection.mechanism))

    found, _against = attempt(request, form, trial)
    return found or ()


def _form(request: Request, form: AccountForm, *, address: str, **more: Any) -> HttpResponse:
    tried = more.pop("tried", ())
    bad = first_wrong(tried)
    context = {
        **_common(),
        "form": form,
        "address": address,
        "tried": shown(tried),
        "look_at_servers": bad is not None and bad.code not in _OF_THE_PASSWORD,
        **more,
    }
    return page(request, "web/mail/connect.html", context, status=REFUSED if form.errors or tried else 200)


def shown(tried: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give the steps of a trial in words."""
    return [
        {
            "title": str(saying.STEPS[each.step]),
            "ok": each.ok,
            "sentence": saying.of_finding(each),
            "said": "" if each.ok else each.said,
        }
        for each in tried
    ]


@require_GET
def mailbox(request: Request, pk: int) -> HttpResponse:
    """How one mailbox is doing."""
    row = _own(request, pk)
    last = request.session.get(TRIED)
    tried = last[1] if last and last[0] == row.pk else []
    if tried:
        del request.session[TRIED]
    context = {
        **_common(),
        "account": row,
        "tried": tried,
        "all_well": all(each["ok"] for each in tried),
        "trouble": saying.of_trouble(row.trouble) if row.trouble else "",
        "grant": grant_for(row),
        "issuer": signing_in.issuer_for(row),
    }
    return page(request, "web/mail/account.html", context)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Its password, its name, its servers."""
    row = _own(request, pk)
    form = AccountForm(request.POST or None, known=True, initial=asdict(accounts.connection_of(row)))
    if request.method == "POST" and form.is_valid():
        changed, _against = attempt(
            request,
            form,
            lambda: accounts.change_account(
                row, form.connection(row.address), secret=form.cleaned_data["secret"]
            ),
        )
        if changed is not None:
            return _check(request, changed, _("Kept."))
    context = {**_common(), "form": form, "account": row}
    return page(request, "web/mail/change.html", context, status=REFUSED if form.errors else 200)


@require_POST
def do(request: Request, pk: int, act: str) -> HttpResponse:
    """Pause, resume, try again, let go."""
    row = _own(request, pk)
    if act == "pause":
        accounts.pause_account(row, now=request.now)
        return done(request, _("Paused: nothing goes out by it."), "mailbox", row.pk, undo=False)
    if act == "resume":
        accounts.resume_account(row)
        return done(request, _("It sends again."), "mailbox", row.pk, undo=False)
    if act == "check":
        return _check(request, row)
    if act == "forget":
        return _forget(request, row)
    raise Http404


def _check(request: Request, row: Account, said: str = "") -> HttpResponse:
    tried = check_account(row, now=request.now)
    request.session[TRIED] = [row.pk, shown(tried)]
    bad = first_wrong(tried)
    sentence = _("Something is wrong with it: look below.") if bad else _("All is well.")
    return tell(request, f"{said} {sentence}".strip(), "mailbox", row.pk)


def _forget(request: Request, row: Account) -> HttpResponse:
    try:
        accounts.forget_account(row, now=request.now)
    except BadField as bad:
        return tell(request, of_problem(bad.problem), "mailbox", row.pk)
    return tell(
        request,
        _("%(address)s is removed, and its password with it.") % {"address": row.address},
        "mailboxes",
    )


def _common() -> dict[str, Any]:
    return {"tab": "mail", "local": settings.LOCAL, "issuers": providers.ISSUERS}


def _own(request: Request, pk: int) -> Account:
    """One of the connected mailboxes; one let go is not there."""
    row = own(Account, request.user, pk=pk)
    if not accounts.is_connected(row):
        raise Http404
    return row
