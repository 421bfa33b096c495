"""Versions of the resume, and to whom they went: asked for, then sent; unasked only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import doing, fresh, happened, required, towards
from askwell.outreach.actions._touching import courtesy
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.facts import seeker_of
from askwell.outreach.facts.world import preset_of
from askwell.outreach.kept_files import keep, kept_file
from askwell.outreach.letters import version_for
from askwell.outreach.models import Resume, ResumeRequest
from askwell.rules.facts import Channel, Mode
from askwell.rules.resume import may_send_resume

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.journal import Journal
    from askwell.people.models import Contact


def add_resume(
    owner: AbstractBaseUser,
    *,
    name: str,
    now: datetime,
    made_at: datetime | None = None,
    where: str = "",
    notes: str = "",
    file: tuple[str, bytes] | None = None,
) -> Resume:
    """Keep a version: what it is called, since when, where it lies.  The newest says how fresh it is.

    ``file`` is its name and what is in it: a copy is kept, and goes out with the letter.
    """
    called, made = required("name", name, 200), happened("made_at", made_at or now, now=now)
    with doing(owner, "resume_kept", now=now, version=called) as log:
        lies = keep(owner, *file) if file else where.strip()[:500]
        seeker = fresh(seeker_of(owner))
        if seeker.resume_updated_at is None or seeker.resume_updated_at < made:
            log.change(seeker, resume_updated_at=made)
        return log.create(
            Resume(owner_id=owner.pk, name=called, made_at=made, where=lies, notes=notes.strip())
        )


def change_resume(
    resume: Resume,
    *,
    name: str,
    made_at: datetime,
    now: datetime,
    where: str = "",
    notes: str = "",
    file: tuple[str, bytes] | None = None,
) -> Resume:
    """Mend what was noted of a version.  Its file stays until another, or another place, is given."""
    called, made = required("name", name, 200), happened("made_at", made_at, now=now)
    with doing(resume.owner, "resume_kept", now=now, version=called) as log:
        fresh(resume)
        lies = keep(resume.owner, *file) if file else where.strip()[:500]
        if not lies and kept_file(resume.owner_id, resume.where):
            lies = resume.where
        log.change(resume, name=called, made_at=made, where=lies, notes=notes.strip())
    return resume


def retire_resume(resume: Resume, *, now: datetime, retired: bool = True) -> Resume:
    """Put a version away, or take it up again; where it went stays known."""
    code = "resume_retired" if retired else "resume_back"
    with doing(resume.owner, code, now=now, version=resume.name) as log:
        log.change(fresh(resume), retired_at=now if retired else None)
    return resume


def resume_asked(
    contact: Contact, *, now: datetime, asked_at: datetime | None = None, resume: Resume | None = None
) -> ResumeRequest:
    """They asked for it: due within a business day.  Asked again before it went, it is the same asking."""
    at = happened("asked_at", asked_at or now, now=now)
    with towards(contact, "resume_asked", now=now) as log:
        waiting = _waiting(contact)
        if waiting is not None:
            log.change(waiting, resume=resume or waiting.resume)
            return waiting
        return log.create(
            ResumeRequest(owner_id=contact.owner_id, contact=contact, resume=resume, asked_at=at)
        )


def drop_request(request: ResumeRequest, *, now: datetime) -> ResumeRequest:
    """They do not need it any more."""
    with towards(request.contact, "resume_dropped", now=now) as log:
        if fresh(request).sent_at is not None:
            raise BadValue("resume", "sent-already")
        log.change(request, dropped_at=now)
    return request


def send_resume(
    contact: Contact,
    *,
    now: datetime,
    at: datetime | None = None,
    resume: Resume | None = None,
    channel: Channel = Channel.EMAIL,
    overrides: Mapping[str, str] | None = None,
) -> ResumeRequest:
    """It went to them some other way than by a letter written here.

    Raises Refused where they never asked (soft), and where nothing may be sent to them at all.
    """
    when = happened("at", at or now, now=now)
    with towards(contact, "resume_sent", now=now) as log:
        version = resume or version_for(contact)
        decision = may_send_resume(
            asked=_waiting(contact) is not None,
            made_at=version.made_at if version else None,
            preset=preset_of(seeker_of(contact.owner)),
            now=now,
        ).with_overrides((overrides or {}).items())
        if not decision.allowed:
            raise Refused(decision)
        courtesy(log, contact, at=when, channel=channel, mode=Mode.CHECK_IN, overrides=overrides)
        return _sent(log, contact, at=when, version=version)


def resume_by_letter(log: Journal, contact: Contact, *, at: datetime) -> None:
    """The letter that carries it went out."""
    _sent(log, contact, at=at, version=version_for(contact))


def _waiting(contact: Contact) -> ResumeRequest | None:
    rows = ResumeRequest.objects.filter(contact=contact, sent_at=None, dropped_at=None)
    found: ResumeRequest | None = rows.order_by("asked_at", "pk").first()
    return found


def _sent(log: Journal, contact: Contact, *, at: datetime, version: Resume | None) -> ResumeRequest:
    waiting = _waiting(contact)
    if waiting is None:
        return log.create(
            ResumeRequest(owner_id=contact.owner_id, contact=contact, resume=version, asked_at=at, sent_at=at)
        )
    log.change(waiting, sent_at=at, resume=version)
    return waiting
