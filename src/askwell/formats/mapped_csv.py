"""Any other CSV of people: columns guessed from their names and contents, or as remembered.

Theory of operation.  A mapping is a plain dict from field (``FIELDS``) to column name; what
``guess_mapping`` proposes a person may change, and the caller may remember it and pass it again.
Names decide first (``column_words`` knows several languages), contents decide where they
speak clearly: a column of e-mail addresses is one whatever it is called.  A file without
header gets ``Column 1``, ``Column 2`` and so on.  Cells of unmapped columns are kept.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from askwell.formats import dates, prose
from askwell.formats.column_words import FIELDS, field_of_header
from askwell.formats.fields import (
    email_of,
    is_email,
    is_web,
    looks_like_phone,
    phone_of,
    profile_slug,
    url_of,
)
from askwell.formats.members import Member, member_of_bytes
from askwell.formats.names import PARTICLES, is_east_asian, name_of_parts
from askwell.formats.opening import csv_of
from askwell.formats.problems import Log
from askwell.formats.records import (
    Direction,
    Email,
    PersonRecord,
    Phone,
    PostalAddress,
    Reading,
    Source,
    TouchRecord,
    Url,
)
from askwell.formats.tables import PROGRESS_EVERY, Progress, no_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from askwell.formats.csv_rows import CsvRows, Row

__all__ = ["FIELDS", "column_labels", "guess_mapping", "is_table", "preview", "read", "read_member"]

SAMPLE_ROWS = 100
HEADER_WITHIN = 15
LONGEST_NAME = 80
MOST = 0.6
SEVERAL = re.compile(r"\s{0,9}(?:[;\n|]|,(?=\s{0,9}\S{1,99}@)|:::)\s{0,9}")
TAG_MARK = re.compile(r"\s{0,9}(?:[;,|\n]|:::)\s{0,9}")
NAME_LIKE = re.compile(r"^[^\W\d_][\w.'’()\-]*(?:[ ,]+[^\W\d_][\w.'’()\-]*){1,4}$")
PERSON_FIELDS = prose.COULD_BE.keys()
EMAIL_FIELDS = ("email", "email_2", "email_3")
PHONE_LABELS = {
    "phone": "",
    "phone_mobile": "mobile",
    "phone_work": "work",
    "phone_home": "home",
    "phone_2": "",
    "phone_3": "",
    "fax": "fax",
}
URL_FIELDS = ("linkedin", "url", "url_2")


def column_labels(header: Sequence[str]) -> list[str]:
    """Column names as a mapping uses them: blank ones numbered, repeated ones told apart."""
    labels: list[str] = []
    for index, cell in enumerate(header, start=1):
        label = " ".join(cell.split()) or f"Column {index}"
        labels.append(label if label not in labels else f"{label} ({index})")
    return labels


def guess_mapping(header: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Which column holds which field: ``{"name": "Full name", "email": "Mail"}``; every column once."""
    labels = column_labels(header)
    columns = [
        [row[index].strip() for row in sample_rows if index < len(row)] for index in range(len(labels))
    ]
    mapping: dict[str, str] = {}
    by_content = [_field_of_content(cells) for cells in columns]
    by_name = [field_of_header(label) for label in header]
    for index, label in enumerate(labels):
        _place(mapping, _decide(by_name[index], by_content[index]), label)
    _find_names(mapping, labels, columns)
    return mapping


def preview(data: bytes, *, file: str) -> tuple[list[str], list[list[str]], dict[str, str]]:
    """For a mapping page: column names, some rows, and the guessed mapping."""
    with csv_of(member_of_bytes(file, data), Log(file)) as rows:
        labels, body = _header_and_body(rows)
        sample = [row.cells for row in islice(body, SAMPLE_ROWS)]
    return labels, sample, guess_mapping(labels, sample)


def is_table(data: bytes, *, file: str) -> bool:
    """Whether this, read as CSV, is a table of any kind and no prose; the beginning of a file is enough."""
    labels, rows, mapping = preview(data, file=file)
    header = ["" if label == f"Column {number}" else label for number, label in enumerate(labels, 1)]
    columns = {field: labels.index(label) for field, label in mapping.items()}
    return prose.is_table(header, rows, columns, file=file)


