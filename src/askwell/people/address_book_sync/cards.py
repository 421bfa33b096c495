"""A card as fields that can be compared, and fields put back into a card.

Theory of operation.  All three states are read through the same reader: a contact is written as a card and
read again, so that what a card cannot say in the same words never looks like a change.  A field is one thing
a person would speak of: the name, the job's organization, one e-mail address (``email:jane@acme.example``).
Values are cut and cleaned as the notebook's columns are.  A card is changed only in the fields named; every
line of it that is not understood stays as it was.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from askwell.formats.records import Email, Name, PersonRecord, Phone, PostalAddress, Source, Url
from askwell.formats.vcard import read, write
from askwell.people.actions.contacts import name_columns
from askwell.people.actions.points import PointSpec
from askwell.people.actions.tags import clean_tag
from askwell.people.address_book_sync.merging import Value
from askwell.people.errors import BadField
from askwell.people.importing.incoming import norm_of
from askwell.people.models import PointKind
from askwell.people.models import PostalAddress as AddressRow
from askwell.people.records import record_of
from askwell.search.naming import organization_key
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from askwell.formats.vcard.writer import Version
    from askwell.people.address_book_sync.merging import Fields
    from askwell.people.models import AddressBook, Contact

NAME_PARTS = ("name", "prefix", "given", "middle", "family", "suffix")
ADDRESS_PARTS = ("po_box", "extended", "street", "city", "region", "postcode", "country", "formatted")
POINT_KINDS = {"email": PointKind.EMAIL, "phone": PointKind.PHONE, "url": PointKind.URL}
PRIVATE = ("notes", "tag:")  # in step only where the user wants them to be
_LISTS = {"email": "emails", "phone": "phones", "url": "urls", "address": "addresses", "tag": "tags"}
_LONGEST = 500
_LABEL = 100
_VERSION = re.compile(rb"^VERSION:4\.0\s*$", re.IGNORECASE | re.MULTILINE)


def fields_of(record: PersonRecord, *, country: str = "", private_too: bool = False) -> Fields:
    """Give what a card says, by key.  ``country`` (ISO) is for numbers without a country's code."""
    found: Fields = {}
    for key, value in (*_single(record), *_points(record, country), *_addresses(record), *_tags(record)):
        if private_too or not key.startswith(PRIVATE):
            found.setdefault(key, value)
    return found


def _single(record: PersonRecord) -> Iterator[tuple[str, Value]]:
    with suppress(BadField):
        columns = name_columns(replace(record.name, nickname=""))
        parts = tuple(columns[part] for part in NAME_PARTS)
        yield "name", Value("\x1f".join(parts), parts[0], parts)
    organization = " ".join(record.organization.split())[:300]
    plain = {
        "nickname": record.name.nickname.strip()[:120],
        "department": record.department.strip()[:200],
        "title": " ".join(record.title.split())[:300],
        "birthday": record.birthday[:10],
        "notes": record.notes.strip(),
    }
    if key := organization_key(organization):
        yield "organization", Value(key, organization, (organization,))
    yield from ((name, Value(text, text, (text,))) for name, text in plain.items() if text)


def _points(record: PersonRecord, country: str) -> Iterator[tuple[str, Value]]:
    points: tuple[tuple[str, Any, str], ...] = (
        *(("email", email, "") for email in record.emails),
        *(("phone", phone, phone.e164) for phone in record.phones),
        *(("url", url, "") for url in record.urls),
    )
    for kind, point, e164 in points:
        value, label = point.value.strip()[:_LONGEST], point.label.strip()[:_LABEL]
        if norm := norm_of(PointSpec(POINT_KINDS[kind], value, label, e164), country):
            yield f"{kind}:{norm}", Value(label, _labelled(value, label), (value, label, e164))


def _labelled(value: str, label: str) -> str:
    return f"{value} ({label})" if label else value


def _addresses(record: PersonRecord) -> Iterator[tuple[str, Value]]:
    for address in record.addresses:
        row = {part: getattr(address, part).strip()[: _room(part)] for part in ADDRESS_PARTS}
        label = address.label.strip()[:_LABEL]
        if not any(row.values()):
            continue
        lines = row["formatted"] or ", ".join(filter(None, list(row.values())[:-1]))
        yield address_key(row), Value(label, _labelled(lines, label), (label, *row.values()))


def _room(part: str) -> int | None:
    return getattr(AddressRow._meta.get_field(part), "max_length", None)


def address_key(parts: Mapping[str, str]) -> str:
    """Give the key of an address by its parts."""
    return "address:" + "\x1f".join(fold(parts[part]) for part in ADDRESS_PARTS)


