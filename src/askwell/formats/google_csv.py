"""Google Contacts CSV, the present header (``E-mail 1 - Label``) and the one before 2024 (``… - Type``).

Theory of operation.  Numbered columns come in groups (``Phone 2 - Label``, ``Phone 2 - Value``);
their number grows with the data, so they are found by pattern.  One cell may hold several
values joined by `` ::: ``.  A label that starts with ``* `` marks the primary value, and a
group that starts with ``* `` is Google's own and not the owner's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from askwell.formats.address_book import Book, Person, read_book
from askwell.formats.fields import email_of, phone_of, url_of
from askwell.formats.members import Member, member_of_bytes
from askwell.formats.names import name_of_parts
from askwell.formats.records import Email, Phone, PositionRecord, PostalAddress, Reading, Url
from askwell.formats.tables import Progress, Record, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN = re.compile(r"\s{0,9}:::\s{0,9}")
GROUP = re.compile(r"^(email|phone|address|website|organization|relation|customfield)(\d+)([a-z]+)$")
SURE = (
    {"phoneticfirstname", "fileas"},
    {"givenname", "familyname", "groupmembership"},
    {"givenname", "yominame"},
)
REFERRERS = {"referredby", "introducedby", "referrer"}
PLAIN = (
    *(
        "firstname",
        "givenname",
        "middlename",
        "additionalname",
        "lastname",
        "familyname",
        "nameprefix",
        "namesuffix",
    ),
    *("nickname", "fileas", "name", "birthday", "notes", "labels", "groupmembership"),
    *("organizationname", "organizationtitle", "organizationdepartment"),
)
PARTS = {
    "email": ("value", "label", "type"),
    "phone": ("value", "label", "type"),
    "website": ("value", "label", "type"),
    "address": (
        *("label", "type", "formatted", "street", "city", "pobox", "region", "postalcode", "country"),
        "extendedaddress",
    ),
    "organization": ("type", "name", "title", "department"),
}
ADDRESS_FIELDS = {
    "formatted": "formatted",
    "street": "street",
    "city": "city",
    "po_box": "pobox",
    "region": "region",
    "postcode": "postalcode",
    "country": "country",
    "extended": "extendedaddress",
}


def is_header(names: set[str]) -> bool:
    """Whether these folded column names are Google's."""
    return any(sure <= names for sure in SURE) or any(
        (match := GROUP.match(name)) and match[3] in {"value", "formatted"} for name in names
    )


def read(data: bytes, *, file: str, default_country: str = "", progress: Progress | None = None) -> Reading:
    """Every person in a Google CSV, and every problem; never raises."""
    return read_member(member_of_bytes(file, data), default_country=default_country, progress=progress)


def read_member(member: Member, *, default_country: str = "", progress: Progress | None = None) -> Reading:
    """As ``read``, streaming from a member."""
    return read_book(Book("google_csv", is_header, _person), member, default_country, progress)


