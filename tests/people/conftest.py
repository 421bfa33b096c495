"""People of these tests, and a short way to bring records in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askwell.formats.records import (
    Direction,
    Email,
    Name,
    PersonRecord,
    Phone,
    Reading,
    Source,
    TouchRecord,
    Url,
)
from askwell.people import importing
from askwell.people.actions import NewContact, add_contact
from askwell.people.models import ImportState


def record(name="", *, email="", phone="", profile="", line=1, file="contacts.vcf", **values):
    """One person of a file, from plain words."""
    return PersonRecord(
        name=name if isinstance(name, Name) else Name(formatted=name),
        source=Source(file=file, line=line),
        emails=(Email(value=email),) if email else (),
        phones=(Phone(value=phone),) if phone else (),
        urls=(Url(value=f"https://www.linkedin.com/in/{profile}", label="profile"),) if profile else (),
        **values,
    )


def touch(name, at, *, out=True, kind="message", body="Hello", **values):
    return TouchRecord(
        at=at,
        direction=Direction.OUT if out else Direction.IN,
        kind=kind,
        channel="linkedin",
        other=Name(formatted=name),
        source=Source(file="messages.csv", line=2),
        body=body,
        **values,
    )


@pytest.fixture
def people():
    """Makes records: ``people("Jane Doe", email=...)``."""
    return record


@pytest.fixture
def touches():
    return touch


@pytest.fixture
def bring_in(owner, now):
    """Applies records as one import and gives it."""

    def bring(*records, touches=(), keeper=None, at=None, **reading):
        batch = importing.start_import(keeper or owner, [], now=at or now)
        batch.state = ImportState.PLANNED
        batch.save()
        found = Reading(format="vcard", people=tuple(records), touches=tuple(touches), **reading)
        return importing.apply_import(batch, now=at or now, reading=found)

    return bring


@pytest.fixture
def add(owner, now):
    """Adds a contact by hand."""

    def make(name, *, keeper=None, **values):
        return add_contact(keeper or owner, NewContact(name=name, **values), now=now)

    return make


@pytest.fixture
def moved_line():
    """The same record at another place of another file."""
    return lambda person: replace(person, source=Source(file="later.vcf", line=99))
