"""The notebook in other programs' formats: people as vCard or CSV, talks and steps as iCalendar."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from askwell.formats.ics import CalendarEvent, calendar
from askwell.formats.records import (
    MARK_HEADS,
    MARKED,
    Email,
    Name,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Source,
    Url,
)
from askwell.outreach.actions.talks import talk_event
from askwell.outreach.queries import seeker_of, steps, talks
from askwell.people.models import Contact, ContactPoint, PointKind, Position
from askwell.people.models import PostalAddress as AddressRow
from askwell.rules.facts import TalkState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser


def person_records(owner: AbstractBaseUser) -> Iterator[PersonRecord]:
    """Give every contact as a neutral record, by name, with what a source gave and we do not understand."""
    people = (
        Contact.objects.for_owner(owner)
        .people()
        .prefetch_related("points", "addresses", "positions__organization", "taggings__tag")
        .select_related("introduced_by")
        .order_by("sort_key", "pk")
    )
    for contact in people.iterator(chunk_size=1000):
        yield _record(contact)


def calendar_file(owner: AbstractBaseUser, *, now: datetime) -> bytes:
    """Give the talks booked or held, and the day of every step, as one iCalendar file."""
    booked = talks(owner, now=now).exclude(state__in=[TalkState.CANCELLED, TalkState.MISSED])
    events = [talk_event(talk) for talk in booked]
    return calendar([*events, *_step_days(owner, now=now)], now=now, name="Askwell")


def _step_days(owner: AbstractBaseUser, *, now: datetime) -> Iterator[CalendarEvent]:
    seeker = seeker_of(owner)
    for line in steps(owner, now=now, limit=10_000):
        yield CalendarEvent(
            uid=f"{_uid(line.key, discreet=seeker.confidential)}@askwell",
            starts=line.due.astimezone(ZoneInfo(seeker.zone)).date(),
            summary=line.title,
            confidential=seeker.confidential,
            neutral_summary=gettext("Something to do"),
        )


def _uid(key: str, *, discreet: bool) -> str:
    """Name a step for a calendar; in a confidential search without saying what kind of step it is."""
    return hashlib.sha256(key.encode()).hexdigest()[:32] if discreet else key.replace(":", "-")


def _record(contact: Contact) -> PersonRecord:
    points = sorted(contact.points.all(), key=lambda point: (not point.preferred, point.pk))
    jobs = sorted(contact.positions.all(), key=lambda job: (job.school, not job.current, job.pk))
    work = next((job for job in jobs if job.current and not job.school), None)
    return PersonRecord(
        name=_name(contact),
        source=Source(file="askwell"),
        emails=tuple(Email(value=p.value, label=p.label) for p in points if p.kind == PointKind.EMAIL),
        phones=tuple(_phone(p) for p in points if p.kind == PointKind.PHONE),
        urls=tuple(Url(value=p.value, label=p.label) for p in points if p.kind == PointKind.URL),
        organization=work.organization.name if work and work.organization else "",
        department=work.department if work else "",
        title=work.title if work else "",
        positions=tuple(_position(job) for job in jobs if job is not work),
        birthday=contact.birthday,
        addresses=tuple(_address(row) for row in contact.addresses.all()),
        notes=contact.notes,
        tags=tuple(sorted(tagging.tag.name for tagging in contact.taggings.all())),
        headline=contact.headline,
        place=contact.place,
        connected_on=contact.connected_on,
        referred_by=contact.introduced_by.name if contact.introduced_by else "",
        met=contact.how_met,
        kept=(*((name, value) for name, value in contact.kept), *_marks(contact)),
    )


def _marks(contact: Contact) -> Iterator[tuple[str, str]]:
    """Give the marks as pairs no other program minds."""
    return ((head, MARKED) for head, column in MARK_HEADS.items() if getattr(contact, column))


def _name(contact: Contact) -> Name:
    parts = ("prefix", "given", "middle", "family", "suffix", "nickname")
    return Name(formatted=contact.name, **{part: getattr(contact, part) for part in parts})


def _phone(point: ContactPoint) -> Phone:
    e164 = point.norm if point.norm.startswith("+") else ""
    return Phone(value=point.value, e164=e164, label=point.label)


def _position(job: Position) -> PositionRecord:
    return PositionRecord(
        organization=job.organization.name if job.organization else "",
        title=job.title,
        department=job.department,
        started=job.started,
        ended=job.ended,
        school=job.school,
        place=job.place,
        notes=job.notes,
    )


def _address(row: AddressRow) -> PostalAddress:
    names = ("label", "po_box", "extended", "street", "city", "region", "postcode", "country", "formatted")
    return PostalAddress(**{name: getattr(row, name) for name in names})