def read(
    data: bytes,
    mapping: Mapping[str, str] | None = None,
    *,
    file: str = "",
    default_country: str = "",
    progress: Progress | None = None,
) -> Reading:
    """Every person in any CSV, by ``mapping`` or by a guess; never raises for what is in it."""
    member = member_of_bytes(file, data)
    return read_member(member, mapping, default_country=default_country, progress=progress)


def read_member(
    member: Member,
    mapping: Mapping[str, str] | None = None,
    *,
    default_country: str = "",
    progress: Progress | None = None,
) -> Reading:
    """As ``read``, streaming from a member."""
    log = Log(member.name)
    with csv_of(member, log) as rows:
        labels, body = _header_and_body(rows)
        sample = list(islice(body, SAMPLE_ROWS))
        chosen = (
            dict(mapping) if mapping is not None else guess_mapping(labels, [row.cells for row in sample])
        )
        sheet = _Sheet(labels, chosen, log, default_country)
        sheet.settle_order(sample)
        if not PERSON_FIELDS & sheet.index.keys():
            log.add("not-contacts", 1)
            return Reading(format="mapped_csv", problems=log.problems())
        _read_rows(sheet, chain(sample, body), progress or no_progress)
    if not sheet.rows:
        log.add("no-rows", 1)
    return Reading(
        format="mapped_csv",
        people=tuple(sheet.people),
        touches=tuple(sheet.touches),
        problems=log.problems(),
        skipped=dict(log.skipped),
    )


def _header_and_body(rows: CsvRows) -> tuple[list[str], Iterator[Row]]:
    """The column names and the rows under them; both made up where there is no header."""
    every = (row for row in rows if any(cell.strip() for cell in row.cells))
    first = list(islice(every, HEADER_WITHIN))
    known = [sum(1 for cell in row.cells if field_of_header(cell)) for row in first]
    best = known.index(max(known)) if known and max(known) > 0 else -1
    if best < 0 and first and not _is_data(first):
        best = 0
    header = first[best].cells if best >= 0 else []
    widest = max((len(row.cells) for row in first), default=0)
    labels = column_labels([*header, *[""] * (widest - len(header))] if best < 0 else header)
    rows.expected = len(labels)
    return labels, chain(first[best + 1 :], every)


def _is_data(first: list[Row]) -> bool:
    """Whether the first row already tells of somebody: an address, or names above names."""
    if any(_field_of_content([cell]) for cell in first[0].cells):
        return True
    columns = zip(*(row.cells for row in first), strict=False)
    return any(" " in cells[0].strip() and all(map(_is_name_like, cells)) for cells in columns)


def _field_of_content(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("email", lambda cell: is_email(cell) or email_of(SEVERAL.split(cell)[0])),
        ("linkedin", profile_slug),
        ("url", lambda cell: is_web(cell) and "/" in cell),
        ("phone", lambda cell: looks_like_phone(cell) and not dates.parse_date(cell)),
    )
    for field, test in tests:
        if filled and sum(1 for cell in filled if test(cell)) >= MOST * len(filled):
            return field
    return ""


def _decide(by_name: str, by_content: str) -> str:
    """The name decides, unless the contents are plainly an address the name does not speak of."""
    if by_content in {"email", "linkedin"} and not by_name.startswith(("email", "linkedin")):
        return by_content
    if by_name.startswith("email") and by_content in {"phone", "url"}:
        return by_content
    return by_name or by_content


def _place(mapping: dict[str, str], field: str, label: str) -> None:
    """Give the column to the field, or to the next free one of its kind."""
    if not field:
        return
    kind = "url" if field == "linkedin" else "phone" if field.startswith("phone") else field
    for candidate in (field, kind, f"{kind}_2", f"{kind}_3"):
        if candidate in FIELDS and candidate not in mapping:
            mapping[candidate] = label
            return


def _find_names(mapping: dict[str, str], labels: list[str], columns: list[list[str]]) -> None:
    """Where no column is called a name, the first that looks like names is one."""
    if mapping.keys() & {"name", "given", "family"}:
        return
    used = set(mapping.values())
    free = [(label, cells) for label, cells in zip(labels, columns, strict=True) if label not in used]
    for label, cells in free:
        filled = [cell for cell in cells if cell]
        if filled and sum(1 for cell in filled if _is_name_like(cell)) >= MOST * len(filled):
            mapping["name"] = label
            return
    words = [label for label, cells in free if cells and all(cell.isalpha() for cell in cells if cell)]
    if len(words) > 1 and "email" in mapping:
        mapping["given"], mapping["family"] = words[0], words[1]


