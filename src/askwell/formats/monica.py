"""Monica 4.x JSON export: contacts with everything that happened between them and the owner.

Theory of operation.  The export is one object; ``account.data`` and each contact's ``data``
are lists of collections ``{count, type, values}``.  Field types are named by a uuid that
``account.instance.contact_field_types`` explains.  Calls, conversations and activities become
touches, notes become dated notes; reminders and the rest are counted, not read.  Anything
that has not the expected form is a problem, never an exception.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from askwell.formats import dates
from askwell.formats.encodings import decode
from askwell.formats.fields import email_of, phone_of, url_of
from askwell.formats.names import name_of_parts
from askwell.formats.problems import Log
from askwell.formats.records import (
    Direction,
    Email,
    Name,
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
    from collections.abc import Iterator
    from datetime import datetime

COUNTED = ("reminder", "task", "gift", "debt", "pet", "life_event", "photo", "document")
LINK_TYPES = (
    "facebook",
    "twitter",
    "linkedin",
    "whatsapp",
    "telegram",
    "instagram",
    "website",
    "url",
    "skype",
)
KEPT = ("description", "food_preferences", "stay_in_touch_frequency", "last_talked_to", "vcard")

Json = dict[str, Any]


@dataclass(slots=True)
class _Export:
    """What is needed while reading contact by contact."""

    log: Log
    country: str
    field_types: dict[str, str] = field(default_factory=dict)  # uuid -> "email", "phone", "linkedin", …
    names: dict[str, Name] = field(default_factory=dict)  # contact uuid -> name
    activities: dict[str, Json] = field(default_factory=dict)
    touches: list[TouchRecord] = field(default_factory=list)


def read(data: bytes, *, file: str, default_country: str = "", progress: Progress | None = None) -> Reading:
    """Everything in a Monica export; never raises for what is in it.  Lines are contact numbers from 1."""
    log = Log(file)
    export = _Export(log, default_country)
    people = _people(_account(data, log), export, progress or no_progress)
    return Reading(
        format="monica",
        people=tuple(people),
        touches=tuple(export.touches),
        problems=log.problems(),
        skipped=dict(log.skipped),
    )


def _account(data: bytes, log: Log) -> Json:
    text, told = decode(data, file=log.file)
    for problem in told:
        log.add(problem.code, encoding="?")
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        log.add("bad-json", 1)
        return {}
    account = _dict(_dict(whole).get("account"))
    if not account:
        log.add("is-json")
    return account


def _people(account: Json, export: _Export, progress: Progress) -> list[PersonRecord]:
    instance = _dict(account.get("instance"))
    for kind in _list(instance.get("contact_field_types")):
        about = _dict(kind.get("properties")) or kind
        export.field_types[_text(kind, "uuid")] = (_text(about, "type") or _text(about, "name")).lower()
    export.activities = {_text(one, "uuid"): one for one in _collection(account, "activity")}
    contacts = _collection(account, "contact")
    export.names = {_text(one, "uuid"): _name(_dict(one.get("properties"))) for one in contacts}
    people = []
    for number, contact in enumerate(contacts, start=1):
        if person := _person(contact, export, number):
            people.append(person)
        if number % PROGRESS_EVERY == 0 or number == len(contacts):
            progress(export.log.file, number, len(contacts))
    return people


def _person(contact: Json, export: _Export, number: int) -> PersonRecord | None:
    about, uuid = _dict(contact.get("properties")), _text(contact, "uuid")
    name = export.names.get(uuid) or _name(about)
    if about.get("is_partial"):
        export.log.skip("partial_contact")
        return None
    if not name.formatted:
        export.log.add("no-name", number)
        export.log.skip("no_name")
        return None
    source = Source(file=export.log.file, line=number)
    _add_touches(contact, export, (name, uuid, source))
    for kind in COUNTED:
        if count := len(_collection(contact, kind)):
            export.log.skipped[kind] += count
    emails, phones, urls, kept = _reach(contact, export, number)
    return PersonRecord(
        name=name,
        source=source,
        emails=emails,
        phones=phones,
        urls=urls,
        uid=uuid,
        organization=_text(about, "company"),
        title=_text(about, "job"),
        birthday=_birthday(about),
        addresses=tuple(_addresses(contact)),
        notes="\n\n".join([*filter(None, [_text(about, "description")]), *_undated_notes(contact)]),
        tags=tuple(tag for tag in _texts(about.get("tags"))),
        referred_by=_referrer(about, export),
        met=_met(about),
        kept=(*kept, *((key, _text(about, key)) for key in KEPT[1:] if _text(about, key))),
    )


def _name(about: Json) -> Name:
    return name_of_parts(
        given=_text(about, "first_name"),
        middle=_text(about, "middle_name"),
        family=_text(about, "last_name"),
        nickname=_text(about, "nickname"),
    )


def _referrer(about: Json, export: _Export) -> str:
    introducer = export.names.get(_text(about, "first_met_through"))
    return introducer.formatted if introducer else ""


def _met(about: Json) -> str:
    told = (_text(about, "first_met_where"), _text(about, "first_met_additional_info"))
    day = _text(_dict(about.get("first_met_date")), "date")[:10]
    return "; ".join(part for part in (*told, day) if part)


def _birthday(about: Json) -> str:
    day = _dict(about.get("birthdate"))
    if day.get("is_age_based"):
        return ""
    found = dates.parse_birthday(_text(day, "date")[:10])
    return f"--{found[5:]}" if found and day.get("is_year_unknown") and found[0] != "-" else found


def _reach(
    contact: Json, export: _Export, number: int
) -> tuple[tuple[Email, ...], tuple[Phone, ...], tuple[Url, ...], list[tuple[str, str]]]:
    emails: list[Email] = []
    phones: list[Phone] = []
    urls: list[Url] = []
    kept: list[tuple[str, str]] = []
    for one in _collection(contact, "contact_field"):
        about = _dict(one.get("properties"))
        value, kind = _text(about, "data"), export.field_types.get(_text(about, "type"), "")
        if email := email_of(value):
            emails.append(email)
        elif kind not in LINK_TYPES and (phone := phone_of(value, "", export.country)) and "/" not in value:
            phones.append(phone)
        elif url := url_of(value, kind):
            urls.append(url)
        elif value:
            if kind == "email":
                export.log.add("bad-email", number, value=value)
            kept.append((kind or "contact field", value))
    return tuple(emails), tuple(phones), tuple(urls), kept


def _addresses(contact: Json) -> Iterator[PostalAddress]:
    for one in _collection(contact, "address"):
        about = _dict(one.get("properties"))
        yield PostalAddress(
            label=_text(about, "name").lower(),
            street=_text(about, "street"),
            city=_text(about, "city"),
            region=_text(about, "province"),
            postcode=_text(about, "postal_code"),
            country=_text(about, "country"),
        )


def _add_touches(contact: Json, export: _Export, other: tuple[Name, str, Source]) -> None:
    for call in _collection(contact, "call"):
        about = _dict(call.get("properties"))
        theirs = bool(about.get("contact_called"))
        _add(export, other, "call", (_text(about, "called_at"), "phone", theirs, _text(about, "content")))
    for talk in _collection(contact, "conversation"):
        about = _dict(talk.get("properties"))
        for message in _list(about.get("messages")):
            said = _dict(message.get("properties")) or message
            at = _text(said, "written_at") or _text(about, "happened_at")
            _add(
                export, other, "message", (at, "other", not said.get("written_by_me"), _text(said, "content"))
            )
    for at, body in _notes(contact):
        if at:
            _add(export, other, "note", (at, "other", False, body))
    for uuid in _texts(_values(contact, "activity")):
        about = _dict(export.activities.get(uuid, {}).get("properties"))
        text = "\n".join(part for part in (_text(about, "summary"), _text(about, "description")) if part)
        if about:
            _add(export, other, "meeting", (_text(about, "happened_at"), "in_person", False, text))


def _notes(contact: Json) -> Iterator[tuple[str, str]]:
    for note in _collection(contact, "note"):
        yield _text(note, "created_at"), _text(_dict(note.get("properties")), "body")


def _undated_notes(contact: Json) -> list[str]:
    return [body for at, body in _notes(contact) if body and not at]


def _add(
    export: _Export, other: tuple[Name, str, Source], kind: str, what: tuple[str, str, bool, str]
) -> None:
    """One touch: when, over which channel, whether the other one moved, and what was said."""
    name, uuid, source = other
    when, channel, theirs, text = what
    at: datetime | None = dates.parse_datetime(when)
    if at is None:
        export.log.add("bad-date", source.line, value=when)
        export.log.skip("no_date")
        return
    export.touches.append(
        TouchRecord(
            at=at,
            direction=Direction.IN if theirs else Direction.OUT,
            kind=kind,
            channel=channel,
            other=name,
            source=source,
            other_uid=uuid,
            body=text,
        )
    )


def _values(holder: Json, kind: str) -> list[Any]:
    """The values of the collection of this type, whatever they are."""
    values: list[Any] = []
    for one in _list(holder.get("data")):
        if one.get("type") == kind and isinstance(one.get("values"), list):
            values += one["values"]
    return values


def _collection(holder: Json, kind: str) -> list[Json]:
    return [value for value in _values(holder, kind) if isinstance(value, dict)]


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return (
        [one.strip() for one in value if isinstance(one, str) and one.strip()]
        if isinstance(value, list)
        else []
    )


def _text(holder: Json, key: str) -> str:
    value = holder.get(key)
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    return str(value).strip()
