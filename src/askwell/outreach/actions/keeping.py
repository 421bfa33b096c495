"""Keeping in touch, putting off, marking done, and the passing of time."""

from __future__ import annotations


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askwell.people.models import Change, Contact
    from askwell.outreach.models import Snooze
    from django.contrib.auth.base_user import AbstractBaseUser
    from datetime import datetime


def set_cadence(contact: Contact, *, keep_every_days: int | None, now: datetime) -> Contact:
    """How often to be in touch: None lets the preset decide, 0 means never."""
    raise NotImplementedError


def set_closeness(contact: Contact, *, closeness: int | None, now: datetime) -> Contact:
    """How well they know each other, 1 to 5; None: not said."""
    raise NotImplementedError


def snooze(owner: AbstractBaseUser, *, key: str, until: datetime, now: datetime) -> Snooze:
    """Put a step off until a date.  Raises NotFound (no such step), BadValue (not in the future)."""
    raise NotImplementedError


def unsnooze(owner: AbstractBaseUser, *, key: str, now: datetime) -> None:
    """Bring a step back at once."""
    raise NotImplementedError


def mark_done(owner: AbstractBaseUser, *, key: str, now: datetime) -> Change | None:
    """Do what completes a step where that is plain; gives the change, for undo.

    Raises NeedsMore naming the action to call where more must be said, NotFound for no such step.
    """
    raise NotImplementedError


def settle(owner: AbstractBaseUser, *, now: datetime) -> int:
    """Let time pass: close outreaches whose last wait is over, resume pauses.  Gives how many moved.

    Idempotent; one undoable change at most.
    """
    raise NotImplementedError


def undo_last(owner: AbstractBaseUser, *, now: datetime) -> Change | None:
    """Take the newest action back; None where there is none.  Raises people.journal.CannotUndo."""
    raise NotImplementedError
