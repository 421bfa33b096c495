"""Address books: connected, brought in step, settled field by field, let go.

The password goes from the form to the server and to where it is kept; no page, message or session holds it.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from askwell.gateways.errors import GatewayError
from askwell.gateways.webdav import Elsewhere, server_of
from askwell.mailroom import address_books
from askwell.people import address_book_sync as syncing
from askwell.people.journal import as_one
from askwell.people.models import AddressBook, Change, ImportState, SyncedCard
from askwell.web.answers import REFUSED, done, go, own, page, tell
from askwell.web.forms.address_books import ConnectForm, SendingForm
from askwell.web.guards import attempt
from askwell.web.importing import meter
from askwell.web.worker import is_at_hand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from askwell.people.address_book_sync import Open
    from askwell.web.requests import Request

_STAGES = {
    "asking": gettext_lazy("Asking what changed there"),
    "reading": gettext_lazy("Reading the cards"),
    "comparing": gettext_lazy("Comparing both"),
    "planning": gettext_lazy("Looking who you know already"),
    "writing": gettext_lazy("Writing the cards there"),
}
_SHOWN = 30
_AT_ONCE = 10  # people to be settled, a page


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def books(request: Request) -> HttpResponse:
    """Every address book, and connecting one."""
    form = ConnectForm(request.POST or None)
    if request.method == "POST":
        if host := request.POST.get("host", ""):
            form.ask_for(host)
        if request.POST.get("book"):
            form.offer([])
            form.fields["book"].choices = [(request.POST["book"], request.POST["book"])]  # type: ignore[attr-defined]
        if form.is_valid() and (book := _connected(request, form)) is not None:
            sentence = _("%(name)s is connected. Nothing was read yet.") % {"name": book.name}
            return done(request, sentence, "address_book", book.pk, undo=False)
    context = {
        "tab": "address_book",
        "books": list(AddressBook.objects.for_owner(request.user).order_by("pk")),
        "open": syncing.count_open(request.user),
        "form": form,
    }
    return page(request, "web/address_books/list.html", context, status=REFUSED if form.errors else 200)


def _connected(request: Request, form: ConnectForm) -> AddressBook | None:
    """Look for it and take it up; None where the form says why not, or asks for more."""
    data = form.cleaned_data
    agreed = [data["host"]] if data.get("agreed") else []
    user, secret = data["user"], data["secret"]
    try:
        found = address_books.look(data["where"], user=user, secret=secret, agreed=agreed)
    except Elsewhere as error:
        form.ask_for(error.host)
        form.add_error("agreed", address_books.said(error))
        return None
    except GatewayError as error:
        form.add_error(None, address_books.said(error))
        return None
    chosen = [one for one in found if one.url == data.get("book")] or list(found)
    if len(chosen) > 1:
        form.offer(found)
        form.add_error("book", _("There are several. Choose one, and type the password again."))
        return None
    return address_books.take_up(request.user, chosen[0], user=user, secret=secret)


@require_http_methods(["GET", "POST"])
def book(request: Request, pk: int) -> HttpResponse:
    """How one address book is doing, and who goes into it."""
    row = own(AddressBook.objects.select_related("batch"), request.user, pk=pk)
    initial = {"sends": row.sends, "tag": row.tag, "private_too": row.private_too}
    form = SendingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        _none, _against = attempt(request, form, lambda: syncing.set_sending(row, **form.cleaned_data))
        if not form.errors:
            return done(request, _("Kept."), "address_book", row.pk, undo=False)
    go_on(row, now=request.now)
    row.refresh_from_db()
    context = {"tab": "address_book", "form": form, **_state(request, row)}
    part, status = "web/address_books/state.html", REFUSED if form.errors else 200
    return page(request, "web/address_books/book.html", context, part=part, status=status)


def go_on(row: AddressBook, *, now: datetime) -> None:
    """Do what is asked, here, where there is no worker that will."""
    if not is_at_hand():
        address_books.do_asked(row, now=now)


def _state(request: Request, row: AddressBook) -> dict[str, Any]:
    """How an address book is doing: at work, or what the last time did."""
    at_work = syncing.is_at_work(row, now=request.now)
    running = at_work or syncing.wishes_of(row) is not None
    return {
        "book": row,
        "running": running,
        "progress": meter(syncing.progress_of(row) if at_work else {}, _STAGES),
        "report": None if running else _shown(request, syncing.last_report(row)),
        "trouble": address_books.of_code(row.trouble, server_of(row.url)) if row.trouble else "",
        "waiting": row.batch if row.batch and row.batch.state == ImportState.PLANNED else None,
        "open": row.cards.filter(asked__gt=0).exclude(contact=None).count(),
        "linked": row.cards.exclude(contact=None).exclude(path="").count(),
    }


@require_POST
def book_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Look, bring in step, stop, let go."""
    row = own(AddressBook, request.user, pk=pk)
    if act == "forget":
        address_books.let_go(row)
        sentence = _("%(name)s is let go: people stay here, cards stay there.") % {"name": row.name}
        return done(request, sentence, "address_books", undo=False)
    if act == "stop":
        return _stopped(request, row)
    if act not in {"look", "sync", "sync-and-remove"}:
        raise Http404
    wishes = syncing.Wishes(
        country=request.seeker.country, dry_run=act == "look", remove_there=act == "sync-and-remove"
    )
    with suppress(syncing.SyncBusy):  # pressed twice; the page says how it stands
        syncing.ask(row, wishes, now=request.now)
    return go(request, "address_book", row.pk)


