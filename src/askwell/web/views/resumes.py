"""Versions of the resume, who asked for it, to whom it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from askwell.outreach import actions, queries
from askwell.outreach.kept_files import FileGone, kept_file
from askwell.outreach.models import Resume, ResumeRequest
from askwell.people.models import Contact
from askwell.web import words
from askwell.web.answers import REFUSED, done, own, page, tell
from askwell.web.forms.resumes import SentForm, VersionForm
from askwell.web.guards import attempt, overrides
from askwell.web.once import once

if TYPE_CHECKING:
    from typing import Any

    from askwell.web.requests import Request


@require_http_methods(["GET", "POST"])
@once
def resumes(request: Request) -> HttpResponse:
    """All versions; a POST adds one."""
    today = timezone.localdate(request.now)
    form = VersionForm(
        request.POST or None, request.FILES or None, now=request.now, initial={"made_on": today}
    )
    if request.method == "POST" and form.is_valid():
        kept, _objections = attempt(
            request, form, lambda: actions.add_resume(request.user, now=request.now, **form.values())
        )
        if kept is not None:
            return done(request, _("Kept."), "resumes")
    context = {"form": form, "shown": queries.resumes(request.user, now=request.now), "tab": "resumes"}
    return page(request, "web/settings/resumes.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def version(request: Request, pk: int) -> HttpResponse:
    """One version, to be mended."""
    row = own(Resume, request.user, pk=pk)
    kept = kept_file(row.owner_id, row.where)
    initial = {
        "name": row.name,
        "made_on": timezone.localdate(row.made_at),
        "where": "" if kept else row.where,
        "notes": row.notes,
    }
    form = VersionForm(request.POST or None, request.FILES or None, now=request.now, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if form.cleaned_data["made_on"] == initial["made_on"]:
            values["made_at"] = row.made_at  # the same day: its hour stays
        changed, _objections = attempt(
            request, form, lambda: actions.change_resume(row, now=request.now, **values)
        )
        if changed is not None:
            return done(request, _("Kept."), "resumes")
    context = {"form": form, "version": row, "file": kept, "tab": "resumes"}
    return page(request, "web/settings/resume.html", context, status=REFUSED if form.errors else 200)


@require_safe
def version_file(request: Request, pk: int) -> HttpResponse:
    """The copy that is kept, to be looked at or attached by hand."""
    row = own(Resume, request.user, pk=pk)
    file = kept_file(row.owner_id, row.where)
    if file is None:
        raise Http404
    try:
        data = file.read()
    except FileGone as gone:
        return tell(request, words.of_error(gone, now=request.now), "resume", row.pk)
    response = HttpResponse(data, content_type="application/octet-stream")  # kept, never shown by the browser
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response


@require_POST
def version_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Put a version away, or take it up again."""
    row = own(Resume, request.user, pk=pk)
    if act not in {"away", "back"}:
        raise Http404
    actions.retire_resume(row, retired=act == "away", now=request.now)
    return done(request, _("Kept."), "resumes")


@require_POST
def request_do(request: Request, pk: int, act: str) -> HttpResponse:
    """Whoever is waiting got it some other way, or does not need it any more."""
    row = own(ResumeRequest.objects.select_related("contact", "resume", "owner"), request.user, pk=pk)
    if act == "sent":
        actions.send_resume(row.contact, now=request.now)
        return done(request, _("Sent to %(name)s.") % {"name": row.contact.name}, "resumes")
    if act != "drop":
        raise Http404
    actions.drop_request(row, now=request.now)
    return done(request, _("Let go."), "resumes")


@require_POST
def asked(request: Request, pk: int) -> HttpResponse:
    """They asked for it."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    actions.resume_asked(contact, now=request.now)
    said = _("Send your resume to %(name)s within a business day.")
    return done(request, said % {"name": contact.name}, "person", contact.pk)


@require_http_methods(["GET", "POST"])
def sent(request: Request, pk: int) -> HttpResponse:
    """It went to them some other way; where they had not asked, a reason is asked for."""
    contact = own(Contact.objects.people(), request.user, pk=pk)
    form = SentForm(request.POST or None, owner=request.user)
    against: list[Any] = []
    # The form may be sent without any choice made: what it holds is what was posted.
    if request.method == "POST" and form.is_valid():
        kept, against = attempt(
            request,
            form,
            lambda: actions.send_resume(
                contact,
                resume=form.cleaned_data["version"],
                overrides=overrides(request.POST),
                now=request.now,
            ),
        )
        if kept is not None:
            return done(request, _("Sent to %(name)s.") % {"name": contact.name}, "person", contact.pk)
    context = {"form": form, "contact": contact, "objections": against}
    status = REFUSED if form.errors or against else 200
    return page(request, "web/person/resume_sent.html", context, status=status)
