"""Asking for a talk: the purpose, the homework, what came back, the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from askwell.formats.saved_page import shorten
from askwell.outreach import actions, queries
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.judging import judge_opening
from askwell.outreach.models import Outreach
from askwell.outreach.queries.preparing import in_common
from askwell.outreach.queries.questions import VARIANTS, questions, with_taken
from askwell.people.models import Contact
from askwell.rules.facts import Purpose
from askwell.rules.preparation import ANSWERS, HOMEWORK
from askwell.rules.questions.model import OwnQuestion
from askwell.rules.story import WORDS_A_MINUTE, speaking
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms.asking import CONNECTIONS, AskForm, HomeworkForm, as_lines
from askwell.web.forms.person import ReplyForm, mode_of
from askwell.web.guards import Objection, attempt, objections, overrides
from askwell.web.noting import warn_of_both
from askwell.web.once import once
from askwell.web.views.person_acts import reply as keep_reply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpResponse

    from askwell.outreach.models import Draft
    from askwell.web.requests import Request

TAKE = "take"  # keys of suggested questions, or all
VARIANT = "variant"


@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Begin an outreach to someone, and its first letter."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    form = _ask_form(request, contact)
    against: list[Objection] = []
    if request.method == "POST" and form.is_valid():
        draft, against = attempt(request, form, lambda: _begin(request, contact, form.cleaned_data))
        if draft:
            return done(
                request, _("A letter to %(name)s is begun.") % {"name": contact.name}, "letter", draft.pk
            )
    elif request.method == "GET":
        against = objections(judge_opening(contact, Purpose.EXPLORE, now=request.now), request)
    context = {
        "contact": contact,
        "form": form,
        "objections": against,
        "blocked": request.method == "GET" and any(each.hard for each in against),
        "load": queries.load(request.user, now=request.now),
        "goal": queries.goal_of(request.user),
        "begun": queries.drafts(request.user).filter(contact=contact, outreach__isnull=False).first(),
    }
    return page(request, "web/asking/ask.html", context, status=REFUSED if request.method == "POST" else 200)


def _ask_form(request: Request, contact: Contact) -> AskForm:
    named = Q(names_given__about=contact) | Q(introduced=contact)
    referrers = Contact.objects.for_owner(request.user).people().filter(named).distinct().order_by("name")
    first = referrers.first()
    return AskForm(
        request.POST or None,
        referrers=referrers,
        initial={
            "mode": mode_of(request.GET.get("mode", "")),
            "purpose": _purpose(request.GET.get("purpose", "")),
            "referrer": first.pk if first else None,
            "connection": "" if first else contact.how_met,
        },
    )


def _purpose(text: str) -> Purpose:
    """Read the purpose a link named; to explore where it names none."""
    return Purpose(text) if text in set(Purpose) else Purpose.EXPLORE


def _begin(request: Request, contact: Contact, data: dict[str, Any]) -> Draft:
    outreach = actions.open_outreach(
        contact,
        purpose=data["purpose"],
        mode=data["mode"],
        referrer=data.get("referrer"),
        hook=data["hook"],
        connection=data["connection"],
        connection_kind=data["connection_kind"],
        overrides=overrides(request.POST),
        now=request.now,
    )
    return actions.new_draft(contact, mode=outreach.mode, outreach=outreach, now=request.now)


@require_http_methods(["GET", "POST"])
def homework(request: Request, pk: int) -> HttpResponse:
    """What was found out and prepared for one outreach."""
    outreach = own(Outreach.objects.select_related("contact", "owner"), request.user, pk=pk)
    form = HomeworkForm(request.POST or None, request.FILES or None, initial=homework_of(outreach))
    if request.method == "POST" and form.is_valid():
        saved, _against = attempt(request, form, lambda: keep_homework(outreach, form.cleaned_data, request))
        if saved:
            warn_of_both(request, form)
        if saved and TAKE in request.POST:
            return taken(request, "homework", outreach.pk)
        if saved:
            return done(request, _("Your homework is kept."), "person", outreach.contact_id)
    context = {
        "outreach": outreach,
        "contact": outreach.contact,
        "form": form,
        **bring(request, outreach),
        **told(outreach.contact, form, now=request.now),
    }
    return page(
        request, "web/asking/homework.html", context, status=REFUSED if request.method == "POST" else 200
    )


def bring(request: Request, outreach: Outreach) -> dict[str, Any]:
    """Give what a page of suggested questions shows, and which others there are."""
    variant = _variant(request)
    return {
        "bring": questions(outreach.contact, outreach, variant=variant, now=request.now),
        "others": (variant + 1) % VARIANTS,
    }


def taken(request: Request, route: str, pk: int) -> HttpResponse:
    """Say that a question was taken over, and look at the others again."""
    asked = f"?{VARIANT}={_variant(request)}" if _variant(request) else ""
    return done(
        request, _("It stands among your questions."), f"{reverse(route, args=[pk])}{asked}#suggested"
    )


def _variant(request: Request) -> int:
    given = request.GET.get(VARIANT, "")
    return int(given) if given in map(str, range(VARIANTS)) else 0


def homework_of(outreach: Outreach) -> dict[str, Any]:
    """Give the form's initial values."""
    kept = outreach.homework
    return {
        "hook": outreach.hook,
        "connection": outreach.connection,
        "connection_kind": outreach.connection_kind,
        **{key: _text(kept.get(key)) for key in _TOLD},
        "story": seeker_of(outreach.owner).story,
        "homework": [key for key in (*HOMEWORK, *ANSWERS) if kept.get(key)],
        "questions": as_lines(outreach.questions),
        "outcome_wanted": outreach.outcome_wanted,
        "next_step_wanted": kept.get("next_step", ""),
        "offer": outreach.offer,
    }


