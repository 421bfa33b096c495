"""Contacts: added, edited, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askwell.formats.records import Name
from askwell.people.actions.organizations import organization_named
from askwell.people.actions.points import PointSpec, make_points
from askwell.people.actions.tags import own_keys, tags_named
from askwell.people.errors import BadField
from askwell.people.journal import Journal, journal, parts
from askwell.people.models import Contact, PointKind, Position, Tagging
from askwell.people.points import is_identity, norm_point
from askwell.people.quick_add import parse_quick
from askwell.search.naming import name_key, parts_of, shown, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

_EDITABLE_TEXT = """
pronouns headline place zone country birthday notes how_met connected_on closeness
keep_every_days do_not_contact hires connector introduced_by is_sample
"""
EDITABLE = frozenset(_EDITABLE_TEXT.split())
CLOSEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """What is known of someone to be added.  ``name`` is a text or its parts; the rest may be empty.

    ``details`` holds further columns of ``EDITABLE``.  ``default_country`` (ISO, ``US``) reads local numbers.
    """

    name: Name | str
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    urls: Sequence[str] = ()
    organization: str = ""
    title: str = ""
    department: str = ""
    tags: Sequence[str] = ()
    notes: str = ""
    how_met: str = ""
    connected_on: date | None = None
    details: dict[str, Any] | None = None
    default_country: str = ""


def name_columns(name: Name | str) -> dict[str, str]:
    """Give every column of a contact that follows from the name.  Raises BadField when there is none."""
    parts_ = parts_of(name)
    whole = shown(name if isinstance(name, Name) else parts_)
    if not whole:
        raise BadField("name", "empty")
    return {
        "name": whole,
        "prefix": parts_.prefix[:60],
        "given": parts_.given[:120],
        "middle": parts_.middle[:120],
        "family": parts_.family[:160],
        "suffix": parts_.suffix[:60],
        "nickname": parts_.nickname[:120],
        "sort_key": sort_key(parts_),
        "name_key": name_key(parts_),
    }


def contact_name(contact: Contact) -> Name:
    """Give a contact's name in parts."""
    return Name(
        prefix=contact.prefix,
        given=contact.given,
        middle=contact.middle,
        family=contact.family,
        suffix=contact.suffix,
        nickname=contact.nickname,
        formatted=contact.name,
    )


def add_contact(owner: AbstractBaseUser, new: NewContact, *, now: datetime) -> Contact:
    """Add someone.  Nobody is matched or merged here; ``queries.known_as`` tells who is there already.

    Raises BadField.
    """
    columns = name_columns(new.name)
    with journal(owner, "people.add", now=now, params={"name": columns["name"]}) as log:
        return make_contact(log, new)


def make_contact(log: Journal, new: NewContact) -> Contact:
    """Add someone as part of a larger action."""
    contact = Contact(
        owner_id=log.owner.pk,
        created_at=log.now,
        notes=new.notes,
        how_met=new.how_met[:500],
        connected_on=new.connected_on,
        **name_columns(new.name),
        **_checked(new.details or {}),
    )
    log.create(contact)
    specs = [
        *(PointSpec(PointKind.EMAIL, value) for value in new.emails),
        *(PointSpec(PointKind.PHONE, value) for value in new.phones),
        *(PointSpec(PointKind.URL, value) for value in new.urls),
    ]
    log.create_many(make_points(contact, specs, default_country=new.default_country))
    _employ(log, contact, new)
    tags = tags_named(log, new.tags).values()
    log.create_many([Tagging(owner_id=log.owner.pk, contact=contact, tag=tag) for tag in tags])
    return contact


def _employ(log: Journal, contact: Contact, new: NewContact) -> None:
    organization = organization_named(log, new.organization)
    if organization or new.title:
        log.create(
            Position(
                owner_id=log.owner.pk,
                contact=contact,
                organization=organization,
                title=new.title[:300],
                department=new.department[:200],
            )
        )


def edit_contact(contact: Contact, *, now: datetime, **values: Any) -> bool:
    """Change columns of ``EDITABLE`` and ``name`` (a text or parts); False when nothing differed.

    Raises BadField.
    """
    name = values.pop("name", None)
    columns = _checked(values) | (name_columns(name) if name is not None else {})
    with journal(contact.owner, "people.edit", now=now, params=_about(contact)) as log:
        return log.change(contact, **columns)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    for field, value in values.items():
        if field not in EDITABLE:
            raise BadField(field, "unknown")
        if field == "closeness" and value is not None and not 1 <= value <= CLOSEST:
            raise BadField(field, "not-1-to-5")
        limit = getattr(Contact._meta.get_field(field), "max_length", None)
        if limit and len(value or "") > limit:
            raise BadField(field, "too-long")
    return values


def set_closeness(contact: Contact, closeness: int | None, *, now: datetime) -> bool:
    """Say how close one feels to someone, 1 to 5, or None for not said.  Raises BadField."""
    values = _checked({"closeness": closeness})
    with journal(contact.owner, "people.closeness", now=now, params=_about(contact)) as log:
        return log.change(contact, **values)


def remove_contacts(owner: AbstractBaseUser, contacts: Iterable[Contact | int], *, now: datetime) -> int:
    """Remove people and all that hangs on them, as one change; how many were the owner's."""
    keys = own_keys(owner, contacts)
    with journal(owner, "people.remove", now=now, params={"count": len(keys)}) as log:
        rows = [row for part in parts(keys) for row in Contact.objects.for_owner(owner).filter(pk__in=part)]
        if len(rows) == 1:
            log.params["name"] = rows[0].name
        tombs = [
            tomb
            for part in parts(keys)
            for tomb in Contact.objects.for_owner(owner).filter(merged_into__in=part)
        ]
        log.delete_many([*tombs, *rows])
    return len(keys)


def add_from_text(
    owner: AbstractBaseUser, text: str, *, now: datetime, default_country: str = "", at: str = ""
) -> tuple[Contact, bool]:
    """Add someone from one pasted text; gives (contact, added).

    ``at`` is where they work, unless the text says.
    Someone with the same e-mail, number or profile is not added again: what the text adds is filled in.
    Raises BadField("text", "nobody") when no name and no address can be found in it.
    """
    quick = parse_quick(text, now=now, default_country=default_country)
    if quick.is_empty:
        raise BadField("text", "nobody")
    known = _known(owner, quick.points, default_country)
    if known is not None:
        return known, False
    new = NewContact(
        name=quick.name,
        emails=quick.emails,
        phones=quick.phones,
        urls=quick.urls,
        organization=quick.organization or at,
        title=quick.title,
        notes=quick.notes,
        how_met=quick.how_met,
        details={"place": quick.place},
        default_country=default_country,
    )
    return add_contact(owner, new, now=now), True


def _known(owner: AbstractBaseUser, points: Sequence[tuple[str, str]], country: str) -> Contact | None:
    for kind, value in points:
        norm = norm_point(kind, value, country)
        if norm and is_identity(kind, norm):
            people = Contact.objects.for_owner(owner).people()
            found: Contact | None = people.filter(points__kind=kind, points__norm=norm).order_by("id").first()
            if found:
                return found
    return None


def _about(contact: Contact) -> dict[str, Any]:
    return {"name": contact.name, "contact": contact.pk}
