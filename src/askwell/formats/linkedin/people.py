"""Further files about other people: Contacts, Notes, Recommendations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.formats import dates
from askwell.formats.fields import email_of, phone_of, profile_slug, url_of
from askwell.formats.names import name_of_parts
from askwell.formats.records import (
    Direction,
    Email,
    Name,
    PersonRecord,
    Phone,
    PostalAddress,
    Source,
    TouchRecord,
    Url,
)

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.formats.linkedin.gathered import Gathered
    from askwell.formats.problems import Log
    from askwell.formats.tables import Record, Table

USED_OF_CONTACTS = (
    *(
        "firstname",
        "lastname",
        "fullname",
        "companies",
        "title",
        "emails",
        "phonenumbers",
        "addresses",
        "sites",
    ),
    *("birthday", "location", "profiles"),
)
SEVERAL = re.compile(r"\s{0,9}[,;|\n]\s{0,9}")


def read_contacts(table: Table, gathered: Gathered, log: Log) -> None:
    """The address book the owner once gave to LinkedIn."""
    used = table.indexes(USED_OF_CONTACTS)
    for record in gathered.counted(table, log.file):
        emails, odd = _emails(record, log)
        phones = _phones(record, gathered.default_country)
        name = _name(record)
        if not (name.formatted or emails or phones):
            log.add("no-name", record.line)
            log.skip("no_name")
            continue
        urls = _urls(record)
        gathered.people.append(
            PersonRecord(
                name=name,
                source=Source(file=log.file, line=record.line),
                emails=emails,
                phones=phones,
                urls=urls,
                uid=next((slug for url in urls if (slug := profile_slug(url.value))), ""),
                organization=record.get("companies"),
                title=record.get("title"),
                birthday=dates.parse_birthday(record.get("birthday")),
                place=record.get("location"),
                addresses=_addresses(record),
                kept=(*odd, *_no_phones(record), *table.left_over(record, used)),
            )
        )


def _name(record: Record) -> Name:
    return name_of_parts(
        given=record.get("firstname"), family=record.get("lastname"), formatted=record.get("fullname")
    )


def _several(text: str) -> list[str]:
    return [part for part in SEVERAL.split(text) if part]


def _emails(record: Record, log: Log) -> tuple[tuple[Email, ...], tuple[tuple[str, str], ...]]:
    emails, odd = [], []
    for text in _several(record.get("emails")):
        if email := email_of(text):
            emails.append(email)
        else:
            log.add("bad-email", record.line, value=text)
            odd.append(("Emails", text))
    return tuple(emails), tuple(odd)


def _phones(record: Record, country: str) -> tuple[Phone, ...]:
    found = (phone_of(text, "", country) for text in _several(record.get("phonenumbers")))
    return tuple(phone for phone in found if phone)


def _no_phones(record: Record) -> tuple[tuple[str, str], ...]:
    texts = _several(record.get("phonenumbers"))
    return tuple(("PhoneNumbers", text) for text in texts if phone_of(text, "", "") is None)


def _urls(record: Record) -> tuple[Url, ...]:
    found = (url_of(text) for text in _several(f"{record.get('profiles')},{record.get('sites')}"))
    return tuple(url for url in found if url)


def _addresses(record: Record) -> tuple[PostalAddress, ...]:
    text = record.get("addresses")
    return (PostalAddress(formatted=text),) if text else ()


def read_notes(table: Table, gathered: Gathered, log: Log) -> None:
    """The owner's private notes on connections."""
    for record in gathered.counted(table, log.file):
        text = record.get("note")
        name = name_of_parts(given=record.get("connectionfirstname"), family=record.get("connectionlastname"))
        link = record.get("connectionprofileurl")
        if text and (name.formatted or profile_slug(link)):
            _add_note(record, gathered, log, (name, link, text))
        else:
            log.skip("empty_note")


def _add_note(record: Record, gathered: Gathered, log: Log, note: tuple[Name, str, str]) -> None:
    """A dated note is a touch; without a date it stays with the person."""
    name, link, text = note
    at = _date(record, ("createdon", "editedon"), log)
    source = Source(file=log.file, line=record.line)
    if at is None:
        url = url_of(link)
        gathered.people.append(
            PersonRecord(
                name=name, source=source, uid=profile_slug(link), urls=(url,) if url else (), notes=text
            )
        )
        return
    gathered.touches.append(
        TouchRecord(
            at=at,
            direction=Direction.OUT,
            kind="note",
            channel="other",
            other=name,
            source=source,
            other_url=link,
            other_uid=profile_slug(link),
            body=text,
        )
    )


def _date(record: Record, columns: tuple[str, ...], log: Log) -> datetime | None:
    text = record.get(*columns)
    at = dates.parse_datetime(text)
    if text and at is None:
        log.add("bad-date", record.line, value=text)
    return at


def read_recommendations(table: Table, gathered: Gathered, log: Log) -> None:
    """Recommendations given (OUT) and received (IN): someone spoke up for the other."""
    direction = Direction.OUT if "given" in log.file.lower() else Direction.IN
    for record in gathered.counted(table, log.file):
        name = name_of_parts(given=record.get("firstname"), family=record.get("lastname"))
        at = _date(record, ("creationdate",), log)
        if not name.formatted or at is None:
            log.skip("no_date" if name.formatted else "no_name")
            continue
        gathered.touches.append(
            TouchRecord(
                at=at,
                direction=direction,
                kind="note",
                channel="linkedin",
                other=name,
                source=Source(file=log.file, line=record.line),
                subject="Recommendation",
                body=record.get("text"),
            )
        )
