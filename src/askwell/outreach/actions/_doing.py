"""What every action stands on: one journal, one lock, one way to move an outreach.

Theory of operation.  An action opens ``doing`` (or ``towards`` a contact, whose row is locked: two
actions at once towards one person wait for each other and the second sees what the first did), reads
afresh whatever it was given, asks the rules, and writes through the journal.  When the block ends the
derived rows are made anew, also where no contact was touched (a goal, a setting).
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from askwell.outreach.calendars import of_seeker
from askwell.outreach.errors import BadValue, NotFound, OutOfOrder
from askwell.outreach.facts.world import seeker_of
from askwell.outreach.fold import Folded, fold, step
from askwell.outreach.models import Transition
from askwell.people import journal as journals
from askwell.people.models import Contact
from askwell.rules.errors import NotAllowedHere
from askwell.rules.lifecycle import MOVES
from askwell.rules.timing import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from enum import StrEnum

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

    from askwell.outreach.models import Outreach, Touch
    from askwell.people.journal import Journal
    from askwell.rules.facts import Happening

    M = TypeVar("M", bound=Model)
    E = TypeVar("E", bound=StrEnum)


@contextmanager
def doing(owner: AbstractBaseUser, code: str, *, now: datetime, **params: Any) -> Iterator[Journal]:
    """Open one undoable action of the seeker."""
    with transaction.atomic():
        with journals.journal(owner, f"outreach.{code}", now=now, params=params) as log:
            yield log
        if log.entries and not log.contacts:
            journals.refresh(owner, set(), now=now)


@contextmanager
def towards(contact: Contact, code: str, *, now: datetime, **params: Any) -> Iterator[Journal]:
    """Open one undoable action towards a contact, whose row is locked until it ends."""
    with doing(contact.owner, code, now=now, name=contact.name, contact=contact.pk, **params) as log:
        held(contact)
        contact.refresh_from_db()
        yield log


def held(contact: Contact) -> None:
    """Lock the row of a contact until the transaction ends.  Raises NotFound where it has gone."""
    if Contact.objects.select_for_update().filter(pk=contact.pk).first() is None:
        raise NotFound("contact", contact.pk)


def fresh(row: M) -> M:
    """Read a row again inside the transaction.  Raises NotFound where it has gone."""
    try:
        row.refresh_from_db()
    except type(row).DoesNotExist:  # type: ignore[attr-defined]
        raise NotFound(type(row).__name__.lower(), row.pk) from None
    return row


def one_of(kind: type[E], field: str, value: str) -> E:
    """Read a choice.  Raises BadValue."""
    try:
        return kind(value)
    except ValueError:
        raise BadValue(field, "unknown") from None


def required(field: str, text: str, limit: int) -> str:
    """Give the text without outer white space, cut to what is kept.  Raises BadValue for none."""
    kept = text.strip()[:limit]
    if not kept:
        raise BadValue(field, "empty")
    return kept


def aware(field: str, at: datetime) -> datetime:
    """Raises BadValue for a moment without a zone."""
    if at.tzinfo is None:
        raise BadValue(field, "no-zone")
    return at


def happened(field: str, at: datetime, *, now: datetime) -> datetime:
    """Give a moment that has come.  Raises BadValue for one still to come, or without a zone."""
    if aware(field, at) > now + _AHEAD:
        raise BadValue(field, "in-the-future")
    return at


def to_come(field: str, day: date | None, *, owner: AbstractBaseUser, now: datetime) -> None:
    """Raises BadValue for a day that is not after today, where the seeker is; none at all is fine."""
    if day is None:
        return
    seeker = seeker_of(owner)
    if day <= local(now, of_seeker(seeker.zone, seeker.country, now=now)).date():
        raise BadValue(field, "not-later")


_AHEAD = timedelta(minutes=5)  # clocks differ


def stands(outreach: Outreach) -> Folded:
    """Where an outreach stands by its transitions."""
    rows = Transition.objects.filter(outreach=outreach).order_by("id")
    return fold(rows.values_list("happening", "at", "until"))


def can(outreach: Outreach, happening: Happening) -> bool:
    """Does the life cycle have this move from where the outreach stands?"""
    return happening in MOVES[stands(outreach).state]


def move(
    log: Journal,
    outreach: Outreach,
    happening: Happening,
    *,
    at: datetime,
    until: datetime | None = None,
    touch: Touch | None = None,
    data: dict[str, Any] | None = None,
) -> Transition:
    """Record a transition and fold it into the outreach.  Raises OutOfOrder."""
    try:
        folded = step(stands(outreach), happening, at=at, until=until)
    except NotAllowedHere as error:
        raise OutOfOrder(error.state, error.happening) from None
    transition = log.create(
        Transition(
            owner_id=outreach.owner_id,
            outreach=outreach,
            happening=happening,
            at=at,
            until=until,
            touch=touch,
            data=data or {},
        )
    )
    log.change(outreach, **folded.columns())
    return transition


def move_if_possible(log: Journal, outreach: Outreach | None, happening: Happening, **details: Any) -> bool:
    """Record a transition where the life cycle has it; False where it has not, or there is no outreach."""
    if outreach is None or not can(outreach, happening):
        return False
    move(log, outreach, happening, **details)
    return True
