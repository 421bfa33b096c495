"""The small forms about one contact: one table of acts, one view, one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from askwell.outreach import actions
from askwell.outreach.postal import envelope_lines
from askwell.people import actions as people
from askwell.people.journal import as_one
from askwell.people.models import Contact, ContactPoint, Position
from askwell.rules.facts import Mode
from askwell.web.answers import REFUSED, done, own, page
from askwell.web.forms import person as forms
from askwell.web.forms.fields import zones
from askwell.web.forms.giving import HelpForm
from askwell.web.forms.marks import MarksForm
from askwell.web.forms.versions import KeepsBoth
from askwell.web.guards import Objection, attempt, overrides
from askwell.web.noting import warn_of_both
from askwell.web.once import once

if TYPE_CHECKING:
    from datetime import date

    from django.forms import BaseForm
    from django.http import HttpResponse

    from askwell.web.requests import Request

Data = dict[str, Any]
Do = Callable[["Request", Contact, Data], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One small form: its title, what it does, and what is said when it is done."""

    title: Any
    form: type[Any]
    do: Do
    said: Any
    button: Any = ""
    intro: Any = ""
    initial: Callable[[Request, Contact], Data] | None = None


def morning(day: date | None) -> datetime | None:
    """Turn a day into the seeker's nine o'clock of it."""
    return datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone()) if day else None


def evening(day: date | None) -> datetime | None:
    """Turn a day into the end of its work, the seeker's."""
    return datetime.combine(day, time(18), tzinfo=timezone.get_current_timezone()) if day else None


def _now(request: Request, _contact: Contact) -> Data:
    return {"at": request.now}


def _talked(request: Request, contact: Contact, data: Data) -> object:
    if data["kind"] == "talk":
        return actions.record_talk(
            contact,
            ended_at=data["at"],
            minutes=data["minutes"],
            channel=data["channel"],
            notes=data["notes"],
            now=request.now,
        )
    return actions.record_sent(
        contact,
        mode=Mode.CHECK_IN,
        channel=data["channel"],
        at=data["at"],
        body=data["notes"],
        overrides=overrides(request.POST),
        now=request.now,
    )


def reply(request: Request, contact: Contact, data: Data, **more: Any) -> object:
    """Record what came back, of an outreach where one is named, and that they asked for the resume."""
    with as_one(request.user):
        touch = actions.record_reply(
            contact,
            what=data["what"],
            at=data["at"],
            channel=data["channel"],
            text=data["text"],
            until=morning(data["until"]),
            name=data["name"],
            email=data["email"],
            leave=data["leave"] or forms.DEFAULT_LEAVE,
            now=request.now,
            **more,
        )
        if data["asked_resume"]:
            actions.resume_asked(contact, asked_at=data["at"], now=request.now)
    return touch


def _sent(request: Request, contact: Contact, data: Data) -> object:
    return actions.record_sent(contact, overrides=overrides(request.POST), now=request.now, **data)


def _promise(request: Request, contact: Contact, data: Data) -> object:
    mine = data["mine"] == "me"
    return actions.make_promise(
        contact, text=data["text"], mine=mine, due=evening(data["due"]), now=request.now
    )


def _job(request: Request, contact: Contact, data: Data) -> object:
    return people.add_position(contact, now=request.now, **data)


def _point(request: Request, contact: Contact, data: Data) -> object:
    country = contact.country or request.seeker.country
    kind, value = data.pop("kind"), data.pop("value")
    return people.add_point(contact, kind, value, now=request.now, default_country=country, **data)


def _edit(request: Request, contact: Contact, data: Data) -> object:
    # The form of a model has set the new values on its instance; the journal must see the old ones.
    return people.edit_contact(own(Contact, request.user, pk=contact.pk), now=request.now, **data)


