"""The files about the owner: Profile, Positions, Education, Email Addresses, Events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.formats import dates
from askwell.formats.fields import email_of
from askwell.formats.linkedin.gathered import Gathered, Side
from askwell.formats.names import name_of_parts
from askwell.formats.records import Email, EventRecord, PositionRecord, Source

if TYPE_CHECKING:
    from askwell.formats.problems import Log
    from askwell.formats.tables import Record, Table


def read_profile(table: Table, gathered: Gathered, log: Log) -> None:
    """The first row is the owner; the name says which side of a message is theirs."""
    for record in gathered.counted(table, log.file):
        facts, source = gathered.own, Source(file=log.file, line=record.line)
        if facts.source is not None:
            return
        facts.source = source
        facts.name = name_of_parts(given=record.get("firstname"), family=record.get("lastname"))
        facts.headline = record.get("headline")
        facts.summary = record.get("summary")
        facts.industry = record.get("industry")
        facts.place = record.get("geolocation", "location")
        _learn_names(record, gathered)


def _learn_names(record: Record, gathered: Gathered) -> None:
    """The name now and, where one is told, the one before."""
    given = record.get("firstname")
    for family in (record.get("lastname"), record.get("maidenname")):
        if given and family:
            gathered.owner.learn(Side(f"{given} {family}", "", ""))


def read_email_addresses(table: Table, gathered: Gathered, log: Log) -> None:
    """The owner's addresses, the primary one first."""
    found: list[Email] = []
    for record in gathered.counted(table, log.file):
        primary = record.get("primary").casefold() in {"yes", "true"}
        if email := email_of(record.get("emailaddress"), "primary" if primary else ""):
            found.insert(0, email) if primary else found.append(email)
    gathered.own.emails.extend(found)


def read_positions(table: Table, gathered: Gathered, log: Log) -> None:
    """The owner's jobs."""
    for record in gathered.counted(table, log.file):
        if organization := record.get("companyname"):
            gathered.own.positions.append(
                PositionRecord(
                    organization=organization,
                    title=record.get("title"),
                    started=_part(record, "startedon", log),
                    ended=_part(record, "finishedon", log),
                    place=record.get("location"),
                    notes=record.get("description"),
                )
            )


def read_education(table: Table, gathered: Gathered, log: Log) -> None:
    """The owner's schools."""
    for record in gathered.counted(table, log.file):
        if school := record.get("schoolname"):
            notes = (record.get("notes"), record.get("activities"))
            gathered.own.positions.append(
                PositionRecord(
                    organization=school,
                    title=record.get("degreename"),
                    started=_part(record, "startdate", log),
                    ended=_part(record, "enddate", log),
                    school=True,
                    notes="\n".join(note for note in notes if note),
                )
            )


def _part(record: Record, column: str, log: Log) -> str:
    text = record.get(column)
    found = dates.parse_partial(text)
    if text and not found and text.casefold() not in {"present", "current", "n/a", "-"}:
        log.add("bad-date", record.line, value=text)
    return found


def read_events(table: Table, gathered: Gathered, log: Log) -> None:
    """Gatherings the owner went to or meant to."""
    for record in gathered.counted(table, log.file):
        if name := record.get("eventname"):
            gathered.events.append(
                EventRecord(
                    name=name,
                    source=Source(file=log.file, line=record.line),
                    at=dates.parse_datetime(record.get("eventtime")),
                    status=record.get("status").lower(),
                    url=record.get("externalurl"),
                )
            )
