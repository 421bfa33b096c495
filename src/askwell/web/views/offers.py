"""Introducing two people one knows: choose them, ask each, and write to both after two yeses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions
from askwell.outreach.facts import world
from askwell.outreach.letters import correspondence, lint_letter
from askwell.outreach.models import IntroductionOffer
from askwell.outreach.queries import offers as query
from askwell.rules.facts import Channel, Mode
from askwell.rules.lint import explain
from askwell.rules.offers import Answer, OfferStage, Side
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.offers import OfferForm, OfferLetterForm, OfferWordsForm
from askwell.web.guards import attempt, overrides
from askwell.web.linked import person_named
from askwell.web.once import once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.outreach.letters import Correspondence
    from askwell.people.models import Contact
    from askwell.rules.letters.facts import Draft
    from askwell.web.requests import Request

ANSWERS = {
    Answer.UNASKED: gettext_lazy("not asked yet"),
    Answer.ASKED: gettext_lazy("asked, not answered yet"),
    Answer.YES: gettext_lazy("said yes"),
    Answer.NO: gettext_lazy("would rather not"),
}
_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A letter to be sent: its form, what the lint says of it, what speaks against it, and the way out."""

    form: OfferLetterForm
    findings: list[tuple[str, str, str]]  # code, severity, sentence
    against: list[Any]
    mailto: str
    emails: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@once
def offers(request: Request) -> HttpResponse:
    """Those in the making, and a form for two more."""
    form = OfferForm(
        request.POST or None,
        owner=request.user,
        initial={"left": person_named(request, "with"), "right": person_named(request, "to")},
    )
    if request.method == "POST" and form.is_valid():
        two = form.people
        made, _against = attempt(
            request,
            form,
            lambda: actions.begin_offer(
                two["left"], two["right"], why=form.cleaned_data["why"], now=request.now
            ),
        )
        if made is not None:
            return done(request, _("Kept. Ask each of them first."), "offer", made.pk)
    found = Paginator(query.offers(request.user), _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "found": found, "lines": [query.offer_line(one) for one in found]}
    return page(request, "web/offers/list.html", context, status=REFUSED if form.errors else 200)


def _own(request: Request, pk: int) -> IntroductionOffer:
    rows = IntroductionOffer.objects.select_related("left", "right", "owner")
    found: IntroductionOffer = own(rows, request.user, pk=pk)
    found.left.owner = found.right.owner = request.user
    return found


@require_safe
def offer(request: Request, pk: int) -> HttpResponse:
    """One introduction in the making."""
    return _show(request, _own(request, pk))