def _stopped(request: Request, row: AddressBook) -> HttpResponse:
    if syncing.withdraw(row, now=request.now):
        sentence = _("It stops at the next card. What is in step by then stays.")
        return tell(request, sentence, "address_book", row.pk)
    return go(request, "address_book", row.pk)


def _word(told: Mapping[str, Any]) -> str:
    if told["stopped"]:
        return _("It was stopped. What is in step stays; the rest is done the next time.")
    if told["dry_run"]:
        return _("Nothing was changed: below is what would be.")
    count = sum(len(told[where]) for where in ("changed_here", "changed_there", "added_there"))
    return ngettext("In step: %(n)s person changed.", "In step: %(n)s people changed.", count) % {"n": count}


def _shown(request: Request, told: dict[str, Any]) -> dict[str, Any] | None:
    """Give a report as the page shows it: names and fields in words, and no more than can be read."""
    if not told or told["broke_off"]:
        return told or None
    told["at"] = datetime.fromisoformat(told["at"])
    told["word"] = _word(told)
    changes = Change.objects.for_owner(request.user).filter(pk=told["change"], undone_at=None)
    told["undo"] = told["change"] if changes.exists() else None
    for where in ("changed_here", "changed_there", "added_there"):
        told[f"{where}_count"] = len(told[where])
        told[where] = [
            {**one, "fields": list(dict.fromkeys(map(address_books.field_name, one["fields"])))}
            for one in told[where][:_SHOWN]
        ]
    for where in ("removed_here", "removed_there", "taken_away_there", "refused"):
        told[f"{where}_count"] = len(told[where])
        told[where] = told[where][:_SHOWN]
    told["nothing"] = not any(
        told[key]
        for key in (
            *("changed_here", "changed_there", "added_there", "removed_there", "removed_here"),
            *("taken_away_there", "refused", "new_there", "questions", "waiting", "not_written"),
        )
    )
    return told


@require_GET
def questions(request: Request) -> HttpResponse:
    """What both sides say, side by side: some people at a time."""
    found = syncing.open_questions(request.user, country=request.seeker.country, limit=_AT_ONCE)
    context = {
        "tab": "address_book",
        "people": [_asked(one) for one in found],
        "waiting": syncing.count_open(request.user),
    }
    return page(request, "web/address_books/questions.html", context)


def _asked(one: Open) -> dict[str, Any]:
    return {
        "card": one.card,
        "contact": one.contact,
        "lines": [
            {
                "slug": _slug(question.key),
                "label": address_books.field_name(question.key),
                "here": question.here,
                "there": question.there,
                "both": syncing.can_be_both(question),
            }
            for question in one.questions
        ],
    }


def _slug(key: str) -> str:
    """Name a field in a form: an address may hold any character."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Settle the fields of one person for which a side was chosen."""
    card = own(SyncedCard.objects.select_related("book", "owner"), request.user, pk=pk)
    country = request.seeker.country
    chosen = {
        question.key: request.POST[name]
        for question in syncing.asked_of(card, country=country)
        if request.POST.get(name := f"field-{_slug(question.key)}") in list(syncing.Choice)
    }
    if not chosen:
        return tell(request, _("Choose a side for at least one field."), "address_book_questions")
    try:
        with as_one(request.user):
            for key, value in chosen.items():
                syncing.settle(card, key, syncing.Choice(value), now=request.now, country=country)
    except syncing.NotAsked:
        return tell(request, _("That was settled already, or changed since."), "address_book_questions")
    return done(
        request,
        _("Settled. The next time both are brought in step, it is written there."),
        "address_book_questions",
    )
