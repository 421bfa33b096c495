"""Networking events: planned, visited, followed up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from askwell.outreach.actions._doing import aware, doing, fresh, required, towards
from askwell.outreach.actions._touching import courtesy
from askwell.outreach.actions.cards import take_cards
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Encounter, NetworkingEvent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Community
    from askwell.people.journal import Journal
    from askwell.people.models import Contact


def add_event(
    owner: AbstractBaseUser,
    *,
    name: str,
    starts_at: datetime,
    now: datetime,
    place: str = "",
    url: str = "",
    community: Community | None = None,
) -> NetworkingEvent:
    """Note a gathering, of a place on the list where it belongs to one."""
    with doing(owner, "event_added", now=now, event=name) as log:
        return log.create(
            NetworkingEvent(
                owner_id=owner.pk,
                name=required("name", name, 300),
                starts_at=aware("starts_at", starts_at),
                place=place.strip()[:300],
                url=url.strip()[:500],
                community=community,
            )
        )


def change_event(
    event: NetworkingEvent,
    *,
    name: str,
    starts_at: datetime,
    now: datetime,
    place: str = "",
    url: str = "",
    community: Community | None = None,
) -> NetworkingEvent:
    """Mend what was noted of it."""
    called, starts = required("name", name, 300), aware("starts_at", starts_at)
    with doing(event.owner, "event_changed", now=now, event=called) as log:
        log.change(
            fresh(event),
            name=called,
            starts_at=starts,
            place=place.strip()[:300],
            url=url.strip()[:500],
            community=community,
        )
    return event


def plan_event(event: NetworkingEvent, *, plan: Mapping[str, Any], now: datetime) -> NetworkingEvent:
    """Keep parts of the plan: ``people``, ``questions``, ``introduction``, ``offer``; the others stay."""
    with doing(event.owner, "event_planned", now=now, event=event.name) as log:
        fresh(event)
        log.change(event, plan={**event.plan, **plan}, planned_at=now)
    return event


def attend_event(
    event: NetworkingEvent, *, now: datetime, attended: bool = True, notes: str | None = None
) -> NetworkingEvent:
    """Whether the seeker went.  Raises BadValue for having been where it has not begun."""
    if attended:
        _begun(event, now=now)
    with doing(
        event.owner, "event_attended" if attended else "event_missed", now=now, event=event.name
    ) as log:
        fresh(event)
        log.change(event, attended=attended, notes=event.notes if notes is None else notes)
    return event


_DOORS = timedelta(hours=2)  # people come, and are met, before it begins


def _begun(event: NetworkingEvent, *, now: datetime) -> None:
    if event.starts_at > now + _DOORS:
        raise BadValue("attended", "not-begun")


def add_encounter(
    event: NetworkingEvent,
    *,
    contact: Contact,
    now: datetime,
    said: str = "",
    card_given: bool = False,
    card_taken: bool = False,
) -> Encounter:
    """Someone met there: write to them the next day.  A card given is counted off."""
    with towards(contact, "encounter", now=now, event=event.name) as log:
        met: Encounter | None = Encounter.objects.filter(event=event, contact=contact).first()
        if met is not None:
            given = card_given or met.card_given
            _note(log, met, said=said or met.said, given=given, taken=card_taken or met.card_taken)
            return met
        if not event.attended:
            _begun(event, now=now)
            log.change(fresh(event), attended=True)
        if card_given:
            take_cards(log, event.owner, given=1)
        return log.create(
            Encounter(
                owner_id=event.owner_id,
                event=event,
                contact=contact,
                said=said[:500],
                card_given=card_given,
                card_taken=card_taken,
            )
        )


def change_encounter(
    encounter: Encounter, *, said: str, card_given: bool, card_taken: bool, now: datetime
) -> Encounter:
    """Mend what was noted; a card unticked comes back to the pile."""
    contact = encounter.contact
    with towards(contact, "encounter_changed", now=now, event=encounter.event.name) as log:
        _note(log, fresh(encounter), said=said, given=card_given, taken=card_taken)
    return encounter


def _note(log: Journal, met: Encounter, *, said: str, given: bool, taken: bool) -> None:
    if given != met.card_given:
        take_cards(log, met.event.owner, given=1 if given else -1)
    log.change(met, said=said[:500], card_given=given, card_taken=taken)


def wrote_after_event(encounter: Encounter, *, now: datetime) -> Encounter:
    """The note after the event went out (``record_sent`` with mode ``event_follow_up`` does this too)."""
    contact = encounter.contact
    with towards(contact, "wrote_after_event", now=now, event=encounter.event.name) as log:
        fresh(encounter)
        courtesy(log, contact, at=now)
        log.change(encounter, written_at=now)
    return encounter
