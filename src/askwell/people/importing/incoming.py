"""Records made ready to match: names, identities and a digest worked out once.

Theory of operation.  The digest is of what a record says, not of where it stands: the same row in a
later file has the same digest, and a row already taken in changes nothing.  Empty fields are left
out of it, so that a format that learns a new field does not make every row look new.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.formats.addresses import norm_phone
from askwell.people.actions.points import PointSpec
from askwell.people.models import PointKind
from askwell.people.points import is_identity, norm_point
from askwell.search.naming import name_key, organization_key, parts_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.formats.records import Name, PersonRecord


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record, ready to match.  ``identities`` are (kind, norm) pairs that name one person."""

    record: PersonRecord
    name: Name
    shown: str
    key: str
    digest: str
    identities: tuple[tuple[str, str], ...]
    organization: str  # key

    @property
    def has_name(self) -> bool:
        """Say whether there is a name, and not only an address to call them by."""
        return bool(self.key)


def incoming(record: PersonRecord, default_country: str = "") -> Incoming | None:
    """Make a record ready; None when it says nothing a person could be known by."""
    name = parts_of(record.name)
    whole = shown(record.name) or _stand_in(record)
    if not whole:
        return None
    norms = ((spec.kind, norm_of(spec, default_country)) for spec in specs_of(record))
    return Incoming(
        record=record,
        name=name,
        shown=whole,
        key=name_key(name),
        digest=record_digest(record),
        identities=tuple(dict.fromkeys(pair for pair in norms if is_identity(*pair))),
        organization=organization_key(record.organization),
    )


def _stand_in(record: PersonRecord) -> str:
    """What to call someone whose name is not given."""
    address = next((spec.value.strip() for spec in specs_of(record) if spec.value.strip()), "")
    return record.name.nickname.strip() or address or record.organization.strip()


def specs_of(record: PersonRecord) -> list[PointSpec]:
    """Give every way to reach the person."""
    return [
        *(PointSpec(PointKind.EMAIL, email.value, email.label) for email in record.emails),
        *(PointSpec(PointKind.PHONE, phone.value, phone.label, phone.e164) for phone in record.phones),
        *(PointSpec(PointKind.URL, url.value, url.label) for url in record.urls),
    ]


def norm_of(spec: PointSpec, default_country: str) -> str:
    """Give the form in which two addresses are equal."""
    if spec.kind == PointKind.PHONE:
        return norm_phone(spec.value, default_country, spec.e164)
    return norm_point(spec.kind, spec.value)


def record_digest(record: PersonRecord) -> str:
    """Give 64 hex digits equal for records that say the same."""
    text = "\x1e".join(_said(record))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _said(record: PersonRecord) -> Iterable[str]:
    name = record.name
    for field in ("prefix", "given", "middle", "family", "suffix", "nickname", "formatted"):
        if value := getattr(name, field):
            yield f"name.{field}\x1f{value}"
    for field in _PLAIN:
        if value := getattr(record, field):
            yield f"{field}\x1f{value}"
    for field, columns in _NESTED.items():
        for row in getattr(record, field):
            values = (f"{column}\x1f{value}" for column in columns if (value := getattr(row, column)))
            yield f"{field}\x1f" + "\x1d".join(values)
    for field in ("tags", "kept"):
        for item in getattr(record, field):
            yield f"{field}\x1f{item}"


_PLAIN = (
    "organization",
    "department",
    "title",
    "birthday",
    "notes",
    "headline",
    "place",
    "uid",
    "connected_on",
    "referred_by",
    "met",
)
_NESTED = {
    "emails": ("value", "label"),
    "phones": ("value", "label"),
    "urls": ("value", "label"),
    "positions": ("organization", "title", "department", "started", "ended", "school", "place", "notes"),
    "addresses": (
        "label",
        "po_box",
        "extended",
        "street",
        "city",
        "region",
        "postcode",
        "country",
        "formatted",
    ),
}