def _tags(record: PersonRecord) -> Iterator[tuple[str, Value]]:
    for tag in map(clean_tag, record.tags):
        if key := fold(tag):
            yield f"tag:{key}", Value(key, tag, (tag,))


# -- contacts and cards


def here(contact: Contact, book: AddressBook, *, country: str = "") -> Fields:
    """Give what the notebook says of somebody, as a card would say it."""
    record = replace(record_of(contact), kept=())
    job = newest_job(contact)
    record = replace(
        record,
        organization=job.organization.name if job and job.organization else "",
        title=job.title if job else "",
        department=job.department if job else "",
        positions=(),
    )
    there = read_card(b"".join(write([record], version="3.0")), country)
    return fields_of(there or record, country=country, private_too=book.private_too)


def newest_job(contact: Contact) -> Any:
    """Give the job a card speaks of: the newest of those held now."""
    jobs = [job for job in contact.positions.all() if job.current and not job.school]
    return max(jobs, key=lambda job: job.pk, default=None)


def read_card(data: bytes, country: str = "") -> PersonRecord | None:
    """Read one card; None for a list of people, and for what is nobody."""
    people = read(data, file="", default_country=country).people
    return people[0] if people else None


def card_of(fields: Fields, uid: str) -> bytes:
    """Write a new card."""
    bare = PersonRecord(name=Name(), source=Source(file=""), uid=uid)
    return written(with_fields(bare, fields), b"")


def written(record: PersonRecord, before: bytes) -> bytes:
    """Write a card in the version it had."""
    version: Version = "4.0" if _VERSION.search(before) else "3.0"
    kept = tuple(pair for pair in record.kept if pair[0].upper() != "REV")  # when it was changed last
    return b"".join(write([replace(record, kept=kept)], version=version))


def with_fields(
    record: PersonRecord, given: Mapping[str, Value | None], *, country: str = ""
) -> PersonRecord:
    """Give a card with these fields, and else as it was."""
    for key, value in given.items():
        kind, colon, _norm = key.partition(":")
        if colon:
            record = _with_item(record, kind, key, value, country=country)
        else:
            record = _with_single(record, key, value)
    return record


def _with_single(record: PersonRecord, key: str, value: Value | None) -> PersonRecord:
    if key == "name" and value is not None:
        parts = dict(zip(("formatted", *NAME_PARTS[1:]), value.data, strict=True))
        return replace(record, name=replace(record.name, **parts))
    text = value.data[0] if value is not None else ""
    if key == "nickname":
        return replace(record, name=replace(record.name, nickname=text))
    if key == "name":
        return record
    column: dict[str, Any] = {key: text}
    return replace(record, **column)


def _with_item(
    record: PersonRecord, kind: str, key: str, value: Value | None, *, country: str
) -> PersonRecord:
    """Put an item in the place of the one of the same key, or at the end."""
    items: list[Any] = []
    new = None if value is None else _MAKERS[kind](value)
    for item in getattr(record, _LISTS[kind]):
        if key not in _keys_of(kind, item, country):
            items.append(item)
        elif new is not None:
            items.append(new)
            new = None
    column: dict[str, Any] = {_LISTS[kind]: tuple([*items, new] if new is not None else items)}
    return replace(record, **column)


def _keys_of(kind: str, item: Any, country: str) -> Iterable[str]:
    column: dict[str, Any] = {_LISTS[kind]: (item,)}
    alone = PersonRecord(name=Name(), source=Source(file=""), **column)
    return fields_of(alone, country=country, private_too=True)


_MAKERS: dict[str, Callable[[Value], Any]] = {
    "email": lambda value: Email(value=value.data[0], label=value.data[1]),
    "phone": lambda value: Phone(value=value.data[0], label=value.data[1], e164=value.data[2]),
    "url": lambda value: Url(value=value.data[0], label=value.data[1]),
    "address": lambda value: PostalAddress(
        label=value.data[0], **dict(zip(ADDRESS_PARTS, value.data[1:], strict=True))
    ),
    "tag": lambda value: value.data[0],
}


def stored(fields: Mapping[str, Value]) -> dict[str, list[Any]]:
    """Give fields as JSON keeps them."""
    return {key: [value.same, value.shown, list(value.data)] for key, value in fields.items()}


def loaded(kept: Mapping[str, list[Any]]) -> Fields:
    """Give fields back from JSON."""
    return {key: Value(same, shown, tuple(data)) for key, (same, shown, data) in kept.items()}
