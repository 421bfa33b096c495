"""What one record adds to one contact: only what is not there yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from askwell.formats.records import MARK_HEADS, MARKED, PersonRecord, Url
from askwell.people.actions.contacts import name_columns
from askwell.people.actions.points import make_points
from askwell.people.bulk import new_row
from askwell.people.importing.incoming import specs_of
from askwell.people.journal import parts
from askwell.people.models import Contact, ContactPoint, Organization, Position, PostalAddress, Tagging
from askwell.search.naming import name_key, organization_key
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from askwell.formats.records import OwnProfile, PositionRecord, TouchRecord
    from askwell.people.importing.incoming import Incoming
    from askwell.people.journal import Journal

Places = dict[str, Organization]
_ADDRESS = ("po_box", "extended", "street", "city", "region", "postcode", "country", "formatted")


@dataclass(slots=True, kw_only=True)
class Held:
    """A contact and all that hangs on it, and what is to be added.  A new one has no key yet."""

    contact: Contact
    is_new: bool = False
    having_points: set[tuple[str, str]] = field(default_factory=set)
    having_jobs: list[Position] = field(default_factory=list)
    having_addresses: set[tuple[str, ...]] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    points: list[ContactPoint] = field(default_factory=list)
    addresses: list[PostalAddress] = field(default_factory=list)
    jobs: list[Position] = field(default_factory=list)
    ended: list[Position] = field(default_factory=list)
    titles: list[tuple[Position, str]] = field(default_factory=list)  # of jobs that had none
    changes: dict[str, Any] = field(default_factory=dict)
    moves: list[tuple[Position, Position]] = field(default_factory=list)

    @classmethod
    def new(cls, log: Journal, *, is_self: bool = False) -> Held:
        """Give a contact still to be written."""
        contact = new_row(Contact, owner_id=log.owner.pk, created_at=log.now, is_self=is_self)
        return cls(contact=contact, is_new=True)

    def get(self, column: str) -> Any:
        """Give a column as it will be."""
        return self.changes[column] if column in self.changes else getattr(self.contact, column)

    def put(self, **values: Any) -> None:
        """Set columns: at once on a new contact, else as changes for the journal."""
        if self.is_new:
            self.contact.__dict__.update(values)
            return
        for column, value in values.items():
            if getattr(self.contact, column) != value:
                self.changes[column] = value

    def fill(self, column: str, value: Any) -> None:
        """Set a column only where nothing stands yet."""
        if value and not self.get(column):
            self.put(**{column: value[: _longest(Contact, column)]})

    def add_note(self, note: TouchRecord) -> None:
        """Add a dated note to the notes."""
        self.add_text(f"{note.at.date().isoformat()}: {note.body.strip()}")

    def add_text(self, text: str) -> None:
        """Add to the notes what does not stand in them yet."""
        notes = self.get("notes")
        if text.strip() and text.strip() not in notes:
            self.put(notes=f"{notes.rstrip()}\n\n{text.strip()}" if notes.strip() else text.strip())

    def bound(self, rows: str) -> Iterable[Any]:
        """Give the new rows of a kind, tied to the contact now that it has a key."""
        for row in getattr(self, rows):
            row.contact_id = self.contact.pk
            yield row


@cache
def _longest(model: type[Model], column: str) -> int | None:
    return getattr(model._meta.get_field(column), "max_length", None)


def load_held(owner: int, keys: list[int]) -> dict[int, Held]:
    """Load existing contacts with their points, jobs, addresses and tags; constant queries a part."""
    found: dict[int, Held] = {}
    for part in parts(keys, 1000):
        for contact in Contact.objects.filter(owner_id=owner, pk__in=part):
            found[contact.pk] = Held(contact=contact)
        for pk, kind, norm in ContactPoint.objects.filter(contact_id__in=part).values_list(
            "contact_id", "kind", "norm"
        ):
            found[pk].having_points.add((kind, norm))
        jobs = Position.objects.filter(contact_id__in=part).select_related("organization").order_by("pk")
        for job in jobs:
            found[job.contact_id].having_jobs.append(job)
        for address in PostalAddress.objects.filter(contact_id__in=part):
            found[address.contact_id].having_addresses.add(_address_key(address))
        for pk, tag in Tagging.objects.filter(contact_id__in=part).values_list("contact_id", "tag_id"):
            found[pk].tags.add(tag)
    return found


def place_names(person: Incoming) -> list[str]:
    """Give every organization a record names."""
    record = person.record
    return [record.organization, *(position.organization for position in record.positions)]


def absorb(held: Held, person: Incoming, country: str, places: Places) -> None:
    """Add what a record says to a contact; what stands there stays."""
    record = person.record
    _absorb_name(held, person)
    for column in ("headline", "place", "birthday"):
        held.fill(column, getattr(record, column))
    held.fill("how_met", record.met or record.referred_by)
    held.add_text(record.notes)
    if record.connected_on and (
        not held.get("connected_on") or record.connected_on < held.get("connected_on")
    ):
        held.put(connected_on=record.connected_on)
    _absorb_kept(held, record)
    _absorb_points(held, record, country)
    _absorb_addresses(held, record)
    _absorb_jobs(held, record, places)


def _absorb_name(held: Held, person: Incoming) -> None:
    """A contact known by an address alone takes the name; otherwise only empty parts are filled."""
    if not held.get("name") or (person.has_name and not held.get("name_key")):
        held.put(**(name_columns(person.record.name) if person.has_name else _unnamed(person)))
        return
    if name_key(person.name) == held.get("name_key"):
        for column in ("prefix", "middle", "suffix"):
            held.fill(column, getattr(person.name, column))
    held.fill("nickname", person.name.nickname)


def _unnamed(person: Incoming) -> dict[str, str]:
    nickname = person.record.name.nickname[:120]
    return {
        "name": person.shown[:300],
        "nickname": nickname,
        "sort_key": fold(person.shown)[:300],
        "name_key": "",
    }


def _absorb_kept(held: Held, record: PersonRecord) -> None:
    kept = held.get("kept")
    marks = {MARK_HEADS[head]: True for head, value in record.kept if head in MARK_HEADS and value == MARKED}
    held.put(**marks)
    fresh = [list(pair) for pair in record.kept if list(pair) not in kept and pair[0] not in MARK_HEADS]
    if fresh:
        held.put(kept=[*kept, *fresh])


def _absorb_points(held: Held, record: PersonRecord, country: str) -> None:
    made = make_points(held.contact, specs_of(record), default_country=country, having=held.having_points)
    held.having_points |= {(point.kind, point.norm) for point in made}
    held.points += made


def _absorb_addresses(held: Held, record: PersonRecord) -> None:
    for address in record.addresses:
        row = new_row(PostalAddress, owner_id=held.contact.owner_id, contact_id=held.contact.pk)
        for column in ("label", *_ADDRESS):
            setattr(row, column, getattr(address, column)[: _longest(PostalAddress, column)])
        key = _address_key(row)
        if any(key) and key not in held.having_addresses:
            held.having_addresses.add(key)
            held.addresses.append(row)


def _address_key(address: PostalAddress) -> tuple[str, ...]:
    return tuple(fold(getattr(address, column)) for column in _ADDRESS)


def _absorb_jobs(held: Held, record: PersonRecord, places: Places) -> None:
    place = places.get(organization_key(record.organization))
    if place or record.title.strip():
        _absorb_current_job(held, record, place)
    for position in record.positions:
        _absorb_position(held, position, places)


def _absorb_current_job(held: Held, record: PersonRecord, place: Organization | None) -> None:
    title = " ".join(record.title.split())[:300]
    same_place = [
        job for job in held.having_jobs if not job.school and _place_of(job) == (place.pk if place else None)
    ]
    if any(fold(job.title) == fold(title) for job in same_place):
        return  # there already, now or before
    now_there = [job for job in held.having_jobs if job.current and not job.school]
    untitled = next((job for job in same_place if job.current and not job.title), None)
    if untitled is not None and title:
        held.titles.append((untitled, title))
    elif record.connected_on and place and now_there:
        # A list of connections tells of one job: another one than before means they have moved.
        if title and len(now_there) == 1:
            _move(held, now_there[0], place, title)
    elif not any(job.current for job in same_place) and (place or not now_there):
        _add_job(held, place, title, record.department)


def _move(held: Held, before: Position, place: Organization, title: str) -> None:
    if before.pk is None:
        before.current = False
    else:
        held.ended.append(before)
    after = _add_job(held, place, title, "")
    held.moves.append((before, after))


def _absorb_position(held: Held, position: PositionRecord, places: Places) -> None:
    place = places.get(organization_key(position.organization))
    title = " ".join(position.title.split())[:300]
    if not place and not title:
        return
    for job in held.having_jobs:
        same_place = job.school == position.school and _place_of(job) == (place.pk if place else None)
        if same_place and fold(job.title) == fold(title):
            return
    job = _add_job(held, place, title, position.department)
    job.school, job.place, job.notes = position.school, position.place[:200], position.notes
    job.started, job.ended, job.current = position.started[:10], position.ended[:10], not position.ended


def _add_job(held: Held, place: Organization | None, title: str, department: str) -> Position:
    job = new_row(Position, owner_id=held.contact.owner_id, title=title, department=department[:200])
    job.organization = place
    held.having_jobs.append(job)
    held.jobs.append(job)
    return job


def _place_of(job: Position) -> int | None:
    return job.organization_id


def told(job: Position) -> str:
    """Say a job in a line: "Planner, Charité"."""
    return ", ".join(part for part in (job.title, job.organization.name if job.organization else "") if part)


def absorb_own(held: Held, own: OwnProfile, country: str, places: Places) -> None:
    """Add what the archive says of its owner to the seeker's own contact."""
    if not held.get("name"):
        held.put(**name_columns(own.name if own.name.formatted or own.name.given or own.name.family else "?"))
    held.fill("headline", own.headline)
    held.fill("place", own.place)
    held.add_text(own.summary)
    urls = (Url(value=own.profile_url, label="profile"),) if own.profile_url else ()
    record = PersonRecord(name=own.name, source=own.source, emails=own.emails, urls=urls)
    _absorb_points(held, record, country)
    for position in own.positions:
        _absorb_position(held, position, places)
