"""Invitations.csv: who asked whom to connect, and with what words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.formats import dates
from askwell.formats.fields import profile_slug
from askwell.formats.linkedin.gathered import Gathered, Side
from askwell.formats.names import split_name
from askwell.formats.records import Direction, Source, TouchRecord

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.formats.problems import Log
    from askwell.formats.tables import Record, Table


def read_invitations(table: Table, gathered: Gathered, log: Log) -> None:
    """Add a touch per invitation, and learn from their direction who the owner is."""
    records = list(gathered.counted(table, log.file))
    order = dates.column_order(record.get("sentat") for record in records)
    for record in records:
        _learn_owner(record, gathered)
    for record in records:
        if touch := _touch(record, gathered, log, order):
            gathered.touches.append(touch)


def _sides(record: Record) -> tuple[Side, Side]:
    """Sender and receiver."""
    sent, received = record.get("inviterprofileurl"), record.get("inviteeprofileurl")
    return (
        Side(record.get("from"), sent, profile_slug(sent)),
        Side(record.get("to"), received, profile_slug(received)),
    )


def _direction(record: Record) -> str:
    return record.get("direction").casefold()


def _learn_owner(record: Record, gathered: Gathered) -> None:
    sender, receiver = _sides(record)
    if _direction(record) == "outgoing":
        gathered.owner.learn(sender)
    elif _direction(record) == "incoming":
        gathered.owner.learn(receiver)


def _touch(record: Record, gathered: Gathered, log: Log, order: str) -> TouchRecord | None:
    sender, receiver = _sides(record)
    outgoing = _direction(record) == "outgoing" or (not _direction(record) and gathered.owner.is_side(sender))
    other = receiver if outgoing else sender
    if other.is_hidden:
        log.skip("hidden_member")
        return None
    at = _sent_at(record, log, order)
    if at is None:
        log.skip("no_date")
        return None
    return TouchRecord(
        at=at,
        direction=Direction.OUT if outgoing else Direction.IN,
        kind="invitation",
        channel="linkedin",
        other=split_name(other.name),
        source=Source(file=log.file, line=record.line),
        other_url=other.url,
        other_uid=other.slug,
        body=record.get("message"),
    )


def _sent_at(record: Record, log: Log, order: str) -> datetime | None:
    text = record.get("sentat")
    at = dates.parse_datetime(text, order=order) if text else None
    if at is None:
        log.add("bad-date", record.line, value=text)
    return at
