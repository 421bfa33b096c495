"""The seeker's card: written, looked at, printed, shown as a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from askwell.outreach import actions, queries
from askwell.people.journal import as_one
from askwell.web.answers import REFUSED, done, page, tell
from askwell.web.forms.cards import CardForm, PrintForm
from askwell.web.guards import attempt

if TYPE_CHECKING:
    from typing import Any

    from askwell.rules.card import Card
    from askwell.web.requests import Request

_INCHES = {"US", "CA"}  # where cards and paper are measured in inches


@require_http_methods(["GET", "POST"])
def cards(request: Request) -> HttpResponse:
    """Both sides with what the rules say of them; a POST keeps them."""
    card = queries.own_card(request.user)
    form = CardForm(request.POST or None, initial=_initial(request, card))
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(request, form, lambda: _keep(request, form))
        if kept is not None:
            return done(request, _("Your card is kept."), "cards")
    inches = request.seeker.country in _INCHES
    usual = {"size": "us" if inches else "eu", "sheet": "letter" if inches else "a4", "kind": "business"}
    context = {
        "form": form,
        "shown": queries.card_page(request.user, now=request.now),
        "printing": PrintForm(initial=usual, auto_id="print_%s"),
        "tab": "cards",
    }
    return page(request, "web/settings/cards.html", context, status=REFUSED if form.errors else 200)


def _initial(request: Request, card: Card) -> dict[str, Any]:
    names = ("name", "role", "email", "phone", "profile", "back")
    lines = {name: getattr(card, name) for name in names}
    return {**lines, "skills": "\n".join(card.skills), "cards_left": request.seeker.cards_left}


def _keep(request: Request, form: CardForm) -> object:
    with as_one(request.user):
        actions.keep_card(request.user, now=request.now, **form.lines())
        left = form.cleaned_data["cards_left"]
        if left != request.seeker.cards_left:
            actions.change_seeker(request.user, now=request.now, cards_left=left)
    return True


@require_safe
def printed(request: Request) -> HttpResponse:
    """The card as PDF."""
    from askwell.formats.cards import TooLong

    form = PrintForm(request.GET)
    card = queries.own_card(request.user)
    if not form.is_valid() or not card.name.strip():
        return tell(request, _("Write your name first: a card without one cannot be printed."), "cards")
    data = form.cleaned_data
    chosen = {name: data[name] for name in ("kind", "size", "sheet")}
    try:
        body = queries.card_file(card, **chosen, now=request.now)
    except TooLong as error:
        said = _("Too long for a card, even in the smallest print: %(lines)s")
        return tell(request, said % {"lines": "; ".join(error.lines)}, "cards")
    name = f"card-{data['kind']}-{data['size']}{'-' + data['sheet'] if data['sheet'] else ''}.pdf"
    return _file(body, "application/pdf", f'attachment; filename="{name}"')


@require_safe
def code(request: Request) -> HttpResponse:
    """The code over the whole screen, to be held out."""
    return page(request, "web/settings/card_code.html", {"card": queries.own_card(request.user)})


@require_safe
def code_svg(request: Request) -> HttpResponse:
    """The code as a picture."""
    from askwell.formats.cards import qr_svg

    return _file(qr_svg(queries.card_vcard(request.user)), "image/svg+xml", 'inline; filename="card.svg"')


@require_safe
def vcf(request: Request) -> HttpResponse:
    """What stands on the card as a vCard, to send."""
    return _file(
        queries.card_vcard(request.user), "text/vcard; charset=utf-8", 'attachment; filename="card.vcf"'
    )


def _file(body: bytes, kind: str, disposition: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "no-store"
    return response
