"""Versions of the resume: their age, where they lie, to whom they went, and who is waiting for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.outreach import words
from askwell.outreach.facts.world import preset_of, seeker_of
from askwell.outreach.kept_files import kept_file
from askwell.outreach.models import Resume, ResumeRequest
from askwell.rules.resume import age_hint

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.kept_files import KeptFile
    from askwell.outreach.models import Seeker
    from askwell.outreach.queries.lines import ReasonLine

_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version: how many days old, what is said of that, and the requests it answered."""

    resume: Resume
    days: int
    hint: ReasonLine | None
    sent: tuple[ResumeRequest, ...]
    file: KeptFile | None = None  # the copy that is kept; else ``resume.where`` says where it lies


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumesPage:
    """Versions in use and put away, newest first; ``unnamed`` went out as no version in particular."""

    versions: tuple[VersionLine, ...]
    retired: tuple[VersionLine, ...]
    waiting: tuple[ResumeRequest, ...]
    unnamed: tuple[ResumeRequest, ...]


def resumes(owner: AbstractBaseUser, *, now: datetime) -> ResumesPage:
    """Everything of the resume, in three queries."""
    asked = ResumeRequest.objects.for_owner(owner).filter(dropped_at=None, contact__merged_into=None)
    requests = list(asked.select_related("contact", "resume").order_by("-sent_at", "-asked_at")[: 10 * _MOST])
    rows = Resume.objects.for_owner(owner).order_by("-made_at", "-pk")[:_MOST]
    seeker = seeker_of(owner)
    lines = [_line(row, requests, seeker, now=now) for row in rows]
    return ResumesPage(
        versions=tuple(line for line in lines if line.resume.retired_at is None),
        retired=tuple(line for line in lines if line.resume.retired_at is not None),
        waiting=tuple(sorted((one for one in requests if one.sent_at is None), key=lambda one: one.asked_at)),
        unnamed=tuple(one for one in requests if one.sent_at is not None and one.resume is None),
    )


def _line(row: Resume, requests: list[ResumeRequest], seeker: Seeker, *, now: datetime) -> VersionLine:
    return VersionLine(
        resume=row,
        days=max(0, (now - row.made_at).days),
        hint=_hint(row, seeker, now=now),
        sent=tuple(one for one in requests if one.resume_id == row.pk and one.sent_at is not None),
        file=kept_file(row.owner_id, row.where),
    )


def version_hint(row: Resume, *, now: datetime) -> ReasonLine | None:
    """Say that a version has grown old; None while it has not."""
    return _hint(row, seeker_of(row.owner), now=now)


def _hint(row: Resume, seeker: Seeker, *, now: datetime) -> ReasonLine | None:
    found = age_hint(row.made_at, preset=preset_of(seeker), now=now)
    return words.voice(seeker.zone, now=now).reason(found) if found else None
