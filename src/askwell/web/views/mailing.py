"""Letters the mailbox sends, and what comes back: approved, taken back, settled, read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.formats.eml import LetterError
from askwell.mailroom import inbox
from askwell.mailroom import queries as mailroom
from askwell.mailroom.models import Arrival, ArrivalState, Outgoing, Purpose
from askwell.outreach import actions
from askwell.outreach.actions import arrivals, signatures
from askwell.outreach.actions.replies import Answer
from askwell.outreach.kept_files import FileGone
from askwell.outreach.models import Draft
from askwell.web import mail_words, moments, words
from askwell.web.answers import REFUSED, SeeOther, done, own, page, tell
from askwell.web.composing import Desk
from askwell.web.forms.mailing import LaterForm, OtherForm, QueueForm
from askwell.web.forms.person import DEFAULT_LEAVE, MeaningForm
from askwell.web.guards import attempt, overrides
from askwell.web.mailing import WayOut, open_mail
from askwell.web.once import once
from askwell.web.views.letters import keep_text, show_letter
from askwell.web.views.person_acts import morning

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from askwell.web.requests import Request

_RECENT = 30
_A_MOMENT = timedelta(seconds=15)  # in which "Send now" can still be taken back


@require_POST
def queue(request: Request, pk: int) -> HttpResponse:
    """Approve the letter as it stands in the form: it goes now, at their good hour, or at an hour named."""
    draft = own(Draft.objects.select_related("contact", "outreach", "talk", "owner"), request.user, pk=pk)
    draft = keep_text(request, draft)
    desk = Desk(draft, now=request.now)
    way = WayOut(desk)
    form = QueueForm(request.POST, accounts=way.accounts)
    against: list[Any] = []
    if form.is_valid():
        row, against = attempt(request, form, lambda: _queue(request, draft, way, form))
        if row:
            said = (
                _("It goes to %(name)s %(when)s.")
                if row.due_at > request.now + _A_MOMENT
                else _("On its way to %(name)s.")
            )
            when = moments.when(row.due_at, now=request.now)
            return done(request, said % {"name": draft.contact.name, "when": when}, "letter", draft.pk)
    return show_letter(request, desk, queue_form=form, against=against)


def _queue(request: Request, draft: Draft, way: WayOut, form: QueueForm) -> Outgoing | None:
    account = next(each for each in way.accounts if each.pk == form.cleaned_data["account"])
    choice = request.POST.get("when", "now")
    due = form.cleaned_data["due"] if choice == "other" else way.good_hour
    if choice not in {"other", "good"} or (choice == "good" and due is None):
        due = request.now + _A_MOMENT
    if choice == "other" and due is None:
        form.add_error("due", words.of_problem("missing"))
        return None
    try:
        return actions.queue_letter(
            draft, account, due_at=due, overrides=overrides(request.POST), now=request.now
        )
    except LetterError:
        form.add_error(None, _("Their e-mail is missing, or cannot stand in a letter as it is written."))
    except FileGone as gone:
        form.add_error(None, words.of_error(gone, now=request.now))
    return None


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a letter back that still waits."""
    row = own(Outgoing, request.user, pk=pk)
    actions.take_back_letter(row, now=request.now)
    if row.purpose == Purpose.INVITATION:
        return done(request, _("Taken back: nothing was sent."), "talk", row.about)
    return done(request, _("Taken back: it stays here, as a draft."), "letter", row.about)


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Say of a letter in doubt what became of it."""
    row = own(Outgoing, request.user, pk=pk)
    choice = request.POST.get("it", "")
    if choice not in {"went", "again", "stays"}:
        return tell(request, _("Say what became of it."), "mail")
    actions.settle_letter(row, went=choice == "went", again=choice == "again", now=request.now)
    said = {"went": _("Noted: it went out."), "again": _("It goes again."), "stays": _("It stays a draft.")}
    return done(request, said[choice], "mail", undo=False)


@require_safe
def mail(request: Request) -> HttpResponse:
    """What came in, what goes out, and what asks for a word."""
    now = request.now
    lately = mailroom.arrivals(request.user, ArrivalState.DONE)[:_RECENT]
    going = mailroom.outgoing(request.user)[:_RECENT]
    back = mailroom.came_back(going)
    context = {
        "came": open_mail(request.user, now=now),
        "lately": lately,
        "going": [(row, *_said(row, request, came_back=row.pk in back)) for row in going],
        "accounts": mailroom.senders(request.user),
    }
    return page(request, "web/post/page.html", context)


@require_POST
def look(request: Request) -> HttpResponse:
    """Have the mailboxes looked into at once, and not at their next hour."""
    inbox.make_due(request.user)
    return tell(
        request, _("Your mail is being looked through. What concerns you stands here in a moment."), "mail"
    )


def _said(row: Outgoing, request: Request, *, came_back: bool) -> tuple[str, str]:
    sentence = mail_words.of_outgoing(row, now=request.now, came_back=came_back)
    return sentence, mail_words.of_trouble(row.trouble, now=request.now)


_MENDED: dict[str, type[forms.Form]] = {"later": LaterForm, "other_person": OtherForm, "stand_in": OtherForm}


@require_POST
def confirm(request: Request, pk: int, number: int) -> HttpResponse:
    """Agree to a reading of what came in, as it stands in its fields."""
    arrival: Arrival = own(Arrival.objects.select_related("contact", "answers"), request.user, pk=pk)
    found = arrival.reading.get("suggestions", ())
    kind = found[number]["kind"] if number < len(found) else ""
    mended: dict[str, Any] = {}
    if form_kind := _MENDED.get(kind):
        form = form_kind(request.POST, prefix=f"r{number}")
        if not form.is_valid():
            return tell(request, _("Look at the day, or the name, once more."), "mail")
        mended = form.cleaned_data
    arrivals.confirm(arrival, number, now=request.now, **mended)
    return _read(request, arrival, says_yes=kind in {"yes", "times"}, at=request.POST.get("at", ""))


@require_http_methods(["GET", "POST"])
@once
def means(request: Request, pk: int) -> HttpResponse:
    """What an answer says where none of its readings does."""
    arrival: Arrival = own(Arrival.objects.select_related("contact", "answers"), request.user, pk=pk)
    if arrival.contact is None or arrival.state != ArrivalState.OPEN:
        return tell(request, _("That is settled already."), "mail")
    form = MeaningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = {"until": morning(data["until"]), "name": data["name"], "email": data["email"]}
        read, _against = attempt(
            request,
            form,
            lambda: arrivals.read_by_hand(
                arrival, data["what"], leave=data["leave"] or DEFAULT_LEAVE, now=request.now, **told
            ),
        )
        if read:
            return _read(request, arrival, says_yes=data["what"] == Answer.YES)
    context = {"arrival": arrival, "contact": arrival.contact, "form": form}
    return page(
        request, "web/asking/reply.html", context, status=REFUSED if request.method == "POST" else 200
    )


def _read(request: Request, arrival: Arrival, *, says_yes: bool, at: str = "") -> HttpResponse:
    """Go on: to agreeing on a time after a yes, else back to the mail."""
    if says_yes and (asked := arrivals.outreach_answered(arrival)):
        return SeeOther(reverse("schedule", args=[asked.pk]) + (f"?{urlencode({'at': at})}" if at else ""))
    name = arrival.contact.name if arrival.contact else ""
    return done(request, _("Noted: what %(name)s answered.") % {"name": name}, "mail")


@require_POST
def put_aside(request: Request, pk: int) -> HttpResponse:
    """None of the readings: it stays recorded as a reply."""
    arrival: Arrival = own(Arrival.objects.select_related("contact"), request.user, pk=pk)
    arrivals.put_aside(arrival, now=request.now)
    return done(request, _("It stays with them as an answer."), "mail")


@require_POST
def keep_news(request: Request, pk: int) -> HttpResponse:
    """Keep one thing the signature says of them."""
    arrival: Arrival = own(Arrival.objects.select_related("contact"), request.user, pk=pk)
    news = signatures.keep_news(arrival, request.POST.get("kind", ""), now=request.now)
    return done(request, _("Kept: %(what)s.") % {"what": news.value}, "mail")
