"""Circles: friends pool whom they know without showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.circles import own_file, secret_in_words
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Circle, CircleMember, Draft
from askwell.people.keys import key_in
from askwell.people.models import Contact
from askwell.rules.facts import Mode
from askwell.web import words
from askwell.web.answers import REFUSED, done, go, own, page, tell
from askwell.web.forms.circles import FileForm, JoinForm, MakeForm, MemberForm
from askwell.web.guards import attempt

if TYPE_CHECKING:
    from askwell.web.requests import Request

TAB = "circles"


@require_http_methods(["GET", "POST"])
def circles(request: Request) -> HttpResponse:
    """All circles; a POST makes one or joins one."""
    joining = request.POST.get("act") == "join"
    named = {"own_name": _own_name(request)}
    make = MakeForm(request.POST if request.method == "POST" and not joining else None, initial=named)
    join = JoinForm(request.POST if joining else None, initial=named)
    form: MakeForm | JoinForm = join if joining else make
    if request.method == "POST" and form.is_valid():
        act = actions.join_circle if joining else actions.make_circle
        made, _against = attempt(
            request, form, lambda: act(request.user, now=request.now, **form.cleaned_data)
        )
        if made is not None:
            return done(request, _said(joining=joining), "circle", made.pk, undo=False)
    context = {"tab": TAB, "lines": queries.circles(request.user), "make": make, "join": join}
    return page(request, "web/circles/list.html", context, status=REFUSED if form.errors else 200)


def _said(*, joining: bool) -> str:
    if joining:
        return _("You are in. Now give the others your file.")
    return _("Made. Now tell the others its secret.")


def _own_name(request: Request) -> str:
    found = (
        Contact.objects.for_owner(request.user).filter(is_self=True).values_list("name", flat=True).first()
    )
    return found or ""


@require_http_methods(["GET", "POST"])
def circle(request: Request, pk: int) -> HttpResponse:
    """One circle: its secret, one's own file, whose files are here, whom others know too."""
    row = own(Circle, request.user, pk=pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        member, _against = attempt(
            request, form, lambda: actions.bring_in(request.user, form.data_read(), now=request.now)
        )
        if member is not None:
            return done(
                request, _("The file of %(name)s is in.") % {"name": member}, "circle", member.circle_id
            )
    line = queries.circle_line(row)
    context = {
        "tab": TAB,
        "line": line,
        "secret": secret_in_words(row) if line.has_secret else "",
        "form": form,
    }
    return page(request, "web/circles/circle.html", context, status=REFUSED if form.errors else 200)


@require_safe
def circle_file(request: Request, pk: int) -> HttpResponse:
    """One's own file, to be given to the others."""
    row = own(Circle, request.user, pk=pk)
    try:
        file = own_file(row, now=request.now)
    except BadValue as bad:
        return tell(request, words.of_problem(bad.problem), "circle", row.pk)
    parts = slugify(row.name) or "circle", slugify(row.own_name) or "member", timezone.localdate(request.now)
    name = "-".join(map(str, parts)) + ".json"
    response = HttpResponse(file.data, content_type="application/json")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_http_methods(["GET", "POST"])
def leave(request: Request, pk: int) -> HttpResponse:
    """Ask whether to leave, and leave."""
    row = own(Circle, request.user, pk=pk)
    if request.method == "POST":
        actions.leave_circle(row)
        return done(request, _("You left. Nothing of it is here any more."), "circles", undo=False)
    return page(request, "web/circles/leave.html", {"tab": TAB, "circle": row})


@require_http_methods(["GET", "POST"])
def member(request: Request, pk: int) -> HttpResponse:
    """Say who of the notebook a member is."""
    row = own(CircleMember.objects.select_related("circle", "contact"), request.user, pk=pk)
    initial = {"who": row.contact.name if row.contact else ""}
    form = MemberForm(request.POST or None, owner=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.say_who(row, form.contact, now=request.now)
        return done(request, _("Kept."), "circle", row.circle_id)
    context = {"tab": TAB, "member": row, "form": form}
    return page(request, "web/circles/member.html", context, status=REFUSED if form.errors else 200)


@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Begin the letter that asks a member to introduce one to somebody, or go on with it."""
    row = own(CircleMember.objects.select_related("contact"), request.user, pk=pk)
    key = key_in(request.POST.get("about", "")) or 0
    about = own(Contact.objects.people(), request.user, pk=key)
    if row.contact is None:
        raise Http404
    row.contact.owner = request.user
    begun = Draft.objects.for_owner(request.user).filter(
        contact=row.contact, mode=Mode.INTRO_REQUEST, sent_at=None, body__contains=about.name
    )
    draft = begun.order_by("-updated_at").first() or actions.new_draft(
        row.contact, mode=Mode.INTRO_REQUEST, given={"introduce_to": about.name}, now=request.now
    )
    return go(request, "letter", draft.pk)


@require_POST
def keep_out(request: Request, pk: int) -> HttpResponse:
    """Let a person go into no file of a circle, or into them again."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    out = request.POST.get("out") != "no"
    actions.keep_out(contact, out=out, now=request.now)
    said = _("%(name)s goes into no file of a circle.") if out else _("%(name)s goes into files again.")
    return done(request, said % {"name": contact.name}, "person", contact.pk)