def _is_name_like(cell: str) -> bool:
    """Two words or more that begin as names do, or a name in East Asian script."""
    if len(cell) > LONGEST_NAME or is_east_asian(cell):
        return len(cell) <= LONGEST_NAME
    words = cell.replace(",", " ").split()
    capital = all(word[0].upper() == word[0] or word in PARTICLES for word in words)
    return capital and bool(NAME_LIKE.match(cell))


class _Sheet:
    """A mapped file while it is being read."""

    def __init__(self, labels: list[str], mapping: Mapping[str, str], log: Log, country: str) -> None:
        self.labels = labels
        self.log = log
        self.country = country
        self.people: list[PersonRecord] = []
        self.touches: list[TouchRecord] = []
        self.rows = 0
        self.order = dates.MDY
        self.index: dict[str, int] = {}
        by_label = {label.casefold(): number for number, label in reversed(list(enumerate(labels)))}
        for field, label in mapping.items():
            number = by_label.get(" ".join(label.split()).casefold(), -1)
            if number >= 0 and field in FIELDS:
                self.index[field] = number
            elif label:
                log.add("unknown-column", 1, value=label)
        self.used = set(self.index.values())

    def settle_order(self, sample: Sequence[Row]) -> None:
        """Day or month first, from the columns with dates."""
        fields = [field for field in ("birthday", "connected_on", "last_contact") if field in self.index]
        self.order = dates.column_order(self.cell(row, field) for row in sample for field in fields)

    def cell(self, row: Row, field: str) -> str:
        """The cell of this field, or ``""``."""
        number = self.index.get(field, -1)
        return row.cells[number].strip() if 0 <= number < len(row.cells) else ""

    def left_over(self, row: Row) -> list[tuple[str, str]]:
        """Filled cells of columns that no field uses."""
        return [
            (self.labels[number] if number < len(self.labels) else f"Column {number + 1}", cell.strip())
            for number, cell in enumerate(row.cells)
            if number not in self.used and cell.strip()
        ]


def _read_rows(sheet: _Sheet, rows: Iterator[Row], progress: Progress) -> None:
    for row in rows:
        sheet.rows += 1
        if sheet.rows % PROGRESS_EVERY == 0:
            progress(sheet.log.file, sheet.rows, None)
        if len(row.cells) > len(sheet.labels) and any(
            cell.strip() for cell in row.cells[len(sheet.labels) :]
        ):
            sheet.log.add("long-row", row.line)
        _read_row(sheet, row)
    progress(sheet.log.file, sheet.rows, sheet.rows)


def _read_row(sheet: _Sheet, row: Row) -> None:
    kept: list[tuple[str, str]] = []
    emails, phones, urls = _emails(sheet, row, kept), _phones(sheet, row, kept), _urls(sheet, row, kept)
    name = name_of_parts(
        given=sheet.cell(row, "given"),
        middle=sheet.cell(row, "middle"),
        family=sheet.cell(row, "family"),
        prefix=sheet.cell(row, "prefix"),
        suffix=sheet.cell(row, "suffix"),
        nickname=sheet.cell(row, "nickname"),
        formatted=sheet.cell(row, "name"),
    )
    if not (name.formatted or emails or phones or urls):
        _skip_nobody(sheet, row)
        return
    _day(sheet, row, "last_contact", kept)  # tells and keeps what is no date
    person = PersonRecord(
        name=name,
        source=Source(file=sheet.log.file, line=row.line),
        emails=emails,
        phones=phones,
        urls=urls,
        uid=next((slug for url in urls if (slug := profile_slug(url.value))), ""),
        organization=sheet.cell(row, "organization"),
        department=sheet.cell(row, "department"),
        title=sheet.cell(row, "title"),
        birthday=_birthday(sheet, row, kept),
        addresses=_addresses(sheet, row),
        connected_on=_day(sheet, row, "connected_on", kept),
        notes=sheet.cell(row, "notes"),
        tags=tuple(tag for tag in TAG_MARK.split(sheet.cell(row, "tags")) if tag),
        headline=sheet.cell(row, "headline"),
        place=sheet.cell(row, "place"),
        referred_by=sheet.cell(row, "referred_by"),
        met=sheet.cell(row, "met"),
        kept=(*kept, *sheet.left_over(row)),
    )
    sheet.people.append(person)
    _add_last_contact(sheet, row, person)


