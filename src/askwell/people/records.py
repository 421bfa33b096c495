"""A contact as a neutral record, as the formats write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.formats.records import (
    MARK_HEADS,
    MARKED,
    Email,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Source,
    Url,
)
from askwell.people.actions.contacts import contact_name
from askwell.people.models import Contact, ContactPoint, PointKind, Position
from askwell.people.models import PostalAddress as AddressRow

if TYPE_CHECKING:
    from collections.abc import Iterator

HANGING_ON = ("points", "addresses", "positions__organization", "taggings__tag")  # for prefetch_related


def record_of(contact: Contact) -> PersonRecord:
    """Give a contact as a record; constant queries a batch where ``HANGING_ON`` is fetched before."""
    points = sorted(contact.points.all(), key=lambda point: (not point.preferred, point.pk))
    jobs = sorted(contact.positions.all(), key=lambda job: (job.school, not job.current, job.pk))
    work = next((job for job in jobs if job.current and not job.school), None)
    return PersonRecord(
        name=contact_name(contact),
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
