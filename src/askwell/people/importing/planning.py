"""What an import would do, worked out against the notebook as it is now; nothing is written.

Theory of operation.  People are matched first, the seeker's own profile before all.  Then each touch
is given to the contact it speaks of: by profile or e-mail, else by a name only one contact has.
Someone the seeker wrote to who is no contact yet becomes one; a message from a stranger does not.
The same plan is made again inside the transaction that carries it out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askwell.formats.addresses import norm_email, norm_url
from askwell.formats.records import Direction, Email, PersonRecord, Reading, TouchRecord, Url
from askwell.people.hooks import receivers
from askwell.people.importing.incoming import Incoming, incoming
from askwell.people.importing.matching import Index, Match, index_of
from askwell.people.importing.receivers import Delivery, Received, touch_digest
from askwell.people.points import is_identity
from askwell.search.naming import is_weak_key, name_key, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.people.working import Reporter

_EVERY = 500


@dataclass(slots=True)
class Plan:
    """The whole of what would be done.  Keys of contacts that do not exist yet are negative."""

    reading: Reading
    index: Index
    people: list[tuple[Incoming, Match]] = field(default_factory=list)
    touches: list[tuple[int, TouchRecord]] = field(default_factory=list)
    notes: list[tuple[int, TouchRecord]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    received: Received = field(default_factory=Received)

    def delivery(self, keys: dict[int, int] | None = None, me: int | None = None) -> Delivery:
        """Give what goes to the receivers, with real keys once ``keys`` are known."""
        touches: Collection[tuple[int, TouchRecord]] = _Given(self, keys or {})
        return Delivery(
            touches=touches, events=self.reading.events, own=self.reading.own, me=me or self.index.me
        )

    def by_address(self) -> dict[str, int]:
        """Give the keys of those whose histories come by e-mail address."""
        found: dict[str, int] = {}
        if self.reading.histories:
            for person, match in self.people:
                for email in person.record.emails:
                    found.setdefault(norm_email(email.value), match.key)
        return found

    def by_contact(self) -> dict[int, list[Incoming]]:
        """Give the records that say something new, by contact, in order."""
        found: dict[int, list[Incoming]] = {}
        for person, match in self.people:
            if match.why != "same-row":
                found.setdefault(match.key, []).append(person)
        return found


class _Given:
    """The touches of a plan with their contacts' keys, gone through anew each time; histories come last."""

    def __init__(self, plan: Plan, keys: dict[int, int]) -> None:
        self._plan, self._keys = plan, keys
        self._addresses = plan.by_address()

    def __len__(self) -> int:
        return len(self._plan.touches) + sum(map(len, self._plan.reading.histories))

    def __contains__(self, pair: object) -> bool:
        return any(pair == one for one in self)

    def __iter__(self) -> Iterator[tuple[int, TouchRecord]]:
        for key, touch in self._plan.touches:
            yield self._keys.get(key, key), touch
        for history in self._plan.reading.histories:
            for touch in history:
                found = self._addresses.get(norm_email(touch.other_email))
                if found is not None and found != self._plan.index.me:
                    yield self._keys.get(found, found), touch


def make_plan(
    owner: AbstractBaseUser, reading: Reading, report: Reporter, *, default_country: str = ""
) -> Plan:
    """Work out what an import of these records would do."""
    plan = Plan(reading=reading, index=index_of(owner))
    plan.skipped.update(reading.skipped)
    _learn_own(plan, default_country)
    for number, record in enumerate(reading.people):
        if number % _EVERY == 0:
            report("matching", number, len(reading.people))
        _match(plan, record, default_country)
    _give_out_touches(plan, default_country)
    report("matching", len(reading.people), len(reading.people))
    return plan


def count_received(plan: Plan, owner: AbstractBaseUser) -> None:
    """Ask the receivers what they would take."""
    for receiver in receivers():
        plan.received.add(receiver.plan(owner, plan.delivery()))


def _learn_own(plan: Plan, country: str) -> None:
    """The seeker's own card in an address book is the seeker, not somebody new."""
    own, me = plan.reading.own, plan.index.me
    if own is None:
        return
    if me is None:
        me = plan.index.me = plan.index.next_key
        plan.index.next_key -= 1
    urls = (Url(value=own.profile_url),) if own.profile_url else ()
    record = PersonRecord(name=own.name, source=own.source, emails=own.emails, urls=urls)
    if (person := incoming(record, country)) is not None:
        for identity in person.identities:
            if me not in plan.index.by_identity[identity]:
                plan.index.by_identity[identity].insert(0, me)
        plan.index.names[me].append(person.name)


def _match(plan: Plan, record: PersonRecord, country: str) -> Match | None:
    person = incoming(record, country)
    if person is None:
        plan.skipped["empty"] += 1
        return None
    match = plan.index.match(person)
    plan.people.append((person, match))
    return match


def _give_out_touches(plan: Plan, country: str) -> None:
    touches = sorted(plan.reading.touches, key=lambda touch: touch.at.replace(tzinfo=None))
    pairs = [(touch, _who(touch)) for touch in touches]
    written_to = {who for touch, who in pairs if touch.direction is Direction.OUT}
    found: dict[tuple[str, str, str], int | str] = {}
    for touch, who in pairs:
        if who not in found:
            found[who] = _resolve(plan, touch, country, may_add=who in written_to)
        key = found[who]
        if isinstance(key, str):
            plan.skipped[key] += 1
        elif touch.kind == "note":
            _keep_note(plan, key, touch)
        elif key != plan.index.me:
            plan.touches.append((key, touch))


def _keep_note(plan: Plan, key: int, touch: TouchRecord) -> None:
    digest = touch_digest(touch)
    if digest not in plan.index.by_digest and touch.body.strip():
        plan.index.by_digest[digest] = key
        plan.notes.append((key, touch))


def _who(touch: TouchRecord) -> tuple[str, str, str]:
    return norm_url(touch.other_url), norm_email(touch.other_email), shown(touch.other) or touch.other_uid


def _resolve(plan: Plan, touch: TouchRecord, country: str, *, may_add: bool) -> int | str:
    """Give the contact a touch speaks of, or the reason it cannot be given to one."""
    url, email, _name = _who(touch)
    index = plan.index
    for identity in (("url", url), ("email", email)):
        if identity[1] and is_identity(*identity) and (same := index.by_identity.get(identity)):
            person = incoming(_as_record(touch), country)
            agreeing = (key for key in same if person is not None and index.agrees(key, person))
            return next(agreeing, same[0])
    entries = set(index.by_uid.get(touch.other_uid, ())) if touch.other_uid else set()
    if len(entries) == 1:
        return entries.pop()
    if may_add and (url or email) and shown(touch.other):
        match = _match(plan, _as_record(touch), country)
        return match.key if match else "unknown-person"
    key = name_key(touch.other)
    namesakes = index.by_name.get(key, {}) if key and not is_weak_key(key) and not url else {}
    if len(namesakes) == 1:
        return next(iter(namesakes))
    return "ambiguous-name" if namesakes else "unknown-person"


def _as_record(touch: TouchRecord) -> PersonRecord:
    return PersonRecord(
        name=touch.other,
        source=touch.source,
        emails=(Email(value=touch.other_email),) if touch.other_email else (),
        urls=(Url(value=touch.other_url, label="profile"),) if touch.other_url else (),
    )
