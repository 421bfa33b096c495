"""Connections.csv of every generation: with and without preamble, URL and e-mail columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.formats import dates
from askwell.formats.fields import email_of, profile_slug, url_of
from askwell.formats.names import name_of_parts
from askwell.formats.records import Email, PersonRecord, Source, Url

if TYPE_CHECKING:
    from datetime import date

    from askwell.formats.linkedin.gathered import Gathered
    from askwell.formats.problems import Log
    from askwell.formats.tables import Record, Table

USED = (
    *(
        "firstname",
        "lastname",
        "name",
        "url",
        "profileurl",
        "emailaddress",
        "company",
        "position",
        "connectedon",
    ),
    *("email", "notes", "note"),
)


def read_connections(table: Table, gathered: Gathered, log: Log) -> None:
    """Add a person per row; rows of hidden members are counted, not told one by one."""
    records = list(gathered.counted(table, log.file))
    order = dates.column_order(record.get("connectedon") for record in records)
    used = table.indexes(USED)
    for record in records:
        if person := _person(record, log, order, table.left_over(record, used)):
            gathered.people.append(person)


def _person(record: Record, log: Log, order: str, kept: tuple[tuple[str, str], ...]) -> PersonRecord | None:
    given, family = record.get("firstname"), record.get("lastname")
    whole, address, link = (
        record.get("name"),
        record.get("emailaddress", "email"),
        record.get("url", "profileurl"),
    )
    if not (given or family or whole or email_of(address)):
        if link or record.get("company"):
            log.add("no-name", record.line)
            log.skip("no_name")
        else:
            log.skip("hidden_member")
        return None
    email, url, odd = _reach(address, link, log, record.line)
    day = _connected_on(record, log, order)
    if day is None and (text := record.get("connectedon")):
        odd = (*odd, ("Connected On", text))
    return PersonRecord(
        name=name_of_parts(given=given, family=family, formatted="" if given or family else whole),
        source=Source(file=log.file, line=record.line),
        emails=(email,) if email else (),
        urls=(url,) if url else (),
        uid=profile_slug(url.value) if url else "",
        organization=record.get("company"),
        title=record.get("position"),
        notes=record.get("notes", "note"),
        connected_on=day,
        kept=odd + kept,
    )


def _reach(
    address: str, link: str, log: Log, line: int
) -> tuple[Email | None, Url | None, tuple[tuple[str, str], ...]]:
    """E-mail and profile where they are sound; what is not is kept as text."""
    email, url, odd = email_of(address), url_of(link), []
    if address and not email:
        log.add("bad-email", line, value=address)
        odd.append(("Email Address", address))
    if link and not url:
        log.add("bad-url", line, value=link)
        odd.append(("URL", link))
    return email, url, tuple(odd)


def _connected_on(record: Record, log: Log, order: str) -> date | None:
    text = record.get("connectedon")
    if not text:
        return None
    day = dates.parse_date(text, order=order)
    if day is None:
        log.add("bad-date", record.line, value=text)
    return day
