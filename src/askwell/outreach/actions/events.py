"""Networking events: planned, visited, followed up."""

from __future__ import annotations

from typing import Any, TYPE_CHECKING


if TYPE_CHECKING:
    from askwell.people.models import Contact
    from django.contrib.auth.base_user import AbstractBaseUser
    from askwell.outreach.models import Encounter, NetworkingEvent
    from datetime import datetime
    from collections.abc import Mapping


def add_event(
    owner: AbstractBaseUser, *, name: str, starts_at: datetime, now: datetime, place: str = "", url: str = ""
) -> NetworkingEvent:
    """Note a gathering."""
    raise NotImplementedError


def plan_event(event: NetworkingEvent, *, plan: Mapping[str, Any], now: datetime) -> NetworkingEvent:
    """Keep the plan: ``people``, ``questions``, ``introduction``, ``offer``."""
    raise NotImplementedError


def attend_event(
    event: NetworkingEvent, *, now: datetime, attended: bool = True, notes: str | None = None
) -> NetworkingEvent:
    """Whether the seeker went."""
    raise NotImplementedError


def add_encounter(event: NetworkingEvent, *, contact: Contact, now: datetime, said: str = "") -> Encounter:
    """Someone met there: write to them the next day."""
    raise NotImplementedError


def wrote_after_event(encounter: Encounter, *, now: datetime) -> Encounter:
    """The note after the event went out (``record_sent`` with mode ``event_follow_up`` does this too)."""
    raise NotImplementedError
