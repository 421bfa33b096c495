"""Outlook CSV (Outlook.com, desktop, Google's "Outlook CSV") and Thunderbird CSV.

Theory of operation.  Column names are fixed but translated by some versions, so they are
first brought to their English form.  ``Title`` is the name prefix here; the job is
``Job Title``.  ``Categories`` are separated by semicolons.  ``0/0/00`` means no date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.formats.address_book import Book, Person, read_book
from askwell.formats.fields import email_of, phone_of, url_of
from askwell.formats.members import Member, member_of_bytes
from askwell.formats.names import name_of_parts
from askwell.formats.outlook_headers import english, english_names
from askwell.formats.records import Email, Phone, PostalAddress, Reading, Url

if TYPE_CHECKING:
    from askwell.formats.tables import Progress, Record

DISTINCT = {
    *(
        "businessphone",
        "homephone",
        "mobilephone",
        "businessstreet",
        "homestreet",
        "email2address",
        "categories",
    ),
    *(
        "jobtitle",
        "webpage",
        "businessfax",
        "emailaddress",
        "emaildisplayname",
        "referredby",
        "otherphone",
        "company",
    ),
}
ENOUGH = 3
NAMES = {"firstname", "lastname"}
THUNDERBIRD = ({"primaryemail", "displayname"}, {"primaryemail", "secondaryemail"})

EMAILS = ("emailaddress", "email2address", "email3address", "primaryemail", "secondaryemail")
PHONES = {
    "mobilephone": "mobile",
    "mobilenumber": "mobile",
    "businessphone": "work",
    "businessphone2": "work",
    "workphone": "work",
    "homephone": "home",
    "homephone2": "home",
    "primaryphone": "primary",
    "otherphone": "other",
    "companymainphone": "main",
    "carphone": "car",
    "callback": "callback",
    "radiophone": "radio",
    "isdn": "isdn",
    "telex": "telex",
    "ttytddphone": "tty",
    "pager": "pager",
    "pagernumber": "pager",
    "businessfax": "work fax",
    "homefax": "home fax",
    "otherfax": "other fax",
    "faxnumber": "fax",
}
URLS = ("webpage", "personalwebpage", "webpage1", "webpage2")
URL_LABELS = {"personalwebpage": "home", "webpage1": "work", "webpage2": "home"}
PLACES = {"business": "work", "home": "home", "other": "other", "work": "work"}
PLAIN = (
    *(
        "title",
        "firstname",
        "middlename",
        "lastname",
        "suffix",
        "nickname",
        "displayname",
        "company",
        "organization",
    ),
    *("department", "jobtitle", "birthday", "birthyear", "birthmonth", "birthday", "notes", "categories"),
    *("referredby", "location", "gender"),
    *(f"email{number}{what}" for number in ("", "2", "3") for what in ("type", "displayname")),
)
DEFAULTS = {
    "normal",
    "unspecified",
    "false",
    "none",
    "0/0/00",
    "falsch",
    "nicht angegeben",
    "faux",
    "no",
    "nein",
}
PREFIX = re.compile(
    r"^(?:[A-Z][a-z]{0,5}\.?|prof\.?.*|herr|frau|señora?|monsieur|madame|professor)$", re.IGNORECASE
)


def is_header(names: set[str]) -> bool:
    """Whether these folded column names are Outlook's or Thunderbird's, in any known language."""
    english = english_names(names)
    if any(sure <= english for sure in THUNDERBIRD):
        return True
    return english >= NAMES and len(english & DISTINCT) >= ENOUGH and "emailaddress" in english


def read(data: bytes, *, file: str, default_country: str = "", progress: Progress | None = None) -> Reading:
    """Every person in an Outlook or Thunderbird CSV, and every problem; never raises."""
    return read_member(member_of_bytes(file, data), default_country=default_country, progress=progress)


def read_member(member: Member, *, default_country: str = "", progress: Progress | None = None) -> Reading:
    """As ``read``, streaming from a member."""
    return read_book(Book("outlook_csv", is_header, _person, english), member, default_country, progress)


def _person(record: Record, person: Person) -> None:
    prefix, job = _title(record, person)
    person.name = name_of_parts(
        given=record.get("firstname"),
        middle=record.get("middlename"),
        family=record.get("lastname"),
        prefix=prefix,
        suffix=record.get("suffix"),
        nickname=record.get("nickname"),
        formatted=_display_name(record),
    )
    person.organization = record.get("company", "organization")
    person.department = record.get("department")
    person.title = job
    person.emails = _emails(record, person)
    person.phones = _phones(record, person)
    person.urls = _urls(record, person)
    person.addresses = _addresses(record, person)
    person.birthday = _birthday(record, person)
    person.notes = record.get("notes")
    person.tags = _tags(record.get("categories"))
    person.referred_by = record.get("referredby")
    person.place = record.get("location")
    person.use(*PLAIN, *EMAILS, *PHONES, *URLS)
    _drop_defaults(record, person)


def _display_name(record: Record) -> str:
    """The name as shown; an organization shown under its own name is nobody's name to split."""
    shown = record.get("displayname")
    return "" if shown == record.get("company", "organization") else shown


