"""Lists: talks, introductions, leads, events, promises, weeks of reaching out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.models import (
        Draft,
        Goal,
        Introduction,
        Lead,
        NetworkingEvent,
        Outreach,
        Promise,
        Seeker,
        Talk,
    )
    from askwell.outreach.queries.lines import UndoOffer, WeekCount


def seeker_of(owner: AbstractBaseUser) -> Seeker:
    """The seeker's settings, made on first use."""
    raise NotImplementedError


def goal_of(owner: AbstractBaseUser) -> Goal | None:
    """The goal that holds."""
    raise NotImplementedError


def talks(owner: AbstractBaseUser, *, now: datetime, when: str = "all") -> QuerySet[Talk]:
    """``coming`` (soonest first), ``past`` (newest first) or ``all``; with contact and outreach."""
    raise NotImplementedError


def introductions(owner: AbstractBaseUser) -> QuerySet[Introduction]:
    """Names given, newest first, with giver and the person named."""
    raise NotImplementedError


def leads(owner: AbstractBaseUser, *, still_open: bool = True) -> QuerySet[Lead]:
    """Leads, newest first, with source and organization."""
    raise NotImplementedError


def events(owner: AbstractBaseUser, *, now: datetime, when: str = "all") -> QuerySet[NetworkingEvent]:
    """``coming``, ``past`` or ``all`` events, encounters prefetched."""
    raise NotImplementedError


def outreaches(owner: AbstractBaseUser, *, state: str = "") -> QuerySet[Outreach]:
    """Outreaches, newest first, with contact and referrer; of one state where given."""
    raise NotImplementedError


def promises(owner: AbstractBaseUser, *, mine: bool | None = None) -> QuerySet[Promise]:
    """Open promises, oldest first."""
    raise NotImplementedError


def drafts(owner: AbstractBaseUser) -> QuerySet[Draft]:
    """Unsent drafts, newest first."""
    raise NotImplementedError


def weeks(owner: AbstractBaseUser, *, now: datetime, count: int = 8) -> list[WeekCount]:
    """Weeks of reaching out, oldest first, the present week last."""
    raise NotImplementedError


def undo_offer(owner: AbstractBaseUser, *, now: datetime) -> UndoOffer | None:
    """The newest action that could be taken back, in words."""
    raise NotImplementedError


def waiting(owner: AbstractBaseUser, *, now: datetime, limit: int = 20) -> list[Any]:
    """WaitingLines: whose turn it is."""
    raise NotImplementedError