@require_POST
def offer_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Asked, answered, introduced, words kept, let go."""
    found = _own(request, pk)
    what, _dash, whom = act.partition("-")
    doing = {
        "asked": _asked,
        "yes": _answered,
        "no": _answered,
        "made": _made,
        "words": _words,
        "drop": _drop,
    }
    if what not in doing or (what in {"asked", "yes", "no"}) != (whom in set(Side)):
        raise Http404
    return doing[what](request, found, what, whom)


def _asked(request: Request, found: IntroductionOffer, _what: str, whom: str) -> HttpResponse:
    side, form = Side(whom), OfferLetterForm(request.POST)
    against: list[Any] = []
    if form.is_valid():
        kept, against = attempt(
            request, form, lambda: actions.record_offer_asked(found, side, **_letter(request, form))
        )
        if kept is not None:
            name = found.left.name if side is Side.LEFT else found.right.name
            return done(request, _("Asked %(name)s.") % {"name": name}, "offer", found.pk)
    return _show(request, _own(request, found.pk), {whom: (form, against)})


def _made(request: Request, found: IntroductionOffer, _what: str, _whom: str) -> HttpResponse:
    form = OfferLetterForm(request.POST)
    against: list[Any] = []
    if form.is_valid():
        kept, against = attempt(
            request, form, lambda: actions.record_introduced(found, **_letter(request, form))
        )
        if kept is not None:
            said = _("%(left)s and %(right)s are introduced. It counts as given to both.")
            names = {"left": found.left.name, "right": found.right.name}
            return done(request, said % names, "offer", found.pk)
    return _show(request, _own(request, found.pk), {"both": (form, against)})


def _letter(request: Request, form: OfferLetterForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "subject": data["subject"],
        "body": data["body"],
        "at": data["at"],
        "overrides": overrides(request.POST),
        "now": request.now,
    }


def _answered(request: Request, found: IntroductionOffer, what: str, whom: str) -> HttpResponse:
    text = request.POST.get("text", "")
    actions.record_offer_answer(found, whom, yes=what == "yes", text=text, now=request.now)
    name = found.left.name if whom == Side.LEFT else found.right.name
    said = _("%(name)s said yes.") if what == "yes" else _("%(name)s would rather not. That is fine.")
    return done(request, said % {"name": name}, "offer", found.pk)


def _words(request: Request, found: IntroductionOffer, _what: str, _whom: str) -> HttpResponse:
    form = OfferWordsForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        actions.change_offer(found, why=data["why"], note=data["note"], now=request.now)
        return done(request, _("Kept."), "offer", found.pk)
    return _show(request, found, words=form)


def _drop(request: Request, found: IntroductionOffer, _what: str, _whom: str) -> HttpResponse:
    actions.drop_offer(found, now=request.now)
    return done(request, _("Let go."), "offers")


Sent = dict[str, tuple[OfferLetterForm, list[Any]]]


class _Letters:
    """What the letters of one page rest on: the two, each read once, and what was sent to the page."""

    def __init__(self, request: Request, sent: Sent) -> None:
        self.request, self.sent = request, sent
        self._around = world(request.user, now=request.now)
        self._known: dict[int, Correspondence] = {}

    def known(self, contact: Contact) -> Correspondence:
        """Everything a letter to them or about them may use."""
        if contact.pk not in self._known:
            self._known[contact.pk] = correspondence(contact, now=self.request.now, around=self._around)
        return self._known[contact.pk]


def _show(
    request: Request, found: IntroductionOffer, sent: Sent | None = None, words: OfferWordsForm | None = None
) -> HttpResponse:
    line = query.offer_line(found)
    at = _Letters(request, sent or {})
    sides = [
        (each, ANSWERS[each.answer], _desk_of(at, found, each) if each.may_ask else None)
        for each in line.sides
    ]
    context = {
        "line": line,
        "offer": found,
        "sides": sides,
        "both": _desk_for_both(at, found) if line.stage is OfferStage.AGREED else None,
        "words": words or OfferWordsForm(initial={"why": found.why, "note": found.blurb}),
        "about": request.GET.get("about", ""),
    }
    refused = bool(sent or words)
    return page(request, "web/offers/offer.html", context, status=REFUSED if refused else 200)


def _desk_of(at: _Letters, found: IntroductionOffer, line: query.SideLine) -> Desk:
    request = at.request
    here = request.GET.get("side") == line.side
    letter = query.asking_letter(
        found,
        line.side,
        about=request.GET.get("about") or None if here else None,
        named=here and request.GET.get("named") == "on",
        now=request.now,
        known=at.known(line.other),
    )
    emails = query.addresses(found)
    mine = emails[:1] if line.side is Side.LEFT else emails[1:]
    return _desk(at.known(line.contact), letter, mine, at.sent.get(line.side.value))


def _desk_for_both(at: _Letters, found: IntroductionOffer) -> Desk:
    letter = query.letter_to_both(found, now=at.request.now, known=at.known(found.right))
    return _desk(at.known(found.left), letter, query.addresses(found), at.sent.get("both"))


def _desk(
    about: Correspondence,
    letter: Draft,
    emails: tuple[str, ...],
    sent: tuple[OfferLetterForm, list[Any]] | None,
) -> Desk:
    form, against = sent or (
        OfferLetterForm(
            initial={"subject": letter.subject, "body": letter.body}, auto_id=f"{about.contact.pk}_%s"
        ),
        [],
    )
    subject, body = form["subject"].value() or "", form["body"].value() or ""
    found = lint_letter(
        about,
        mode=Mode.CHECK_IN,
        channel=Channel.EMAIL,
        subject=subject,
        body=body,
    )
    return Desk(
        form=form,
        findings=[(each.code, each.severity.value, explain(each, _)) for each in found],
        against=against,
        mailto=query.mail_to(emails, subject, body),
        emails=emails,
    )