def _skip_nobody(sheet: _Sheet, row: Row) -> None:
    """A row with nothing but a connection date is a hidden member of a translated LinkedIn file."""
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) == 1 and sheet.cell(row, "connected_on"):
        sheet.log.skip("hidden_member")
        return
    sheet.log.add("no-name", row.line)
    sheet.log.skip("no_name")


def _odd(sheet: _Sheet, row: Row, kept: list[tuple[str, str]], fault: tuple[str, str, str]) -> None:
    """A value that is not what its column promises: told, and kept under its column's name."""
    code, field, value = fault
    sheet.log.add(code, row.line, value=value)
    kept.append((sheet.labels[sheet.index[field]], value))


def _emails(sheet: _Sheet, row: Row, kept: list[tuple[str, str]]) -> tuple[Email, ...]:
    found: list[Email] = []
    for field in EMAIL_FIELDS:
        for text in filter(None, SEVERAL.split(sheet.cell(row, field))):
            if email := email_of(text):
                found.append(email)
            else:
                _odd(sheet, row, kept, ("bad-email", field, text))
    return tuple(found)


def _phones(sheet: _Sheet, row: Row, kept: list[tuple[str, str]]) -> tuple[Phone, ...]:
    found: list[Phone] = []
    for field, label in PHONE_LABELS.items():
        for text in filter(None, SEVERAL.split(sheet.cell(row, field))):
            if phone := phone_of(text, label, sheet.country):
                found.append(phone)
            else:
                kept.append((sheet.labels[sheet.index[field]], text))
    return tuple(found)


def _urls(sheet: _Sheet, row: Row, kept: list[tuple[str, str]]) -> tuple[Url, ...]:
    found: list[Url] = []
    for field in URL_FIELDS:
        if text := sheet.cell(row, field):
            if url := url_of(text):
                found.append(url)
            else:
                _odd(sheet, row, kept, ("bad-url", field, text))
    return tuple(found)


def _addresses(sheet: _Sheet, row: Row) -> tuple[PostalAddress, ...]:
    address = PostalAddress(
        street=sheet.cell(row, "street"),
        city=sheet.cell(row, "city"),
        region=sheet.cell(row, "region"),
        postcode=sheet.cell(row, "postcode"),
        country=sheet.cell(row, "country"),
        formatted=sheet.cell(row, "address"),
    )
    return (address,) if address != PostalAddress() else ()


def _birthday(sheet: _Sheet, row: Row, kept: list[tuple[str, str]]) -> str:
    text = sheet.cell(row, "birthday")
    if dates.is_empty(text):
        return ""
    found = dates.parse_birthday(text, order=sheet.order)
    if not found:
        _odd(sheet, row, kept, ("bad-date", "birthday", text))
    return found


def _day(sheet: _Sheet, row: Row, field: str, kept: list[tuple[str, str]]) -> date | None:
    text = sheet.cell(row, field)
    if dates.is_empty(text):
        return None
    found = dates.parse_date(text, order=sheet.order)
    if found is None:
        _odd(sheet, row, kept, ("bad-date", field, text))
    return found


def _add_last_contact(sheet: _Sheet, row: Row, person: PersonRecord) -> None:
    """A date of last contact becomes a note of that day, so that keeping in touch counts from it."""
    at = dates.parse_datetime(sheet.cell(row, "last_contact"), order=sheet.order)
    if at is None:
        return
    sheet.touches.append(
        TouchRecord(
            at=at,
            direction=Direction.OUT,
            kind="note",
            channel="other",
            other=person.name,
            source=person.source,
            other_email=person.emails[0].value if person.emails else "",
            other_url=person.urls[0].value if person.urls else "",
            other_uid=person.uid,
            subject=sheet.labels[sheet.index["last_contact"]],
        )
    )
