"""The cast of the sample network: four hundred invented people, their places of work, the seeker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from askwell.outreach.sample import pools
from askwell.people.models import (
    Contact,
    ContactPoint,
    Organization,
    PointKind,
    Position,
    Tag,
    Tagging,
)
from askwell.search.naming import name_key, organization_key, sort_key
from askwell.search.text import fold

if TYPE_CHECKING:
    import random

    from django.db import models


@dataclass(slots=True)
class Cast:
    """Rows to be made, by kind, in the order they must be written."""

    owner: Any
    now: datetime
    rng: random.Random
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def add(self, obj: Any) -> Any:
        """Keep a row for writing; its relations may still be unwritten."""
        self.rows.setdefault(type(obj), []).append(obj)
        return obj

    def ago(self, days: float, *, hour: int = 15) -> datetime:
        """Give a moment so many days back; whole days fall on a weekday at that hour, UTC."""
        moment = self.now - timedelta(days=days)
        if days < 1:
            return moment
        moment = moment.replace(hour=hour, minute=self.rng.randrange(60), second=0, microsecond=0)
        return moment - timedelta(days=max(0, moment.weekday() - 4))


def fill(cast: Cast, count: int) -> list[Contact]:
    """Invent ``count`` people with work, addresses and tags; the same seed gives the same people."""
    hospitals = [_organization(cast, name) for name in pools.HOSPITALS]
    companies = [_organization(cast, name) for name in pools.COMPANIES]
    schools = [_organization(cast, name) for name in pools.SCHOOLS]
    tags = [_tag(cast, name) for name in pools.TAGS]
    pairs = [(given, family) for given in pools.GIVEN for family in pools.FAMILY]
    return [
        _person(cast, given, family, hospitals if n % 3 == 0 else companies, schools, tags)
        for n, (given, family) in enumerate(cast.rng.sample(pairs, count))
    ]


def _tag(cast: Cast, name: str) -> Tag:
    existing = next((tag for tag in Tag.objects.for_owner(cast.owner) if fold(tag.name) == name), None)
    return existing or cast.add(Tag(owner=cast.owner, name=name))  # type: ignore[no-any-return]


def _organization(cast: Cast, name: str) -> Organization:
    existing = Organization.objects.for_owner(cast.owner).filter(key=organization_key(name)).first()
    if existing:
        return existing  # type: ignore[no-any-return]
    slug = "".join(letter for letter in name.casefold() if letter.isalnum())
    row = Organization(owner=cast.owner, name=name, key=organization_key(name), domains=[f"{slug}.example"])
    return cast.add(row)  # type: ignore[no-any-return]


def _person(
    cast: Cast,
    given: str,
    family: str,
    places_of_work: list[Organization],
    schools: list[Organization],
    tags: list[Tag],
) -> Contact:
    rng = cast.rng
    place, zone, country = rng.choice(pools.PLACES)
    known = cast.ago(rng.randrange(60, 730))
    contact = Contact(
        owner=cast.owner,
        name=f"{given} {family}",
        given=given,
        family=family,
        sort_key=sort_key(given=given, family=family),
        name_key=name_key(f"{given} {family}"),
        place=place,
        zone=zone,
        country=country,
        how_met=rng.choice(pools.MET) if rng.random() < 0.6 else "",
        connected_on=known.date(),
        closeness=rng.choice([None, None, 1, 2, 3, 4, 5]),
        is_sample=True,
        created_at=known,
    )
    cast.add(contact)
    work = rng.choice(places_of_work)
    _work(cast, contact, work)
    _points(cast, contact, work)
    if rng.random() < 0.4:
        _studied(cast, contact, rng.choice(schools))
    for tag in rng.sample(tags, rng.choice([0, 1, 1, 2])):
        cast.add(Tagging(owner=cast.owner, contact=contact, tag=tag))
    return contact


def _work(cast: Cast, contact: Contact, work: Organization) -> None:
    titles = pools.HOSPITAL_TITLES if work.name in pools.HOSPITALS else pools.COMPANY_TITLES
    title = cast.rng.choice(titles)
    contact.headline = f"{title}, {work.name}"
    cast.add(
        Position(
            owner=cast.owner,
            contact=contact,
            organization=work,
            title=title,
            started=f"{cast.rng.randrange(2012, 2026)}",
        )
    )


def _studied(cast: Cast, contact: Contact, school: Organization) -> None:
    end = cast.rng.randrange(2005, 2025)
    cast.add(
        Position(
            owner=cast.owner,
            contact=contact,
            organization=school,
            school=True,
            current=False,
            started=str(end - 2),
            ended=str(end),
        )
    )


def _points(cast: Cast, contact: Contact, work: Organization) -> None:
    # Addresses as mail programs take them: plain letters, whatever the name has.
    slug = "".join(
        sign for sign in fold(f"{contact.given}.{contact.family}") if sign.isascii() and sign not in " '"
    )
    email = f"{slug}@{next(iter(work.domains), 'work.example')}"  # a place of one's own may have none
    profile = f"https://www.linkedin.com/in/sample-{slug}-{cast.rng.randrange(1000, 9999)}"
    point = {"owner": cast.owner, "contact": contact}
    cast.add(ContactPoint(**point, kind=PointKind.EMAIL, value=email, norm=email, label="work"))
    cast.add(
        ContactPoint(
            **point, kind=PointKind.URL, value=profile, norm=profile.rsplit("/", 1)[1], label="profile"
        )
    )
    if cast.rng.random() < 0.3:
        number = f"+1312555{cast.rng.randrange(100, 200):04d}"
        cast.add(ContactPoint(**point, kind=PointKind.PHONE, value=number, norm=number, label="mobile"))


def seeker_self(cast: Cast) -> None:
    """Give the seeker a self, unless there is one: a student of operations in Chicago."""
    if Contact.objects.for_owner(cast.owner).filter(is_self=True).exists():
        return
    me = Contact(
        owner=cast.owner,
        name="Dana Sample",
        given="Dana",
        family="Sample",
        sort_key="sample dana",
        name_key=name_key("Dana Sample"),
        place="Chicago",
        zone="America/Chicago",
        country="US",
        is_self=True,
        is_sample=True,
        created_at=cast.ago(730),
    )
    cast.add(me)
    school = next(row for row in cast.rows[Organization] if row.name == pools.SCHOOLS[0])
    work = next(row for row in cast.rows[Organization] if row.name == "Tamarack Foods")
    cast.add(
        Position(
            owner=cast.owner,
            contact=me,
            organization=school,
            school=True,
            title="MSc Operations",
            started="2025",
        )
    )
    cast.add(
        Position(
            owner=cast.owner,
            contact=me,
            organization=work,
            title="Inventory clerk",
            started="2021",
            ended="2025",
            current=False,
        )
    )
