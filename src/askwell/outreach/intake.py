"""What an import brings besides people: messages, calls, meetings, invitations, events.

Theory of operation.  Everything becomes history.  Old letters make no debts: a message of theirs asks
for an answer only if it is the last of its conversation, came within ``RECENT`` of the import, and asks
something.  The same record twice, in one archive or in a later one, has the same digest and is left
out.  Events the seeker said they went to count as attended; their past makes no steps either.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from askwell.formats.records import Direction, TouchRecord
from askwell.outreach.facts.relationships import CHUNK
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.models import NetworkingEvent, Touch
from askwell.people.bulk import new_row
from askwell.people.importing.receivers import PART, Delivery, Received, touch_digest
from askwell.rules.facts import Channel, TouchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.formats.records import EventRecord, OwnProfile
    from askwell.people.journal import Journal
    from askwell.people.models import Import
    from askwell.people.working import Tick

RECENT = timedelta(days=14)
PORTION = 20_000  # touches looked at together
_CHEAPER = 10
_KINDS = {
    "message": TouchKind.MESSAGE,
    "call": TouchKind.CALL,
    "meeting": TouchKind.MEETING,
    "invitation": TouchKind.INVITATION,
}
_Named = tuple[int, TouchRecord, str]  # contact, record, digest
_CHANNELS = {channel.value: channel for channel in Channel}
_WENT = {"attended", "attending", "going", "accepted", "went", "yes", "registered"}
_ASKING = (
    "?",
    "let me know",
    "could you",
    "would you",
    "can you",
    "please send",
    "looking forward to hearing",
)


class HistoryReceiver:
    """Takes touches and events into outreach's tables."""

    def plan(self, owner: AbstractBaseUser, delivery: Delivery) -> Received:
        """Count what ``apply`` would do."""
        fresh, had = _new_events(owner, delivery.events)
        total = Received(new_events=len(fresh), known_events=had)
        for new, known, skipped in _sorted(owner, delivery):
            total.add(Received(new_touches=len(new), known_touches=known, skipped=skipped))
        return total

    def apply(
        self, journal: Journal, batch: Import, delivery: Delivery, *, now: datetime, tick: Tick
    ) -> Received:
        """Write what is new."""
        owner = journal.owner
        zone = _zone(owner)
        asking = _still_asking(delivery.touches, zone, now=now)
        fresh, had = _new_events(owner, delivery.events)
        total = Received(new_events=len(fresh), known_events=had)
        for new, known, skipped in _sorted(owner, delivery):
            for start in range(0, len(new), PART):
                part = new[start : start + PART]
                journal.create_many(
                    [
                        _touch(
                            owner, batch, contact, record, digest, zone=zone, now=now, asks=digest in asking
                        )
                        for contact, record, digest in part
                    ]
                )
                tick(len(part))
            total.add(Received(new_touches=len(new), known_touches=known, skipped=skipped))
        journal.create_many([_event(owner, record, zone) for record in fresh])
        tick(len(fresh))
        if delivery.own is not None:
            _introduce_seeker(journal, delivery.own)
        return total


def _sorted(owner: AbstractBaseUser, delivery: Delivery) -> Iterator[tuple[list[_Named], int, Counter[str]]]:
    """New touches with their digests, how many are known, what was left out and why; portion by portion."""
    letters = _letters(owner)
    seen: set[str] = set()
    touches = iter(delivery.touches)
    while portion := list(islice(touches, PORTION)):
        named = [
            (contact, record, touch_digest(record)) for contact, record in portion if record.kind in _KINDS
        ]
        stored = _known(owner, {digest for _, _, digest in named})
        new: list[_Named] = []
        for one in named:
            _contact, record, digest = one
            if digest not in stored and digest not in seen and record.message_id not in letters:
                stored.add(digest)
                new.append(one)
        # An archive of mail has no message twice; what is held in memory anyway may.
        seen.update(digest for _contact, record, digest in new if not record.message_id)
        left = Counter({"not-a-touch": len(portion) - len(named)})
        yield new, len(named) - len(new), +left


def _letters(owner: AbstractBaseUser) -> set[str]:
    """Give the ids of the letters that stand in the notebook without having been imported."""
    own = Touch.objects.for_owner(owner).filter(digest="").exclude(message_id="")
    return set(own.values_list("message_id", flat=True))