ACTS: dict[str, Act] = {
    "note": Act(
        title=gettext_lazy("Notes"),
        form=forms.NoteForm,
        said=gettext_lazy("Notes kept."),
        do=lambda request, contact, data: people.edit_contact(contact, now=request.now, **data),
        initial=lambda _request, contact: {"notes": contact.notes},
    ),
    "talked": Act(
        title=gettext_lazy("We talked"),
        form=forms.TalkedForm,
        do=_talked,
        said=gettext_lazy("The talk is in the history."),
        initial=_now,
    ),
    "replied": Act(
        title=gettext_lazy("What came back"),
        form=forms.ReplyForm,
        do=reply,
        said=gettext_lazy("Their answer is in the history."),
        initial=_now,
    ),
    "answered": Act(
        title=gettext_lazy("I answered"),
        form=forms.AnsweredForm,
        said=gettext_lazy("Your answer is in the history."),
        do=lambda request, contact, data: actions.record_answer(contact, now=request.now, **data),
        initial=_now,
    ),
    "sent": Act(
        title=gettext_lazy("I wrote to them"),
        intro=gettext_lazy("For a message sent without Askwell."),
        form=forms.SentForm,
        do=_sent,
        said=gettext_lazy("It is in the history."),
        initial=_now,
    ),
    "promise": Act(
        title=gettext_lazy("A promise"),
        form=forms.PromiseForm,
        do=_promise,
        said=gettext_lazy("The promise is kept in mind."),
    ),
    "name": Act(
        title=gettext_lazy("They gave a name"),
        form=forms.NameForm,
        said=gettext_lazy("The name is kept."),
        do=lambda request, contact, data: actions.record_name(contact, now=request.now, **data),
    ),
    "advice": Act(
        title=gettext_lazy("Advice they gave"),
        form=forms.AdviceForm,
        said=gettext_lazy("The advice is kept."),
        do=lambda request, contact, data: actions.add_advice(contact, now=request.now, **data),
    ),
    "favor": Act(
        title=gettext_lazy("Given and asked"),
        form=forms.FavorForm,
        said=gettext_lazy("Kept."),
        do=lambda request, contact, data: actions.record_favor(contact, now=request.now, **data),
        initial=_now,
    ),
    "help": Act(
        title=gettext_lazy("They ask for my help"),
        intro=gettext_lazy("Another seeker asks you: answer within five business days, or decline kindly."),
        form=HelpForm,
        said=gettext_lazy("Kept: you owe them an answer."),
        do=lambda request, contact, data: actions.record_help_asked(contact, now=request.now, **data),
        initial=lambda request, _contact: {"asked_at": request.now},
    ),
    "closeness": Act(
        title=gettext_lazy("How close are you?"),
        form=forms.ClosenessForm,
        said=gettext_lazy("Kept."),
        do=lambda request, contact, data: actions.set_closeness(contact, now=request.now, **data),
        initial=lambda _request, contact: {"closeness": contact.closeness},
    ),
    "cadence": Act(
        title=gettext_lazy("Be in touch"),
        form=forms.CadenceForm,
        said=gettext_lazy("Kept."),
        do=lambda request, contact, data: actions.set_cadence(contact, now=request.now, **data),
        initial=lambda _request, contact: {"keep_every_days": contact.keep_every_days},
    ),
    "marks": Act(
        title=gettext_lazy("Hires, or connects people"),
        form=MarksForm,
        said=gettext_lazy("Kept."),
        do=lambda request, contact, data: people.mark_contacts(
            request.user, [contact], now=request.now, **data
        ),
        initial=lambda _request, contact: {"hires": contact.hires, "connector": contact.connector},
    ),
    "forbid": Act(
        title=gettext_lazy("They asked not to be contacted"),
        intro=gettext_lazy(
            "Nothing will be suggested or sent to them again, for any purpose. You can take it back."
        ),
        form=forms.ForbidForm,
        button=gettext_lazy("Do not contact them"),
        said=gettext_lazy("They will be left in peace."),
        do=lambda request, contact, data: actions.forbid(contact, now=request.now, **data),
    ),
    "edit": Act(
        title=gettext_lazy("Who they are"), form=forms.EditForm, do=_edit, said=gettext_lazy("Kept.")
    ),
    "address": Act(
        title=gettext_lazy("Another address or number"),
        form=forms.PointForm,
        do=_point,
        said=gettext_lazy("The address is kept."),
    ),
    "post": Act(
        title=gettext_lazy("Postal address"),
        form=forms.PostalForm,
        said=gettext_lazy("The address is kept."),
        do=lambda request, contact, data: people.keep_postal_address(contact, now=request.now, **data),
        initial=lambda _request, contact: {"text": "\n".join(envelope_lines(contact)[1:])},
    ),
    "job": Act(
        title=gettext_lazy("A job or a school"), form=forms.JobForm, do=_job, said=gettext_lazy("Kept.")
    ),
    "tag": Act(
        title=gettext_lazy("Tag"),
        form=forms.TagForm,
        said=gettext_lazy("Tagged."),
        do=lambda request, contact, data: people.tag_contacts(
            request.user, [contact], data["name"], now=request.now
        ),
    ),
}