@lru_cache(maxsize=16)
def _groups(columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The numbers of each kind of group, in order: ``{"email": ("1", "2")}``."""
    found: dict[str, set[str]] = {}
    for name in columns:
        if match := GROUP.match(name):
            found.setdefault(match[1], set()).add(match[2])
    return {kind: tuple(sorted(numbers, key=int)) for kind, numbers in found.items()}


def _person(record: Record, person: Person) -> None:
    groups = _groups(tuple(person.table.columns))
    person.name = name_of_parts(
        given=record.get("firstname", "givenname"),
        middle=record.get("middlename", "additionalname"),
        family=record.get("lastname", "familyname"),
        prefix=record.get("nameprefix"),
        suffix=record.get("namesuffix"),
        nickname=record.get("nickname"),
        formatted=record.get("name") or ("" if _has_name(record) else record.get("fileas")),
    )
    person.use(*PLAIN)
    person.emails = _emails(record, person, groups.get("email", ()))
    person.phones = _phones(record, person, groups.get("phone", ()))
    person.urls = _urls(record, person, groups.get("website", ()))
    person.addresses = tuple(_addresses(record, groups.get("address", ())))
    _work(record, person, groups.get("organization", ()))
    person.birthday = person.birthday_of(record.get("birthday"))
    person.notes = record.get("notes")
    person.tags = _tags(record.get("labels", "groupmembership"))
    for kind, numbers in groups.items():
        person.use(*(f"{kind}{number}{part}" for number in numbers for part in PARTS.get(kind, ())))
    _referrer(record, person, groups)


def _has_name(record: Record) -> bool:
    return bool(record.get("firstname", "givenname", "lastname", "familyname"))


def _values(record: Record, kind: str, number: str) -> Iterable[tuple[str, str]]:
    """Each value of a group with its label, as the file writes it."""
    label = record.get(f"{kind}{number}label", f"{kind}{number}type")
    for value in BETWEEN.split(record.get(f"{kind}{number}value")):
        if value:
            yield value, label


def _label(text: str) -> str:
    return text.removeprefix("*").strip().lower()


def _emails(record: Record, person: Person, numbers: Iterable[str]) -> tuple[Email, ...]:
    first: list[Email] = []
    others: list[Email] = []
    for number in numbers:
        for value, label in _values(record, "email", number):
            if email := email_of(value, _label(label)):
                (first if label.startswith("*") else others).append(email)
            else:
                person.odd("bad-email", f"E-mail {number} - Value", value)
    return (*first, *others)


def _phones(record: Record, person: Person, numbers: Iterable[str]) -> tuple[Phone, ...]:
    first: list[Phone] = []
    others: list[Phone] = []
    for number in numbers:
        for value, label in _values(record, "phone", number):
            if phone := phone_of(value, _label(label), person.country):
                (first if label.startswith("*") else others).append(phone)
            else:
                person.kept.append((f"Phone {number} - Value", value))
    return (*first, *others)


def _urls(record: Record, person: Person, numbers: Iterable[str]) -> tuple[Url, ...]:
    found: list[Url] = []
    for number in numbers:
        for value, label in _values(record, "website", number):
            if url := url_of(value, _label(label)):
                found.append(url)
            else:
                person.odd("bad-url", f"Website {number} - Value", value)
    return tuple(found)


def _addresses(record: Record, numbers: Iterable[str]) -> Iterable[PostalAddress]:
    for number in numbers:
        label = _label(record.get(f"address{number}label", f"address{number}type"))
        cells = {
            field: BETWEEN.split(record.get(f"address{number}{column}"))
            for field, column in ADDRESS_FIELDS.items()
        }
        for values in zip_longest(*cells.values(), fillvalue=""):
            if any(values):
                yield PostalAddress(label=label, **dict(zip(cells, values, strict=True)))


def _work(record: Record, person: Person, numbers: Iterable[str]) -> None:
    """The first organization is the person's own; further ones are positions."""
    jobs = [_job(record, "organization")] + [_job(record, f"organization{number}") for number in numbers]
    jobs = [job for job in jobs if any(job)]
    if jobs:
        person.organization, person.title, person.department = jobs[0]
    person.positions = tuple(
        PositionRecord(organization=name, title=title, department=department)
        for name, title, department in jobs[1:]
        if name
    )


def _job(record: Record, group: str) -> tuple[str, str, str]:
    return record.get(f"{group}name"), record.get(f"{group}title"), record.get(f"{group}department")


def _tags(text: str) -> tuple[str, ...]:
    found = (group.strip() for group in BETWEEN.split(text))
    return tuple(group for group in found if group and not group.startswith("*"))


def _referrer(record: Record, person: Person, groups: dict[str, tuple[str, ...]]) -> None:
    """A relation or own field named "referred by" is the referral chain."""
    for kind in ("relation", "customfield"):
        for number in groups.get(kind, ()):
            label = fold(record.get(f"{kind}{number}label", f"{kind}{number}type"))
            if label in REFERRERS and not person.referred_by:
                person.referred_by = record.get(f"{kind}{number}value")
                person.use(f"{kind}{number}label", f"{kind}{number}type", f"{kind}{number}value")
