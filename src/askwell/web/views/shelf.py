"""The reading shelf: what is worth passing on, whom it would help, and to whom it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions
from askwell.outreach.models import SavedLink
from askwell.outreach.queries import shelf as queries
from askwell.people.keys import key_in
from askwell.people.models import Contact
from askwell.web.answers import REFUSED, done, go, own, page
from askwell.web.forms.giving import HandedForm, ShelfForm
from askwell.web.guards import attempt
from askwell.web.once import once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.outreach.models import Draft
    from askwell.web.requests import Request

_MOST = 200


@require_http_methods(["GET", "POST"])
@once
def shelf(request: Request) -> HttpResponse:
    """Everything on the shelf; add another."""
    form = ShelfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link, _objections = attempt(
            request, form, lambda: actions.save_link(request.user, now=request.now, **form.cleaned_data)
        )
        if link is not None:
            return done(request, _("On the shelf: %(title)s.") % {"title": link.title}, "shelf_item", link.pk)
    context = {"links": queries.shelf(request.user)[:_MOST], "form": form}
    return page(request, "web/giving/shelf.html", context, status=REFUSED if form.errors else 200)


def _link(request: Request, pk: int) -> SavedLink:
    rows = SavedLink.objects.select_related("owner").prefetch_related("shares__contact")
    found: SavedLink = own(rows, request.user, pk=pk)
    return found


@require_http_methods(["GET", "POST"])
def item(request: Request, pk: int) -> HttpResponse:
    """One thing: whom it would help, to whom it went; a POST notes that it was handed over."""
    link = _link(request, pk)
    form = HandedForm(request.POST or None, owner=request.user, now=request.now, label=_("Who got it?"))
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(
            request, form, lambda: actions.share_link(link, form.contact(now=request.now), now=request.now)
        )
        if kept is not None:
            return done(request, _("Given to %(name)s.") % {"name": kept.contact.name}, "shelf_item", pk)
    return _show(request, link, form)


def _show(request: Request, link: SavedLink, form: HandedForm) -> HttpResponse:
    found = {} if link.dropped_at else queries.whom_it_helps(request.user, [link], now=request.now)
    context = {"link": link, "matches": found.get(link.pk, ()), "form": form}
    return page(request, "web/giving/item.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Mend what stands on the shelf."""
    link = _link(request, pk)
    initial = {name: getattr(link, name) for name in ("title", "url", "note", "topics")}
    form = ShelfForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(
            request, form, lambda: actions.edit_link(link, now=request.now, **form.cleaned_data)
        )
        if kept is not None:
            return done(request, _("Kept."), "shelf_item", pk)
    context = {"link": link, "form": form}
    return page(request, "web/giving/edit.html", context, status=REFUSED if form.errors else 200)


@require_POST
def do(request: Request, pk: int, act: str) -> HttpResponse:
    """Write a letter with it, or take it off the shelf."""
    link = _link(request, pk)
    if act == "drop":
        actions.drop_link(link, now=request.now)
        return done(request, _("Off the shelf: %(title)s.") % {"title": link.title}, "shelf")
    if act == "write":
        number = key_in(request.POST.get("contact", ""))
        contact = own(Contact.objects.people(), request.user, pk=number)
        return go(request, "letter", _letter(request, link, contact).pk)
    raise Http404


def _letter(request: Request, link: SavedLink, contact: Contact) -> Draft:
    """Give the letter that shares it with them, with what brought them to mind."""
    found = queries.whom_it_helps(request.user, [link], now=request.now, most=1, only=contact)[link.pk]
    why = found[0].why_them if found else ""
    return actions.write_with_link(link, contact, why_them=why, now=request.now)