def keep_homework(outreach: Outreach, data: dict[str, Any], request: Request) -> Outreach:
    """Keep the form's values and a suggestion taken over; notes typed elsewhere under a ticked key stay."""
    before = outreach.homework
    pieces = {key: value for key, value in before.items() if key not in (*HOMEWORK, *ANSWERS)}
    ticked = set(data["homework"]) | _tell_own_story(outreach, data["story"], request)
    pieces |= {key: before.get(key) or True for key in ticked}
    pieces |= _texts(before, data, ticked, request)
    pieces["next_step"] = data["next_step_wanted"]
    kept = data["questions"]
    if TAKE in request.POST:
        mine = [OwnQuestion(text=each["text"], starred=each["starred"]) for each in kept]
        wanted = request.POST.getlist(TAKE)
        kept = with_taken(outreach, mine, wanted, variant=_variant(request), now=request.now)
    return actions.save_homework(
        outreach,
        hook=data["hook"],
        connection=data["connection"],
        connection_kind=data["connection_kind"],
        homework=pieces,
        questions=kept,
        outcome_wanted=data["outcome_wanted"],
        offer=data["offer"],
        now=request.now,
    )


_TOLD = ("news", "why_company", "why_function")  # points of homework with a text of their own


def _text(kept: object) -> str:
    return kept if isinstance(kept, str) else ""


def _texts(
    before: dict[str, Any], data: dict[str, Any], ticked: set[str], request: Request
) -> dict[str, str | bool]:
    """Give the points with a text: what was typed; where the page had no field for it, what was there."""
    found: dict[str, str | bool] = {}
    for key in _TOLD:
        more = data["news_file"] if key == "news" else ""
        text = data[key] if key in request.POST else _text(before.get(key))
        text = shorten("\n\n".join(filter(None, (text, more))))
        if text or key in ticked:
            found[key] = text or True
    return found


def _tell_own_story(outreach: Outreach, story: str, request: Request) -> set[str]:
    """Keep the story, which is the same for every talk; a new one is ready to be told."""
    if "story" not in request.POST or story == seeker_of(outreach.owner).story:
        return set()
    actions.change_seeker(outreach.owner, story=story, now=request.now)
    return {"synopsis"} if story else set()


def told(contact: Contact, form: HomeworkForm | None, *, now: datetime) -> dict[str, Any]:
    """Give what the two have in common, and how long the story on the page takes."""
    story = str(form["story"].value() or "") if form else ""
    return {
        "common": in_common(contact, now=now),
        "connected": _connected(form.initial) if form else "",
        "speaking": speaking(story),
        "words_a_minute": WORDS_A_MINUTE,
    }


def _connected(kept: Mapping[str, Any]) -> str:
    """Say what connects the two, as it was written down: ``The same school: Northfield``."""
    kind, name = CONNECTIONS.get(kept["connection_kind"]), kept["connection"]
    return f"{kind}: {name}" if kind and name else ""


@require_http_methods(["GET", "POST"])
@once
def reply(request: Request, pk: int) -> HttpResponse:
    """What came back to one outreach."""
    outreach = own(Outreach.objects.select_related("contact", "owner"), request.user, pk=pk)
    contact = outreach.contact
    form = ReplyForm(request.POST or None, initial={"at": request.now, "what": request.GET.get("what", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        touch, _against = attempt(
            request, form, lambda: keep_reply(request, contact, data, outreach=outreach)
        )
        if touch:
            to = ("schedule", outreach.pk) if data["what"] == "yes" else ("person", contact.pk)
            return done(request, _("The answer of %(name)s is in the history.") % {"name": contact.name}, *to)
    context = {"outreach": outreach, "contact": contact, "form": form}
    return page(
        request, "web/asking/reply.html", context, status=REFUSED if request.method == "POST" else 200
    )
