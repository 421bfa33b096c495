"""The letter: written, linted, mended, sent by the seeker's own means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.formats.eml import NOT_ASCII, LetterError
from askwell.mailroom.lifecycle import OPEN
from askwell.mailroom.outbox import of_letter
from askwell.outreach import actions
from askwell.outreach.errors import Refused
from askwell.outreach.free_times import warning
from askwell.outreach.kept_files import FileGone
from askwell.outreach.letter_files import as_eml
from askwell.outreach.models import Draft
from askwell.outreach.queries.questions import own_questions
from askwell.people import queries as people
from askwell.rules.facts import Channel, Mode
from askwell.rules.lint import Part
from askwell.rules.modes import TALK_MODES
from askwell.web import words
from askwell.web.answers import REFUSED, done, go, own, page, tell
from askwell.web.composing import Desk
from askwell.web.forms.asking import CONNECTIONS
from askwell.web.forms.fields import Moment, channels
from askwell.web.forms.mailing import QueueForm
from askwell.web.guards import attempt, objections, overrides
from askwell.web.mailing import WayOut
from askwell.web.words import MODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.rules.questions.model import OwnQuestion
    from askwell.web.requests import Request

WAYS = (Channel.EMAIL, Channel.LINKEDIN, Channel.PHONE)
_KEPT_IN = {"hook": "hook", "connection": "connection_kind", "connection_name": "connection"}
_OWN = {"who": "who_line"}
_TO_MEND = "M00"
_OFFERS_TIMES = TALK_MODES | {Mode.FOLLOW_UP}


class SentForm(forms.Form):
    at = Moment(label=gettext_lazy("When did it go out?"))

    def __init__(self, *args: Any, channel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel == Channel.PHONE:
            self.fields["at"].label = gettext_lazy("When?")


def _draft(request: Request, pk: int) -> Draft:
    row: Draft = own(
        Draft.objects.select_related("contact", "outreach", "talk", "owner"), request.user, pk=pk
    )
    return row


@require_http_methods(["GET", "POST"])
def letter(request: Request, pk: int) -> HttpResponse:
    """The desk; a POST keeps the text as typed (htmx asks for the findings alone)."""
    draft = _draft(request, pk)
    if request.method == "POST":
        keep_text(request, draft)
        if not request.htmx:
            return go(request, "letter", draft.pk)
    desk = Desk(draft, now=request.now)
    if request.htmx:
        return page(
            request,
            "web/letters/page.html",
            {"desk": desk, "draft": draft, "saved": True},
            part="web/letters/lint.html",
        )
    # What is to mend stands beside the letter, and is mended there; sending asks once more.
    known = [one for one in objections(desk.decision, request) if one.hard or one.rule != _TO_MEND]
    return show_letter(request, desk, against=known)


def show_letter(
    request: Request,
    desk: Desk,
    *,
    form: SentForm | None = None,
    queue_form: QueueForm | None = None,
    against: Sequence[Any] = (),
) -> HttpResponse:
    """Show the desk, with whatever speaks against sending; a refused form as it was sent."""
    draft, way = desk.draft, WayOut(desk)
    refused = request.method == "POST"
    context = {
        "desk": desk,
        "draft": draft,
        "contact": draft.contact,
        "view": people.contact_view(request.user, draft.contact_id),
        "form": form or SentForm(initial={"at": request.now}, channel=draft.channel),
        "way": way,
        "sends": desk.channel is Channel.EMAIL and bool(way.accounts and desk.address),
        "is_draft": draft.sent_at is None and not way.is_open,
        "queue_form": queue_form or QueueForm(accounts=way.accounts),
        "objections": against,
        "forbidden": any(each.hard for each in against),
        "mode_words": MODES[desk.mode],
        "ways": channels(*WAYS),
        "is_mail": desk.channel is Channel.EMAIL,
        "is_call": desk.channel is Channel.PHONE,
        "at_hand": _at_hand(draft) if desk.channel is Channel.PHONE else (),
        "times_warning": warning(request.user, now=request.now) if desk.mode in _OFFERS_TIMES else "",
    }
    return page(request, "web/letters/page.html", context, status=REFUSED if refused else 200)


def _at_hand(draft: Draft) -> tuple[OwnQuestion, ...]:
    """Questions to have beside one while calling: the starred ones, else all of them."""
    own = own_questions(draft.outreach)
    return tuple(each for each in own if each.starred) or own


def keep_text(request: Request, draft: Draft) -> Draft:
    """Keep the text as it stands in the form; browsers send CRLF, places are counted in LF."""
    waits = of_letter(draft.owner_id, draft.pk, *OPEN) is not None
    if draft.sent_at or waits or "body" not in request.POST:
        return draft
    body = request.POST["body"].replace("\r\n", "\n")
    subject = " ".join(request.POST.get("subject", draft.subject).split())
    return actions.save_draft(draft, subject=subject, body=body, now=request.now)


@require_POST
def fix(request: Request, pk: int, number: int) -> HttpResponse:
    """Make the mending a finding offers, on the text as it stands in the form."""
    draft = keep_text(request, _draft(request, pk))
    found = Desk(draft, now=request.now).found
    wanted = found[number] if number < len(found) else None
    if wanted is None or wanted.fix is None or wanted.code != request.POST.get("code", wanted.code):
        return tell(request, _("The text has changed since; look at the list again."), "letter", pk)
    text = draft.subject if wanted.part is Part.SUBJECT else draft.body
    mended = {"subject": draft.subject, "body": draft.body, wanted.part.value: wanted.fix.apply(text)}
    actions.mend_draft(draft, now=request.now, **mended)
    return done(request, _("Mended."), "letter", pk)


@require_POST
def variant(request: Request, pk: int) -> HttpResponse:
    """Say it in other words."""
    draft = keep_text(request, _draft(request, pk))
    actions.next_variant(draft, now=request.now)
    return done(request, _("The same letter in other words."), "letter", pk)


@require_POST
def channel(request: Request, pk: int) -> HttpResponse:
    """Send it another way: an untouched draft is written anew for it, a touched one is kept."""
    draft = keep_text(request, _draft(request, pk))
    before = Desk(draft, now=request.now)
    way, untouched = request.POST.get("channel", ""), before.is_untouched
    if way not in {each.value for each in WAYS}:
        return go(request, "letter", pk)
    actions.save_draft(draft, subject=draft.subject, body=draft.body, channel=way, now=request.now)
    if untouched:
        fresh = Desk(_draft(request, pk), now=request.now).fresh
        actions.save_draft(
            _draft(request, pk), subject=fresh.subject or draft.subject, body=fresh.body, now=request.now
        )
    return go(request, "letter", pk)


@require_POST
def rebuild(request: Request, pk: int) -> HttpResponse:
    """Write the letter anew with the answers to what was missing; those with a home are kept there."""
    draft = keep_text(request, _draft(request, pk))
    answers = {
        key.removeprefix("fact-"): str(value).strip()
        for key, value in request.POST.items()
        if key.startswith("fact-") and value
    }
    if answers.get("connection", "") not in {"", *CONNECTIONS}:
        del answers["connection"]
    if not answers:
        return tell(request, _("Nothing was answered, so nothing was changed."), "letter", pk)
    _keep_facts(request, draft, answers)
    written = Desk(_draft(request, pk), now=request.now).build(answers)
    actions.mend_draft(draft, subject=written.subject, body=written.body, now=request.now)
    return done(request, _("The letter is written anew with what you said."), "letter", pk)


def _keep_facts(request: Request, draft: Draft, answers: dict[str, str]) -> None:
    homework = {_KEPT_IN[key]: text for key, text in answers.items() if key in _KEPT_IN}
    if homework and draft.outreach:
        actions.save_homework(draft.outreach, now=request.now, **homework)  # type: ignore[arg-type]
    mine = {_OWN[key]: text for key, text in answers.items() if key in _OWN}
    if mine:
        actions.change_seeker(request.user, now=request.now, **mine)
    if name := answers.get("seeker"):
        actions.set_own_name(request.user, name=name, now=request.now)


@require_POST
def sent(request: Request, pk: int) -> HttpResponse:
    """I sent it: the rules are asked, the clock starts."""
    draft = keep_text(request, _draft(request, pk))
    form = SentForm(request.POST, channel=draft.channel)
    against: list[Any] = []
    if form.is_valid():
        touch, against = attempt(
            request,
            form,
            lambda: actions.record_draft_sent(
                draft, at=form.cleaned_data["at"], overrides=overrides(request.POST), now=request.now
            ),
        )
        if touch:
            said = _("Called %(name)s.") if draft.channel == Channel.PHONE else _("Sent to %(name)s.")
            return done(request, said % {"name": draft.contact.name}, *_whither(draft))
    return show_letter(request, Desk(draft, now=request.now), form=form, against=against)


def _whither(draft: Draft) -> tuple[str, int]:
    """Name the page to look at once a letter went out: the talk it was about, else the person."""
    if draft.talk_id is None or not (draft.occasion or draft.mode == Mode.THANKS):
        return "person", draft.contact_id
    return ("talk", draft.talk_id) if draft.occasion else ("talk_after", draft.talk_id)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw an unsent letter away."""
    draft = _draft(request, pk)
    actions.discard_draft(draft, now=request.now)
    return done(
        request,
        _("The letter to %(name)s is thrown away.") % {"name": draft.contact.name},
        "person",
        draft.contact_id,
    )


@require_safe
def eml(request: Request, pk: int) -> HttpResponse:
    """The letter as a file for a mail program."""
    try:
        body = as_eml(_draft(request, pk), now=request.now)
    except Refused as refused:
        return tell(request, objections(refused.decision, request)[0].sentence, "letter", pk)
    except FileGone as gone:
        return tell(request, words.of_error(gone, now=request.now), "letter", pk)
    except LetterError as amiss:
        return tell(
            request,
            _("Their e-mail cannot stand in a letter as it is written. Correct it; the text is kept.")
            if amiss.reason == NOT_ASCII
            else _("The file needs their e-mail. Add it to the person; the text is kept."),
            "letter",
            pk,
        )
    response = HttpResponse(body, content_type="message/rfc822")
    response.headers["Content-Disposition"] = f'attachment; filename="letter-{pk}.eml"'
    return response