@require_http_methods(["GET", "POST"])
@once
def person_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Show one small form about one contact, and do what it says."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    if act not in ACTS:
        raise Http404
    entry = ACTS[act]
    form = _form(request, contact, entry)
    objections: list[Objection] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        result, objections = attempt(request, form, lambda: (entry.do(request, contact, data), True))
        if result and isinstance(form, KeepsBoth):
            warn_of_both(request, form)
        if result:
            return done(request, str(entry.said), "person", contact.pk)
    context = {
        "contact": contact,
        "act": entry,
        "form": form,
        "objections": objections,
        "zones": zones() if act == "edit" else (),
    }
    return page(request, "web/person/act.html", context, status=REFUSED if request.method == "POST" else 200)


def _form(request: Request, contact: Contact, act: Act) -> BaseForm:
    data = request.POST if request.method == "POST" else None
    if act.form is forms.EditForm:
        form: BaseForm = forms.EditForm(data, instance=contact)
        return form
    initial = act.initial(request, contact) if act.initial else {}
    made: BaseForm = act.form(data, initial=initial)
    return made


@require_POST
def point_do(request: Request, pk: int) -> HttpResponse:
    """Prefer, mark as dead or alive, or remove an address."""
    point = own(ContactPoint.objects.select_related("contact", "owner"), request.user, pk=pk)
    what = {
        "prefer": people.prefer_point,
        "dead": people.mark_invalid,
        "alive": people.mark_valid,
        "remove": people.remove_point,
    }.get(request.POST.get("do", ""))
    if what is None:
        raise Http404
    what(point, now=request.now)
    return done(request, _("Kept: %(what)s") % {"what": point.value}, "person", point.contact_id)


@require_POST
def position_do(request: Request, pk: int) -> HttpResponse:
    """End a job, or remove one that never was."""
    position = own(Position.objects.select_related("contact", "organization", "owner"), request.user, pk=pk)
    wanted = request.POST.get("do", "")
    if wanted == "end":
        people.end_position(position, now=request.now)
    elif wanted == "remove":
        people.remove_position(position, now=request.now)
    else:
        raise Http404
    return done(request, _("Kept."), "person", position.contact_id)


@require_POST
def untag(request: Request, pk: int) -> HttpResponse:
    """Take a tag away."""
    contact = own(Contact, request.user, pk=pk)
    people.untag_contacts(request.user, [contact], request.POST.get("name", ""), now=request.now)
    return done(request, _("Untagged."), "person", contact.pk)


@require_POST
def allow(request: Request, pk: int) -> HttpResponse:
    """They may be contacted after all."""
    contact = own(Contact, request.user, pk=pk)
    people.edit_contact(contact, now=request.now, do_not_contact=False)
    return done(request, _("They may be contacted again."), "person", contact.pk)
