"""What all address-book CSVs share: one person per row, nothing lost, oddities told.

Theory of operation.  A format's reader fills a ``Person`` from a row and says which columns
it used; every other filled cell is kept with its column name.  All rows are held before
the first is read, because the order of day and month is decided for the whole file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from askwell.formats import dates
from askwell.formats.fields import profile_slug
from askwell.formats.opening import csv_of
from askwell.formats.problems import Log
from askwell.formats.records import (
    Email,
    Name,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Reading,
    Source,
    Url,
)
from askwell.formats.tables import PROGRESS_EVERY, Progress, Record, Table, find_table, no_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from askwell.formats.members import Member


@dataclass(slots=True)
class Person:
    """One row's person while being read."""

    table: Table
    log: Log
    country: str
    order: str
    line: int
    name: Name = field(default_factory=Name)
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[Url, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    positions: tuple[PositionRecord, ...] = ()
    organization: str = ""
    title: str = ""
    department: str = ""
    birthday: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    place: str = ""
    referred_by: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def use(self, *columns: str) -> None:
        """These folded columns have been read."""
        self._used |= self.table.indexes(columns)

    def odd(self, code: str, column: str, value: str) -> None:
        """A value that is not what its column promises: told, and kept as text."""
        self.log.add(code, self.line, value=value)
        self.kept.append((column, value))

    def birthday_of(self, text: str) -> str:
        """ISO birthday; a day that does not exist is told and kept as text."""
        if dates.is_empty(text):
            return ""
        found = dates.parse_birthday(text, order=self.order)
        if not found:
            self.odd("bad-date", "Birthday", text)
        return found

    def finished(self, record: Record) -> PersonRecord | None:
        """The record, or None when nothing tells who this is."""
        name = self.name if self.name.formatted else Name(formatted=self.organization)
        if not (name.formatted or self.emails or self.phones):
            return None
        return PersonRecord(
            name=name,
            source=Source(file=self.log.file, line=self.line),
            emails=self.emails,
            phones=self.phones,
            organization=self.organization,
            department=self.department,
            title=self.title,
            positions=self.positions,
            birthday=self.birthday,
            addresses=self.addresses,
            urls=self.urls,
            notes=self.notes,
            tags=self.tags,
            place=self.place,
            uid=next((slug for url in self.urls if (slug := profile_slug(url.value))), ""),
            referred_by=self.referred_by,
            kept=(*self.kept, *self.table.left_over(record, self._used)),
        )


class Book(NamedTuple):
    """An address-book format: its name, its header, how a row fills a person, its header in English."""

    format: str
    is_header: Callable[[set[str]], bool]
    fill: Callable[[Record, Person], None]
    english: Callable[[str], str] | None = None


def read_book(book: Book, member: Member, default_country: str, progress: Progress | None) -> Reading:
    """All people of one address-book file, each row filled in by its format."""
    log = Log(member.name)
    people: list[PersonRecord] = []
    with csv_of(member, log) as rows:
        table = find_table(rows, book.is_header)
        records = list(table) if table else []
    if table is not None:
        if book.english:
            table.translate(book.english)
        people = _people(table, records, book.fill, (log, default_country, progress or no_progress))
    if not records:
        log.add("no-rows", table.line if table else 1)
    return Reading(
        format=book.format, people=tuple(people), problems=log.problems(), skipped=dict(log.skipped)
    )


def _people(
    table: Table,
    records: Sequence[Record],
    fill: Callable[[Record, Person], None],
    options: tuple[Log, str, Progress],
) -> list[PersonRecord]:
    log, country, progress = options
    order = dates.column_order(record.get("birthday") for record in records)
    people: list[PersonRecord] = []
    for done, record in enumerate(records, start=1):
        person = Person(table, log, country, order, record.line)
        fill(record, person)
        if finished := person.finished(record):
            people.append(finished)
        else:
            log.add("no-name", record.line)
            log.skip("no_name")
        if done % PROGRESS_EVERY == 0 or done == len(records):
            progress(log.file, done, len(records))
    return people
