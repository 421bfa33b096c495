"""Neutral records to a Google Contacts CSV file (the header of 2024 and later).

Theory of operation.  Google gives each repeated thing numbered columns (``E-mail 2 - Value``),
as many as the fullest contact needs, so the records are counted before the first line is
written.  What Google has no column for stands in custom fields.  Columns the Google
reader kept go back to where they were.  Every cell passes ``csv_guard``: formulas
cannot run, and our own reader takes the guard off again.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from askwell.formats.csv_guard import guard
from askwell.formats.records import MARK_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from askwell.formats.records import Name, PersonRecord, PostalAddress

FIXED = (
    "First Name",
    "Middle Name",
    "Last Name",
    "Phonetic First Name",
    "Phonetic Middle Name",
    "Phonetic Last Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "File As",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
    "Photo",
    "Labels",
)
SEPARATOR = " ::: "
EVERYONE = "* myContacts"
_REPEATED = {
    "E-mail": ("Label", "Value"),
    "Phone": ("Label", "Value"),
    "Address": (
        "Label",
        "Formatted",
        "Street",
        "City",
        "PO Box",
        "Region",
        "Postal Code",
        "Country",
        "Extended Address",
    ),
    "Website": ("Label", "Value"),
    "Event": ("Label", "Value"),
    "Relation": ("Label", "Value"),
    "Custom Field": ("Label", "Value"),
}
_KEPT = re.compile(r"(Event|Relation|Custom Field) ([1-9]\d?) - (Label|Value)")
_KEPT_FIXED = frozenset(
    {"Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name", "File As", "Photo"}
)
_SHOWN = {
    "home": "Home",
    "work": "Work",
    "mobile": "Mobile",
    "main": "Main",
    "home fax": "Home Fax",
    "work fax": "Work Fax",
    "pager": "Pager",
    "other": "Other",
    "profile": "Profile",
    "home page": "Home Page",
}


def write(records: Iterable[PersonRecord]) -> Iterator[bytes]:
    """The header, then one row a record: UTF-8, CRLF."""
    rows = [_row(record) for record in records]
    header = _header(rows)
    yield _line(header)
    for row in rows:
        yield _line([guard(row.get(column, "")) for column in header])


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def _header(rows: Iterable[dict[str, str]]) -> list[str]:
    most: dict[str, int] = {"E-mail": 1, "Phone": 1}
    for column in {column for row in rows for column in row if column not in FIXED}:
        kind, _, rest = column.rpartition(" - ")[0].rpartition(" ")
        most[kind] = max(most.get(kind, 0), int(rest))
    return [
        *FIXED,
        *(
            f"{kind} {number} - {part}"
            for kind, parts in _REPEATED.items()
            for number in range(1, most.get(kind, 0) + 1)
            for part in parts
        ),
    ]


def _row(record: PersonRecord) -> dict[str, str]:
    row = {
        **_name(record.name),
        "Organization Name": record.organization,
        "Organization Title": record.title,
        "Organization Department": record.department,
        "Birthday": record.birthday,
        "Notes": record.notes,
        "Labels": SEPARATOR.join([*(tag.replace(SEPARATOR, " ") for tag in record.tags), EVERYONE]),
    }
    for number, email in enumerate(record.emails, 1):
        row |= _labelled("E-mail", number, email.label, email.value)
    for number, phone in enumerate(record.phones, 1):
        row |= _labelled("Phone", number, phone.label, phone.value)
    for number, address in enumerate(record.addresses, 1):
        row |= _address(number, address)
    for number, url in enumerate(record.urls, 1):
        row |= _labelled("Website", number, url.label, url.value)
    return row | _kept(record)


def _name(name: Name) -> dict[str, str]:
    joined = " ".join(p for p in (name.prefix, name.given, name.middle, name.family, name.suffix) if p)
    return {
        "First Name": name.given if joined else name.formatted,
        "Middle Name": name.middle,
        "Last Name": name.family,
        "Name Prefix": name.prefix,
        "Name Suffix": name.suffix,
        "Nickname": name.nickname,
        "File As": name.formatted if joined and name.formatted != joined else "",
    }


def _labelled(kind: str, number: int, label: str, value: str) -> dict[str, str]:
    return {f"{kind} {number} - Label": _SHOWN.get(label, label), f"{kind} {number} - Value": value}


def _address(number: int, address: PostalAddress) -> dict[str, str]:
    values = (
        _SHOWN.get(address.label, address.label),
        address.formatted,
        address.street,
        address.city,
        address.po_box,
        address.region,
        address.postcode,
        address.country,
        address.extended,
    )
    return {
        f"Address {number} - {part}": value for part, value in zip(_REPEATED["Address"], values, strict=True)
    }


def _kept(record: PersonRecord) -> dict[str, str]:
    """Columns kept from a Google file, then what Google has no column for."""
    row = {name: value for name, value in record.kept if name in _KEPT_FIXED or _KEPT.fullmatch(name)}
    numbers = [int(m[2]) for name in row if (m := _KEPT.fullmatch(name)) and m[1] == "Custom Field"]
    taken = {value for name, value in row.items() if name.endswith(" - Label")}
    others = [(label, value) for label, value in _others(record) if label not in taken]
    for number, (label, value) in enumerate(others, max(numbers, default=0) + 1):
        row |= _labelled("Custom Field", number, label, value)
    return row


def _others(record: PersonRecord) -> Iterator[tuple[str, str]]:
    connected = record.connected_on.isoformat() if record.connected_on else ""
    texts = {
        "Headline": record.headline,
        "Location": record.place,
        "Connected On": connected,
        "Referred By": record.referred_by,
        "Met": record.met,
    }
    yield from ((label, value) for label, value in texts.items() if value)
    yield from ((head, value) for head, value in record.kept if head in MARK_HEADS)
    for position in record.positions:
        parts = (
            position.title,
            position.organization,
            f"{position.started}–{position.ended}".strip("–"),
        )
        yield "School" if position.school else "Position", ", ".join(part for part in parts if part)