def _known(owner: AbstractBaseUser, digests: set[str]) -> set[str]:
    """Give those of these digests that stand in the notebook."""
    stored = Touch.objects.for_owner(owner).values_list("digest", flat=True)
    if stored.count() < _CHEAPER * len(digests):  # to walk the index of all of them than to name each
        return digests.intersection(stored.order_by("digest").iterator(chunk_size=5000))
    found: set[str] = set()
    ordered = sorted(digests)
    for start in range(0, len(ordered), CHUNK):
        found.update(stored.filter(digest__in=ordered[start : start + CHUNK]))
    return found


def _zone(owner: AbstractBaseUser) -> ZoneInfo:
    try:
        return ZoneInfo(seeker_of(owner).zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _moment(at: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone was the seeker's."""
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _still_asking(touches: Iterable[tuple[int, TouchRecord]], zone: ZoneInfo, *, now: datetime) -> set[str]:
    """Digests of the letters that ask for an answer yet: the last one of each contact, recent, asking."""
    last: dict[int, tuple[datetime, TouchRecord]] = {}
    for contact, record in touches:
        at = _moment(record.at, zone)
        if record.kind in _KINDS and (contact not in last or at >= last[contact][0]):
            last[contact] = (at, record)
    return {
        touch_digest(record)
        for at, record in last.values()
        if record.direction is Direction.IN
        and record.kind == "message"
        and at >= now - RECENT
        and _asks(record)
    }


def _asks(record: TouchRecord) -> bool:
    text = f"{record.subject} {record.body}".casefold()
    return any(mark in text for mark in _ASKING)


def _touch(
    owner: AbstractBaseUser,
    batch: Import,
    contact: int,
    record: TouchRecord,
    digest: str,
    *,
    zone: ZoneInfo,
    now: datetime,
    asks: bool,
) -> Touch:
    inbound = record.direction is Direction.IN
    return new_row(
        Touch,
        owner_id=owner.pk,
        contact_id=contact,
        kind=_KINDS[record.kind],
        direction=record.direction.value,
        channel=_CHANNELS.get(record.channel, Channel.OTHER),
        at=_moment(record.at, zone),
        recorded_at=now,
        subject=record.subject[:300],
        body=record.body,
        thread=record.thread[:200],
        message_id=record.message_id[:200],
        answers=asks if inbound else True,
        batch_id=batch.pk,
        digest=digest,
    )


def _new_events(owner: AbstractBaseUser, records: Sequence[EventRecord]) -> tuple[list[EventRecord], int]:
    """Events not known yet, by name and day; those without a date are history without a place in it."""
    zone = _zone(owner)
    known = {
        (name.casefold(), starts_at.date())
        for name, starts_at in NetworkingEvent.objects.for_owner(owner).values_list("name", "starts_at")
    }
    fresh: list[EventRecord] = []
    had = 0
    for record in records:
        if record.at is None or not record.name.strip():
            continue
        key = (record.name.strip()[:300].casefold(), _moment(record.at, zone).date())
        if key in known:
            had += 1
        else:
            known.add(key)
            fresh.append(record)
    return fresh, had


def _event(owner: AbstractBaseUser, record: EventRecord, zone: ZoneInfo) -> NetworkingEvent:
    starts = _moment(record.at or datetime.min.replace(tzinfo=UTC), zone)
    status = record.status.strip().casefold()
    return NetworkingEvent(
        owner_id=owner.pk,
        name=record.name.strip()[:300],
        starts_at=starts,
        url=record.url[:500],
        attended=True if status in _WENT else None,
    )


def _introduce_seeker(journal: Journal, own: OwnProfile) -> None:
    """Fill in who the seeker is, where nothing was written yet."""
    seeker = seeker_of(journal.owner)
    values: dict[str, str] = {}
    if not seeker.who_line and own.headline.strip():
        values["who_line"] = own.headline.strip()[:300]
    if not seeker.story and own.summary.strip():
        values["story"] = own.summary.strip()
    if values:
        journal.change(seeker, **values)


RECEIVER = HistoryReceiver()
