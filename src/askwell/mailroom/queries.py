"""Reads of the mailroom: accounts, what goes out, what came in.

The bytes of a letter are left where they are: with a resume they are megabytes, and no page shows them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When

from askwell.formats.mail.kinds import Kind
from askwell.mailroom.lifecycle import OPEN, State
from askwell.mailroom.models import Account, Arrival, ArrivalState, Outgoing, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

_LATELY = timedelta(days=14)


def senders(owner: AbstractBaseUser) -> list[Account]:
    """Give the accounts a letter can go out by, the one connected first in front."""
    return list(Account.objects.for_owner(owner).exclude(smtp_host="").order_by("added_at", "pk"))


def outgoing(owner: AbstractBaseUser) -> QuerySet[Outgoing]:
    """Give what waits or is not known, then what went out or failed, the newest first."""
    place = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows: QuerySet[Outgoing] = Outgoing.objects.for_owner(owner).exclude(purpose=Purpose.DIGEST)
    return rows.select_related("account", "contact").defer("data").order_by(place, "-queued_at", "-pk")


def came_back(rows: Iterable[Outgoing]) -> set[int]:
    """Name those of these messages of which a server said that it cannot deliver them, and never will."""
    notices = Arrival.objects.filter(kind=Kind.BOUNCE.value, answers__in=[row.pk for row in rows])
    return {
        pk
        for pk, reading in notices.values_list("answers_id", "reading")
        if any(each.get("permanent") for each in reading.get("failed_recipients", ()))
    }


def letter_outgoing(owner: AbstractBaseUser, about: int) -> Outgoing | None:
    """Give what became of a letter that was approved: the newest message made from this draft."""
    rows = Outgoing.objects.for_owner(owner).filter(purpose=Purpose.LETTER, about=about)
    found: Outgoing | None = rows.select_related("account").defer("data").order_by("-pk").first()
    return found


def to_look_at(owner: AbstractBaseUser, *, now: datetime) -> list[Outgoing]:
    """Give what asks for the seeker's word: in doubt, or lately not sent."""
    rows = Outgoing.objects.for_owner(owner).filter(state__in=[State.IN_DOUBT, State.FAILED])
    rows = rows.exclude(state=State.FAILED, settled_at__lt=now - _LATELY).exclude(purpose=Purpose.DIGEST)
    return list(rows.select_related("account", "contact").defer("data").order_by("-state", "-pk")[:20])


def arrivals(owner: AbstractBaseUser, *states: ArrivalState) -> QuerySet[Arrival]:
    """Give what came in and stands so, the newest first."""
    rows: QuerySet[Arrival] = Arrival.objects.for_owner(owner).filter(state__in=states)
    return rows.select_related("contact", "account").order_by("-at", "-pk")