def _title(record: Record, person: Person) -> tuple[str, str]:
    """Name prefix and job title; a file without ``Job Title`` may use ``Title`` for the job."""
    title, job = record.get("title"), record.get("jobtitle")
    if title and not person.table.has("jobtitle") and not PREFIX.match(title):
        return "", title
    return title, job


def _emails(record: Record, person: Person) -> tuple[Email, ...]:
    found: list[Email] = []
    for column in EMAILS:
        if text := record.get(column):
            if email := email_of(text):
                found.append(email)
            else:
                person.odd("bad-email", "E-mail Address", text)
    return tuple(found)


def _phones(record: Record, person: Person) -> tuple[Phone, ...]:
    found = (phone_of(record.get(column), label, person.country) for column, label in PHONES.items())
    return tuple(phone for phone in found if phone)


def _urls(record: Record, person: Person) -> tuple[Url, ...]:
    found: list[Url] = []
    for column in URLS:
        if text := record.get(column):
            if url := url_of(text, URL_LABELS.get(column, "")):
                found.append(url)
            else:
                person.odd("bad-url", "Web Page", text)
    return tuple(found)


def _addresses(record: Record, person: Person) -> tuple[PostalAddress, ...]:
    found: list[PostalAddress] = []
    for place, label in PLACES.items():
        streets = [
            record.get(f"{place}{part}") for part in ("street", "street2", "street3", "address", "address2")
        ]
        address = PostalAddress(
            label=label,
            street="\n".join(street for street in streets if street),
            city=record.get(f"{place}city"),
            region=record.get(f"{place}state"),
            postcode=record.get(f"{place}postalcode", f"{place}zipcode"),
            country=record.get(f"{place}countryregion", f"{place}country"),
            po_box=record.get(f"{place}addresspobox"),
        )
        if address != PostalAddress(label=label):
            found.append(address)
        person.use(*(name for name in person.table.columns if name.startswith(place) and _is_address(name)))
    return tuple(found)


def _is_address(name: str) -> bool:
    return any(
        part in name for part in ("street", "address", "city", "state", "postalcode", "zipcode", "country")
    )


def _birthday(record: Record, person: Person) -> str:
    year, month, day = (record.get(column) for column in ("birthyear", "birthmonth", "birthday"))
    if not person.table.has("birthmonth"):
        return person.birthday_of(day)
    if not (month and day):
        return ""
    return person.birthday_of(f"{year}-{month}-{day}" if year else f"--{month.zfill(2)}-{day.zfill(2)}")


def _tags(text: str) -> tuple[str, ...]:
    mark = ";" if ";" in text else ","
    return tuple(tag.strip() for tag in text.split(mark) if tag.strip())


def _drop_defaults(record: Record, person: Person) -> None:
    """Columns that Outlook fills for everybody say nothing about anybody."""
    for column in ("priority", "sensitivity", "private", "anniversary", "internetfreebusy"):
        if record.get(column).casefold() in DEFAULTS:
            person.use(column)
